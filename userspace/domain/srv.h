/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SRV records, by the system's resolver. */
#ifndef UNC_DOMAIN_SRV_H
#define UNC_DOMAIN_SRV_H

#include <stdbool.h>

#include "dnssrv.h"

/**
 * srv_lookup - the records of a name, in the order of trying
 * @why: of 256 bytes; set when there are none
 *
 * Return: true when there is at least one.
 */
bool srv_lookup(const char *name, struct dnssrv_answer *answer, char *why);

#endif
