/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a worker can ask the kernel for. */
#ifndef UNCD_CONFINE_H
#define UNCD_CONFINE_H

#include <stdbool.h>

/*
 * From now on this process runs no program, watches no other process, changes no
 * namespace, mount, module or clock, and makes no socket but for names, KDCs and
 * key agents: each fails with EPERM.  No new privileges must be set already.
 * False with errno.
 */
bool confine(void);

#endif
