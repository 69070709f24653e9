/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The way to a server, gone stage by stage as the kernel and its agent go it,
 * but in this process and with words for everything.
 */
#ifndef UNC_DOCTOR_DOCTOR_H
#define UNC_DOCTOR_DOCTOR_H

#include "answer.h"
#include "credential.h"
#include "report.h"

#define DOCTOR_SMB_PORT 445

/**
 * struct doctor - what to find out, and what came of it
 * @host: the server
 * @share: a share to look at, or ""
 * @port: TCP port
 * @sec: enum unc_sec
 * @config: of the resolver; NULL for uncd's
 * @cred: who to be; its store may be changed. Without a user it is by what unc
 *	login keeps, else by the ticket
 * @report: filled in
 * @mech: mechanism of the session, "unc login" if the kernel chose it, "" if
 *	there was none
 * @principal: who we are in it
 */
struct doctor {
	const char *host;
	const char *share;
	uint16_t port;
	uint32_t sec;
	const char *config;
	struct credential *cred;
	struct report report;
	char mech[ANSWER_MECH_MAX + 1];
	char principal[ANSWER_PRINCIPAL_MAX + 1];
};

/* As far as it goes; see @doctor->report.failed. */
void doctor_run(struct doctor *doctor);

/* share.c: as root, the share itself, by a mount that is seen nowhere. */
void doctor_share(struct doctor *doctor);

/* Can the kernel reach this share?  False: it is in the report, as @stage. */
bool doctor_reach(struct doctor *doctor, const char *share, const char *stage);

/* kept.c: is it by what unc login keeps?  If so, whose session is that? */
bool doctor_is_kept(struct doctor *doctor);
bool doctor_kept_session(struct doctor *doctor);

#endif
