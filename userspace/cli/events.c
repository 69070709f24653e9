// SPDX-License-Identifier: GPL-2.0-or-later
/* unc events: the event logs of a server, [MS-EVEN] and [MS-EVEN6]. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "channel.h"
#include "cli.h"
#include "evrecord.h"
#include "hex.h"
#include "log.h"
#include "ntstatus.h"
#include "registry.h"
#include "rpccmd.h"

/* [MS-EVEN] 3.1.4.7 */
#define EVENTLOG_SEQUENTIAL_READ	0x1
#define EVENTLOG_SEEK_READ		0x2
#define EVENTLOG_FORWARDS_READ		0x4
#define EVENTLOG_BACKWARDS_READ		0x8

#define BATCH_MAX	0x7ffff		/* MAX_BATCH_BUFF, 2.2.9 */
#define BATCH		(64u << 10)
#define COUNT		20

#define LOGS	"HKLM\\SYSTEM\\CurrentControlSet\\Services\\Eventlog"

/* ---- Columns ------------------------------------------------------------ */

static json_t *when(const json_t *value)
{
	time_t seconds = (time_t)json_integer_value(value);
	char text[32];
	struct tm tm;

	gmtime_r(&seconds, &tm);
	strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm);
	return json_string(text);
}

/* 2.2.2 */
static json_t *type(const json_t *value)
{
	switch (json_integer_value(value)) {
	case 0:
		return json_string("success");
	case 1:
		return json_string("error");
	case 2:
		return json_string("warning");
	case 4:
		return json_string("information");
	case 8:
		return json_string("audit-success");
	case 16:
		return json_string("audit-failure");
	}
	return json_integer(json_integer_value(value));
}

/* What people call the number of an event is its lower half (2.2.3). */
static json_t *id(const json_t *value)
{
	return json_integer(json_integer_value(value) & 0xffff);
}

static json_t *joined(const json_t *list)
{
	json_t *all = json_string(""), *one;
	size_t i;

	json_array_foreach((json_t *)list, i, one) {
		json_t *longer = json_sprintf("%s%s%s", json_string_value(all),
					      i ? " | " : "",
					      json_string_value(one));

		json_decref(all);
		all = longer;
	}
	return all;
}

static const struct column columns[] = {
	{ "number",	"RecordNumber",		NULL },
	{ "time",	"TimeGenerated",	when },
	{ "type",	"EventType",		type },
	{ "source",	"SourceName",		NULL },
	{ "id",		"EventID",		id },
	{ "category",	"EventCategory",	NULL },
	{ "computer",	"Computername",		NULL },
	{ "user",	"UserSid",		NULL },
	{ "text",	"Strings",		joined },
	{ NULL,		NULL,			NULL }
};

/* ---- Reading ------------------------------------------------------------ */

static json_t *records(struct rpc_cmd *cmd, const json_t *result)
{
	const char *hex = json_string_value(json_object_get(result, "Buffer"));
	json_int_t used = json_integer_value(json_object_get(result,
							     "NumberOfBytesRead"));
	size_t cap = hex ? strlen(hex) / 2 : 0;
	uint8_t *bytes = malloc(cap + 1);
	const char *wrong = "NumberOfBytesRead";
	json_t *made = NULL;

	if (bytes && used >= 0 && (size_t)used <= cap &&
	    (!cap || hex_decode(hex, bytes, cap) == (ssize_t)cap))
		made = evrecord_decode(bytes, (size_t)used, &wrong);
	if (!made)
		log_error("%s: ElfrReadELW: %s of what it returned is wrong",
			  cmd->server, wrong);
	free(bytes);
	return made;
}

/* Where a batch begins: as @flags say, at this record if they say SEEK. */
struct place {
	uint32_t flags;
	uint32_t record;
};

/* The next batch; a record that is larger than usual is asked for again. */
static json_t *batch(struct rpc_cmd *cmd, json_t *log, const struct place *place)
{
	static const char method[] = "ElfrReadELW";
	json_int_t size = BATCH;
	json_t *result;

	for (int i = 0; i < 2; i++) {
		if (!rpc_cmd_try(cmd, method,
				 json_pack("{s:O, s:I, s:I, s:I}", "LogHandle",
					   log, "ReadFlags",
					   (json_int_t)place->flags,
					   "RecordOffset",
					   (json_int_t)place->record,
					   "NumberOfBytesToRead", size),
				 &result))
			return NULL;
		if (rpc_cmd_code(result) != NT_STATUS_BUFFER_TOO_SMALL)
			break;
		size = json_integer_value(json_object_get(result,
					  "MinNumberOfBytesNeeded"));
		size = size < BATCH_MAX ? size : BATCH_MAX;
	}
	if (rpc_cmd_code(result) == NT_STATUS_END_OF_FILE)
		return json_array();
	if (!rpc_cmd_good(cmd, method, result))
		return NULL;
	return records(cmd, result);
}

