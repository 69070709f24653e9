/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Passwords as they go within calls of SAMR: with AES ([MS-SAMR] 3.2.2.4), and
 * with RC4 (3.2.2.1, 3.2.2.2) for servers that know nothing better.
 */
#ifndef UNC_DOMAIN_SAMPASSWORD_H
#define UNC_DOMAIN_SAMPASSWORD_H

#include <stdint.h>

#define SAM_KEY_LEN	16
#define SAM_CIPHER_LEN	528	/* 514 bytes and their padding */
#define SAM_AUTH_LEN	64
#define SAM_SALT_LEN	16
#define SAM_OLD_LEN	516	/* 2.2.6.20: a buffer, and a length behind it */
#define SAM_SALTED_LEN	(SAM_OLD_LEN + SAM_SALT_LEN)

/**
 * struct sam_encrypted - 2.2.6.32 SAMPR_ENCRYPTED_PASSWORD_AES
 * @auth: over all of it
 * @salt: of the derivation, and the first block of the encryption
 * @cipher: the password in a buffer of constant length
 */
struct sam_encrypted {
	uint8_t auth[SAM_AUTH_LEN];
	uint8_t salt[SAM_SALT_LEN];
	uint8_t cipher[SAM_CIPHER_LEN];
};

/* All: 0; -ENAMETOOLONG, -EILSEQ for what is no password; -EIO: no random numbers. */

/**
 * sam_encrypt_password - 3.2.2.4
 * @key: content encryption key
 * @salt: random
 * @new: UTF-8
 */
int sam_encrypt_password(const uint8_t key[SAM_KEY_LEN],
			 const uint8_t salt[SAM_SALT_LEN], const char *new,
			 struct sam_encrypted *out);

/** sam_encrypt_salted - 2.2.6.22, RC4 by a key of its own: MD5 of salt and @key */
int sam_encrypt_salted(const uint8_t key[SAM_KEY_LEN],
		       const uint8_t salt[SAM_SALT_LEN], const char *new,
		       uint8_t out[SAM_SALTED_LEN]);

/** sam_encrypt_old - 2.2.6.21, RC4 by @key itself */
int sam_encrypt_old(const uint8_t key[SAM_KEY_LEN], const char *new,
		    uint8_t out[SAM_OLD_LEN]);

/** sam_encrypt_hash - 2.2.11.1: @hash by DES, with @key in two halves */
void sam_encrypt_hash(const uint8_t key[SAM_KEY_LEN],
		      const uint8_t hash[SAM_KEY_LEN],
		      uint8_t out[SAM_KEY_LEN]);

#endif
