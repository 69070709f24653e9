// SPDX-License-Identifier: GPL-2.0-only
/*
 * SESSION_SETUP_ANDX with extended security, [MS-SMB] 3.2.4.2.4, 3.2.5.3: how
 * the legs of an authentication travel, and the key that follows.
 */
#include "../conn/logon.h"
#include "../wire/ntstatus.h"
#include "../wire/smb1_setup.h"
#include "smb1.h"

#define GOODBYE		(2 * HZ)

/*
 * The largest message that we take, but for READ_ANDX.  Transactions are put
 * together of as many as it takes; old servers know no larger number.
 */
#define OUR_BUFFER	16644
#define OUR_MPX		50

/**
 * struct setup - an authentication under way
 * @logon: the legs
 * @req: last message to the server, which the token of @logon may point into
 * @guest: T if the server has made a guest of the user
 */
struct setup {
	struct unc_logon	logon;
	struct unc_req		*req;
	bool			guest;
};

static int send_leg(struct setup *su)
{
	struct unc_session *s = su->logon.s;
	struct wire_smb1_session_req args = {
		.max_buffer = OUR_BUFFER,
		.max_mpx = OUR_MPX,
		.session_key = smb1_conn(s->conn)->session_key,
		.capabilities = SMB1_CAP_EXTENDED_SECURITY | SMB1_CAP_UNICODE |
				SMB1_CAP_LARGE_FILES | SMB1_CAP_NT_SMBS |
				SMB1_CAP_STATUS32 | SMB1_CAP_LARGE_READX |
				SMB1_CAP_LARGE_WRITEX,
		.token = { su->logon.reply.token, su->logon.reply.token_len },
	};
	u32 room = 64 + args.token.len;

	if (su->req)
		unc_req_put(su->req, unc_why_alloc);
	su->req = unc_req_new(s->conn, s, NULL, SMB1_HDR_SIZE + room);
	if (!su->req ||
	    !smb1_part_begin(su->req, SMB2_SESSION_SETUP,
			     SMB1_SESSION_SETUP_ANDX, room))
		return -ENOMEM;
	return wire_smb1_session_req_encode(&su->req->out, &args) ?:
	       unc_req_call(su->req);
}

/* The server's UID comes with its first answer and stays. */
static int take_uid(struct setup *su)
{
	const struct unc_rx *rx = su->req->parts[0].rx;
	struct unc_session *s = su->logon.s;
	struct wire_smb1_hdr hdr;
	struct wire_in in;

	wire_in_init(&in, rx->msg, rx->len);
	if (wire_smb1_hdr_decode(&in, &hdr) || !hdr.uid ||
	    (s->id && s->id != hdr.uid))
		return -EPROTO;
	s->id = hdr.uid;
	return 0;
}

/* Return: 1 if the server wants another leg, 0 if it is content, -errno. */
static int take_answer(struct setup *su)
{
	const struct unc_part *part = &su->req->parts[0];
	bool more = part->status == NT_STATUS_MORE_PROCESSING_REQUIRED;
	struct wire_smb1_session_rsp rsp;
	struct wire_in in = part->rsp;
	int err = more ? 0 : smb1_status(part);

	if (err)
		return unc_logon_refused(&su->logon, part->status, err);
	err = smb1_decoded(part, wire_smb1_session_rsp_decode(&in, &rsp));
	if (!err)
		err = take_uid(su);
	if (err)
		return err;
	su->guest = rsp.guest;
	su->logon.leg.token = rsp.token.ptr;
	su->logon.leg.token_len = rsp.token.len;
	return more;
}

static int exchange(struct unc_logon *logon)
{
	struct setup *su = container_of(logon, struct setup, logon);

	return send_leg(su) ?: take_answer(su);
}

/*
 * The first session with a key signs for all of the connection.  The message by
 * which it came to be, and its answer, count as the first two ([MS-SMB]
 * 3.2.5.3.2), and the answer is signed already.
 */
