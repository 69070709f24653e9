// SPDX-License-Identifier: GPL-2.0-only
/*
 * Keys, signatures and encryption against known answers, and against whoever
 * changes a message on its way.
 */
#include <kunit/test.h>
#include <linux/err.h>
#include <linux/minmax.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include "../conn/keys.h"
#include "../wire/smb2_proto.h"
#include "crypt_vectors.h"

#define SESSION_ID	0x100000000025ULL

static const struct unc_keys_args args_311 = {
	.dialect = SMB2_DIALECT_311, .signing = SMB2_SIGNING_AES_CMAC,
	.session_key = kat_key_311, .session_key_len = sizeof(kat_key_311),
	.preauth = kat_pre_hash_5,
};

static const struct unc_keys_args args_ccm = {
	.dialect = SMB2_DIALECT_300, .signing = SMB2_SIGNING_AES_CMAC,
	.cipher = SMB2_ENCRYPTION_AES128_CCM,
	.session_key = kat_key_ccm, .session_key_len = sizeof(kat_key_ccm),
};

static const struct unc_keys_args args_gcm = {
	.dialect = SMB2_DIALECT_311, .signing = SMB2_SIGNING_AES_CMAC,
	.cipher = SMB2_ENCRYPTION_AES128_GCM,
	.session_key = kat_key_gcm, .session_key_len = sizeof(kat_key_gcm),
	.preauth = kat_hash_gcm,
};

static void free_keys(void *keys)
{
	unc_keys_free(keys);
}

/* Keys that go away with the test. */
static struct unc_keys *keys_for(struct kunit *test,
				 const struct unc_keys_args *args)
{
	struct unc_keys *keys = unc_keys_new(args);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, keys);
	KUNIT_ASSERT_EQ(test, 0,
			kunit_add_action_or_reset(test, free_keys, keys));
	return keys;
}

static u8 *copy_of(struct kunit *test, const u8 *from, u32 len)
{
	u8 *copy = kunit_kmalloc(test, len, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, copy);
	memcpy(copy, from, len);
	return copy;
}

/* The published exchange, message after message. */
static void preauth_published(struct kunit *test)
{
	static const struct {
		const u8 *msg;
		u32 len;
		const u8 *hash;
	} steps[] = {
		{ kat_pre_neg_req, sizeof(kat_pre_neg_req), kat_pre_hash_1 },
		{ kat_pre_neg_rsp, sizeof(kat_pre_neg_rsp), kat_pre_hash_2 },
		{ kat_pre_setup_req, sizeof(kat_pre_setup_req), kat_pre_hash_3 },
		{ kat_pre_setup_rsp, sizeof(kat_pre_setup_rsp), kat_pre_hash_4 },
		{ kat_pre_setup_req_2, sizeof(kat_pre_setup_req_2),
		  kat_pre_hash_5 },
	};
	u8 hash[UNC_PREAUTH_LEN] = { };
	int i;

	for (i = 0; i < ARRAY_SIZE(steps); i++) {
		KUNIT_ASSERT_EQ(test, 0, unc_preauth_update(hash, steps[i].msg,
							    steps[i].len));
		KUNIT_EXPECT_MEMEQ(test, hash, steps[i].hash, sizeof(hash));
	}
}

/* The last message of that exchange is signed with the key it led to. */
static void sign_published(struct kunit *test)
{
	struct unc_keys *keys = keys_for(test, &args_311);
	u32 len = sizeof(kat_pre_setup_rsp_2);
	u8 *pdu = copy_of(test, kat_pre_setup_rsp_2, len);

	KUNIT_EXPECT_EQ(test, 0, unc_sign_verify(keys, pdu, len));
	KUNIT_EXPECT_MEMEQ(test, pdu, kat_pre_setup_rsp_2, len);
	KUNIT_EXPECT_EQ(test, 0, unc_sign_pdu(keys, pdu, len));
	KUNIT_EXPECT_MEMEQ(test, pdu, kat_pre_setup_rsp_2, len);
}

/* Before SMB 3 the session key itself. */
static void application_key(struct kunit *test)
{
	struct unc_keys_args args_210 = args_311;
	u8 key[UNC_APPLICATION_KEY_LEN];

	unc_keys_application(keys_for(test, &args_311), key);
	KUNIT_EXPECT_MEMEQ(test, key, kat_app_311, sizeof(key));
	unc_keys_application(keys_for(test, &args_ccm), key);
	KUNIT_EXPECT_MEMEQ(test, key, kat_app_300, sizeof(key));
	args_210.dialect = SMB2_DIALECT_210;
	unc_keys_application(keys_for(test, &args_210), key);
	KUNIT_EXPECT_MEMEQ(test, key, kat_key_311, sizeof(key));
}

