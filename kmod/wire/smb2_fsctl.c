// SPDX-License-Identifier: GPL-2.0-or-later
#include "smb2_fsctl.h"

/**
 * wire_validate_negotiate_req_encode - input of FSCTL_VALIDATE_NEGOTIATE_INFO
 * @o: the writer
 * @req: what the NEGOTIATE request said
 *
 * [MS-SMB2] 2.2.31.4.
 *
 * Return: 0, -EMSGSIZE, -EINVAL for a count out of range.
 */
int wire_validate_negotiate_req_encode(struct wire_out *o,
				       const struct wire_validate_negotiate_req *req)
{
	u16 i;

	if (!req->dialect_count || req->dialect_count > WIRE_SMB2_DIALECTS_MAX)
		return -EINVAL;
	wire_out_u32(o, req->capabilities);
	wire_out_bytes(o, req->guid, sizeof(req->guid));
	wire_out_u16(o, req->security_mode);
	wire_out_u16(o, req->dialect_count);
	for (i = 0; i < req->dialect_count; i++)
		wire_out_u16(o, req->dialects[i]);
	return wire_out_errno(o);
}

/**
 * wire_validate_negotiate_rsp_decode - output of FSCTL_VALIDATE_NEGOTIATE_INFO
 * @output: the output buffer
 * @rsp: what the server says it said; the caller compares
 *
 * [MS-SMB2] 2.2.32.6.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_validate_negotiate_rsp_decode(const struct wire_blob *output,
				       struct wire_validate_negotiate_rsp *rsp)
{
	struct wire_in in;

	wire_in_from(&in, output);
	rsp->capabilities = wire_in_u32(&in, "Capabilities");
	wire_in_copy(&in, rsp->guid, sizeof(rsp->guid), "Guid");
	rsp->security_mode = wire_in_u16(&in, "SecurityMode");
	rsp->dialect = wire_in_u16(&in, "Dialect");
	return wire_in_errno(&in);
}

/**
 * wire_pipe_peek_rsp_decode - output of FSCTL_PIPE_PEEK
 * @output: the output buffer
 * @rsp: the state of the pipe and what was peeked at
 *
 * [MS-FSCC] 2.3.46.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_pipe_peek_rsp_decode(const struct wire_blob *output,
			      struct wire_pipe_peek_rsp *rsp)
{
	struct wire_in in;

	wire_in_from(&in, output);
	rsp->state = wire_in_u32(&in, "NamedPipeState");
	rsp->available = wire_in_u32(&in, "ReadDataAvailable");
	rsp->messages = wire_in_u32(&in, "NumberOfMessages");
	rsp->message_length = wire_in_u32(&in, "MessageLength");
	rsp->data = wire_in_take(&in, wire_in_left(&in), "Data");
	return wire_in_errno(&in);
}

/**
 * wire_pipe_wait_req_encode - input of FSCTL_PIPE_WAIT
 * @o: the writer
 * @req: which pipe, how long
 *
 * [MS-FSCC] 2.3.49.
 *
 * Return: 0, -EMSGSIZE, -EINVAL for half a unit at the end of the name.
 */
int wire_pipe_wait_req_encode(struct wire_out *o,
			      const struct wire_pipe_wait_req *req)
{
	if (req->name.len & 1)
		return -EINVAL;
	wire_out_u64(o, req->has_timeout ? req->timeout : 0);
	wire_out_u32(o, req->name.len);
	wire_out_u8(o, req->has_timeout);
	wire_out_u8(o, 0);
	wire_out_blob(o, &req->name);
	return wire_out_errno(o);
}
