// SPDX-License-Identifier: GPL-2.0-or-later
#include "smb2_close.h"

/**
 * wire_smb2_close_req_encode - write the body of a CLOSE request
 * @o: the writer, after the header
 * @req: the file
 *
 * [MS-SMB2] 2.2.15.
 *
 * Return: 0 or -EMSGSIZE.
 */
int wire_smb2_close_req_encode(struct wire_out *o,
			       const struct wire_smb2_close_req *req)
{
	wire_out_u16(o, 24);
	wire_out_u16(o, req->flags);
	wire_out_u32(o, 0);
	wire_smb2_fid_encode(o, &req->fid);
	return wire_out_errno(o);
}

/**
 * wire_smb2_close_rsp_decode - read the body of a CLOSE response
 * @in: a reader from wire_smb2_pdu_next()
 * @rsp: the file as it was left
 *
 * [MS-SMB2] 2.2.16.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_smb2_close_rsp_decode(struct wire_in *in,
			       struct wire_smb2_close_rsp *rsp)
{
	wire_in_struct_size(in, 60);
	rsp->flags = wire_in_u16(in, "Flags");
	wire_in_skip(in, 4, "Reserved");
	rsp->creation_time = wire_in_u64(in, "CreationTime");
	rsp->last_access_time = wire_in_u64(in, "LastAccessTime");
	rsp->last_write_time = wire_in_u64(in, "LastWriteTime");
	rsp->change_time = wire_in_u64(in, "ChangeTime");
	rsp->allocation_size = wire_in_u64(in, "AllocationSize");
	rsp->end_of_file = wire_in_u64(in, "EndofFile");
	rsp->attributes = wire_in_u32(in, "FileAttributes");
	return wire_in_errno(in);
}
