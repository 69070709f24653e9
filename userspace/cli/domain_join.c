// SPDX-License-Identifier: GPL-2.0-or-later
/* unc domain join and leave. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "domain.h"
#include "domain_args.h"
#include "file.h"
#include "join.h"
#include "log.h"
#include "provision.h"

static const char join_help[] =
"usage: unc domain join [OPTION]... --user USER DOMAIN\n"
"       unc domain join --offline FILE\n"
"Makes this machine a member of an Active Directory domain: an account, its\n"
"secret, its keys in the keytab, a secure channel.  Can be called again after it\n"
"was interrupted; a machine that is a member, and whose channel works, is left as\n"
"it is.\n"
"\n"
"  -m, --method HOW       ldap (the default) or samr: how the account is made\n"
"  -C, --computer NAME    NetBIOS name instead of this machine's host name\n"
"  -H, --host NAME        DNS name instead of COMPUTER.DOMAIN\n"
"  -o, --ou DN            folder for the account (with ldap)\n"
"  -r, --account-reuse    take over an account of that name\n"
"  -d, --dry-run          look whether it would work, write nothing\n"
"  -O, --offline FILE     by a file of \"unc domain provision\" or djoin, without\n"
"                         a network\n"
DOMAIN_ARGS_HELP;

static const char provision_help[] =
"usage: unc domain provision [OPTION]... --user USER --computer NAME --save FILE DOMAIN\n"
"Makes an account for another machine and writes what it needs into FILE, which\n"
"is for \"unc domain join --offline\" or djoin.  FILE holds the machine's password.\n"
"\n"
"  -m, --method HOW       ldap (the default) or samr: how the account is made\n"
"  -C, --computer NAME    NetBIOS name of the machine\n"
"  -O, --save FILE        where to write it\n"
"  -o, --ou DN            folder for the account (with ldap)\n"
"  -r, --account-reuse    take over an account of that name\n"
DOMAIN_ARGS_HELP;

static const char leave_help[] =
"usage: unc domain leave [OPTION]...\n"
"Disables this machine's account and removes its keys and its secret.\n"
"\n"
"  -D, --delete           delete the account\n"
"  -l, --local            only on this machine: the account stays as it is\n"
DOMAIN_ARGS_HELP;

static const char rejoin_help[] =
"usage: unc domain rejoin [OPTION]... --user USER\n"
"Gives this machine's account a new secret, as when it had not been a member:\n"
"for when the secure channel fails.\n"
"\n"
DOMAIN_ARGS_HELP;

static const struct option join_long[] = {
	{ "method",		required_argument,	NULL, 'm' },
	{ "computer",		required_argument,	NULL, 'C' },
	{ "host",		required_argument,	NULL, 'H' },
	{ "ou",			required_argument,	NULL, 'o' },
	{ "account-reuse",	no_argument,		NULL, 'r' },
	{ "dry-run",		no_argument,		NULL, 'd' },
	{ "offline",		required_argument,	NULL, 'O' },
	DOMAIN_ARGS_LONG,
	{ NULL, 0, NULL, 0 }
};

static const struct option provision_long[] = {
	{ "method",		required_argument,	NULL, 'm' },
	{ "computer",		required_argument,	NULL, 'C' },
	{ "save",		required_argument,	NULL, 'O' },
	{ "ou",			required_argument,	NULL, 'o' },
	{ "account-reuse",	no_argument,		NULL, 'r' },
	DOMAIN_ARGS_LONG,
	{ NULL, 0, NULL, 0 }
};

static const struct option leave_long[] = {
	{ "delete",		no_argument,		NULL, 'D' },
	{ "local",		no_argument,		NULL, 'l' },
	DOMAIN_ARGS_LONG,
	{ NULL, 0, NULL, 0 }
};

static int usage(const char *text, FILE *to)
{
	fputs(text, to);
	return to == stdout ? UNC_OK : UNC_USAGE;
}

/* ---- join ------------------------------------------------------------------ */

static bool set_method(struct join_options *options, const char *name)
{
	if (strcmp(name, "ldap") == 0)
		options->method = ACCOUNT_LDAP;
	else if (strcmp(name, "samr") == 0)
		options->method = ACCOUNT_SAMR;
	else
		log_error("--method=%s is not known (ldap, samr)", name);
	return strcmp(name, "ldap") == 0 || strcmp(name, "samr") == 0;
}

