// SPDX-License-Identifier: GPL-2.0-only
/*
 * getattr: all that there is to know of a file, by path or by handle.
 */
#include "verbs.h"

/*
 * The fixed part of FileAllInformation, and the length of the name that
 * nobody reads; servers cut it off with STATUS_BUFFER_OVERFLOW.
 */
#define ALL_INFO_MAX	1024

static const struct unc_query query = {
	.how = {
		.access = SMB2_FILE_READ_ATTRIBUTES,
		.disposition = SMB2_FILE_OPEN,
		.options = SMB2_FILE_OPEN_REPARSE_POINT,
	},
	.type = SMB2_0_INFO_FILE,
	.class = FSCC_FILE_ALL,
	.max = ALL_INFO_MAX,
};

/**
 * unc_getattr_take - what CREATE + QUERY_INFO(FileAllInformation) said
 * @path: of what
 * @req: the request, answered; it ends with CLOSE
 * @first: which of its parts the CREATE is
 * @info: filled in on success
 *
 * Return: 0 or -errno.
 */
int unc_getattr_take(const char *path, struct unc_req *req, unsigned int first,
		     struct unc_attr_info *info)
{
	struct wire_smb2_create_rsp created;
	u32 at;
	int err;

	err = unc_plan_created_at(req, first, &created);
	if (!err)
		err = unc_attr_from_all(info, &req->parts[first + 1]);
	if (!err && created.ctx.has_disk_id && created.ctx.disk_file_id)
		info->id = created.ctx.disk_file_id;
	info->id = unc_snapshot_id(info->id, unc_path_snapshot(path, &at));
	return err;
}

/**
 * unc_getattr_done - done() of CREATE + QUERY_INFO(FileAllInformation) + CLOSE
 * @op: the operation; its result is a struct unc_attr_info
 * @req: the request, answered
 *
 * Return: 0 or -errno.
 */
int unc_getattr_done(struct unc_op *op, struct unc_req *req)
{
	return unc_getattr_take(op->path, req, 0, op->result);
}

static int fgetattr_done(struct unc_op *op, struct unc_req *req)
{
	struct unc_attr_info *info = op->result;
	int err = unc_attr_from_all(info, &req->parts[0]);

	info->id = unc_snapshot_id(info->id, op->open->snapshot);
	return err;
}

static const struct unc_verb getattr_verb = {
	.name		= "getattr",
	.room		= UNC_QUERY_ROOM,
	.repeatable	= true,
	.issue		= unc_query_issue,
	.done		= unc_getattr_done,
	.orphaned	= unc_plan_orphaned,
};

static const struct unc_verb fgetattr_verb = {
	.name		= "fgetattr",
	.room		= UNC_SMB2_ROOM_QUERY_INFO,
	.repeatable	= true,
	.issue		= unc_query_open_issue,
	.done		= fgetattr_done,
};

/**
 * unc_op_getattr - what is known of a file
 * @share: where
 * @path: which
 * @info: filled in on success
 *
 * Links and other reparse points are not followed.  May sleep, killable.
 *
 * Return: 0, -ENOENT, or another -errno.
 */
int unc_op_getattr(struct unc_share *share, const char *path,
		   struct unc_attr_info *info)
{
	struct unc_op op = {
		.verb = &getattr_verb,
		.share = share,
		.path = path,
		.args = &query,
		.result = info,
	};
	int err;

	err = unc_op_run(&op);
	/* Rare enough not to be asked for of every file. */
	if (!err && info->attributes & FSCC_ATTR_REPARSE_POINT)
		err = unc_node_kind(share, path, info);
	return err;
}

/**
 * unc_op_fgetattr - what is known of an open file
 * @open: the handle, with FILE_READ_ATTRIBUTES
 * @info: filled in on success
 *
 * May sleep, killable.  Return: 0 or -errno.
 */
int unc_op_fgetattr(struct unc_open *open, struct unc_attr_info *info)
{
	struct unc_op op = {
		.verb = &fgetattr_verb,
		.open = open,
		.args = &query,
		.result = info,
	};

	return unc_op_run(&op);
}
