// SPDX-License-Identifier: GPL-2.0-or-later
/* unc domain: its subcommands. */
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "domain.h"
#include "log.h"

static const struct command {
	const char *name;
	int (*main)(int argc, char **argv);
	const char *summary;
} commands[] = {
	{ "find",	domain_find_main, "find a domain's controllers" },
	{ "info",	domain_info_main, "show names, levels and policy" },
	{ "join",	domain_join_main, "make this machine a member" },
	{ "leave",	domain_leave_main, "and no member any more" },
	{ "log",	domain_log_main, "show or explain the log of a join" },
	{ "logon",	domain_logon_main, "does the domain take a user's password?" },
	{ "lookup",	domain_lookup_main, "SIDs of names, names of SIDs, as a member" },
	{ "passwd",	domain_passwd_main, "change this machine's password" },
	{ "policy",	domain_policy_main, "list group policies" },
	{ "provision",	domain_provision_main, "make another machine's account, into a file" },
	{ "register",	domain_register_main, "write our addresses into DNS" },
	{ "rejoin",	domain_rejoin_main, "give this member a new secret" },
	{ "sites",	domain_sites_main, "list sites" },
	{ "status",	domain_status_main, "show which domain this machine is in" },
	{ "test",	domain_test_main, "is this machine a good member?" },
	{ "trusts",	domain_trusts_main, "list the domains that are trusted" },
	{ "unregister",	domain_unregister_main, "remove our addresses from DNS" },
};

#define COMMANDS (sizeof(commands) / sizeof(commands[0]))

static int help(FILE *to)
{
	fputs("usage: unc domain COMMAND [ARGUMENT]...\n\n", to);
	for (size_t i = 0; i < COMMANDS; i++)
		fprintf(to, "  %-10s %s\n", commands[i].name,
			commands[i].summary);
	fputs("\n\"unc domain COMMAND --help\" tells more; so does unc-domain(1).\n",
	      to);
	return to == stdout ? UNC_OK : UNC_USAGE;
}

int domain_main(int argc, char **argv)
{
	static char name[48];

	if (argc < 2)
		return help(stderr);
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
		return help(stdout);
	for (size_t i = 0; i < COMMANDS; i++) {
		if (strcmp(commands[i].name, argv[1]) != 0)
			continue;
		snprintf(name, sizeof(name), "unc domain %s", argv[1]);
		log_open(name, LOG_LEVEL_NOTICE, false);
		argv[1] = name;
		return commands[i].main(argc - 1, argv + 1);
	}
	log_error("there is no command \"%s\" (see unc domain --help)",
		  argv[1]);
	return UNC_USAGE;
}
