// SPDX-License-Identifier: GPL-2.0-or-later
/* unc lookup: names to SIDs and SIDs to names, [MS-LSAT]. */
#include <string.h>

#include "cli.h"
#include "log.h"
#include "lsat.h"
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

static json_t *row(json_t *result, const json_t *one, json_t *name, json_t *sid)
{
	return json_pack("{s:o, s:o, s:o, s:o}", "sid", sid, "kind",
			 kind_of(one), "domain", domain_of(result, one, "Name"),
			 "name", name);
}

/* ---- For both ways to ask -------------------------------------------------- */

const char *lookup_method(const char *text, bool by_handle)
{
	if (is_sid(text))
		return by_handle ? "LsarLookupSids2" : "LsarLookupSids3";
	return by_handle ? "LsarLookupNames3" : "LsarLookupNames4";
}

json_t *lookup_args(const char *text, json_t *policy)
{
	json_t *args = is_sid(text) ?
		json_pack("{s:{s:[{s:s}]}, s:{}}", "SidEnumBuffer", "SidInfo",
			  "Sid", text, "TranslatedNames") :
		json_pack("{s:[{s:s}], s:{}}", "Names", "Buffer", text,
			  "TranslatedSids");

	if (policy)
		json_object_set(args, "PolicyHandle", policy);
	json_object_set_new(args, "LookupLevel", json_string("LsapLookupWksta"));
	json_object_set_new(args, "MappedCount", json_integer(0));
	json_object_set_new(args, "LookupOptions", json_integer(0));
	json_object_set_new(args, "ClientRevision",
			    json_integer(CLIENT_REVISION));
	return args;
}

json_t *lookup_row(json_t *result, const char *text)
{
	const char *domain_end = strrchr(text, '\\');
	json_t *one;

	if (is_sid(text)) {
		one = json_array_get(json_at(result, "TranslatedNames.Names"),
				     0);
		return row(result, one, json_text(json_at(one, "Name")),
			   json_string(text));
	}
	one = json_array_get(json_at(result, "TranslatedSids.Sids"), 0);
	return row(result, one, json_string(domain_end ? domain_end + 1 : text),
		   json_text(json_object_get(one, "Sid")));
}

bool lookup_is_known(const json_t *found)
{
	const char *kind = json_string_value(json_object_get(found, "kind"));

	return kind && strcmp(kind, "unknown") && strcmp(kind, "invalid");
}

/* ---- By a policy handle ---------------------------------------------------- */

/* Those that are not known have their place in the lists, too. */
static bool lookup(struct rpc_cmd *cmd, json_t *policy, const char *text)
{
	const char *method = lookup_method(text, true);
	json_t *result;
	uint32_t code;

	if (!rpc_cmd_try(cmd, method, lookup_args(text, policy), &result))
		return false;
	code = rpc_cmd_code(result);
	if (code != STATUS_SOME_NOT_MAPPED && code != STATUS_NONE_MAPPED &&
	    !rpc_cmd_good(cmd, method, result))
		return false;
	json_array_append_new(cmd->rows, lookup_row(result, text));
	return true;
}

static bool all_known(struct rpc_cmd *cmd)
{
	bool good = true;

	for (size_t i = 0; cmd->operands[i]; i++) {
		if (lookup_is_known(json_array_get(cmd->rows, i)))
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
		good = lookup(cmd, policy, *text);
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
