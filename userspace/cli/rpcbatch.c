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
	struct uncrpc *rpc;
	bool broken;		/* nothing more can be called */
};

static json_t *failure(int code, uint32_t status, const char *text)
{
	json_t *what = json_pack("{s:i, s:s}", "errno", -code, "text", text);

	if (status)
		json_object_set_new(what, "status", json_integer(status));
	return json_pack("{s:o}", "error", what);
}

static json_t *call(struct batch *batch, const char *method, const char *text)
{
	struct uncrpc_error err;
	json_error_t error;
	json_t *json, *result;

	json = json_loads(*text ? text : "{}", 0, &error);
	if (!json)
		return failure(-EINVAL, 0, error.text);
	result = uncrpc_call_json(batch->rpc, method, json, &err);
	json_decref(json);
	if (result)
		return result;
	batch->broken = !err.status && err.code == -EPIPE;
	return failure(err.code, err.status, err.text);
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
	struct batch batch = { .broken = false };
	int ret = UNC_FAILED;

	if (args->stdin_password || !rpc_args_password(args)) {
		if (args->stdin_password)
			log_error("--batch reads calls from standard input, so no password");
		return UNC_USAGE;
	}
	batch.rpc = rpc_args_open(args, binding, interface);
	if (batch.rpc)
		ret = run(&batch);
	uncrpc_close(batch.rpc);
	credential_wipe(&args->cred);
	return ret;
}
