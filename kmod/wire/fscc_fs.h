/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Information about a file system, [MS-FSCC] 2.5. */
#ifndef UNCFS_WIRE_FSCC_FS_H
#define UNCFS_WIRE_FSCC_FS_H

#include "fscc.h"

/**
 * struct wire_fscc_fs_full_size - FileFsFullSizeInformation, 2.5.4
 * @total: allocation units of the volume
 * @caller_available: units free for this user
 * @actual_available: units free
 * @sectors_per_unit: sectors of an allocation unit, not 0
 * @bytes_per_sector: bytes of a sector, not 0; the product fits 32 bits
 */
struct wire_fscc_fs_full_size {
	u64 total;
	u64 caller_available;
	u64 actual_available;
	u32 sectors_per_unit;
	u32 bytes_per_sector;
};

/**
 * struct wire_fscc_fs_volume - FileFsVolumeInformation, 2.5.9
 * @creation_time: FILETIME
 * @serial: VolumeSerialNumber
 * @supports_objects: SupportsObjects
 * @label: in UTF-16LE; cut short when the reply was too small
 */
struct wire_fscc_fs_volume {
	u64 creation_time;
	u32 serial;
	bool supports_objects;
	struct wire_blob label;
};

/**
 * struct wire_fscc_fs_attribute - FileFsAttributeInformation, 2.5.1
 * @attributes: enum fscc_fs_attr
 * @max_name: UTF-16 units of one path component
 * @fs_name: in UTF-16LE, "NTFS"; cut short when the reply was too small
 */
struct wire_fscc_fs_attribute {
	u32 attributes;
	u32 max_name;
	struct wire_blob fs_name;
};

int wire_fscc_fs_full_size_decode(const struct wire_blob *b,
				  struct wire_fscc_fs_full_size *info);
int wire_fscc_fs_volume_decode(const struct wire_blob *b,
			       struct wire_fscc_fs_volume *info);
int wire_fscc_fs_attribute_decode(const struct wire_blob *b,
				  struct wire_fscc_fs_attribute *info);

#endif /* UNCFS_WIRE_FSCC_FS_H */