struct sign_case {
	const char *name;
	u16 dialect;
	u16 signing;
	const u8 *pdu;
	u32 len;
	const u8 *tag;
};

static const struct sign_case sign_cases[] = {
	{ "hmac_2_1", SMB2_DIALECT_210, 0, kat_pre_neg_req,
	  sizeof(kat_pre_neg_req), kat_hmac_21 },
	{ "hmac_3_1_1", SMB2_DIALECT_311, SMB2_SIGNING_HMAC_SHA256,
	  kat_pre_neg_req, sizeof(kat_pre_neg_req), kat_hmac_311 },
	{ "cmac_3_0", SMB2_DIALECT_300, SMB2_SIGNING_AES_CMAC, kat_pre_neg_req,
	  sizeof(kat_pre_neg_req), kat_cmac_30 },
	{ "gmac_client", SMB2_DIALECT_311, SMB2_SIGNING_AES_GMAC,
	  kat_pre_neg_req, sizeof(kat_pre_neg_req), kat_gmac_client },
	{ "gmac_server", SMB2_DIALECT_311, SMB2_SIGNING_AES_GMAC,
	  kat_pre_setup_rsp_2, sizeof(kat_pre_setup_rsp_2), kat_gmac_server },
	{ "gmac_cancel", SMB2_DIALECT_311, SMB2_SIGNING_AES_GMAC,
	  kat_cancel, sizeof(kat_cancel), kat_gmac_cancel },
};

