// SPDX-License-Identifier: GPL-2.0-or-later
#include "remote.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define STATUS_ACCESS_DENIED	0xc0000022u

bool remote_open(struct remote *remote, const char *host, const char *interface,
		 const char *how, const struct uncrpc_options *options,
		 struct steps *steps)
{
	struct uncrpc_error err = { 0 };
	char binding[400];

	*remote = (struct remote){ .steps = steps, .results = json_array() };
	if (!how)
		how = "seal,krb5";
	snprintf(binding, sizeof(binding), "ncacn_ip_tcp:%.255s[%.100s]", host,
		 how);
	remote->rpc = uncrpc_open(binding, interface, options, &err);
	if (remote->rpc)
		return step_done(steps, "RpcBind", 0, "%s, %s", interface,
				 binding);
	return step_done(steps, "RpcBind", step_errno(-err.code),
			 "%s, %s: %s", interface, binding, err.text);
}

static json_t *call(struct remote *remote, const char *method, json_t *args,
		    const char *what)
{
	struct uncrpc_error err = { 0 };
	json_t *result = args ? uncrpc_call_json(remote->rpc, method, args,
						 &err) : NULL;

	json_decref(args);
	if (result)
		json_array_append_new(remote->results, result);
	else
		step_done(remote->steps, method, err.code == -EACCES ?
			  STATUS_ACCESS_DENIED : err.status ? err.status :
			  step_errno(-err.code), "%s: %s", what, err.text);
	return result;
}

static uint32_t code_of(const json_t *result)
{
	return (uint32_t)json_integer_value(json_object_get(result, "Return"));
}

json_t *remote_call(struct remote *remote, const char *method, json_t *args,
		    const char *what)
{
	json_t *result = call(remote, method, args, what);

	if (result && !step_done(remote->steps, method, code_of(result), "%s",
				 what))
		return NULL;
	return result;
}

json_t *remote_try(struct remote *remote, const char *method, json_t *args,
		   const char *what, uint32_t *code)
{
	json_t *result = call(remote, method, args, what);

	*code = code_of(result);
	if (result)
		step_expected(remote->steps, method, *code, "%s", what);
	return result;
}

void remote_close(struct remote *remote)
{
	uncrpc_close(remote->rpc);
	json_decref(remote->results);
	memset(remote, 0, sizeof(*remote));
}
