/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the commands share that show something of a server by calling methods
 * of an RPC interface: options, connection, calls with JSON, printing.
 */
#ifndef UNC_CLI_RPCCMD_H
#define UNC_CLI_RPCCMD_H

#include "infobuf.h"
#include "rows.h"
#include "rpcargs.h"
#include "winerror.h"

struct rpc_cmd;

/**
 * struct rpc_command - one of them
 * @help: usage, without the options that all have
 * @more: its own options, ended by one without a name; their letters are
 *	ASCII. NULL: none
 * @interface: what to connect to; NULL: @run does it by rpc_cmd_switch()
 * @least, @most: number of operands after the server
 * @run: fills in @rows; false: it logged why not
 */
struct rpc_command {
	const char *help;
	const struct option *more;
	const char *interface;
	int least, most;
	bool (*run)(struct rpc_cmd *cmd);
};

/**
 * struct rpc_cmd - while it runs
 * @operands: what follows the server on the command line, ended by NULL
 * @given: of an own option: its argument or ""; NULL: not given
 * @rows: what is to be printed: an array of objects, or one object
 */
struct rpc_cmd {
	struct rpc_args args;
	const struct rpc_command *command;
	const char *server;
	char **operands;
	const char *given[128];
	struct uncrpc *rpc;
	json_t *results;
	json_t *rows;
};

/** rpc_command_main - the main function of such a command */
int rpc_command_main(const struct rpc_command *command, int argc, char **argv);

/**
 * rpc_cmd_try - call a method
 * @args: its arguments, as for unc rpc; released
 * @result: receives what it returned, which lives as long as @cmd
 *
 * Return: false: logged. Its own result is not looked at: see rpc_cmd_code().
 */
bool rpc_cmd_try(struct rpc_cmd *cmd, const char *method, json_t *args,
		 json_t **result);

/** rpc_cmd_code - the result of a method */
uint32_t rpc_cmd_code(const json_t *result);

/** rpc_cmd_good - is it 0?  False: logged. */
bool rpc_cmd_good(struct rpc_cmd *cmd, const char *method, const json_t *result);

/** rpc_cmd_call - call it, and it must return 0.  NULL: logged. */
json_t *rpc_cmd_call(struct rpc_cmd *cmd, const char *method, json_t *args);

/**
 * rpc_cmd_switch - go on with another interface of the same server
 *
 * Return: false: logged.
 */
bool rpc_cmd_switch(struct rpc_cmd *cmd, const char *interface);

/**
 * struct rpc_listing - a list that one method returns
 * @method: its name
 * @args: its arguments, as JSON
 * @path: where the list is in the result
 * @columns: what of an element is shown
 */
struct rpc_listing {
	const char *method;
	const char *args;
	const char *path;
	const struct column *columns;
};

/** rpc_cmd_list - call it and put the list into the rows.  False: logged. */
bool rpc_cmd_list(struct rpc_cmd *cmd, const struct rpc_listing *listing);

/**
 * struct rpc_buffer - a method that fills a buffer with records (infobuf.h)
 * @method: its name
 * @size, @needed, @count, @buffer: the parameters with the size of the buffer,
 *	the size that it should have, the number of records, and the records
 * @in: the buffer is sent, too, as [MS-RPRN] wants it
 * @fields: of a record
 */
struct rpc_buffer {
	const char *method;
	const char *size, *needed, *count, *buffer;
	bool in;
	const struct info_field *fields;
};

/**
 * rpc_cmd_buffer - call it with a buffer that is large enough
 * @args: all other arguments; released
 *
 * Return: the records, a new array; NULL: logged.
 */
json_t *rpc_cmd_buffer(struct rpc_cmd *cmd, const struct rpc_buffer *b,
		       json_t *args);

#endif
