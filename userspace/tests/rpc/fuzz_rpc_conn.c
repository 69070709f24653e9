// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * libFuzzer target: a conversation with a server that the fuzzer makes. Either
 * all that it sends is the input, or it is a good server whose bytes the input
 * changes: so lies deep in a conversation are found, too.
 */
#include <stdlib.h>
#include <string.h>

#include "epm.h"
#include "server.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The input, taken from its front. */
static struct {
	const uint8_t *at;
	size_t left;
} input;

static uint8_t take(void)
{
	if (!input.left)
		return 0;
	input.left--;
	return *input.at++;
}

/* Some bytes of a PDU become others: how many, then where and what. */
static void change(struct server *server, uint8_t *pdu, uint32_t len)
{
	unsigned int count = take() & 7;

	while (count-- && input.left) {
		unsigned int at = take() | (take() & 3) << 8;

		pdu[at % len] = take();
	}
}

/* All that the server says is the input; what it hears it forgets. */
static int raw_send(struct rpc_transport *t, const uint8_t *data, size_t len,
		    struct rpc_error *err)
{
	return 0;
}

static ssize_t raw_recv(struct rpc_transport *t, uint8_t *room, size_t len,
			struct rpc_error *err)
{
	size_t n = input.left < len ? input.left : len;

	if (!n)
		return rpc_fail(err, -EPIPE, "the end of the input");
	memcpy(room, input.at, n);
	input.at += n;
	input.left -= n;
	return (ssize_t)n;
}

static void raw_close(struct rpc_transport *t)
{
}

static const struct rpc_transport_ops raw_ops = {
	.name = "raw", .send = raw_send, .recv = raw_recv, .close = raw_close,
};

/* Three calls at once: one is given up, one cancelled. */
static void at_once(struct rpc_conn *conn, uint8_t *stub)
{
	struct rpc_call call[3];
	struct rpc_error err;
	bool begun[3];

	for (int i = 0; i < 3; i++) {
		call[i] = (struct rpc_call){ .interface = &rpc_epmapper,
					     .in = { stub, 1000u * i } };
		begun[i] = rpc_conn_begin(conn, &call[i], &err) == 0;
	}
	if (begun[1])
		rpc_conn_cancel(conn, &call[1], &err);
	if (begun[0])
		rpc_conn_abandon(conn, &call[0]);
	for (int i = 1; i < 3; i++) {
		if (begun[i])
			rpc_conn_finish(conn, &call[i], &err);
		free(call[i].out);
	}
}

static void converse(struct rpc_transport *transport, struct rpc_auth *auth,
		     const struct rpc_conn_options *options)
{
	static uint8_t stub[3000];
	struct rpc_call call = { .interface = &rpc_epmapper,
				 .in = { stub, sizeof(stub) } };
	char endpoint[RPC_ENDPOINT_MAX + 1];
	struct rpc_endpoint *list = NULL;
	struct rpc_error err;
	size_t count;
	struct rpc_conn *conn = rpc_conn_new(transport, options, &err);

	if (rpc_conn_bind(conn, &rpc_epmapper, 1, auth, &err) == 0) {
		rpc_conn_call(conn, &call, &err);
		free(call.out);
		at_once(conn, stub);
		rpc_conn_alter(conn, &rpc_ndr32, &err);
		rpc_epm_map(conn, &rpc_ndr32, RPC_NCACN_IP_TCP, endpoint, &err);
		if (rpc_epm_lookup(conn, &list, &count, &err) == 0)
			free(list);
	}
	rpc_conn_free(conn);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint8_t levels[] = { 1, 2, 5, 6 };
	struct rpc_transport raw = { .ops = &raw_ops, .frag_max = 5840 };
	struct rpc_auth_want want = { .provider = RPC_PROVIDER_SPNEGO };
	struct rpc_conn_options options = { .response_max = 1 << 20 };
	struct server server;
	struct rpc_error err;
	uint8_t mode;

	input.at = data;
	input.left = size;
	mode = take();
	want.level = levels[mode & 3];
	options.ndr64 = mode & 4;
	options.no_header_sign = mode & 8;
	options.concurrent = mode & 32;
	server_init(&server);
	server.chunk = 1000;
	server.concurrent = true;
	server.features = mode & 64 ? 2 : 0;
	server.forge_bytes = change;
	converse(mode & 16 ? &raw : &server.base,
		 want.level > RPC_LEVEL_NONE ? rpc_auth_new(&want, &err) : NULL,
		 &options);
	server_clear(&server);
	return 0;
}
