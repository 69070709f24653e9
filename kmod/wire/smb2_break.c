// SPDX-License-Identifier: GPL-2.0-or-later
#include "smb2_break.h"

enum {
	OPLOCK_BREAK_SIZE	= 24,
	LEASE_BREAK_SIZE	= 44,
	LEASE_ACK_SIZE		= 36,
};

/* What follows StructureSize, the same in all three messages. */
static void oplock_decode(struct wire_in *in, struct wire_smb2_oplock_break *brk)
{
	brk->level = wire_in_u8(in, "OplockLevel");
	wire_in_skip(in, 1, "Reserved");
	wire_in_skip(in, 4, "Reserved2");
	brk->fid = wire_smb2_fid_decode(in);
}

static void lease_break_decode(struct wire_in *in, struct wire_smb2_lease_break *brk)
{
	brk->epoch = wire_in_u16(in, "NewEpoch");
	brk->flags = wire_in_u32(in, "Flags");
	wire_in_copy(in, brk->key, sizeof(brk->key), "LeaseKey");
	brk->current_state = wire_in_u32(in, "CurrentLeaseState");
	brk->new_state = wire_in_u32(in, "NewLeaseState");
	wire_in_skip(in, 4, "BreakReason");
	wire_in_skip(in, 4, "AccessMaskHint");
	wire_in_skip(in, 4, "ShareMaskHint");
}

/**
 * wire_smb2_break_notify_decode - read the body of a break notification
 * @in: a reader from wire_smb2_pdu_next()
 * @brk: which oplock or lease, and what is left of it
 *
 * StructureSize tells one from the other. [MS-SMB2] 2.2.23.1, 2.2.23.2.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_smb2_break_notify_decode(struct wire_in *in, struct wire_smb2_break *brk)
{
	u16 size = wire_in_u16(in, "StructureSize");

	memset(brk, 0, sizeof(*brk));
	brk->is_lease = size == LEASE_BREAK_SIZE;
	if (brk->is_lease)
		lease_break_decode(in, &brk->lease);
	else if (size == OPLOCK_BREAK_SIZE)
		oplock_decode(in, &brk->oplock);
	else
		wire_in_fail(in, "StructureSize");
	return wire_in_errno(in);
}

/**
 * wire_smb2_oplock_ack_encode - write the body of an oplock acknowledgment
 * @o: the writer, after the header
 * @ack: the file and the level we are left with
 *
 * [MS-SMB2] 2.2.24.1.
 *
 * Return: 0 or -EMSGSIZE.
 */
int wire_smb2_oplock_ack_encode(struct wire_out *o,
				const struct wire_smb2_oplock_break *ack)
{
	wire_out_u16(o, OPLOCK_BREAK_SIZE);
	wire_out_u8(o, ack->level);
	wire_out_u8(o, 0);
	wire_out_u32(o, 0);
	wire_smb2_fid_encode(o, &ack->fid);
	return wire_out_errno(o);
}

/**
 * wire_smb2_lease_ack_encode - write the body of a lease acknowledgment
 * @o: the writer, after the header
 * @ack: the lease and the state we are left with
 *
 * [MS-SMB2] 2.2.24.2.
 *
 * Return: 0 or -EMSGSIZE.
 */
int wire_smb2_lease_ack_encode(struct wire_out *o,
			       const struct wire_smb2_lease_ack *ack)
{
	wire_out_u16(o, LEASE_ACK_SIZE);
	wire_out_u16(o, 0);
	wire_out_u32(o, ack->flags);
	wire_out_bytes(o, ack->key, sizeof(ack->key));
	wire_out_u32(o, ack->state);
	wire_out_u64(o, 0);	/* LeaseDuration */
	return wire_out_errno(o);
}

/**
 * wire_smb2_oplock_ack_rsp_decode - read the answer to an oplock acknowledgment
 * @in: a reader from wire_smb2_pdu_next()
 * @rsp: the file and its level
 *
 * [MS-SMB2] 2.2.25.1.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_smb2_oplock_ack_rsp_decode(struct wire_in *in,
				    struct wire_smb2_oplock_break *rsp)
{
	wire_in_struct_size(in, OPLOCK_BREAK_SIZE);
	oplock_decode(in, rsp);
	return wire_in_errno(in);
}

/**
 * wire_smb2_lease_ack_rsp_decode - read the answer to a lease acknowledgment
 * @in: a reader from wire_smb2_pdu_next()
 * @rsp: the lease and its state
 *
 * [MS-SMB2] 2.2.25.2.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_smb2_lease_ack_rsp_decode(struct wire_in *in,
				   struct wire_smb2_lease_ack *rsp)
{
	wire_in_struct_size(in, LEASE_ACK_SIZE);
	wire_in_skip(in, 2, "Reserved");
	rsp->flags = wire_in_u32(in, "Flags");
	wire_in_copy(in, rsp->key, sizeof(rsp->key), "LeaseKey");
	rsp->state = wire_in_u32(in, "LeaseState");
	wire_in_skip(in, 8, "LeaseDuration");
	return wire_in_errno(in);
}
