/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What all commands that call RPC servers have in common. */
#ifndef UNC_CLI_RPCARGS_H
#define UNC_CLI_RPCARGS_H

#include <getopt.h>
#include <jansson.h>

#include "credential.h"
#include "uncrpc.h"

/* Options: short ones, and the long ones for an array of struct option. */
#define RPC_ARGS_SHORT "u:sc:jth"
#define RPC_ARGS_LONG \
	{ "user",		required_argument,	NULL, 'u' }, \
	{ "stdin-password",	no_argument,		NULL, 's' }, \
	{ "credentials",	required_argument,	NULL, 'c' }, \
	{ "json",		no_argument,		NULL, 'j' }, \
	{ "trace",		no_argument,		NULL, 't' }, \
	{ "help",		no_argument,		NULL, 'h' }, \
	{ "sec",		required_argument,	NULL, RPC_ARGS_SEC }

#define RPC_ARGS_HELP \
"  -u, --user USER        who to be, [DOMAIN\\]NAME; asks for the password\n" \
"  -s, --stdin-password   the password is the first line of standard input\n" \
"  -c, --credentials FILE user and password as mount.cifs(8) has them in a file\n" \
"      --sec WHAT         any, krb5, ntlm or none: of the session below a pipe\n" \
"  -j, --json             print JSON\n" \
"  -t, --trace            show every PDU, arguments and results, on standard error\n" \
"  -h, --help             show this\n"

enum { RPC_ARGS_SEC = 256 };

struct rpc_args {
	struct credential cred;
	bool stdin_password;
	bool json;
	bool trace;
	uint32_t sec;
};

/* One option of the above but for -h.  False: logged. */
bool rpc_args_option(struct rpc_args *args, int option);

/* Ask for a password that is missing.  False: logged. */
bool rpc_args_password(struct rpc_args *args);

/* A client for a string binding or "//host"; NULL: logged. */
struct uncrpc *rpc_args_open(const struct rpc_args *args, const char *binding,
			     const char *interface);

/* Print @json, which is released; false: logged. */
bool rpc_args_print(json_t *json);

#endif
