/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What [MS-LSAT] is asked, and what it answers, whichever way. */
#ifndef UNC_CLI_LSAT_H
#define UNC_CLI_LSAT_H

#include <jansson.h>
#include <stdbool.h>

/**
 * lookup_method - for a name, or a SID in words
 * @by_handle: with a policy handle; without one it takes a secure channel
 */
const char *lookup_method(const char *text, bool by_handle);

/** lookup_args - for that method; @policy: the handle, or NULL */
json_t *lookup_args(const char *text, json_t *policy);

/** lookup_row - from its results: sid, kind, domain, name */
json_t *lookup_row(json_t *result, const char *text);

/** lookup_is_known - does such a row tell more than was asked? */
bool lookup_is_known(const json_t *found);

#endif
