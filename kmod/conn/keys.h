/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What signing and encryption share: the keyed transforms of a session, and
 * one AEAD operation.  Private to keys.c, sign.c, crypt.c and aead.c.
 */
#ifndef _UNC_CONN_KEYS_H
#define _UNC_CONN_KEYS_H

#include <linux/atomic.h>
#include <linux/types.h>
#include "crypt.h"

struct crypto_aead;
struct crypto_shash;

#define UNC_TAG_LEN		16	/* of a signature, and of an AEAD's tag */
#define UNC_AEAD_IV_MAX		16

/**
 * struct unc_keys - the keys of a session
 * @cipher: SMB2_ENCRYPTION_*, 0 if the session cannot encrypt
 * @mac: keyed HMAC-SHA256 or AES-CMAC; NULL when @gmac signs
 * @gmac: keyed AES-GCM, used as AES-GMAC; NULL when @mac signs
 * @seal: keyed with the client's encryption key; NULL without @cipher
 * @unseal: keyed with the server's encryption key; NULL without @cipher
 * @nonces: nonces spent with @seal
 * @application: Session.ApplicationKey, for whoever owns the session
 *
 * Immutable but for @nonces, so any number of tasks may use it at once.
 */
struct unc_keys {
	u16			cipher;
	struct crypto_shash	*mac;
	struct crypto_aead	*gmac;
	struct crypto_aead	*seal;
	struct crypto_aead	*unseal;
	atomic64_t		nonces;
	u8			application[UNC_APPLICATION_KEY_LEN];
};

/**
 * struct unc_aead_op - one AEAD operation, in place
 * @iv: IV or nonce as the crypto API wants it for the algorithm
 * @data: associated data, directly followed by the text
 * @aad_len: bytes of associated data
 * @text_len: bytes of text, without the tag
 * @tag: UNC_TAG_LEN bytes outside of @data; written by encryption, compared
 *	by decryption
 * @encrypt: direction
 */
struct unc_aead_op {
	u8	iv[UNC_AEAD_IV_MAX];
	u8	*data;
	u32	aad_len;
	u32	text_len;
	u8	*tag;
	bool	encrypt;
};

/* aead.c */
struct crypto_aead *unc_aead_new(const char *alg, const u8 *key, u32 key_len);
int unc_aead_run(struct crypto_aead *tfm, const struct unc_aead_op *op);

#endif /* _UNC_CONN_KEYS_H */
