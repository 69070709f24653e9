// SPDX-License-Identifier: GPL-2.0-only
/* The kernel's crypto API over nettle: its hashes and two modes of AES. */
#include <nettle/aes.h>
#include <nettle/ccm.h>
#include <nettle/cmac.h>
#include <nettle/gcm.h>
#include <nettle/hmac.h>
#include <nettle/md5.h>
#include <nettle/sha2.h>

enum hash {
	HASH_SHA512,
	HASH_MD5,
	HASH_HMAC_SHA256,
	HASH_CMAC_AES,
};

struct crypto_shash {
	enum hash			kind;
	struct sha512_ctx		sha512;
	struct md5_ctx			md5;
	struct hmac_sha256_ctx		hmac;
	struct cmac_aes128_ctx		cmac;
};

struct crypto_aead {
	bool				ccm;
	unsigned int			key_len;
	struct aes128_ctx		aes128;
	struct aes256_ctx		aes256;
};

struct crypto_shash *crypto_alloc_shash(const char *alg, u32 type, u32 mask)
{
	struct crypto_shash *tfm = kzalloc(sizeof(*tfm), GFP_KERNEL);

	if (!tfm)
		return ERR_PTR(-ENOMEM);
	if (!strcmp(alg, "sha512"))
		tfm->kind = HASH_SHA512;
	else if (!strcmp(alg, "md5"))
		tfm->kind = HASH_MD5;
	else if (!strcmp(alg, "hmac(sha256)"))
		tfm->kind = HASH_HMAC_SHA256;
	else if (!strcmp(alg, "cmac(aes)"))
		tfm->kind = HASH_CMAC_AES;
	else
		shim_die("no hash %s here", alg);
	return tfm;
}

int crypto_shash_setkey(struct crypto_shash *tfm, const u8 *key,
			unsigned int len)
{
	if (tfm->kind == HASH_HMAC_SHA256) {
		hmac_sha256_set_key(&tfm->hmac, len, key);
		return 0;
	}
	if (len != AES128_KEY_SIZE)
		return -EINVAL;
	cmac_aes128_set_key(&tfm->cmac, key);
	return 0;
}

int crypto_shash_tfm_digest(struct crypto_shash *tfm, const u8 *data,
			    unsigned int len, u8 *out)
{
	if (tfm->kind == HASH_HMAC_SHA256) {
		hmac_sha256_update(&tfm->hmac, len, data);
		hmac_sha256_digest(&tfm->hmac, SHA256_DIGEST_SIZE, out);
	} else {
		cmac_aes128_update(&tfm->cmac, len, data);
		cmac_aes128_digest(&tfm->cmac, CMAC128_DIGEST_SIZE, out);
	}
	return 0;
}

int crypto_shash_init(struct shash_desc *desc)
{
	if (desc->tfm->kind == HASH_MD5)
		md5_init(&desc->tfm->md5);
	else
		sha512_init(&desc->tfm->sha512);
	return 0;
}

int crypto_shash_update(struct shash_desc *desc, const u8 *data,
			unsigned int len)
{
	if (desc->tfm->kind == HASH_MD5)
		md5_update(&desc->tfm->md5, len, data);
	else
		sha512_update(&desc->tfm->sha512, len, data);
	return 0;
}

int crypto_shash_finup(struct shash_desc *desc, const u8 *data,
		       unsigned int len, u8 *out)
{
	crypto_shash_update(desc, data, len);
	if (desc->tfm->kind == HASH_MD5)
		md5_digest(&desc->tfm->md5, MD5_DIGEST_SIZE, out);
	else
		sha512_digest(&desc->tfm->sha512, SHA512_DIGEST_SIZE, out);
	return 0;
}

void crypto_free_shash(struct crypto_shash *tfm)
{
	if (!IS_ERR_OR_NULL(tfm))
		free(tfm);
}

struct crypto_aead *crypto_alloc_aead(const char *alg, u32 type, u32 mask)
{
	struct crypto_aead *tfm = kzalloc(sizeof(*tfm), GFP_KERNEL);

