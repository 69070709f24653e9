// SPDX-License-Identifier: GPL-2.0-only
/*
 * Symbolic links of Minshall and French: regular files whose text says that
 * they are links.  For servers that keep no others.
 */
#include <crypto/hash.h>
#include <linux/slab.h>
#include <linux/stat.h>
#include "../wire/mfsymlink.h"
#include "verbs.h"

#define MFSYMLINK_ROOM	(UNC_SMB2_ROOM_CREATE + UNC_SMB2_ROOM_WRITE + \
			 UNC_SMB2_ROOM_CLOSE + 8)

static int digest_of(const struct wire_blob *target, u8 *digest)
{
	struct crypto_shash *md5 = crypto_alloc_shash("md5", 0, 0);
	int err;

	/* There is none in a kernel in FIPS mode. */
	if (IS_ERR(md5))
		return PTR_ERR(md5) == -ENOENT ? -EOPNOTSUPP : PTR_ERR(md5);
	err = crypto_shash_tfm_digest(md5, target->ptr, target->len, digest);
	crypto_free_shash(md5);
	return err;
}

/* WRITE is in the middle of the plan: its data goes where the plan is. */
static int make_issue(struct unc_op *op, struct unc_req *req)
{
	static const struct unc_open_args how = {
		.access = SMB2_FILE_WRITE_DATA,
		.disposition = SMB2_FILE_CREATE,
		.options = SMB2_FILE_NON_DIRECTORY_FILE,
		.attributes = FSCC_ATTR_NORMAL,
	};
	static const struct wire_smb2_write_req write = {
		.length = WIRE_MFSYMLINK_SIZE,
		.fid = WIRE_SMB2_FID_RELATED,
	};
	int err;

	err = unc_plan_create(req, op->path, &how);
	if (!err)
		err = unc_cmd(req)->write_add(req, &write, UNC_PART_RELATED);
	if (err)
		return err;
	wire_out_bytes(&req->out, op->args, WIRE_MFSYMLINK_SIZE);
	return wire_out_errno(&req->out) ?: unc_plan_close(req);
}

/* The result is T if there is now a file that is not complete. */
static int make_done(struct unc_op *op, struct unc_req *req)
{
	struct wire_smb2_create_rsp created;
	struct wire_smb2_write_rsp rsp;
	bool *half = op->result;
	int err;

	err = unc_plan_created(req, &created);
	if (err)
		return err;
	err = unc_cmd(req)->write_rsp(&req->parts[1], &rsp);
	if (!err && rsp.count != WIRE_MFSYMLINK_SIZE)
		err = -EIO;
	*half = err;
	return err;
}

static const struct unc_verb make_verb = {
	.name		= "make mfsymlink",
	.room		= MFSYMLINK_ROOM + WIRE_MFSYMLINK_SIZE,
	.issue		= make_issue,
	.done		= make_done,
	.orphaned	= unc_plan_orphaned,
};

static int make(struct unc_share *share, const char *path, const u8 *data)
{
	bool half = false;
	struct unc_op op = {
		.verb = &make_verb,
		.share = share,
		.path = path,
		.args = data,
		.result = &half,
	};
	int err = unc_op_run(&op);

	if (half)
		unc_op_unlink(share, path, false, &unc_not_ours);
	return err;
}

/**
 * unc_op_mfsymlink - make a symbolic link of a regular file
 * @share: where
 * @path: its name
 * @target: what it points to, as Linux has it
 *
 * May sleep, killable.
 *
 * Return: 0, -EEXIST, -ENAMETOOLONG for more than 1024 bytes, or another
 * -errno.
 */
int unc_op_mfsymlink(struct unc_share *share, const char *path,
		     const char *target)
{
	struct wire_mfsymlink link = {
		.target = { .ptr = (const u8 *)target, .len = strlen(target) },
	};
	struct wire_out out;
	u8 *buf;
	int err;

	if (link.target.len > WIRE_MFSYMLINK_TARGET_MAX)
		return -ENAMETOOLONG;
	err = digest_of(&link.target, link.digest);
	if (err)
		return err;
	buf = kmalloc(WIRE_MFSYMLINK_SIZE, GFP_NOFS);
	if (!buf)
		return -ENOMEM;
	wire_out_init(&out, buf, WIRE_MFSYMLINK_SIZE);
	err = wire_mfsymlink_encode(&out, &link) ?: make(share, path, buf);
	kfree(buf);
	return err;
}

static int read_issue(struct unc_op *op, struct unc_req *req)
{
	static const struct unc_open_args how = {
		.access = SMB2_FILE_READ_DATA,
		.disposition = SMB2_FILE_OPEN,
		.options = SMB2_FILE_NON_DIRECTORY_FILE |
			   SMB2_FILE_OPEN_REPARSE_POINT,
	};
	static const struct wire_smb2_read_req read = {
		.length = WIRE_MFSYMLINK_SIZE,
		.fid = WIRE_SMB2_FID_RELATED,
	};
	int err;

	err = unc_plan_create(req, op->path, &how);
	if (!err)
		err = unc_cmd(req)->read_add(req, &read, UNC_PART_RELATED);
	return err ?: unc_plan_close(req);
}

static int read_target(const struct wire_blob *data, struct unc_link_text *text)
{
	u8 digest[WIRE_MFSYMLINK_DIGEST];
	struct wire_mfsymlink link;
	int err;

	if (wire_mfsymlink_decode(data, &link))
		return -EINVAL;
	err = digest_of(&link.target, digest);
	if (err)
		return err;
	if (memcmp(digest, link.digest, sizeof(digest)) ||
	    memchr(link.target.ptr, '\0', link.target.len))
		return -EINVAL;
	if (link.target.len >= text->size)
		return -ENAMETOOLONG;
	memcpy(text->buf, link.target.ptr, link.target.len);
	text->buf[link.target.len] = '\0';
	return 0;
}

static int read_done(struct unc_op *op, struct unc_req *req)
{
	struct wire_smb2_create_rsp created;
	struct wire_smb2_read_rsp rsp;
	int err;

	err = unc_plan_created(req, &created) ?:
	      unc_cmd(req)->read_rsp(&req->parts[1], &rsp);
	if (err)
		return err;
	return read_target(&rsp.data, op->result);
}

static const struct unc_verb read_verb = {
	.name		= "read mfsymlink",
	.room		= MFSYMLINK_ROOM,
	.repeatable	= true,
	.issue		= read_issue,
	.done		= read_done,
	.orphaned	= unc_plan_orphaned,
};

/**
 * unc_op_may_be_mfsymlink - is a look into the file worth while?
 * @info: what the server says of it
 *
 * Any context.
 */
bool unc_op_may_be_mfsymlink(const struct unc_attr_info *info)
{
	return info->size == WIRE_MFSYMLINK_SIZE &&
	       !(info->attributes & (FSCC_ATTR_DIRECTORY |
				     FSCC_ATTR_REPARSE_POINT));
}

/**
 * unc_op_mfreadlink - where does a link of Minshall and French point to
 * @share: where
 * @path: which
 * @text: filled in on success, ended by a NUL
 *
 * May sleep, killable.
 *
 * Return: 0, -EINVAL if it is a file like any other, or another -errno.
 */
int unc_op_mfreadlink(struct unc_share *share, const char *path,
		      struct unc_link_text *text)
{
	struct unc_op op = {
		.verb = &read_verb,
		.share = share,
		.path = path,
		.result = text,
	};

	text->native = false;
	return unc_op_run(&op);
}
