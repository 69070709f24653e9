// SPDX-License-Identifier: GPL-2.0-or-later
#include "smb2_ioctl.h"

/**
 * wire_smb2_ioctl_req_encode - write the body of an IOCTL request
 * @o: the writer, after the header
 * @req: the operation
 *
 * [MS-SMB2] 2.2.31.
 *
 * Return: 0 or -EMSGSIZE.
 */
int wire_smb2_ioctl_req_encode(struct wire_out *o,
			       const struct wire_smb2_ioctl_req *req)
{
	wire_out_u16(o, 57);
	wire_out_u16(o, 0);
	wire_out_u32(o, req->ctl_code);
	wire_smb2_fid_encode(o, &req->fid);
	wire_out_u32(o, SMB2_HDR_SIZE + 56);
	wire_out_u32(o, req->input.len);
	wire_out_u32(o, req->max_input);
	wire_out_u32(o, 0);		/* OutputOffset */
	wire_out_u32(o, 0);		/* OutputCount */
	wire_out_u32(o, req->max_output);
	wire_out_u32(o, req->flags);
	wire_out_u32(o, 0);
	wire_out_blob(o, &req->input);
	return wire_out_errno(o);
}

/**
 * wire_smb2_ioctl_rsp_decode - read the body of an IOCTL response
 * @in: a reader from wire_smb2_pdu_next()
 * @rsp: what came back
 *
 * [MS-SMB2] 2.2.32.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_smb2_ioctl_rsp_decode(struct wire_in *in,
			       struct wire_smb2_ioctl_rsp *rsp)
{
	u32 in_off, in_len, out_off, out_len;

	wire_in_struct_size(in, 49);
	wire_in_skip(in, 2, "Reserved");
	rsp->ctl_code = wire_in_u32(in, "CtlCode");
	rsp->fid = wire_smb2_fid_decode(in);
	in_off = wire_in_u32(in, "InputOffset");
	in_len = wire_in_u32(in, "InputCount");
	out_off = wire_in_u32(in, "OutputOffset");
	out_len = wire_in_u32(in, "OutputCount");
	rsp->flags = wire_in_u32(in, "Flags");
	wire_in_skip(in, 4, "Reserved2");
	rsp->input = wire_in_blob(in, in_off, in_len, "InputOffset");
	rsp->output = wire_in_blob(in, out_off, out_len, "OutputOffset");
	return wire_in_errno(in);
}
