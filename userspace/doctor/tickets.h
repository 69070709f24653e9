/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Kerberos by itself: the user's ticket, then one for the server. */
#ifndef UNC_DOCTOR_TICKETS_H
#define UNC_DOCTOR_TICKETS_H

#include "credential.h"
#include "report.h"

enum tickets {
	TICKETS_GOT,
	TICKETS_MISSING,	/* another mechanism may do */
	TICKETS_REFUSED,	/* none will do better */
};

/*
 * Get them as the agent would with @cred, and say what they are like.
 * @needed: nothing but Kerberos will do, so what fails is the end.  On success
 * @cred's store names the cache they are in.
 */
enum tickets tickets_get(struct report *report, struct credential *cred,
			 const char *host, bool needed);

#endif
