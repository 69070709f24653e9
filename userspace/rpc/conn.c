// SPDX-License-Identifier: GPL-2.0-or-later
#include "conn_inner.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static void trace(struct rpc_conn *conn, const char *arrow,
		  const struct rpc_pdu *pdu)
{
	FILE *to = conn->options.trace;

	if (!to)
		return;
	fprintf(to, "%s %s call %u flags 0x%02x %u bytes", arrow,
		rpc_ptype_name(pdu->ptype), pdu->call_id, pdu->flags,
		pdu->frag_len);
	if (pdu->ptype == RPC_REQUEST)
		fprintf(to, " context %u opnum %u stub %u",
			pdu->request.context_id, pdu->request.opnum,
			pdu->request.stub.len);
	if (pdu->ptype == RPC_RESPONSE)
		fprintf(to, " context %u stub %u", pdu->response.context_id,
			pdu->response.stub.len);
	if (pdu->auth.present)
		fprintf(to, " auth type %u level %u, %u bytes", pdu->auth.type,
			pdu->auth.level, pdu->auth.value.len);
	fputc('\n', to);
}

int rpc_conn_encode(struct rpc_conn *conn, struct rpc_pdu *pdu,
		    struct rpc_error *err)
{
	struct wire_out out;
	int ret;

	wire_out_init(&out, conn->tx, sizeof(conn->tx));
	ret = rpc_pdu_encode(&out, pdu);
	if (ret)
		return rpc_fail(err, ret, "a %s does not fit into a fragment",
				rpc_ptype_name(pdu->ptype));
	trace(conn, ">", pdu);
	return 0;
}

int rpc_conn_send(struct rpc_conn *conn, size_t len, struct rpc_error *err)
{
	return conn->transport->ops->send(conn->transport, conn->tx, len, err);
}

static void drop_used(struct rpc_conn *conn)
{
	conn->rx_len -= conn->rx_used;
	memmove(conn->rx, conn->rx + conn->rx_used, conn->rx_len);
	conn->rx_used = 0;
}

int rpc_conn_exchange(struct rpc_conn *conn, size_t len, struct rpc_error *err)
{
	struct rpc_transfer move = {
		.out = conn->tx, .out_len = len,
		.in = conn->rx, .in_len = sizeof(conn->rx),
	};
	ssize_t got;

	drop_used(conn);
	if (!conn->transport->ops->exchange || conn->rx_len)
		return rpc_conn_send(conn, len, err);
	got = conn->transport->ops->exchange(conn->transport, &move, err);
	if (got < 0)
		return (int)got;
	conn->rx_len = (size_t)got;
	return 0;
}

/* Have at least @len bytes. */
static int fill(struct rpc_conn *conn, size_t len, struct rpc_error *err)
{
	while (conn->rx_len < len) {
		ssize_t got = conn->transport->ops->recv(conn->transport,
				conn->rx + conn->rx_len,
				sizeof(conn->rx) - conn->rx_len, err);

		if (got < 0)
			return (int)got;
		conn->rx_len += (size_t)got;
	}
	return 0;
}

static int malformed(struct rpc_error *err, const char *what)
{
	return rpc_fail(err, -EBADMSG, "the server's answer is malformed: %s",
			what);
}

int rpc_conn_receive(struct rpc_conn *conn, struct rpc_pdu *pdu,
		     struct rpc_error *err)
{
	const char *why;
	int ret, len;

	drop_used(conn);
	ret = fill(conn, RPC_HEADER_LEN, err);
	if (ret)
		return ret;
	len = rpc_pdu_length(conn->rx, &why);
	if (len < 0)
		return malformed(err, why);
	if (len > conn->max_recv)
		return rpc_fail(err, -EPROTO,
				"the server sent a fragment of %d bytes, of which %u were agreed",
				len, conn->max_recv);
	ret = fill(conn, (size_t)len, err);
	if (ret)
		return ret;
	conn->rx_used = (size_t)len;
	if (rpc_pdu_decode(conn->rx, (uint32_t)len, pdu, &why))
		return malformed(err, why);
	trace(conn, "<", pdu);
	return 0;
}

int rpc_conn_unexpected(const struct rpc_pdu *pdu, const char *instead_of,
			struct rpc_error *err)
{
	if (pdu->ptype == RPC_FAULT)
		return rpc_fail_fault(err, pdu->fault.status);
	if (pdu->ptype == RPC_SHUTDOWN)
		return rpc_fail(err, -EPIPE,
				"the server asks to close the connection");
	if (pdu->ptype == RPC_BIND_NAK)
		return rpc_fail(err, pdu->bind_nak.reason == 8 ?
				-EACCES : -EPROTONOSUPPORT,
				"the server refuses the bind: %s",
				rpc_nak_name(pdu->bind_nak.reason));
	return rpc_fail(err, -EPROTO, "the server sent a %s instead of a %s",
			rpc_ptype_name(pdu->ptype), instead_of);
}

struct rpc_bound *rpc_conn_find(struct rpc_conn *conn,
				const struct rpc_syntax *interface)
{
	for (unsigned int i = 0; i < conn->bound_count; i++)
		if (rpc_syntax_same(&conn->bound[i].abstract, interface))
			return &conn->bound[i];
	return NULL;
}

enum ndr_syntax rpc_conn_syntax(const struct rpc_conn *conn,
				const struct rpc_syntax *interface)
{
	for (unsigned int i = 0; i < conn->bound_count; i++)
		if (rpc_syntax_same(&conn->bound[i].abstract, interface) &&
		    rpc_syntax_same(&conn->bound[i].transfer, &rpc_ndr64))
			return NDR_SYNTAX_NDR64;
	return NDR_SYNTAX_NDR32;
}

struct rpc_protect *rpc_conn_protect(struct rpc_conn *conn)
{
	return conn->auth ? rpc_auth_protect(conn->auth) : NULL;
}

bool rpc_conn_concurrent(const struct rpc_conn *conn)
{
	return conn->concurrent;
}

struct rpc_auth *rpc_conn_auth(struct rpc_conn *conn)
{
	return conn->auth;
}

uint32_t rpc_conn_group(const struct rpc_conn *conn)
{
	return conn->group;
}

int rpc_conn_session_key(struct rpc_conn *conn,
			 uint8_t key[RPC_SESSION_KEY_LEN],
			 struct rpc_error *err)
{
	const struct rpc_transport_ops *ops = conn->transport->ops;

	if (!ops->session_key)
		return rpc_fail(err, -ENOKEY, "%s has no session key",
				ops->name);
	return ops->session_key(conn->transport, key, err);
}

struct rpc_conn *rpc_conn_new(struct rpc_transport *transport,
			      const struct rpc_conn_options *options,
			      struct rpc_error *err)
{
	struct rpc_conn *conn = calloc(1, sizeof(*conn));

	if (!conn) {
		transport->ops->close(transport);
		rpc_fail(err, -ENOMEM, "out of memory");
		return NULL;
	}
	conn->transport = transport;
	if (options)
		conn->options = *options;
	if (!conn->options.response_max)
		conn->options.response_max = RPC_RESPONSE_MAX;
	if (!conn->options.frag_max)
		conn->options.frag_max = transport->frag_max;
	if (conn->options.frag_max < RPC_FRAG_MIN)
		conn->options.frag_max = RPC_FRAG_MIN;
	conn->max_recv = conn->max_xmit = conn->options.frag_max;
	return conn;
}

void rpc_conn_free(struct rpc_conn *conn)
{
	if (!conn)
		return;
	conn->transport->ops->close(conn->transport);
	rpc_auth_free(conn->auth);
	free(conn);
}
