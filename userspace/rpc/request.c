// SPDX-License-Identifier: GPL-2.0-or-later
#include "conn_inner.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/*
 * Padding in front of a verifier: stub and padding together are a multiple of
 * this, as block ciphers want it ([MS-RPCE] 2.2.2.11).
 */
#define AUTH_ALIGN	16
/* Fragments of a stub break where nothing of NDR would be torn apart. */
#define STUB_ALIGN	8

/* The request while it goes out: the stub with what is put behind it. */
struct request {
	struct rpc_conn *conn;
	struct rpc_call *call;
	const uint8_t *stub;
	size_t left;
	bool first;
	bool alone;		/* no other call is waited for */
	uint8_t *copy;		/* if the stub had to be copied */
};

static void fill_auth(struct rpc_conn *conn, struct rpc_auth_value *auth)
{
	auth->present = true;
	auth->type = (uint8_t)rpc_auth_provider(conn->auth);
	auth->level = (uint8_t)rpc_auth_level(conn->auth);
	auth->context_id = RPC_AUTH_CONTEXT;
}

/* ---- Sending ------------------------------------------------------------ */

struct rpc_packet rpc_packet_of(const struct rpc_conn *conn, uint8_t *data,
				const struct rpc_pdu *pdu, size_t stub_at)
{
	struct rpc_packet packet = {
		.pdu = data,
		.len = pdu->auth.at + RPC_AUTH_TRAILER_LEN,
		.data_at = stub_at,
		.data_len = pdu->auth.at - stub_at,
		.sign_all = conn->header_sign,
		.seal = rpc_auth_level(conn->auth) == RPC_LEVEL_PRIVACY,
		.sig = data + pdu->auth.at + RPC_AUTH_TRAILER_LEN,
		.sig_len = pdu->auth.value.len,
	};

	return packet;
}

static size_t request_header_len(const struct rpc_call *call)
{
	return RPC_REQUEST_LEN + (call->object ? 16 : 0);
}

/* How much of the stub fits into a fragment, and how long its signature is. */
static int plan(const struct request *req, size_t *room, int *sig_len,
		struct rpc_error *err)
{
	struct rpc_conn *conn = req->conn;
	struct rpc_protect *protect = rpc_conn_protect(conn);
	size_t header = request_header_len(req->call);
	struct rpc_packet packet = {
		.pdu = conn->tx, .len = conn->max_xmit, .data_at = header,
		.data_len = AUTH_ALIGN, .sign_all = conn->header_sign,
	};

	*room = (conn->max_xmit - header) & ~(size_t)(STUB_ALIGN - 1);
	*sig_len = 0;
	if (!protect)
		return 0;
	packet.len = header + AUTH_ALIGN + RPC_AUTH_TRAILER_LEN;
	packet.seal = rpc_auth_level(conn->auth) == RPC_LEVEL_PRIVACY;
	*sig_len = protect->ops->sig_len(protect, &packet, err);
	if (*sig_len < 0)
		return *sig_len;
	header += RPC_AUTH_TRAILER_LEN + (size_t)*sig_len;
	if (header + AUTH_ALIGN > conn->max_xmit)
		return rpc_fail(err, -EMSGSIZE,
				"a signature of %d bytes does not fit into a fragment",
				*sig_len);
	*room = (conn->max_xmit - header) & ~(size_t)(AUTH_ALIGN - 1);
	return 0;
}

static void fragment_init(const struct request *req, struct rpc_pdu *pdu,
			  size_t len, int sig_len)
{
	memset(pdu, 0, sizeof(*pdu));
	pdu->ptype = RPC_REQUEST;
	pdu->flags = (req->first ? RPC_PFC_FIRST : 0) |
		     (len == req->left ? RPC_PFC_LAST : 0) |
		     (req->call->object ? RPC_PFC_OBJECT_UUID : 0);
	pdu->call_id = req->call->id;
	pdu->request.alloc_hint = (uint32_t)req->left;
	pdu->request.context_id = req->call->bound->id;
	pdu->request.opnum = req->call->opnum;
	if (req->call->object)
		pdu->request.object = *req->call->object;
	pdu->request.stub.ptr = req->stub;
	pdu->request.stub.len = (uint32_t)len;
	if (!sig_len)
		return;
	fill_auth(req->conn, &pdu->auth);
	pdu->auth.pad_len = (uint8_t)(-len & (AUTH_ALIGN - 1));
	pdu->auth.value.len = (uint32_t)sig_len;
}

static int send_fragment(struct request *req, size_t room, int sig_len,
			 struct rpc_error *err)
{
	size_t len = req->left < room ? req->left : room;
	struct rpc_conn *conn = req->conn;
	struct rpc_protect *protect = rpc_conn_protect(conn);
	struct rpc_packet packet;
	struct rpc_pdu pdu;
	int ret;

	fragment_init(req, &pdu, len, sig_len);
	ret = rpc_conn_encode(conn, &pdu, err);
	if (!ret && protect) {
		packet = rpc_packet_of(conn, conn->tx, &pdu,
				       request_header_len(req->call));
		ret = protect->ops->close(protect, &packet, err);
	}
	if (ret)
		return ret;
	req->stub += len;
	req->left -= len;
	req->first = false;
	return req->left || !req->alone ?
	       rpc_conn_send(conn, pdu.frag_len, err) :
	       rpc_conn_exchange(conn, pdu.frag_len, err);
}

/* Put a verification trailer behind the stub; aligned to four bytes. */
static int add_verification(struct request *req, struct rpc_error *err)
{
	size_t pad = -req->left & 3, at = req->left + pad;
	struct wire_out out;

	req->copy = calloc(1, at + RPC_VERIFY_MAX);
	if (!req->copy)
		return rpc_fail(err, -ENOMEM, "out of memory");
	if (req->left)
		memcpy(req->copy, req->stub, req->left);
	wire_out_init(&out, req->copy + at, RPC_VERIFY_MAX);
	rpc_verify_encode(&out, req->conn, req->call->bound, req->call->opnum);
	req->stub = req->copy;
	req->left = at + out.pos;
	return 0;
}

int rpc_request_send(struct rpc_conn *conn, struct rpc_call *call, bool alone,
		     struct rpc_error *err)
{
	struct request req = {
		.conn = conn, .call = call, .first = true, .alone = alone,
		.stub = call->in.ptr, .left = call->in.len,
	};
	size_t room;
	int ret, sig_len;

	call->id = ++conn->call_id;
	ret = plan(&req, &room, &sig_len, err);
	if (!ret && sig_len && !call->bound->verified)
		ret = add_verification(&req, err);
	while (!ret && (req.first || req.left))
		ret = send_fragment(&req, room, sig_len, err);
	free(req.copy);
	return ret;
}
