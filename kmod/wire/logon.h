/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Why a server refuses an authentication, and what to do about it. */
#ifndef UNCFS_WIRE_LOGON_H
#define UNCFS_WIRE_LOGON_H

#include "wire_os.h"

/* Of whoever named a user, and is let in as nobody. */
#define WIRE_LOGON_GUEST \
	"server took the user for a guest; wrong user name? (sec=none is for guests)"

/**
 * struct wire_logon - a refusal in words
 * @text: what it means
 * @remedy: what to do about it; NULL where there is nothing to say
 */
struct wire_logon {
	const char *text;
	const char *remedy;
};

struct wire_logon wire_logon_refused(u32 status, const char *mech);

#endif /* UNCFS_WIRE_LOGON_H */
