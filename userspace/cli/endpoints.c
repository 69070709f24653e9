// SPDX-License-Identifier: GPL-2.0-or-later
/* unc endpoints: what a server's endpoint mapper knows. */
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "log.h"
#include "rpcargs.h"

static const char help_text[] =
"usage: unc endpoints [OPTION]... //HOST | BINDING\n"
"Lists the RPC interfaces of a server with the ports and pipes they are at, as\n"
"its endpoint mapper (TCP port 135) has them.\n"
"\n"
RPC_ARGS_HELP;

static const struct option long_options[] = {
	RPC_ARGS_LONG,
	{ NULL, 0, NULL, 0 }
};

static bool print_endpoints(json_t *list, bool json)
{
	const char *uuid, *name, *protocol, *endpoint, *annotation;
	int major, minor;
	json_t *row;
	size_t i;

	if (json)
		return rpc_args_print(list);
	json_array_foreach(list, i, row) {
		if (json_unpack(row, "{s:s, s:i, s:i, s:s, s:s, s:s, s:s}",
				"uuid", &uuid, "major", &major, "minor", &minor,
				"interface", &name, "protocol", &protocol,
				"endpoint", &endpoint, "annotation",
				&annotation) == 0)
			printf("%s %d.%-3d %-12s %-13s %-24s %s\n", uuid, major,
			       minor, name, protocol, endpoint, annotation);
	}
	json_decref(list);
	return true;
}

/* //HOST means the mapper's port here: it answers without a user. */
static struct uncrpc *open_mapper(const struct rpc_args *args,
				  const char *text)
{
	bool path = text[0] && strchr("/\\", text[0]) && text[1] == text[0];
	char binding[1024];

	if (!path || strcspn(text + 2, "/\\") < strcspn(text + 2, "["))
		return rpc_args_open(args, text, "epmapper");
	snprintf(binding, sizeof(binding), "ncacn_ip_tcp:%s", text + 2);
	return rpc_args_open(args, binding, "epmapper");
}

static int list_endpoints(const struct rpc_args *args, const char *text)
{
	struct uncrpc *rpc = open_mapper(args, text);
	struct uncrpc_error err;
	json_t *list;

	if (!rpc)
		return UNC_FAILED;
	list = uncrpc_endpoints(rpc, &err);
	uncrpc_close(rpc);
	if (!list)
		log_error("%s: %s", text, err.text);
	return list && print_endpoints(list, args->json) ? UNC_OK : UNC_FAILED;
}

int endpoints_main(int argc, char **argv)
{
	static struct rpc_args args;
	int option, ret;

	while ((option = getopt_long(argc, argv, RPC_ARGS_SHORT, long_options,
				     NULL)) != -1) {
		if (option == 'h') {
			fputs(help_text, stdout);
			return UNC_OK;
		}
		if (!rpc_args_option(&args, option))
			return UNC_USAGE;
	}
	if (argc - optind != 1) {
		fputs(help_text, stderr);
		return UNC_USAGE;
	}
	if (!rpc_args_password(&args))
		return UNC_FAILED;
	ret = list_endpoints(&args, argv[optind]);
	credential_wipe(&args.cred);
	return ret;
}
