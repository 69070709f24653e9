/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The machine's account in the directory: found, made by SAMR ([MS-SYS]
 * appendix A) or by LDAP, its names written, disabled or deleted.
 */
#ifndef UNC_DOMAIN_ACCOUNT_H
#define UNC_DOMAIN_ACCOUNT_H

#include "op.h"

enum account_method {
	ACCOUNT_LDAP,
	ACCOUNT_SAMR,
};

/**
 * struct account - what the directory has
 * @exists: it is there
 * @computer: and is a machine's
 * @object: attributes, see dir_search()
 */
struct account {
	bool exists;
	bool computer;
	json_t *object;
};

/** account_find - by op->machine's "account"; account_free() afterwards */
bool account_find(struct op *op, struct account *account);

void account_free(struct account *account);

/** account_container - DN of where computers are made by default, in new memory */
char *account_container(struct op *op);

/** account_create_ldap - with password and all names; @ou: DN of a folder */
bool account_create_ldap(struct op *op, const char *ou, const char *password);

/**
 * account_create_samr - where the server puts it, with nothing but its name
 *
 * One that exists is opened; then it is enabled, and its password set.
 */
bool account_create_samr(struct op *op, const char *password);

/** account_reuse - password, names and state of one that exists, by LDAP */
bool account_reuse(struct op *op, const struct account *account,
		   const char *password);

/** account_names - dNSHostName, servicePrincipalName, encryption, system */
bool account_names(struct op *op, const char *dn);

/** account_disable - so that nobody can use it */
bool account_disable(struct op *op, const struct account *account);

#endif
