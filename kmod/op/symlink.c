// SPDX-License-Identifier: GPL-2.0-only
/*
 * Symbolic links, which on the server are reparse points ([MS-FSCC] 2.1.2.4).
 * They are followed on this side only.
 *
 * A target is stored the Windows way, with '\' and marked as relative, so that
 * Windows follows it too.  "/etc" becomes "\etc": on Linux absolute again when
 * read back, on Windows the root of the volume.
 */
#include <linux/slab.h>
#include "../wire/fscc_reparse.h"
#include "../wire/ntstatus.h"
#include "../wire/smb2_fsctl.h"
#include "verbs.h"

/* [MS-FSCC] 2.1.2.1: no reparse point has more than 16 KiB of data. */
#define REPARSE_MAX	16384

#define SYMLINK_ROOM	(UNC_SMB2_ROOM_CREATE + UNC_SMB2_ROOM_IOCTL + \
			 UNC_SMB2_ROOM_CLOSE)

/**
 * struct link_text - room for the text of a link
 * @buf: for UTF-8 and a NUL
 * @size: its size
 */
struct link_text {
	char	*buf;
	u32	size;
};

static int add_fsctl(struct unc_req *req, u32 code, struct wire_blob input,
		     u32 max_output)
{
	struct wire_smb2_ioctl_req args = {
		.ctl_code = code,
		.fid = WIRE_SMB2_FID_RELATED,
		.input = input,
		.max_output = max_output,
		.flags = SMB2_IOCTL_IS_FSCTL,
	};

	return unc_smb2_ioctl_add(req, &args, UNC_PART_RELATED);
}

static int symlink_issue(struct unc_op *op, struct unc_req *req)
{
	static const struct unc_open_args how = {
		.access = SMB2_FILE_READ_ATTRIBUTES |
			  SMB2_FILE_WRITE_ATTRIBUTES,
		.disposition = SMB2_FILE_CREATE,
		.options = SMB2_FILE_OPEN_REPARSE_POINT |
			   SMB2_FILE_NON_DIRECTORY_FILE,
	};
	const struct wire_blob *data = op->args;
	int err;

	err = unc_plan_create(req, op->path, &how);
	if (!err)
		err = add_fsctl(req, FSCTL_SET_REPARSE_POINT, *data, 0);
	return err ?: unc_plan_close(req);
}

/* The result is T if there is now a file that did not become a link. */
static int symlink_done(struct unc_op *op, struct unc_req *req)
{
	struct wire_smb2_create_rsp created;
	struct wire_smb2_ioctl_rsp set;
	bool *half = op->result;
	int err;

	err = unc_plan_created(req, &created);
	if (err)
		return err;
	err = unc_smb2_ioctl_rsp(&req->parts[1], &set);
	*half = err;
	return err;
}

static const struct unc_verb symlink_verb = {
	.name		= "symlink",
	.room		= SYMLINK_ROOM,
	.issue		= symlink_issue,
	.done		= symlink_done,
	.orphaned	= unc_plan_orphaned,
};

static int symlink_make(struct unc_share *share, const char *path,
			const struct wire_blob *data)
{
	bool half = false;
	struct unc_op op = {
		.verb = &symlink_verb,
		.share = share,
		.path = path,
		.args = data,
		.result = &half,
		.room = data->len,
	};
	int err = unc_op_run(&op);

	if (half)
		unc_op_unlink(share, path, false);
	/* What symlink(2) says of file systems that have no links. */
	return half && err == -EOPNOTSUPP ? -EPERM : err;
}

/* The data of a link to @target; to be freed by unc_path_free(). */
static int symlink_encode(const char *target, struct wire_blob *data)
{
	struct wire_fscc_symlink link = { .flags = FSCC_SYMLINK_FLAG_RELATIVE };
	struct wire_out out;
	u8 *buf;
	u32 cap;
	int err;

	err = unc_target_encode(target, &link.substitute);
	if (err)
		return err;
	link.print = link.substitute;
	cap = WIRE_FSCC_SYMLINK_FIXED + 2 * link.substitute.len;
	buf = kmalloc(cap, GFP_NOFS);
	wire_out_init(&out, buf, buf ? cap : 0);
	err = buf ? wire_fscc_symlink_encode(&out, &link) : -ENOMEM;
	unc_path_free(&link.substitute);
	if (err) {
		kfree(buf);
		return err;
	}
	*data = (struct wire_blob){ .ptr = buf, .len = out.pos };
	return 0;
}

/**
 * unc_op_symlink - make a symbolic link
 * @share: where
 * @path: its name
 * @target: what it points to, as Linux has it
 *
 * May sleep, killable.
 *
 * Return: 0, -EEXIST, -EPERM if the server has no symbolic links, -EINVAL if
 * @target holds a '\', or another -errno.
 */
int unc_op_symlink(struct unc_share *share, const char *path,
		   const char *target)
{
	struct wire_blob data;
	int err = symlink_encode(target, &data);

	if (err)
		return err;
	err = data.len > REPARSE_MAX ? -ENAMETOOLONG :
				       symlink_make(share, path, &data);
	unc_path_free(&data);
	return err;
}

static int readlink_issue(struct unc_op *op, struct unc_req *req)
{
	static const struct unc_open_args how = {
		.access = SMB2_FILE_READ_ATTRIBUTES,
		.disposition = SMB2_FILE_OPEN,
		.options = SMB2_FILE_OPEN_REPARSE_POINT,
	};
	int err;

	err = unc_plan_create(req, op->path, &how);
	if (!err)
		err = add_fsctl(req, FSCTL_GET_REPARSE_POINT,
				(struct wire_blob){}, REPARSE_MAX);
	return err ?: unc_plan_close(req);
}

static int readlink_done(struct unc_op *op, struct unc_req *req)
{
	struct link_text *text = op->result;
	struct wire_smb2_create_rsp created;
	struct wire_smb2_ioctl_rsp rsp;
	struct wire_fscc_symlink link;
	u32 tag;
	int err;

	err = unc_plan_created(req, &created);
	if (!err)
		err = unc_smb2_ioctl_rsp(&req->parts[1], &rsp);
	if (err)
		return err;
	if (wire_fscc_reparse_tag_decode(&rsp.output, &tag))
		return -EIO;
	if (tag != FSCC_REPARSE_TAG_SYMLINK)
		return -EINVAL;
	if (wire_fscc_symlink_decode(&rsp.output, &link))
		return -EIO;
	err = unc_target_decode(&link.substitute, text->buf, text->size);
	return err < 0 ? err : 0;
}

static const struct unc_verb readlink_verb = {
	.name		= "readlink",
	.room		= SYMLINK_ROOM,
	.repeatable	= true,
	.issue		= readlink_issue,
	.done		= readlink_done,
	.orphaned	= unc_plan_orphaned,
};

/**
 * unc_op_readlink - where does a symbolic link point to
 * @share: where
 * @path: which
 * @buf: filled in on success, ended by a NUL
 * @size: room, PATH_MAX for any link that Linux can follow
 *
 * May sleep, killable.
 *
 * Return: 0, -EINVAL if it is no symbolic link, -ENAMETOOLONG, -EIO if what
 * the server says is no path, or another -errno.
 */
int unc_op_readlink(struct unc_share *share, const char *path, char *buf,
		    u32 size)
{
	struct link_text text = { .buf = buf, .size = size };
	struct unc_op op = {
		.verb = &readlink_verb,
		.share = share,
		.path = path,
		.result = &text,
	};

	return unc_op_run(&op);
}
