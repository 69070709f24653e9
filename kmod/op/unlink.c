// SPDX-License-Identifier: GPL-2.0-only
/*
 * unlink and rmdir: mark for deletion by SET_INFO, which, unlike the option
 * DELETE_ON_CLOSE, tells of a directory that is not empty.
 */
#include "../wire/ntstatus.h"
#include "verbs.h"

static int unlink_once(struct unc_share *share, const char *path,
		       bool directory, const struct unc_ours *ours,
		       struct unc_set_result *result)
{
	u8 buf[1];
	struct wire_out out;
	struct unc_set set = {
		.how = {
			.access = SMB2_DELETE,
			.disposition = SMB2_FILE_OPEN,
			.options = SMB2_FILE_OPEN_REPARSE_POINT |
				   (directory ? SMB2_FILE_DIRECTORY_FILE :
						SMB2_FILE_NON_DIRECTORY_FILE),
			.lease = ours->file,
			.parent = ours->dir,
		},
		.class = FSCC_FILE_DISPOSITION,
		.data = { .ptr = buf, .len = sizeof(buf) },
		.once = true,
	};
	int err;

	wire_out_init(&out, buf, sizeof(buf));
	err = wire_fscc_disposition_encode(&out, true) ?:
	      unc_set_path(share, path, &set, result);
	/* Tried twice: the first time was the one. */
	return err == -ENOENT && result->uncertain ? 0 : err;
}

/*
 * Servers do not delete what is marked read-only; on Linux that mark is about
 * writing to the file, and whether it may go is up to its directory.
 */
static int unlink_read_only(struct unc_share *share, const char *path,
			    bool directory, const struct unc_ours *ours,
			    u32 attributes)
{
	struct unc_setattr clear = {
		.attributes = (attributes & ~FSCC_ATTR_READONLY) ?:
			      FSCC_ATTR_NORMAL,
	};
	struct unc_setattr restore = { .attributes = attributes };
	struct unc_set_result result;
	int err;

	err = unc_op_setattr(share, path, &clear, ours);
	if (err)
		return err;
	err = unlink_once(share, path, directory, ours, &result);
	if (err)
		unc_op_setattr(share, path, &restore, ours);
	return err;
}

/**
 * unc_op_unlink - remove a file or an empty directory
 * @share: where
 * @path: which
 * @directory: T if it must be a directory, F if it must not
 * @ours: leases not to break
 *
 * May sleep, killable.
 *
 * Return: 0, -ENOENT, -EISDIR, -ENOTDIR, -ENOTEMPTY, -EACCES, or another
 * -errno.
 */
int unc_op_unlink(struct unc_share *share, const char *path, bool directory,
		  const struct unc_ours *ours)
{
	struct unc_set_result result;
	int err = unlink_once(share, path, directory, ours, &result);

	if (err && result.status == NT_STATUS_CANNOT_DELETE &&
	    result.attributes & FSCC_ATTR_READONLY)
		err = unlink_read_only(share, path, directory, ours,
				       result.attributes);
	return err;
}
