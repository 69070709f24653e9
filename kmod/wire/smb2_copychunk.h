/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Copying on the server, [MS-SMB2] 2.2.31.1, 2.2.32.1, 2.2.32.3: input and
 * output of FSCTL_SRV_REQUEST_RESUME_KEY and FSCTL_SRV_COPYCHUNK_WRITE.
 */
#ifndef UNCFS_WIRE_SMB2_COPYCHUNK_H
#define UNCFS_WIRE_SMB2_COPYCHUNK_H

#include "cursor.h"

enum {
	WIRE_SMB2_RESUME_KEY_SIZE	= 24,
	WIRE_SMB2_RESUME_KEY_RSP_SIZE	= 32,
	WIRE_SMB2_COPYCHUNK_FIXED	= 32,
	WIRE_SMB2_COPYCHUNK_CHUNK	= 24,
	WIRE_SMB2_COPYCHUNK_RSP_SIZE	= 12,
};

/**
 * struct wire_smb2_chunk - SRV_COPYCHUNK, 2.2.31.1.1
 * @source: offset in the file that the key stands for
 * @target: offset in the file that the FSCTL is sent to
 * @length: bytes
 */
struct wire_smb2_chunk {
	u64 source;
	u64 target;
	u32 length;
};

/**
 * struct wire_smb2_copychunk - SRV_COPYCHUNK_COPY, 2.2.31.1
 * @key: of the source
 * @count: entries of @chunks, at least 1
 * @chunks: what to copy
 */
struct wire_smb2_copychunk {
	u8 key[WIRE_SMB2_RESUME_KEY_SIZE];
	u32 count;
	const struct wire_smb2_chunk *chunks;
};

/**
 * struct wire_smb2_copychunk_rsp - SRV_COPYCHUNK_RESPONSE, 2.2.32.1
 * @chunks: written; with STATUS_INVALID_PARAMETER the most that one request
 *	may have
 * @chunk_bytes: written of the last one if it was not done completely; or the
 *	largest one
 * @bytes: written; or the most that one request may write
 */
struct wire_smb2_copychunk_rsp {
	u32 chunks;
	u32 chunk_bytes;
	u32 bytes;
};

int wire_smb2_resume_key_decode(const struct wire_blob *output,
				u8 key[WIRE_SMB2_RESUME_KEY_SIZE]);
int wire_smb2_copychunk_encode(struct wire_out *o,
			       const struct wire_smb2_copychunk *copy);
int wire_smb2_copychunk_rsp_decode(const struct wire_blob *output,
				   struct wire_smb2_copychunk_rsp *rsp);

#endif /* UNCFS_WIRE_SMB2_COPYCHUNK_H */
