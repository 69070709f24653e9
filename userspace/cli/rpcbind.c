// SPDX-License-Identifier: GPL-2.0-or-later
#include "rpcbind.h"

#include <stdlib.h>
#include <string.h>

#include "hex.h"

#define PTYPE_BIND	11
#define PTYPE_BIND_ACK	12
#define PTYPE_BIND_NAK	13
#define PFC_FIRST_LAST	3
#define DREP_LITTLE_ENDIAN	0x10
#define HEADER_LEN	16
#define FRAG_MAX	4280		/* what Windows offers on pipes */
#define NDR_UUID	"8a885d04-1ceb-11c9-9fe8-08002b104860"
#define NDR_VERSION	2
#define SYNTAX_LEN	20

static const struct {
	const char *name;
	const char *uuid;
	uint16_t major, minor;
} interfaces[] = {
	{ "srvsvc",	"4b324fc8-1670-01d3-1278-5a47bf6ee188", 3, 0 },
	{ "wkssvc",	"6bffd098-a112-3610-9833-46c3f87e345a", 1, 0 },
	{ "lsarpc",	"12345778-1234-abcd-ef00-0123456789ab", 0, 0 },
	{ "samr",	"12345778-1234-abcd-ef00-0123456789ac", 1, 0 },
	{ "netlogon",	"12345678-1234-abcd-ef00-01234567cffb", 1, 0 },
	{ "winreg",	"338cd001-2244-31f1-aaaa-900038001003", 1, 0 },
	{ "svcctl",	"367abb81-9844-35f1-ad32-98f038001003", 2, 0 },
};

#define INTERFACES (sizeof(interfaces) / sizeof(interfaces[0]))

const char *rpc_interface_names(void)
{
	return "srvsvc wkssvc lsarpc samr netlogon winreg svcctl";
}

/* ---- Little-endian fields ----------------------------------------------- */

static void put16(uint8_t *at, unsigned int value)
{
	at[0] = (uint8_t)value;
	at[1] = (uint8_t)(value >> 8);
}

static unsigned int get16(const uint8_t *at)
{
	return at[0] | (unsigned int)at[1] << 8;
}

static uint32_t get32(const uint8_t *at)
{
	return get16(at) | (uint32_t)get16(at + 2) << 16;
}

/* The first three fields of a UUID are integers, so in little-endian order. */
static void uuid_swap(uint8_t uuid[16])
{
	static const uint8_t order[8] = { 3, 2, 1, 0, 5, 4, 7, 6 };
	uint8_t copy[8];

	memcpy(copy, uuid, 8);
	for (int i = 0; i < 8; i++)
		uuid[i] = copy[order[i]];
}

static bool uuid_parse(const char *text, size_t len, uint8_t uuid[16])
{
	char digits[33];
	size_t n = 0;

	if (len != 36)
		return false;
	for (size_t i = 0; i < len; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;

		if ((text[i] == '-') != dash)
			return false;
		if (!dash)
			digits[n++] = text[i];
	}
	digits[n] = '\0';
	if (hex_decode(digits, uuid, 16) != 16)
		return false;
	uuid_swap(uuid);
	return true;
}

/* ---- Bind --------------------------------------------------------------- */

static bool syntax_put(uint8_t *at, const char *uuid, size_t len,
		       unsigned int major, unsigned int minor)
{
	put16(at + 16, major);
	put16(at + 18, minor);
	return uuid_parse(uuid, len, at);
}

/* "UUID:MAJOR[.MINOR]" */
static bool syntax_parse(uint8_t *at, const char *text)
{
	const char *colon = strchr(text, ':');
	unsigned long major, minor = 0;
	char *end;

	if (!colon || !colon[1])
		return false;
	major = strtoul(colon + 1, &end, 10);
	if (*end == '.')
		minor = strtoul(end + 1, &end, 10);
	if (*end || major > 0xffff || minor > 0xffff)
		return false;
	return syntax_put(at, text, (size_t)(colon - text),
			  (unsigned int)major, (unsigned int)minor);
}