	if (!tfm)
		return ERR_PTR(-ENOMEM);
	tfm->ccm = !strcmp(alg, "ccm(aes)");
	if (!tfm->ccm && strcmp(alg, "gcm(aes)"))
		shim_die("no cipher %s here", alg);
	return tfm;
}

int crypto_aead_setkey(struct crypto_aead *tfm, const u8 *key,
		       unsigned int len)
{
	tfm->key_len = len;
	if (len == AES128_KEY_SIZE)
		aes128_set_encrypt_key(&tfm->aes128, key);
	else if (len == AES256_KEY_SIZE)
		aes256_set_encrypt_key(&tfm->aes256, key);
	else
		return -EINVAL;
	return 0;
}

int crypto_aead_setauthsize(struct crypto_aead *tfm, unsigned int len)
{
	return len == GCM_DIGEST_SIZE ? 0 : -EINVAL;
}

void crypto_free_aead(struct crypto_aead *tfm)
{
	if (!IS_ERR_OR_NULL(tfm))
		free(tfm);
}

static const void *block(const struct crypto_aead *tfm,
			 nettle_cipher_func **cipher)
{
	if (tfm->key_len == AES256_KEY_SIZE) {
		*cipher = (nettle_cipher_func *)aes256_encrypt;
		return &tfm->aes256;
	}
	*cipher = (nettle_cipher_func *)aes128_encrypt;
	return &tfm->aes128;
}

/* RFC 3610 2.3: the first byte of the IV says how long the nonce is */
static void run_ccm(struct aead_request *req, u8 *text, unsigned int len,
		    bool encrypt, u8 *tag)
{
	nettle_cipher_func *cipher;
	const void *key = block(req->tfm, &cipher);
	struct ccm_ctx ccm;

	ccm_set_nonce(&ccm, key, cipher, 14 - req->iv[0], req->iv + 1, req->aad,
		      len, CCM_BLOCK_SIZE);
	ccm_update(&ccm, key, cipher, req->aad, req->sg->buf);
	if (encrypt)
		ccm_encrypt(&ccm, key, cipher, len, text, text);
	else
		ccm_decrypt(&ccm, key, cipher, len, text, text);
	ccm_digest(&ccm, key, cipher, CCM_BLOCK_SIZE, tag);
}

static void run_gcm(struct aead_request *req, u8 *text, unsigned int len,
		    bool encrypt, u8 *tag)
{
	nettle_cipher_func *cipher;
	const void *key = block(req->tfm, &cipher);
	struct gcm_key table;
	struct gcm_ctx gcm;

	gcm_set_key(&table, key, cipher);
	gcm_set_iv(&gcm, &table, GCM_IV_SIZE, req->iv);
	gcm_update(&gcm, &table, req->aad, req->sg->buf);
	if (encrypt)
		gcm_encrypt(&gcm, &table, key, cipher, len, text, text);
	else
		gcm_decrypt(&gcm, &table, key, cipher, len, text, text);
	gcm_digest(&gcm, &table, key, cipher, GCM_DIGEST_SIZE, tag);
}

/* As unc_aead_run() lays it out: associated data and text, then the tag. */
static int run(struct aead_request *req, unsigned int len, bool encrypt)
{
	u8 *text = req->sg[0].buf + req->aad;
	u8 *tag = req->sg[1].buf;
	u8 computed[GCM_DIGEST_SIZE];

	if (req->sg[0].len != req->aad + len || req->sg[1].len != sizeof(computed))
		shim_die("a cipher's buffers do not fit");
	if (req->tfm->ccm)
		run_ccm(req, text, len, encrypt, computed);
	else
		run_gcm(req, text, len, encrypt, computed);
	if (!encrypt)
		return memcmp(tag, computed, sizeof(computed)) ? -EBADMSG : 0;
	memcpy(tag, computed, sizeof(computed));
	return 0;
}

int crypto_aead_encrypt(struct aead_request *req)
{
	return run(req, req->len, true);
}

int crypto_aead_decrypt(struct aead_request *req)
{
	return run(req, req->len - GCM_DIGEST_SIZE, false);
}
