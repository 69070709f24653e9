// SPDX-License-Identifier: GPL-2.0-only
/*
 * NEGOTIATE ([MS-SMB2] 3.2.4.2.2, 3.2.5.2).
 */
#include <linux/random.h>
#include <linux/slab.h>
#include "../transport/transport.h"
#include "../wire/fscc.h"
#include "../wire/ntstatus.h"
#include "../wire/smb2_multi.h"
#include "../wire/smb2_negotiate.h"
#include "../wire/utf16.h"
#include "setup.h"
#include "smb2.h"

#define NEGOTIATE_ROOM	1024
#define SALT_LEN	32

/* A server that cannot take a header and one page is of no use. */
#define SIZE_MIN	4096u

static const u16 all_dialects[] = {
	SMB2_DIALECT_202, SMB2_DIALECT_210, SMB2_DIALECT_300, SMB2_DIALECT_302,
	SMB2_DIALECT_311,
};

/* Best first.  128 bits suffice; CCM cannot be computed in parallel. */
static const u16 all_ciphers[] = {
	SMB2_ENCRYPTION_AES128_GCM, SMB2_ENCRYPTION_AES256_GCM,
	SMB2_ENCRYPTION_AES128_CCM, SMB2_ENCRYPTION_AES256_CCM,
};

static const u16 all_signing[] = {
	SMB2_SIGNING_AES_GMAC, SMB2_SIGNING_AES_CMAC, SMB2_SIGNING_HMAC_SHA256,
};

static_assert(ARRAY_SIZE(all_dialects) <= UNC_SMB2_DIALECTS_MAX);
static_assert(ARRAY_SIZE(all_ciphers) <= WIRE_SMB2_CIPHERS_MAX);
static_assert(ARRAY_SIZE(all_signing) <= WIRE_SMB2_SIGNING_MAX);

/**
 * unc_smb2_offer - what a policy makes us offer
 * @policy: of the connection
 * @offer: filled in
 *
 * Any context.
 */
void unc_smb2_offer(const struct unc_policy *policy,
		    struct unc_smb2_offer *offer)
{
	int i;

	*offer = (struct unc_smb2_offer){
		.security_mode = policy->sign ? SMB2_NEGOTIATE_SIGNING_REQUIRED :
						SMB2_NEGOTIATE_SIGNING_ENABLED,
	};
	for (i = 0; i < ARRAY_SIZE(all_dialects); i++)
		if (all_dialects[i] >= policy->dialect_min &&
		    all_dialects[i] <= policy->dialect_max)
			offer->dialects[offer->count++] = all_dialects[i];
	/*
	 * 2.2.3: the field is for clients of 3.x.  3.0 and 3.0.2 know no
	 * contexts: the flag is how they are asked for encryption.  What a client
	 * does not name here, servers need not do for it (3.3.5.4).
	 */
	if (policy->dialect_max >= SMB2_DIALECT_300)
		offer->capabilities = SMB2_GLOBAL_CAP_LEASING |
				      SMB2_GLOBAL_CAP_LARGE_MTU |
				      SMB2_GLOBAL_CAP_PERSISTENT_HANDLES |
				      SMB2_GLOBAL_CAP_DIRECTORY_LEASING |
				      SMB2_GLOBAL_CAP_ENCRYPTION;
}

/* 2.2.3: what 2.0.2 does not know is zero; asked again as it was */
static void forget_guid(struct unc_conn *conn)
{
	if (conn->policy.dialect_max < SMB2_DIALECT_210)
		memset(conn->client_guid, 0, sizeof(conn->client_guid));
}

static int encode(struct unc_conn *conn, struct unc_req *req)
{
	struct wire_smb2_negotiate_req *neg;
	struct unc_smb2_offer offer;
	u8 netname[WIRE_UTF16_MAX(UNC_HOST_MAX)];
	u8 salt[SALT_LEN];
	int err, len;

	neg = kzalloc(sizeof(*neg), GFP_KERNEL);
	if (!neg)
		return -ENOMEM;
	unc_smb2_offer(&conn->policy, &offer);
	forget_guid(conn);
	get_random_bytes(salt, sizeof(salt));
	neg->security_mode = offer.security_mode;
	neg->capabilities = offer.capabilities;
	memcpy(neg->client_guid, conn->client_guid, sizeof(neg->client_guid));
	neg->dialect_count = offer.count;
	memcpy(neg->dialects, offer.dialects, sizeof(offer.dialects));
	neg->salt = (struct wire_blob){ salt, sizeof(salt) };
	neg->cipher_count = ARRAY_SIZE(all_ciphers);
	memcpy(neg->ciphers, all_ciphers, sizeof(all_ciphers));
	neg->signing_count = ARRAY_SIZE(all_signing);
	memcpy(neg->signing, all_signing, sizeof(all_signing));
	len = wire_utf16_from_utf8(netname, sizeof(netname), conn->host,
				   strlen(conn->host), WIRE_UTF_STRICT);
	if (len > 0)
		neg->netname = (struct wire_blob){ netname, len };
	unc_req_part(req, SMB2_NEGOTIATE, 0, 0);
	err = wire_smb2_negotiate_req_encode(&req->out, neg);
	kfree(neg);
	return err;
}

