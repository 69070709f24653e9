// SPDX-License-Identifier: GPL-2.0-or-later
#include "rpcargs.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "log.h"
#include "password.h"

static bool set_sec(struct rpc_args *args, const char *name)
{
	static const char *const names[] = {
		[UNC_SEC_ANY] = "any", [UNC_SEC_KRB5] = "krb5",
		[UNC_SEC_NTLM] = "ntlm", [UNC_SEC_NONE] = "none",
	};

	for (uint32_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(names[i], name) != 0)
			continue;
		args->sec = i;
		return true;
	}
	log_error("--sec=%s is not known (any, krb5, ntlm, none)", name);
	return false;
}

bool rpc_args_option(struct rpc_args *args, int option)
{
	switch (option) {
	case 'u':
		return credential_set_user(&args->cred, optarg);
	case 's':
		args->stdin_password = true;
		return true;
	case 'c':
		return credential_read_file(&args->cred, optarg);
	case 'j':
		args->json = true;
		return true;
	case 't':
		args->trace = true;
		return true;
	case RPC_ARGS_SEC:
		return set_sec(args, optarg);
	}
	return false;
}

bool rpc_args_password(struct rpc_args *args)
{
	struct credential *cred = &args->cred;
	enum password_source source = PASSWORD_NONE;
	char question[UNC_USER_MAX + 32];

	if (!cred->has_user || cred->has_password)
		return true;
	snprintf(question, sizeof(question), "Password for %s: ", cred->user);
	if (args->stdin_password)
		source = password_from_fd(cred, STDIN_FILENO, "standard input");
	else
		source = password_from_environment(cred);
	if (source == PASSWORD_NONE && !args->stdin_password)
		source = password_prompt(cred, question);
	if (source == PASSWORD_NONE)
		log_error("there is no terminal to ask for the password (use --stdin-password)");
	return source == PASSWORD_FOUND;
}

struct rpc_client *rpc_args_open(const struct rpc_args *args,
				 const char *binding, const char *interface)
{
	struct rpc_client_options options = {
		.cred = &args->cred, .sec = args->sec,
		.conn.trace = args->trace ? stderr : NULL,
	};
	const struct ndr_interface *i = ndr_interface_find(interface);
	struct rpc_client *client = NULL;
	struct rpc_binding parsed;
	struct rpc_error err;

	if (!i) {
		log_error("there is no interface \"%s\" (see unc rpc --list)",
			  interface);
		return NULL;
	}
	if (rpc_binding_parse(binding, &parsed, &err) == 0) {
		if (parsed.protseq == RPC_NCACN_IP_TCP && args->cred.has_user &&
		    parsed.level == RPC_LEVEL_NONE) {
			parsed.level = RPC_LEVEL_INTEGRITY;
			parsed.provider = RPC_PROVIDER_SPNEGO;
		}
		client = rpc_client_connect(&parsed, i, &options, &err);
	}
	if (!client)
		log_error("%s: %s", binding, err.text);
	return client;
}

bool rpc_args_call(const struct rpc_args *args, struct rpc_client *client,
		   const char *method, struct ndr_codec *codec, void *call)
{
	const struct ndr_interface *interface = rpc_client_interface(client);
	const struct ndr_method *m = ndr_method_find(interface, method);
	struct rpc_error err;

	if (!m) {
		log_error("%s has no method %s", interface->name, method);
		return false;
	}
	if (args->trace) {
		fprintf(stderr, "%s.%s, in:\n", interface->name, m->name);
		ndr_print(codec, m, NDR_IN, call, stderr);
	}
	if (rpc_client_invoke(client, m, codec, call, &err)) {
		log_error("%s.%s: %s", interface->name, m->name, err.text);
		return false;
	}
	if (args->trace) {
		fprintf(stderr, "%s.%s, out:\n", interface->name, m->name);
		ndr_print(codec, m, NDR_OUT, call, stderr);
	}
	return true;
}

bool rpc_args_print(json_t *json)
{
	bool good = json && json_dumpf(json, stdout, JSON_INDENT(2)) == 0 &&
		    putchar('\n') != EOF && fflush(stdout) == 0;

	if (!good)
		log_error("cannot print the result");
	json_decref(json);
	return good;
}
