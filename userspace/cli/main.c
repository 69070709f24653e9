// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "log.h"

static const struct command {
	const char *name;
	int (*main)(int argc, char **argv);
	const char *summary;
} commands[] = {
	{ "browse", browse_main, "list the machines that are on the links" },
	{ "computer", computer_main, "the computers of a domain" },
	{ "doctor", doctor_main, "find out where the way to a server ends" },
	{ "domain", domain_main, "find a domain, join it, live in it" },
	{ "endpoints", endpoints_main, "list the RPC interfaces of a server" },
	{ "group",  group_main,  "the groups of a domain" },
	{ "groups", groups_main, "list the groups of a server" },
	{ "events", events_main, "show the event logs of a server" },
	{ "login",  login_main,  "keep a password in the kernel's keyring" },
	{ "logout", logout_main, "forget it" },
	{ "lookup", lookup_main, "ask a server for SIDs of names, names of SIDs" },
	{ "nbtstat", nbtstat_main, "show the NetBIOS names of a machine" },
	{ "passwd", passwd_main, "change your password in a domain" },
	{ "pipe",   pipe_main,   "talk to a named pipe of a server" },
	{ "print",  print_main,  "print a file on a printer of a server" },
	{ "printers", printers_main, "list the printers of a server, print a file" },
	{ "reg",    reg_main,    "show the registry of a server" },
	{ "resolve", resolve_main, "look up a name by every source, show each answer" },
	{ "rpc",    rpc_main,    "call a method of an RPC server" },
	{ "services", services_main, "list, start and stop the services of a server" },
	{ "sessions", sessions_main, "list our sessions, or who is connected to a server" },
	{ "shares", shares_main, "list the shares of a server" },
	{ "snapshots", snapshots_main, "list the snapshots of a directory" },
	{ "status", status_main, "show servers, sessions, shares, open files" },
	{ "time",   time_main,   "show the time of a server" },
	{ "user",   user_main,   "the users of a domain" },
	{ "users",  users_main,  "list the users of a server" },
	{ "watch",  watch_main,  "show what changes in a directory" },
	{ "whoami", whoami_main, "who you are for a server" },
};

#define COMMANDS (sizeof(commands) / sizeof(commands[0]))

static void print_help(FILE *to)
{
	fputs("usage: unc COMMAND [ARGUMENT]...\n\n", to);
	for (size_t i = 0; i < COMMANDS; i++)
		fprintf(to, "  %-10s %s\n", commands[i].name,
			commands[i].summary);
	fputs("\n\"unc COMMAND --help\" tells more; so does unc(1).\n", to);
}

static const struct command *find(const char *name)
{
	for (size_t i = 0; i < COMMANDS; i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

int main(int argc, char **argv)
{
	const struct command *command;
	static char name[32];

	log_open("unc", LOG_LEVEL_NOTICE, false);
	if (argc < 2) {
		print_help(stderr);
		return UNC_USAGE;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
	    strcmp(argv[1], "help") == 0) {
		print_help(stdout);
		return UNC_OK;
	}
	if (strcmp(argv[1], "--version") == 0) {
		puts("unc " UNC_VERSION);
		return UNC_OK;
	}
	command = find(argv[1]);
	if (!command) {
		log_error("there is no command \"%s\" (see unc --help)",
			  argv[1]);
		return UNC_USAGE;
	}
	snprintf(name, sizeof(name), "unc %s", command->name);
	log_open(name, LOG_LEVEL_NOTICE, false);
	argv[1] = name;		/* getopt puts it before its own messages */
	return command->main(argc - 1, argv + 1);
}
