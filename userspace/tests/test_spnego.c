// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The SPNEGO codec: tokens as servers send them, every truncation of them,
 * every bad byte, round trips.
 */
#include <string.h>

#include "hex.h"
#include "spnego.h"
#include "tap.h"

/*
 * NegTokenInit2 of a Samba 4 file server: NTLM alone, with the hint that
 * [MS-SPNG] 2.2.1 quotes.
 */
static const char samba_hint[] =
	"6048 0606 2b0601050502 a03e 303c"
	"a00e 300c 060a 2b06010401823702020a"
	"a32a 3028 a026 1b24"
	"6e6f745f646566696e65645f696e5f52464334313738"
	"40706c656173655f69676e6f7265";

/* NegTokenInit with MS-KRB5, KRB5 and NTLM, and a mechToken of four bytes. */
static const char client_init[] =
	"6036 0606 2b0601050502 a02c 302a"
	"a024 3022"
	"0609 2a864882f712010202 0609 2a864886f712010202"
	"060a 2b06010401823702020a"
	"a202 0400";

/* NegTokenResp: incomplete, NTLM, a token of three bytes. */
static const char server_resp[] =
	"a11a 3018 a003 0a0101 a10c 060a 2b06010401823702020a"
	"a203 0401 41";

/* NegTokenResp: completed, MIC of sixteen bytes. */
static const char server_last[] =
	"a11b 3019 a003 0a0100 a312 0410 01000000a1b2c3d4e5f6070800000000";

static uint8_t bytes[256], room[1024];

static size_t vector(const char *text)
{
	ssize_t len = hex_decode(text, bytes, sizeof(bytes));

	return len < 0 ? 0 : (size_t)len;
}

static void test_hint(void)
{
	struct spnego_init init;

	ok(spnego_init_decode(bytes, vector(samba_hint), &init),
	   "a server's hint");
	ok(init.mech_count == 1 &&
	   spnego_mech_find(init.mechs[0]) == SPNEGO_MECH_NTLM, "offers NTLM");
	ok(!init.mech_token.data && !init.mic.data, "and has nothing else");
}

static void test_init(void)
{
	struct spnego_init init;

	ok(spnego_init_decode(bytes, vector(client_init), &init),
	   "a NegTokenInit");
	ok(init.mech_count == 3 &&
	   spnego_mech_find(init.mechs[0]) == SPNEGO_MECH_MS_KRB5 &&
	   spnego_mech_find(init.mechs[1]) == SPNEGO_MECH_KRB5 &&
	   spnego_mech_find(init.mechs[2]) == SPNEGO_MECH_NTLM,
	   "three mechanisms in their order");
	ok(init.mech_token.data && init.mech_token.len == 0,
	   "an empty token is present");
	ok(init.mech_list.len == 36 && init.mech_list.data[0] == 0x30,
	   "the list as the MIC covers it");
}

static void test_resp(void)
{
	struct spnego_resp resp;

	ok(spnego_resp_decode(bytes, vector(server_resp), &resp),
	   "a NegTokenResp");
	ok(resp.state == SPNEGO_STATE_INCOMPLETE && resp.token.len == 1 &&
	   resp.token.data[0] == 0x41 && !resp.mic.data &&
	   spnego_mech_find(resp.mech) == SPNEGO_MECH_NTLM, "its fields");
	ok(spnego_is_resp(bytes, 1) && !spnego_is_resp(bytes, 0),
	   "is told by its first byte");
	ok(spnego_resp_decode(bytes, vector(server_last), &resp) &&
	   resp.state == SPNEGO_STATE_COMPLETED && resp.mic.len == 16 &&
	   !resp.token.data && !resp.mech.data, "the last one");
}

typedef bool (*decoder)(const uint8_t *data, size_t len);

static bool decode_init(const uint8_t *data, size_t len)
{
	struct spnego_init init;

	return spnego_init_decode(data, len, &init);
}

static bool decode_resp(const uint8_t *data, size_t len)
{
	struct spnego_resp resp;

	return spnego_resp_decode(data, len, &resp);
}

/* On the heap, with no byte to spare, so that ASan sees one too many. */
static bool decode_exact(decoder decode, const uint8_t *data, size_t len)
{
	uint8_t *copy = malloc(len ? len : 1);
	bool good;

	memcpy(copy, data, len);
	good = decode(copy, len);
	free(copy);
	return good;
}

static void test_damage(const char *name, const char *text, decoder decode)
{
	size_t len = vector(text), taken = 0;

	for (size_t cut = 0; cut < len; cut++)
		taken += decode_exact(decode, bytes, cut);
	ok(taken == 0, "%s: every truncation is refused", name);
	ok(!decode_exact(decode, bytes, len + 1), "%s: a byte too much", name);
	/* Any value in any place: right or wrong, but nothing is overrun. */
	for (size_t at = 0; at < len; at++) {
		uint8_t was = bytes[at];

		for (unsigned int value = 0; value < 256; value++) {
			bytes[at] = (uint8_t)value;
			decode_exact(decode, bytes, len);
		}
		bytes[at] = was;
	}
	ok(decode_exact(decode, bytes, len), "%s: survives every bad byte",
	   name);
}

