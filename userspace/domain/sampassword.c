// SPDX-License-Identifier: GPL-2.0-or-later
#include "sampassword.h"

#include <errno.h>
#include <nettle/aes.h>
#include <nettle/arcfour.h>
#include <nettle/cbc.h>
#include <nettle/des.h>
#include <nettle/hmac.h>
#include <nettle/md5.h>
#include <string.h>
#include <sys/random.h>

#include "secret.h"
#include "utf16.h"

#define WIDE_MAX	512
#define PLAIN_LEN	(2 + WIDE_MAX)
#define VERSION		1
#define HALF		7	/* bytes of a hash that make a key of DES */

/* 3.2.2.4: with the zero at their ends */
static const char enc_label[] =
	"Microsoft SAM encryption key AEAD-AES-256-CBC-HMAC-SHA512 16";
static const char mac_label[] =
	"Microsoft SAM MAC key AEAD-AES-256-CBC-HMAC-SHA512 16";

/* ---- AES ------------------------------------------------------------------- */

static void derive(const uint8_t key[16], const char *label, size_t len,
		   uint8_t out[64])
{
	struct hmac_sha512_ctx hmac;

	hmac_sha512_set_key(&hmac, 16, key);
	hmac_sha512_update(&hmac, len, (const uint8_t *)label);
	hmac_sha512_digest(&hmac, 64, out);
	secret_wipe(&hmac, sizeof(hmac));
}

/* Length, text, and random bytes so that all have the same length; PKCS #7. */
static int make_plain(const char *new, uint8_t plain[SAM_CIPHER_LEN])
{
	int len = wire_utf16_from_utf8(plain + 2, WIDE_MAX, new,
				       (u32)strlen(new), WIRE_UTF_STRICT);
	size_t rest;

	if (len < 0)
		return len;
	rest = WIDE_MAX - (size_t)len;
	if (getrandom(plain + 2 + len, rest, 0) != (ssize_t)rest)
		return -EIO;
	plain[0] = (uint8_t)len;
	plain[1] = (uint8_t)(len >> 8);
	memset(plain + PLAIN_LEN, SAM_CIPHER_LEN - PLAIN_LEN,
	       SAM_CIPHER_LEN - PLAIN_LEN);
	return 0;
}

static void authenticate(const uint8_t key[64], struct sam_encrypted *out)
{
	static const uint8_t version = VERSION, version_len = 1;
	struct hmac_sha512_ctx hmac;

	hmac_sha512_set_key(&hmac, 64, key);
	hmac_sha512_update(&hmac, 1, &version);
	hmac_sha512_update(&hmac, SAM_SALT_LEN, out->salt);
	hmac_sha512_update(&hmac, SAM_CIPHER_LEN, out->cipher);
	hmac_sha512_update(&hmac, 1, &version_len);
	hmac_sha512_digest(&hmac, SAM_AUTH_LEN, out->auth);
	secret_wipe(&hmac, sizeof(hmac));
}

int sam_encrypt_password(const uint8_t key[SAM_KEY_LEN],
			 const uint8_t salt[SAM_SALT_LEN], const char *new,
			 struct sam_encrypted *out)
{
	uint8_t plain[SAM_CIPHER_LEN], derived[64], iv[SAM_SALT_LEN];
	struct aes256_ctx aes;
	int ret = make_plain(new, plain);

	if (!ret) {
		memcpy(out->salt, salt, SAM_SALT_LEN);
		memcpy(iv, salt, SAM_SALT_LEN);
		derive(key, enc_label, sizeof(enc_label), derived);
		aes256_set_encrypt_key(&aes, derived);
		cbc_encrypt(&aes, (nettle_cipher_func *)aes256_encrypt,
			    AES_BLOCK_SIZE, iv, SAM_CIPHER_LEN, out->cipher,
			    plain);
		derive(key, mac_label, sizeof(mac_label), derived);
		authenticate(derived, out);
		secret_wipe(&aes, sizeof(aes));
		secret_wipe(derived, sizeof(derived));
	}
	secret_wipe(plain, sizeof(plain));
	return ret;
}

/* ---- RC4 and DES ------------------------------------------------------------ */

/* At the end of the buffer, random bytes before it, its length behind it. */
static int make_old(const char *new, uint8_t plain[SAM_OLD_LEN])
{
	uint8_t wide[WIDE_MAX];
	int len = wire_utf16_from_utf8(wide, WIDE_MAX, new, (u32)strlen(new),
				       WIRE_UTF_STRICT);

	if (len < 0)
		return len;
	if (getrandom(plain, WIDE_MAX, 0) != WIDE_MAX)
		return -EIO;
	memcpy(plain + WIDE_MAX - len, wide, (size_t)len);
	memset(plain + WIDE_MAX, 0, SAM_OLD_LEN - WIDE_MAX);
	plain[WIDE_MAX] = (uint8_t)len;
	plain[WIDE_MAX + 1] = (uint8_t)(len >> 8);
	secret_wipe(wide, sizeof(wide));
	return 0;
}

int sam_encrypt_old(const uint8_t key[SAM_KEY_LEN], const char *new,
		    uint8_t out[SAM_OLD_LEN])
{
	uint8_t plain[SAM_OLD_LEN];
	struct arcfour_ctx rc4;
	int ret = make_old(new, plain);

	if (!ret) {
		arcfour_set_key(&rc4, SAM_KEY_LEN, key);
		arcfour_crypt(&rc4, SAM_OLD_LEN, out, plain);
		secret_wipe(&rc4, sizeof(rc4));
	}
	secret_wipe(plain, sizeof(plain));
	return ret;
}

int sam_encrypt_salted(const uint8_t key[SAM_KEY_LEN],
		       const uint8_t salt[SAM_SALT_LEN], const char *new,
		       uint8_t out[SAM_SALTED_LEN])
{
	uint8_t derived[SAM_KEY_LEN];
	struct md5_ctx md5;
	int ret;

	md5_init(&md5);
	md5_update(&md5, SAM_SALT_LEN, salt);
	md5_update(&md5, SAM_KEY_LEN, key);
	md5_digest(&md5, sizeof(derived), derived);
	memcpy(out + SAM_OLD_LEN, salt, SAM_SALT_LEN);
	ret = sam_encrypt_old(derived, new, out);
	secret_wipe(&md5, sizeof(md5));
	secret_wipe(derived, sizeof(derived));
	return ret;
}

/* 2.2.11.1.2: seven bits to each byte, the eighth is parity */
static void set_half(struct des_ctx *des, const uint8_t half[HALF])
{
	uint8_t key[DES_KEY_SIZE];
	uint64_t bits = 0;

	for (int i = 0; i < HALF; i++)
		bits = bits << 8 | half[i];
	for (int i = 0; i < DES_KEY_SIZE; i++)
		key[i] = (uint8_t)(bits >> (7 * (DES_KEY_SIZE - 1 - i)) << 1);
	des_fix_parity(sizeof(key), key, key);
	des_set_key(des, key);
	secret_wipe(key, sizeof(key));
}

void sam_encrypt_hash(const uint8_t key[SAM_KEY_LEN],
		      const uint8_t hash[SAM_KEY_LEN], uint8_t out[SAM_KEY_LEN])
{
	struct des_ctx des;

	for (int i = 0; i < 2; i++) {
		set_half(&des, key + HALF * i);
		des_encrypt(&des, DES_BLOCK_SIZE, out + DES_BLOCK_SIZE * i,
			    hash + DES_BLOCK_SIZE * i);
	}
	secret_wipe(&des, sizeof(des));
}
