/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * All leases, for lease_object.c and lease_state.c.  The table is the module's:
 * keys are random, and a break may come by another connection to the server
 * than the lease did.
 */
#ifndef _UNC_CONN_LEASE_TABLE_H
#define _UNC_CONN_LEASE_TABLE_H

#include <linux/rhashtable-types.h>

struct unc_lease;

extern struct rhashtable unc_lease_table;

struct unc_lease *unc_lease_find(const u8 *key);

#endif /* _UNC_CONN_LEASE_TABLE_H */
