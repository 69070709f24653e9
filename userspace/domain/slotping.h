/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The ping by mailslot, where there is no DNS: [MS-ADTS] 6.3.5. */
#ifndef UNC_DOMAIN_SLOTPING_H
#define UNC_DOMAIN_SLOTPING_H

#include "locate.h"

/**
 * dc_slot_ping - ask all controllers of a domain at once
 * @dcs: room for @max of them; receives those that answer
 * @query: of it domain (a NetBIOS name), user, flags, all and config
 * @deadline: by clock_ms()
 * @why: why there are none; DOMAIN_WHY_ROOM
 *
 * Unless query->all, it ends with the first that has all of query->flags.
 *
 * Return: how many answered.
 */
unsigned int dc_slot_ping(struct dc *dcs, unsigned int max,
			  const struct dc_query *query, int64_t deadline,
			  char *why);

#endif
