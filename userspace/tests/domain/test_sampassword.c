// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Passwords of SAMR, opened again as a server does ([MS-SAMR] 3.2.2), and what
 * is no password. That a server opens them is for tests/ad and tests/sys.
 */
#include <errno.h>
#include <nettle/aes.h>
#include <nettle/arcfour.h>
#include <nettle/cbc.h>
#include <nettle/hmac.h>
#include <nettle/md5.h>
#include <string.h>

#include "hex.h"
#include "sampassword.h"
#include "tap.h"

static const uint8_t key[SAM_KEY_LEN] = "0123456789abcde";
static const uint8_t salt[SAM_SALT_LEN] = "fedcba987654321";
static const uint8_t wide[] = { 'P', 0, 0xe4, 0, 0xac, 0x20 };	/* Pä€ */
static const char text[] = "P\xc3\xa4\xe2\x82\xac";

static void mac_with(const uint8_t *mac_key, const struct sam_encrypted *made,
		     uint8_t mac[SAM_AUTH_LEN])
{
	struct hmac_sha512_ctx hmac;

	hmac_sha512_set_key(&hmac, 64, mac_key);
	hmac_sha512_update(&hmac, 1, (const uint8_t *)"\1");
	hmac_sha512_update(&hmac, SAM_SALT_LEN, made->salt);
	hmac_sha512_update(&hmac, SAM_CIPHER_LEN, made->cipher);
	hmac_sha512_update(&hmac, 1, (const uint8_t *)"\1");
	hmac_sha512_digest(&hmac, SAM_AUTH_LEN, mac);
}

static void key_for(const char *label, size_t len, uint8_t out[64])
{
	struct hmac_sha512_ctx hmac;

	hmac_sha512_set_key(&hmac, sizeof(key), key);
	hmac_sha512_update(&hmac, len, (const uint8_t *)label);
	hmac_sha512_digest(&hmac, 64, out);
}

static void test_aes(void)
{
	static const char enc[] = "Microsoft SAM encryption key AEAD-AES-256-CBC-HMAC-SHA512 16";
	static const char mac[] = "Microsoft SAM MAC key AEAD-AES-256-CBC-HMAC-SHA512 16";
	uint8_t plain[SAM_CIPHER_LEN], derived[64], iv[16], check[SAM_AUTH_LEN];
	struct sam_encrypted made;
	struct aes256_ctx aes;

	ok(sam_encrypt_password(key, salt, text, &made) == 0, "AES");
	key_for(mac, sizeof(mac), derived);
	mac_with(derived, &made, check);
	ok(memcmp(check, made.auth, sizeof(check)) == 0, "its authentication");
	key_for(enc, sizeof(enc), derived);
	memcpy(iv, made.salt, sizeof(iv));
	aes256_set_decrypt_key(&aes, derived);
	cbc_decrypt(&aes, (nettle_cipher_func *)aes256_decrypt, 16, iv,
		    sizeof(plain), plain, made.cipher);
	ok(plain[0] == sizeof(wide) && plain[1] == 0 &&
	   memcmp(plain + 2, wide, sizeof(wide)) == 0, "its text");
	ok(plain[SAM_CIPHER_LEN - 1] == 14 && plain[SAM_CIPHER_LEN - 14] == 14,
	   "its padding");
}

static bool opens(const uint8_t *rc4_key, const uint8_t *made)
{
	uint8_t plain[SAM_OLD_LEN];
	struct arcfour_ctx rc4;

	arcfour_set_key(&rc4, 16, rc4_key);
	arcfour_crypt(&rc4, sizeof(plain), plain, made);
	return plain[512] == sizeof(wide) && !plain[513] && !plain[514] &&
	       !plain[515] && memcmp(plain + 512 - sizeof(wide), wide,
				     sizeof(wide)) == 0;
}

static void test_rc4(void)
{
	uint8_t made[SAM_SALTED_LEN], derived[16];
	struct md5_ctx md5;

	ok(sam_encrypt_old(key, text, made) == 0 && opens(key, made), "RC4");
	ok(sam_encrypt_salted(key, salt, text, made) == 0 &&
	   memcmp(made + SAM_OLD_LEN, salt, sizeof(salt)) == 0,
	   "RC4 with a salt, which is behind it");
	md5_init(&md5);
	md5_update(&md5, sizeof(salt), salt);
	md5_update(&md5, sizeof(key), key);
	md5_digest(&md5, sizeof(derived), derived);
	ok(opens(derived, made), "its text");
}

/* [MS-NLMP] 3.3.1: an LM hash is this of a constant; that of "PASSWORD" */
static void test_hash(void)
{
	static const uint8_t password[SAM_KEY_LEN] = "PASSWORD";
	uint8_t out[SAM_KEY_LEN], wanted[SAM_KEY_LEN];

	hex_decode("e52cac67419a9a224a3b108f3fa6cb6d", wanted, sizeof(wanted));
	sam_encrypt_hash(password, (const uint8_t *)"KGS!@#$%KGS!@#$%", out);
	ok(memcmp(out, wanted, sizeof(out)) == 0, "a hash by another, DES");
}

static void test_bad(void)
{
	struct sam_encrypted made;
	uint8_t old[SAM_SALTED_LEN];
	char much[300];

	memset(much, 'x', sizeof(much) - 1);
	much[sizeof(much) - 1] = '\0';
	ok(sam_encrypt_password(key, salt, much, &made) == -ENAMETOOLONG &&
	   sam_encrypt_old(key, much, old) == -ENAMETOOLONG, "too long");
	ok(sam_encrypt_password(key, salt, "\xff", &made) == -EILSEQ &&
	   sam_encrypt_salted(key, salt, "\xff", old) == -EILSEQ, "no UTF-8");
	much[256] = '\0';
	ok(sam_encrypt_password(key, salt, much, &made) == 0 &&
	   sam_encrypt_old(key, much, old) == 0, "as long as can be");
}

int main(void)
{
	test_aes();
	test_rc4();
	test_hash();
	test_bad();
	return tap_done();
}
