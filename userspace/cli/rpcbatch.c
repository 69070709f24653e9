// SPDX-License-Identifier: GPL-2.0-or-later
#include "rpcbatch.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "log.h"

/* One conversation; context handles live as long as it does. */
struct batch {
	struct rpc_client *client;
	struct ndr_codec codec;
	FILE *trace;
	bool broken;		/* nothing more can be called */
};

static json_t *failure(int code, uint32_t status, const char *text)
{
	json_t *what = json_pack("{s:i, s:s}", "errno", -code, "text", text);

	if (status)
		json_object_set_new(what, "status", json_integer(status));
	return json_pack("{s:o}", "error", what);
}

static json_t *codec_failure(const struct batch *batch)
{
	return failure(batch->codec.error.code, 0, batch->codec.error.text);
}

/* "METHOD" of the interface that was opened, or "INTERFACE.METHOD" */
static const struct ndr_method *find(const struct batch *batch,
				     const char *name)
{
	const struct ndr_method *method = strchr(name, '.') ?
		ndr_method_find_full(name) :
		ndr_method_find(rpc_client_interface(batch->client), name);

	return method && !method->not_on_wire ? method : NULL;
}

static void trace(const struct batch *batch, const struct ndr_method *method,
		  enum ndr_direction dir, const void *call)
{
	struct ndr_codec codec = batch->codec;

	if (!batch->trace)
		return;
	fprintf(batch->trace, "%s.%s, %s:\n", method->interface, method->name,
		dir == NDR_IN ? "in" : "out");
	ndr_print(&codec, method, dir, call, batch->trace);
}

static json_t *invoke(struct batch *batch, const struct ndr_method *method,
		      void *call)
{
	struct rpc_error err;
	json_t *result;

	trace(batch, method, NDR_IN, call);
	if (rpc_client_add(batch->client, ndr_interface_find(method->interface),
			   &err) ||
	    rpc_client_invoke(batch->client, method, &batch->codec, call,
			      &err)) {
		batch->broken = !err.status && err.code == -EPIPE;
		return failure(err.code, err.status, err.text);
	}
	trace(batch, method, NDR_OUT, call);
	result = ndr_to_json(&batch->codec, method, NDR_OUT, call);
	return result ? result : codec_failure(batch);
}

static json_t *call(struct batch *batch, const char *name, const char *text)
{
	const struct ndr_method *method = find(batch, name);
	json_error_t error;
	json_t *json, *result;
	void *args;

	if (!method)
		return failure(-EINVAL, 0, "there is no such method");
	ndr_arena_reset(batch->codec.arena);
	args = ndr_arena_alloc(batch->codec.arena, method->size);
	if (!args)
		return failure(-ENOMEM, 0, "out of memory");
	json = json_loads(*text ? text : "{}", 0, &error);
	if (!json)
		return failure(-EINVAL, 0, error.text);
	result = ndr_from_json(&batch->codec, method, NDR_IN, json, args) ?
		 codec_failure(batch) : invoke(batch, method, args);
	json_decref(json);
	return result;
}

/* False: standard output is gone. */
static bool answer(struct batch *batch, char *line)
{
	size_t name;
	json_t *result;
	char *text;
	bool good;

	line[strcspn(line, "\r\n")] = '\0';
	line += strspn(line, " \t");
	if (!*line || *line == '#')
		return true;
	name = strcspn(line, " \t");
	text = line + name;
	text += strspn(text, " \t");
	line[name] = '\0';
	result = call(batch, line, text);
	good = result && json_dumpf(result, stdout, JSON_COMPACT) == 0 &&
	       putchar('\n') != EOF && fflush(stdout) == 0;
	json_decref(result);
	if (!good)
		log_error("cannot print the result");
	return good;
}

static int run(struct batch *batch)
{
	char *line = NULL;
	size_t room = 0;
	bool good = true;

	while (good && !batch->broken && getline(&line, &room, stdin) >= 0)
		good = answer(batch, line);
	if (batch->broken)
		log_error("the connection is lost");
	free(line);
	return good && !batch->broken ? UNC_OK : UNC_FAILED;
}

int rpc_batch(struct rpc_args *args, const char *binding,
	      const char *interface)
{
	struct batch batch = { .trace = args->trace ? stderr : NULL };
	int ret = UNC_FAILED;

	if (args->stdin_password || !rpc_args_password(args)) {
		if (args->stdin_password)
			log_error("--batch reads calls from standard input, so no password");
		return UNC_USAGE;
	}
	batch.codec.arena = ndr_arena_new(0);
	if (!batch.codec.arena)
		log_error("out of memory");
	else
		batch.client = rpc_args_open(args, binding, interface);
	if (batch.client)
		ret = run(&batch);
	rpc_client_close(batch.client);
	ndr_arena_free(batch.codec.arena);
	credential_wipe(&args->cred);
	return ret;
}
