/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SMB2 WRITE, [MS-SMB2] 2.2.21 and 2.2.22. */
#ifndef UNCFS_WIRE_SMB2_WRITE_H
#define UNCFS_WIRE_SMB2_WRITE_H

#include "smb2_hdr.h"

/* 2.2.21 Flags */
enum smb2_write_flags {
	SMB2_WRITEFLAG_WRITE_THROUGH	= 0x00000001,
	SMB2_WRITEFLAG_WRITE_UNBUFFERED	= 0x00000002,
};

enum {
	/* Where the payload begins: header and fixed part. */
	WIRE_SMB2_WRITE_DATA_OFFSET	= SMB2_HDR_SIZE + 48,
};

/**
 * struct wire_smb2_write_req - write to a file or pipe
 * @length: bytes of payload; the caller sends them after the encoded part
 * @offset: where to; 0 for a pipe
 * @fid: which file
 * @remaining: RemainingBytes, a hint
 * @flags: enum smb2_write_flags
 */
struct wire_smb2_write_req {
	u32 length;
	u64 offset;
	struct wire_smb2_fid fid;
	u32 remaining;
	u32 flags;
};

/**
 * struct wire_smb2_write_rsp - how much was written
 * @count: bytes. The caller must compare with what it sent.
 * @remaining: Remaining
 */
struct wire_smb2_write_rsp {
	u32 count;
	u32 remaining;
};

int wire_smb2_write_req_encode(struct wire_out *o,
			       const struct wire_smb2_write_req *req);
int wire_smb2_write_rsp_decode(struct wire_in *in,
			       struct wire_smb2_write_rsp *rsp);

#endif /* UNCFS_WIRE_SMB2_WRITE_H */
