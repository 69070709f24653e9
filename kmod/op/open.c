// SPDX-License-Identifier: GPL-2.0-only
/*
 * open: a handle that lives until unc_op_close().
 */
#include <linux/slab.h>
#include <linux/timekeeping.h>
#include "durable.h"
#include "verbs.h"

static int add_read(struct unc_req *req, struct unc_head *head)
{
	struct wire_smb2_read_req args = { .fid = WIRE_SMB2_FID_RELATED };

	if (!head || READ_ONCE(req->conn->credits) < UNC_FEW_CREDITS)
		return 0;
	head->len = 0;
	args.length = head->size;
	return unc_cmd(req)->read_add(req, &args, UNC_PART_RELATED);
}

static int open_issue(struct unc_op *op, struct unc_req *req)
{
	struct unc_open_args how = *(const struct unc_open_args *)op->args;
	struct unc_opened *opened = op->result;

	if (how.lease)
		opened->notices = unc_lease_notices(how.lease);
	/* Each attempt by a name of its own, for each may open one. */
	if (unc_share_patient(op->share))
		unc_durable_wish(req->tree, &how, &opened->durable);
	how.durable = &opened->durable;
	return unc_plan_create(req, op->path, &how) ?: add_read(req, how.head);
}

/* READ has a status of its own, and whatever it is, the file is open. */
static void take_head(struct unc_head *head, const struct unc_req *req)
{
	struct wire_smb2_read_rsp rsp;

	if (req->nparts < 2 || unc_cmd(req)->read_rsp(&req->parts[1], &rsp) ||
	    rsp.data.len > head->size)
		return;
	memcpy(head->buf, rsp.data.ptr, rsp.data.len);
	head->len = rsp.data.len;
}

/* Pipes and directories do not come back, as nobody knows where they were. */
static int open_remember(const struct unc_op *op, struct unc_open *open,
			 const struct wire_smb2_create_rsp *rsp)
{
	const struct unc_open_args *args = op->args;
	struct unc_attr_info info;

	/* The users of a multiuser mount have shares of their own. */
	if (!unc_share_patient(op->share) ||
	    open->tree->type != SMB2_SHARE_TYPE_DISK ||
	    !unc_open_is_of(open, unc_share_target(op->share)->who.uid))
		return 0;
	unc_attr_from_create(&info, rsp);
	open->options = args->options;
	open->file_id = info.id;
	open->btime = info.btime;
	if (!(args->options & SMB2_FILE_DIRECTORY_FILE)) {
		open->path = kstrdup(op->path, GFP_KERNEL);
		if (!open->path)
			return -ENOMEM;
	}
	unc_share_opened(op->share, open);
	return 0;
}

/**
 * unc_open_take - the handle that a CREATE has opened
 * @op: with the path, the share and, in args, a struct unc_open_args
 * @req: the request, answered, whose first part the CREATE is
 * @opened: what is to be known of it; filled in on success
 *
 * May sleep.  Return: 0 or -errno, then nothing is open.
 */
int unc_open_take(const struct unc_op *op, struct unc_req *req,
		  struct unc_opened *opened)
{
	const struct unc_open_args *args = op->args;
	struct wire_smb2_create_rsp rsp;
	struct unc_open *open;
	u32 at;
	int err;

	err = unc_cmd(req)->create_rsp(&req->parts[0], &rsp);
	if (err)
		return err;
	open = unc_open_new(req->tree, GFP_KERNEL);
	if (!open) {
		unc_close_fid(req->tree, rsp.fid);
		return -ENOMEM;
	}
	open->persistent = rsp.fid.persistent_id;
	open->volatile_id = rsp.fid.volatile_id;
	open->access = args->access;
	open->snapshot = unc_path_snapshot(op->path, &at);
	/* While nobody else knows of the handle, and can make it come back. */
	unc_lease_take(args->lease, open, &rsp, opened->notices);
	open->durable = unc_durable_granted(&opened->durable, &rsp);
	err = open_remember(op, open, &rsp);
	if (err) {
		unc_op_close(open, unc_why_open);
		return err;
	}
	opened->open = open;
	if (opened->info) {
		unc_attr_from_create(opened->info, &rsp);
		opened->info->id = unc_snapshot_id(opened->info->id,
						   open->snapshot);
	}
	if (opened->action)
		*opened->action = rsp.create_action;
	return 0;
}

static int open_done(struct unc_op *op, struct unc_req *req)
{
	const struct unc_open_args *args = op->args;
	int err = unc_open_take(op, req, op->result);

	if (!err)
		take_head(args->head, req);
	return err;
}

/* Without a CLOSE in its plan, the orphan's handle is always closed. */
static const struct unc_verb open_verb = {
	.name		= "open",
	.room		= UNC_SMB2_ROOM_CREATE + UNC_SMB2_ROOM_READ,
	.repeatable	= true,
	.issue		= open_issue,
	.done		= open_done,
	.orphaned	= unc_plan_orphaned,
};

/* Had the first attempt reached the server, the second finds EEXIST. */
static const struct unc_verb open_new_verb = {
	.name		= "open new",
	.room		= UNC_SMB2_ROOM_CREATE,
	.checkable	= true,
	.issue		= open_issue,
	.done		= open_done,
	.orphaned	= unc_plan_orphaned,
};

/* Opens what an attempt of which the answer was lost has made. */
static int open_made(struct unc_op *op, u64 since)
{
	struct unc_open_args args = *(const struct unc_open_args *)op->args;
	struct unc_opened *opened = op->result;
	struct unc_attr_info info;
	int err;

	if (!unc_made_by_us(op->share, op->path, since, &info))
		return -EEXIST;
	args.disposition = SMB2_FILE_OPEN;
	op->args = &args;
	op->verb = &open_verb;
	err = unc_op_run(op);
	if (!err && opened->action)
		*opened->action = SMB2_FILE_CREATED;
	return err;
}

/**
 * unc_op_open - open or create a file, directory or pipe
 * @share: where
 * @path: which
 * @args: how
 * @open: on success the handle, with one reference (unc_why_open)
 * @info: filled in on success, without the number of links; or NULL
 * @action: enum smb2_create_action on success; or NULL
 *
 * May sleep, killable.
 *
 * Return: 0, -ENOENT, -EEXIST, -EACCES, -EBUSY when somebody else has it and
 * does not share, or another -errno.
 */
int unc_op_open(struct unc_share *share, const char *path,
		const struct unc_open_args *args, struct unc_open **open,
		struct unc_attr_info *info, u32 *action)
{
	struct unc_opened opened = { .info = info, .action = action };
	struct unc_op op = {
		.verb = args->disposition == SMB2_FILE_CREATE ?
			&open_new_verb : &open_verb,
		.share = share,
		.path = path,
		.args = args,
		.result = &opened,
		.room = args->stream ? 2 * strlen(args->stream) + 16 : 0,
		.apart = !(args->options & SMB2_FILE_DIRECTORY_FILE),
	};
	u64 since = ktime_get_real_ns();
	int err = unc_op_run(&op);

	if (err == -EEXIST && op.uncertain)
		err = open_made(&op, since);
	if (!err)
		*open = opened.open;
	return err;
}
