// SPDX-License-Identifier: GPL-2.0-or-later
#include "smb2_lock.h"

/**
 * wire_smb2_lock_req_encode - write the body of a LOCK request
 * @o: the writer, after the header
 * @req: the ranges
 *
 * [MS-SMB2] 2.2.26.
 *
 * Return: 0, -EMSGSIZE, -EINVAL when there is no range.
 */
int wire_smb2_lock_req_encode(struct wire_out *o,
			      const struct wire_smb2_lock_req *req)
{
	u16 i;

	if (!req->count)
		return -EINVAL;
	wire_out_u16(o, 48);
	wire_out_u16(o, req->count);
	wire_out_u32(o, req->sequence);
	wire_smb2_fid_encode(o, &req->fid);
	for (i = 0; i < req->count; i++) {
		wire_out_u64(o, req->locks[i].offset);
		wire_out_u64(o, req->locks[i].length);
		wire_out_u32(o, req->locks[i].flags);
		wire_out_u32(o, 0);
	}
	return wire_out_errno(o);
}

/**
 * wire_smb2_lock_rsp_decode - read the body of a LOCK response
 * @in: a reader from wire_smb2_pdu_next()
 *
 * [MS-SMB2] 2.2.27.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_smb2_lock_rsp_decode(struct wire_in *in)
{
	wire_in_struct_size(in, 4);
	wire_in_skip(in, 2, "Reserved");
	return wire_in_errno(in);
}
