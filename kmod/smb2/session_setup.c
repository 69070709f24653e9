// SPDX-License-Identifier: GPL-2.0-only
/*
 * SESSION_SETUP ([MS-SMB2] 3.2.4.2.3, 3.2.5.3): how the legs of an
 * authentication travel, and the keys that follow.
 */
#include <linux/string.h>
#include "../conn/logon.h"
#include "../wire/ntstatus.h"
#include "../wire/smb2_session.h"
#include "setup.h"
#include "smb2.h"

#define RENEW_MIN_S	3u
#define RENEW_MAX_S	(7u * 24 * 3600)
#define EXCHANGES_MAX	3	/* agents may come and go meanwhile */

/**
 * struct setup - an authentication under way
 * @logon: the legs
 * @again: T if the session is READY and only has to prove once more who it is for
 * @req: last message to the server, which the token of @logon may point into
 * @rsp: the server's answer to it
 */
struct setup {
	struct unc_logon			logon;
	bool					again;
	struct unc_req				*req;
	struct wire_smb2_session_setup_rsp	rsp;
};

static int preauth_add(struct setup *su, const void *msg, u32 len)
{
	/* The keys stay as they are when a session authenticates again. */
	if (su->logon.s->conn->dialect < SMB2_DIALECT_311 || su->again)
		return 0;
	return unc_preauth_update(su->logon.s->preauth, msg, len);
}

/* One leg on the wire.  Return: 0 with the answer in su->req, -errno. */
static int send_leg(struct setup *su)
{
	struct unc_session *s = su->logon.s;
	struct wire_smb2_session_setup_req args = {
		.security_mode = s->conn->policy.sign ?
				 SMB2_NEGOTIATE_SIGNING_REQUIRED :
				 SMB2_NEGOTIATE_SIGNING_ENABLED,
		.previous_session_id = su->again ? 0 : s->previous_id,
		.token = { su->logon.reply.token, su->logon.reply.token_len },
	};
	int err;

	if (su->req)
		unc_req_put(su->req, unc_why_alloc);
	su->req = unc_req_new(s->conn, s, NULL, SMB2_HDR_SIZE + 32 +
			      su->logon.reply.token_len);
	if (!su->req)
		return -ENOMEM;
	su->req->unsigned_reply = !su->again;
	su->req->signed_ = su->again;
	unc_req_part(su->req, SMB2_SESSION_SETUP, 0, 0);
	err = wire_smb2_session_setup_req_encode(&su->req->out, &args);
	if (!err)
		err = unc_req_call(su->req);
	if (!err)
		err = preauth_add(su, su->req->out.buf, su->req->out.pos);
	return err;
}

/* The server's SessionId comes with its first answer and stays. */
static int take_session_id(struct setup *su)
{
	const struct wire_in *rsp = &su->req->parts[0].rsp;
	struct wire_smb2_hdr hdr;
	struct wire_in in;

	wire_in_init(&in, rsp->base, rsp->len);
	if (wire_smb2_hdr_decode(&in, &hdr) || !hdr.session_id)
		return -EPROTO;
	if (su->logon.s->id && su->logon.s->id != hdr.session_id)
		return -EPROTO;
	su->logon.s->id = hdr.session_id;
	return 0;
}

/*
 * Return: 1 if the server wants another leg, 0 if it is content, -errno.
 */
static int take_answer(struct setup *su)
{
	const struct unc_part *part = &su->req->parts[0];
	bool more = part->status == NT_STATUS_MORE_PROCESSING_REQUIRED;
	struct wire_in in = part->rsp;
	int err;

	/* "More processing" is an error by its number, but not in its body. */
	err = more ? 0 : unc_smb2_status(part);
	if (err)
		return unc_logon_refused(&su->logon, part->status, err);
	err = unc_smb2_decoded(part, &in,
			       wire_smb2_session_setup_rsp_decode(&in, &su->rsp));
	if (!err)
		err = take_session_id(su);
	if (err)
		return err;
	su->logon.leg.token = su->rsp.token.ptr;
	su->logon.leg.token_len = su->rsp.token.len;
	if (!more)
		return 0;
	err = preauth_add(su, part->rx->msg, part->rx->len);
	return err ? err : 1;
}

static bool last_is_signed(const struct setup *su)
{
	const struct wire_in *pdu = &su->req->parts[0].rsp;
	struct wire_smb2_hdr hdr;
	struct wire_in in;

	wire_in_init(&in, pdu->base, pdu->len);
	return !wire_smb2_hdr_decode(&in, &hdr) &&
	       hdr.flags & SMB2_FLAGS_SIGNED;
}

/* The last answer is signed with the key that follows from it. */
static int verify_last(struct setup *su)
{
	const struct wire_in *pdu = &su->req->parts[0].rsp;
	int err = 0;

	if (last_is_signed(su))
		err = unc_sign_verify(su->logon.s->keys, (u8 *)pdu->base, pdu->len);
	else if (su->logon.s->conn->dialect >= SMB2_DIALECT_311)
		err = -EBADMSG;
	return err ? unc_logon_forged(&su->logon) : 0;
}

static int take_keys(struct setup *su)
{
	struct unc_session *s = su->logon.s;
	struct unc_keys_args args = {
		.dialect = s->conn->dialect,
		.signing = s->conn->signing,
		.cipher = s->conn->cipher,
		.session_key = su->logon.reply.key,
		.session_key_len = su->logon.reply.key_len,
		.preauth = s->preauth,
	};

	s->keys = unc_keys_new(&args);
	if (IS_ERR(s->keys)) {
		int err = PTR_ERR(s->keys);

		s->keys = NULL;
		return err;
	}
	if (s->conn->policy.sign ||
	    s->conn->security_mode & SMB2_NEGOTIATE_SIGNING_REQUIRED)
		s->flags |= UNC_SESSION_SIGN;
	if (s->conn->policy.seal ||
	    su->rsp.flags & SMB2_SESSION_FLAG_ENCRYPT_DATA)
		s->flags |= UNC_SESSION_SEAL;
	if (s->flags & UNC_SESSION_SEAL && !s->conn->cipher)
		return -EOPNOTSUPP;
	return verify_last(su);
}

