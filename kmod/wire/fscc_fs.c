// SPDX-License-Identifier: GPL-2.0-or-later
#include "fscc_fs.h"

/* A name at the end that may not have fitted: what there is of it. */
static struct wire_blob tail_decode(struct wire_in *in, u32 len, const char *what)
{
	if (len > wire_in_left(in))
		len = wire_in_left(in) & ~1U;
	if (len & 1)
		wire_in_fail(in, what);
	return wire_in_take(in, len, what);
}

/**
 * wire_fscc_fs_full_size_decode - read FileFsFullSizeInformation
 * @b: the output buffer
 * @info: how big the volume is
 *
 * An allocation unit of no bytes or of 4 GiB and more is refused, so that
 * callers can divide and shift. [MS-FSCC] 2.5.4.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_fscc_fs_full_size_decode(const struct wire_blob *b,
				  struct wire_fscc_fs_full_size *info)
{
	struct wire_in in;
	u64 unit;

	wire_in_from(&in, b);
	info->total = wire_in_u64(&in, "TotalAllocationUnits");
	info->caller_available = wire_in_u64(&in, "CallerAvailableAllocationUnits");
	info->actual_available = wire_in_u64(&in, "ActualAvailableAllocationUnits");
	info->sectors_per_unit = wire_in_u32(&in, "SectorsPerAllocationUnit");
	info->bytes_per_sector = wire_in_u32(&in, "BytesPerSector");
	unit = (u64)info->sectors_per_unit * info->bytes_per_sector;
	if (!unit || unit > U32_MAX)
		wire_in_fail(&in, "SectorsPerAllocationUnit");
	return wire_in_errno(&in);
}

/**
 * wire_fscc_fs_volume_decode - read FileFsVolumeInformation
 * @b: the output buffer
 * @info: which volume it is
 *
 * [MS-FSCC] 2.5.9.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_fscc_fs_volume_decode(const struct wire_blob *b,
			       struct wire_fscc_fs_volume *info)
{
	struct wire_in in;
	u32 len;

	wire_in_from(&in, b);
	info->creation_time = wire_in_u64(&in, "VolumeCreationTime");
	info->serial = wire_in_u32(&in, "VolumeSerialNumber");
	len = wire_in_u32(&in, "VolumeLabelLength");
	info->supports_objects = wire_in_u8(&in, "SupportsObjects");
	wire_in_skip(&in, 1, "Reserved");
	info->label = tail_decode(&in, len, "VolumeLabel");
	return wire_in_errno(&in);
}

/**
 * wire_fscc_fs_attribute_decode - read FileFsAttributeInformation
 * @b: the output buffer
 * @info: what the file system can do
 *
 * [MS-FSCC] 2.5.1.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_fscc_fs_attribute_decode(const struct wire_blob *b,
				  struct wire_fscc_fs_attribute *info)
{
	struct wire_in in;
	u32 len;

	wire_in_from(&in, b);
	info->attributes = wire_in_u32(&in, "FileSystemAttributes");
	info->max_name = wire_in_u32(&in, "MaximumComponentNameLength");
	len = wire_in_u32(&in, "FileSystemNameLength");
	info->fs_name = tail_decode(&in, len, "FileSystemName");
	return wire_in_errno(&in);
}
