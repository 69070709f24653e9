/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Accounts of a domain by SAMR ([MS-SAMR]), over TCP, sealed; each call is a
 * step of the log.
 */
#ifndef UNC_DOMAIN_SAM_H
#define UNC_DOMAIN_SAM_H

#include "op.h"
#include "remote.h"

#define SAM_MAXIMUM_ALLOWED	0x02000000u
/* 2.2.1.12, of accounts */
#define SAM_DISABLED		0x00000001u
#define SAM_NO_PASSWORD		0x00000004u	/* is needed */
#define SAM_NORMAL		0x00000010u
#define SAM_WORKSTATION		0x00000080u
#define SAM_DONT_EXPIRE		0x00000200u
#define SAM_LOCKED		0x00000400u

/**
 * struct sam - what was opened; handles belong to @remote
 * @op: of it the tickets count, and the names of op->dc
 * @sid: of @domain, text
 * @account: a user, a computer or a group
 * @rid: its number
 * @alias: it is a local group
 * @has_key: over a pipe, whose session has a key for passwords
 */
struct sam {
	struct op *op;
	struct remote remote;
	json_t *server, *domain, *sid, *account;
	uint32_t rid;
	bool alias;
	bool has_key;
};

/* All: false: op->steps has why. */

/** sam_open - SamrConnect5, SamrLookupDomainInSamServer, SamrOpenDomain */
bool sam_open(struct sam *sam, struct op *op);

/**
 * sam_open_for_password - the same, where a password is to be set: over a named
 * pipe if the kernel module is there
 *
 * Over TCP there is no session key that would encrypt it ([MS-SAMR] 3.2.2.3).
 */
bool sam_open_for_password(struct sam *sam, struct op *op);

/**
 * sam_set_password - of the account that is open
 *
 * By SamrSetInformationUser2, encrypted with AES (31) or RC4 (26), as
 * op->options->ciphers says; where that cannot be, by kpasswd, or without Kerberos
 * by LDAP. What the policy of the domain refuses is not tried in another way.
 */
bool sam_set_password(struct sam *sam, const char *account,
		      const char *password);

/**
 * sam_create - a user or computer
 * @type: SAM_NORMAL or SAM_WORKSTATION
 * @access: to it
 * @exists: set when there is one already; NULL: that is a failure
 */
bool sam_create(struct sam *sam, const char *name, uint32_t type,
		uint32_t access, bool *exists);

/** sam_find - the number of a name, into sam->rid */
bool sam_find(struct sam *sam, const char *name);

/** sam_open_user - a user or computer by its name */
bool sam_open_user(struct sam *sam, const char *name, uint32_t access);

/** sam_control - set and clear bits of UserAccountControl of what is open */
bool sam_control(struct sam *sam, uint32_t set, uint32_t clear);

/** sam_delete_user - what is open */
bool sam_delete_user(struct sam *sam);

/** sam_open_domain - another of the server's, "Builtin" for one, instead */
bool sam_open_domain(struct sam *sam, const char *name);

/**
 * sam_look_up - as sam_find(); that it is not there is in @code alone
 *
 * Return: NULL: there was no answer.
 */
json_t *sam_look_up(struct sam *sam, const char *name, uint32_t *code);

/* ---- samgroup.c ---- */

#define SAM_BUILTIN "Builtin"

/** sam_create_group - a global group, or with @local one of the domain: an alias */
bool sam_create_group(struct sam *sam, const char *name, bool local);

/**
 * sam_open_group - by its name, of whatever kind: NAME, or BUILTIN\NAME
 *
 * A NAME that the domain does not have is looked for in Builtin.
 */
bool sam_open_group(struct sam *sam, const char *name);

/** sam_delete_group - what is open */
bool sam_delete_group(struct sam *sam);

/**
 * sam_member - put an account into the group that is open, or out
 * @name: of the domain; for a local group also a SID, of whichever domain
 */
bool sam_member(struct sam *sam, const char *name, bool in);

/**
 * sam_members - those in the group that is open
 *
 * Return: a new array of objects, "name" and "sid"; who is of another domain has
 * no name here, but the SID. NULL: failed.
 */
json_t *sam_members(struct sam *sam);

/** sam_aliases - local groups of the domain that is open: objects as above */
json_t *sam_aliases(struct sam *sam);

/** sam_close - handles in the order of [MS-SYS] appendix A, connection */
void sam_close(struct sam *sam);

#endif
