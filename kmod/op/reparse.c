// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reparse points ([MS-FSCC] 2.1.2): made in one flight with the file that
 * carries them, and read in one flight with their tag.
 */
#include "../wire/smb2_fsctl.h"
#include "verbs.h"

#define REPARSE_ROOM	(UNC_SMB2_ROOM_CREATE + UNC_SMB2_ROOM_QUERY_INFO + \
			 UNC_SMB2_ROOM_IOCTL + UNC_SMB2_ROOM_CLOSE)
#define TAG_SIZE	8	/* FileAttributeTagInformation, [MS-FSCC] 2.4.6 */

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

	return unc_cmd(req)->ioctl_add(req, &args, UNC_PART_RELATED);
}

static int make_issue(struct unc_op *op, struct unc_req *req)
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

/* The result is T if there is now a file that did not become what it should. */
static int make_done(struct unc_op *op, struct unc_req *req)
{
	struct wire_smb2_create_rsp created;
	struct wire_smb2_ioctl_rsp set;
	bool *half = op->result;
	int err;

	err = unc_plan_created(req, &created);
	if (err)
		return err;
	err = unc_cmd(req)->ioctl_rsp(&req->parts[1], &set);
	*half = err;
	return err;
}

static const struct unc_verb make_verb = {
	.name		= "make reparse point",
	.room		= REPARSE_ROOM,
	.issue		= make_issue,
	.done		= make_done,
	.orphaned	= unc_plan_orphaned,
};

/* Is that the server's way of saying that it does not keep such things? */
static bool means_cannot(int err)
{
	/* EINVAL: STATUS_NOT_A_REPARSE_POINT, from Samba before 4.21 */
	return err == -EOPNOTSUPP || err == -EPERM || err == -EINVAL ||
	       err == -EACCES;
}

/**
 * unc_reparse_make - make a file that is a reparse point
 * @share: where
 * @path: its name, which must be free
 * @data: the input of FSCTL_SET_REPARSE_POINT
 *
 * May sleep, killable.
 *
 * Return: 0, -EEXIST, -EMEDIUMTYPE if the server keeps none like this, or
 * another -errno.
 */
int unc_reparse_make(struct unc_share *share, const char *path,
		     const struct wire_blob *data)
{
	bool half = false;
	struct unc_op op = {
		.verb = &make_verb,
		.share = share,
		.path = path,
		.args = data,
		.result = &half,
		.room = data->len,
	};
	int err = unc_op_run(&op);

	if (half)
		unc_op_unlink(share, path, false, &unc_not_ours);
	return half && means_cannot(err) ? -EMEDIUMTYPE : err;
}

static int get_issue(struct unc_op *op, struct unc_req *req)
{
	static const struct unc_open_args how = {
		.access = SMB2_FILE_READ_ATTRIBUTES,
		.disposition = SMB2_FILE_OPEN,
		.options = SMB2_FILE_OPEN_REPARSE_POINT,
	};
	static const struct wire_smb2_query_info_req query = {
		.info_type = SMB2_0_INFO_FILE,
		.info_class = FSCC_FILE_ATTRIBUTE_TAG,
		.max_output = TAG_SIZE,
		.fid = WIRE_SMB2_FID_RELATED,
	};
	int err;

	err = unc_plan_create(req, op->path, &how);
	if (!err)
		err = unc_cmd(req)->query_info_add(req, &query, UNC_PART_RELATED);
	if (!err)
		err = add_fsctl(req, FSCTL_GET_REPARSE_POINT,
				(struct wire_blob){}, UNC_REPARSE_MAX);
	return err ?: unc_plan_close(req);
}

static int get_tag(const struct unc_part *part, u32 *tag)
{
	struct wire_fscc_attribute_tag info;
	struct wire_smb2_query_info_rsp rsp;
	int err = unc_cmd_of(part)->query_info_rsp(part, &rsp);

	if (err)
		return err;
	if (wire_fscc_attribute_tag_decode(&rsp.data, &info))
		return -EIO;
	*tag = info.attributes & FSCC_ATTR_REPARSE_POINT ? info.reparse_tag : 0;
	return 0;
}

/* The tag is known also where the data may not be read. */
static int get_done(struct unc_op *op, struct unc_req *req)
{
	const struct unc_reparse_reader *reader = op->args;
	struct wire_smb2_create_rsp created;
	struct wire_smb2_ioctl_rsp rsp = {};
	u32 tag;
	int err;

	err = unc_plan_created(req, &created) ?: get_tag(&req->parts[1], &tag);
	if (err)
		return err;
	err = unc_cmd(req)->ioctl_rsp(&req->parts[2], &rsp);
	if (!err && rsp.output.len > UNC_REPARSE_MAX)
		return -EIO;
	return reader->read(op->result, tag, err ? NULL : &rsp.output);
}

static const struct unc_verb get_verb = {
	.name		= "get reparse point",
	.room		= REPARSE_ROOM,
	.repeatable	= true,
	.issue		= get_issue,
	.done		= get_done,
	.orphaned	= unc_plan_orphaned,
};

/**
 * unc_reparse_get - read a reparse point
 * @share: where
 * @path: which
 * @reader: what to do with what the server says
 * @result: for @reader
 *
 * May sleep, killable.
 *
 * Return: what @reader->read() returns, or -errno.
 */
int unc_reparse_get(struct unc_share *share, const char *path,
		    const struct unc_reparse_reader *reader, void *result)
{
	struct unc_op op = {
		.verb = &get_verb,
		.share = share,
		.path = path,
		.args = reader,
		.result = result,
	};

	return unc_op_run(&op);
}
