/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The controllers that were found last, in a file of JSON, for all programs. */
#ifndef UNC_DOMAIN_DCCACHE_H
#define UNC_DOMAIN_DCCACHE_H

#include "locate.h"

#define DC_CACHE_PATH "/run/uncfs/controllers.json"

/**
 * dc_cache_get - host name of the last one
 *
 * Return: false when there is none, or it is older than 12 hours.
 */
bool dc_cache_get(const char *path, const char *domain,
		  char host[DOMAIN_NAME_ROOM]);

/** dc_cache_put - remember @dc; who may not write the file need not */
void dc_cache_put(const char *path, const char *domain, const struct dc *dc);

/** dc_cache_drop - forget those of a domain */
void dc_cache_drop(const char *path, const char *domain);

#endif
