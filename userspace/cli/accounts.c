// SPDX-License-Identifier: GPL-2.0-or-later
/* unc users, unc groups: the accounts that a server has itself, [MS-SAMR]. */
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "log.h"
#include "rpccmd.h"

#define MAXIMUM_ALLOWED	0x02000000

/* ---- Domains ------------------------------------------------------------ */

struct sam {
	struct rpc_cmd *cmd;
	const char *domain;	/* its name */
	json_t *handle;
	bool skip_builtin;
	const struct column *columns;
	bool (*each)(struct sam *sam);
};

static bool open_domain(struct sam *sam, json_t *server)
{
	json_t *found = rpc_cmd_call(sam->cmd, "SamrLookupDomainInSamServer",
		json_pack("{s:O, s:{s:s}}", "ServerHandle", server, "Name",
			  "Buffer", sam->domain));
	json_t *opened = found ? rpc_cmd_call(sam->cmd, "SamrOpenDomain",
		json_pack("{s:O, s:i, s:O}", "ServerHandle", server,
			  "DesiredAccess", MAXIMUM_ALLOWED, "DomainId",
			  json_object_get(found, "DomainId"))) : NULL;

	sam->handle = json_object_get(opened, "DomainHandle");
	return sam->handle;
}

/* Does the user want that one? */
static bool wanted(const struct sam *sam)
{
	const char *asked = sam->cmd->given['d'];

	if (asked)
		return strcasecmp(asked, sam->domain) == 0;
	return !sam->skip_builtin || strcasecmp("Builtin", sam->domain) != 0;
}

static bool each_domain(struct sam *sam, json_t *server)
{
	json_t *list = rpc_cmd_call(sam->cmd, "SamrEnumerateDomainsInSamServer",
		json_pack("{s:O, s:i, s:I}", "ServerHandle", server,
			  "EnumerationContext", 0, "PreferedMaximumLength",
			  (json_int_t)UINT32_MAX));
	json_t *domains = json_at(list, "Buffer.Buffer");
	bool found = false;

	for (size_t i = 0; i < json_array_size(domains); i++) {
		json_t *name = json_text(json_at(json_array_get(domains, i),
						 "Name"));

		json_array_append_new(sam->cmd->results, name);
		sam->domain = json_string_value(name);
		if (!wanted(sam))
			continue;
		found = true;
		if (!open_domain(sam, server) || !sam->each(sam))
			return false;
	}
	if (list && !found)
		log_error("%s: there is no domain \"%s\"", sam->cmd->server,
			  sam->cmd->given['d'] ? sam->cmd->given['d'] : "");
	return found;
}

static bool run(struct sam *sam)
{
	json_t *opened = rpc_cmd_call(sam->cmd, "SamrConnect2",
		json_pack("{s:i}", "DesiredAccess", MAXIMUM_ALLOWED));
	json_t *server = json_object_get(opened, "ServerHandle");

	return server && each_domain(sam, server);
}

/* ---- Lists that come in parts ------------------------------------------- */

/* Append what @result lists at @path, with the domain before it. */
static void add(struct sam *sam, const json_t *result, const char *path,
		const char *kind)
{
	json_t *list = json_at(result, path);

	for (size_t i = 0; i < json_array_size(list); i++) {
		json_t *row = json_pack("{s:s}", "domain", sam->domain);
		json_t *rest = row_new(json_array_get(list, i), sam->columns);

		if (kind)
			json_object_set_new(row, "kind", json_string(kind));
		json_object_update(row, rest);
		json_decref(rest);
		json_array_append_new(sam->cmd->rows, row);
	}
}

/* STATUS_MORE_ENTRIES: there is more.  False: over, or logged. */
static bool more(struct sam *sam, const char *method, const json_t *result,
		 bool *good)
{
	uint32_t code = rpc_cmd_code(result);

	*good = code == STATUS_MORE_ENTRIES || code == STATUS_NO_MORE_ENTRIES ||
		rpc_cmd_good(sam->cmd, method, result);
	return code == STATUS_MORE_ENTRIES;
}

