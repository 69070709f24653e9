// SPDX-License-Identifier: GPL-2.0-or-later
/* String bindings, UUIDs, towers and the endpoint mapper's answers. */
#include <errno.h>
#include <string.h>

#include "binding.h"
#include "epm.h"
#include "pdu_vectors.h"
#include "../tap.h"

static const struct {
	const char *text;
	const char *canonical;
} good[] = {
	{ "//files", "ncacn_np:files[]" },
	{ "//files/", "ncacn_np:files[]" },
	{ "\\\\files", "ncacn_np:files[]" },
	{ "//files/pipe/lsarpc", "ncacn_np:files[/pipe/lsarpc]" },
	{ "\\\\files\\pipe\\samr[seal]",
	  "ncacn_np:files[\\pipe\\samr,seal,spnego]" },
	{ "//files[sign,ntlm]", "ncacn_np:files[,sign,ntlm]" },
	{ "ncacn_np:files", "ncacn_np:files[]" },
	{ "ncacn_np:\\\\files[\\pipe\\x,sign,krb5]",
	  "ncacn_np:files[\\pipe\\x,sign,krb5]" },
	{ "ncacn_np:files[ \\pipe\\x , SEAL , NTLM ]",
	  "ncacn_np:files[\\pipe\\x,seal,ntlm]" },
	{ "ncacn_ip_tcp:192.0.2.1[135]", "ncacn_ip_tcp:192.0.2.1[135]" },
	{ "ncacn_ip_tcp:2001:db8::1[135]", "ncacn_ip_tcp:2001:db8::1[135]" },
	{ "NCACN_IP_TCP:dc1[connect]",
	  "ncacn_ip_tcp:dc1[,connect,spnego]" },
	{ "ncacn_ip_tcp:dc1[ndr64]", "ncacn_ip_tcp:dc1[,ndr64]" },
	{ "ncacn_ip_tcp:dc1[endpoint=1024,target_service=ldap,krb5]",
	  "ncacn_ip_tcp:dc1[1024,sign,krb5,target_service=ldap]" },
	{ "60a15ec5-4de8-11d7-a637-005056a20182@ncacn_ip_tcp:dc1[1]",
	  "60a15ec5-4de8-11d7-a637-005056a20182@ncacn_ip_tcp:dc1[1]" },
	{ "ncacn_ip_tcp:[2001:db8::1][135]",
	  "ncacn_ip_tcp:2001:db8::1[135]" },
	{ "ncacn_ip_tcp:[2001:db8::1]", "ncacn_ip_tcp:2001:db8::1[]" },
	{ "ncacn_ip_tcp:192.0.2.1[krb5,target_hostname=dc1.lab.test]",
	  "ncacn_ip_tcp:192.0.2.1[,sign,krb5,target_hostname=dc1.lab.test]" },
	{ "ncacn_ip_tcp:dc1[135,assoc_group_id=0x1f]",
	  "ncacn_ip_tcp:dc1[135,assoc_group_id=0x0000001f]" },
	{ "ncacn_np:dc1[smb2,sign]", "ncacn_np:dc1[,sign,spnego]" },
	{ "//old[smb1,smb_port=4450]", "ncacn_np:old[,smb1,smb_port=4450]" },
	{ "{60A15EC5-4DE8-11D7-A637-005056A20182}@//dc1",
	  "60a15ec5-4de8-11d7-a637-005056a20182@ncacn_np:dc1[]" },
};

static const char *const bad[] = {
	"", "/", "//", "\\\\", "files", "//[sign]", "//files/share",
	"ncacn_np:", "ncacn_np", "ncacn_http:files", "ncacn_ip_tcp:[135]",
	"ncacn_ip_tcp:[::1", "ncacn_ip_tcp:[::1]x",
	"ncacn_ip_tcp:dc1[assoc_group_id=]", "//dc1[smb_port=0]",
	"//dc1[smb_port=65536]", "//dc1[smb_port=x]",
	"ncacn_ip_tcp:dc1[assoc_group_id=0x123456789]",
	"ncacn_ip_tcp:dc1[assoc_group_id=1x]", "ncacn_np:files[", "ncacn_np:files[x", "ncacn_np:files[x]y",
	"ncacn_np:files[x]]", "ncacn_np:files[a,b]", "ncacn_np:a b[x]",
	"60a15ec5@ncacn_np:files", "@ncacn_np:files",
	"60a15ec5-4de8-11d7-a637-005056a2018g@//dc1",
	"ncacn_ip_tcp:dc1[target_service=12345678901234567890123456789012]",
};

