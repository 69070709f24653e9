// SPDX-License-Identifier: GPL-2.0-only
/*
 * From the session key that GSS yields to the keyed transforms that sign and
 * encrypt, [MS-SMB2] 3.1.4.2 and 3.2.5.3.
 */
#include <crypto/aead.h>
#include <crypto/hash.h>
#include <linux/err.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "../wire/kdf.h"
#include "dialect.h"
#include "keys.h"

#define UNC_SESSION_KEY_LEN	16	/* Session.SessionKey */
#define UNC_HMAC_LEN		32	/* HMAC-SHA256 */

/* Everything secret that is needed for a moment only. */
struct unc_keys_scratch {
	u8	session_key[UNC_SESSION_KEY_LEN];
	u8	derived[UNC_HMAC_LEN];
	u8	input[WIRE_KDF_INPUT_MAX];
};

struct unc_cipher {
	u16		id;
	u16		key_len;
	const char	*alg;
};

static const struct unc_cipher unc_ciphers[] = {
	{ SMB2_ENCRYPTION_AES128_CCM, 16, "ccm(aes)" },
	{ SMB2_ENCRYPTION_AES128_GCM, 16, "gcm(aes)" },
	{ SMB2_ENCRYPTION_AES256_CCM, 32, "ccm(aes)" },
	{ SMB2_ENCRYPTION_AES256_GCM, 32, "gcm(aes)" },
};

static const struct unc_cipher *unc_cipher_find(u16 id)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(unc_ciphers); i++)
		if (unc_ciphers[i].id == id)
			return &unc_ciphers[i];
	return NULL;
}

static struct crypto_shash *unc_mac_new(const char *alg, const u8 *key,
					u32 key_len)
{
	struct crypto_shash *tfm = crypto_alloc_shash(alg, 0, 0);
	int err;

	if (IS_ERR(tfm))
		return tfm;
	err = crypto_shash_setkey(tfm, key, key_len);
	if (err) {
		crypto_free_shash(tfm);
		return ERR_PTR(err);
	}
	return tfm;
}

/*
 * SP800-108 in counter mode with one round, so at most 32 bytes come out, to
 * s->derived.  @key is what the caller chose of the session key.
 */
static int unc_keys_derive(const struct unc_keys_args *args,
			   enum wire_kdf_key which, const struct wire_blob *key,
			   u32 bytes, struct unc_keys_scratch *s)
{
	struct crypto_shash *hmac;
	struct wire_out o;
	int err;

	wire_out_init(&o, s->input, sizeof(s->input));
	err = wire_kdf_smb3_input(&o, args->dialect, which, args->preauth,
				  bytes * 8);
	if (err)
		return err;
	hmac = unc_mac_new("hmac(sha256)", key->ptr, key->len);
	if (IS_ERR(hmac))
		return PTR_ERR(hmac);
	err = crypto_shash_tfm_digest(hmac, o.buf, o.pos, s->derived);
	crypto_free_shash(hmac);
	return err;
}

/* 3.1.4.1: which algorithm signs, with which key */
static int unc_keys_set_signing(struct unc_keys *keys,
				const struct unc_keys_args *args,
				struct unc_keys_scratch *s)
{
	const struct wire_blob key = {
		.ptr = s->session_key, .len = sizeof(s->session_key),
	};
	int err;

	/* It signs by a key of the connection, in its own module. */
	if (args->dialect == UNC_DIALECT_SMB1)
		return 0;
	if (args->dialect < SMB2_DIALECT_300) {
		keys->mac = unc_mac_new("hmac(sha256)", key.ptr, key.len);
		return PTR_ERR_OR_ZERO(keys->mac);
	}
	err = unc_keys_derive(args, WIRE_KDF_SIGNING, &key, key.len, s);
	if (err)
		return err;
	switch (args->signing) {
	case SMB2_SIGNING_HMAC_SHA256:
		keys->mac = unc_mac_new("hmac(sha256)", s->derived, key.len);
		return PTR_ERR_OR_ZERO(keys->mac);
	case SMB2_SIGNING_AES_CMAC:
		keys->mac = unc_mac_new("cmac(aes)", s->derived, key.len);
		return PTR_ERR_OR_ZERO(keys->mac);
	case SMB2_SIGNING_AES_GMAC:
		keys->gmac = unc_aead_new("gcm(aes)", s->derived, key.len);
		return PTR_ERR_OR_ZERO(keys->gmac);
	}
	return -EINVAL;
}

/* 3.2.5.3.1: keys of 256 bits follow from the whole session key */
static int unc_keys_set_cipher(struct unc_keys *keys,
			       const struct unc_keys_args *args,
			       struct unc_keys_scratch *s)
{
	const struct unc_cipher *cipher = unc_cipher_find(args->cipher);
	struct wire_blob key = {
		.ptr = s->session_key, .len = sizeof(s->session_key),
	};
	int err;

