// SPDX-License-Identifier: GPL-2.0-only
/*
 * Signatures, [MS-CIFS] 3.1.4.1, 3.1.5.1: MD5 over a key that belongs to the
 * connection and over the message, which has a running number where the
 * signature will be.
 */
#include <crypto/hash.h>
#include <crypto/utils.h>
#include <linux/unaligned.h>
#include "smb1.h"

#define MD5_LEN		16

/**
 * smb1_sign_init - be ready to sign
 * @sc: of a new connection
 *
 * May sleep.  Return: 0 or -errno; -ENOENT where the kernel refuses MD5 (FIPS).
 */
int smb1_sign_init(struct smb1_conn *sc)
{
	struct crypto_shash *md5 = crypto_alloc_shash("md5", 0, 0);

	if (IS_ERR(md5))
		return PTR_ERR(md5);
	sc->md5 = md5;
	return 0;
}

/* The signature of @msg is @sequence, the rest of it zero. */
static int compute(struct smb1_conn *sc, const u8 *msg, u32 len,
		   u8 mac[MD5_LEN])
{
	SHASH_DESC_ON_STACK(desc, sc->md5);
	int err;

	desc->tfm = sc->md5;
	err = crypto_shash_init(desc) ?:
	      crypto_shash_update(desc, sc->key, sc->key_len) ?:
	      crypto_shash_finup(desc, msg, len, mac);
	shash_desc_zero(desc);
	return err;
}

/**
 * smb1_sign - sign a message
 * @sc: of its connection
 * @msg: the message, whole
 * @len: its length, at least that of a header
 * @sequence: its number
 *
 * Any context that may hash.  Return: 0 or -errno.
 */
int smb1_sign(struct smb1_conn *sc, u8 *msg, u32 len, u32 sequence)
{
	u8 *place = msg + SMB1_HDR_SIGNATURE_OFFSET;
	u8 mac[MD5_LEN];
	int err;

	put_unaligned_le32(sequence, place);
	memset(place + 4, 0, SMB1_MAC_LEN - 4);
	err = compute(sc, msg, len, mac);
	if (!err)
		memcpy(place, mac, SMB1_MAC_LEN);
	return err;
}

/**
 * smb1_verify - is the signature of a message right?
 * @sc: of its connection
 * @msg: the message, whole; its signature is written over and put back
 * @len: its length
 * @sequence: its number
 *
 * Return: 0, -EBADMSG if it is not, or another -errno.
 */
int smb1_verify(struct smb1_conn *sc, u8 *msg, u32 len, u32 sequence)
{
	u8 *place = msg + SMB1_HDR_SIGNATURE_OFFSET;
	u8 theirs[SMB1_MAC_LEN];
	int err;

	if (len < SMB1_HDR_SIZE)
		return -EBADMSG;
	memcpy(theirs, place, sizeof(theirs));
	err = smb1_sign(sc, msg, len, sequence);
	if (!err && crypto_memneq(place, theirs, sizeof(theirs)))
		err = -EBADMSG;
	memcpy(place, theirs, sizeof(theirs));
	return err;
}