static bool enumerate(struct sam *sam, const char *method, const char *kind)
{
	json_t *context = json_integer(0), *result = NULL;
	bool good = true, again = true;

	json_array_append_new(sam->cmd->results, context);
	while (again) {
		if (!rpc_cmd_try(sam->cmd, method,
				 json_pack("{s:O, s:O, s:I}", "DomainHandle",
					   sam->handle, "EnumerationContext",
					   context, "PreferedMaximumLength",
					   (json_int_t)UINT32_MAX), &result))
			return false;
		again = more(sam, method, result, &good) &&
			json_array_size(json_at(result, "Buffer.Buffer"));
		add(sam, result, "Buffer.Buffer", kind);
		context = json_object_get(result, "EnumerationContext");
	}
	return good;
}

/* ---- Users -------------------------------------------------------------- */

/* 2.2.1.12; Samba's domain controllers leave out even the kind of account. */
static json_t *disabled(const json_t *value)
{
	json_int_t control = json_integer_value(value);

	return control ? json_boolean(control & 1) : json_null();
}

static const struct column user_columns[] = {
	{ "rid",	"Rid",			NULL },
	{ "name",	"AccountName",		NULL },
	{ "disabled",	"AccountControl",	disabled },
	{ "full_name",	"FullName",		NULL },
	{ "comment",	"AdminComment",		NULL },
	{ NULL,		NULL,			NULL }
};

static bool users(struct sam *sam)
{
	static const char method[] = "SamrQueryDisplayInformation";
	static const char path[] = "Buffer.UserInformation.Buffer";
	bool good = true, again = true;
	json_t *result = NULL;
	size_t at = 0, got;

	while (again) {
		if (!rpc_cmd_try(sam->cmd, method,
				 json_pack("{s:O, s:s, s:I, s:i, s:i}",
					   "DomainHandle", sam->handle,
					   "DisplayInformationClass",
					   "DomainDisplayUser", "Index",
					   (json_int_t)at, "EntryCount", 1024,
					   "PreferredMaximumLength", 65536),
				 &result))
			return false;
		got = json_array_size(json_at(result, path));
		again = more(sam, method, result, &good) && got;
		add(sam, result, path, NULL);
		at += got;
	}
	return good;
}

static bool users_run(struct rpc_cmd *cmd)
{
	/* It has none, but Samba's controllers list those of the other there. */
	struct sam sam = { cmd, .skip_builtin = true, .columns = user_columns,
			   .each = users };

	return run(&sam);
}

/* ---- Groups ------------------------------------------------------------- */

static const struct column group_columns[] = {
	{ "rid",	"RelativeId",	NULL },
	{ "name",	"Name",		NULL },
	{ NULL,		NULL,		NULL }
};

static bool groups(struct sam *sam)
{
	return enumerate(sam, "SamrEnumerateGroupsInDomain", "group") &&
	       enumerate(sam, "SamrEnumerateAliasesInDomain", "alias");
}

static bool groups_run(struct rpc_cmd *cmd)
{
	struct sam sam = { cmd, .columns = group_columns, .each = groups };

	return run(&sam);
}

/* ------------------------------------------------------------------------- */

static const struct option own[] = {
	{ "domain", required_argument, NULL, 'd' },
	{ NULL, 0, NULL, 0 }
};

#define DOMAIN_HELP \
"  -d, --domain NAME      of this domain only; a server has at least its own, and\n" \
"                         Builtin, which has no users\n"

int users_main(int argc, char **argv)
{
	static const struct rpc_command command = {
		.help = "usage: unc users [OPTION]... //HOST\n"
			"Lists the users of a server: domain, RID, name, disabled or not, full name,\n"
			"comment.\n\n" DOMAIN_HELP,
		.more = own, .interface = "samr", .run = users_run,
	};

	return rpc_command_main(&command, argc, argv);
}

int groups_main(int argc, char **argv)
{
	static const struct rpc_command command = {
		.help = "usage: unc groups [OPTION]... //HOST\n"
			"Lists the groups of a server: domain, kind (group, or alias: a local group),\n"
			"RID, name.\n\n" DOMAIN_HELP,
		.more = own, .interface = "samr", .run = groups_run,
	};

	return rpc_command_main(&command, argc, argv);
}
