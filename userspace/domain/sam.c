// SPDX-License-Identifier: GPL-2.0-or-later
#include "sam.h"

#include <stdio.h>
#include <string.h>

#define SERVER_ACCESS		0x30	/* enumerate and look up domains */
#define DOMAIN_ACCESS		0x211	/* create and look up users, read */
#define GROUP_ACCESS		0x10	/* create groups, beside the others */
#define GROUP_ATTRIBUTES	7	/* 2.2.1.9: mandatory, by default, enabled */
#define NAMES_MAX		1000	/* of one look-up */
#define STATUS_USER_EXISTS	0xc0000063u

static const char quota_right[] =
	"the privilege SeMachineAccountPrivilege (everybody has it for ten computers unless the domain's ms-DS-MachineAccountQuota says otherwise) or the right to create such objects";

/* ---- Server and domain ----------------------------------------------------- */

static bool open_server(struct sam *sam)
{
	const char *host = sam->op->dc->host;
	char what[320];
	json_t *opened;

	snprintf(what, sizeof(what), "\\\\%.250s, access 0x%x", host,
		 SERVER_ACCESS);
	opened = remote_call(&sam->remote, "SamrConnect5",
		json_pack("{s:s, s:i, s:i, s:{s:{s:i, s:i}}}", "ServerName",
			  host, "DesiredAccess", SERVER_ACCESS, "InVersion", 1,
			  "InRevisionInfo", "V1", "Revision", 3,
			  "SupportedFeatures", 0), what);
	sam->server = json_object_get(opened, "ServerHandle");
	return sam->server;
}

static bool open_domain(struct sam *sam)
{
	const char *name = sam->op->dc->netbios_domain;
	json_t *found, *opened;

	if (!remote_call(&sam->remote, "SamrEnumerateDomainsInSamServer",
			 json_pack("{s:O, s:i, s:I}", "ServerHandle",
				   sam->server, "EnumerationContext", 0,
				   "PreferedMaximumLength",
				   (json_int_t)UINT32_MAX), ""))
		return false;
	found = remote_call(&sam->remote, "SamrLookupDomainInSamServer",
			    json_pack("{s:O, s:{s:s}}", "ServerHandle",
				      sam->server, "Name", "Buffer", name),
			    name);
	if (!found)
		return false;
	opened = remote_call(&sam->remote, "SamrOpenDomain",
		json_pack("{s:O, s:i, s:O}", "ServerHandle", sam->server,
			  "DesiredAccess", DOMAIN_ACCESS | GROUP_ACCESS |
			  SAM_MAXIMUM_ALLOWED, "DomainId",
			  json_object_get(found, "DomainId")), name);
	sam->domain = json_object_get(opened, "DomainHandle");
	return sam->domain;
}

bool sam_open(struct sam *sam, struct op *op)
{
	memset(sam, 0, sizeof(*sam));
	sam->op = op;
	return remote_open(&sam->remote, op->dc->host, "samr", NULL, NULL,
			   &op->steps) &&
	       open_server(sam) && open_domain(sam);
}

static void close_handle(struct sam *sam, json_t *handle, const char *what)
{
	uint32_t code;

	if (handle)
		remote_try(&sam->remote, "SamrCloseHandle",
			   json_pack("{s:O}", "SamHandle", handle), what,
			   &code);
}

void sam_close(struct sam *sam)
{
	/* After a failure the end of the connection closes them, too. */
	if (sam->remote.rpc && !*sam->op->steps.name) {
		close_handle(sam, sam->account, "account");
		close_handle(sam, sam->domain, "domain");
		close_handle(sam, sam->server, "server");
	}
	remote_close(&sam->remote);
}

/* ---- Users and computers --------------------------------------------------- */

bool sam_create(struct sam *sam, const char *name, uint32_t type,
		uint32_t access, bool *exists)
{
	char what[96];
	uint32_t code;
	json_t *made;

	snprintf(what, sizeof(what), "%.32s, type 0x%x, access 0x%x", name,
		 type, access);
	sam->op->steps.need = quota_right;
	made = remote_try(&sam->remote, "SamrCreateUser2InDomain",
		json_pack("{s:O, s:{s:s}, s:I, s:I}", "DomainHandle",
			  sam->domain, "Name", "Buffer", name, "AccountType",
			  (json_int_t)type, "DesiredAccess",
			  (json_int_t)access), what, &code);
	if (!made)
		return false;
	if (exists)
		*exists = code == STATUS_USER_EXISTS;
	if (code && (!exists || !*exists))
		return step_done(&sam->op->steps, "SamrCreateUser2InDomain",
				 code, "%s", what);
	sam->account = code ? NULL : json_object_get(made, "UserHandle");
	return true;
}

bool sam_find(struct sam *sam, const char *name)
{
	json_t *found = remote_call(&sam->remote, "SamrLookupNamesInDomain",
		json_pack("{s:O, s:i, s:[{s:s}]}", "DomainHandle", sam->domain,
			  "Count", 1, "Names", "Buffer", name), name);
	json_t *list = json_object_get(json_object_get(found, "RelativeIds"),
				       "Element");

	sam->rid = (uint32_t)json_integer_value(json_array_get(list, 0));
	return found && sam->rid;
}