static void refused(const char *what, const char *text, decoder decode)
{
	ok(!decode_exact(decode, bytes, vector(text)), "refused: %s", what);
}

static void test_bad(void)
{
	/* 17 OIDs of four bytes each */
	char many[400] = "6054 0606 2b0601050502 a04a 3048 a046 3044";

	refused("an empty list of mechanisms",
		"6010 0606 2b0601050502 a006 3004 a002 3000", decode_init);
	refused("no list of mechanisms", "600c 0606 2b0601050502 a002 3000",
		decode_init);
	refused("another OID than SPNEGO's",
		"6016 0606 2b0601050503 a00c 300a a008 3006 0604 01020304",
		decode_init);
	refused("an indefinite length", "a180 3000 0000", decode_resp);
	refused("a length of five bytes", "a185 0000000002 3000", decode_resp);
	refused("a length beyond everything", "a184 ffffffff 3000",
		decode_resp);
	refused("a state that does not exist", "a107 3005 a003 0a0104",
		decode_resp);
	refused("a state of two bytes", "a108 3006 a004 0a020000", decode_resp);
	refused("a field twice", "a10c 300a a003 0a0101 a003 0a0101",
		decode_resp);
	refused("fields out of order", "a10d 300b a204 0402 0000 a003 0a0101",
		decode_resp);
	refused("a field number that does not exist", "a106 3004 a502 0400",
		decode_resp);
	refused("a token with something behind it",
		"a108 3006 a204 0400 0400", decode_resp);
	for (int i = 0; i < SPNEGO_MECHS_MAX + 1; i++)
		strcat(many, " 0602 2a03");
	refused("more mechanisms than anyone has", many, decode_init);
}

static void test_long_length(void)
{
	struct spnego_resp resp;

	ok(spnego_resp_decode(bytes, vector("a181 07 3082 0005 a003 0a0101"),
			      &resp) == false, "lengths that do not add up");
	ok(spnego_resp_decode(bytes, vector("a181 09 3082 0005 a003 0a0101"),
			      &resp), "a length longer than need be is taken");
}

static void test_round_init(void)
{
	static uint8_t token[300];
	struct spnego_init in = { .mech_count = 2 }, out;
	struct der_bytes der, list;
	uint8_t list_room[64];

	memset(token, 0x5a, sizeof(token));
	in.mechs[0] = spnego_mech_oid(SPNEGO_MECH_KRB5);
	in.mechs[1] = spnego_mech_oid(SPNEGO_MECH_NTLM);
	in.mech_token = (struct der_bytes){ token, sizeof(token) };
	der = spnego_init_encode(room, sizeof(room), &in);
	list = spnego_mech_list_encode(list_room, sizeof(list_room), &in);
	ok(der.data && spnego_init_decode(der.data, der.len, &out),
	   "NegTokenInit there and back");
	ok(out.mech_count == 2 && out.mech_token.len == sizeof(token) &&
	   memcmp(out.mech_token.data, token, sizeof(token)) == 0,
	   "with all it had");
	ok(out.mech_list.len == list.len &&
	   memcmp(out.mech_list.data, list.data, list.len) == 0,
	   "and the same list for the MIC");
	for (size_t len = 0; len < der.len; len++)
		if (spnego_init_encode(room, len, &in).data)
			ok(false, "written into too little room (%zu)", len);
	ok(spnego_init_encode(room, der.len, &in).data, "exactly enough room");
}

static void test_round_resp(void)
{
	struct spnego_resp in = { .state = SPNEGO_STATE_ABSENT }, out;
	struct der_bytes der;

	in.token = (struct der_bytes){ (const uint8_t *)"token", 5 };
	in.mic = (struct der_bytes){ (const uint8_t *)"mic", 3 };
	der = spnego_resp_encode(room, sizeof(room), &in);
	ok(der.data && spnego_resp_decode(der.data, der.len, &out),
	   "NegTokenResp there and back");
	ok(out.state == SPNEGO_STATE_ABSENT && !out.mech.data &&
	   out.token.len == 5 && memcmp(out.token.data, "token", 5) == 0 &&
	   out.mic.len == 3, "with all it had");
}

int main(void)
{
	test_hint();
	test_init();
	test_resp();
	test_damage("hint", samba_hint, decode_init);
	test_damage("NegTokenInit", client_init, decode_init);
	test_damage("NegTokenResp", server_resp, decode_resp);
	test_damage("last NegTokenResp", server_last, decode_resp);
	test_bad();
	test_long_length();
	test_round_init();
	test_round_resp();
	return tap_done();
}
