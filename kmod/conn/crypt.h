/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Keys of a session, signing ([MS-SMB2] 3.1.4.1) and encryption (3.1.4.3).
 */
#ifndef _UNC_CONN_CRYPT_H
#define _UNC_CONN_CRYPT_H

#include <linux/types.h>

#define UNC_PREAUTH_LEN		64	/* SHA-512 */
#define UNC_APPLICATION_KEY_LEN	16	/* Session.ApplicationKey */
#define UNC_SEAL_HEADROOM	52	/* TRANSFORM_HEADER, [MS-SMB2] 2.2.41 */

struct unc_keys;

/**
 * struct unc_keys_args - what the keys of a session follow from
 * @dialect: 0x0202, 0x0210, 0x0300, 0x0302 or 0x0311
 * @signing: signing algorithm id, [MS-SMB2] 2.2.3.1.7
 * @cipher: cipher id, [MS-SMB2] 2.2.3.1.2; 0 for no encryption
 * @session_key: from GSS; only its first 16 bytes count for signing
 * @session_key_len: its length in bytes
 * @preauth: Session.PreauthIntegrityHashValue, used by 3.1.1 only
 */
struct unc_keys_args {
	u16		dialect;
	u16		signing;
	u16		cipher;
	const u8	*session_key;
	u32		session_key_len;
	const u8	*preauth;
};

struct unc_keys *unc_keys_new(const struct unc_keys_args *args);
void unc_keys_free(struct unc_keys *keys);
void unc_keys_application(const struct unc_keys *keys,
			  u8 key[UNC_APPLICATION_KEY_LEN]);

/*
 * One PDU, from its SMB2 header to its end (padding included), in linear
 * memory that may come from kmalloc or vmalloc.
 */
int unc_sign_pdu(struct unc_keys *keys, u8 *pdu, u32 len);
int unc_sign_verify(struct unc_keys *keys, u8 *pdu, u32 len);

/*
 * A whole message.  @msg has UNC_SEAL_HEADROOM writable bytes before it when
 * sealing, which receive the TRANSFORM_HEADER; opening works in place and
 * returns where the plaintext starts.
 */
int unc_seal(struct unc_keys *keys, u64 session_id, u8 *msg, u32 len);
int unc_unseal(struct unc_keys *keys, u8 *msg, u32 len, u8 **plain,
	       u32 *plain_len);

/* [MS-SMB2] 3.2.5.2: hash = SHA-512(hash || message) */
int unc_preauth_update(u8 hash[UNC_PREAUTH_LEN], const u8 *msg, u32 len);

#endif /* _UNC_CONN_CRYPT_H */
