// SPDX-License-Identifier: GPL-2.0-or-later
#include "smb2_write.h"

/**
 * wire_smb2_write_req_encode - write the body of a WRITE request, but the data
 * @o: the writer, after the header
 * @req: where to write
 *
 * The payload belongs right behind; see wire_smb2_pdu_end_payload().
 * [MS-SMB2] 2.2.21.
 *
 * Return: 0 or -EMSGSIZE.
 */
int wire_smb2_write_req_encode(struct wire_out *o,
			       const struct wire_smb2_write_req *req)
{
	wire_out_u16(o, 49);
	wire_out_u16(o, WIRE_SMB2_WRITE_DATA_OFFSET);
	wire_out_u32(o, req->length);
	wire_out_u64(o, req->offset);
	wire_smb2_fid_encode(o, &req->fid);
	wire_out_u32(o, 0);		/* Channel */
	wire_out_u32(o, req->remaining);
	wire_out_u16(o, 0);		/* WriteChannelInfoOffset */
	wire_out_u16(o, 0);		/* WriteChannelInfoLength */
	wire_out_u32(o, req->flags);
	return wire_out_errno(o);
}

/**
 * wire_smb2_write_rsp_decode - read the body of a WRITE response
 * @in: a reader from wire_smb2_pdu_next()
 * @rsp: how much was written
 *
 * [MS-SMB2] 2.2.22.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_smb2_write_rsp_decode(struct wire_in *in,
			       struct wire_smb2_write_rsp *rsp)
{
	wire_in_struct_size(in, 17);
	wire_in_skip(in, 2, "Reserved");
	rsp->count = wire_in_u32(in, "Count");
	rsp->remaining = wire_in_u32(in, "Remaining");
	wire_in_skip(in, 4, "WriteChannelInfo");
	return wire_in_errno(in);
}
