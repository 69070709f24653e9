// SPDX-License-Identifier: GPL-2.0-only
/*
 * Control operations: NT_TRANSACT for those of files, and TRANSACTION for those
 * of pipes, which SMB 1 has subcommands for ([MS-CIFS] 2.2.5).
 */
#include "../wire/smb1_pipe.h"
#include "../wire/smb2_fsctl.h"
#include "smb1.h"

#define PEEK_PARAMS	6	/* of the answer to TRANS_PEEK_NMPIPE */

/* [MS-CIFS] 2.2.7.2.1: setup is the code, the FID, and that it is a FSCTL. */
static int control(struct unc_req *req, const struct wire_smb2_ioctl_req *args)
{
	struct wire_smb1_trans_req trans = {
		.command = SMB1_NT_TRANSACT,
		.function = SMB1_NT_IOCTL,
		.setup = { args->ctl_code & 0xffff, args->ctl_code >> 16,
			   args->fid.volatile_id, 1 },
		.setup_count = 4,
		.data = args->input,
		.max_data = args->max_output,
	};
	struct smb1_part *p;
	int err = smb1_trans_add(req, SMB2_IOCTL, &trans, &p);

	return err ?: smb1_part_fid(p, args->fid, trans.setup_at + 4);
}

/* Any subcommand that is about the handle of a pipe. */
static int pipe_trans(struct unc_req *req, u16 like, struct wire_smb2_fid fid,
		      struct wire_smb1_trans_req *trans)
{
	struct smb1_part *p;
	int err;

	trans->command = SMB1_TRANSACTION;
	trans->setup[0] = fid.volatile_id;
	trans->setup_count = 1;
	err = smb1_trans_add(req, like, trans, &p);
	return err ?: smb1_part_fid(p, fid, trans->setup_at);
}

/* [MS-CIFS] 2.2.5.6.1 */
static int transceive(struct unc_req *req,
		      const struct wire_smb2_ioctl_req *args)
{
	struct wire_smb1_trans_req trans = {
		.function = SMB1_TRANSACT_PIPE,
		.data = args->input,
		.max_data = min_t(u32, args->max_output, U16_MAX),
	};

	return pipe_trans(req, SMB2_IOCTL, args->fid, &trans);
}

/* [MS-CIFS] 2.2.5.5.1; no data is wanted, only how much of it there is. */
static int peek(struct unc_req *req, const struct wire_smb2_ioctl_req *args)
{
	struct wire_smb1_trans_req trans = {
		.function = SMB1_PEEK_PIPE,
		.max_params = PEEK_PARAMS,
	};

	return pipe_trans(req, SMB2_IOCTL, args->fid, &trans);
}

/* [MS-CIFS] 2.2.5.11.1: the pipe is named, as it is not open. */
static int wait(struct unc_req *req, const struct wire_smb2_ioctl_req *args)
{
	struct wire_smb1_trans_req trans = {
		.command = SMB1_TRANSACTION,
		.function = SMB1_WAIT_PIPE,
		.setup_count = 1,	/* Priority, which nobody looks at */
	};
	struct wire_smb1_wait what;

	if (wire_smb1_wait_decode(&args->input, &what))
		return -EINVAL;
	trans.name = what.name;
	trans.timeout = what.timeout;
	return smb1_trans_add(req, SMB2_IOCTL, &trans, NULL);
}

/**
 * smb1_pipe_state_add - put a change of how a pipe is read into a request
 * @req: the request, not sent yet
 * @args: FilePipeInformation for an open pipe
 *
 * Return: 0 or -errno.
 */
int smb1_pipe_state_add(struct unc_req *req,
			const struct wire_smb2_set_info_req *args)
{
	struct wire_smb1_trans_req trans = { .function = SMB1_SET_PIPE_STATE };
	u8 buf[2];
	u16 state;

	if (wire_smb1_pipe_state(&args->data, &state))
		return -EINVAL;
	put_unaligned_le16(state, buf);
	trans.params = (struct wire_blob){ buf, sizeof(buf) };
	return pipe_trans(req, SMB2_SET_INFO, args->fid, &trans);
}

