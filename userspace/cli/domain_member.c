// SPDX-License-Identifier: GPL-2.0-or-later
/* unc domain status, test, passwd, log: living in a domain. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli.h"
#include "domain.h"
#include "dnsrecord.h"
#include "domain_args.h"
#include "explain.h"
#include "file.h"
#include "join.h"
#include "log.h"
#include "rows.h"

/* ---- test, passwd ----------------------------------------------------------- */

int domain_test_main(int argc, char **argv)
{
	static const struct domain_action action = {
		"usage: unc domain test [OPTION]...\n"
		"Is this machine a good member: do its keytab, its secret and the secure channel\n"
		"work?\n\n" DOMAIN_ARGS_HELP, "test", 0, member_test, NULL,
		"keytab, secret and secure channel are good",
	};

	return domain_action_main(&action, argc, argv);
}

int domain_passwd_main(int argc, char **argv)
{
	static const struct domain_action action = {
		"usage: unc domain passwd [OPTION]...\n"
		"Changes this machine's own password.  The new key is in the keytab before the\n"
		"directory has it; the old one stays.\n\n"
		"      --max-age DAYS     only when it is older than that\n"
		DOMAIN_ARGS_HELP, "change the machine's password", PING_WRITABLE,
		change_password, NULL, "the machine's password is new",
	};

	return domain_action_main(&action, argc, argv);
}

/* ---- register, unregister ---------------------------------------------------- */

int domain_register_main(int argc, char **argv)
{
	static const struct domain_action action = {
		"usage: unc domain register [OPTION]...\n"
		"Writes the addresses of this machine into the DNS of its domain (GSS-TSIG, by\n"
		"nsupdate).\n\n" DOMAIN_ARGS_HELP, "register in DNS",
		PING_WRITABLE, dns_register, NULL, "the addresses are in DNS",
	};

	return domain_action_main(&action, argc, argv);
}

int domain_unregister_main(int argc, char **argv)
{
	static const struct domain_action action = {
		"usage: unc domain unregister [OPTION]...\n"
		"Removes the addresses of this machine from the DNS of its domain.\n\n"
		DOMAIN_ARGS_HELP, "remove from DNS", PING_WRITABLE,
		dns_unregister, NULL, "no address is in DNS",
	};

	return domain_action_main(&action, argc, argv);
}

/* ---- status ----------------------------------------------------------------- */

static json_t *status_of(const json_t *machine)
{
	static const char *const shown[] = {
		"state", "domain", "netbios_domain", "realm", "forest", "sid",
		"computer", "host", "account", "account_sid", "dn", "dc",
		"site", "kvno",
	};
	time_t changed = (time_t)json_integer_value(json_object_get(machine,
								    "changed"));
	json_t *rows = json_object(), *value;
	char text[32];
	struct tm tm;

	for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++) {
		value = json_object_get(machine, shown[i]);
		if (value)
			json_object_set(rows, shown[i], value);
	}
	if (changed && gmtime_r(&changed, &tm)) {
		strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm);
		json_object_set_new(rows, "password_set", json_string(text));
	}
	return rows;
}

int domain_status_main(int argc, char **argv)
{
	static const char help[] =
		"usage: unc domain status [OPTION]...\n"
		"Shows which domain this machine is in, as what; asks nobody (see unc domain\n"
		"test).\n\n" DOMAIN_ARGS_HELP;
	static struct domain_args args;
	char *path;
	json_t *machine;
	int ret = domain_args_take(&args, argc, argv, help);

	if (ret)
		return ret == -1 ? UNC_OK : ret;
	path = path_under(args.op.root, MACHINE_PATH);
	machine = machine_load(path ? path : MACHINE_PATH);
	if (json_object_size(machine)) {
		ret = rows_print(status_of(machine), args.rpc.json) ?
		      UNC_OK : UNC_FAILED;
	} else {
		log_error("this machine is in no domain, or %s cannot be read",
			  path);
		ret = UNC_FAILED;
	}
	json_decref(machine);
	free(path);
	return ret;
}

/* ---- log -------------------------------------------------------------------- */

static const char log_help[] =
"usage: unc domain log [OPTION]... [FILE]\n"
"Shows the log of what was done to this machine's membership, or explains one:\n"
"each result that is none of success, with what it means.  FILE may be Netsetup.log\n"
"of Windows.\n"
"\n"
"  -e, --explain      explain instead of showing\n"
"  -R, --root FOLDER  before the name of the machine's own log\n"
"  -j, --json         as JSON (with --explain)\n"
"  -h, --help         show this\n";

static const struct option log_long[] = {
	{ "explain",	no_argument,		NULL, 'e' },
	{ "root",	required_argument,	NULL, 'R' },
	{ "json",	no_argument,		NULL, 'j' },
	{ "help",	no_argument,		NULL, 'h' },
	{ NULL, 0, NULL, 0 }
};

static void print_explained(const json_t *row)
{
	const char *name = json_string_value(json_object_get(row, "name"));
	const char *meaning = json_string_value(json_object_get(row,
								"meaning"));

	printf("%s %s: %s%s%s\n",
	       json_string_value(json_object_get(row, "time")),
	       json_string_value(json_object_get(row, "function")),
	       json_string_value(json_object_get(row, "code")),
	       *name ? " " : "", name);
	if (*meaning)
		printf("    %s\n", meaning);
}

static bool explain(FILE *file, bool json)
{
	json_t *rows = json_array(), *row;
	char line[4096];
	size_t i;

	while (fgets(line, sizeof(line), file)) {
		row = explain_line(line);
		if (row)
			json_array_append_new(rows, row);
	}
	if (json)
		return rpc_args_print(rows);
	json_array_foreach(rows, i, row)
		print_explained(row);
	if (!json_array_size(rows))
		puts("nothing failed");
	json_decref(rows);
	return fflush(stdout) == 0;
}

static bool show(FILE *file)
{
	char line[4096];

	while (fgets(line, sizeof(line), file))
		fputs(line, stdout);
	return fflush(stdout) == 0;
}

static int run_log(const char *path, bool explained, bool json)
{
	FILE *file = fopen(path, "re");
	bool good;

	if (!file) {
		log_error("%s: %s", path, strerror(errno));
		return UNC_FAILED;
	}
	good = explained ? explain(file, json) : show(file);
	fclose(file);
	return good ? UNC_OK : UNC_FAILED;
}

int domain_log_main(int argc, char **argv)
{
	bool explained = false, json = false;
	const char *root = NULL;
	int option, ret;
	char *path;

	while ((option = getopt_long(argc, argv, "eR:jh", log_long,
				     NULL)) != -1) {
		if (option == 'h') {
			fputs(log_help, stdout);
			return UNC_OK;
		}
		if (option == 'e')
			explained = true;
		else if (option == 'j')
			json = true;
		else if (option == 'R')
			root = optarg;
		else
			return UNC_USAGE;
	}
	if (argc - optind > 1) {
		fputs(log_help, stderr);
		return UNC_USAGE;
	}
	path = argc > optind ? strdup(argv[optind]) :
			       path_under(root, STEP_LOG_PATH);
	ret = run_log(path ? path : STEP_LOG_PATH, explained, json);
	free(path);
	return ret;
}
