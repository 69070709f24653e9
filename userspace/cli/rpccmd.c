// SPDX-License-Identifier: GPL-2.0-or-later
#include "rpccmd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "hex.h"
#include "log.h"

#define OWN_MAX		8	/* options of a command itself */
#define BUFFER_MAX	(256u << 10)	/* the range of [MS-SCMR] */
#define TRIES		4		/* lists may grow between two calls */

static const struct option common[] = {
	RPC_ARGS_LONG,
	{ NULL, 0, NULL, 0 }
};

#define OPTIONS_MAX	(OWN_MAX + sizeof(common) / sizeof(common[0]))

/* ---- Calls -------------------------------------------------------------- */

static bool open_client(struct rpc_cmd *cmd, const char *interface)
{
	cmd->rpc = rpc_args_open(&cmd->args, cmd->server, interface);
	return cmd->rpc;
}

bool rpc_cmd_switch(struct rpc_cmd *cmd, const char *interface)
{
	uncrpc_close(cmd->rpc);
	return open_client(cmd, interface);
}

bool rpc_cmd_try(struct rpc_cmd *cmd, const char *method, json_t *args,
		 json_t **result)
{
	struct uncrpc_error err = { .text = "these arguments are no JSON" };

	*result = args ? uncrpc_call_json(cmd->rpc, method, args, &err) : NULL;
	json_decref(args);
	if (!*result) {
		log_error("%s", err.text);
		return false;
	}
	json_array_append_new(cmd->results, *result);
	return true;
}

uint32_t rpc_cmd_code(const json_t *result)
{
	return (uint32_t)json_integer_value(json_object_get(result, "Return"));
}

bool rpc_cmd_good(struct rpc_cmd *cmd, const char *method, const json_t *result)
{
	uint32_t code = rpc_cmd_code(result);
	const char *name = win_error_name(code);

	if (!code)
		return true;
	if (name)
		log_error("%s: %s: %s", cmd->server, method, name);
	else
		log_error("%s: %s: error %u (0x%08x)", cmd->server, method, code,
			  code);
	return false;
}

json_t *rpc_cmd_call(struct rpc_cmd *cmd, const char *method, json_t *args)
{
	json_t *result;

	if (!rpc_cmd_try(cmd, method, args, &result) ||
	    !rpc_cmd_good(cmd, method, result))
		return NULL;
	return result;
}

bool rpc_cmd_list(struct rpc_cmd *cmd, const struct rpc_listing *listing)
{
	json_t *result = rpc_cmd_call(cmd, listing->method,
				      json_loads(listing->args, 0, NULL));

	if (result)
		rows_add(cmd->rows, json_at(result, listing->path),
			 listing->columns);
	return result;
}

/* ---- Buffers ------------------------------------------------------------ */

static json_t *zeros(size_t n)
{
	char *text = malloc(2 * n + 1);
	json_t *made;

	if (!text)
		return NULL;
	memset(text, '0', 2 * n);
	text[2 * n] = '\0';
	made = json_string(text);
	free(text);
	return made;
}

static json_t *records(struct rpc_cmd *cmd, const struct rpc_buffer *b,
		       const json_t *result)
{
	json_t *text = json_object_get(result, b->buffer);
	json_t *count = json_object_get(result, b->count);
	size_t cap = json_string_length(text) / 2;
	uint8_t *bytes = malloc(cap + 1);
	const char *wrong = "out of memory";
	json_t *made = NULL;
	ssize_t len = -1;

	if (!cap)
		len = 0;
	else if (bytes)
		len = hex_decode(json_string_value(text), bytes, cap);
	if (bytes && len >= 0)
		made = info_decode(bytes, (size_t)len,
				   (uint32_t)json_integer_value(count),
				   b->fields, &wrong);
	if (!made)
		log_error("%s: %s: %s of what it returned is wrong",
			  cmd->server, b->method, wrong);
	free(bytes);
	return made;
}

