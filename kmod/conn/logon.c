// SPDX-License-Identifier: GPL-2.0-only
/*
 * Authentication, as far as it is the same in every dialect.
 */
#include "../wire/logon.h"
#include "logon.h"

#define LEGS_MAX	16

/**
 * unc_logon_begin - begin an authentication
 * @logon: set up, but for @exchange
 * @s: the session, on a connection that was negotiated
 * @why: filled in on failure, or NULL
 *
 * Any context.  Followed by unc_logon_end().
 */
void unc_logon_begin(struct unc_logon *logon, struct unc_session *s,
		     struct unc_failure *why)
{
	*logon = (struct unc_logon){
		.s = s,
		.leg = {
			.exchange = unc_upcall_exchange(),
			.host = s->conn->host,
			.uid = s->who.uid,
			.sec = s->who.sec,
			.key = s->who.key,
			.first = true,
			.token = s->conn->gss_hint,
			.token_len = s->conn->gss_hint_len,
		},
		.why = why,
	};
}

static int ask_agent(struct unc_logon *logon)
{
	int err;

	unc_auth_reply_clear(&logon->reply);
	err = unc_upcall_auth(logon->s->conn->net, &logon->leg, &logon->reply,
			      logon->why);
	logon->leg.first = false;
	return err;
}

/**
 * unc_logon_run - legs until both sides are content
 * @logon: begun
 *
 * May sleep; killable; each leg has its own deadline.
 *
 * Return: 0, and the session key is in @logon->reply; what unc_upcall_auth()
 * and @logon->exchange return; -EPROTO if it comes to no end.
 */
int unc_logon_run(struct unc_logon *logon)
{
	int legs, more = 1, err;

	for (legs = 0; legs < LEGS_MAX; legs++) {
		err = ask_agent(logon);
		if (err)
			return err;
		if (!more)
			break;
		more = logon->exchange(logon);
		if (more < 0)
			return more;
		if (!more && logon->reply.done && !logon->leg.token_len)
			break;
	}
	if (more || !logon->reply.done) {
		unc_failure_set(logon->why, UNC_STAGE_SESSION,
				"authentication came to no end");
		return -EPROTO;
	}
	return 0;
}

/**
 * unc_logon_done - the session is for whom both sides say
 * @logon: run, and its session has its keys
 *
 * May sleep.  Return: what unc_session_ready() returns.
 */
int unc_logon_done(struct unc_logon *logon)
{
	struct unc_session *s = logon->s;

	strscpy(s->mech, logon->reply.mech, sizeof(s->mech));
	strscpy(s->principal, logon->reply.principal, sizeof(s->principal));
	return unc_session_ready(s);
}

/**
 * unc_logon_end - forget an authentication, its keys too
 * @logon: begun
 * @err: how it ended: 0 or -errno, for which there are words afterwards
 *
 * May sleep.
 */
void unc_logon_end(struct unc_logon *logon, int err)
{
	if (err)
		unc_failure_at_least(logon->why, UNC_STAGE_SESSION,
				     "session set-up failed");
	unc_upcall_auth_end(logon->s->conn->net, logon->leg.exchange);
	unc_auth_reply_clear(&logon->reply);
}

/**
 * unc_logon_refused - the server says no
 * @logon: the authentication
 * @status: NTSTATUS
 * @err: what that is as an errno
 *
 * Any context.  Return: @err.
 */
int unc_logon_refused(struct unc_logon *logon, u32 status, int err)
{
	struct wire_logon words = wire_logon_refused(status, logon->reply.mech);

	unc_failure_set(logon->why, UNC_STAGE_SESSION,
			"server refused the session: %s%s%s", words.text,
			words.remedy ? "; " : "", words.remedy ?: "");
	if (logon->why)
		logon->why->ntstatus = status;
	return err;
}

/**
 * unc_logon_forged - the answer that ends it lacks the session's signature
 * @logon: the authentication
 *
 * Any context.  Return: -EACCES.
 */
int unc_logon_forged(struct unc_logon *logon)
{
	unc_failure_set(logon->why, UNC_STAGE_SESSION,
			"server's last message is not signed by the session's key: tampering, or a different idea of the password");
	return -EACCES;
}

/**
 * unc_logon_guest - the server has made a guest of the user
 * @logon: the authentication
 *
 * A guest has no key, so nothing can be signed: only where asked for.  Somebody
 * in between could make a guest of whoever has a ticket.
 *
 * Any context.  Return: 0 or -EACCES.
 */
int unc_logon_guest(struct unc_logon *logon)
{
	struct unc_session *s = logon->s;

	if (s->who.sec != UNC_SEC_NONE || s->conn->policy.sign ||
	    s->conn->policy.seal) {
		unc_failure_set(logon->why, UNC_STAGE_SESSION,
				WIRE_LOGON_GUEST);
		return -EACCES;
	}
	s->flags |= UNC_SESSION_GUEST;
	return 0;
}
