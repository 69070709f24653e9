/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the key derivation of SMB 3 puts into HMAC-SHA256, [MS-SMB2] 3.1.4.2.
 * The HMAC itself, keyed with the session key, is the caller's.
 */
#ifndef UNCFS_WIRE_KDF_H
#define UNCFS_WIRE_KDF_H

#include "cursor.h"
#include "smb2_proto.h"

/**
 * enum wire_kdf_key - which key
 * @WIRE_KDF_SIGNING: both directions
 * @WIRE_KDF_CLIENT_TO_SERVER: the client encrypts with it
 * @WIRE_KDF_SERVER_TO_CLIENT: the client decrypts with it
 * @WIRE_KDF_APPLICATION: for RPC above
 * @WIRE_KDF_KEYS: number of them
 */
enum wire_kdf_key {
	WIRE_KDF_SIGNING,
	WIRE_KDF_CLIENT_TO_SERVER,
	WIRE_KDF_SERVER_TO_CLIENT,
	WIRE_KDF_APPLICATION,
	WIRE_KDF_KEYS,
};

/**
 * struct wire_kdf_name - label and context of one key
 * @label: Label; its terminating NUL is part of it
 * @label_len: bytes, NUL included
 * @context: Context, its NUL included; NULL: the preauthentication hash
 * @context_len: bytes; for a NULL @context SMB2_PREAUTH_HASH_SIZE
 */
struct wire_kdf_name {
	const char *label;
	u32 label_len;
	const char *context;
	u32 context_len;
};

enum {
	WIRE_KDF_INPUT_MAX	= 4 + 16 + 1 + SMB2_PREAUTH_HASH_SIZE + 4,
};

const struct wire_kdf_name *wire_kdf_name(u16 dialect, enum wire_kdf_key key);
int wire_kdf_input(struct wire_out *o, const struct wire_blob *label,
		   const struct wire_blob *context, u32 bits);
int wire_kdf_smb3_input(struct wire_out *o, u16 dialect, enum wire_kdf_key key,
			const u8 *preauth_hash, u32 bits);

#endif /* UNCFS_WIRE_KDF_H */
