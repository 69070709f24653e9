// SPDX-License-Identifier: GPL-2.0-or-later
/* Server's half: FLUSH, READ, WRITE and LOCK. */
#include "mirror.h"

int mirror_smb2_flush_req_decode(struct wire_in *in,
				 struct wire_smb2_flush_req *req)
{
	wire_in_struct_size(in, 24);
	wire_in_skip(in, 6, "Reserved");
	req->fid = wire_smb2_fid_decode(in);
	return wire_in_errno(in);
}

int mirror_smb2_read_req_decode(struct wire_in *in,
				struct wire_smb2_read_req *req)
{
	wire_in_struct_size(in, 49);
	wire_in_skip(in, 1, "Padding");
	req->flags = wire_in_u8(in, "Flags");
	req->length = wire_in_u32(in, "Length");
	req->offset = wire_in_u64(in, "Offset");
	req->fid = wire_smb2_fid_decode(in);
	req->minimum_count = wire_in_u32(in, "MinimumCount");
	wire_in_skip(in, 4, "Channel");
	req->remaining = wire_in_u32(in, "RemainingBytes");
	wire_in_skip(in, 4, "ReadChannelInfo");
	wire_in_skip(in, 1, "Buffer");
	return wire_in_errno(in);
}

int mirror_smb2_read_rsp_encode(struct wire_out *o,
				const struct wire_smb2_read_rsp *rsp)
{
	wire_out_u16(o, 17);
	wire_out_u8(o, wire_out_off(o) + 14);
	wire_out_u8(o, 0);
	wire_out_u32(o, rsp->data.len);
	wire_out_u32(o, rsp->remaining);
	wire_out_u32(o, rsp->flags);
	wire_out_blob(o, &rsp->data);
	return wire_out_errno(o);
}

int mirror_smb2_write_req_decode(struct wire_in *in,
				 struct mirror_smb2_write_req *req)
{
	u16 off;

	wire_in_struct_size(in, 49);
	off = wire_in_u16(in, "DataOffset");
	req->req.length = wire_in_u32(in, "Length");
	req->req.offset = wire_in_u64(in, "Offset");
	req->req.fid = wire_smb2_fid_decode(in);
	wire_in_skip(in, 4, "Channel");
	req->req.remaining = wire_in_u32(in, "RemainingBytes");
	wire_in_skip(in, 4, "WriteChannelInfo");
	req->req.flags = wire_in_u32(in, "Flags");
	req->data = wire_in_blob(in, off, req->req.length, "Buffer");
	return wire_in_errno(in);
}

int mirror_smb2_write_rsp_encode(struct wire_out *o,
				 const struct wire_smb2_write_rsp *rsp)
{
	wire_out_u16(o, 17);
	wire_out_u16(o, 0);
	wire_out_u32(o, rsp->count);
	wire_out_u32(o, rsp->remaining);
	wire_out_u32(o, 0);
	return wire_out_errno(o);
}

int mirror_smb2_lock_req_decode(struct wire_in *in,
				struct mirror_smb2_lock_req *req)
{
	u16 i;

	wire_in_struct_size(in, 48);
	req->req.count = wire_in_u16(in, "LockCount");
	req->req.sequence = wire_in_u32(in, "LockSequence");
	req->req.fid = wire_smb2_fid_decode(in);
	req->req.locks = req->locks;
	if (!req->req.count || req->req.count > MIRROR_LOCKS_MAX)
		wire_in_fail(in, "LockCount");
	for (i = 0; i < req->req.count && !in->err; i++) {
		req->locks[i].offset = wire_in_u64(in, "Offset");
		req->locks[i].length = wire_in_u64(in, "Length");
		req->locks[i].flags = wire_in_u32(in, "Flags");
		wire_in_skip(in, 4, "Reserved");
	}
	return wire_in_errno(in);
}
