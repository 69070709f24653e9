/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The two ways to show a status dump. */
#ifndef UNC_CLI_STATUS_H
#define UNC_CLI_STATUS_H

#include <stdbool.h>

#include "object.h"

/*
 * Fill @list from the kernel; false: it said why on stderr.  In either case
 * object_free_all() releases what is in @list.
 */
bool status_fetch(struct object **list);

void status_print_text(const struct object *list);
bool status_print_json(const struct object *list);

#endif
