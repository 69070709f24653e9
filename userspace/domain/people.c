// SPDX-License-Identifier: GPL-2.0-or-later
#include "people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sam.h"

#define NAME_ROOM 300

/* [MS-ADTS] 2.2.16, 2.2.12 */
#define UF_ACCOUNTDISABLE 2
#define GROUP_BUILTIN 1
#define GROUP_GLOBAL 2
#define GROUP_LOCAL 4

static const char *const filters[] = {
	[PEOPLE_USER] = "(&(objectCategory=person)(objectClass=user)%s)",
	[PEOPLE_COMPUTER] = "(&(objectCategory=computer)%s)",
	[PEOPLE_GROUP] = "(&(objectCategory=group)%s)",
	[PEOPLE_LOCAL_GROUP] = "(&(objectCategory=group)%s)",
};

static bool is_group(enum people_kind kind)
{
	return kind == PEOPLE_GROUP || kind == PEOPLE_LOCAL_GROUP;
}

/* As SAM has it: machines with a '$'. */
static void account_name(char name[NAME_ROOM], enum people_kind kind,
			 const char *given)
{
	snprintf(name, NAME_ROOM, "%.280s%s", given,
		 kind == PEOPLE_COMPUTER && !strchr(given, '$') ? "$" : "");
}

/* ---- Reading --------------------------------------------------------------- */

static json_t *find(struct op *op, enum people_kind kind, const char *name,
		    const char *const *attributes)
{
	char filter[1200], part[1024] = "";
	struct dir_search search = { NULL, LDAP_SCOPE_SUBTREE, filter,
				     attributes };
	char *escaped = name ? dir_escape(name) : NULL;

	if (escaped)
		snprintf(part, sizeof(part), "(sAMAccountName=%.900s)",
			 escaped);
	free(escaped);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	snprintf(filter, sizeof(filter), filters[kind], part);
#pragma GCC diagnostic pop
	return dir_search(&op->dir, &search);
}

static bool is_disabled(const json_t *object)
{
	return strtol(dir_first(object, "userAccountControl"), NULL, 10) &
	       UF_ACCOUNTDISABLE;
}

static size_t count(const json_t *object, const char *attribute)
{
	return json_array_size(json_object_get(object, attribute));
}

/* [MS-ADTS] 2.2.12; it is a signed number. */
static const char *group_kind(const json_t *object)
{
	long type = strtol(dir_first(object, "groupType"), NULL, 10);

	return type & GROUP_BUILTIN ? "builtin" : type & GROUP_GLOBAL ?
	       "global" : type & GROUP_LOCAL ? "local" : "universal";
}

static json_t *list_row(enum people_kind kind, const json_t *one)
{
	json_t *row = json_pack("{s:s}", "name",
				dir_first(one, "sAMAccountName"));

	if (kind == PEOPLE_GROUP) {
		json_object_set_new(row, "kind", json_string(group_kind(one)));
		json_object_set_new(row, "members", json_integer(
			(json_int_t)count(one, "member")));
	} else {
		json_object_set_new(row, "disabled",
				    json_boolean(is_disabled(one)));
	}
	json_object_set_new(row, "dn", json_string(dir_first(one, "dn")));
	return row;
}

/* Those of the domain, then Windows' own. */
static json_t *list_local(struct op *op)
{
	json_t *rows = json_array(), *part, *row;
	const char *domain = op->dc->netbios_domain;
	bool good;
	struct sam sam;
	size_t i;

	good = sam_open(&sam, op);
	for (int builtin = 0; good && builtin < 2; builtin++) {
		good = !builtin || sam_open_domain(&sam, SAM_BUILTIN);
		part = good ? sam_aliases(&sam) : NULL;
		good = part;
		json_array_foreach(part, i, row) {
			json_t *made = json_pack("{s:s}", "domain", builtin ?
						 SAM_BUILTIN : domain);

			json_object_update(made, row);
			json_array_append_new(rows, made);
		}
		json_decref(part);
	}
	sam_close(&sam);
	if (good)
		return rows;
	json_decref(rows);
	return NULL;
}

json_t *people_list(struct op *op, enum people_kind kind)
{
	static const char *const wanted[] = {
		"sAMAccountName", "userAccountControl", "displayName",
		"member", "groupType", NULL,
	};
	json_t *found, *rows, *one;
	size_t i;

	if (kind == PEOPLE_LOCAL_GROUP)
		return list_local(op);
	found = find(op, kind, NULL, wanted);
	if (!found)
		return NULL;
	rows = json_array();
	json_array_foreach(found, i, one)
		json_array_append_new(rows, list_row(kind, one));
	json_decref(found);
	return rows;
}

/* A list of one value is that value; of several, a text with all. */
static json_t *shown(const json_t *value)
{
	char text[4096] = "";
	size_t used = 0, i;
	json_t *one;

	if (!json_is_array(value))
		return json_deep_copy(value);
	json_array_foreach((json_t *)(uintptr_t)value, i, one)
		if (used < sizeof(text))
			used += (size_t)snprintf(text + used,
						 sizeof(text) - used, "%s%s",
						 i ? "; " : "",
						 json_string_value(one));
	return json_string(text);
}