static bool interface_put(uint8_t *at, const char *interface)
{
	for (size_t i = 0; i < INTERFACES; i++)
		if (strcmp(interfaces[i].name, interface) == 0)
			return syntax_put(at, interfaces[i].uuid, 36,
					  interfaces[i].major,
					  interfaces[i].minor);
	return syntax_parse(at, interface);
}

bool rpc_bind_encode(const char *interface, uint8_t out[RPC_BIND_LEN])
{
	memset(out, 0, RPC_BIND_LEN);
	out[0] = 5;			/* version 5.0 */
	out[2] = PTYPE_BIND;
	out[3] = PFC_FIRST_LAST;
	out[4] = DREP_LITTLE_ENDIAN;
	put16(out + 8, RPC_BIND_LEN);
	put16(out + 12, 1);		/* call id */
	put16(out + 16, FRAG_MAX);
	put16(out + 18, FRAG_MAX);
	out[24] = 1;			/* one context, number 0 ... */
	out[30] = 1;			/* ... with one transfer syntax */
	return interface_put(out + 32, interface) &&
	       syntax_put(out + 32 + SYNTAX_LEN, NDR_UUID, 36, NDR_VERSION, 0);
}

/* ---- Bind_ack ----------------------------------------------------------- */

static const char *result_text(unsigned int result)
{
	static const char *const texts[] = {
		"accepted", "refused by the user", "refused by the provider",
		"negotiated",
	};

	return result < 4 ? texts[result] : "unknown";
}

static const char *reason_text(unsigned int reason)
{
	static const char *const texts[] = {
		"no reason given", "the interface is not there",
		"the transfer syntax is not supported",
		"a local limit is exceeded",
	};

	return reason < 4 ? texts[reason] : "unknown reason";
}

static bool complain(FILE *to, const char *what)
{
	fprintf(to, "%s\n", what);
	return false;
}

static bool results_print(const uint8_t *data, size_t len, size_t at, FILE *to)
{
	unsigned int count, result;

	if (at + 4 > len)
		return complain(to, "the bind_ack is cut short");
	count = data[at];
	at += 4;
	if (!count || count * 24UL > len - at)
		return complain(to, "the bind_ack has no result");
	result = get16(data + at);
	fprintf(to, "result: %s", result_text(result));
	if (result)
		fprintf(to, " (%s)", reason_text(get16(data + at + 2)));
	fputc('\n', to);
	return result == 0;
}

static bool bind_ack_print(const uint8_t *data, size_t len, FILE *to)
{
	size_t secondary;

	if (len < 26)
		return complain(to, "the bind_ack is cut short");
	fprintf(to, "bind_ack: fragments up to %u bytes, association group 0x%x\n",
		get16(data + 16), get32(data + 20));
	secondary = get16(data + 24);
	if (secondary > len - 26)
		return complain(to, "the bind_ack's secondary address is longer than the message");
	fprintf(to, "secondary address: %.*s\n",
		(int)strnlen((const char *)data + 26, secondary), data + 26);
	/* The list of results is aligned to four bytes. */
	return results_print(data, len, (26 + secondary + 3) & ~(size_t)3, to);
}

bool rpc_bind_ack_print(const uint8_t *data, size_t len, FILE *to)
{
	if (len < HEADER_LEN || data[0] != 5 || data[4] != DREP_LITTLE_ENDIAN)
		return complain(to, "the answer is no DCE/RPC message");
	if (get16(data + 8) > len)
		return complain(to, "the answer is shorter than it says");
	len = get16(data + 8);
	if (len >= HEADER_LEN && data[2] == PTYPE_BIND_ACK)
		return bind_ack_print(data, len, to);
	if (len >= HEADER_LEN + 2 && data[2] == PTYPE_BIND_NAK)
		fprintf(to, "bind_nak: refused, reason %u\n",
			get16(data + HEADER_LEN));
	else
		fprintf(to, "the answer is a DCE/RPC message of type %u, no bind_ack\n",
			data[2]);
	return false;
}
