// SPDX-License-Identifier: GPL-2.0-only
/*
 * Signatures of PDUs, [MS-SMB2] 3.1.4.1 and 3.1.5.1.
 */
#include <crypto/hash.h>
#include <crypto/utils.h>
#include <linux/errno.h>
#include <linux/string.h>
#include <linux/unaligned.h>
#include "../wire/smb2_proto.h"
#include "keys.h"

/* 2.2.1: where the fields are that signing looks at */
#define UNC_HDR_COMMAND		12
#define UNC_HDR_FLAGS		16
#define UNC_HDR_MESSAGE_ID	24

/* 3.1.4.1: the last four bytes of the nonce of AES-GMAC */
#define UNC_GMAC_SERVER		0x1
#define UNC_GMAC_CANCEL		0x2

static int unc_sign_gmac(struct unc_keys *keys, u8 *pdu, u32 len,
			 u8 tag[UNC_TAG_LEN])
{
	struct unc_aead_op op = {
		.data = pdu, .aad_len = len, .tag = tag, .encrypt = true,
	};
	u32 role = 0;

	if (get_unaligned_le32(pdu + UNC_HDR_FLAGS) & SMB2_FLAGS_SERVER_TO_REDIR)
		role |= UNC_GMAC_SERVER;
	if (get_unaligned_le16(pdu + UNC_HDR_COMMAND) == SMB2_CANCEL)
		role |= UNC_GMAC_CANCEL;
	memcpy(op.iv, pdu + UNC_HDR_MESSAGE_ID, sizeof(u64));
	put_unaligned_le32(role, op.iv + sizeof(u64));
	return unc_aead_run(keys->gmac, &op);
}

/* The signature field of @pdu is zero. */
static int unc_sign_compute(struct unc_keys *keys, u8 *pdu, u32 len,
			    u8 tag[UNC_TAG_LEN])
{
	u8 digest[HASH_MAX_DIGESTSIZE];
	int err;

	if (keys->gmac)
		return unc_sign_gmac(keys, pdu, len, tag);
	err = crypto_shash_tfm_digest(keys->mac, pdu, len, digest);
	if (!err)
		memcpy(tag, digest, UNC_TAG_LEN);
	return err;
}

/**
 * unc_sign_pdu - sign one PDU
 * @keys: keys of its session
 * @pdu: its header, linear memory from kmalloc or vmalloc; SMB2_FLAGS_SIGNED
 *	and the signature are set in it
 * @len: bytes to the end of the PDU, with the padding before the next one
 *
 * May sleep.
 *
 * Return: 0, -EINVAL for something that is no PDU, -ENOMEM.
 */
int unc_sign_pdu(struct unc_keys *keys, u8 *pdu, u32 len)
{
	u8 *signature = pdu + SMB2_HDR_SIGNATURE_OFFSET;
	u8 tag[UNC_TAG_LEN];
	u32 flags;
	int err;

	if (len < SMB2_HDR_SIZE)
		return -EINVAL;
	flags = get_unaligned_le32(pdu + UNC_HDR_FLAGS);
	put_unaligned_le32(flags | SMB2_FLAGS_SIGNED, pdu + UNC_HDR_FLAGS);
	memset(signature, 0, UNC_TAG_LEN);
	err = unc_sign_compute(keys, pdu, len, tag);
	if (!err)
		memcpy(signature, tag, UNC_TAG_LEN);
	return err;
}

/**
 * unc_sign_verify - compare the signature of one PDU
 * @keys: keys of its session
 * @pdu: its header, linear memory from kmalloc or vmalloc; written to
 *	meanwhile, but left as it was
 * @len: bytes to the end of the PDU, with the padding before the next one
 *
 * May sleep.
 *
 * Return: 0; -EBADMSG for a PDU with another signature, with none, or with
 * no room for one; -ENOMEM.
 */
int unc_sign_verify(struct unc_keys *keys, u8 *pdu, u32 len)
{
	u8 *signature = pdu + SMB2_HDR_SIGNATURE_OFFSET;
	u8 received[UNC_TAG_LEN], tag[UNC_TAG_LEN];
	int err;

	if (len < SMB2_HDR_SIZE ||
	    !(get_unaligned_le32(pdu + UNC_HDR_FLAGS) & SMB2_FLAGS_SIGNED))
		return -EBADMSG;
	memcpy(received, signature, UNC_TAG_LEN);
	memset(signature, 0, UNC_TAG_LEN);
	err = unc_sign_compute(keys, pdu, len, tag);
	memcpy(signature, received, UNC_TAG_LEN);
	if (!err && crypto_memneq(received, tag, UNC_TAG_LEN))
		err = -EBADMSG;
	return err;
}