	if (!cipher || args->dialect < SMB2_DIALECT_300)
		return -EINVAL;
	if (cipher->key_len > sizeof(s->session_key)) {
		key.ptr = args->session_key;
		key.len = args->session_key_len;
	}
	err = unc_keys_derive(args, WIRE_KDF_CLIENT_TO_SERVER, &key,
			      cipher->key_len, s);
	if (err)
		return err;
	keys->seal = unc_aead_new(cipher->alg, s->derived, cipher->key_len);
	if (IS_ERR(keys->seal))
		return PTR_ERR(keys->seal);
	err = unc_keys_derive(args, WIRE_KDF_SERVER_TO_CLIENT, &key,
			      cipher->key_len, s);
	if (err)
		return err;
	keys->unseal = unc_aead_new(cipher->alg, s->derived, cipher->key_len);
	if (IS_ERR(keys->unseal))
		return PTR_ERR(keys->unseal);
	keys->cipher = args->cipher;
	return 0;
}

/* 3.2.5.3.1: before SMB 3 what RPC uses is the session key itself */
static int unc_keys_set_application(struct unc_keys *keys,
				    const struct unc_keys_args *args,
				    struct unc_keys_scratch *s)
{
	const struct wire_blob key = {
		.ptr = s->session_key, .len = sizeof(s->session_key),
	};
	int err;

	if (args->dialect < SMB2_DIALECT_300) {
		memcpy(keys->application, s->session_key,
		       sizeof(keys->application));
		return 0;
	}
	err = unc_keys_derive(args, WIRE_KDF_APPLICATION, &key,
			      sizeof(keys->application), s);
	if (!err)
		memcpy(keys->application, s->derived,
		       sizeof(keys->application));
	return err;
}

/**
 * unc_keys_new - derive and key everything a session needs
 * @args: what the keys follow from; not needed afterwards
 *
 * Must be called once for a session key, not again to replace a result: every
 * object counts its nonces from the start, and a nonce that is used twice with
 * one key gives the plaintext away.  (A re-authentication keeps the keys.)
 *
 * May sleep and load modules.  The result is immutable; any number of tasks
 * may use it at once.
 *
 * Return: keys to be freed with unc_keys_free(), or an ERR_PTR: -EINVAL for a
 * dialect, an algorithm or a session key that cannot be, -ENOENT when the
 * kernel lacks an algorithm, -ENOMEM.
 */
struct unc_keys *unc_keys_new(const struct unc_keys_args *args)
{
	struct unc_keys_scratch *s;
	struct unc_keys *keys;
	int err;

	if (!args->session_key_len ||
	    (args->dialect == SMB2_DIALECT_311 && !args->preauth))
		return ERR_PTR(-EINVAL);
	keys = kzalloc(sizeof(*keys), GFP_KERNEL);
	s = kzalloc(sizeof(*s), GFP_KERNEL);
	err = keys && s ? 0 : -ENOMEM;
	if (!err) {
		/* 3.2.5.3: cut or padded with zeros on the right */
		memcpy(s->session_key, args->session_key,
		       min_t(u32, args->session_key_len,
			     sizeof(s->session_key)));
		err = unc_keys_set_signing(keys, args, s);
	}
	if (!err)
		err = unc_keys_set_application(keys, args, s);
	if (!err && args->cipher)
		err = unc_keys_set_cipher(keys, args, s);
	kfree_sensitive(s);
	if (!err)
		return keys;
	unc_keys_free(keys);
	return ERR_PTR(err);
}

/**
 * unc_keys_free - forget the keys of a session
 * @keys: nobody uses them any more; NULL and ERR_PTRs are fine
 *
 * The crypto API zeroes the keyed transforms.  May sleep.
 */
void unc_keys_free(struct unc_keys *keys)
{
	if (IS_ERR_OR_NULL(keys))
		return;
	/* these take NULL and ERR_PTRs */
	crypto_free_shash(keys->mac);
	crypto_free_aead(keys->gmac);
	crypto_free_aead(keys->seal);
	crypto_free_aead(keys->unseal);
	kfree_sensitive(keys);
}

/**
 * unc_keys_application - the key that protocols above SMB may use
 * @keys: of a session
 * @key: filled in; the caller zeroes it after use
 *
 * [MS-SMB2] 3.2.4.25: the session's application key, before SMB 3 the session
 * key.  Any context.
 */
void unc_keys_application(const struct unc_keys *keys,
			  u8 key[UNC_APPLICATION_KEY_LEN])
{
	memcpy(key, keys->application, UNC_APPLICATION_KEY_LEN);
}
