// SPDX-License-Identifier: GPL-2.0-or-later
#include "smb2_tree.h"

/**
 * wire_smb2_tree_connect_req_encode - write the body of a request
 * @o: the writer, after the header
 * @req: the share
 *
 * [MS-SMB2] 2.2.9.
 *
 * Return: 0 or -EMSGSIZE, also for a path of more than 65535 bytes.
 */
int wire_smb2_tree_connect_req_encode(struct wire_out *o,
				      const struct wire_smb2_tree_connect_req *req)
{
	if (req->path.len > U16_MAX)
		return -EMSGSIZE;
	wire_out_u16(o, 9);
	wire_out_u16(o, req->flags);
	wire_out_u16(o, SMB2_HDR_SIZE + 8);
	wire_out_u16(o, req->path.len);
	wire_out_blob(o, &req->path);
	return wire_out_errno(o);
}

/**
 * wire_smb2_tree_connect_rsp_decode - read the body of a response
 * @in: a reader from wire_smb2_pdu_next()
 * @rsp: the share
 *
 * [MS-SMB2] 2.2.10.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_smb2_tree_connect_rsp_decode(struct wire_in *in,
				      struct wire_smb2_tree_connect_rsp *rsp)
{
	wire_in_struct_size(in, 16);
	rsp->share_type = wire_in_u8(in, "ShareType");
	wire_in_skip(in, 1, "Reserved");
	rsp->share_flags = wire_in_u32(in, "ShareFlags");
	rsp->capabilities = wire_in_u32(in, "Capabilities");
	rsp->maximal_access = wire_in_u32(in, "MaximalAccess");
	return wire_in_errno(in);
}
