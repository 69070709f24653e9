// SPDX-License-Identifier: GPL-2.0-or-later
#include "server.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static struct server *to_server(struct rpc_transport *t)
{
	return (struct server *)t;
}

static uint8_t *make_room(uint8_t *data, size_t *room, size_t need)
{
	if (need <= *room)
		return data;
	*room = 2 * need;
	data = realloc(data, *room);
	if (!data)
		abort();
	return data;
}

static void put_out(struct server *server, const uint8_t *data, size_t len)
{
	server->out = make_room(server->out, &server->out_room,
				server->out_len + len);
	memcpy(server->out + server->out_len, data, len);
	server->out_len += len;
}

static struct rpc_packet packet_of(struct server *server, uint8_t *data,
				   const struct rpc_pdu *pdu, uint32_t at)
{
	return (struct rpc_packet){
		.pdu = data, .len = pdu->auth.at + RPC_AUTH_TRAILER_LEN,
		.data_at = at, .data_len = pdu->auth.at - at,
		.sign_all = server->signs_all,
		.seal = server->level == RPC_LEVEL_PRIVACY,
		.sig = data + pdu->auth.at + RPC_AUTH_TRAILER_LEN,
		.sig_len = pdu->auth.value.len,
	};
}

static void emit(struct server *server, struct rpc_pdu *pdu)
{
	static uint8_t room[RPC_FRAG_MAX];
	struct rpc_packet packet;
	struct rpc_error err;
	struct wire_out out;

	if (server->forge)
		server->forge(server, pdu);
	wire_out_init(&out, room, sizeof(room));
	if (rpc_pdu_encode(&out, pdu))
		abort();
	if (pdu->auth.present && !pdu->auth.value.ptr) {
		packet = packet_of(server, room, pdu,
				   pdu->ptype == RPC_FAULT ? 32 :
				   RPC_RESPONSE_LEN);
		if (server->protect->ops->close(server->protect, &packet, &err))
			abort();
	}
	if (server->forge_bytes)
		server->forge_bytes(server, room, out.pos);
	server->answers++;
	put_out(server, room, out.pos);
}

/* ---- Bind --------------------------------------------------------------- */

static void begin_auth(struct server *server, const struct rpc_pdu *pdu)
{
	static const uint32_t first[2];

	server->level = pdu->auth.level;
	server->signs_all = server->header_sign &&
			    pdu->flags & RPC_PFC_HEADER_SIGN;
	if (pdu->auth.present && server->level >= RPC_LEVEL_CALL)
		server->protect = rpc_ntlm_protect_new(
			(const uint8_t *)SERVER_KEY, first, true);
}

static void answer_bind(struct server *server, const struct rpc_pdu *in)
{
	struct rpc_pdu pdu = {
		.ptype = in->ptype + 1, .flags = 3, .call_id = in->call_id,
		.bind_ack = { .max_xmit = server->frag_max,
			      .max_recv = server->frag_max,
			      .assoc_group = 0x1234,
			      .secondary = { (const u8 *)"x", 2 },
			      .result_count = in->bind.context_count },
	};

	if (server->header_sign)
		pdu.flags |= in->flags & RPC_PFC_HEADER_SIGN;
	if (server->concurrent)
		pdu.flags |= in->flags & RPC_PFC_CONC_MPX;
	if (in->ptype == RPC_BIND)
		begin_auth(server, in);
	for (int i = 0; i < in->bind.context_count; i++) {
		const struct rpc_context *asked = &in->bind.context[i];
		struct rpc_result *result = &pdu.bind_ack.result[i];
		bool ndr64 = rpc_syntax_same(&asked->transfer[0], &rpc_ndr64);

		if (asked->transfer[0].uuid.time_low == 0x6cb71c2c) {
			result->result = RPC_RESULT_NEGOTIATE_ACK;
			result->reason = server->features;
		} else if (asked->abstract.uuid.time_low == server->refuse ||
			   (ndr64 && !server->ndr64)) {
			result->result = RPC_RESULT_PROVIDER_REJECT;
			result->reason = ndr64 ? 2 : 1;
		} else {
			result->transfer = asked->transfer[0];
		}
	}
	emit(server, &pdu);
}

/* ---- Calls -------------------------------------------------------------- */

static uint8_t *find_trailer(struct server *server)
{
	static const uint8_t signature[8] = { 0x8a, 0xe3, 0x13, 0x71,
					      0x02, 0xf4, 0x36, 0x71 };

	for (size_t at = 0; at + 8 <= server->stub_len; at += 4)
		if (memcmp(server->stub + at, signature, 8) == 0)
			return server->stub + at;
	return NULL;
}

/* The next fragment; false when that was the last. */
static bool answer_fragment(struct server *server, struct server_call *call)
{
	size_t left = call->len - call->at;
	size_t len = left < server->chunk ? left : server->chunk;
	struct rpc_pdu pdu = {
		.ptype = RPC_RESPONSE, .call_id = call->in.call_id,
		.flags = (call->begun ? 0 : RPC_PFC_FIRST) |
			 (len == left ? RPC_PFC_LAST : 0),
		.response = { .alloc_hint = (uint32_t)left,
			      .context_id = call->in.request.context_id,
			      .stub = { call->stub + call->at, (u32)len } },
	};

	if (server->protect) {
		pdu.auth = call->in.auth;
		pdu.auth.pad_len = (uint8_t)(-len & 15);
		pdu.auth.value = (struct wire_blob){ NULL, 16 };
	}
	emit(server, &pdu);
	call->begun = true;
	call->at += len;
	return call->at < call->len;
}

