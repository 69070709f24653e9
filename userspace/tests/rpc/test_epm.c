// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Answers of an endpoint mapper in either order of bytes, made by the engine
 * from the tables, so by somebody who knows nothing of rpc/epm.c.
 */
#include <stdlib.h>
#include <string.h>

#include "epm.h"
#include "epmapper.h"
#include "server.h"
#include "../tap.h"

static struct server server;
static struct rpc_error err;
static uint8_t tower_room[200];

static void turn(struct server *s, struct rpc_pdu *pdu)
{
	pdu->big_endian = true;
}

static struct _twr_t *tower(uint16_t port)
{
	static struct _twr_t made;
	struct wire_out out;

	wire_out_init(&out, tower_room, sizeof(tower_room));
	rpc_tower_encode(&out, &rpc_ndr64, RPC_NCACN_IP_TCP);
	/* The floor of TCP ends nine bytes before the tower does. */
	tower_room[out.pos - 11] = (uint8_t)(port >> 8);
	tower_room[out.pos - 10] = (uint8_t)port;
	made.tower_length = out.pos;
	made.tower_octet_string = tower_room;
	return &made;
}

static struct ndr_bytes encode(struct ndr_codec *codec, const char *method,
			       const void *args, bool big)
{
	struct ndr_bytes stub = { NULL, 0 };

	codec->arena = ndr_arena_new(0);
	codec->big_endian = big;
	if (ndr_encode(codec, ndr_method_find_full(method), NDR_OUT, args,
		       &stub))
		printf("# %s\n", codec->error.text);
	return stub;
}

static struct rpc_conn *bound(bool big, const struct ndr_bytes *stub)
{
	struct rpc_conn *conn;

	server_clear(&server);
	server_init(&server);
	server.forge = big ? turn : NULL;
	server.answer = stub->ptr;
	server.answer_len = stub->len;
	conn = rpc_conn_new(&server.base, NULL, &err);
	rpc_conn_bind(conn, &rpc_epmapper, 1, NULL, &err);
	return conn;
}

static void test_map(bool big)
{
	char endpoint[RPC_ENDPOINT_MAX + 1] = "";
	struct ndr_context_handle handle = { 0 };
	struct _twr_t *towers[1] = { tower(49152) };
	uint32_t count = 1;
	struct epmapper_ept_map args = {
		.entry_handle = &handle, .max_towers = 4, .num_towers = &count,
		.ITowers = towers,
	};
	struct ndr_codec codec = { .syntax = NDR_SYNTAX_NDR32 };
	struct ndr_bytes stub = encode(&codec, "epmapper.ept_map", &args, big);
	struct rpc_conn *conn = bound(big, &stub);
	bool refused = true;

	ok(rpc_epm_map(conn, &rpc_ndr64, RPC_NCACN_IP_TCP, endpoint, &err) ==
	   0 && strcmp(endpoint, "49152") == 0, "ept_map, %s: %s",
	   big ? "big-endian" : "little-endian", endpoint);
	rpc_conn_free(conn);
	for (size_t len = 0; len < stub.len; len++) {
		struct ndr_bytes cut = { stub.ptr, len };

		conn = bound(big, &cut);
		refused &= rpc_epm_map(conn, &rpc_ndr64, RPC_NCACN_IP_TCP,
				       endpoint, &err) != 0;
		rpc_conn_free(conn);
	}
	ok(refused, "and refused when cut short");
	ndr_arena_free(codec.arena);
}

/* What the second question is answered with: that was all. */
static struct ndr_bytes last;

static void turn_last(struct server *s, struct rpc_pdu *pdu)
{
	pdu->big_endian = s->big_endian;
	if (pdu->ptype == RPC_RESPONSE && s->answers > 1) {
		pdu->response.stub.ptr = last.ptr;
		pdu->response.stub.len = (u32)last.len;
	}
}

/* All entries; the handle goes back in the order of the request, which is ours. */
static bool looked_up(struct rpc_conn *conn)
{
	static const uint8_t handle[] = { 0, 0, 0, 0, 0x0d, 0x0c, 0x0b, 0x0a,
					  2, 1, 4, 3, 'x' };
	struct rpc_endpoint *list = NULL;
	size_t n = 0;
	bool good;

	good = rpc_epm_lookup(conn, &list, &n, &err) == 0 && n == 2 &&
	       list[0].object.time_low == 0x01020304 &&
	       list[0].object.time_mid == 0x0506 &&
	       strcmp(list[0].tower.endpoint, "135") == 0 &&
	       strcmp(list[0].annotation, "the first") == 0 &&
	       !*list[1].tower.protseq &&
	       memcmp(server.last_in + 16, handle, sizeof(handle)) == 0;
	free(list);
	return good;
}

static void test_lookup(bool big)
{
	char text[] = "the first", none[] = "";
	struct _ept_entry_t entries[2] = {
		{ .object = { 0x01020304, 0x0506, 0x0708, "abcdefg" },
		  .tower = tower(135), .annotation = text },
		{ .annotation = none },
	};
	struct ndr_context_handle handle = {
		.context_handle_uuid = { 0x0a0b0c0d, 0x0102, 0x0304, "x" },
	};
	uint32_t count = 2;
	struct epmapper_ept_lookup args = {
		.entry_handle = &handle, .max_ents = 100, .num_ents = &count,
		.entries = entries,
	};
	struct ndr_codec codec = { .syntax = NDR_SYNTAX_NDR32 };
	struct ndr_codec end = { .syntax = NDR_SYNTAX_NDR32 };
	struct ndr_bytes stub = encode(&codec, "epmapper.ept_lookup", &args,
				       big);
	struct rpc_conn *conn;

	count = 0;
	memset(&handle, 0, sizeof(handle));
	args.Return = 0x16c9a0d6;
	last = encode(&end, "epmapper.ept_lookup", &args, big);
	conn = bound(big, &stub);
	server.big_endian = big;
	server.forge = turn_last;
	ok(looked_up(conn), "ept_lookup, %s%s",
	   big ? "big-endian" : "little-endian", err.text);
	rpc_conn_free(conn);
	ndr_arena_free(codec.arena);
	ndr_arena_free(end.arena);
}

int main(void)
{
	for (int big = 0; big < 2; big++) {
		err.text[0] = '\0';
		test_map(big);
		err.text[0] = '\0';
		test_lookup(big);
	}
	server_clear(&server);
	return tap_done();
}