static bool join_option(struct join_options *options, struct domain_args *args,
			int option)
{
	switch (option) {
	case 'm':
		return set_method(options, optarg);
	case 'C':
		options->computer = optarg;
		return true;
	case 'H':
		options->host = optarg;
		return true;
	case 'o':
		options->ou = optarg;
		return true;
	case 'r':
		options->reuse = true;
		return true;
	case 'd':
		options->dry_run = true;
		return true;
	case 'O':
		options->file = optarg;
		return true;
	}
	return domain_args_option(args, option);
}

static bool join_check(const struct join_options *options,
		       const struct domain_args *args)
{
	if (!args->rpc.cred.has_user)
		log_error("who joins it? (--user)");
	else if (options->ou && options->method == ACCOUNT_SAMR)
		log_error("SAMR cannot make an account in a folder: --ou needs --method ldap");
	else
		return true;
	return false;
}

static const char *short_name(char room[256])
{
	if (gethostname(room, 255))
		return "";
	room[255] = '\0';
	room[strcspn(room, ".")] = '\0';
	return room;
}

/* What failed came too late to leave nothing behind. */
static void say_what_is_left(const struct op *op)
{
	const char *account = machine_text(op->machine, "account");

	if (machine_is(op->machine, "joining"))
		log_error("the account %s may be in the domain now; the next join of this machine takes it",
			  account);
	else if (machine_is(op->machine, "leaving"))
		log_error("the account %s may be disabled or deleted already; leave again, or join",
			  account);
}

/* Here nothing is kept of it: the next one has to be told. */
static void say_what_is_provisioned(const struct op *op)
{
	if (*machine_text(op->machine, "pending"))
		log_error("the account %s may be in the domain now; --account-reuse takes it, \"unc computer delete\" removes it",
			  machine_text(op->machine, "account"));
}

static int run_join(struct domain_args *args, struct join_options *options)
{
	char name[256], what[400];
	struct op op;
	bool good;
	int ret;

	if (!options->computer)
		options->computer = short_name(name);
	if (!domain_args_ready(args))
		return UNC_FAILED;
	snprintf(what, sizeof(what), "join %.200s as %.60s by %s%s",
		 args->op.domain, options->computer,
		 options->method == ACCOUNT_SAMR ? "SAMR" : "LDAP",
		 options->dry_run ? ", dry run" : "");
	good = op_begin(&op, &args->op, what) && join(&op, options);
	ret = domain_report(&op, good, args->rpc.json);
	if (!good)
		say_what_is_left(&op);
	if (good && !args->rpc.json)
		printf(options->dry_run ? "%s could join %s\n" :
		       "%s is a member of %s\n",
		       machine_text(op.machine, "computer"),
		       machine_text(op.machine, "domain"));
	op_end(&op);
	return ret;
}

static int run_offline(struct domain_args *args, const char *file)
{
	struct op op;
	bool good = op_begin(&op, &args->op, "join offline") &&
		    join_offline(&op, file);
	int ret = domain_report(&op, good, args->rpc.json);

	if (good && !args->rpc.json)
		printf("%s is a member of %s; \"unc domain test\" tells whether the domain agrees\n",
		       machine_text(op.machine, "computer"),
		       machine_text(op.machine, "domain"));
	op_end(&op);
	return ret;
}

int domain_join_main(int argc, char **argv)
{
	static struct domain_args args = { .op.flags = PING_WRITABLE };
	struct join_options options = { 0 };
	int option, ret;

	while ((option = getopt_long(argc, argv,
				     "m:C:H:o:rdO:" DOMAIN_ARGS_SHORT, join_long,
				     NULL)) != -1) {
		if (option == 'h')
			return usage(join_help, stdout);
		if (!join_option(&options, &args, option))
			return UNC_USAGE;
	}
	if (options.file)
		return argc == optind ? run_offline(&args, options.file) :
					usage(join_help, stderr);
	if (argc - optind != 1 || !*argv[optind])
		return usage(join_help, stderr);
	if (!join_check(&options, &args))
		return UNC_USAGE;
	args.op.domain = argv[optind];
	ret = run_join(&args, &options);
	credential_wipe(&args.rpc.cred);
	return ret;
}

