// SPDX-License-Identifier: GPL-2.0-or-later
#include "people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sam.h"

#define NAME_ROOM 300

/* [MS-ADTS] 2.2.16 */
#define UF_ACCOUNTDISABLE 2

static const char *const filters[] = {
	[PEOPLE_USER] = "(&(objectCategory=person)(objectClass=user)%s)",
	[PEOPLE_COMPUTER] = "(&(objectCategory=computer)%s)",
	[PEOPLE_GROUP] = "(&(objectCategory=group)%s)",
};

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

json_t *people_list(struct op *op, enum people_kind kind)
{
	static const char *const wanted[] = {
		"sAMAccountName", "userAccountControl", "displayName",
		"member", NULL,
	};
	json_t *found = find(op, kind, NULL, wanted), *rows, *one, *row;
	size_t i;

	if (!found)
		return NULL;
	rows = json_array();
	json_array_foreach(found, i, one) {
		row = json_pack("{s:s}", "name",
				dir_first(one, "sAMAccountName"));
		if (kind == PEOPLE_GROUP)
			json_object_set_new(row, "members", json_integer(
				(json_int_t)count(one, "member")));
		else
			json_object_set_new(row, "disabled",
					    json_boolean(is_disabled(one)));
		json_object_set_new(row, "dn",
				    json_string(dir_first(one, "dn")));
		json_array_append_new(rows, row);
	}
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
		"msDS-SupportedEncryptionTypes", NULL,
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
	if (kind != PEOPLE_GROUP)
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
	return ticket_set_password(&sam->op->ticket, account, password,
				   &sam->op->steps);
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
	good = sam_open(&sam, op);
	if (good && kind == PEOPLE_GROUP)
		good = sam_create_group(&sam, account);
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
	if (good && kind == PEOPLE_GROUP)
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
	good = sam_open(&sam, op) &&
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
	json_t *names = NULL, *rows = NULL, *one;
	struct sam sam;
	size_t i;

	if (sam_open(&sam, op) && sam_open_group(&sam, group))
		names = sam_members(&sam);
	if (names)
		rows = json_array();
	json_array_foreach(names, i, one)
		json_array_append_new(rows, json_pack("{s:O}", "name", one));
	json_decref(names);
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
