/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The LDAP ping to a number of controllers at once. */
#ifndef UNC_DOMAIN_DCPING_H
#define UNC_DOMAIN_DCPING_H

#include "cursor.h"
#include "locate.h"

/**
 * dc_ping - ask controllers, each at its address
 * @dcs: @count of them, at most EXCHANGE_ROUTES_MAX; receive what they say
 * @query: of it domain, user, flags and all
 * @deadline: by clock_ms()
 *
 * Unless query->all, it ends with the first that has all of query->flags.
 */
void dc_ping(struct dc *dcs, unsigned int count, const struct dc_query *query,
	     int64_t deadline);

/**
 * dc_take_answer - what a controller says of itself, however it came
 * @answer: NETLOGON_SAM_LOGON_RESPONSE_EX
 * @domain: that was asked for, a DNS name or a NetBIOS name
 *
 * Return: 0; -EBADMSG; -ENOENT: it serves another domain.
 */
int dc_take_answer(struct dc *dc, const struct wire_blob *answer,
		   const char *domain);

/** dc_account_control - kinds of account that query->user may be */
uint32_t dc_account_control(const struct dc_query *query);

/** dc_good - it has answered, and has all of @flags */
bool dc_good(const struct dc *dc, uint32_t flags);

#endif
