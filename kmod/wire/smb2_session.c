// SPDX-License-Identifier: GPL-2.0-or-later
#include "smb2_session.h"

/**
 * wire_smb2_session_setup_req_encode - write the body of a request
 * @o: the writer, after the header
 * @req: the leg
 *
 * [MS-SMB2] 2.2.5.
 *
 * Return: 0 or -EMSGSIZE, also for a token of more than 65535 bytes.
 */
int wire_smb2_session_setup_req_encode(struct wire_out *o,
				       const struct wire_smb2_session_setup_req *req)
{
	if (req->token.len > U16_MAX)
		return -EMSGSIZE;
	wire_out_u16(o, 25);
	wire_out_u8(o, req->flags);
	wire_out_u8(o, req->security_mode);
	wire_out_u32(o, req->capabilities);
	wire_out_u32(o, 0);	/* Channel */
	wire_out_u16(o, SMB2_HDR_SIZE + 24);
	wire_out_u16(o, req->token.len);
	wire_out_u64(o, req->previous_session_id);
	wire_out_blob(o, &req->token);
	return wire_out_errno(o);
}

/**
 * wire_smb2_session_setup_rsp_decode - read the body of a response
 * @in: a reader from wire_smb2_pdu_next()
 * @rsp: the leg
 *
 * The token lies wholly within this PDU, or the response is refused: bytes
 * of another message cannot get into the agent and from there back out.
 * [MS-SMB2] 2.2.6.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_smb2_session_setup_rsp_decode(struct wire_in *in,
				       struct wire_smb2_session_setup_rsp *rsp)
{
	u16 off, len;

	wire_in_struct_size(in, 9);
	rsp->flags = wire_in_u16(in, "SessionFlags");
	off = wire_in_u16(in, "SecurityBufferOffset");
	len = wire_in_u16(in, "SecurityBufferLength");
	rsp->token = wire_in_blob(in, off, len, "SecurityBuffer");
	return wire_in_errno(in);
}
