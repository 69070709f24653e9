/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A machine becomes a member of a domain, and leaves it. */
#ifndef UNC_DOMAIN_JOIN_H
#define UNC_DOMAIN_JOIN_H

#include "account.h"

/**
 * struct join_options
 * @method: how the account is made
 * @computer: NetBIOS name of this machine, without '$'
 * @host: its DNS name; NULL: @computer and the domain
 * @ou: DN of the folder for the account; NULL: the domain's own
 * @reuse: an account of that name that is there may be taken over
 * @dry_run: write nothing, neither there nor here
 * @again: also when this machine is a member whose channel works
 * @provision: make the account and nothing on this machine
 * @file: of an offline join; NULL
 */
struct join_options {
	enum account_method method;
	const char *computer;
	const char *host;
	const char *ou;
	bool reuse;
	bool dry_run;
	bool again;
	bool provision;
	const char *file;
};

/**
 * join - op_begin() was called with a user and a domain
 *
 * Each step is logged. Interrupted anywhere it can be called again: what it wrote
 * before makes the account that is there then its own. A machine that is a member
 * already, and whose channel works, is left as it is.
 */
bool join(struct op *op, const struct join_options *options);

/**
 * leave - undo it
 * @delete: the account goes; otherwise it is disabled
 * @local: only on this machine
 */
bool leave(struct op *op, bool delete, bool local);

/** member_test - are secret, keytab and secure channel good? */
bool member_test(struct op *op);

/**
 * change_password - of the machine
 *
 * The new key is in the keytab before the directory has it, the old one stays.
 */
bool change_password(struct op *op);

#endif
