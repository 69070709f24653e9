// SPDX-License-Identifier: GPL-2.0-or-later
#include "account.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "secret.h"
#include "system.h"

/* [MS-ADTS] 2.2.16 */
#define UF_ACCOUNTDISABLE		0x0002
#define UF_WORKSTATION_TRUST_ACCOUNT	0x1000
/* [MS-KILE] 2.2.7: AES128 and AES256, no RC4 */
#define ENCRYPTION_TYPES		"24"
#define SPNS	4
#define NAME_ROOM 320

/* ---- Finding --------------------------------------------------------------- */

static bool is_computer(const json_t *object)
{
	json_t *classes = json_object_get(object, "objectClass"), *one;
	size_t i;

	json_array_foreach(classes, i, one)
		if (strcmp(json_string_value(one), "computer") == 0)
			return true;
	return false;
}

bool account_find(struct op *op, struct account *account)
{
	static const char *const wanted[] = {
		"objectClass", "objectSid", "objectGUID", "sAMAccountName",
		"userAccountControl", "dNSHostName", "servicePrincipalName",
		"msDS-KeyVersionNumber", "msDS-SupportedEncryptionTypes", NULL
	};
	char filter[64];
	struct dir_search search = { NULL, LDAP_SCOPE_SUBTREE, filter, wanted };
	json_t *found;

	memset(account, 0, sizeof(*account));
	snprintf(filter, sizeof(filter), "(sAMAccountName=%.20s)",
		 machine_text(op->machine, "account"));
	found = dir_search(&op->dir, &search);
	if (!found)
		return false;
	account->object = json_incref(json_array_get(found, 0));
	account->exists = account->object;
	account->computer = is_computer(account->object);
	json_decref(found);
	return true;
}

void account_free(struct account *account)
{
	json_decref(account->object);
	memset(account, 0, sizeof(*account));
}

/* [MS-ADTS] 6.1.1.4.10: computers have a container with a name of its own. */
char *account_container(struct op *op)
{
	static const char *const none[] = { "distinguishedName", NULL };
	char base[400];
	struct dir_search search = { base, LDAP_SCOPE_BASE, NULL, none };
	json_t *found;
	char *dn;

	snprintf(base, sizeof(base),
		 "<WKGUID=AA312825768811D1ADED00C04FD8D5CD,%.300s>",
		 op->dir.base);
	found = dir_search(&op->dir, &search);
	dn = strdup(dir_first(json_array_get(found, 0), "dn"));
	json_decref(found);
	if (dn && *dn)
		return dn;
	free(dn);
	step_note(&op->steps, "NetpGetComputerObjectDn",
		  "the domain does not name a container for computers");
	return asprintf(&dn, "CN=Computers,%s", op->dir.base) < 0 ? NULL : dn;
}

/* ---- Attributes ------------------------------------------------------------ */

/* All that is written, as texts that live together. */
struct names {
	char spn[SPNS][NAME_ROOM];
	const char *spns[SPNS + 1];
	const char *host[2];
	const char *types[2];
	char system_text[SYSTEM_NAME_ROOM];
	const char *system[2];
};

/* Both names, with each of the two services, as `net ads join` has them. */
static void make_names(const struct op *op, struct names *names)
{
	const char *computer = machine_text(op->machine, "computer");
	const char *host = machine_text(op->machine, "host");

	memset(names, 0, sizeof(*names));
	snprintf(names->spn[0], NAME_ROOM, "HOST/%s", computer);
	snprintf(names->spn[1], NAME_ROOM, "HOST/%s", host);
	snprintf(names->spn[2], NAME_ROOM, "RestrictedKrbHost/%s", computer);
	snprintf(names->spn[3], NAME_ROOM, "RestrictedKrbHost/%s", host);
	for (int i = 0; i < SPNS; i++)
		names->spns[i] = names->spn[i];
	names->host[0] = host;
	names->types[0] = ENCRYPTION_TYPES;
	system_name(names->system_text);
	names->system[0] = names->system_text;
}

static void name_mods(const struct names *names, int operation,
			struct dir_mod *mods)
{
	size_t n = 0;

