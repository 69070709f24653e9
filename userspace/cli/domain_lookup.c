// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * unc domain lookup: names to SIDs and SIDs to names as a member does, by
 * LsarLookupNames4 and LsarLookupSids3 over the secure channel ([MS-LSAT] 3.1.4).
 */
#include <stdio.h>

#include "cli.h"
#include "domain.h"
#include "domain_args.h"
#include "log.h"
#include "lsat.h"
#include "remote.h"
#include "rows.h"
#include "winerror.h"

static const char help[] =
"usage: unc domain lookup [OPTION]... NAME|SID...\n"
"Asks a controller, over this machine's secure channel, for the SIDs of names\n"
"([DOMAIN\\]NAME) and the names of SIDs (S-1-...): SID, kind, domain, name.\n"
"\n"
DOMAIN_ARGS_HELP;

static const struct option long_options[] = {
	DOMAIN_ARGS_LONG,
	{ NULL, 0, NULL, 0 }
};

static json_t *look_up(struct remote *remote, const char *text)
{
	const char *method = lookup_method(text, false);
	uint32_t code;
	json_t *result = remote_try(remote, method, lookup_args(text, NULL),
				    text, &code);

	if (!result || (code && code != STATUS_SOME_NOT_MAPPED &&
			code != STATUS_NONE_MAPPED &&
			!step_done(remote->steps, method, code, "%s", text)))
		return NULL;
	return lookup_row(result, text);
}

static json_t *look_up_all(struct op *op, char **texts)
{
	const char *account = machine_text(op->machine, "account");
	json_t *rows = NULL, *row = NULL;
	struct remote remote;

	if (!op_locate(op, *account ? account : NULL))
		return NULL;
	if (remote_open_secure(&remote, op, "lsarpc"))
		rows = json_array();
	while (rows && *texts) {
		row = look_up(&remote, *texts++);
		if (row)
			json_array_append_new(rows, row);
		else
			break;
	}
	remote_close(&remote);
	if (!rows || row)
		return rows;
	json_decref(rows);
	return NULL;
}

/* Rows for all, and the status of the worst. */
static int answer(json_t *rows, char **texts, bool json)
{
	bool known = true;

	for (size_t i = 0; texts[i]; i++) {
		if (lookup_is_known(json_array_get(rows, i)))
			continue;
		log_error("\"%s\" is not known", texts[i]);
		known = false;
	}
	return rows_print(rows, json) && known ? UNC_OK : UNC_FAILED;
}

static int run(struct domain_args *args, char **texts)
{
	json_t *rows = NULL;
	struct op op;
	int ret;

	if (!domain_args_ready(args))
		return UNC_FAILED;
	if (op_begin(&op, &args->op, "look up"))
		rows = look_up_all(&op, texts);
	ret = rows ? answer(rows, texts, args->rpc.json) :
	      domain_report(&op, false, args->rpc.json);
	op_end(&op);
	return ret;
}

int domain_lookup_main(int argc, char **argv)
{
	static struct domain_args args;
	int option;

	while ((option = getopt_long(argc, argv, DOMAIN_ARGS_SHORT,
				     long_options, NULL)) != -1) {
		if (option == 'h') {
			fputs(help, stdout);
			return UNC_OK;
		}
		if (!domain_args_option(&args, option))
			return UNC_USAGE;
	}
	if (argc == optind) {
		fputs(help, stderr);
		return UNC_USAGE;
	}
	return run(&args, argv + optind);
}
