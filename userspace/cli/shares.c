// SPDX-License-Identifier: GPL-2.0-or-later
/* unc shares: what a server offers (srvsvc.NetrShareEnum). */
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "log.h"
#include "rpcargs.h"
#include "srvsvc.h"

static const char help_text[] =
"usage: unc shares [OPTION]... //HOST\n"
"Lists the shares of a server.\n"
"\n"
RPC_ARGS_HELP;

static const struct option long_options[] = {
	RPC_ARGS_LONG,
	{ NULL, 0, NULL, 0 }
};

/* [MS-SRVS] 2.2.2.4: a type and flags */
#define TYPE_MASK	0x0fffffffu
#define TYPE_SPECIAL	0x80000000u

static const char *type_name(uint32_t type)
{
	static const char *const names[] = { "disk", "printer", "device",
					     "ipc" };

	type &= TYPE_MASK;
	return type < 4 ? names[type] : "other";
}

static json_t *share_json(const struct _SHARE_INFO_1 *share)
{
	return json_pack("{s:s, s:s, s:b, s:s}",
			 "name", share->shi1_netname ? share->shi1_netname : "",
			 "type", type_name(share->shi1_type),
			 "special", !!(share->shi1_type & TYPE_SPECIAL),
			 "remark", share->shi1_remark ? share->shi1_remark : "");
}

static bool print_shares(const SHARE_INFO_1_CONTAINER *list, bool json)
{
	json_t *array = json ? json_array() : NULL;

	for (uint32_t i = 0; list && i < list->EntriesRead; i++) {
		const struct _SHARE_INFO_1 *share = &list->Buffer[i];

		if (json)
			json_array_append_new(array, share_json(share));
		else
			printf("%-20s %-8s %s\n",
			       share->shi1_netname ? share->shi1_netname : "",
			       type_name(share->shi1_type),
			       share->shi1_remark ? share->shi1_remark : "");
	}
	return !json || rpc_args_print(array);
}

static int list_shares(const struct rpc_args *args, const char *binding)
{
	struct ndr_codec codec = { .arena = ndr_arena_new(0) };
	SHARE_INFO_1_CONTAINER list = { 0 };
	struct _SHARE_ENUM_STRUCT info = { .Level = 1 };
	struct srvsvc_NetrShareEnum call = {
		.InfoStruct = &info, .PreferedMaximumLength = UINT32_MAX,
	};
	struct rpc_client *client = rpc_args_open(args, binding, "srvsvc");
	bool good = false;

	info.ShareInfo.Level1 = &list;
	if (client && codec.arena)
		good = rpc_args_call(args, client, "NetrShareEnum", &codec,
				     &call);
	if (good && call.Return) {
		log_error("%s: the server answers with error %u", binding,
			  call.Return);
		good = false;
	}
	if (good)
		good = print_shares(call.InfoStruct->ShareInfo.Level1,
				    args->json);
	rpc_client_close(client);
	ndr_arena_free(codec.arena);
	return good ? UNC_OK : UNC_FAILED;
}

int shares_main(int argc, char **argv)
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
	ret = list_shares(&args, argv[optind]);
	credential_wipe(&args.cred);
	return ret;
}
