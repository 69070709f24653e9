// SPDX-License-Identifier: GPL-2.0-or-later
/* unc rpc: any method of any interface. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "log.h"
#include "rpcargs.h"
#include "rpcbatch.h"

static const char help_text[] =
"usage: unc rpc [OPTION]... BINDING INTERFACE.METHOD [JSON]\n"
"       unc rpc --batch [OPTION]... BINDING INTERFACE\n"
"       unc rpc --list [INTERFACE]\n"
"       unc rpc --describe INTERFACE.METHOD\n"
"Calls a method of an RPC server, with the arguments of a JSON object (also\n"
"@FILE, or - for standard input), and prints the results as JSON.\n"
"\n"
"BINDING is //HOST or PROTOCOL:HOST[ENDPOINT,OPTION,...]; the protocols are\n"
"ncacn_np and ncacn_ip_tcp; options are connect, sign, seal, spnego, ntlm, krb5,\n"
"schannel and ndr64.  Without an endpoint it is found out.\n"
"\n"
"  -b, --batch            many calls over one connection: lines METHOD JSON from\n"
"                         standard input, a line of JSON for each\n"
"  -l, --list             print the interfaces, or the methods of one\n"
"  -d, --describe         print the signature of a method and its types\n"
RPC_ARGS_HELP;

static const struct option long_options[] = {
	{ "batch",	no_argument,	NULL, 'b' },
	{ "list",	no_argument,	NULL, 'l' },
	{ "describe",	no_argument,	NULL, 'd' },
	RPC_ARGS_LONG,
	{ NULL, 0, NULL, 0 }
};

/* ---- Without a server --------------------------------------------------- */

static const char *text_of(const json_t *row, const char *name)
{
	const char *text = json_string_value(json_object_get(row, name));

	return text ? text : "";
}

static int number_of(const json_t *row, const char *name)
{
	return (int)json_integer_value(json_object_get(row, name));
}

static int list_interfaces(bool json)
{
	json_t *list = uncrpc_interfaces(), *row;
	size_t n;

	if (json)
		return rpc_args_print(list) ? UNC_OK : UNC_FAILED;
	json_array_foreach(list, n, row)
		printf("%-21s %s %d.%d  %3d methods  %s\n",
		       text_of(row, "name"), text_of(row, "uuid"),
		       number_of(row, "major"), number_of(row, "minor"),
		       number_of(row, "methods"), text_of(row, "endpoint"));
	json_decref(list);
	return UNC_OK;
}

static int list_methods(const char *name, bool json)
{
	json_t *list = uncrpc_methods(name), *row;
	size_t n;

	if (!list) {
		log_error("there is no interface \"%s\" (see unc rpc --list)",
			  name);
		return UNC_FAILED;
	}
	if (json)
		return rpc_args_print(list) ? UNC_OK : UNC_FAILED;
	json_array_foreach(list, n, row)
		printf("%3d %s.%s\n", number_of(row, "opnum"), name,
		       text_of(row, "name"));
	json_decref(list);
	return UNC_OK;
}

static int describe(const char *name)
{
	struct uncrpc_error err;

	if (uncrpc_describe(name, stdout, &err) == 0)
		return UNC_OK;
	log_error("%s", err.text);
	return UNC_FAILED;
}

/* ---- A call ------------------------------------------------------------- */

/* NULL: logged. */
static json_t *read_json(const char *text)
{
	json_error_t error;
	json_t *json;

	if (!text)
		return json_object();
	if (strcmp(text, "-") == 0)
		json = json_loadf(stdin, 0, &error);
	else if (*text == '@')
		json = json_load_file(text + 1, 0, &error);
	else
		json = json_loads(text, 0, &error);
	if (!json)
		log_error("the arguments are no JSON: line %d: %s", error.line,
			  error.text);
	return json;
}

static bool call(struct uncrpc *rpc, const char *method, const json_t *json)
{
	struct uncrpc_error err;
	json_t *result = uncrpc_call_json(rpc, method, json, &err);

	if (!result)
		log_error("%s", err.text);
	return result && rpc_args_print(result);
}

/* What is wrong with the arguments is said before anybody is called. */
static int run_call(const struct rpc_args *args, const char *binding,
		    const char *method, const json_t *json)
{
	char interface[64];
	struct uncrpc_error err;
	struct uncrpc *rpc;
	bool good;

	if (uncrpc_check(method, json, &err)) {
		log_error("%s", err.text);
		return UNC_FAILED;
	}
	snprintf(interface, sizeof(interface), "%.*s",
		 (int)strcspn(method, "."), method);
	rpc = rpc_args_open(args, binding, interface);
	good = rpc && call(rpc, method, json);
	uncrpc_close(rpc);
	return good ? UNC_OK : UNC_FAILED;
}

static int usage(void)
{
	fputs(help_text, stderr);
	return UNC_USAGE;
}

static int call_main(struct rpc_args *args, int argc, char **argv)
{
	int ret = UNC_FAILED;
	json_t *json;

	if (argc < 2 || argc > 3)
		return usage();
	json = read_json(argc == 3 ? argv[2] : NULL);
	if (json && rpc_args_password(args))
		ret = run_call(args, argv[0], argv[1], json);
	json_decref(json);
	credential_wipe(&args->cred);
	return ret;
}

int rpc_main(int argc, char **argv)
{
	static struct rpc_args args;
	int option, verb = 0;

	while ((option = getopt_long(argc, argv, "bld" RPC_ARGS_SHORT,
				     long_options, NULL)) != -1) {
		if (option == 'h') {
			fputs(help_text, stdout);
			return UNC_OK;
		}
		if (option == 'b' || option == 'l' || option == 'd')
			verb = option;
		else if (!rpc_args_option(&args, option))
			return UNC_USAGE;
	}
	argc -= optind;
	argv += optind;
	if (verb == 'l' && argc <= 1)
		return argc ? list_methods(argv[0], args.json) :
			list_interfaces(args.json);
	if (verb == 'd' && argc == 1)
		return describe(argv[0]);
	if (verb == 'b' && argc == 2)
		return rpc_batch(&args, argv[0], argv[1]);
	return verb ? usage() : call_main(&args, argc, argv);
}
