/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The directory of a domain by LDAP (libldap), sealed by Kerberos; each request
 * is a step.
 */
#ifndef UNC_DOMAIN_DIR_H
#define UNC_DOMAIN_DIR_H

#include <jansson.h>
#include <ldap.h>

#include "credential.h"
#include "step.h"

/**
 * struct dir - a connection
 * @ldap: of libldap
 * @steps: where each request is logged
 * @base: DN of the domain
 * @configuration: DN of the configuration
 */
struct dir {
	LDAP *ldap;
	struct steps *steps;
	char base[256];
	char configuration[256];
};

/**
 * struct dir_mod - an attribute to write
 * @name: of the attribute; NULL ends a list
 * @operation: LDAP_MOD_ADD, LDAP_MOD_REPLACE or LDAP_MOD_DELETE
 * @values: texts, ended by NULL; of a REPLACE or DELETE without any: all go
 * @bytes, @len: one value that is no text, instead
 */
struct dir_mod {
	const char *name;
	int operation;
	const char **values;
	const void *bytes;
	size_t len;
};

/**
 * struct dir_search - what to look for
 * @base: DN; NULL: the domain
 * @scope: LDAP_SCOPE_BASE, ...
 * @filter: NULL: "(objectClass=*)"
 * @attributes: ended by NULL; NULL: all. Of nTSecurityDescriptor there is only the
 *	discretionary list, since few may read the rest
 */
struct dir_search {
	const char *base;
	int scope;
	const char *filter;
	const char *const *attributes;
};

/**
 * dir_open - connect and read what the server is (rootDSE), as nobody
 * @rootdse: receives it as an object of lists
 *
 * Return: false: @steps has the failure.
 */
bool dir_open(struct dir *dir, const char *host, struct steps *steps,
	      json_t **rootdse);

/** dir_bind - as whoever the tickets of this process are for, sealed */
bool dir_bind(struct dir *dir);

/** dir_bind_ntlm - the same by NTLM, see dirseal.h */
bool dir_bind_ntlm(struct dir *dir, const char *host,
		   const struct credential *cred);

/**
 * dir_search - read objects
 *
 * Return: a new array of objects: "dn", and lists of values by name of the
 * attribute; SIDs and GUIDs as text, other values that are no UTF-8 in hex;
 * NULL: failed. That a base is not there is an empty array.
 */
json_t *dir_search(struct dir *dir, const struct dir_search *search);

/** dir_first - the first value of an attribute; "" when there is none */
const char *dir_first(const json_t *object, const char *attribute);

bool dir_add(struct dir *dir, const char *dn, const struct dir_mod *mods);
bool dir_modify(struct dir *dir, const char *dn, const struct dir_mod *mods);

/** dir_delete - with all that is below it */
bool dir_delete(struct dir *dir, const char *dn);

/**
 * dir_password - the value of unicodePwd for a password; the caller wipes it
 *
 * Return: its length, or a negative errno.
 */
int dir_password(const char *password, uint8_t *room, size_t len);

/** dir_escape - a value for a filter (RFC 4515), in new memory */
char *dir_escape(const char *value);

void dir_close(struct dir *dir);

#endif
