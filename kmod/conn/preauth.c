// SPDX-License-Identifier: GPL-2.0-only
/*
 * Preauthentication integrity of SMB 3.1.1, [MS-SMB2] 3.2.5.2 and 3.2.5.3.
 */
#include <crypto/hash.h>
#include <crypto/sha2.h>
#include <linux/build_bug.h>
#include <linux/err.h>
#include "crypt.h"

static_assert(UNC_PREAUTH_LEN == SHA512_DIGEST_SIZE);

static int unc_preauth_digest(struct crypto_shash *sha, u8 *hash,
			      const u8 *msg, u32 len)
{
	SHASH_DESC_ON_STACK(desc, sha);
	int err;

	desc->tfm = sha;
	err = crypto_shash_init(desc);
	if (!err)
		err = crypto_shash_update(desc, hash, UNC_PREAUTH_LEN);
	if (!err)
		err = crypto_shash_finup(desc, msg, len, hash);
	shash_desc_zero(desc);
	return err;
}

/**
 * unc_preauth_update - take one more message into the hash
 * @hash: the hash so far, at the start all zero; replaced
 * @msg: the message as it goes over the wire, from its SMB2 header
 * @len: its length in bytes
 *
 * A few messages for each session, so the transform is not kept.  May sleep
 * and load modules.
 *
 * Return: 0, or what the crypto API said; then the hash is of no use.
 */
int unc_preauth_update(u8 hash[UNC_PREAUTH_LEN], const u8 *msg, u32 len)
{
	struct crypto_shash *sha = crypto_alloc_shash("sha512", 0, 0);
	int err;

	if (IS_ERR(sha))
		return PTR_ERR(sha);
	err = unc_preauth_digest(sha, hash, msg, len);
	crypto_free_shash(sha);
	return err;
}