static bool one_of(u16 value, const u16 *list, int count)
{
	int i;

	for (i = 0; i < count; i++)
		if (list[i] == value)
			return true;
	return false;
}

static bool was_offered(const struct unc_conn *conn, u16 dialect)
{
	struct unc_smb2_offer offer;

	unc_smb2_offer(&conn->policy, &offer);
	return one_of(dialect, offer.dialects, offer.count);
}

/* What the contexts of 3.1.1 decide, older dialects have fixed. */
static int choose_algorithms(struct unc_conn *conn,
			     const struct wire_smb2_negotiate_rsp *rsp)
{
	if (conn->dialect < SMB2_DIALECT_300) {
		conn->signing = SMB2_SIGNING_HMAC_SHA256;
		return 0;
	}
	conn->signing = SMB2_SIGNING_AES_CMAC;
	if (conn->dialect < SMB2_DIALECT_311) {
		if (rsp->capabilities & SMB2_GLOBAL_CAP_ENCRYPTION)
			conn->cipher = SMB2_ENCRYPTION_AES128_CCM;
		return 0;
	}
	if (rsp->preauth_hash != SMB2_PREAUTH_INTEGRITY_SHA512)
		return -EPROTO;
	if (rsp->has_cipher && rsp->cipher != SMB2_ENCRYPTION_NONE &&
	    !one_of(rsp->cipher, all_ciphers, ARRAY_SIZE(all_ciphers)))
		return -EPROTO;
	if (rsp->has_signing &&
	    !one_of(rsp->signing, all_signing, ARRAY_SIZE(all_signing)))
		return -EPROTO;
	conn->cipher = rsp->has_cipher ? rsp->cipher : 0;
	if (rsp->has_signing)
		conn->signing = rsp->signing;
	return 0;
}

static int accept_sizes(struct unc_conn *conn,
			const struct wire_smb2_negotiate_rsp *rsp)
{
	u32 most = rsp->capabilities & SMB2_GLOBAL_CAP_LARGE_MTU ?
		   8 * 1024 * 1024 : 65536;

	/* a NetBIOS session carries 128 KiB at a time, headers included */
	if (unc_transport_msg_max(conn->tp) < UNC_TRANSPORT_MSG_MAX)
		most = 65536;
	if (min3(rsp->max_transact, rsp->max_read, rsp->max_write) < SIZE_MIN)
		return -EPROTO;
	/* Its header has no room for the charge. */
	if (conn->dialect == SMB2_DIALECT_202 && most > 65536)
		return -EPROTO;
	conn->max_transact = min(rsp->max_transact, most);
	conn->max_read = min(rsp->max_read, most);
	conn->max_write = min(rsp->max_write, most);
	return 0;
}

static int accept(struct unc_conn *conn,
		  const struct wire_smb2_negotiate_rsp *rsp,
		  struct unc_failure *why)
{
	int err;

	if (!was_offered(conn, rsp->dialect)) {
		unc_failure_set(why, UNC_STAGE_NEGOTIATE,
				"server chose dialect %#x, which was not offered",
				rsp->dialect);
		return -EPROTO;
	}
	conn->dialect = rsp->dialect;
	err = choose_algorithms(conn, rsp);
	if (!err)
		err = accept_sizes(conn, rsp);
	if (err) {
		unc_failure_set(why, UNC_STAGE_NEGOTIATE,
				"server chose algorithms or sizes that make no sense");
		return err;
	}
	if (conn->policy.seal && !conn->cipher) {
		unc_failure_set(why, UNC_STAGE_NEGOTIATE,
				"encryption was demanded, but the server offers none in dialect %#x",
				rsp->dialect);
		return -EOPNOTSUPP;
	}
	conn->capabilities = rsp->capabilities;
	conn->security_mode = rsp->security_mode;
	conn->clock_offset = rsp->system_time -
			     wire_time_from_ns(ktime_get_real_ns());
	memcpy(conn->server_guid, rsp->server_guid, sizeof(conn->server_guid));
	conn->gss_hint_len = rsp->token.len;
	conn->gss_hint = kmemdup(rsp->token.ptr, rsp->token.len, GFP_KERNEL);
	return conn->gss_hint ? 0 : -ENOMEM;
}

static int update_preauth(struct unc_conn *conn, const struct unc_req *req)
{
	const struct unc_rx *rx = req->parts[0].rx;
	int err;

	err = unc_preauth_update(conn->preauth, req->out.buf, req->out.pos);
	return err ? err : unc_preauth_update(conn->preauth, rx->msg, rx->len);
}

