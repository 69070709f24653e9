/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which computers of the links answer to WS-Discovery. */
#ifndef UNC_NAMES_WSD_SEARCH_H
#define UNC_NAMES_WSD_SEARCH_H

#include "lookup.h"
#include "wsd.h"

/**
 * struct wsd_finder - who wants to know
 * @found: called for each computer
 * @data: for @found
 */
struct wsd_finder {
	void (*found)(void *data, const struct wsd_computer *computer,
		      const struct sockaddr_storage *from);
	void *data;
};

/**
 * wsd_search - probe the links, and ask each device what it is
 * @deadline: by clock_ms()
 *
 * Return: 0, -ETIMEDOUT if nobody answered, or another negative errno.
 */
int wsd_search(const struct names_conf *conf, int64_t deadline,
	       const struct wsd_finder *finder);

#endif
