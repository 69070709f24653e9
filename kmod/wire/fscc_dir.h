/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Directory entries, [MS-FSCC] 2.4.21 and 2.4.22. */
#ifndef UNCFS_WIRE_FSCC_DIR_H
#define UNCFS_WIRE_FSCC_DIR_H

#include "fscc_file.h"

/**
 * struct wire_fscc_dirent - one entry of a directory
 * @file_index: position in the directory, often 0
 * @basic: times and attributes
 * @end_of_file: size in bytes
 * @allocation_size: bytes on disk
 * @ea_size: bytes of extended attributes; of a reparse point: its tag
 * @short_name: 8.3 name in UTF-16LE, empty for class 38
 * @file_id: the inode number on the server, 0: it has none
 * @name: in UTF-16LE, never empty; may hold anything, '/' and NUL included,
 *	which the caller has to judge
 */
struct wire_fscc_dirent {
	u32 file_index;
	struct wire_fscc_basic basic;
	u64 end_of_file;
	u64 allocation_size;
	u32 ea_size;
	struct wire_blob short_name;
	u64 file_id;
	struct wire_blob name;
};

int wire_fscc_dirent_next(struct wire_in *list, u8 info_class,
			  struct wire_fscc_dirent *ent);

#endif /* UNCFS_WIRE_FSCC_DIR_H */
