/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SMB2 LOCK, [MS-SMB2] 2.2.26 and 2.2.27. */
#ifndef UNCFS_WIRE_SMB2_LOCK_H
#define UNCFS_WIRE_SMB2_LOCK_H

#include "smb2_hdr.h"

/* 2.2.26.1 Flags */
enum smb2_lock_flags {
	SMB2_LOCKFLAG_SHARED_LOCK	= 0x00000001,
	SMB2_LOCKFLAG_EXCLUSIVE_LOCK	= 0x00000002,
	SMB2_LOCKFLAG_UNLOCK		= 0x00000004,
	SMB2_LOCKFLAG_FAIL_IMMEDIATELY	= 0x00000010,
};

/**
 * struct wire_smb2_lock_element - one range
 * @offset: first byte
 * @length: bytes
 * @flags: enum smb2_lock_flags
 */
struct wire_smb2_lock_element {
	u64 offset;
	u64 length;
	u32 flags;
};

/**
 * struct wire_smb2_lock_req - lock or unlock ranges
 * @sequence: LockSequenceNumber and -Index as one number, 0 before 2.1
 * @fid: which file
 * @count: entries of @locks, at least 1
 * @locks: the ranges
 */
struct wire_smb2_lock_req {
	u32 sequence;
	struct wire_smb2_fid fid;
	u16 count;
	const struct wire_smb2_lock_element *locks;
};

int wire_smb2_lock_req_encode(struct wire_out *o,
			      const struct wire_smb2_lock_req *req);
int wire_smb2_lock_rsp_decode(struct wire_in *in);

#endif /* UNCFS_WIRE_SMB2_LOCK_H */