/* ---- provision ------------------------------------------------------------- */

static int run_provision(struct domain_args *args,
			 const struct join_options *options)
{
	struct op op;
	bool good;
	int ret;

	if (!domain_args_ready(args))
		return UNC_FAILED;
	good = op_begin(&op, &args->op, "provision") &&
	       provision(&op, options, options->file);
	ret = domain_report(&op, good, args->rpc.json);
	if (!good)
		say_what_is_provisioned(&op);
	if (good && !args->rpc.json)
		printf("%s of %s is in %s\n",
		       machine_text(op.machine, "computer"),
		       machine_text(op.machine, "domain"), options->file);
	op_end(&op);
	return ret;
}

int domain_provision_main(int argc, char **argv)
{
	static struct domain_args args = { .op.flags = PING_WRITABLE };
	struct join_options options = { 0 };
	int option, ret;

	while ((option = getopt_long(argc, argv, "m:C:O:o:r" DOMAIN_ARGS_SHORT,
				     provision_long, NULL)) != -1) {
		if (option == 'h')
			return usage(provision_help, stdout);
		if (!join_option(&options, &args, option))
			return UNC_USAGE;
	}
	if (argc - optind != 1 || !options.computer || !options.file)
		return usage(provision_help, stderr);
	if (!join_check(&options, &args))
		return UNC_USAGE;
	args.op.domain = argv[optind];
	ret = run_provision(&args, &options);
	credential_wipe(&args.rpc.cred);
	return ret;
}

/* ---- rejoin ---------------------------------------------------------------- */

/* As what it is a member now; those texts live as long as @machine. */
static bool take_membership(struct domain_args *args,
			    struct join_options *options, json_t *machine)
{
	if (!*machine_text(machine, "computer")) {
		log_error("this machine is in no domain: unc domain join");
		return false;
	}
	args->op.domain = machine_text(machine, "domain");
	options->computer = machine_text(machine, "computer");
	options->host = machine_text(machine, "host");
	options->again = true;
	return true;
}

int domain_rejoin_main(int argc, char **argv)
{
	static struct domain_args args = { .op.flags = PING_WRITABLE };
	struct join_options options = { 0 };
	json_t *machine;
	char *path;
	int ret = domain_args_take(&args, argc, argv, rejoin_help);

	if (ret)
		return ret == -1 ? UNC_OK : ret;
	if (!join_check(&options, &args))
		return UNC_USAGE;
	path = path_under(args.op.root, MACHINE_PATH);
	machine = machine_load(path ? path : MACHINE_PATH);
	ret = take_membership(&args, &options, machine) ?
	      run_join(&args, &options) : UNC_FAILED;
	json_decref(machine);
	free(path);
	credential_wipe(&args.rpc.cred);
	return ret;
}

/* ---- leave ----------------------------------------------------------------- */

static int run_leave(struct domain_args *args, bool delete, bool local)
{
	struct op op;
	bool good;
	int ret;

	if (!domain_args_ready(args))
		return UNC_FAILED;
	good = op_begin(&op, &args->op, local ? "leave, here only" :
			delete ? "leave, delete the account" :
			"leave, disable the account") &&
	       leave(&op, delete, local);
	ret = domain_report(&op, good, args->rpc.json);
	if (!good)
		say_what_is_left(&op);
	op_end(&op);
	return ret;
}

int domain_leave_main(int argc, char **argv)
{
	static struct domain_args args = { .op.flags = PING_WRITABLE };
	bool delete = false, local = false;
	int option, ret;

	while ((option = getopt_long(argc, argv, "Dl" DOMAIN_ARGS_SHORT,
				     leave_long, NULL)) != -1) {
		if (option == 'h')
			return usage(leave_help, stdout);
		if (option == 'D')
			delete = true;
		else if (option == 'l')
			local = true;
		else if (!domain_args_option(&args, option))
			return UNC_USAGE;
	}
	if (argc != optind)
		return usage(leave_help, stderr);
	ret = run_leave(&args, delete, local);
	credential_wipe(&args.rpc.cred);
	return ret;
}
