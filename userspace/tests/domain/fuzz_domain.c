// SPDX-License-Identifier: GPL-2.0-or-later
/* Answers of whoever says to be a controller or a DNS server. */
#include <stdlib.h>
#include <string.h>

#include "cldap.h"
#include "dnssrv.h"
#include "gpo.h"
#include "gposec.h"
#include "ping.h"
#include "sid.h"

static void try_policy(const uint8_t *data, size_t size)
{
	char *text = strndup((const char *)data, size);
	char guid[GPO_GUID_LEN + 1], path[64];
	const char *links = text, *names = text;
	struct gpo_link link;
	uint32_t version;

	if (!text)
		return;
	while (gpo_link_next(&links, &link) == 1)
		if (!*link.dn || links > text + strlen(text))
			abort();
	while (gpo_extension_next(&names, guid) == 1)
		if (strlen(guid) != GPO_GUID_LEN)
			abort();
	if (gpo_path(text, path, sizeof(path)) &&
	    (*path == '/' || strstr(path, "..")))
		abort();
	gpo_version((const char *)data, size, &version);
	free(text);
}

static void try_filter(const uint8_t *data, size_t size)
{
	static const char *const who[] = { "S-1-5-11", "S-1-1-0" };
	struct gpo_token token = { who, 2 };
	struct gpo_verdict verdict;

	if (gpo_may_apply(data, size, &token, &verdict))
		return;
	if (*verdict.sid && strcmp(verdict.sid, who[0]) != 0 &&
	    strcmp(verdict.sid, who[1]) != 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_name(const struct dnsname *name)
{
	char text[DNSNAME_TEXT_ROOM];

	if (!name->len)
		abort();
	dnsname_format(name, text);
	if (strlen(text) >= sizeof(text))
		abort();
}

static void try_ping(const uint8_t *data, size_t size)
{
	struct ping_answer answer;

	if (ping_answer_decode(data, (u32)size, &answer, NULL))
		return;
	try_name(&answer.forest);
	try_name(&answer.host);
	try_name(&answer.client_site);
}

static u32 half(u32 max)
{
	return max / 2;
}

static void try_srv(const uint8_t *data, size_t size)
{
	static struct dnssrv_answer answer;

	if (dnssrv_answer_decode(data, (u32)size, &answer, NULL))
		return;
	if (answer.count > DNSSRV_MAX)
		abort();
	dnssrv_sort(&answer, half);
	for (u32 i = 0; i < answer.count; i++) {
		try_name(&answer.records[i].target);
		if (i && answer.records[i].priority <
			 answer.records[i - 1].priority)
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char text[SID_TEXT_ROOM];
	struct der_bytes value;

	if (size > UINT16_MAX)
		return 0;
	try_ping(data, size);
	if (cldap_answer_decode(data, size, 1, &value) == 0)
		try_ping(value.data, value.len);
	try_srv(data, size);
	sid_format(data, size, text);
	try_policy(data, size);
	try_filter(data, size);
	return 0;
}
