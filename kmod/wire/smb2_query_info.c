// SPDX-License-Identifier: GPL-2.0-or-later
#include "smb2_query_info.h"

/**
 * wire_smb2_query_info_req_encode - write the body of a QUERY_INFO request
 * @o: the writer, after the header
 * @req: what to ask
 *
 * [MS-SMB2] 2.2.37.
 *
 * Return: 0 or -EMSGSIZE.
 */
int wire_smb2_query_info_req_encode(struct wire_out *o,
				    const struct wire_smb2_query_info_req *req)
{
	wire_out_u16(o, 41);
	wire_out_u8(o, req->info_type);
	wire_out_u8(o, req->info_class);
	wire_out_u32(o, req->max_output);
	wire_out_u16(o, req->input.len ? SMB2_HDR_SIZE + 40 : 0);
	wire_out_u16(o, 0);
	wire_out_u32(o, req->input.len);
	wire_out_u32(o, req->additional);
	wire_out_u32(o, req->flags);
	wire_smb2_fid_encode(o, &req->fid);
	wire_out_blob(o, &req->input);
	return wire_out_errno(o);
}

/**
 * wire_smb2_query_info_rsp_decode - read the body of a QUERY_INFO response
 * @in: a reader from wire_smb2_pdu_next()
 * @rsp: the information
 *
 * [MS-SMB2] 2.2.38.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_smb2_query_info_rsp_decode(struct wire_in *in,
				    struct wire_smb2_query_info_rsp *rsp)
{
	u16 off;
	u32 len;

	wire_in_struct_size(in, 9);
	off = wire_in_u16(in, "OutputBufferOffset");
	len = wire_in_u32(in, "OutputBufferLength");
	rsp->data = wire_in_blob(in, off, len, "OutputBuffer");
	return wire_in_errno(in);
}
