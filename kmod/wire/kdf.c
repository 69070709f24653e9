// SPDX-License-Identifier: GPL-2.0-or-later
#include "kdf.h"

/* Strings as the document counts them: the NUL is part of them. */
#define FIXED_NAME(l, c) \
	{ .label = (l), .label_len = sizeof(l), .context = (c), .context_len = sizeof(c) }
#define HASH_NAME(l) \
	{ .label = (l), .label_len = sizeof(l), .context_len = SMB2_PREAUTH_HASH_SIZE }

/* [MS-SMB2] 3.2.5.3.1, dialects 3.0 and 3.0.2 */
static const struct wire_kdf_name names_300[WIRE_KDF_KEYS] = {
	[WIRE_KDF_SIGNING] = FIXED_NAME("SMB2AESCMAC", "SmbSign"),
	[WIRE_KDF_CLIENT_TO_SERVER] = FIXED_NAME("SMB2AESCCM", "ServerIn "),
	[WIRE_KDF_SERVER_TO_CLIENT] = FIXED_NAME("SMB2AESCCM", "ServerOut"),
	[WIRE_KDF_APPLICATION] = FIXED_NAME("SMB2APP", "SmbRpc"),
};

/* [MS-SMB2] 3.2.5.3.1, dialect 3.1.1 */
static const struct wire_kdf_name names_311[WIRE_KDF_KEYS] = {
	[WIRE_KDF_SIGNING] = HASH_NAME("SMBSigningKey"),
	[WIRE_KDF_CLIENT_TO_SERVER] = HASH_NAME("SMBC2SCipherKey"),
	[WIRE_KDF_SERVER_TO_CLIENT] = HASH_NAME("SMBS2CCipherKey"),
	[WIRE_KDF_APPLICATION] = HASH_NAME("SMBAppKey"),
};

/**
 * wire_kdf_name - label and context of a key
 * @dialect: enum smb2_dialect
 * @key: which key
 *
 * [MS-SMB2] 3.2.5.3.1.
 *
 * Return: them, NULL when the dialect derives no keys.
 */
const struct wire_kdf_name *wire_kdf_name(u16 dialect, enum wire_kdf_key key)
{
	if ((unsigned int)key >= WIRE_KDF_KEYS)
		return NULL;
	switch (dialect) {
	case SMB2_DIALECT_300:
	case SMB2_DIALECT_302:
		return &names_300[key];
	case SMB2_DIALECT_311:
		return &names_311[key];
	}
	return NULL;
}

/**
 * wire_kdf_input - what goes into the one round of HMAC-SHA256
 * @o: the writer
 * @label: Label, its NUL included
 * @context: Context
 * @bits: length of the key wanted: 128 or 256
 *
 * A counter of 32 bits that is 1, Label, a zero byte, Context, the length of
 * the key in 32 bits: NIST SP 800-108, counter mode. One round gives 256 bits,
 * of which the key is the first @bits. [MS-SMB2] 3.1.4.2.
 *
 * Return: 0 or -EMSGSIZE.
 */
int wire_kdf_input(struct wire_out *o, const struct wire_blob *label,
		   const struct wire_blob *context, u32 bits)
{
	wire_out_be32(o, 1);
	wire_out_blob(o, label);
	wire_out_u8(o, 0);
	wire_out_blob(o, context);
	wire_out_be32(o, bits);
	return wire_out_errno(o);
}

/**
 * wire_kdf_smb3_input - the same for one of SMB 3's keys
 * @o: the writer; WIRE_KDF_INPUT_MAX bytes are enough
 * @dialect: enum smb2_dialect
 * @key: which key
 * @preauth_hash: SMB2_PREAUTH_HASH_SIZE bytes for 3.1.1, else not looked at
 * @bits: length of the key wanted: 128 or 256
 *
 * [MS-SMB2] 3.1.4.2, 3.2.5.3.1.
 *
 * Return: 0, -EMSGSIZE, -EINVAL when the dialect derives no keys or the hash
 * is missing.
 */
int wire_kdf_smb3_input(struct wire_out *o, u16 dialect, enum wire_kdf_key key,
			const u8 *preauth_hash, u32 bits)
{
	const struct wire_kdf_name *name = wire_kdf_name(dialect, key);
	struct wire_blob label, context;

	if (!name || (!name->context && !preauth_hash))
		return -EINVAL;
	label.ptr = (const u8 *)name->label;
	label.len = name->label_len;
	context.ptr = name->context ? (const u8 *)name->context : preauth_hash;
	context.len = name->context_len;
	return wire_kdf_input(o, &label, &context, bits);
}
