/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The security filter of a group policy ([MS-GPOL] 3.2.5.1.6): does the
 * descriptor of its object grant "Apply Group Policy" to somebody?
 */
#ifndef UNC_DOMAIN_GPOSEC_H
#define UNC_DOMAIN_GPOSEC_H

#include <stddef.h>

#include "sid.h"

/**
 * struct gpo_token - who somebody is
 * @sids: of the account, its groups, and of what everybody is
 */
struct gpo_token {
	const char *const *sids;
	size_t count;
};

enum gpo_access {
	GPO_GRANTED,
	GPO_DENIED,		/* by an entry that says so */
	GPO_NOT_GRANTED,	/* no entry is for them */
};

/**
 * struct gpo_verdict
 * @access: what came out
 * @sid: whose entry decided; "" when none did
 */
struct gpo_verdict {
	enum gpo_access access;
	char sid[SID_TEXT_ROOM];
};

/**
 * gpo_may_apply - look through a discretionary list, in its order
 * @descriptor: a self-relative one ([MS-DTYP] 2.4.6); without a list all may
 *
 * Return: 0; -EBADMSG: that is none.
 */
int gpo_may_apply(const void *descriptor, size_t len,
		  const struct gpo_token *token, struct gpo_verdict *verdict);

#endif
