// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls of the Remote Administration Protocol, which old servers have instead of
 * RPC: who else is there, which shares there are.
 */
#include <linux/string.h>
#include "pipe.h"
#include "verbs.h"

static int rap_issue(struct unc_op *op, struct unc_req *req)
{
	const struct unc_rap_io *io = op->args;
	const struct unc_rap_call call = {
		.params = { io->params, io->params_len },
		.data = { io->data, io->data_len },
		.max_params = io->out_params_len,
		.max_data = io->out_data_len,
	};

	if (!unc_cmd(req)->rap_add)
		return -EOPNOTSUPP;
	return unc_cmd(req)->rap_add(req, &call);
}

static int rap_done(struct unc_op *op, struct unc_req *req)
{
	struct unc_rap_io *io = op->result;
	struct wire_blob params, data;
	int err;

	err = unc_cmd(req)->rap_rsp(&req->parts[0], &params, &data);
	if (err)
		return err;
	if (params.len > io->out_params_len || data.len > io->out_data_len)
		return -EIO;
	memcpy(io->out_params, params.ptr, params.len);
	memcpy(io->out_data, data.ptr, data.len);
	io->out_params_len = params.len;
	io->out_data_len = data.len;
	return 0;
}

static const struct unc_verb rap_verb = {
	.name		= "rap",
	.interruptible	= true,
	.issue		= rap_issue,
	.done		= rap_done,
};

/**
 * unc_op_rap - call a server by RAP
 * @share: of type pipe
 * @io: what to ask, and room for the answer
 *
 * Context: may sleep; interruptible.  [MS-RAP] 3.1.4.1.
 *
 * Return: 0; -EOPNOTSUPP where SMB 1 is not spoken; -EIO for an answer that
 * is longer than the room; -ERESTARTSYS; or why it could not be asked.
 */
int unc_op_rap(struct unc_share *share, struct unc_rap_io *io)
{
	struct unc_op op = {
		.verb = &rap_verb,
		.share = share,
		.args = io,
		.result = io,
	};

	return unc_op_run(&op);
}