static void sign_case_name(const struct sign_case *c, char *desc)
{
	strscpy(desc, c->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(sign, sign_cases, sign_case_name);

static struct unc_keys *sign_keys(struct kunit *test)
{
	const struct sign_case *c = test->param_value;
	struct unc_keys_args args = args_311;

	args.dialect = c->dialect;
	args.signing = c->signing;
	return keys_for(test, &args);
}

static void sign_known(struct kunit *test)
{
	const struct sign_case *c = test->param_value;
	struct unc_keys *keys = sign_keys(test);
	u8 *pdu = copy_of(test, c->pdu, c->len);

	KUNIT_ASSERT_EQ(test, 0, unc_sign_pdu(keys, pdu, c->len));
	KUNIT_EXPECT_MEMEQ(test, pdu + SMB2_HDR_SIGNATURE_OFFSET, c->tag,
			   UNC_TAG_LEN);
	KUNIT_EXPECT_EQ(test, 0, unc_sign_verify(keys, pdu, c->len));
}

static void sign_tampered(struct kunit *test)
{
	const struct sign_case *c = test->param_value;
	struct unc_keys *keys = sign_keys(test);
	u8 *pdu = copy_of(test, c->pdu, c->len);
	u32 i;

	KUNIT_ASSERT_EQ(test, 0, unc_sign_pdu(keys, pdu, c->len));
	for (i = 0; i < c->len; i++) {
		pdu[i] ^= 1 << i % 8;
		KUNIT_EXPECT_EQ_MSG(test, -EBADMSG,
				    unc_sign_verify(keys, pdu, c->len),
				    "byte %u", i);
		pdu[i] ^= 1 << i % 8;
	}
	for (i = 0; i < c->len; i++)
		KUNIT_EXPECT_EQ(test, -EBADMSG, unc_sign_verify(keys, pdu, i));
}

/* Scattered memory is signed as linear memory is. */
static void sign_scattered(struct kunit *test)
{
	struct unc_keys *keys = sign_keys(test);
	u32 len = 3 * PAGE_SIZE + 77;
	u8 *linear = kunit_kzalloc(test, len, GFP_KERNEL);
	u8 *pages = vmalloc(len + 33);
	u32 i;

	KUNIT_ASSERT_NOT_NULL(test, linear);
	KUNIT_ASSERT_NOT_NULL(test, pages);
	for (i = 0; i < len; i++)
		linear[i] = i * 7;
	memcpy(pages + 33, linear, len);
	KUNIT_EXPECT_EQ(test, 0, unc_sign_pdu(keys, linear, len));
	KUNIT_EXPECT_EQ(test, 0, unc_sign_pdu(keys, pages + 33, len));
	KUNIT_EXPECT_MEMEQ(test, linear, pages + 33, len);
	vfree(pages);
}

static void unseal_one(struct kunit *test, struct unc_keys *keys,
		       const u8 *sealed, u32 sealed_len, const u8 *want)
{
	u32 want_len = sealed_len - UNC_SEAL_HEADROOM;
	u8 *msg = copy_of(test, sealed, sealed_len);
	u32 plain_len = 0;
	u8 *plain = NULL;

	KUNIT_ASSERT_EQ(test, 0, unc_unseal(keys, msg, sealed_len, &plain,
					    &plain_len));
	KUNIT_EXPECT_PTR_EQ(test, plain, msg + UNC_SEAL_HEADROOM);
	KUNIT_EXPECT_EQ(test, plain_len, want_len);
	KUNIT_EXPECT_MEMEQ(test, plain, want, want_len);
}

/* What the published server sent, and, in its place, what it received. */
static void unseal_published(struct kunit *test)
{
	struct unc_keys *ccm = keys_for(test, &args_ccm);
	struct unc_keys *gcm = keys_for(test, &args_gcm);

	unseal_one(test, ccm, kat_ccm_reply_sealed,
		   sizeof(kat_ccm_reply_sealed), kat_ccm_reply);
	unseal_one(test, gcm, kat_gcm_reply_sealed,
		   sizeof(kat_gcm_reply_sealed), kat_gcm_reply);
	swap(ccm->seal, ccm->unseal);
	swap(gcm->seal, gcm->unseal);
	unseal_one(test, ccm, kat_ccm_write_sealed,
		   sizeof(kat_ccm_write_sealed), kat_ccm_write);
	unseal_one(test, gcm, kat_gcm_write_sealed,
		   sizeof(kat_gcm_write_sealed), kat_gcm_write);
}

struct seal_case {
	const char *name;
	u16 cipher;
	const u8 *key;
	u32 key_len;
	const u8 *sealed;
	u32 len;
};

static const struct seal_case seal_cases[] = {
	{ "aes128_ccm", SMB2_ENCRYPTION_AES128_CCM, kat_key_gcm,
	  sizeof(kat_key_gcm), kat_seal_aes128_ccm,
	  sizeof(kat_seal_aes128_ccm) },
	{ "aes128_gcm", SMB2_ENCRYPTION_AES128_GCM, kat_key_gcm,
	  sizeof(kat_key_gcm), kat_seal_aes128_gcm,
	  sizeof(kat_seal_aes128_gcm) },
	{ "aes256_ccm", SMB2_ENCRYPTION_AES256_CCM, kat_key_long,
	  sizeof(kat_key_long), kat_seal_aes256_ccm,
	  sizeof(kat_seal_aes256_ccm) },
	{ "aes256_gcm", SMB2_ENCRYPTION_AES256_GCM, kat_key_long,
	  sizeof(kat_key_long), kat_seal_aes256_gcm,
	  sizeof(kat_seal_aes256_gcm) },
};

static void seal_case_name(const struct seal_case *c, char *desc)
{
	strscpy(desc, c->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(seal, seal_cases, seal_case_name);

static struct unc_keys *seal_keys(struct kunit *test)
{
	const struct seal_case *c = test->param_value;
	struct unc_keys_args args = args_gcm;

	args.cipher = c->cipher;
	args.session_key = c->key;
	args.session_key_len = c->key_len;
	return keys_for(test, &args);
}

static void seal_known(struct kunit *test)
{
	const struct seal_case *c = test->param_value;
	struct unc_keys *keys = seal_keys(test);
	u8 *msg = copy_of(test, c->sealed, c->len);

	memset(msg, 0xee, UNC_SEAL_HEADROOM);
	memcpy(msg + UNC_SEAL_HEADROOM, kat_gcm_write, sizeof(kat_gcm_write));
	atomic64_set(&keys->nonces, 1);
	KUNIT_ASSERT_EQ(test, 0, unc_seal(keys, SESSION_ID,
					  msg + UNC_SEAL_HEADROOM,
					  sizeof(kat_gcm_write)));
	KUNIT_EXPECT_MEMEQ(test, msg, c->sealed, c->len);
}

static void unseal_tampered(struct kunit *test)
{
	const struct seal_case *c = test->param_value;
	struct unc_keys *keys = seal_keys(test);
	u8 *msg = copy_of(test, c->sealed, c->len);
	u32 i, len;
	u8 *plain;

	/* read what the client has sealed */
	swap(keys->seal, keys->unseal);
	for (i = 0; i < c->len; i++) {
		memcpy(msg, c->sealed, c->len);
		msg[i] ^= 1 << i % 8;
		KUNIT_EXPECT_EQ_MSG(test, -EBADMSG,
				    unc_unseal(keys, msg, c->len, &plain, &len),
				    "byte %u", i);
	}
	for (i = 0; i < c->len; i++) {
		memcpy(msg, c->sealed, c->len);
		KUNIT_EXPECT_EQ_MSG(test, -EBADMSG,
				    unc_unseal(keys, msg, i, &plain, &len),
				    "%u bytes", i);
	}
	unseal_one(test, keys, c->sealed, c->len, kat_gcm_write);
}

/* Long messages, scattered over pages: out with one key, back with the same. */
static void seal_scattered(struct kunit *test)
{
	struct unc_keys *keys = seal_keys(test);
	u32 len = 100 * 1024 + 13, plain_len, i;
	u8 *pages = vmalloc(UNC_SEAL_HEADROOM + len + 5);
	u8 *msg = pages + 5 + UNC_SEAL_HEADROOM;
	bool same = true;
	u8 *plain;

	KUNIT_ASSERT_NOT_NULL(test, pages);
	for (i = 0; i < len; i++)
		msg[i] = i * 13;
	KUNIT_EXPECT_EQ(test, 0, unc_seal(keys, SESSION_ID, msg, len));
	swap(keys->seal, keys->unseal);
	KUNIT_EXPECT_EQ(test, 0, unc_unseal(keys, pages + 5,
					    UNC_SEAL_HEADROOM + len, &plain,
					    &plain_len));
	for (i = 0; i < len; i++)
		same &= msg[i] == (u8)(i * 13);
	KUNIT_EXPECT_TRUE(test, same);
	vfree(pages);
}

/* The last nonce is used once, and then no more message leaves. */
static void seal_exhausted(struct kunit *test)
{
	struct unc_keys *keys = seal_keys(test);
	u8 *msg = kunit_kzalloc(test, UNC_SEAL_HEADROOM + 64, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, msg);
	msg += UNC_SEAL_HEADROOM;
	atomic64_set(&keys->nonces, -2);
	KUNIT_EXPECT_EQ(test, 0, unc_seal(keys, SESSION_ID, msg, 64));
	KUNIT_EXPECT_EQ(test, -EKEYEXPIRED, unc_seal(keys, SESSION_ID, msg, 64));
	KUNIT_EXPECT_EQ(test, -EKEYEXPIRED, unc_seal(keys, SESSION_ID, msg, 64));
}

static void keys_refused(struct kunit *test)
{
	struct unc_keys_args args = args_gcm;

	args.session_key_len = 0;
	KUNIT_EXPECT_PTR_EQ(test, unc_keys_new(&args), ERR_PTR(-EINVAL));
	args = args_gcm;
	args.preauth = NULL;
	KUNIT_EXPECT_PTR_EQ(test, unc_keys_new(&args), ERR_PTR(-EINVAL));
	args = args_gcm;
	args.cipher = 0x77;
	KUNIT_EXPECT_PTR_EQ(test, unc_keys_new(&args), ERR_PTR(-EINVAL));
	args = args_gcm;
	args.signing = 0x77;
	KUNIT_EXPECT_PTR_EQ(test, unc_keys_new(&args), ERR_PTR(-EINVAL));
	args = args_gcm;
	args.dialect = SMB2_DIALECT_210;
	KUNIT_EXPECT_PTR_EQ(test, unc_keys_new(&args), ERR_PTR(-EINVAL));
	unc_keys_free(NULL);
	unc_keys_free(ERR_PTR(-EINVAL));
}

/* A session without a cipher neither sends nor takes what is encrypted. */
static void no_cipher(struct kunit *test)
{
	struct unc_keys *keys = keys_for(test, &args_311);
	u32 len = sizeof(kat_gcm_reply_sealed), plain_len;
	u8 *msg = copy_of(test, kat_gcm_reply_sealed, len);
	u8 *plain;

	KUNIT_EXPECT_EQ(test, -EOPNOTSUPP,
			unc_seal(keys, SESSION_ID, msg + UNC_SEAL_HEADROOM,
				 len - UNC_SEAL_HEADROOM));
	KUNIT_EXPECT_EQ(test, -EBADMSG,
			unc_unseal(keys, msg, len, &plain, &plain_len));
	KUNIT_EXPECT_EQ(test, -EINVAL,
			unc_sign_pdu(keys, msg, SMB2_HDR_SIZE - 1));
}

static struct kunit_case crypt_cases[] = {
	KUNIT_CASE(preauth_published),
	KUNIT_CASE(sign_published),
	KUNIT_CASE(application_key),
	KUNIT_CASE_PARAM(sign_known, sign_gen_params),
	KUNIT_CASE_PARAM(sign_tampered, sign_gen_params),
	KUNIT_CASE_PARAM(sign_scattered, sign_gen_params),
	KUNIT_CASE(unseal_published),
	KUNIT_CASE_PARAM(seal_known, seal_gen_params),
	KUNIT_CASE_PARAM(unseal_tampered, seal_gen_params),
	KUNIT_CASE_PARAM(seal_scattered, seal_gen_params),
	KUNIT_CASE_PARAM(seal_exhausted, seal_gen_params),
	KUNIT_CASE(keys_refused),
	KUNIT_CASE(no_cipher),
	{}
};

static struct kunit_suite crypt_suite = {
	.name = "uncfs_crypt",
	.test_cases = crypt_cases,
};

kunit_test_suite(crypt_suite);
