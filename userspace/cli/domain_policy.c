// SPDX-License-Identifier: GPL-2.0-or-later
/* unc domain policy: the group policies of this machine or of a user. */
#include <stdio.h>

#include "cli.h"
#include "domain.h"
#include "domain_args.h"
#include "policy.h"
#include "rows.h"

static const char policy_help[] =
"usage: unc domain policy [OPTION]...\n"
"Lists the group policies of this machine, or of --user, in the order in which\n"
"they apply, and whether SYSVOL has the version that the directory names.\n"
"\n"
"  -V, --sysvol FOLDER    where the domain's SYSVOL is mounted already\n"
"  -N, --no-sysvol        do not look into SYSVOL\n"
DOMAIN_ARGS_HELP;

static const struct option policy_long[] = {
	{ "sysvol",		required_argument,	NULL, 'V' },
	{ "no-sysvol",		no_argument,		NULL, 'N' },
	DOMAIN_ARGS_LONG,
	{ NULL, 0, NULL, 0 }
};

static int run_policy(struct domain_args *args,
		      const struct policy_options *options)
{
	json_t *rows = NULL;
	struct op op;
	int ret;

	if (!domain_args_ready(args))
		return UNC_FAILED;
	if (op_begin(&op, &args->op, "policy"))
		rows = policy_list(&op, options);
	ret = !rows ? domain_report(&op, false, args->rpc.json) :
	      rows_print(rows, args->rpc.json) ? UNC_OK : UNC_FAILED;
	op_end(&op);
	return ret;
}

int domain_policy_main(int argc, char **argv)
{
	static struct domain_args args;
	struct policy_options options = { 0 };
	int option, ret;

	while ((option = getopt_long(argc, argv, "V:N" DOMAIN_ARGS_SHORT,
				     policy_long, NULL)) != -1) {
		if (option == 'h') {
			fputs(policy_help, stdout);
			return UNC_OK;
		}
		if (option == 'V')
			options.sysvol = optarg;
		else if (option == 'N')
			options.no_sysvol = true;
		else if (!domain_args_option(&args, option))
			return UNC_USAGE;
	}
	if (argc != optind) {
		fputs(policy_help, stderr);
		return UNC_USAGE;
	}
	ret = run_policy(&args, &options);
	credential_wipe(&args.rpc.cred);
	return ret;
}