static int ioctl_add(struct unc_req *req,
		     const struct wire_smb2_ioctl_req *args)
{
	switch (args->ctl_code) {
	case FSCTL_PIPE_TRANSCEIVE:
		return transceive(req, args);
	case FSCTL_PIPE_PEEK:
		return peek(req, args);
	case FSCTL_PIPE_WAIT:
		return wait(req, args);
	default:
		return control(req, args);
	}
}

/**
 * smb1_ioctl_add - put a control operation into a request
 * @req: the request, not sent yet
 * @args: which, its input, and how much may come back
 * @flags: UNC_PART_*
 *
 * Return: 0, -EMSGSIZE if the server takes no message of that size, or another
 * -errno.
 */
int smb1_ioctl_add(struct unc_req *req, const struct wire_smb2_ioctl_req *args,
		   unsigned int flags)
{
	int err = ioctl_add(req, args);

	if (!err)
		smb1_part(&req->parts[req->nparts - 1])->ctl_code =
			args->ctl_code;
	return err;
}

/* Samba has no such subcommand and calls it a wrong parameter. */
static int peek_rsp(const struct unc_part *part, struct wire_blob *output)
{
	u8 *wide = smb1_part(part)->peeked;
	struct wire_blob params, data;
	struct wire_out o;
	int err;

	err = smb1_trans_rsp(part, &params, &data);
	if (err)
		return err == -EINVAL ? -EOPNOTSUPP : err;
	wire_out_init(&o, wide, WIRE_SMB1_PEEK_WIDE);
	*output = (struct wire_blob){ wide, WIRE_SMB1_PEEK_WIDE };
	return smb1_decoded(part, wire_smb1_peek_widen(&params, &o));
}

/**
 * smb1_ioctl_rsp - what a control operation was answered
 * @part: the command, of a request that has ended
 * @rsp: filled in
 *
 * Return: 0 or -errno; 0 also with STATUS_BUFFER_OVERFLOW.
 */
int smb1_ioctl_rsp(const struct unc_part *part, struct wire_smb2_ioctl_rsp *rsp)
{
	struct wire_blob params;

	*rsp = (struct wire_smb2_ioctl_rsp){
		.ctl_code = smb1_part(part)->ctl_code,
	};
	if (rsp->ctl_code == FSCTL_PIPE_PEEK)
		return peek_rsp(part, &rsp->output);
	return smb1_trans_rsp(part, &params, &rsp->output);
}

/**
 * smb1_rap_add - put a call of the Remote Administration Protocol into a request
 * @req: the request, not sent yet
 * @call: what to ask, and how much may come back
 *
 * [MS-RAP] 3.1.4.1.  Return: 0 or -errno.
 */
int smb1_rap_add(struct unc_req *req, const struct unc_rap_call *call)
{
	static const u8 lanman[] = {
		'L', 0, 'A', 0, 'N', 0, 'M', 0, 'A', 0, 'N', 0,
	};
	struct wire_smb1_trans_req trans = {
		.command = SMB1_TRANSACTION,
		.bare = true,
		.name = { lanman, sizeof(lanman) },
		.params = call->params,
		.data = call->data,
		.max_params = min_t(u32, call->max_params, U16_MAX),
		.max_data = min_t(u32, call->max_data, U16_MAX),
	};

	return smb1_trans_add(req, SMB2_IOCTL, &trans, NULL);
}

/**
 * smb1_rap_rsp - what such a call was answered
 * @part: the command, of a request that has ended
 * @params: set to the parameters
 * @data: set to the data
 *
 * Return: 0 or -errno of the transport; how the call ended is in @params.
 */
int smb1_rap_rsp(const struct unc_part *part, struct wire_blob *params,
		 struct wire_blob *data)
{
	return smb1_trans_rsp(part, params, data);
}