static bool call_buffer(struct rpc_cmd *cmd, const struct rpc_buffer *b,
			json_t *args, uint32_t size, json_t **result)
{
	json_object_set_new(args, b->size, json_integer(size));
	if (b->in && size)
		json_object_set_new(args, b->buffer, zeros(size));
	return rpc_cmd_try(cmd, b->method, json_incref(args), result);
}

json_t *rpc_cmd_buffer(struct rpc_cmd *cmd, const struct rpc_buffer *b,
		       json_t *args)
{
	json_t *result = NULL;
	uint32_t size = 0, code = 0;
	bool good = args;

	for (int i = 0; good && i < TRIES; i++) {
		good = call_buffer(cmd, b, args, size, &result);
		code = rpc_cmd_code(result);
		if (!good || (code != ERROR_INSUFFICIENT_BUFFER &&
			      code != ERROR_MORE_DATA))
			break;
		size += (uint32_t)json_integer_value(
			json_object_get(result, b->needed));
		if (size > BUFFER_MAX)
			size = BUFFER_MAX;
	}
	json_decref(args);
	if (!good || !rpc_cmd_good(cmd, b->method, result))
		return NULL;
	return records(cmd, b, result);
}

/* ---- The frame of a command --------------------------------------------- */

/* The common options with those of the command before them. */
static void all_options(const struct rpc_command *command,
			struct option list[OPTIONS_MAX], char letters[64])
{
	const struct option *own = command->more;
	size_t n = 0, used;

	strcpy(letters, RPC_ARGS_SHORT);
	for (; own && own->name && n < OWN_MAX; own++) {
		list[n++] = *own;
		used = strlen(letters);
		snprintf(letters + used, 64 - used, "%c%s", own->val,
			 own->has_arg ? ":" : "");
	}
	memcpy(&list[n], common, sizeof(common));
}

static bool is_own(const struct rpc_command *command, int option)
{
	const struct option *own = command->more;

	for (; own && own->name; own++)
		if (own->val == option)
			return true;
	return false;
}

static int help(const struct rpc_command *command, FILE *to)
{
	fputs(command->help, to);
	fputs(RPC_ARGS_HELP, to);
	return to == stdout ? UNC_OK : UNC_USAGE;
}

/* UNC_OK: go on; -1: it was --help */
static int take_options(struct rpc_cmd *cmd, int argc, char **argv)
{
	struct option list[OPTIONS_MAX] = { { 0 } };
	char letters[64];
	int option;

	all_options(cmd->command, list, letters);
	while ((option = getopt_long(argc, argv, letters, list, NULL)) != -1) {
		if (is_own(cmd->command, option))
			cmd->given[option & 127] = optarg ? optarg : "";
		else if (option == 'h')
			return -1;
		else if (!rpc_args_option(&cmd->args, option))
			return UNC_USAGE;
	}
	argc -= optind + 1;
	if (argc < cmd->command->least || argc > cmd->command->most)
		return help(cmd->command, stderr);
	cmd->server = argv[optind];
	cmd->operands = argv + optind + 1;
	return UNC_OK;
}

static bool run(struct rpc_cmd *cmd)
{
	bool good;

	cmd->results = json_array();
	cmd->rows = json_array();
	good = (!cmd->command->interface ||
		open_client(cmd, cmd->command->interface)) &&
	       cmd->command->run(cmd);
	uncrpc_close(cmd->rpc);
	/* What was found before something failed is shown. */
	if (good || json_array_size(cmd->rows))
		good = rows_print(cmd->rows, cmd->args.json) && good;
	else
		json_decref(cmd->rows);
	json_decref(cmd->results);
	return good;
}

int rpc_command_main(const struct rpc_command *command, int argc, char **argv)
{
	static struct rpc_cmd cmd;
	int ret;

	cmd.command = command;
	ret = take_options(&cmd, argc, argv);
	if (ret == -1)
		return help(command, stdout);
	if (ret != UNC_OK)
		return ret;
	ret = rpc_args_password(&cmd.args) && run(&cmd) ? UNC_OK : UNC_FAILED;
	credential_wipe(&cmd.args.cred);
	return ret;
}
