// SPDX-License-Identifier: GPL-2.0-only
/*
 * ioctl: an FSCTL on a handle.
 */
#include <linux/string.h>
#include "../wire/ntstatus.h"
#include "verbs.h"

static int ioctl_issue(struct unc_op *op, struct unc_req *req)
{
	const struct unc_ioctl *ioctl = op->args;
	struct wire_smb2_ioctl_req args = {
		.ctl_code = ioctl->code,
		.fid = unc_open_fid(op->open),
		.input = { .ptr = ioctl->in, .len = ioctl->in_len },
		.max_output = unc_plan_reply_max(req->conn, ioctl->out_len),
		.flags = SMB2_IOCTL_IS_FSCTL,
	};

	return unc_cmd(req)->ioctl_add(req, &args, 0);
}

static int ioctl_done(struct unc_op *op, struct unc_req *req)
{
	const struct unc_part *part = &req->parts[0];
	struct unc_ioctl *ioctl = op->result;
	struct wire_smb2_ioctl_rsp rsp;
	int err;

	err = unc_cmd_of(part)->ioctl_rsp(part, &rsp);
	if (err)
		return err;
	if (rsp.ctl_code != ioctl->code || rsp.output.len > ioctl->out_len)
		return -EIO;
	memcpy(ioctl->out, rsp.output.ptr, rsp.output.len);
	ioctl->out_len = rsp.output.len;
	ioctl->more = part->status == NT_STATUS_BUFFER_OVERFLOW;
	return 0;
}

static const struct unc_verb ioctl_verb = {
	.name		= "ioctl",
	.room		= UNC_SMB2_ROOM_IOCTL,
	.issue		= ioctl_issue,
	.done		= ioctl_done,
};

/* Waits for whoever is at the other end of a pipe: ^C must get one out. */
static const struct unc_verb ioctl_wait_verb = {
	.name		= "ioctl",
	.room		= UNC_SMB2_ROOM_IOCTL,
	.interruptible	= true,
	.unbounded	= true,
	.issue		= ioctl_issue,
	.done		= ioctl_done,
};

/**
 * unc_op_ioctl - do an FSCTL
 * @open: the handle
 * @ioctl: code, input, and room for the output
 *
 * May sleep; killable, or interruptible if ioctl->unbounded.
 *
 * Return: 0 or -errno.
 */
int unc_op_ioctl(struct unc_open *open, struct unc_ioctl *ioctl)
{
	struct unc_op op = {
		.verb = ioctl->unbounded ? &ioctl_wait_verb : &ioctl_verb,
		.open = open,
		.args = ioctl,
		.result = ioctl,
		.room = ioctl->in_len,
	};

	/* Most change data. */
	WRITE_ONCE(open->spent, true);
	return unc_op_run(&op);
}
