// SPDX-License-Identifier: GPL-2.0-only
/*
 * The plan CREATE + SET_INFO + CLOSE, and SET_INFO on a handle: whoever wants
 * to change something of a file that is not its data.
 */
#include "verbs.h"

#define SET_PATH_ROOM	(UNC_SMB2_ROOM_CREATE + UNC_SMB2_ROOM_SET_INFO + \
			 UNC_SMB2_ROOM_CLOSE)

static int set_add(struct unc_req *req, const struct unc_set *set,
		   struct wire_smb2_fid fid, unsigned int flags)
{
	struct wire_smb2_set_info_req args = {
		.info_type = set->type ?: SMB2_0_INFO_FILE,
		.info_class = set->class,
		.additional = set->additional,
		.fid = fid,
		.data = set->data,
	};

	return unc_cmd(req)->set_info_add(req, &args, flags);
}

static int set_path_issue(struct unc_op *op, struct unc_req *req)
{
	const struct unc_set *set = op->args;
	int err;

	err = unc_plan_create(req, op->path, &set->how);
	if (!err)
		err = set_add(req, set, WIRE_SMB2_FID_RELATED,
			      UNC_PART_RELATED);
	return err ?: unc_plan_close(req);
}

static int set_path_done(struct unc_op *op, struct unc_req *req)
{
	struct unc_set_result *result = op->result;
	struct wire_smb2_create_rsp created;
	int err;

	err = unc_plan_created(req, &created);
	if (err) {
		result->status = req->parts[0].status;
		return err;
	}
	result->attributes = created.attributes;
	result->status = req->parts[1].status;
	return unc_cmd(req)->set_info_rsp(&req->parts[1]);
}

static int set_open_issue(struct unc_op *op, struct unc_req *req)
{
	return set_add(req, op->args, unc_open_fid(op->open), 0);
}

static int set_open_done(struct unc_op *op, struct unc_req *req)
{
	return unc_cmd(req)->set_info_rsp(&req->parts[0]);
}

static const struct unc_verb set_path_verb = {
	.name		= "set",
	.room		= SET_PATH_ROOM,
	.repeatable	= true,
	.issue		= set_path_issue,
	.done		= set_path_done,
	.orphaned	= unc_plan_orphaned,
};

static const struct unc_verb set_path_once_verb = {
	.name		= "set once",
	.room		= SET_PATH_ROOM,
	.checkable	= true,
	.issue		= set_path_issue,
	.done		= set_path_done,
	.orphaned	= unc_plan_orphaned,
};

static const struct unc_verb set_open_verb = {
	.name		= "fset",
	.room		= UNC_SMB2_ROOM_SET_INFO,
	.repeatable	= true,
	.issue		= set_open_issue,
	.done		= set_open_done,
};

/**
 * unc_set_path - change something of a file
 * @share: where
 * @path: which
 * @set: what
 * @result: what is known when it failed, or NULL
 *
 * May sleep, killable.  Return: 0 or -errno.
 */
int unc_set_path(struct unc_share *share, const char *path,
		 const struct unc_set *set, struct unc_set_result *result)
{
	struct unc_set_result unused;
	struct unc_set unleased;
	struct unc_op op = {
		.verb = set->once ? &set_path_once_verb : &set_path_verb,
		.share = share,
		.path = path,
		.args = set,
		.result = result ?: &unused,
		.room = set->data.len,
	};
	int err;

	*(struct unc_set_result *)op.result = (struct unc_set_result){};
	err = unc_op_run(&op);
	if (err == -EINVAL && set->how.lease) {
		/* Of a lease key that belongs to another name of the file. */
		unleased = *set;
		unleased.how.lease = NULL;
		op.args = &unleased;
		err = unc_op_run(&op);
	}
	((struct unc_set_result *)op.result)->uncertain = op.uncertain;
	return err;
}

/**
 * unc_set_open - change something of an open file
 * @open: the handle
 * @set: what; how and once are not looked at
 *
 * May sleep, killable.  Return: 0 or -errno.
 */
int unc_set_open(struct unc_open *open, const struct unc_set *set)
{
	struct unc_op op = {
		.verb = &set_open_verb,
		.open = open,
		.args = set,
		.room = set->data.len,
		.apart = true,
	};

	return unc_op_run(&op);
}
