/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Offline join: the account is made on one machine, its secret used on another. */
#ifndef UNC_DOMAIN_PROVISION_H
#define UNC_DOMAIN_PROVISION_H

#include "join.h"

/**
 * provision - make an account as join() does, and write what a machine needs to be it
 * @path: the file, readable by its owner alone; see odj.h
 *
 * Nothing of this machine is changed.
 */
bool provision(struct op *op, const struct join_options *options,
	       const char *path);

/**
 * join_offline - become a member by such a file, without a network
 *
 * Secret, keytab and configuration are written; whether they are good is seen at
 * the first member_test().
 */
bool join_offline(struct op *op, const char *path);

#endif
