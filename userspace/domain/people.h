/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Users, computers and groups of a domain: SAMR to change, LDAP to read. */
#ifndef UNC_DOMAIN_PEOPLE_H
#define UNC_DOMAIN_PEOPLE_H

#include "op.h"

enum people_kind {
	PEOPLE_USER,
	PEOPLE_COMPUTER,
	PEOPLE_GROUP,
	PEOPLE_LOCAL_GROUP,	/* of the domain, or of Builtin: an alias */
};

/**
 * struct people_change - what to set
 * @enable, @disable, @unlock: the account
 * @must_change: its password at the next logon
 * @password: a new one; NULL: as it is
 */
struct people_change {
	bool enable, disable, unlock, must_change;
	const char *password;
};

/*
 * All: op_locate() and op_directory() were called. A computer's name has no '$'.
 * False or NULL: op->steps has why.
 */

/**
 * people_list - a row for each: name, dn, and for groups their kind and the
 * number of members; local groups: domain, name, SID
 */
json_t *people_list(struct op *op, enum people_kind kind);

/** people_show - one object */
json_t *people_show(struct op *op, enum people_kind kind, const char *name);

/** people_add - @password: of a user or computer; without one it is disabled */
bool people_add(struct op *op, enum people_kind kind, const char *name,
		const char *password);

bool people_delete(struct op *op, enum people_kind kind, const char *name);

/** people_set - of a user or computer */
bool people_set(struct op *op, enum people_kind kind, const char *name,
		const struct people_change *change);

/** people_members - rows of those in a group */
json_t *people_members(struct op *op, const char *group);

/**
 * people_member - put a user, computer or group in, or out; a local group may
 * have members of other domains, by their SIDs
 */
bool people_member(struct op *op, const char *group, const char *name, bool in);

#endif