	mods[n++] = (struct dir_mod){ "dNSHostName", operation,
				      (const char **)names->host, NULL, 0 };
	mods[n++] = (struct dir_mod){ "servicePrincipalName", operation,
				      (const char **)names->spns, NULL, 0 };
	mods[n++] = (struct dir_mod){ "msDS-SupportedEncryptionTypes",
				      operation, (const char **)names->types,
				      NULL, 0 };
	mods[n] = (struct dir_mod){ "operatingSystem", operation,
				    (const char **)names->system, NULL, 0 };
}

bool account_names(struct op *op, const char *dn)
{
	struct dir_mod mods[8] = { { NULL } };
	struct names names;

	op->steps.need = "the right to write dNSHostName and servicePrincipalName of the account (its creator has that)";
	make_names(op, &names);
	name_mods(&names, LDAP_MOD_REPLACE, mods);
	return dir_modify(&op->dir, dn, mods);
}

/* ---- Creating and taking over ---------------------------------------------- */

bool account_create_ldap(struct op *op, const char *ou, const char *password)
{
	static const char *classes[] = { "computer", NULL };
	static const char *control[] = { "4096", NULL };
	const char *account[] = { machine_text(op->machine, "account"), NULL };
	struct dir_mod mods[12] = {
		{ "objectClass", LDAP_MOD_ADD, classes, NULL, 0 },
		{ "sAMAccountName", LDAP_MOD_ADD, account, NULL, 0 },
		{ "userAccountControl", LDAP_MOD_ADD, control, NULL, 0 },
	};
	uint8_t secret[1024];
	struct names names;
	char dn[600];
	bool good;
	int len = dir_password(password, secret, sizeof(secret));

	make_names(op, &names);
	mods[3] = (struct dir_mod){ "unicodePwd", LDAP_MOD_ADD, NULL, secret,
				    (size_t)len };
	name_mods(&names, LDAP_MOD_ADD, mods + 4);
	snprintf(dn, sizeof(dn), "CN=%s,%.500s",
		 machine_text(op->machine, "computer"), ou);
	op->steps.need = "the right \"Create Computer objects\" in that folder (everybody has it for ten computers unless the domain's ms-DS-MachineAccountQuota says otherwise)";
	good = len > 0 && dir_add(&op->dir, dn, mods);
	op->touched = good || step_lost(&op->steps);
	secret_wipe(secret, sizeof(secret));
	if (good)
		machine_set(op->machine, "dn", dn);
	return good;
}

bool account_reuse(struct op *op, const struct account *account,
		   const char *password)
{
	static const char *control[] = { "4096", NULL };
	const char *dn = dir_first(account->object, "dn");
	uint8_t secret[1024];
	int len = dir_password(password, secret, sizeof(secret));
	struct dir_mod mods[3] = {
		{ "unicodePwd", LDAP_MOD_REPLACE, NULL, secret, (size_t)len },
		{ "userAccountControl", LDAP_MOD_REPLACE, control, NULL, 0 },
	};
	bool good;

	op->steps.need = "the right \"Reset password\" on the account that is there";
	good = len > 0 && dir_modify(&op->dir, dn, mods);
	op->touched = good || step_lost(&op->steps);
	secret_wipe(secret, sizeof(secret));
	if (good)
		machine_set(op->machine, "dn", dn);
	return good && account_names(op, dn);
}

bool account_disable(struct op *op, const struct account *account)
{
	long control = strtol(dir_first(account->object, "userAccountControl"),
			      NULL, 10);
	char text[24];
	const char *values[] = { text, NULL };
	struct dir_mod mods[2] = {
		{ "userAccountControl", LDAP_MOD_REPLACE, values, NULL, 0 },
	};

	snprintf(text, sizeof(text), "%ld", control | UF_ACCOUNTDISABLE |
		 UF_WORKSTATION_TRUST_ACCOUNT);
	op->steps.need = "the right to write userAccountControl of the account";
	return dir_modify(&op->dir, dir_first(account->object, "dn"), mods);
}
