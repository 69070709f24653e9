// SPDX-License-Identifier: GPL-2.0-or-later
/* unc lookup: names to SIDs and SIDs to names, [MS-LSAT]. */
#include <string.h>

#include "cli.h"
#include "log.h"
#include "rpccmd.h"

#define POLICY_LOOKUP_NAMES	0x800
#define NAMES_MAX		1000		/* 3.1.4.5: a range in the IDL */
#define CLIENT_REVISION		2		/* 3.1.4.5: knows forests */

static bool is_sid(const char *text)
{
	return strncasecmp(text, "S-1-", 4) == 0;
}

/* SidTypeUser: "user" */
static json_t *kind_of(const json_t *value)
{
	const char *name = json_string_value(json_object_get(value, "Use"));
	static const char prefix[] = "SidType";
	char text[32] = "unknown";

	if (name && strncmp(name, prefix, sizeof(prefix) - 1) == 0) {
		strncpy(text, name + sizeof(prefix) - 1, sizeof(text) - 1);
		for (char *p = text; *p; p++)
			if (*p >= 'A' && *p <= 'Z')
				*p += 'a' - 'A';
	}
	return json_string(text);
}

/* The domain that an answer's index means; empty without one. */
static json_t *domain_of(const json_t *result, const json_t *one,
			 const char *member)
{
	json_int_t index = json_integer_value(json_object_get(one,
							      "DomainIndex"));
	json_t *list = json_at(result, "ReferencedDomains.Domains");

	if (index < 0)
		return json_string("");
	return json_text(json_at(json_array_get(list, (size_t)index), member));
}

/* Those that are not known have their place in the lists, too. */
static bool lookup(struct rpc_cmd *cmd, const char *method, json_t *args,
		   json_t **result)
{
	uint32_t code;

	if (!rpc_cmd_try(cmd, method, args, result))
		return false;
	code = rpc_cmd_code(*result);
	return code == STATUS_SOME_NOT_MAPPED || code == STATUS_NONE_MAPPED ||
	       rpc_cmd_good(cmd, method, *result);
}

static json_t *row(json_t *result, const json_t *one, json_t *name, json_t *sid)
{
	return json_pack("{s:o, s:o, s:o, s:o}", "sid", sid, "kind",
			 kind_of(one), "domain", domain_of(result, one, "Name"),
			 "name", name);
}

static bool by_name(struct rpc_cmd *cmd, json_t *policy, const char *name)
{
	const char *domain_end = strrchr(name, '\\');
	json_t *result, *one, *sid;

	if (!lookup(cmd, "LsarLookupNames3",
		    json_pack("{s:O, s:[{s:s}], s:{}, s:s, s:i, s:i, s:i}",
			      "PolicyHandle", policy, "Names", "Buffer", name,
			      "TranslatedSids", "LookupLevel", "LsapLookupWksta",
			      "MappedCount", 0, "LookupOptions", 0,
			      "ClientRevision", CLIENT_REVISION), &result))
		return false;
	one = json_array_get(json_at(result, "TranslatedSids.Sids"), 0);
	sid = json_object_get(one, "Sid");
	if (domain_end)
		name = domain_end + 1;
	json_array_append_new(cmd->rows, row(result, one, json_string(name),
					     json_text(sid)));
	return true;
}

static bool by_sid(struct rpc_cmd *cmd, json_t *policy, const char *sid)
{
	json_t *result, *one;

	if (!lookup(cmd, "LsarLookupSids2",
		    json_pack("{s:O, s:{s:[{s:s}]}, s:{}, s:s, s:i, s:i, s:i}",
			      "PolicyHandle", policy, "SidEnumBuffer",
			      "SidInfo", "Sid", sid, "TranslatedNames",
			      "LookupLevel", "LsapLookupWksta", "MappedCount",
			      0, "LookupOptions", 0, "ClientRevision",
			      CLIENT_REVISION), &result))
		return false;
	one = json_array_get(json_at(result, "TranslatedNames.Names"), 0);
	json_array_append_new(cmd->rows,
		row(result, one, json_text(json_at(one, "Name")),
		    json_string(sid)));
	return true;
}

static bool all_known(struct rpc_cmd *cmd)
{
	bool good = true;

	for (size_t i = 0; cmd->operands[i]; i++) {
		const json_t *one = json_array_get(cmd->rows, i);
		const char *kind = json_string_value(
			json_object_get(one, "kind"));

		if (kind && strcmp(kind, "unknown") && strcmp(kind, "invalid"))
			continue;
		log_error("%s: \"%s\" is not known", cmd->server,
			  cmd->operands[i]);
		good = false;
	}
	return good;
}

static bool run(struct rpc_cmd *cmd)
{
	json_t *opened = rpc_cmd_call(cmd, "LsarOpenPolicy2",
		json_pack("{s:{}, s:i}", "ObjectAttributes", "DesiredAccess",
			  POLICY_LOOKUP_NAMES));
	json_t *policy = json_object_get(opened, "PolicyHandle");
	bool good = policy;

	for (char **text = cmd->operands; good && *text; text++)
		good = is_sid(*text) ? by_sid(cmd, policy, *text) :
				       by_name(cmd, policy, *text);
	return good && all_known(cmd);
}

int lookup_main(int argc, char **argv)
{
	static const struct rpc_command command = {
		.help = "usage: unc lookup [OPTION]... //HOST NAME|SID...\n"
			"Asks a server for the SIDs of names ([DOMAIN\\]NAME) and the names of SIDs\n"
			"(S-1-...): SID, kind, domain, name.\n\n",
		.interface = "lsarpc", .least = 1, .most = NAMES_MAX, .run = run,
	};

	return rpc_command_main(&command, argc, argv);
}
