// SPDX-License-Identifier: GPL-2.0-only
/*
 * flush: the server writes what it has of a file to its disk.
 */
#include "verbs.h"

static int flush_issue(struct unc_op *op, struct unc_req *req)
{
	struct wire_smb2_flush_req args = { .fid = unc_open_fid(op->open) };

	return unc_cmd(req)->flush_add(req, &args, 0);
}

static int flush_done(struct unc_op *op, struct unc_req *req)
{
	return unc_cmd(req)->flush_rsp(&req->parts[0]);
}

static const struct unc_verb flush_verb = {
	.name		= "flush",
	.room		= UNC_SMB2_ROOM_FLUSH,
	.repeatable	= true,
	.issue		= flush_issue,
	.done		= flush_done,
};

/**
 * unc_op_flush - make the server write a file to its disk
 * @open: the handle, with FILE_WRITE_DATA or FILE_APPEND_DATA
 *
 * May sleep, killable.  Return: 0 or -errno.
 */
int unc_op_flush(struct unc_open *open)
{
	struct unc_op op = {
		.verb = &flush_verb,
		.open = open,
		.apart = true,
	};

	return unc_op_run(&op);
}