static bool ask_number(struct rpc_cmd *cmd, json_t *log, const char *method,
		       const char *name, uint32_t *number)
{
	json_t *result = rpc_cmd_call(cmd, method,
				      json_pack("{s:O}", "LogHandle", log));

	*number = (uint32_t)json_integer_value(json_object_get(result, name));
	return result;
}

/*
 * Backwards is from the newest one on ([MS-EVEN] 3.1.4.7), but Samba begins with
 * the oldest in both directions unless it is told a record.
 */
static bool find_newest(struct rpc_cmd *cmd, json_t *log, struct place *place)
{
	uint32_t oldest, number;

	if (!ask_number(cmd, log, "ElfrOldestRecord", "OldestRecordNumber",
			&oldest) ||
	    !ask_number(cmd, log, "ElfrNumberOfRecords", "NumberOfRecords",
			&number))
		return false;
	place->flags = EVENTLOG_BACKWARDS_READ |
		       (number ? EVENTLOG_SEEK_READ : EVENTLOG_SEQUENTIAL_READ);
	place->record = number ? oldest + number - 1 : 0;
	return true;
}

static bool read_log(struct rpc_cmd *cmd, json_t *log, size_t count)
{
	bool forwards = cmd->given['f'];
	uint32_t way = forwards ? EVENTLOG_FORWARDS_READ : EVENTLOG_BACKWARDS_READ;
	struct place place = { .flags = EVENTLOG_SEQUENTIAL_READ | way };
	size_t got = 1;
	json_t *list;

	if (!forwards && !find_newest(cmd, log, &place))
		return false;
	while (got && json_array_size(cmd->rows) < count) {
		list = batch(cmd, log, &place);
		if (!list)
			return false;
		got = json_array_size(list);
		rows_add(cmd->rows, list, columns);
		json_decref(list);
		place = (struct place){ .flags = EVENTLOG_SEQUENTIAL_READ | way };
	}
	while (json_array_size(cmd->rows) > count)
		json_array_remove(cmd->rows, json_array_size(cmd->rows) - 1);
	return true;
}

/* ---- Which logs there are ----------------------------------------------- */

static void add_name(struct rpc_cmd *cmd, json_t *name)
{
	json_array_append_new(cmd->rows, json_pack("{s:o}", "log", name));
}

static bool classic(struct rpc_cmd *cmd)
{
	char path[] = LOGS;

	return rpc_cmd_switch(cmd, "winreg") && reg_keys(cmd, path, add_name);
}

/* ---- The command -------------------------------------------------------- */

static bool wanted(const struct rpc_cmd *cmd, size_t *count)
{
	const char *given = cmd->given['n'];
	char *end = NULL;

	*count = given ? strtoul(given, &end, 10) : COUNT;
	if (!given || (*given >= '0' && *given <= '9' && !*end))
		return true;
	log_error("\"%s\" is no number of events", given);
	return false;
}

static bool run(struct rpc_cmd *cmd)
{
	const char *name = cmd->operands[0];
	json_t *opened;
	size_t count;

	if (!wanted(cmd, &count))
		return false;
	if (!name)
		return cmd->given['C'] ? channel_list(cmd) : classic(cmd);
	/* A slash is in no name of before Vista. */
	if (cmd->given['C'] || strchr(name, '/'))
		return channel_read(cmd, name, count, cmd->given['f']);
	if (!rpc_cmd_switch(cmd, "eventlog"))
		return false;
	opened = rpc_cmd_call(cmd, "ElfrOpenELW",
		json_pack("{s:{s:s}, s:{s:s}, s:i, s:i}", "ModuleName",
			  "Buffer", name, "RegModuleName", "Buffer", "",
			  "MajorVersion", 1, "MinorVersion", 1));
	return opened && read_log(cmd, json_object_get(opened, "LogHandle"),
				  count);
}

int events_main(int argc, char **argv)
{
	static const struct option more[] = {
		{ "count", required_argument, NULL, 'n' },
		{ "forwards", no_argument, NULL, 'f' },
		{ "channels", no_argument, NULL, 'C' },
		{ NULL, 0, NULL, 0 }
	};
	static const struct rpc_command command = {
		.help = "usage: unc events [OPTION]... //HOST [LOG]\n"
			"Lists the event logs of a server, or shows the newest events of one LOG:\n"
			"number, time (UTC), type, source, id, category, computer, user, texts.\n\n"
			"  -n, --count NUMBER     so many events (20)\n"
			"  -f, --forwards         the oldest first\n"
			"  -C, --channels         LOG is a channel, as Windows has them since Vista;\n"
			"                         without LOG: list all of them.  A LOG with a slash in\n"
			"                         its name is one without being told\n"
			"With --json an event of a channel is there as a whole, too, as \"event\".\n",
		.more = more, .most = 1, .run = run,
	};

	return rpc_command_main(&command, argc, argv);
}
