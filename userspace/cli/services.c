// SPDX-License-Identifier: GPL-2.0-or-later
/* unc services: the services of a server, [MS-SCMR]. */
#include "cli.h"
#include "log.h"
#include "rpccmd.h"

/* 3.1.4, table of access rights */
#define SC_MANAGER_CONNECT		0x0001
#define SC_MANAGER_ENUMERATE_SERVICE	0x0004
#define SERVICE_QUERY_CONFIG		0x0001
#define SERVICE_QUERY_STATUS		0x0004
#define SERVICE_START			0x0010
#define SERVICE_STOP			0x0020

#define SERVICE_WIN32			0x30
#define SERVICE_STATE_ALL		3
#define SERVICE_CONTROL_STOP		1

static json_t *named(const json_t *value, const char *const *names, size_t n)
{
	json_int_t number = json_integer_value(value);

	if (number < 0 || (size_t)number >= n || !names[number])
		return json_integer(number);
	return json_string(names[number]);
}

/* 2.2.47 */
static json_t *state(const json_t *value)
{
	static const char *const names[] = { NULL, "stopped", "starting",
		"stopping", "running", "continuing", "pausing", "paused" };

	return named(value, names, sizeof(names) / sizeof(names[0]));
}

/* 2.2.15 */
static json_t *start_type(const json_t *value)
{
	static const char *const names[] = { "boot", "system", "automatic",
		"manual", "disabled" };

	return named(value, names, sizeof(names) / sizeof(names[0]));
}

/* ENUM_SERVICE_STATUSW, 2.2.11 */
static const struct info_field fields[] = {
	{ "lpServiceName", INFO_TEXT },
	{ "lpDisplayName", INFO_TEXT },
	{ "dwServiceType", INFO_U32 },
	{ "dwCurrentState", INFO_U32 },
	{ "dwControlsAccepted", INFO_SKIP },
	{ "dwWin32ExitCode", INFO_SKIP },
	{ "dwServiceSpecificExitCode", INFO_SKIP },
	{ "dwCheckPoint", INFO_SKIP },
	{ "dwWaitHint", INFO_SKIP },
	{ NULL, 0 }
};

static const struct column columns[] = {
	{ "name",	"lpServiceName",	NULL },
	{ "state",	"dwCurrentState",	state },
	{ "display",	"lpDisplayName",	NULL },
	{ NULL,		NULL,			NULL }
};

static bool list(struct rpc_cmd *cmd, json_t *manager)
{
	static const struct rpc_buffer buffer = {
		"REnumServicesStatusW", "cbBufSize", "pcbBytesNeeded",
		"lpServicesReturned", "lpBuffer", false, fields
	};
	json_t *found = rpc_cmd_buffer(cmd, &buffer,
		json_pack("{s:O, s:i, s:i, s:i}", "hSCManager", manager,
			  "dwServiceType", SERVICE_WIN32, "dwServiceState",
			  SERVICE_STATE_ALL, "lpResumeIndex", 0));

	if (found)
		rows_add(cmd->rows, found, columns);
	json_decref(found);
	return found;
}

static const struct column config[] = {
	{ "display",	"lpServiceConfig.lpDisplayName",	NULL },
	{ "start",	"lpServiceConfig.dwStartType",		start_type },
	{ "program",	"lpServiceConfig.lpBinaryPathName",	NULL },
	{ "account",	"lpServiceConfig.lpServiceStartName",	NULL },
	{ NULL,		NULL,					NULL }
};

/* What RQueryServiceConfigW has room for is the most there can be. */
static bool show(struct rpc_cmd *cmd, const char *name, json_t *service)
{
	json_t *status = rpc_cmd_call(cmd, "RQueryServiceStatus",
		json_pack("{s:O}", "hService", service));
	json_t *about = status ? rpc_cmd_call(cmd, "RQueryServiceConfigW",
		json_pack("{s:O, s:i}", "hService", service, "cbBufSize",
			  8 * 1024)) : NULL;

	if (!about)
		return false;
	json_decref(cmd->rows);
	cmd->rows = json_pack("{s:s, s:o}", "name", name, "state",
		state(json_at(status, "lpServiceStatus.dwCurrentState")));
	about = row_new(about, config);
	json_object_update(cmd->rows, about);
	json_decref(about);
	return true;
}

static bool control(struct rpc_cmd *cmd, json_t *service)
{
	if (cmd->given['S'] &&
	    !rpc_cmd_call(cmd, "RStartServiceW",
			  json_pack("{s:O, s:i}", "hService", service, "argc",
				    0)))
		return false;
	return !cmd->given['p'] ||
	       rpc_cmd_call(cmd, "RControlService",
			    json_pack("{s:O, s:i}", "hService", service,
				      "dwControl", SERVICE_CONTROL_STOP));
}

static bool one(struct rpc_cmd *cmd, json_t *manager, const char *name)
{
	int access = SERVICE_QUERY_CONFIG | SERVICE_QUERY_STATUS |
		     (cmd->given['S'] ? SERVICE_START : 0) |
		     (cmd->given['p'] ? SERVICE_STOP : 0);
	json_t *opened = rpc_cmd_call(cmd, "ROpenServiceW",
		json_pack("{s:O, s:s, s:i}", "hSCManager", manager,
			  "lpServiceName", name, "dwDesiredAccess", access));
	json_t *service = json_object_get(opened, "lpServiceHandle");

	return service && control(cmd, service) && show(cmd, name, service);
}

static bool run(struct rpc_cmd *cmd)
{
	const char *name = cmd->operands[0];
	json_t *opened = rpc_cmd_call(cmd, "ROpenSCManagerW",
		json_pack("{s:i}", "dwDesiredAccess", SC_MANAGER_CONNECT |
			  (name ? 0 : SC_MANAGER_ENUMERATE_SERVICE)));
	json_t *manager = json_object_get(opened, "lpScHandle");

	if (!manager)
		return false;
	if (name)
		return one(cmd, manager, name);
	if (!cmd->given['S'] && !cmd->given['p'])
		return list(cmd, manager);
	log_error("--start and --stop need the NAME of a service");
	return false;
}

int services_main(int argc, char **argv)
{
	static const struct option more[] = {
		{ "start", no_argument, NULL, 'S' },
		{ "stop", no_argument, NULL, 'p' },
		{ NULL, 0, NULL, 0 }
	};
	static const struct rpc_command command = {
		.help = "usage: unc services [OPTION]... //HOST [NAME]\n"
			"Lists the services of a server, or shows the service NAME.\n\n"
			"  -S, --start            start it\n"
			"  -p, --stop             stop it\n",
		.more = more, .interface = "svcctl", .most = 1, .run = run,
	};

	return rpc_command_main(&command, argc, argv);
}
