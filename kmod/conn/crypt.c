// SPDX-License-Identifier: GPL-2.0-only
/*
 * Encryption of messages, [MS-SMB2] 2.2.41, 3.1.4.3 and 3.2.5.1.1.
 */
#include <linux/atomic.h>
#include <linux/build_bug.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/string.h>
#include <linux/unaligned.h>
#include "../wire/smb2_transform.h"
#include "keys.h"

/* Where the tag is: the Signature field. */
#define UNC_SEAL_TAG_OFFSET	4

/* RFC 3610 2.3: first byte of the IV of CCM, the length of the length less 1 */
#define UNC_CCM_IV_FIRST	(15 - SMB2_TRANSFORM_CCM_NONCE - 1)

static_assert(UNC_SEAL_HEADROOM == SMB2_TRANSFORM_SIZE);
/* The associated data end where the text begins: one piece of memory. */
static_assert(SMB2_TRANSFORM_AAD_OFFSET + SMB2_TRANSFORM_AAD_SIZE ==
	      SMB2_TRANSFORM_SIZE);

/*
 * 3.1.4.3: never twice the same nonce with one key.  A counter promises that,
 * as each direction has a key of its own and keys are made afresh with every
 * session key; it stops at its end rather than wrap.
 */
static int unc_seal_nonce(struct unc_keys *keys,
			  u8 nonce[SMB2_TRANSFORM_NONCE_SIZE])
{
	u64 spent = atomic64_fetch_add_unless(&keys->nonces, 1, -1);

	if (spent == U64_MAX)
		return -EKEYEXPIRED;
	memset(nonce, 0, SMB2_TRANSFORM_NONCE_SIZE);
	put_unaligned_le64(spent + 1, nonce);
	return 0;
}

/* The IV as the crypto API wants it, of the Nonce field. */
static void unc_seal_iv(u16 cipher, u8 iv[UNC_AEAD_IV_MAX], const u8 *nonce)
{
	memset(iv, 0, UNC_AEAD_IV_MAX);
	switch (cipher) {
	case SMB2_ENCRYPTION_AES128_CCM:
	case SMB2_ENCRYPTION_AES256_CCM:
		iv[0] = UNC_CCM_IV_FIRST;
		memcpy(iv + 1, nonce, SMB2_TRANSFORM_CCM_NONCE);
		break;
	default:
		memcpy(iv, nonce, SMB2_TRANSFORM_GCM_NONCE);
		break;
	}
}

/* @hdr: TRANSFORM_HEADER, directly followed by @len bytes of message */
static void unc_seal_op(struct unc_aead_op *op, u16 cipher, u8 *hdr, u32 len)
{
	op->data = hdr + SMB2_TRANSFORM_AAD_OFFSET;
	op->aad_len = SMB2_TRANSFORM_AAD_SIZE;
	op->text_len = len;
	op->tag = hdr + UNC_SEAL_TAG_OFFSET;
	/* the associated data begin with the Nonce field */
	unc_seal_iv(cipher, op->iv, op->data);
}

/**
 * unc_seal - encrypt a message in place
 * @keys: keys of the session
 * @session_id: the session's
 * @msg: the message, linear memory from kmalloc or vmalloc with
 *	UNC_SEAL_HEADROOM bytes before it that get the TRANSFORM_HEADER
 * @len: bytes of the message, one PDU or several
 *
 * May sleep.  Any number of callers at once.  After an error @msg is of no
 * use and must not be sent.
 *
 * Return: 0; -EOPNOTSUPP if no cipher was agreed on; -EKEYEXPIRED when no
 * nonce is left and a new session is needed; -ENOMEM.
 */
int unc_seal(struct unc_keys *keys, u64 session_id, u8 *msg, u32 len)
{
	struct wire_smb2_transform hdr = {
		.original_size = len,
		.flags = SMB2_TRANSFORM_FLAG_ENCRYPTED,
		.session_id = session_id,
	};
	u8 *at = msg - UNC_SEAL_HEADROOM;
	struct unc_aead_op op = { .encrypt = true };
	struct wire_out o;
	int err;

	if (!keys->cipher)
		return -EOPNOTSUPP;
	err = unc_seal_nonce(keys, hdr.nonce);
	if (err)
		return err;
	wire_out_init(&o, at, UNC_SEAL_HEADROOM);
	err = wire_smb2_transform_encode(&o, &hdr);
	if (err)
		return err;
	unc_seal_op(&op, keys->cipher, at, len);
	return unc_aead_run(keys->seal, &op);
}

/**
 * unc_unseal - decrypt a message in place
 * @keys: keys of the session that the TRANSFORM_HEADER names; it is the
 *	caller who looked that up
 * @msg: TRANSFORM_HEADER and ciphertext, linear memory from kmalloc or vmalloc
 * @len: bytes of both
 * @plain: set to where the plaintext starts, inside @msg
 * @plain_len: set to its length
 *
 * May sleep.
 *
 * Return: 0; -EBADMSG for a message that was not made with these keys, or is
 * cut short, or when the session cannot encrypt; -ENOMEM.  After an error
 * the bytes behind the header are of no use and the results are not set.
 */
int unc_unseal(struct unc_keys *keys, u8 *msg, u32 len, u8 **plain,
	       u32 *plain_len)
{
	struct wire_smb2_transform hdr;
	struct unc_aead_op op = { .encrypt = false };
	struct wire_in in;
	int err;

	if (!keys->cipher)
		return -EBADMSG;
	wire_in_init(&in, msg, len);
	err = wire_smb2_transform_decode(&in, len, &hdr);
	if (err)
		return err;
	unc_seal_op(&op, keys->cipher, msg, hdr.original_size);
	err = unc_aead_run(keys->unseal, &op);
	if (err)
		return err;
	*plain = msg + SMB2_TRANSFORM_SIZE;
	*plain_len = hdr.original_size;
	return 0;
}
