// SPDX-License-Identifier: GPL-2.0-or-later
/* unc endpoints: what a server's endpoint mapper knows. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "epm.h"
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

/* The interface's name if it is one of ours. */
static const char *name_of(const struct rpc_syntax *syntax)
{
	const struct ndr_interface *i = ndr_interface_find_uuid(&syntax->uuid);

	return i ? i->name : "";
}

static json_t *endpoint_json(const struct rpc_endpoint *e, const char *uuid)
{
	return json_pack("{s:s, s:i, s:i, s:s, s:s, s:s, s:s, s:s}",
			 "uuid", uuid, "major", e->tower.interface.major,
			 "minor", e->tower.interface.minor,
			 "interface", name_of(&e->tower.interface),
			 "protocol", e->tower.protseq,
			 "endpoint", e->tower.endpoint,
			 "address", e->tower.address,
			 "annotation", e->annotation);
}

static bool print_endpoints(const struct rpc_endpoint *list, size_t count,
			    bool json)
{
	json_t *array = json ? json_array() : NULL;
	char uuid[RPC_UUID_TEXT];

	for (size_t i = 0; i < count; i++) {
		const struct rpc_endpoint *e = &list[i];

		rpc_uuid_format(&e->tower.interface.uuid, uuid);
		if (json)
			json_array_append_new(array, endpoint_json(e, uuid));
		else
			printf("%s %u.%-3u %-12s %-13s %-24s %s\n", uuid,
			       e->tower.interface.major,
			       e->tower.interface.minor,
			       name_of(&e->tower.interface), e->tower.protseq,
			       e->tower.endpoint, e->annotation);
	}
	return !json || rpc_args_print(array);
}

/* //HOST means the mapper's port here: it answers without a user. */
static struct rpc_client *open_mapper(const struct rpc_args *args,
				      const char *text)
{
	struct rpc_binding binding;
	struct rpc_error err;
	char canonical[1024];

	if (rpc_binding_parse(text, &binding, &err)) {
		log_error("%s: %s", text, err.text);
		return NULL;
	}
	if (!*binding.endpoint && text[0] == text[1])
		binding.protseq = RPC_NCACN_IP_TCP;
	rpc_binding_format(&binding, canonical, sizeof(canonical));
	return rpc_args_open(args, canonical, "epmapper");
}

static int list_endpoints(const struct rpc_args *args, const char *text)
{
	struct rpc_client *client = open_mapper(args, text);
	struct rpc_endpoint *list = NULL;
	struct rpc_error err;
	size_t count = 0;
	bool good;

	if (!client)
		return UNC_FAILED;
	good = rpc_epm_lookup(rpc_client_conn(client), &list, &count,
			      &err) == 0;
	if (!good)
		log_error("%s: %s", text, err.text);
	else
		good = print_endpoints(list, count, args->json);
	free(list);
	rpc_client_close(client);
	return good ? UNC_OK : UNC_FAILED;
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
