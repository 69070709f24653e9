/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One's own password, changed by SAMR: SamrUnicodeChangePasswordUser4
 * ([MS-SAMR] 3.1.5.10.4), which needs neither a ticket nor kpasswd's port. The
 * new one is encrypted with AES by a key that is derived from the old one.
 *
 * The connection is the user's own, by NTLM: Samba takes no change from nobody.
 * So it is not for a password that must be changed before a logon.
 */
#ifndef UNC_DOMAIN_SAMPASSWORD_H
#define UNC_DOMAIN_SAMPASSWORD_H

#include "op.h"

#define SAM_CIPHER_LEN	528	/* 514 bytes and their padding */
#define SAM_AUTH_LEN	64
#define SAM_SALT_LEN	16

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

/**
 * sam_encrypt_password - 3.2.2.4
 * @key: content encryption key
 * @salt: random
 * @new: UTF-8
 *
 * Return: 0; -EMSGSIZE, -EILSEQ for what is no password; -EIO.
 */
int sam_encrypt_password(const uint8_t key[16],
			 const uint8_t salt[SAM_SALT_LEN], const char *new,
			 struct sam_encrypted *out);

/** sam_change_password - @user without a realm; op_locate() was called */
bool sam_change_password(struct op *op, const char *user, const char *old,
			 const char *new);

#endif
