/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SMB2 READ, [MS-SMB2] 2.2.19 and 2.2.20. */
#ifndef UNCFS_WIRE_SMB2_READ_H
#define UNCFS_WIRE_SMB2_READ_H

#include "smb2_hdr.h"

/* 2.2.19 Flags */
enum smb2_read_flags {
	SMB2_READFLAG_READ_UNBUFFERED		= 0x01,
	SMB2_READFLAG_REQUEST_COMPRESSED	= 0x02,
};

enum {
	/* Header and fixed part of a response: what _peek() needs. */
	WIRE_SMB2_READ_RSP_FIXED	= SMB2_HDR_SIZE + 16,
};

/**
 * struct wire_smb2_read_req - read from a file or pipe
 * @flags: enum smb2_read_flags
 * @length: bytes wanted
 * @offset: from where; 0 for a pipe
 * @fid: which file
 * @minimum_count: fail rather than return less
 * @remaining: RemainingBytes, a hint
 */
struct wire_smb2_read_req {
	u8 flags;
	u32 length;
	u64 offset;
	struct wire_smb2_fid fid;
	u32 minimum_count;
	u32 remaining;
};

/**
 * struct wire_smb2_read_rsp - the data
 * @data: inside the PDU. The caller must compare with what it asked for.
 * @remaining: DataRemaining
 * @flags: Flags (SMB 3.1.1), else reserved
 */
struct wire_smb2_read_rsp {
	struct wire_blob data;
	u32 remaining;
	u32 flags;
};

/**
 * struct wire_smb2_read_place - where the data of a response will be
 * @offset: from the start of the PDU; WIRE_SMB2_READ_RSP_FIXED or more
 * @length: bytes of data; @offset + @length is within the PDU
 * @remaining: DataRemaining
 */
struct wire_smb2_read_place {
	u32 offset;
	u32 length;
	u32 remaining;
};

int wire_smb2_read_req_encode(struct wire_out *o,
			      const struct wire_smb2_read_req *req);
int wire_smb2_read_rsp_decode(struct wire_in *in,
			      struct wire_smb2_read_rsp *rsp);
int wire_smb2_read_rsp_peek(struct wire_in *in, u32 pdu_len,
			    struct wire_smb2_read_place *place);

#endif /* UNCFS_WIRE_SMB2_READ_H */
