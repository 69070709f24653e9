// SPDX-License-Identifier: GPL-2.0-or-later
#include "remote.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "winerror.h"

#define PIPE_DEVICE "/dev/npipe"

static bool open_binding(struct remote *remote, const char *binding,
			 const char *interface,
			 const struct uncrpc_options *options)
{
	struct uncrpc_error err = { 0 };

	remote->rpc = uncrpc_open(binding, interface, options, &err);
	if (remote->rpc)
		return step_done(remote->steps, "RpcBind", 0, "%s, %s",
				 interface, binding);
	return step_done(remote->steps, "RpcBind", step_errno(-err.code),
			 "%s, %s: %s", interface, binding, err.text);
}

/* @room has the text that @options points to. */
static void set_user(struct op *op, struct uncrpc_options *options,
		     char room[OP_USER_ROOM])
{
	op_user(op, room, &options->password);
	options->user = room;
	if (op->ntlm)
		options->domain = op->dc->netbios_domain;
}

bool remote_open(struct remote *remote, struct op *op, const char *interface)
{
	struct uncrpc_options options = { .size = sizeof(options) };
	char binding[300], user[OP_USER_ROOM];

	*remote = (struct remote){ .steps = &op->steps,
				   .results = json_array() };
	if (op->ntlm)
		set_user(op, &options, user);
	snprintf(binding, sizeof(binding), "ncacn_ip_tcp:%.255s[seal,%s]",
		 op->dc->host, op->ntlm ? "ntlm" : "krb5");
	return open_binding(remote, binding, interface, &options);
}

bool remote_has_pipes(void)
{
	return access(PIPE_DEVICE, R_OK | W_OK) == 0;
}

/* The session below is the kernel's; its agent has no tickets of ours. */
bool remote_open_pipe(struct remote *remote, struct op *op,
		      const char *interface)
{
	struct uncrpc_options options = {
		.size = sizeof(options),
		.sec = op->ntlm ? UNCRPC_SEC_NTLM : UNCRPC_SEC_KRB5,
	};
	char binding[300], user[OP_USER_ROOM];

	*remote = (struct remote){ .steps = &op->steps,
				   .results = json_array() };
	set_user(op, &options, user);
	snprintf(binding, sizeof(binding), "ncacn_np:%.255s", op->dc->host);
	return open_binding(remote, binding, interface, &options);
}

bool remote_open_secure(struct remote *remote, struct op *op,
			const char *interface)
{
	struct uncrpc_options options = {
		.size = sizeof(options),
		.user = machine_text(op->machine, "account"),
		.domain = machine_text(op->machine, "netbios_domain"),
		.password = machine_text(op->machine, "password"),
	};
	char binding[300];

	*remote = (struct remote){ .steps = &op->steps,
				   .results = json_array() };
	if (!machine_is(op->machine, "joined"))
		return step_done(&op->steps, "NetrServerAuthenticate3", 2692,
				 "this machine is in no domain");
	snprintf(binding, sizeof(binding),
		 "ncacn_ip_tcp:%.255s[seal,schannel]", op->dc->host);
	return open_binding(remote, binding, interface, &options);
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
