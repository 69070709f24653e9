// SPDX-License-Identifier: GPL-2.0-or-later
/* unc shares: what a server offers (srvsvc.NetrShareEnum). */
#include "cli.h"
#include "rpccmd.h"

/* [MS-SRVS] 2.2.2.4: a type and flags */
#define TYPE_MASK	0x0fffffffu
#define TYPE_SPECIAL	0x80000000u

static json_t *type_name(const json_t *value)
{
	static const char *const names[] = { "disk", "printer", "device",
					     "ipc" };
	uint32_t type = (uint32_t)json_integer_value(value) & TYPE_MASK;

	return json_string(type < 4 ? names[type] : "other");
}

static json_t *special(const json_t *value)
{
	return json_boolean(json_integer_value(value) & TYPE_SPECIAL);
}

static const struct column columns[] = {
	{ "name",	"shi1_netname",	NULL },
	{ "type",	"shi1_type",	type_name },
	{ "special",	"shi1_type",	special },
	{ "remark",	"shi1_remark",	NULL },
	{ NULL,		NULL,		NULL }
};

static bool run(struct rpc_cmd *cmd)
{
	static const struct rpc_listing listing = {
		"NetrShareEnum",
		"{\"InfoStruct\": {\"Level\": 1, \"ShareInfo\": {\"Level1\": {}}},"
		" \"PreferedMaximumLength\": 4294967295}",
		"InfoStruct.ShareInfo.Level1.Buffer", columns
	};

	return rpc_cmd_list(cmd, &listing);
}

int shares_main(int argc, char **argv)
{
	static const struct rpc_command command = {
		.help = "usage: unc shares [OPTION]... //HOST\n"
			"Lists the shares of a server.\n\n",
		.interface = "srvsvc", .run = run,
	};

	return rpc_command_main(&command, argc, argv);
}
