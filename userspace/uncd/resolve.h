/* SPDX-License-Identifier: GPL-2.0-or-later */
/* UNC_KIND_RESOLVE: a host name into addresses. */
#ifndef UNCD_RESOLVE_H
#define UNCD_RESOLVE_H

#include <stdbool.h>

#include "answer.h"

/* Another file than /etc/uncfs/uncd.conf; @path must stay. */
void resolve_use_config(const char *path);

/* Say at once what is wrong with it. */
void resolve_check_config(void);

/* True when @host is an address in digits, which needs no worker. */
bool resolve_numeric(const char *host, struct answer *answer);

/*
 * Ask the sources of the configuration; may take as long as the system's
 * resolver likes.  The configuration is read for each name, so that a change
 * needs no restart.
 */
void resolve_name(const char *host, struct answer *answer);

#endif
