// SPDX-License-Identifier: GPL-2.0-only
/*
 * notify: CHANGE_NOTIFY on an open directory, until something changes.
 */
#include <linux/slab.h>
#include "verbs.h"

#define NOTIFY_NAME_SIZE	4096	/* a path, when a tree is watched */

static int notify_issue(struct unc_op *op, struct unc_req *req)
{
	const struct unc_notify_args *args = op->args;
	struct wire_smb2_notify_req notify = {
		.flags = args->tree ? SMB2_WATCH_TREE : 0,
		.max_output = unc_plan_reply_max(req->conn, args->max),
		.fid = unc_open_fid(op->open),
		.filter = args->filter,
	};

	if (!unc_cmd(req)->notify_add)
		return -EOPNOTSUPP;
	return unc_cmd(req)->notify_add(req, &notify, 0);
}

/* Samba makes directories under names that nobody can use, and renames them. */
static bool is_internal(u32 action, const char *name)
{
	return action <= FSCC_ACTION_RENAMED_NEW_NAME && strchr(name, ':');
}

/* The name of a change is a path below the directory if a tree is watched. */
static int emit_all(const struct unc_notify_args *args,
		    const struct wire_blob *data, char *name)
{
	bool internal = false, made;
	struct wire_fscc_notify ent;
	struct wire_in list;
	int len, more;

	wire_in_from(&list, data);
	while ((more = wire_fscc_notify_next(&list, &ent)) > 0) {
		len = unc_target_decode(&ent.name, name, NOTIFY_NAME_SIZE);
		if (len <= 0)
			continue;
		made = internal && ent.action == FSCC_ACTION_RENAMED_NEW_NAME;
		internal = is_internal(ent.action, name);
		if (!internal)
			args->emit(args->ctx, made ? FSCC_ACTION_ADDED :
				   ent.action, name, len);
	}
	return more < 0 ? -EIO : 0;
}

static int notify_done(struct unc_op *op, struct unc_req *req)
{
	struct wire_smb2_notify_rsp rsp;
	char *name;
	int err;

	err = unc_cmd(req)->notify_rsp(&req->parts[0], &rsp);
	if (err)
		return err;
	name = kmalloc(NOTIFY_NAME_SIZE, GFP_KERNEL);
	if (!name)
		return -ENOMEM;
	err = emit_all(op->args, &rsp.data, name);
	kfree(name);
	return err;
}

static const struct unc_verb notify_verb = {
	.name		= "notify",
	.room		= UNC_SMB2_ROOM_NOTIFY,
	.interruptible	= true,
	.unbounded	= true,
	.issue		= notify_issue,
	.done		= notify_done,
};

/**
 * unc_op_notify - wait until something in a directory changes
 * @dir: the handle, with FILE_LIST_DIRECTORY.  The server remembers what
 *	changes from the first call on for as long as it is open.
 * @args: what to watch, and who is told
 *
 * May sleep without end; interruptible.
 *
 * Return: 0; -EOVERFLOW if more changed than could be told: look for yourself;
 * -ERESTARTSYS, or another -errno.
 */
int unc_op_notify(struct unc_open *dir, const struct unc_notify_args *args)
{
	struct unc_op op = {
		.verb = &notify_verb,
		.open = dir,
		.args = args,
	};

	return unc_op_run(&op);
}
