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

struct uncrpc *rpc_args_open(const struct rpc_args *args, const char *binding,
			     const char *interface)
{
	const struct credential *cred = &args->cred;
	struct uncrpc_options options = {
		.size = sizeof(options),
		.user = cred->has_user ? cred->user : NULL,
		.domain = *cred->domain ? cred->domain : NULL,
		.password = cred->has_password ? cred->password : NULL,
		.sec = (enum uncrpc_sec)args->sec,
		.trace = args->trace ? stderr : NULL,
	};
	struct uncrpc_error err;
	struct uncrpc *rpc = uncrpc_open(binding, interface, &options, &err);

	if (!rpc)
		log_error("%s: %s", binding, err.text);
	return rpc;
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
