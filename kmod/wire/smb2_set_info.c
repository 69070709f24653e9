// SPDX-License-Identifier: GPL-2.0-or-later
#include "smb2_set_info.h"

/**
 * wire_smb2_set_info_req_encode - write the body of a SET_INFO request
 * @o: the writer, after the header
 * @req: what to set
 *
 * [MS-SMB2] 2.2.39.
 *
 * Return: 0 or -EMSGSIZE.
 */
int wire_smb2_set_info_req_encode(struct wire_out *o,
				  const struct wire_smb2_set_info_req *req)
{
	wire_out_u16(o, 33);
	wire_out_u8(o, req->info_type);
	wire_out_u8(o, req->info_class);
	wire_out_u32(o, req->data.len);
	wire_out_u16(o, SMB2_HDR_SIZE + 32);
	wire_out_u16(o, 0);
	wire_out_u32(o, req->additional);
	wire_smb2_fid_encode(o, &req->fid);
	wire_out_blob(o, &req->data);
	return wire_out_errno(o);
}

/**
 * wire_smb2_set_info_rsp_decode - read the body of a SET_INFO response
 * @in: a reader from wire_smb2_pdu_next()
 *
 * [MS-SMB2] 2.2.40.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_smb2_set_info_rsp_decode(struct wire_in *in)
{
	wire_in_struct_size(in, 2);
	return wire_in_errno(in);
}
