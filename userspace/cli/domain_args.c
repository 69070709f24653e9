// SPDX-License-Identifier: GPL-2.0-or-later
#include "domain_args.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "conf.h"
#include "explain.h"
#include "log.h"
#include "rows.h"

#define DAYS_MAX 9999

static bool set_max_age(struct op_options *op, const char *text)
{
	char *end;
	unsigned long days = strtoul(text, &end, 10);

	if (*end || end == text || days > DAYS_MAX) {
		log_error("--max-age=%s is no number of days", text);
		return false;
	}
	op->max_age_days = (unsigned int)days;
	return true;
}

static const struct option own_long[] = {
	DOMAIN_ARGS_LONG,
	{ NULL, 0, NULL, 0 }
};

bool domain_args_option(struct domain_args *args, int option)
{
	switch (option) {
	case 'n':
		args->op.server = optarg;
		return true;
	case 'S':
		args->op.site = optarg;
		return true;
	case 'R':
		args->op.root = optarg;
		return true;
	case 'K':
		args->op.keytab = optarg;
		return true;
	case 'v':
		args->op.verbose = true;
		return true;
	case DOMAIN_ARGS_SAMR:
		return args->samr = true;
	case DOMAIN_ARGS_MAX_AGE:
		return set_max_age(&args->op, optarg);
	case DOMAIN_ARGS_CIPHERS:
		args->ciphers = optarg;
		return true;
	case DOMAIN_ARGS_NTLM:
		args->ntlm = optarg;
		return true;
	}
	return rpc_args_option(&args->rpc, option);
}

_Static_assert((int)OP_AES == NAMES_AES && (int)OP_RC4 == NAMES_RC4 &&
	       (int)OP_ANY_CIPHER == NAMES_ANY_CIPHER,
	       "operations have the numbers of the file");

static bool take_policy(struct domain_args *args)
{
	char why[NAMES_WHY_ROOM], path[4096] = "";
	struct names_conf conf;

	if (args->op.root)
		snprintf(path, sizeof(path), "%s%s", args->op.root,
			 NAMES_CONF_PATH);
	names_conf_default(&conf);
	if (((!*path || access(path, F_OK) == 0) &&
	     !names_conf_load(&conf, *path ? path : NULL, why)) ||
	    (args->ciphers && !names_conf_ciphers(&conf, args->ciphers, why)) ||
	    (args->ntlm && !names_conf_ntlm(&conf, args->ntlm, why))) {
		log_error("%s", why);
		return false;
	}
	args->op.ciphers = (enum op_ciphers)conf.ciphers;
	args->op.ntlm = conf.ntlm;
	return true;
}

bool domain_args_ready(struct domain_args *args)
{
	struct credential *cred = &args->rpc.cred;

	if (!take_policy(args) || !rpc_args_password(&args->rpc))
		return false;
	if (cred->has_user) {
		args->op.user = cred->user;
		args->op.password = cred->password;
	}
	return true;
}

static json_t *failure(const struct op *op)
{
	const char *remedy = explain_code(op->steps.code);
	json_t *json = json_pack("{s:b, s:s, s:I, s:s}", "good", 0, "step",
				 op->steps.name, "code",
				 (json_int_t)op->steps.code, "why",
				 op->steps.why);

	if (op->steps.need)
		json_object_set_new(json, "need", json_string(op->steps.need));
	if (remedy)
		json_object_set_new(json, "remedy", json_string(remedy));
	return json;
}

int domain_report(const struct op *op, bool good, bool json)
{
	const char *remedy = explain_code(op->steps.code);

	if (json) {
		json_t *answer = good ? json_pack("{s:b}", "good", 1) :
					failure(op);

		return rpc_args_print(answer) && good ? UNC_OK : UNC_FAILED;
	}
	if (good)
		return UNC_OK;
	log_error("%s: %s", op->steps.name, op->steps.why);
	if (op->steps.need)
		log_error("it needs %s", op->steps.need);
	if (remedy)
		log_error("%s", remedy);
	return UNC_FAILED;
}

/* ---- Subcommands without operands ------------------------------------------ */

int domain_args_take(struct domain_args *args, int argc, char **argv,
		     const char *help)
{
	int option;

	while ((option = getopt_long(argc, argv, DOMAIN_ARGS_SHORT, own_long,
				     NULL)) != -1) {
		if (option == 'h') {
			fputs(help, stdout);
			return -1;
		}
		if (!domain_args_option(args, option))
			return UNC_USAGE;
	}
	if (argc == optind)
		return UNC_OK;
	fputs(help, stderr);
	return UNC_USAGE;
}

static int act(const struct domain_action *action, struct op *op, bool json)
{
	bool good = action->run(op);
	int ret = domain_report(op, good, json);

	if (good && !json)
		puts(action->good);
	return ret;
}

static int show(const struct domain_action *action, struct op *op, bool json)
{
	json_t *rows = action->show(op);

	if (!rows)
		return domain_report(op, false, json);
	return rows_print(rows, json) ? UNC_OK : UNC_FAILED;
}

int domain_action_main(const struct domain_action *action, int argc,
		       char **argv)
{
	static struct domain_args args;
	struct op op;
	int ret;

	args.op.flags = action->flags;
	ret = domain_args_take(&args, argc, argv, action->help);
	if (ret)
		return ret == -1 ? UNC_OK : ret;
	if (!domain_args_ready(&args))
		return UNC_FAILED;
	if (!op_begin(&op, &args.op, action->what))
		ret = domain_report(&op, false, args.rpc.json);
	else
		ret = action->run ? act(action, &op, args.rpc.json) :
				    show(action, &op, args.rpc.json);
	op_end(&op);
	credential_wipe(&args.rpc.cred);
	return ret;
}
