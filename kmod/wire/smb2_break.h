/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Oplock and lease breaks, [MS-SMB2] 2.2.23, 2.2.24 and 2.2.25. */
#ifndef UNCFS_WIRE_SMB2_BREAK_H
#define UNCFS_WIRE_SMB2_BREAK_H

#include "smb2_create.h"

/* 2.2.23.2 Flags */
enum smb2_lease_break_flags {
	SMB2_NOTIFY_BREAK_LEASE_FLAG_ACK_REQUIRED	= 0x00000001,
};

/**
 * struct wire_smb2_oplock_break - notification, acknowledgment and response
 * @level: enum smb2_oplock_level
 * @fid: which file
 */
struct wire_smb2_oplock_break {
	u8 level;
	struct wire_smb2_fid fid;
};

/**
 * struct wire_smb2_lease_break - notification
 * @epoch: NewEpoch, version 2 leases only
 * @flags: enum smb2_lease_break_flags
 * @key: LeaseKey
 * @current_state: enum smb2_lease_state
 * @new_state: enum smb2_lease_state
 */
struct wire_smb2_lease_break {
	u16 epoch;
	u32 flags;
	u8 key[SMB2_LEASE_KEY_SIZE];
	u32 current_state;
	u32 new_state;
};

/**
 * struct wire_smb2_lease_ack - acknowledgment and response
 * @flags: reserved
 * @key: LeaseKey
 * @state: enum smb2_lease_state
 */
struct wire_smb2_lease_ack {
	u32 flags;
	u8 key[SMB2_LEASE_KEY_SIZE];
	u32 state;
};

/**
 * struct wire_smb2_break - a notification of either kind
 * @is_lease: which
 * @oplock: when not @is_lease
 * @lease: when @is_lease
 */
struct wire_smb2_break {
	bool is_lease;
	union {
		struct wire_smb2_oplock_break oplock;
		struct wire_smb2_lease_break lease;
	};
};

int wire_smb2_break_notify_decode(struct wire_in *in, struct wire_smb2_break *brk);
int wire_smb2_oplock_ack_encode(struct wire_out *o,
				const struct wire_smb2_oplock_break *ack);
int wire_smb2_lease_ack_encode(struct wire_out *o,
			       const struct wire_smb2_lease_ack *ack);
int wire_smb2_oplock_ack_rsp_decode(struct wire_in *in,
				    struct wire_smb2_oplock_break *rsp);
int wire_smb2_lease_ack_rsp_decode(struct wire_in *in,
				   struct wire_smb2_lease_ack *rsp);

#endif /* UNCFS_WIRE_SMB2_BREAK_H */
