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

static int list_interfaces(bool json)
{
	json_t *list = json ? json_array() : NULL;

	for (unsigned int n = 0; ndr_interfaces[n]; n++) {
		const struct ndr_interface *i = ndr_interfaces[n];
		char uuid[RPC_UUID_TEXT];

		rpc_uuid_format(&i->uuid, uuid);
		if (!json)
			printf("%-21s %s %u.%u  %3u methods  %s\n", i->name,
			       uuid, i->major, i->minor, i->n_methods,
			       i->endpoint ? i->endpoint : "");
		else
			json_array_append_new(list, json_pack(
				"{s:s, s:s, s:i, s:i, s:i, s:s?}",
				"name", i->name, "uuid", uuid,
				"major", i->major, "minor", i->minor,
				"methods", i->n_methods,
				"endpoint", i->endpoint));
	}
	return !json || rpc_args_print(list) ? UNC_OK : UNC_FAILED;
}

static int list_methods(const char *name, bool json)
{
	const struct ndr_interface *i = ndr_interface_find(name);
	json_t *list;

	if (!i) {
		log_error("there is no interface \"%s\" (see unc rpc --list)",
			  name);
		return UNC_FAILED;
	}
	list = json ? json_array() : NULL;
	for (unsigned int n = 0; n < i->n_methods; n++) {
		const struct ndr_method *m = &i->methods[n];

		if (m->not_on_wire)
			continue;
		if (!json)
			printf("%3u %s.%s\n", m->opnum, i->name, m->name);
		else
			json_array_append_new(list, json_pack("{s:i, s:s}",
				"opnum", m->opnum, "name", m->name));
	}
	return !json || rpc_args_print(list) ? UNC_OK : UNC_FAILED;
}

static const struct ndr_method *find_method(const char *name)
{
	const struct ndr_method *method = ndr_method_find_full(name);

	if (!method)
		log_error("there is no method \"%s\" (see unc rpc --list INTERFACE)",
			  name);
	else if (method->not_on_wire)
		log_error("%s cannot be called", name);
	return method && !method->not_on_wire ? method : NULL;
}

static int describe(const char *name)
{
	const struct ndr_method *method = find_method(name);

	if (!method)
		return UNC_FAILED;
	ndr_describe(method, stdout);
	return UNC_OK;
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

static bool convert(struct ndr_codec *codec, const struct ndr_method *method,
		    const char *text, void *call)
{
	json_t *json = read_json(text);
	bool good;

	if (!json)
		return false;
	good = ndr_from_json(codec, method, NDR_IN, json, call) == 0;
	if (!good)
		log_error("%s", codec->error.text);
	json_decref(json);
	return good;
}

static int run_call(const struct rpc_args *args, const char *binding,
		    const struct ndr_method *method, const char *text)
{
	struct ndr_codec codec = { .arena = ndr_arena_new(0) };
	struct rpc_client *client = NULL;
	bool good = false;
	void *call;

	call = codec.arena ? ndr_arena_alloc(codec.arena, method->size) : NULL;
	if (!call)
		log_error("out of memory");
	else if (convert(&codec, method, text, call))
		client = rpc_args_open(args, binding, method->interface);
	if (client)
		good = rpc_args_call(args, client, method->name, &codec,
				     call) &&
		       rpc_args_print(ndr_to_json(&codec, method, NDR_OUT,
						  call));
	rpc_client_close(client);
	ndr_arena_free(codec.arena);
	return good ? UNC_OK : UNC_FAILED;
}

static int usage(void)
{
	fputs(help_text, stderr);
	return UNC_USAGE;
}

static int call_main(struct rpc_args *args, int argc, char **argv)
{
	const struct ndr_method *method;
	int ret;

	if (argc < 2 || argc > 3)
		return usage();
	method = find_method(argv[1]);
	if (!method || !rpc_args_password(args))
		return UNC_FAILED;
	ret = run_call(args, argv[0], method, argc == 3 ? argv[2] : NULL);
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