static int take_key(struct setup *su)
{
	const struct unc_rx *rx = su->req->parts[0].rx;
	struct unc_conn *conn = su->logon.s->conn;
	struct smb1_conn *sc = smb1_conn(conn);
	int err = 0;

	mutex_lock(&conn->send_lock);
	if (!sc->signing) {
		sc->key_len = su->logon.reply.key_len;
		memcpy(sc->key, su->logon.reply.key, sc->key_len);
		err = smb1_verify(sc, rx->msg, rx->len, 1);
		sc->sequence = 2;
		sc->signing = !err;
	}
	mutex_unlock(&conn->send_lock);
	return err ? unc_logon_forged(&su->logon) : 0;
}

/* For what programs encrypt in their calls; only the first may make it. */
static int take_application_key(struct setup *su)
{
	struct unc_session *s = su->logon.s;
	const struct unc_keys_args args = {
		.dialect = s->conn->dialect,
		.session_key = su->logon.reply.key,
		.session_key_len = su->logon.reply.key_len,
	};
	struct unc_keys *keys = unc_keys_new(&args);

	if (IS_ERR(keys))
		return PTR_ERR(keys);
	s->keys = keys;
	return 0;
}

static int finish(struct setup *su)
{
	struct unc_session *s = su->logon.s;
	struct smb1_conn *sc = smb1_conn(s->conn);
	int err = 0;

	if (su->guest || s->who.sec == UNC_SEC_NONE)
		err = unc_logon_guest(&su->logon);
	else if (sc->wants_signing)
		err = take_key(su);
	if (!err && su->logon.reply.key_len && !su->guest)
		err = take_application_key(su);
	if (err)
		return err;
	if (sc->signing)
		s->flags |= UNC_SESSION_SIGN;
	return unc_logon_done(&su->logon);
}

/**
 * smb1_session_setup - authenticate
 * @s: session in state NEW, with its setup mutex held, on a READY connection
 * @why: filled in on failure
 *
 * May sleep; killable; each leg has its own deadline.
 *
 * Return: 0 and the session is READY; -EACCES and what else the server's
 * status stands for; what unc_upcall_auth() returns; -EPROTO for an answer
 * that breaks the rules; or why the connection was lost.
 */
int smb1_session_setup(struct unc_session *s, struct unc_failure *why)
{
	struct setup su = {};
	int err;

	s->id = 0;
	unc_logon_begin(&su.logon, s, why);
	su.logon.exchange = exchange;
	err = unc_logon_run(&su.logon);
	if (!err)
		err = finish(&su);
	unc_logon_end(&su.logon, err);
	if (su.req)
		unc_req_put(su.req, unc_why_alloc);
	return err;
}

/**
 * smb1_session_renew - a session that has expired is replaced, not renewed
 * @s: session that was READY, with its setup mutex held
 * @why: not filled in
 *
 * Return: 0 if it has not expired, else -EKEYEXPIRED, and it is DEAD.
 */
int smb1_session_renew(struct unc_session *s, struct unc_failure *why)
{
	if (READ_ONCE(s->state) == UNC_STATE_READY && !READ_ONCE(s->expired))
		return 0;
	unc_session_refused(s);
	return -EKEYEXPIRED;
}

/**
 * smb1_logoff - tell the server that a session is over
 * @s: the session, which nobody can find any more
 *
 * May sleep for a short deadline.
 */
void smb1_logoff(struct unc_session *s)
{
	struct unc_req *req = unc_req_new(s->conn, s, NULL, SMB1_HDR_SIZE + 8);

	if (!req)
		return;
	req->timeout = GOODBYE;
	if (smb1_part_begin(req, SMB2_LOGOFF, SMB1_LOGOFF_ANDX, 8)) {
		wire_smb1_logoff_req_encode(&req->out);
		unc_req_call(req);
	}
	unc_req_put(req, unc_why_alloc);
}
