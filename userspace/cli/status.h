/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The two ways to show a status dump. */
#ifndef UNC_CLI_STATUS_H
#define UNC_CLI_STATUS_H

#include <stdbool.h>

#include "object.h"

void status_print_text(const struct object *list);
bool status_print_json(const struct object *list);

#endif
