// SPDX-License-Identifier: GPL-2.0-or-later
/* NTLMv2's answer: the example of [MS-NLMP] 4.2.4, and what cannot be answered. */
#include <errno.h>
#include <string.h>

#include "hex.h"
#include "ntlmv2.h"
#include "tap.h"

/* 4.2.4.1.3: the names of domain and server */
static const char info_hex[] =
	"02000c0044006f006d00610069006e0001000c005300650072007600650072000000"
	"0000";

static uint8_t response[NTLMV2_ROOM], key[NTLMV2_KEY_LEN];

static bool same(const uint8_t *got, const char *hex)
{
	uint8_t wanted[64];
	ssize_t len = hex_decode(hex, wanted, sizeof(wanted));

	return len > 0 && memcmp(got, wanted, (size_t)len) == 0;
}

static struct ntlmv2 example(uint8_t *info, size_t room)
{
	struct ntlmv2 ask = { .user = "User", .domain = "Domain",
			      .password = "Password", .info = info };
	ssize_t len = hex_decode(info_hex, info, room);

	ask.info_len = len < 0 ? 0 : (size_t)len;
	hex_decode("0123456789abcdef", ask.server, sizeof(ask.server));
	hex_decode("aaaaaaaaaaaaaaaa", ask.client, sizeof(ask.client));
	return ask;
}

static void test_example(void)
{
	uint8_t info[64];
	struct ntlmv2 ask = example(info, sizeof(info));
	int len = ntlmv2_answer(&ask, response, key);

	ok(len == 16 + 28 + 36 + 4, "length of the response (%d)", len);
	ok(same(response, "68cd0ab851e51c96aabc927bebef6a1c"), "NTProofStr");
	ok(same(response + 16, "01010000000000000000000000000000"
		"aaaaaaaaaaaaaaaa00000000"), "the client's part of it");
	ok(same(key, "8de40ccadbc14a82f15cb0ad0de95ca3"), "SessionBaseKey");
	ask.user = "uSER";
	ntlmv2_answer(&ask, response, key);
	ok(same(response, "68cd0ab851e51c96aabc927bebef6a1c"),
	   "small and capital letters of the user are one");
	ask.domain = "DOMAIN";
	ntlmv2_answer(&ask, response, key);
	ok(!same(response, "68cd0ab851e51c96aabc927bebef6a1c"),
	   "those of the domain are not");
}

static void test_refused(void)
{
	uint8_t info[NTLMV2_INFO_MAX + 1];
	struct ntlmv2 ask = example(info, sizeof(info));
	char name[400];

	memset(name, 'a', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	ask.user = name;
	ok(ntlmv2_answer(&ask, response, key) == -EMSGSIZE, "a long user");
	ask.user = "\xff";
	ok(ntlmv2_answer(&ask, response, key) < 0, "one that is no UTF-8");
	ask = example(info, sizeof(info));
	ask.password = "\xc3";
	ok(ntlmv2_answer(&ask, response, key) < 0, "a password cut in a letter");
	ask.password = "Password";
	ask.info_len = sizeof(info);
	ok(ntlmv2_answer(&ask, response, key) == -EMSGSIZE,
	   "more of the server than there is room");
	ask.info_len = 0;
	ok(ntlmv2_answer(&ask, response, key) == 16 + 28 + 4,
	   "nothing of the server");
}

int main(void)
{
	test_example();
	test_refused();
	return tap_done();
}