/* [MS-SMB2] 3.2.5.3.2; signatures were checked like those of any answer. */
static int finish_again(const struct setup *su)
{
	return su->rsp.flags & (SMB2_SESSION_FLAG_IS_GUEST |
				SMB2_SESSION_FLAG_IS_NULL) ? -EACCES : 0;
}

static void session_due(struct unc_session *s);

/*
 * Well before the end, in which a KDC may have to be found; a ticket that could
 * not be renewed ends when it did before, and is tried for again now and then.
 */
static void plan_renewal(struct setup *su)
{
	u32 life = min_t(u32, su->logon.reply.lifetime, RENEW_MAX_S);

	if (life)
		unc_session_renew_in(su->logon.s, max(life - min(life / 2, 300),
						RENEW_MIN_S), session_due);
}

static int finish(struct setup *su)
{
	struct unc_session *s = su->logon.s;
	int err;

	if (su->again)
		return finish_again(su);
	if (su->rsp.flags & (SMB2_SESSION_FLAG_IS_GUEST |
			     SMB2_SESSION_FLAG_IS_NULL) ||
	    (s->who.sec == UNC_SEC_NONE && !last_is_signed(su)))
		err = unc_logon_guest(&su->logon);
	else
		err = take_keys(su);
	return err ?: unc_logon_done(&su->logon);
}

static int exchange(struct unc_logon *logon)
{
	struct setup *su = container_of(logon, struct setup, logon);

	return send_leg(su) ?: take_answer(su);
}

/* One exchange; -ESTALE if the agent was lost in the middle of it. */
static int setup_once(struct unc_session *s, bool again,
		      struct unc_failure *why)
{
	struct setup su = { .again = again };
	int err;

	unc_logon_begin(&su.logon, s, why);
	su.logon.exchange = exchange;
	if (!again) {
		s->id = 0;
		memcpy(s->preauth, s->conn->preauth, sizeof(s->preauth));
	}
	err = unc_logon_run(&su.logon);
	if (!err)
		err = finish(&su);
	if (!err)
		plan_renewal(&su);
	unc_logon_end(&su.logon, err);
	if (su.req)
		unc_req_put(su.req, unc_why_alloc);
	return err;
}

static int setup_patiently(struct unc_session *s, bool again,
			   struct unc_failure *why)
{
	int err = setup_once(s, again, why);
	int i;

	for (i = 1; err == -ESTALE && i < EXCHANGES_MAX; i++)
		err = setup_once(s, again, why);
	return err;
}

/**
 * unc_smb2_session_setup - authenticate
 * @s: session in state NEW, with @s->setup held, on a READY connection
 * @why: filled in on failure
 *
 * May sleep; killable; each leg has its own deadline.
 *
 * Return: 0 and the session is READY; -EACCES and what else the server's
 * status stands for; what unc_upcall_auth() returns; -EPROTO for an answer
 * that breaks the rules; or why the connection was lost.
 */
int unc_smb2_session_setup(struct unc_session *s, struct unc_failure *why)
{
	return setup_patiently(s, false, why);
}

/* Others may have more patience; the user may get a ticket any moment. */
static bool later_may_do(int err)
{
	return err == -ERESTARTSYS || err == -EKEYEXPIRED || err == -ENOKEY;
}

/**
 * unc_smb2_session_renew - authenticate again, if a session has expired
 * @s: session that was READY, with @s->setup held
 * @why: filled in on failure
 *
 * May sleep; killable; each leg has its own deadline.  Keys, trees and open
 * files stay as they are.  A session that cannot be renewed is DEAD; after a
 * signal, or while its user has no valid ticket, it is still to be renewed.
 *
 * Return: 0 and the session is of use, or -errno as of
 * unc_smb2_session_setup(); -EKEYEXPIRED if it was DEAD already.
 */
int unc_smb2_session_renew(struct unc_session *s, struct unc_failure *why)
{
	int err;

	lockdep_assert_held(&s->setup);
	if (READ_ONCE(s->state) != UNC_STATE_READY)
		return -EKEYEXPIRED;
	if (!READ_ONCE(s->expired))
		return 0;
	/* Without a key nothing tells that it is the same server. */
	err = s->keys ? setup_patiently(s, true, why) : -EIO;
	if (!err)
		WRITE_ONCE(s->expired, false);
	else if (!later_may_do(err))
		unc_session_refused(s);
	return s->keys ? err : -EKEYEXPIRED;
}

/*
 * The server has not asked yet, so what fails on our side can wait until it
 * does.  A server that says no has ended the session.
 */
static void session_due(struct unc_session *s)
{
	struct unc_failure why = {};
	int err = 0;

	mutex_lock(&s->setup);
	if (READ_ONCE(s->state) != UNC_STATE_READY || !s->keys)
		goto out;
	err = setup_patiently(s, true, &why);
	if (!err)
		WRITE_ONCE(s->expired, false);
	else if (why.stage == UNC_STAGE_SESSION)
		unc_session_refused(s);
out:
	mutex_unlock(&s->setup);
	if (err)
		pr_notice_ratelimited("uncfs: %s: session not renewed: %s: %s (%d)\n",
				      s->conn->host, unc_stage_name(why.stage),
				      why.message, err);
}
