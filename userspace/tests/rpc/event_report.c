// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Writes events into a server's log, for tests that read them.  Without strings:
 * Samba wants an array of them where [MS-EVEN] 3.1.4.13 has one of pointers.
 *
 *	event_report BINDING LOG COUNT
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "client.h"
#include "eventlog.h"

#define WARNING 2

static struct rpc_client *client;
static struct ndr_codec codec;

static int32_t invoke(const char *method, void *args, const int32_t *result)
{
	struct rpc_error err = { 0 };

	if (rpc_client_call(client, method, &codec, args, &err)) {
		fprintf(stderr, "%s: %s\n", method, err.text);
		exit(1);
	}
	if (*result)
		fprintf(stderr, "%s: %08x\n", method, (unsigned int)*result);
	return *result;
}

/* ASCII only. */
static RPC_UNICODE_STRING *counted(const char *text)
{
	RPC_UNICODE_STRING *made = ndr_arena_alloc(codec.arena, sizeof(*made));
	size_t i, n = strlen(text);

	made->Length = made->MaximumLength = (uint16_t)(2 * n);
	made->Buffer = ndr_arena_alloc(codec.arena, 2 * n + 2);
	for (i = 0; i < n; i++)
		made->Buffer[i] = (uint8_t)text[i];
	return made;
}

static int32_t report(const struct ndr_context_handle *log, uint32_t number)
{
	uint8_t data[] = { 0xde, 0xad, 0xbe };
	uint32_t record = 0, written = 0;
	struct eventlog_ElfrReportEventW call = {
		.LogHandle = *log, .Time = (uint32_t)time(NULL),
		.EventType = WARNING, .EventCategory = 7,
		.EventID = 0x40001000 + number,
		.DataSize = sizeof(data), .ComputerName = counted("PROBE"),
		.Data = data, .RecordNumber = &record,
		.TimeWritten = &written,
	};

	return invoke("ElfrReportEventW", &call, &call.Return);
}

int main(int argc, char **argv)
{
	struct rpc_error err = { 0 };
	struct ndr_context_handle log;
	struct eventlog_ElfrOpenELW open = { .MajorVersion = 1,
					     .MinorVersion = 1 };
	uint32_t i;

	if (argc != 4) {
		fprintf(stderr, "usage: %s BINDING LOG COUNT\n", argv[0]);
		return 2;
	}
	codec.arena = ndr_arena_new(0);
	client = rpc_client_open(argv[1], "eventlog", NULL, &err);
	if (!client) {
		fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	open.ModuleName = counted(argv[2]);
	open.RegModuleName = counted("");
	if (invoke("ElfrOpenELW", &open, &open.Return))
		return 1;
	log = *open.LogHandle;
	for (i = 1; i <= (uint32_t)atoi(argv[3]); i++) {
		ndr_arena_reset(codec.arena);
		if (report(&log, i))
			return 1;
	}
	rpc_client_close(client);
	ndr_arena_free(codec.arena);
	return 0;
}
