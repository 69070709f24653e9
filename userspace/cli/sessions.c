// SPDX-License-Identifier: GPL-2.0-or-later
/* unc sessions: who is connected to a server (srvsvc.NetrSessionEnum). */
#include "cli.h"
#include "log.h"
#include "rpccmd.h"

/* Level 1, which says how many files are open, is for administrators. */
static const struct column columns[] = {
	{ "client",	"sesi1_cname",		NULL },
	{ "user",	"sesi1_username",	NULL },
	{ "opens",	"sesi1_num_opens",	NULL },
	{ "seconds",	"sesi1_time",		NULL },
	{ "idle",	"sesi1_idle_time",	NULL },
	{ NULL,		NULL,			NULL }
};

static bool run(struct rpc_cmd *cmd)
{
	static const struct rpc_listing listing = {
		"NetrSessionEnum",
		"{\"InfoStruct\": {\"Level\": 1, \"SessionInfo\": {\"Level1\": {}}},"
		" \"PreferedMaximumLength\": 4294967295}",
		"InfoStruct.SessionInfo.Level1.Buffer", columns
	};

	if (cmd->given['r'])
		return rpc_cmd_list(cmd, &listing);
	log_error("sessions of this machine are shown by \"unc status\"; for those of %s say --remote",
		  cmd->server);
	return false;
}

int sessions_main(int argc, char **argv)
{
	static const struct option more[] = {
		{ "remote", no_argument, NULL, 'r' },
		{ NULL, 0, NULL, 0 }
	};
	static const struct rpc_command command = {
		.help = "usage: unc sessions --remote [OPTION]... //HOST\n"
			"Lists who is connected to a server: client, user, open files, seconds, and\n"
			"seconds without a request.  Needs an administrator of it.\n\n"
			"  -r, --remote           those of HOST, whoever's they are\n",
		.more = more, .interface = "srvsvc", .run = run,
	};

	return rpc_command_main(&command, argc, argv);
}
