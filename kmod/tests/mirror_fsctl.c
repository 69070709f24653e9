// SPDX-License-Identifier: GPL-2.0-or-later
/* Server's half: what goes in and out of some control codes. */
#include "mirror.h"

int mirror_validate_negotiate_req_decode(const struct wire_blob *input,
					 struct wire_validate_negotiate_req *req)
{
	struct wire_in in;
	u16 i;

	memset(req, 0, sizeof(*req));
	wire_in_from(&in, input);
	req->capabilities = wire_in_u32(&in, "Capabilities");
	wire_in_copy(&in, req->guid, 16, "Guid");
	req->security_mode = wire_in_u16(&in, "SecurityMode");
	req->dialect_count = wire_in_u16(&in, "DialectCount");
	if (req->dialect_count > WIRE_SMB2_DIALECTS_MAX)
		wire_in_fail(&in, "DialectCount");
	for (i = 0; i < req->dialect_count && !in.err; i++)
		req->dialects[i] = wire_in_u16(&in, "Dialects");
	return wire_in_errno(&in);
}

int mirror_validate_negotiate_rsp_encode(struct wire_out *o,
					 const struct wire_validate_negotiate_rsp *rsp)
{
	wire_out_u32(o, rsp->capabilities);
	wire_out_bytes(o, rsp->guid, 16);
	wire_out_u16(o, rsp->security_mode);
	wire_out_u16(o, rsp->dialect);
	return wire_out_errno(o);
}

int mirror_pipe_peek_rsp_encode(struct wire_out *o,
				const struct wire_pipe_peek_rsp *rsp)
{
	wire_out_u32(o, rsp->state);
	wire_out_u32(o, rsp->available);
	wire_out_u32(o, rsp->messages);
	wire_out_u32(o, rsp->message_length);
	wire_out_blob(o, &rsp->data);
	return wire_out_errno(o);
}

int mirror_pipe_wait_req_decode(const struct wire_blob *input,
				struct wire_pipe_wait_req *req)
{
	struct wire_in in;
	u32 len;

	wire_in_from(&in, input);
	req->timeout = wire_in_u64(&in, "Timeout");
	len = wire_in_u32(&in, "NameLength");
	req->has_timeout = wire_in_u8(&in, "TimeoutSpecified");
	wire_in_skip(&in, 1, "Padding");
	req->name = wire_in_take(&in, len, "Name");
	return wire_in_errno(&in);
}
