// SPDX-License-Identifier: GPL-2.0-or-later
/* unc shares: what a server offers (srvsvc.NetrShareEnum, or NetShareEnum by RAP). */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "key.h"
#include "log.h"
#include "rapcall.h"
#include "reason.h"
#include "rpccmd.h"

/* [MS-SRVS] 2.2.2.4: a type and flags */
#define TYPE_MASK	0x0fffffffu
#define TYPE_SPECIAL	0x80000000u

static json_t *type_name(const json_t *value)
{
	static const char *const names[] = { "disk", "printer", "device",
					     "ipc" };
	uint32_t type = (uint32_t)json_integer_value(value) & TYPE_MASK;

	return json_string(type < 4 ? names[type] : "other");
}

static json_t *special(const json_t *value)
{
	return json_boolean(json_integer_value(value) & TYPE_SPECIAL);
}

static const struct column columns[] = {
	{ "name",	"shi1_netname",	NULL },
	{ "type",	"shi1_type",	type_name },
	{ "special",	"shi1_type",	special },
	{ "remark",	"shi1_remark",	NULL },
	{ NULL,		NULL,		NULL }
};

/* ---- By RAP ------------------------------------------------------------- */

enum { OPTION_RAP = 'R', OPTION_PORT = 'P' };

static const struct option more[] = {
	{ "rap",	no_argument,		NULL, OPTION_RAP },
	{ "port",	required_argument,	NULL, OPTION_PORT },
	{ NULL, 0, NULL, 0 }
};

static json_t *rap_row(const struct rap_share *share)
{
	static const char *const types[] = { "disk", "printer", "device",
					     "ipc" };
	json_t *row = json_object();
	size_t len = strlen(share->name);

	json_object_set_new(row, "name", json_string(share->name));
	json_object_set_new(row, "type", json_string(share->type < 4 ?
						     types[share->type] :
						     "other"));
	json_object_set_new(row, "special",
			    json_boolean(len && share->name[len - 1] == '$'));
	json_object_set_new(row, "remark", json_string(share->comment));
	return row;
}

static int rap_rows(struct rpc_cmd *cmd, int fd, struct rap_target *target)
{
	struct rap_answer answer = { 0 };
	struct wire_blob data, params;
	struct rap_share share;
	struct wire_out out;
	u8 buf[64];
	int ret;

	wire_out_init(&out, buf, sizeof(buf));
	ret = rap_share_enum_encode(&out, UNC_RAP_MAX);
	params = (struct wire_blob){ buf, out.pos };
	if (!ret)
		ret = rap_call(fd, target, &params, &answer, &data);
	if (!ret)
		ret = rap_errno(&answer);
	for (unsigned int i = 0; !ret && i < answer.count; i++) {
		ret = rap_share_decode(&data, &answer, i, &share);
		if (!ret)
			json_array_append_new(cmd->rows, rap_row(&share));
	}
	return ret;
}

/* "//HOST": false for anything behind it */
static bool rap_host(const char *server, char *host, size_t room)
{
	size_t len;

	server += strspn(server, "/\\");
	len = strcspn(server, "/\\[");
	if (!len || len >= room || server[len])
		return false;
	memcpy(host, server, len);
	host[len] = '\0';
	return true;
}

static bool rap_credential(const struct rpc_cmd *cmd, struct rap_target *target)
{
	target->sec = cmd->args.sec;
	if (!cmd->args.cred.has_user || !cmd->args.cred.has_password)
		return true;
	target->key = key_add("*", &cmd->args.cred, KEY_SPEC_PROCESS_KEYRING);
	if (target->key < 0)
		log_error("cannot hand the password to the kernel");
	return target->key >= 0;
}

static bool run_rap(struct rpc_cmd *cmd)
{
	static struct rap_target target;
	const char *port = cmd->given[OPTION_PORT];
	char host[256];
	int fd, ret;

	if (!rap_host(cmd->server, host, sizeof(host))) {
		log_error("%s: not of the form //HOST", cmd->server);
		return false;
	}
	target.host = host;
	target.port = port ? (uint32_t)strtoul(port, NULL, 10) : 0;
	if (!rap_credential(cmd, &target))
		return false;
	fd = rap_open();
	if (fd < 0) {
		log_error("cannot open /dev/npipe: %s (modprobe uncfs)",
			  strerror(errno));
		return false;
	}
	ret = rap_rows(cmd, fd, &target);
	close(fd);
	if (ret)
		log_error("%s: %s", cmd->server, reason_of(-ret));
	return !ret;
}

/* ------------------------------------------------------------------------- */

static bool run(struct rpc_cmd *cmd)
{
	static const struct rpc_listing listing = {
		"NetrShareEnum",
		"{\"InfoStruct\": {\"Level\": 1, \"ShareInfo\": {\"Level1\": {}}},"
		" \"PreferedMaximumLength\": 4294967295}",
		"InfoStruct.ShareInfo.Level1.Buffer", columns
	};

	if (cmd->given[OPTION_RAP])
		return run_rap(cmd);
	return rpc_cmd_switch(cmd, "srvsvc") && rpc_cmd_list(cmd, &listing);
}

int shares_main(int argc, char **argv)
{
	static const struct rpc_command command = {
		.help = "usage: unc shares [OPTION]... //HOST\n"
			"Lists the shares of a server.\n\n"
			"      --rap              as servers before Windows NT tell them, by SMB 1; for\n"
			"                         root alone; no names of more than 12 characters\n"
			"      --port N           TCP port of the server, with --rap\n",
		.more = more, .run = run,
	};

	return rpc_command_main(&command, argc, argv);
}
