/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An authentication under way: the agent and the server talk through us in as
 * many legs as they like.  How a leg travels is the dialect's.
 */
#ifndef _UNC_CONN_LOGON_H
#define _UNC_CONN_LOGON_H

#include "../upcall/upcall.h"
#include "session.h"

/**
 * struct unc_logon - an authentication under way
 * @s: the session
 * @leg: next question to the agent; its token is the server's
 * @reply: last answer of the agent
 * @why: for the caller
 * @exchange: send @reply.token to the server and set the token of @leg to what
 *	it answered; returns 1 if it wants another leg, 0 if it is content, -errno
 */
struct unc_logon {
	struct unc_session	*s;
	struct unc_auth_leg	leg;
	struct unc_auth_reply	reply;
	struct unc_failure	*why;
	int			(*exchange)(struct unc_logon *logon);
};

void unc_logon_begin(struct unc_logon *logon, struct unc_session *s,
		     struct unc_failure *why);
int unc_logon_run(struct unc_logon *logon);
void unc_logon_end(struct unc_logon *logon, int err);
int unc_logon_done(struct unc_logon *logon);
int unc_logon_refused(struct unc_logon *logon, u32 status, int err);
int unc_logon_forged(struct unc_logon *logon);
int unc_logon_guest(struct unc_logon *logon);

#endif /* _UNC_CONN_LOGON_H */
