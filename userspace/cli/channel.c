// SPDX-License-Identifier: GPL-2.0-or-later
#include "channel.h"

#include <stdlib.h>
#include <string.h>

#include "binxml.h"
#include "evtext.h"
#include "hex.h"
#include "log.h"

#define INTERFACE	"IEventService"

/* 3.1.4.12 */
#define QUERY_CHANNEL		0x00000001
#define READ_OLDEST_FIRST	0x00000100
#define READ_NEWEST_FIRST	0x00000200

#define BATCH		50		/* events of one call */
#define TIMEOUT_MS	10000
#define NO_MORE_ITEMS	259u		/* Win32 */

/* ---- Columns ------------------------------------------------------------- */

/* [MS-EVEN6] 3.1.4.7: winmeta.xml's levels. */
static json_t *level(const json_t *value)
{
	static const char *const names[] = {
		"information", "critical", "error", "warning", "information",
		"verbose",
	};
	const char *text = json_string_value(value);

	if (text && text[0] >= '0' && text[0] <= '5' && !text[1])
		return json_string(names[text[0] - '0']);
	return json_string(text ? text : "");
}

/* What a text is when its element may have attributes, too. */
static json_t *inner(const json_t *value)
{
	const json_t *text = json_is_object(value) ?
		json_object_get(value, "#text") : value;

	return json_string(json_is_string(text) ? json_string_value(text) : "");
}

/* People read numbers as such. */
static json_t *number(const json_t *value)
{
	json_t *text = inner(value);
	char *end;
	long long n = strtoll(json_string_value(text), &end, 10);
	bool good = *json_string_value(text) && !*end;

	if (!good)
		return text;
	json_decref(text);
	return json_integer(n);
}

static void add_texts(struct evtext *all, const json_t *value)
{
	const char *key;
	json_t *member;
	size_t i;

	if (json_is_string(value) && json_string_length(value)) {
		if (all->len)
			evtext_add(all, " | ", 3);
		evtext_add(all, json_string_value(value),
			   json_string_length(value));
	}
	json_array_foreach((json_t *)value, i, member)
		add_texts(all, member);
	json_object_foreach((json_t *)value, key, member)
		if (key[0] != '@')
			add_texts(all, member);
}

/* All data that the event has, in their order. */
static json_t *texts(const json_t *event)
{
	static const char *const parts[] = { "EventData", "UserData",
					     "DebugData", "BinaryEventData" };
	struct evtext all = { NULL };
	json_t *made;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		add_texts(&all, json_object_get(event, parts[i]));
	made = json_string(evtext_get(&all));
	evtext_free(&all);
	return made;
}

static const struct column columns[] = {
	{ "number",	"Event.System.EventRecordID",		number },
	{ "time",	"Event.System.TimeCreated.@SystemTime",	NULL },
	{ "type",	"Event.System.Level",			level },
	{ "source",	"Event.System.Provider.@Name",		NULL },
	{ "id",		"Event.System.EventID",			number },
	{ "category",	"Event.System.Task",			number },
	{ "computer",	"Event.System.Computer",		NULL },
	{ "user",	"Event.System.Security.@UserID",	NULL },
	{ "text",	"Event",				texts },
	{ NULL,		NULL,					NULL }
};

/* ---- Reading ------------------------------------------------------------- */

static bool add_event(struct rpc_cmd *cmd, const uint8_t *bytes, size_t len)
{
	const char *wrong = NULL;
	json_t *event = binxml_result(bytes, len, &wrong), *row;

	if (!event) {
		log_error("%s: EvtRpcQueryNext: %s of an event is wrong",
			  cmd->server, wrong);
		return false;
	}
	row = row_new(event, columns);
	if (cmd->args.json)
		json_object_set(row, "event", json_object_get(event, "Event"));
	json_array_append_new(cmd->rows, row);
	json_decref(event);
	return true;
}

static json_int_t number_at(const json_t *result, const char *list, size_t i)
{
	return json_integer_value(json_array_get(json_object_get(result, list),
						 i));
}

/* Each event is where its index says, if that is within the buffer. */
static bool add_events(struct rpc_cmd *cmd, const json_t *result,
		       const uint8_t *bytes, size_t len)
{
	size_t count = json_array_size(json_object_get(result,
						       "eventDataIndices"));

	for (size_t i = 0; i < count; i++) {
		json_int_t at = number_at(result, "eventDataIndices", i);
		json_int_t size = number_at(result, "eventDataSizes", i);

		if (at < 0 || size < 0 || (size_t)at > len ||
		    (size_t)size > len - (size_t)at) {
			log_error("%s: EvtRpcQueryNext: eventDataIndices of what it returned is wrong",
				  cmd->server);
			return false;
		}
		if (!add_event(cmd, bytes + at, (size_t)size))
			return false;
	}
	return true;
}

static bool take_batch(struct rpc_cmd *cmd, const json_t *result)
{
	const char *hex = json_string_value(json_object_get(result,
							    "resultBuffer"));
	size_t len = hex ? strlen(hex) / 2 : 0;
	uint8_t *bytes = malloc(len + 1);
	bool good = bytes && (!len || hex_decode(hex, bytes, len) ==
			      (ssize_t)len);

	if (!good)
		log_error("%s: EvtRpcQueryNext: resultBuffer of what it returned is wrong",
			  cmd->server);
	good = good && add_events(cmd, result, bytes, len);
	free(bytes);
	return good;
}

static bool read_query(struct rpc_cmd *cmd, json_t *query, size_t count)
{
	static const char method[] = "EvtRpcQueryNext";
	size_t before, have = 0;
	json_t *result;

	do {
		before = have;
		if (!rpc_cmd_try(cmd, method,
				 json_pack("{s:O, s:i, s:i, s:i}", "logQuery",
					   query, "numRequestedRecords",
					   count - have < BATCH ?
					   (int)(count - have) : BATCH,
					   "timeOutEnd", TIMEOUT_MS, "flags", 0),
				 &result))
			return false;
		if (rpc_cmd_code(result) == NO_MORE_ITEMS)
			return true;
		if (!rpc_cmd_good(cmd, method, result) ||
		    !take_batch(cmd, result))
			return false;
		have = json_array_size(cmd->rows);
	} while (have > before && have < count);
	while (json_array_size(cmd->rows) > count)
		json_array_remove(cmd->rows, json_array_size(cmd->rows) - 1);
	return true;
}

bool channel_read(struct rpc_cmd *cmd, const char *name, size_t count,
		  bool forwards)
{
	int flags = QUERY_CHANNEL |
		    (forwards ? READ_OLDEST_FIRST : READ_NEWEST_FIRST);
	json_t *opened;

	if (!count)
		return true;
	if (!rpc_cmd_switch(cmd, INTERFACE))
		return false;
	opened = rpc_cmd_call(cmd, "EvtRpcRegisterLogQuery",
		json_pack("{s:s, s:s, s:i}", "path", name, "query", "*",
			  "flags", flags));
	return opened && read_query(cmd, json_object_get(opened, "handle"),
				    count);
}

bool channel_list(struct rpc_cmd *cmd)
{
	json_t *result, *name;
	size_t i;

	if (!rpc_cmd_switch(cmd, INTERFACE))
		return false;
	result = rpc_cmd_call(cmd, "EvtRpcGetChannelList",
			      json_pack("{s:i}", "flags", 0));
	json_array_foreach(json_object_get(result, "channelPaths"), i, name)
		json_array_append_new(cmd->rows,
				      json_pack("{s:O}", "log", name));
	return result;
}