/* All calls that were held, the last one first, a fragment of each in turn. */
static void answer_all(struct server *server)
{
	bool more = true;

	while (more) {
		more = false;
		for (unsigned int i = server->held; i-- > 0;) {
			struct server_call *call = &server->calls[i];

			if (!call->begun || call->at < call->len)
				more |= answer_fragment(server, call);
		}
	}
	for (unsigned int i = 0; i < server->held; i++)
		free(server->calls[i].stub);
	server->held = 0;
}

static void answer_call(struct server *server, const struct rpc_pdu *in)
{
	struct server_call *call = &server->calls[server->held++];
	uint8_t *trailer = find_trailer(server);
	size_t total;

	server->verified = trailer;
	if (trailer) {
		total = server->stub_len - (size_t)(trailer - server->stub);
		memcpy(server->trailer, trailer,
		       total < sizeof(server->trailer) ? total :
		       sizeof(server->trailer));
		server->stub_len = (size_t)(trailer - server->stub);
	}
	if (server->stub)
		memcpy(server->last_in, server->stub,
		       server->stub_len < sizeof(server->last_in) ?
		       server->stub_len : sizeof(server->last_in));
	if (server->answer) {
		server->stub = make_room(server->stub, &server->stub_room,
					 server->answer_len);
		memcpy(server->stub, server->answer, server->answer_len);
		server->stub_len = server->answer_len;
	}
	total = server->stub_len * server->repeat;
	server->stub = realloc(server->stub, total + 1);
	for (size_t at = server->stub_len; at < total; at++)
		server->stub[at] = server->stub[at - server->stub_len];
	*call = (struct server_call){ .in = *in, .stub = server->stub,
				      .len = total };
	server->stub = NULL;
	server->stub_len = 0;
	server->stub_room = 0;
	if (server->held >= server->hold)
		answer_all(server);
}

static void take_fragment(struct server *server, uint8_t *data,
			  const struct rpc_pdu *pdu)
{
	const struct wire_blob *stub = &pdu->request.stub;
	struct rpc_packet packet;
	struct rpc_error err;

	server->has_object = pdu->flags & RPC_PFC_OBJECT_UUID;
	if (server->protect) {
		packet = packet_of(server, data, pdu,
				   (uint32_t)(stub->ptr - data));
		if (server->protect->ops->open(server->protect, &packet,
					       &err)) {
			server->confused = true;
			return;
		}
	}
	server->stub = make_room(server->stub, &server->stub_room,
				 server->stub_len + stub->len + 1);
	memcpy(server->stub + server->stub_len, stub->ptr, stub->len);
	server->stub_len += stub->len;
	server->fragments++;
	if (pdu->flags & RPC_PFC_LAST)
		answer_call(server, pdu);
}

/* ---- Transport ---------------------------------------------------------- */

static int server_send(struct rpc_transport *t, const uint8_t *data, size_t len,
		       struct rpc_error *err)
{
	struct server *server = to_server(t);
	uint8_t *copy = malloc(len);
	struct rpc_pdu pdu;
	const char *why;

	memcpy(copy, data, len);
	/* What was agreed is for both. */
	if ((len > server->frag_max && server->answers) ||
	    rpc_pdu_decode(copy, (uint32_t)len, &pdu, &why))
		server->confused = true;
	if (server->confused) {
		free(copy);
		return 0;
	}
	server->last_ptype = pdu.ptype;
	if (pdu.ptype == RPC_BIND || pdu.ptype == RPC_ALTER_CONTEXT)
		answer_bind(server, &pdu);
	else if (pdu.ptype == RPC_REQUEST)
		take_fragment(server, copy, &pdu);
	free(copy);
	return 0;
}

/* Seven bytes now and then, as a network might. */
static ssize_t server_recv(struct rpc_transport *t, uint8_t *room, size_t len,
			   struct rpc_error *err)
{
	struct server *server = to_server(t);
	size_t left = server->out_len - server->out_at;

	if (!left)
		return rpc_fail(err, -EPIPE, "the server closed the connection");
	if (server->out_at % 3 == 0 && len > 7)
		len = 7;
	if (len > left)
		len = left;
	memcpy(room, server->out + server->out_at, len);
	server->out_at += len;
	return (ssize_t)len;
}

static void server_close(struct rpc_transport *t)
{
	to_server(t)->closed = true;
}

static const struct rpc_transport_ops server_ops = {
	.name = "test",
	.send = server_send,
	.recv = server_recv,
	.close = server_close,
};

void server_init(struct server *server)
{
	memset(server, 0, sizeof(*server));
	server->base.ops = &server_ops;
	server->base.frag_max = 5840;
	server->frag_max = 5840;
	server->chunk = 4096;
	server->header_sign = true;
	server->repeat = 1;
	server->hold = 1;
}

void server_clear(struct server *server)
{
	if (server->protect)
		server->protect->ops->free(server->protect);
	for (unsigned int i = 0; i < server->held; i++)
		free(server->calls[i].stub);
	free(server->stub);
	free(server->out);
}
