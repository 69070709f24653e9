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
 * @account: a user, a computer or a group
 * @rid: its number
 */
struct sam {
	struct op *op;
	struct remote remote;
	json_t *server, *domain, *account;
	uint32_t rid;
};

/* All: false: op->steps has why. */

/** sam_open - SamrConnect5, SamrLookupDomainInSamServer, SamrOpenDomain */
bool sam_open(struct sam *sam, struct op *op);

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

/** sam_create_group - a global group */
bool sam_create_group(struct sam *sam, const char *name);

/** sam_open_group - by its name */
bool sam_open_group(struct sam *sam, const char *name);

/** sam_delete_group - what is open */
bool sam_delete_group(struct sam *sam);

/** sam_member - put the account of a name into the group that is open, or out */
bool sam_member(struct sam *sam, const char *name, bool in);

/** sam_members - names of those in the group that is open: a new array, or NULL */
json_t *sam_members(struct sam *sam);

/** sam_close - handles in the order of [MS-SYS] appendix A, connection */
void sam_close(struct sam *sam);

#endif