static int finish(struct unc_conn *conn, struct unc_req *req,
		  struct unc_failure *why)
{
	const struct unc_part *part = &req->parts[0];
	struct wire_smb2_negotiate_rsp rsp;
	struct wire_in in;
	int err;

	err = unc_smb2_body(part, &in);
	if (err) {
		/* MS-SMB2 servers answer so when they know no offered dialect. */
		bool no_dialect = part->status == NT_STATUS_NOT_SUPPORTED;

		unc_failure_set(why, UNC_STAGE_NEGOTIATE, no_dialect ?
				"server speaks no allowed dialect (see vers=)" :
				"server refused to negotiate");
		if (why)
			why->ntstatus = part->status;
		return no_dialect ? -EPROTONOSUPPORT : err;
	}
	err = wire_smb2_negotiate_rsp_decode(&in, &rsp);
	if (err) {
		unc_failure_set(why, UNC_STAGE_NEGOTIATE,
				"malformed response (%s)", in.err ?: "value");
		return -EPROTO;
	}
	err = accept(conn, &rsp, why);
	return err ? err : update_preauth(conn, req);
}

static struct unc_req *multi_new(struct unc_conn *conn)
{
	struct wire_smb2_multi_req args = {
		.must_sign = conn->policy.sign,
		.offers_202 = conn->policy.dialect_max < SMB2_DIALECT_210,
		.offers_any = conn->policy.dialect_max >= SMB2_DIALECT_210,
	};
	struct unc_req *req = unc_req_new(conn, NULL, NULL,
					  WIRE_SMB2_MULTI_MAX);

	if (!req)
		return NULL;
	forget_guid(conn);
	unc_req_foreign(req, SMB2_NEGOTIATE);
	wire_smb2_multi_req_encode(&req->out, &args);
	return req;
}

/*
 * [MS-SMB2] 3.2.5.2: the answer names 2.0.2, or a dialect that stands for all
 * later ones, which are then asked for as usual.  Both are never offered at once:
 * whoever changed the answer could else have 2.0.2, which nothing protects.
 */
static int multi_finish(struct unc_conn *conn, const struct unc_part *part,
			struct unc_failure *why)
{
	struct wire_smb2_negotiate_rsp rsp;
	struct wire_in in;
	int err;

	err = unc_smb2_body(part, &in);
	if (!err && wire_smb2_negotiate_rsp_decode(&in, &rsp))
		err = -EPROTO;
	if (!err && conn->policy.dialect_max < SMB2_DIALECT_210)
		return accept(conn, &rsp, why);
	if (!err && rsp.dialect != SMB2_DIALECT_WILDCARD)
		err = -EPROTO;
	if (err)
		unc_failure_set(why, UNC_STAGE_NEGOTIATE,
				"malformed response to a multi-protocol NEGOTIATE");
	return err ?: 1;
}

/* Return: 0 if all is settled, 1 if it is to be negotiated as usual, -errno. */
static int multi(struct unc_conn *conn, struct unc_failure *why)
{
	struct unc_req *req = multi_new(conn);
	int err;

	if (!req)
		return -ENOMEM;
	err = unc_req_call(req);
	if (err)
		unc_failure_set(why, UNC_STAGE_NEGOTIATE, err == -ETIMEDOUT ?
				"server did not answer" :
				"connection lost; the server may speak SMB 1 only");
	else
		err = multi_finish(conn, &req->parts[0], why);
	unc_req_put(req, unc_why_alloc);
	return err;
}

/**
 * unc_smb2_negotiate - agree on dialect and algorithms
 * @conn: a started connection in state NEW, with @conn->setup held
 * @why: filled in on failure
 *
 * May sleep; killable; until the deadline of the policy.
 *
 * Return: 0; -EPROTONOSUPPORT if no dialect is shared; -EOPNOTSUPP if
 * encryption is demanded and there is none; -EPROTO for an answer that breaks
 * the rules; -ETIMEDOUT; -ENOMEM; or why the connection was lost.
 */
int unc_smb2_negotiate(struct unc_conn *conn, struct unc_failure *why)
{
	struct unc_req *req;
	int err;

	if (conn->policy.multi) {
		err = multi(conn, why);
		if (err <= 0)
			return err;
	}
	req = unc_req_new(conn, NULL, NULL, NEGOTIATE_ROOM);
	if (!req)
		return -ENOMEM;
	err = encode(conn, req);
	if (!err)
		err = unc_req_call(req);
	if (err)
		unc_failure_set(why, UNC_STAGE_NEGOTIATE, err == -ETIMEDOUT ?
				"server did not answer" :
				"connection lost; the server may speak no allowed dialect (see vers=)");
	else
		err = finish(conn, req, why);
	unc_req_put(req, unc_why_alloc);
	return err;
}