json_t *people_show(struct op *op, enum people_kind kind, const char *name)
{
	static const char *const wanted[] = {
		"sAMAccountName", "objectSid", "objectGUID", "displayName",
		"description", "mail", "userPrincipalName",
		"userAccountControl", "memberOf", "member", "whenCreated",
		"dNSHostName", "servicePrincipalName", "operatingSystem",
		"msDS-SupportedEncryptionTypes", "groupType", NULL,
	};
	char account[NAME_ROOM];
	json_t *found, *object, *value;
	const char *key;

	account_name(account, kind, name);
	found = find(op, kind, account, wanted);
	if (!found)
		return NULL;
	if (!json_array_size(found)) {
		step_done(&op->steps, "ldap_search", 0x8ad, "%s", account);
		json_decref(found);
		return NULL;
	}
	object = json_object();
	json_object_foreach(json_array_get(found, 0), key, value)
		json_object_set_new(object, key, shown(value));
	if (is_group(kind))
		json_object_set_new(object, "kind", json_string(
			group_kind(json_array_get(found, 0))));
	else
		json_object_set_new(object, "disabled", json_boolean(
			is_disabled(json_array_get(found, 0))));
	json_decref(found);
	return object;
}

/* ---- Changing -------------------------------------------------------------- */

static bool set_password(struct sam *sam, const char *account,
			 const char *password)
{
	sam->op->steps.need = "the right \"Reset password\" on the account";
	return sam_set_password(sam, account, password);
}

/* What is half made goes again: nobody should find an account without use. */
static bool add_account(struct sam *sam, const char *account, uint32_t type,
			const char *password)
{
	if (!sam_create(sam, account, type, SAM_MAXIMUM_ALLOWED, NULL))
		return false;
	if (!password)
		return true;
	if (set_password(sam, account, password))
		return sam_control(sam, type,
				   SAM_DISABLED | SAM_NO_PASSWORD);
	step_note(&sam->op->steps, "SamrDeleteUser",
		  "%s has no password: it is deleted again", account);
	remote_call(&sam->remote, "SamrDeleteUser",
		    json_pack("{s:O}", "UserHandle", sam->account), account);
	return false;
}

bool people_add(struct op *op, enum people_kind kind, const char *name,
		const char *password)
{
	char account[NAME_ROOM];
	struct sam sam;
	bool good;

	account_name(account, kind, name);
	good = password ? sam_open_for_password(&sam, op) : sam_open(&sam, op);
	if (good && is_group(kind))
		good = sam_create_group(&sam, account,
					kind == PEOPLE_LOCAL_GROUP);
	else if (good)
		good = add_account(&sam, account, kind == PEOPLE_USER ?
				   SAM_NORMAL : SAM_WORKSTATION, password);
	sam_close(&sam);
	return good;
}

bool people_delete(struct op *op, enum people_kind kind, const char *name)
{
	char account[NAME_ROOM];
	struct sam sam;
	bool good;

	account_name(account, kind, name);
	good = sam_open(&sam, op);
	if (good && is_group(kind))
		good = sam_open_group(&sam, account) && sam_delete_group(&sam);
	else if (good)
		good = sam_open_user(&sam, account, SAM_MAXIMUM_ALLOWED) &&
		       sam_delete_user(&sam);
	sam_close(&sam);
	return good;
}

/* With 0 as the time of its last change a password must be changed. */
static bool set_must_change(struct op *op, enum people_kind kind,
			    const char *account)
{
	static const char *const none[] = { "sAMAccountName", NULL };
	static const char *zero[] = { "0", NULL };
	struct dir_mod mods[2] = { { "pwdLastSet", LDAP_MOD_REPLACE, zero,
				     NULL, 0 } };
	json_t *found = find(op, kind, account, none);
	bool good = found && json_array_size(found) == 1;

	if (good) {
		op->steps.need = "the right to write pwdLastSet of the account";
		good = dir_modify(&op->dir, dir_first(json_array_get(found, 0),
						      "dn"), mods);
	}
	json_decref(found);
	return good;
}

bool people_set(struct op *op, enum people_kind kind, const char *name,
		const struct people_change *change)
{
	uint32_t set = change->disable ? SAM_DISABLED : 0;
	uint32_t clear = (change->enable ? SAM_DISABLED : 0) |
			 (change->unlock ? SAM_LOCKED : 0);
	char account[NAME_ROOM];
	struct sam sam;
	bool good;

	account_name(account, kind, name);
	good = (change->password ? sam_open_for_password(&sam, op) :
				   sam_open(&sam, op)) &&
	       sam_open_user(&sam, account, SAM_MAXIMUM_ALLOWED);
	if (good && change->password)
		good = set_password(&sam, account, change->password);
	if (good && (set || clear))
		good = sam_control(&sam, set, clear);
	if (good && change->must_change)
		good = set_must_change(op, kind, account);
	sam_close(&sam);
	return good;
}

/* ---- Members --------------------------------------------------------------- */

json_t *people_members(struct op *op, const char *group)
{
	json_t *rows = NULL;
	struct sam sam;

	if (sam_open(&sam, op) && sam_open_group(&sam, group))
		rows = sam_members(&sam);
	sam_close(&sam);
	return rows;
}

bool people_member(struct op *op, const char *group, const char *name, bool in)
{
	struct sam sam;
	bool good = sam_open(&sam, op) && sam_open_group(&sam, group) &&
		    sam_member(&sam, name, in);

	sam_close(&sam);
	return good;
}
