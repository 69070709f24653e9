// SPDX-License-Identifier: GPL-2.0-or-later
#include "fscc_dir.h"

enum {
	ID_BOTH_SIZE	= 104,
	ID_FULL_SIZE	= 80,
	SHORT_NAME_SIZE	= 24,
};

/* What both classes begin with, up to EaSize; returns the name's length. */
static u32 common_decode(struct wire_in *in, struct wire_fscc_dirent *ent)
{
	u32 name_len;

	ent->file_index = wire_in_u32(in, "FileIndex");
	ent->basic.creation_time = wire_in_u64(in, "CreationTime");
	ent->basic.last_access_time = wire_in_u64(in, "LastAccessTime");
	ent->basic.last_write_time = wire_in_u64(in, "LastWriteTime");
	ent->basic.change_time = wire_in_u64(in, "ChangeTime");
	ent->end_of_file = wire_in_u64(in, "EndOfFile");
	ent->allocation_size = wire_in_u64(in, "AllocationSize");
	ent->basic.attributes = wire_in_u32(in, "FileAttributes");
	name_len = wire_in_u32(in, "FileNameLength");
	ent->ea_size = wire_in_u32(in, "EaSize");
	return name_len;
}

static void short_name_decode(struct wire_in *in, struct wire_fscc_dirent *ent)
{
	u8 len = wire_in_u8(in, "ShortNameLength");

	wire_in_skip(in, 1, "Reserved");
	ent->short_name = wire_in_take(in, SHORT_NAME_SIZE, "ShortName");
	if (len > SHORT_NAME_SIZE || len & 1)
		wire_in_fail(in, "ShortNameLength");
	else if (!in->err)
		ent->short_name.len = len;
}

static void dirent_decode(struct wire_in *in, bool both,
			  struct wire_fscc_dirent *ent)
{
	u32 name_len = common_decode(in, ent);

	if (both) {
		short_name_decode(in, ent);
		wire_in_skip(in, 2, "Reserved2");
	} else {
		ent->short_name = wire_in_take(in, 0, "ShortName");
		wire_in_skip(in, 4, "Reserved");
	}
	ent->file_id = wire_in_u64(in, "FileId");
	if (!name_len || name_len & 1)
		wire_in_fail(in, "FileNameLength");
	ent->name = wire_in_take(in, name_len, "FileName");
}

/**
 * wire_fscc_dirent_next - next entry of a listing
 * @list: a reader over the output buffer of QUERY_DIRECTORY
 * @info_class: FSCC_FILE_ID_BOTH_DIRECTORY or FSCC_FILE_ID_FULL_DIRECTORY
 * @ent: the entry
 *
 * An entry's name ends within the entry. [MS-FSCC] 2.4.21, 2.4.22.
 *
 * Return: 1 and an entry, 0 at the end, -EBADMSG, -EINVAL for another class.
 */
int wire_fscc_dirent_next(struct wire_in *list, u8 info_class,
			  struct wire_fscc_dirent *ent)
{
	bool both = info_class == FSCC_FILE_ID_BOTH_DIRECTORY;
	struct wire_in rec;
	int ret;

	if (!both && info_class != FSCC_FILE_ID_FULL_DIRECTORY)
		return -EINVAL;
	ret = wire_in_chain(list, &rec, both ? ID_BOTH_SIZE : ID_FULL_SIZE,
			    "NextEntryOffset");
	if (ret <= 0)
		return ret;
	dirent_decode(&rec, both, ent);
	wire_in_join(list, &rec);
	return list->err ? -EBADMSG : 1;
}
