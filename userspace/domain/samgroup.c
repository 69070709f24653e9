// SPDX-License-Identifier: GPL-2.0-or-later
/* Groups of SAMR: global ones, and aliases, which are the local groups. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "sam.h"
#include "sid.h"
#include "winerror.h"

#define GROUP_ATTRIBUTES	7	/* 2.2.1.9: mandatory, by default, enabled */
#define NAMES_MAX		1000	/* of one look-up */
#define STATUS_NO_SUCH_ALIAS	0xc0000151

/* ---- The groups themselves -------------------------------------------------- */

bool sam_create_group(struct sam *sam, const char *name, bool local)
{
	json_t *args = json_pack("{s:O, s:{s:s}, s:I}", "DomainHandle",
				 sam->domain, local ? "AccountName" : "Name",
				 "Buffer", name, "DesiredAccess",
				 (json_int_t)SAM_MAXIMUM_ALLOWED);
	json_t *made;

	sam->op->steps.need = "the right to create groups";
	made = remote_call(&sam->remote, local ? "SamrCreateAliasInDomain" :
			   "SamrCreateGroupInDomain", args, name);
	sam->alias = local;
	sam->account = json_object_get(made, local ? "AliasHandle" :
					       "GroupHandle");
	return sam->account;
}

/* "BUILTIN\NAME": true, and where the NAME begins */
static bool is_builtin(const char **name)
{
	size_t len = strlen(SAM_BUILTIN);

	if (strncasecmp(*name, SAM_BUILTIN, len) != 0 || (*name)[len] != '\\')
		return false;
	*name += len + 1;
	return true;
}

/* The one of sam->rid in the domain that is open. */
static json_t *open_found(struct sam *sam, const char *name, uint32_t *code)
{
	json_t *opened = remote_try(&sam->remote, sam->alias ?
				    "SamrOpenAlias" : "SamrOpenGroup",
		json_pack("{s:O, s:I, s:I}", "DomainHandle", sam->domain,
			  "DesiredAccess", (json_int_t)SAM_MAXIMUM_ALLOWED,
			  sam->alias ? "AliasId" : "GroupId",
			  (json_int_t)sam->rid), name, code);

	sam->account = *code ? NULL :
		       json_object_get(opened, sam->alias ? "AliasHandle" :
							    "GroupHandle");
	return opened;
}

static bool open_builtin(struct sam *sam, const char *name)
{
	uint32_t code;

	return sam_open_domain(sam, SAM_BUILTIN) && sam_find(sam, name) &&
	       open_found(sam, name, &code) &&
	       step_done(&sam->op->steps, "SamrOpenAlias", code, "%s", name);
}

bool sam_open_group(struct sam *sam, const char *name)
{
	uint32_t code;

	if (is_builtin(&name))
		return open_builtin(sam, name);
	if (!sam_look_up(sam, name, &code))
		return false;
	if (!code && sam->rid && !open_found(sam, name, &code))
		return false;
	/* Samba finds Builtin's names in the domain, too, but not the groups. */
	if (code == STATUS_NONE_MAPPED || code == STATUS_NO_SUCH_ALIAS ||
	    !sam->rid)
		return open_builtin(sam, name);
	return !code || step_done(&sam->op->steps, sam->alias ?
				  "SamrOpenAlias" : "SamrOpenGroup", code, "%s",
				  name);
}

bool sam_delete_group(struct sam *sam)
{
	sam->op->steps.need = "the right \"Delete\" on the group";
	if (!remote_call(&sam->remote, sam->alias ? "SamrDeleteAlias" :
			 "SamrDeleteGroup",
			 json_pack("{s:O}", sam->alias ? "AliasHandle" :
				   "GroupHandle", sam->account), ""))
		return false;
	sam->account = NULL;
	return true;
}

static json_t *text_of(const json_t *counted)
{
	return json_object_get(counted, "Buffer");
}

static json_t *sid_text(const struct sam *sam, const json_t *rid)
{
	return json_sprintf("%s-%u", json_string_value(sam->sid),
			    (uint32_t)json_integer_value(rid));
}

static void add_aliases(struct sam *sam, json_t *rows, const json_t *list)
{
	json_t *one, *row;
	size_t i;

	json_array_foreach((json_t *)(uintptr_t)list, i, one) {
		row = json_pack("{s:O}", "name",
				text_of(json_object_get(one, "Name")));
		json_object_set_new(row, "sid", sid_text(sam,
				    json_object_get(one, "RelativeId")));
		json_array_append_new(rows, row);
	}
}

json_t *sam_aliases(struct sam *sam)
{
	static const char method[] = "SamrEnumerateAliasesInDomain";
	json_t *rows = json_array(), *context = json_integer(0), *got, *list;
	uint32_t code;

	json_array_append_new(sam->remote.results, context);
	do {
		json_t *args = json_pack("{s:O, s:O, s:I}", "DomainHandle",
					 sam->domain, "EnumerationContext",
					 context, "PreferedMaximumLength",
					 (json_int_t)UINT32_MAX);

		got = remote_try(&sam->remote, method, args, "", &code);
		list = text_of(json_object_get(got, "Buffer"));
		add_aliases(sam, rows, list);
		context = json_object_get(got, "EnumerationContext");
	} while (code == STATUS_MORE_ENTRIES && json_array_size(list));
	if (got && (!code || code == STATUS_MORE_ENTRIES ||
		    step_done(&sam->op->steps, method, code, "%s", "")))
		return rows;
	json_decref(rows);
	return NULL;
}

