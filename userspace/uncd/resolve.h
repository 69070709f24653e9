/* SPDX-License-Identifier: GPL-2.0-or-later */
/* UNC_KIND_RESOLVE: a host name into addresses. */
#ifndef UNCD_RESOLVE_H
#define UNCD_RESOLVE_H

#include <stdbool.h>

#include "answer.h"

/* True when @host is an address in digits, which needs no worker. */
bool resolve_numeric(const char *host, struct answer *answer);

/* Ask the system's resolver; may take as long as that likes. */
void resolve_name(const char *host, struct answer *answer);

#endif