static void test_strings(void)
{
	struct rpc_binding binding;
	struct rpc_error err;
	char text[700], longer[2000];

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		if (!ok(rpc_binding_parse(good[i].text, &binding, &err) == 0,
			"good: %s", good[i].text))
			continue;
		rpc_binding_format(&binding, text, sizeof(text));
		ok(strcmp(text, good[i].canonical) == 0, "is %s", text);
		ok(rpc_binding_parse(text, &binding, &err) == 0,
		   "which is good, too");
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ok(rpc_binding_parse(bad[i], &binding, &err) == -EINVAL,
		   "bad: \"%s\"", bad[i]);
	memset(longer, 'x', sizeof(longer));
	longer[0] = longer[1] = '/';
	longer[sizeof(longer) - 1] = '\0';
	ok(rpc_binding_parse(longer, &binding, &err) == -EINVAL,
	   "bad: a long host");
	memcpy(longer, "//host/pipe/", 12);
	ok(rpc_binding_parse(longer, &binding, &err) == -EINVAL,
	   "bad: a long pipe");
}

static void test_uuid(void)
{
	char text[RPC_UUID_TEXT];

	rpc_uuid_format(&rpc_ndr64.uuid, text);
	ok(strcmp(text, "71710533-beba-4937-8319-b5dbef9ccc36") == 0,
	   "UUID of NDR64");
}

/* ---- Endpoint mapper ---------------------------------------------------- */

static char endpoint[RPC_ENDPOINT_MAX + 1];
static struct rpc_error err;

static int map_on(enum rpc_protseq protseq, const uint8_t *stub, uint32_t len)
{
	struct rpc_call call = {
		.out = (uint8_t *)(uintptr_t)stub, .out_len = len,
	};

	return rpc_epm_map_decode(&call, protseq, endpoint, &err);
}

static int map(const uint8_t *stub, uint32_t len)
{
	return map_on(RPC_NCACN_IP_TCP, stub, len);
}

/* Behind the header of a response without verifier there is its stub. */
#define STUB (response + RPC_RESPONSE_LEN)
#define STUB_LEN (sizeof(response) - RPC_RESPONSE_LEN)

static void test_map(void)
{
	uint8_t stub[STUB_LEN];
	bool refused = true;

	ok(map(STUB, STUB_LEN) == 0 && strcmp(endpoint, "49152") == 0,
	   "ept_map: port %s", endpoint);
	ok(map_on(RPC_NCACN_NP, STUB, STUB_LEN) == -ENOENT, "ept_map: no tower of the transport asked for");
	for (uint32_t len = 0; len < STUB_LEN; len++) {
		uint8_t *copy = malloc(len ? len : 1);

		memcpy(copy, STUB, len);
		refused = refused && map(copy, len) == -EBADMSG;
		free(copy);
	}
	ok(refused, "ept_map: refused when cut short");
	memcpy(stub, STUB, STUB_LEN);
	stub[32] = 200;			/* actual_count */
	ok(map(stub, STUB_LEN) == -EBADMSG && strstr(err.text, "actual_count"),
	   "ept_map: more towers than asked for");
	memcpy(stub, STUB, STUB_LEN);
	stub[28] = 1;			/* offset */
	ok(map(stub, STUB_LEN) == -EBADMSG, "ept_map: an offset");
	memcpy(stub, STUB, STUB_LEN);
	stub[44] ^= 1;			/* tower_length */
	ok(map(stub, STUB_LEN) == -EBADMSG &&
	   strstr(err.text, "tower_length"), "ept_map: two lengths");
	memcpy(stub, STUB, STUB_LEN);
	memcpy(stub + STUB_LEN - 4, "\xd6\xa0\xc9\x16", 4);
	ok(map(stub, STUB_LEN) == -ENOENT, "ept_map: not registered");
}

static void test_tower(void)
{
	uint8_t room[200];
	struct rpc_tower tower;
	struct wire_out out;
	const char *why;
	bool refused = true;

	wire_out_init(&out, room, sizeof(room));
	rpc_tower_encode(&out, &rpc_epmapper, RPC_NCACN_IP_TCP);
	ok(out.pos == 75 && rpc_tower_decode(room, out.pos, &tower, &why) == 0 &&
	   rpc_syntax_same(&tower.interface, &rpc_epmapper) &&
	   rpc_syntax_same(&tower.transfer, &rpc_ndr32) &&
	   strcmp(tower.protseq, "ncacn_ip_tcp") == 0, "tower: round trip");
	for (uint32_t len = 0; len < out.pos; len++)
		refused = refused && rpc_tower_decode(room, len, &tower, &why);
	ok(refused, "tower: refused when cut short");
	room[0] = 2;
	ok(rpc_tower_decode(room, out.pos, &tower, &why) &&
	   strcmp(why, "floors") == 0, "tower: two floors");
	room[0] = 5;
	room[4] = 7;
	ok(rpc_tower_decode(room, out.pos, &tower, &why) &&
	   strcmp(why, "floor.protocol") == 0, "tower: no UUID below");
}

int main(void)
{
	test_strings();
	test_uuid();
	test_map();
	test_tower();
	return tap_done();
}
