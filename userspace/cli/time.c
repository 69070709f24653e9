// SPDX-License-Identifier: GPL-2.0-or-later
/* unc time: a server's clock (srvsvc.NetrRemoteTOD). */
#include <stdio.h>
#include <time.h>

#include "cli.h"
#include "log.h"
#include "rpccmd.h"

static int64_t milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static json_int_t number(const json_t *tod, const char *name)
{
	return json_integer_value(json_object_get(tod, name));
}

/*
 * The answer took half of the time there and back, as near as one can know.
 * tod_elapsedt counts seconds of UTC since 1970 ([MS-SRVS] 2.2.4.105).
 */
static json_t *compare(const json_t *tod, int64_t before, int64_t after)
{
	time_t seconds = (time_t)number(tod, "tod_elapsedt");
	int64_t theirs = (int64_t)seconds * 1000 +
			 number(tod, "tod_hunds") * 10;
	int64_t zone = number(tod, "tod_timezone");
	int minutes = (int)(zone < 0 ? -zone : zone);
	char text[32];
	struct tm tm;

	gmtime_r(&seconds, &tm);
	strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm);
	/* -1 says that the server does not know; minutes west of Greenwich */
	return json_pack("{s:s, s:f, s:f, s:o}", "time", text,
			 "ahead", (double)(theirs - (before + after) / 2) / 1000,
			 "took", (double)(after - before) / 1000, "zone",
			 zone == -1 ? json_null() :
				json_sprintf("UTC%c%02d:%02d", zone > 0 ? '-' : '+',
					     minutes / 60, minutes % 60));
}

static bool run(struct rpc_cmd *cmd)
{
	int64_t before = milliseconds();
	json_t *result = rpc_cmd_call(cmd, "NetrRemoteTOD", json_object());
	int64_t after = milliseconds();
	json_t *tod = json_object_get(result, "BufferPtr");

	if (result && !json_is_object(tod))
		log_error("%s: it does not tell", cmd->server);
	if (!json_is_object(tod))
		return false;
	json_decref(cmd->rows);
	cmd->rows = compare(tod, before, after);
	return cmd->rows;
}

int time_main(int argc, char **argv)
{
	static const struct rpc_command command = {
		.help = "usage: unc time [OPTION]... //HOST\n"
			"Shows a server's time, how many seconds it is ahead of this machine, how many\n"
			"the answer took, and the time zone it is in.\n\n",
		.interface = "srvsvc", .run = run,
	};

	return rpc_command_main(&command, argc, argv);
}