/* ---- Who is in it ----------------------------------------------------------- */

/* An account of the domain, also for a group of Builtin. */
static bool find_member(struct sam *sam, const char *name,
			char sid[SID_TEXT_ROOM])
{
	bool alias = sam->alias, good;

	if (alias && strncasecmp(name, "S-1-", 4) == 0) {
		snprintf(sid, SID_TEXT_ROOM, "%s", name);
		return true;
	}
	good = sam_open_domain(sam, sam->op->dc->netbios_domain) &&
	       sam_find(sam, name);
	sam->alias = alias;
	snprintf(sid, SID_TEXT_ROOM, "%.150s-%u", json_string_value(sam->sid),
		 sam->rid);
	return good;
}

static json_t *alias_args(struct sam *sam, const char *sid)
{
	return json_pack("{s:O, s:s}", "AliasHandle", sam->account, "MemberId",
			 sid);
}

static json_t *group_args(struct sam *sam, bool in)
{
	json_t *args = json_pack("{s:O, s:I}", "GroupHandle", sam->account,
				 "MemberId", (json_int_t)sam->rid);

	if (in)
		json_object_set_new(args, "Attributes",
				    json_integer(GROUP_ATTRIBUTES));
	return args;
}

bool sam_member(struct sam *sam, const char *name, bool in)
{
	static const char *const methods[2][2] = {
		{ "SamrRemoveMemberFromGroup", "SamrAddMemberToGroup" },
		{ "SamrRemoveMemberFromAlias", "SamrAddMemberToAlias" },
	};
	char sid[SID_TEXT_ROOM];

	if (!find_member(sam, name, sid))
		return false;
	sam->op->steps.need = "the right to write the members of the group";
	return remote_call(&sam->remote, methods[sam->alias][in],
			   sam->alias ? alias_args(sam, sid) :
					group_args(sam, in), name);
}

/* ---- And their names -------------------------------------------------------- */

/* The number of an account of this domain; 0: it is of another. */
static uint32_t rid_of(const char *sid, const char *domain)
{
	size_t len = strlen(domain);

	if (strncmp(sid, domain, len) != 0 || sid[len] != '-' ||
	    strchr(sid + len + 1, '-'))
		return 0;
	return (uint32_t)strtoul(sid + len + 1, NULL, 10);
}

/*
 * Names for the rows of @part, whose numbers are in @rids; one that was deleted
 * meanwhile has none.
 */
static bool name_part(struct sam *sam, json_t *rids, json_t *part)
{
	uint32_t code;
	json_t *found = remote_try(&sam->remote, "SamrLookupIdsInDomain",
		json_pack("{s:O, s:I, s:O}", "DomainHandle", sam->domain,
			  "Count", (json_int_t)json_array_size(rids),
			  "RelativeIds", rids), "members", &code);
	json_t *list = json_object_get(json_object_get(found, "Names"),
				       "Element"), *one;
	size_t i;

	json_array_foreach(list, i, one)
		if (json_string_length(text_of(one)))
			json_object_set(json_array_get(part, i), "name",
					text_of(one));
	json_array_clear(rids);
	json_array_clear(part);
	return found;
}

static bool name_all(struct sam *sam, json_t *rows)
{
	json_t *rids = json_array(), *part = json_array(), *row;
	bool good = true;
	size_t i;

	json_array_foreach(rows, i, row) {
		uint32_t rid = rid_of(json_string_value(
				json_object_get(row, "sid")),
				json_string_value(sam->sid));

		if (rid) {
			json_array_append_new(rids, json_integer(rid));
			json_array_append(part, row);
		}
		if (good && json_array_size(rids) == NAMES_MAX)
			good = name_part(sam, rids, part);
	}
	if (good && json_array_size(rids))
		good = name_part(sam, rids, part);
	json_decref(rids);
	json_decref(part);
	return good;
}

static void add_member(json_t *rows, json_t *sid)
{
	json_array_append_new(rows, json_pack("{s:O, s:O}", "name", sid, "sid",
					      sid));
	json_decref(sid);
}

static bool list_alias(struct sam *sam, json_t *rows)
{
	json_t *got = remote_call(&sam->remote, "SamrGetMembersInAlias",
				  json_pack("{s:O}", "AliasHandle",
					    sam->account), ""), *one;
	size_t i;

	json_array_foreach(json_object_get(json_object_get(got, "Members"),
					   "Sids"), i, one)
		add_member(rows, json_incref(json_object_get(one,
							     "SidPointer")));
	return got;
}

static bool list_group(struct sam *sam, json_t *rows)
{
	json_t *got = remote_call(&sam->remote, "SamrGetMembersInGroup",
				  json_pack("{s:O}", "GroupHandle",
					    sam->account), ""), *one;
	size_t i;

	json_array_foreach(json_object_get(json_object_get(got, "Members"),
					   "Members"), i, one)
		add_member(rows, sid_text(sam, one));
	return got;
}

json_t *sam_members(struct sam *sam)
{
	json_t *rows = json_array();
	bool good = sam->alias ? list_alias(sam, rows) : list_group(sam, rows);

	/* Those in a group of Builtin are of the domain. */
	if (good && sam->alias)
		good = sam_open_domain(sam, sam->op->dc->netbios_domain);
	if (good && name_all(sam, rows))
		return rows;
	json_decref(rows);
	return NULL;
}
