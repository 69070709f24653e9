// SPDX-License-Identifier: GPL-2.0-or-later
#include "sam.h"

#include <stdio.h>
#include <string.h>

#include "winerror.h"

#define SERVER_ACCESS		0x30	/* enumerate and look up domains */
#define DOMAIN_ACCESS		0x211	/* create and look up users, read */
#define GROUP_ACCESS		0x10	/* create groups, beside the others */
#define USE_ALIAS		4	/* 2.2.2.3 */
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

bool sam_open_domain(struct sam *sam, const char *name)
{
	json_t *found, *opened;

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
	sam->sid = json_object_get(found, "DomainId");
	sam->domain = json_object_get(opened, "DomainHandle");
	return sam->domain;
}

static bool open_account_domain(struct sam *sam)
{
	return remote_call(&sam->remote, "SamrEnumerateDomainsInSamServer",
			   json_pack("{s:O, s:i, s:I}", "ServerHandle",
				     sam->server, "EnumerationContext", 0,
				     "PreferedMaximumLength",
				     (json_int_t)UINT32_MAX), "") &&
	       sam_open_domain(sam, sam->op->dc->netbios_domain);
}

bool sam_open(struct sam *sam, struct op *op)
{
	memset(sam, 0, sizeof(*sam));
	sam->op = op;
	return remote_open(&sam->remote, op, "samr") &&
	       open_server(sam) && open_account_domain(sam);
}

bool sam_open_for_password(struct sam *sam, struct op *op)
{
	if (!remote_has_pipes())
		return sam_open(sam, op);
	memset(sam, 0, sizeof(*sam));
	sam->op = op;
	if (remote_open_pipe(&sam->remote, op, "samr")) {
		sam->has_key = true;
		return open_server(sam) && open_account_domain(sam);
	}
	step_note(&op->steps, "RpcBind", "then over TCP");
	step_forget(&op->steps);
	sam_close(sam);
	return sam_open(sam, op);
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

json_t *sam_look_up(struct sam *sam, const char *name, uint32_t *code)
{
	json_t *found = remote_try(&sam->remote, "SamrLookupNamesInDomain",
		json_pack("{s:O, s:i, s:[{s:s}]}", "DomainHandle", sam->domain,
			  "Count", 1, "Names", "Buffer", name), name, code);
	json_t *rids = json_object_get(json_object_get(found, "RelativeIds"),
				       "Element");
	json_t *uses = json_object_get(json_object_get(found, "Use"),
				       "Element");

	sam->rid = (uint32_t)json_integer_value(json_array_get(rids, 0));
	sam->alias = json_integer_value(json_array_get(uses, 0)) == USE_ALIAS;
	return found;
}

bool sam_find(struct sam *sam, const char *name)
{
	uint32_t code;

	if (!sam_look_up(sam, name, &code))
		return false;
	return !code && sam->rid ? true :
	       step_done(&sam->op->steps, "SamrLookupNamesInDomain",
			 code ? code : STATUS_NONE_MAPPED, "%s", name);
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
