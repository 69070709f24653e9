// SPDX-License-Identifier: GPL-2.0-or-later
#include "smb2_query_dir.h"

/**
 * wire_smb2_query_dir_req_encode - write the body of a QUERY_DIRECTORY request
 * @o: the writer, after the header
 * @req: what to list
 *
 * [MS-SMB2] 2.2.33.
 *
 * Return: 0 or -EMSGSIZE, also for a pattern of more than 65535 bytes.
 */
int wire_smb2_query_dir_req_encode(struct wire_out *o,
				   const struct wire_smb2_query_dir_req *req)
{
	if (req->pattern.len > U16_MAX)
		return -EMSGSIZE;
	wire_out_u16(o, 33);
	wire_out_u8(o, req->info_class);
	wire_out_u8(o, req->flags);
	wire_out_u32(o, req->file_index);
	wire_smb2_fid_encode(o, &req->fid);
	wire_out_u16(o, SMB2_HDR_SIZE + 32);
	wire_out_u16(o, req->pattern.len);
	wire_out_u32(o, req->max_output);
	wire_out_blob(o, &req->pattern);
	return wire_out_errno(o);
}

/**
 * wire_smb2_query_dir_rsp_decode - read the body of a QUERY_DIRECTORY response
 * @in: a reader from wire_smb2_pdu_next()
 * @rsp: the entries
 *
 * [MS-SMB2] 2.2.34.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_smb2_query_dir_rsp_decode(struct wire_in *in,
				   struct wire_smb2_query_dir_rsp *rsp)
{
	u16 off;
	u32 len;

	wire_in_struct_size(in, 9);
	off = wire_in_u16(in, "OutputBufferOffset");
	len = wire_in_u32(in, "OutputBufferLength");
	rsp->data = wire_in_blob(in, off, len, "OutputBuffer");
	return wire_in_errno(in);
}
