/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The header of an encrypted message, [MS-SMB2] 2.2.41, and kinds of message. */
#ifndef UNCFS_WIRE_SMB2_TRANSFORM_H
#define UNCFS_WIRE_SMB2_TRANSFORM_H

#include "cursor.h"
#include "smb2_proto.h"

enum {
	SMB2_TRANSFORM_SIZE		= 52,
	SMB2_TRANSFORM_SIGNATURE_SIZE	= 16,
	SMB2_TRANSFORM_NONCE_SIZE	= 16,
	/* What is authenticated but not encrypted: Nonce to SessionId. */
	SMB2_TRANSFORM_AAD_OFFSET	= 20,
	SMB2_TRANSFORM_AAD_SIZE		= 32,
	/* Bytes of Nonce that the cipher uses. */
	SMB2_TRANSFORM_CCM_NONCE	= 11,
	SMB2_TRANSFORM_GCM_NONCE	= 12,
};

/* 2.2.41 Flags (3.1.1) or EncryptionAlgorithm (3.0, 3.0.2): 1 in both */
enum smb2_transform_flags {
	SMB2_TRANSFORM_FLAG_ENCRYPTED	= 0x0001,
};

/**
 * struct wire_smb2_transform - SMB2 TRANSFORM_HEADER
 * @signature: the cipher's tag; zero when encoding, filled in afterwards
 * @nonce: the cipher's nonce, zero beyond what it uses
 * @original_size: bytes of the message inside
 * @flags: enum smb2_transform_flags
 * @session_id: whose keys
 */
struct wire_smb2_transform {
	u8 signature[SMB2_TRANSFORM_SIGNATURE_SIZE];
	u8 nonce[SMB2_TRANSFORM_NONCE_SIZE];
	u32 original_size;
	u16 flags;
	u64 session_id;
};

/**
 * enum wire_msg_kind - what the first four bytes say
 * @WIRE_MSG_UNKNOWN: nothing known, or fewer than four bytes
 * @WIRE_MSG_SMB1: [MS-CIFS]
 * @WIRE_MSG_SMB2: plain SMB 2 or 3
 * @WIRE_MSG_TRANSFORM: encrypted
 * @WIRE_MSG_COMPRESSED: compressed
 */
enum wire_msg_kind {
	WIRE_MSG_UNKNOWN,
	WIRE_MSG_SMB1,
	WIRE_MSG_SMB2,
	WIRE_MSG_TRANSFORM,
	WIRE_MSG_COMPRESSED,
};

enum wire_msg_kind wire_msg_kind(const void *msg, u32 len);
int wire_smb2_transform_encode(struct wire_out *o,
			       const struct wire_smb2_transform *hdr);
int wire_smb2_transform_decode(struct wire_in *in, u32 msg_len,
			       struct wire_smb2_transform *hdr);

#endif /* UNCFS_WIRE_SMB2_TRANSFORM_H */
