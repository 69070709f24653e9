// SPDX-License-Identifier: GPL-2.0-or-later
/* Server's half: breaks and errors. */
#include "mirror.h"

static int oplock_encode(struct wire_out *o, const struct wire_smb2_oplock_break *brk)
{
	wire_out_u16(o, 24);
	wire_out_u8(o, brk->level);
	wire_out_zero(o, 5);
	wire_smb2_fid_encode(o, &brk->fid);
	return wire_out_errno(o);
}

static int lease_encode(struct wire_out *o, const struct wire_smb2_lease_break *brk)
{
	wire_out_u16(o, 44);
	wire_out_u16(o, brk->epoch);
	wire_out_u32(o, brk->flags);
	wire_out_bytes(o, brk->key, 16);
	wire_out_u32(o, brk->current_state);
	wire_out_u32(o, brk->new_state);
	wire_out_zero(o, 12);
	return wire_out_errno(o);
}

int mirror_smb2_break_notify_encode(struct wire_out *o,
				    const struct wire_smb2_break *brk)
{
	if (brk->is_lease)
		return lease_encode(o, &brk->lease);
	return oplock_encode(o, &brk->oplock);
}

int mirror_smb2_oplock_ack_decode(struct wire_in *in,
				  struct wire_smb2_oplock_break *ack)
{
	wire_in_struct_size(in, 24);
	ack->level = wire_in_u8(in, "OplockLevel");
	wire_in_skip(in, 5, "Reserved");
	ack->fid = wire_smb2_fid_decode(in);
	return wire_in_errno(in);
}

int mirror_smb2_lease_ack_decode(struct wire_in *in,
				 struct wire_smb2_lease_ack *ack)
{
	wire_in_struct_size(in, 36);
	wire_in_skip(in, 2, "Reserved");
	ack->flags = wire_in_u32(in, "Flags");
	wire_in_copy(in, ack->key, 16, "LeaseKey");
	ack->state = wire_in_u32(in, "LeaseState");
	wire_in_skip(in, 8, "LeaseDuration");
	return wire_in_errno(in);
}

int mirror_smb2_oplock_ack_rsp_encode(struct wire_out *o,
				      const struct wire_smb2_oplock_break *rsp)
{
	return oplock_encode(o, rsp);
}

int mirror_smb2_lease_ack_rsp_encode(struct wire_out *o,
				     const struct wire_smb2_lease_ack *rsp)
{
	wire_out_u16(o, 36);
	wire_out_u16(o, 0);
	wire_out_u32(o, rsp->flags);
	wire_out_bytes(o, rsp->key, 16);
	wire_out_u32(o, rsp->state);
	wire_out_u64(o, 0);
	return wire_out_errno(o);
}

int mirror_smb2_error_rsp_encode(struct wire_out *o,
				 const struct wire_smb2_error_rsp *rsp)
{
	wire_out_u16(o, 9);
	wire_out_u8(o, rsp->context_count);
	wire_out_u8(o, 0);
	wire_out_u32(o, rsp->data.len);
	wire_out_blob(o, &rsp->data);
	if (!rsp->data.len)
		wire_out_u8(o, 0);
	return wire_out_errno(o);
}

/* The data of an error without contexts; @print comes first, as in Windows. */
int mirror_smb2_symlink_encode(struct wire_out *o,
			       const struct wire_smb2_symlink *link)
{
	u32 names = link->substitute.len + link->print.len;

	wire_out_u32(o, 24 + names);
	wire_out_u32(o, 0x4c4d5953);
	wire_out_u32(o, 0xa000000c);
	wire_out_u16(o, 12 + names);
	wire_out_u16(o, link->unparsed);
	wire_out_u16(o, link->print.len);
	wire_out_u16(o, link->substitute.len);
	wire_out_u16(o, 0);
	wire_out_u16(o, link->print.len);
	wire_out_u32(o, link->flags);
	wire_out_blob(o, &link->print);
	wire_out_blob(o, &link->substitute);
	return wire_out_errno(o);
}
