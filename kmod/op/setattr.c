// SPDX-License-Identifier: GPL-2.0-only
/*
 * setattr and truncate: times, attributes and size, by path or by handle.
 */
#include "verbs.h"

/* [MS-FSCC] 2.4.7: four times, the attributes, padding */
#define BASIC_SIZE	40

static int basic_encode(u8 *buf, const struct unc_setattr *set,
			struct wire_blob *data)
{
	struct wire_fscc_basic basic = {
		.creation_time = set->btime,
		.last_access_time = set->atime,
		.last_write_time = set->mtime,
		.change_time = set->ctime,
		.attributes = set->attributes,
	};
	struct wire_out out;
	int err;

	wire_out_init(&out, buf, BASIC_SIZE);
	err = wire_fscc_basic_encode(&out, &basic);
	*data = (struct wire_blob){ .ptr = buf, .len = out.pos };
	return err;
}

static int size_encode(u8 *buf, u64 size, struct wire_blob *data)
{
	struct wire_out out;
	int err;

	wire_out_init(&out, buf, sizeof(size));
	err = wire_fscc_end_of_file_encode(&out, size);
	*data = (struct wire_blob){ .ptr = buf, .len = out.pos };
	return err;
}

/**
 * unc_op_setattr - change times and attributes of a file
 * @share: where
 * @path: which; links and other reparse points are not followed
 * @set: what to change
 * @ours: leases not to break
 *
 * May sleep, killable.  Return: 0 or -errno.
 */
int unc_op_setattr(struct unc_share *share, const char *path,
		   const struct unc_setattr *set, const struct unc_ours *ours)
{
	u8 buf[BASIC_SIZE];
	struct unc_set how = {
		.how = {
			.access = SMB2_FILE_WRITE_ATTRIBUTES,
			.disposition = SMB2_FILE_OPEN,
			.options = SMB2_FILE_OPEN_REPARSE_POINT,
			.lease = ours->file,
			.parent = ours->dir,
		},
		.class = FSCC_FILE_BASIC,
	};

	return basic_encode(buf, set, &how.data) ?:
	       unc_set_path(share, path, &how, NULL);
}

/**
 * unc_op_fsetattr - change times and attributes of an open file
 * @open: the handle, with FILE_WRITE_ATTRIBUTES
 * @set: what to change
 *
 * May sleep, killable.  Return: 0 or -errno.
 */
int unc_op_fsetattr(struct unc_open *open, const struct unc_setattr *set)
{
	u8 buf[BASIC_SIZE];
	struct unc_set how = { .class = FSCC_FILE_BASIC };

	WRITE_ONCE(open->spent, true);
	return basic_encode(buf, set, &how.data) ?: unc_set_open(open, &how);
}

/**
 * unc_op_truncate - change the size of a file
 * @share: where
 * @path: which
 * @size: bytes; what is new is zero
 * @ours: leases not to break
 *
 * May sleep, killable.  Return: 0, -EISDIR, -EACCES, or another -errno.
 */
int unc_op_truncate(struct unc_share *share, const char *path, u64 size,
		    const struct unc_ours *ours)
{
	u8 buf[sizeof(size)];
	struct unc_set how = {
		.how = {
			.access = SMB2_FILE_WRITE_DATA,
			.disposition = SMB2_FILE_OPEN,
			.options = SMB2_FILE_NON_DIRECTORY_FILE,
			.lease = ours->file,
			.parent = ours->dir,
		},
		.class = FSCC_FILE_END_OF_FILE,
	};

	return size_encode(buf, size, &how.data) ?:
	       unc_set_path(share, path, &how, NULL);
}

/**
 * unc_op_ftruncate - change the size of an open file
 * @open: the handle, with FILE_WRITE_DATA
 * @size: bytes; what is new is zero
 *
 * May sleep, killable.  Return: 0 or -errno.
 */
int unc_op_ftruncate(struct unc_open *open, u64 size)
{
	u8 buf[sizeof(size)];
	struct unc_set how = { .class = FSCC_FILE_END_OF_FILE };

	WRITE_ONCE(open->spent, true);
	return size_encode(buf, size, &how.data) ?: unc_set_open(open, &how);
}
