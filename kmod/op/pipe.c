// SPDX-License-Identifier: GPL-2.0-only
/*
 * FSCTL_PIPE_WAIT on a share, and the read mode of an open pipe.
 */
#include "../wire/smb2_fsctl.h"
#include "pipe.h"
#include "verbs.h"

/* [MS-FSCC] FSCTL_PIPE_WAIT: what stands before the name */
#define WAIT_HEAD	14
/* Of the name of a pipe, in UTF-16; a path on the wire has no more. */
#define WAIT_NAME_MAX	(2 * NAME_MAX)
/* Milliseconds in units of 100 ns */
#define WAIT_TICKS	10000

struct wait_input {
	u32	len;
	u8	data[WAIT_HEAD + WAIT_NAME_MAX];
};

static int wait_issue(struct unc_op *op, struct unc_req *req)
{
	const struct wait_input *input = op->args;
	struct wire_smb2_ioctl_req args = {
		.ctl_code = FSCTL_PIPE_WAIT,
		.fid = WIRE_SMB2_FID_RELATED,	/* the share, not a file */
		.input = { .ptr = input->data, .len = input->len },
		.flags = SMB2_IOCTL_IS_FSCTL,
	};

	return unc_cmd(req)->ioctl_add(req, &args, 0);
}

static int wait_done(struct unc_op *op, struct unc_req *req)
{
	struct wire_smb2_ioctl_rsp rsp;

	return unc_cmd(req)->ioctl_rsp(&req->parts[0], &rsp);
}

/* The server answers in time, so the deadline of any request will do. */
static const struct unc_verb wait_verb = {
	.name		= "pipe wait",
	.room		= UNC_SMB2_ROOM_IOCTL,
	.repeatable	= true,
	.interruptible	= true,
	.issue		= wait_issue,
	.done		= wait_done,
};

static int wait_encode(struct wait_input *input, const char *name,
		       unsigned int timeout_ms)
{
	struct wire_pipe_wait_req req = {
		.timeout = (u64)timeout_ms * WAIT_TICKS, .has_timeout = true,
	};
	struct wire_out o;
	int err;

	err = unc_path_encode(name, &req.name);
	if (err)
		return err;
	wire_out_init(&o, input->data, sizeof(input->data));
	err = wire_pipe_wait_req_encode(&o, &req);
	unc_path_free(&req.name);
	input->len = o.pos;
	return err == -EMSGSIZE ? -ENAMETOOLONG : err;
}

/**
 * unc_op_pipe_wait - wait until a pipe can be opened
 * @share: of type pipe
 * @name: of the pipe, UTF-8
 * @timeout_ms: how long the server may wait; less than a request's deadline
 *
 * That one instance is free does not mean that it still is when it is opened.
 *
 * Context: may sleep that long; interruptible.  [MS-SMB2] 3.2.4.20.11.
 *
 * Return: 0; -ETIMEDOUT; -ENOENT; -EOPNOTSUPP if the server cannot wait;
 * -ERESTARTSYS; -ENOMEM; or why it could not be asked.
 */
int unc_op_pipe_wait(struct unc_share *share, const char *name,
		     unsigned int timeout_ms)
{
	struct wait_input input;
	struct unc_op op = {
		.verb = &wait_verb,
		.share = share,
		.args = &input,
		.room = sizeof(input.data),
	};
	int err;

	err = wait_encode(&input, name, timeout_ms);
	return err ?: unc_op_run(&op);
}

/**
 * unc_op_pipe_mode - how an open pipe is read
 * @open: the pipe
 * @message: T for message by message, else the bytes of all
 *
 * Context: may sleep; killable.  [MS-FSCC] FilePipeInformation.
 *
 * Return: 0; -EOPNOTSUPP or -EINVAL if the server has no such thing; or
 * another -errno.
 */
int unc_op_pipe_mode(struct unc_open *open, bool message)
{
	const struct wire_fscc_pipe info = {
		.read_mode = message ? FSCC_PIPE_MESSAGE_MODE :
				       FSCC_PIPE_BYTE_STREAM_MODE,
		.completion_mode = FSCC_PIPE_QUEUE_OPERATION,
	};
	u8 data[sizeof(u32) * 2];
	struct unc_set set = {
		.class = FSCC_FILE_PIPE,
		.data = { .ptr = data, .len = sizeof(data) },
	};
	struct wire_out o;
	int err;

	wire_out_init(&o, data, sizeof(data));
	err = wire_fscc_pipe_encode(&o, &info);
	return err ?: unc_set_open(open, &set);
}