bool sam_open_user(struct sam *sam, const char *name, uint32_t access)
{
	json_t *opened;

	if (!sam_find(sam, name))
		return false;
	sam->op->steps.need = "the rights on the account that its creator has";
	opened = remote_call(&sam->remote, "SamrOpenUser",
		json_pack("{s:O, s:I, s:I}", "DomainHandle", sam->domain,
			  "DesiredAccess", (json_int_t)access, "UserId",
			  (json_int_t)sam->rid), name);
	sam->account = json_object_get(opened, "UserHandle");
	return sam->account;
}

/* 16 is UserControlInformation. */
bool sam_control(struct sam *sam, uint32_t set, uint32_t clear)
{
	json_t *read = remote_call(&sam->remote, "SamrQueryInformationUser",
		json_pack("{s:O, s:s}", "UserHandle", sam->account,
			  "UserInformationClass", "UserControlInformation"),
		"16");
	json_t *control = json_object_get(json_object_get(json_object_get(
			read, "Buffer"), "Control"), "UserAccountControl");
	json_int_t value = (json_integer_value(control) | set) & ~(json_int_t)clear;
	char what[32];

	if (!read)
		return false;
	snprintf(what, sizeof(what), "16, 0x%x", (uint32_t)value);
	sam->op->steps.need = "the right to write the account";
	return remote_call(&sam->remote, "SamrSetInformationUser2",
		json_pack("{s:O, s:s, s:{s:{s:I}}}", "UserHandle",
			  sam->account, "UserInformationClass",
			  "UserControlInformation", "Buffer", "Control",
			  "UserAccountControl", value), what);
}

bool sam_delete_user(struct sam *sam)
{
	sam->op->steps.need = "the right \"Delete\" on the account";
	if (!remote_call(&sam->remote, "SamrDeleteUser",
			 json_pack("{s:O}", "UserHandle", sam->account), ""))
		return false;
	sam->account = NULL;
	return true;
}

/* ---- Groups ---------------------------------------------------------------- */

bool sam_create_group(struct sam *sam, const char *name)
{
	json_t *made;

	sam->op->steps.need = "the right to create groups";
	made = remote_call(&sam->remote, "SamrCreateGroupInDomain",
		json_pack("{s:O, s:{s:s}, s:I}", "DomainHandle", sam->domain,
			  "Name", "Buffer", name, "DesiredAccess",
			  (json_int_t)SAM_MAXIMUM_ALLOWED), name);
	sam->account = json_object_get(made, "GroupHandle");
	return sam->account;
}

bool sam_open_group(struct sam *sam, const char *name)
{
	json_t *opened;

	if (!sam_find(sam, name))
		return false;
	opened = remote_call(&sam->remote, "SamrOpenGroup",
		json_pack("{s:O, s:I, s:I}", "DomainHandle", sam->domain,
			  "DesiredAccess", (json_int_t)SAM_MAXIMUM_ALLOWED,
			  "GroupId", (json_int_t)sam->rid), name);
	sam->account = json_object_get(opened, "GroupHandle");
	return sam->account;
}

bool sam_delete_group(struct sam *sam)
{
	sam->op->steps.need = "the right \"Delete\" on the group";
	if (!remote_call(&sam->remote, "SamrDeleteGroup",
			 json_pack("{s:O}", "GroupHandle", sam->account), ""))
		return false;
	sam->account = NULL;
	return true;
}

bool sam_member(struct sam *sam, const char *name, bool in)
{
	json_t *args;

	if (!sam_find(sam, name))
		return false;
	args = json_pack("{s:O, s:I}", "GroupHandle", sam->account, "MemberId",
			 (json_int_t)sam->rid);
	if (in)
		json_object_set_new(args, "Attributes",
				    json_integer(GROUP_ATTRIBUTES));
	sam->op->steps.need = "the right to write the members of the group";
	return remote_call(&sam->remote, in ? "SamrAddMemberToGroup" :
			   "SamrRemoveMemberFromGroup", args, name);
}

static bool add_names(struct sam *sam, json_t *rids, json_t *names)
{
	json_t *found = remote_call(&sam->remote, "SamrLookupIdsInDomain",
		json_pack("{s:O, s:I, s:O}", "DomainHandle", sam->domain,
			  "Count", (json_int_t)json_array_size(rids),
			  "RelativeIds", rids), "members");
	json_t *list = json_object_get(json_object_get(found, "Names"),
				       "Element"), *one;
	size_t i;

	json_array_foreach(list, i, one)
		json_array_append(names, json_object_get(one, "Buffer"));
	return found;
}

json_t *sam_members(struct sam *sam)
{
	json_t *got = remote_call(&sam->remote, "SamrGetMembersInGroup",
				  json_pack("{s:O}", "GroupHandle",
					    sam->account), "");
	json_t *all = json_object_get(json_object_get(got, "Members"),
				      "Members");
	json_t *names = got ? json_array() : NULL, *part, *rid;
	bool good = true;
	size_t i;

	part = json_array();
	json_array_foreach(all, i, rid) {
		json_array_append(part, rid);
		if (json_array_size(part) < NAMES_MAX &&
		    i + 1 < json_array_size(all))
			continue;
		good = good && add_names(sam, part, names);
		json_array_clear(part);
	}
	json_decref(part);
	if (good)
		return names;
	json_decref(names);
	return NULL;
}
