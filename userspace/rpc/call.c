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
	struct rpc_bound *bound;
	struct rpc_call *call;
	const uint8_t *stub;
	size_t left;
	bool first;
	uint8_t *copy;		/* if the stub had to be copied */
};

static struct rpc_protect *protection(struct rpc_conn *conn)
{
	return conn->auth ? rpc_auth_protect(conn->auth) : NULL;
}

static void fill_auth(struct rpc_conn *conn, struct rpc_auth_value *auth)
{
	auth->present = true;
	auth->type = (uint8_t)rpc_auth_provider(conn->auth);
	auth->level = (uint8_t)rpc_auth_level(conn->auth);
	auth->context_id = RPC_AUTH_CONTEXT;
}

/* ---- Sending ------------------------------------------------------------ */

/* Where stub, padding and signature are in conn->tx or conn->rx. */
static struct rpc_packet packet_of(const struct rpc_conn *conn, uint8_t *data,
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
	struct rpc_protect *protect = protection(conn);
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
	pdu->call_id = req->conn->call_id;
	pdu->request.alloc_hint = (uint32_t)req->left;
	pdu->request.context_id = req->bound->id;
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
	struct rpc_protect *protect = protection(conn);
	struct rpc_packet packet;
	struct rpc_pdu pdu;
	int ret;

	fragment_init(req, &pdu, len, sig_len);
	ret = rpc_conn_encode(conn, &pdu, err);
	if (!ret && protect) {
		packet = packet_of(conn, conn->tx, &pdu,
				   request_header_len(req->call));
		ret = protect->ops->close(protect, &packet, err);
	}
	if (ret)
		return ret;
	req->stub += len;
	req->left -= len;
	req->first = false;
	return req->left ? rpc_conn_send(conn, pdu.frag_len, err) :
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
	rpc_verify_encode(&out, req->conn, req->bound, req->call->opnum);
	req->stub = req->copy;
	req->left = at + out.pos;
	return 0;
}

static int send_request(struct rpc_conn *conn, struct rpc_bound *bound,
			struct rpc_call *call, struct rpc_error *err)
{
	struct request req = {
		.conn = conn, .bound = bound, .call = call, .first = true,
		.stub = call->in.ptr, .left = call->in.len,
	};
	size_t room;
	int ret, sig_len;

	if (call->in.len > UINT32_MAX - RPC_VERIFY_MAX - 4)
		return rpc_fail(err, -EMSGSIZE, "the arguments are too long");
	conn->call_id++;
	ret = plan(&req, &room, &sig_len, err);
	if (!ret && sig_len && !bound->verified)
		ret = add_verification(&req, err);
	while (!ret && (req.first || req.left))
		ret = send_fragment(&req, room, sig_len, err);
	free(req.copy);
	return ret;
}

/* ---- Receiving ---------------------------------------------------------- */

static int open_response(struct rpc_conn *conn, const struct rpc_pdu *pdu,
			 struct rpc_error *err)
{
	struct rpc_protect *protect = protection(conn);
	const struct rpc_auth_value *auth = &pdu->auth;
	struct rpc_packet packet;

	if (!protect)
		return 0;
	if (!auth->present || auth->type != rpc_auth_provider(conn->auth) ||
	    auth->level != rpc_auth_level(conn->auth) ||
	    auth->context_id != RPC_AUTH_CONTEXT)
		return rpc_fail(err, -EPROTO,
				"the server's answer is not protected as agreed");
	packet = packet_of(conn, conn->rx, pdu, RPC_RESPONSE_LEN);
	return protect->ops->open(protect, &packet, err);
}

static int append(struct rpc_call *call, const struct wire_blob *stub,
		  size_t limit, struct rpc_error *err)
{
	uint8_t *grown;

	if (stub->len > limit - call->out_len)
		return rpc_fail(err, -EMSGSIZE,
				"the results are longer than %zu bytes", limit);
	if (!stub->len)
		return 0;
	/* One page at least: most results fit, and realloc() knows the rest. */
	grown = realloc(call->out, (call->out_len + stub->len + 4095) &
			~(size_t)4095);
	if (!grown)
		return rpc_fail(err, -ENOMEM, "out of memory");
	memcpy(grown + call->out_len, stub->ptr, stub->len);
	call->out = grown;
	call->out_len += stub->len;
	return 0;
}

static int check_response(const struct rpc_conn *conn,
			  const struct rpc_bound *bound,
			  const struct rpc_pdu *pdu, bool first,
			  struct rpc_error *err)
{
	if (pdu->call_id != conn->call_id)
		return rpc_fail(err, -EPROTO,
				"the server answers call %u instead of %u",
				pdu->call_id, conn->call_id);
	if (pdu->ptype != RPC_RESPONSE)
		return rpc_conn_unexpected(pdu, "response", err);
	if (first != !!(pdu->flags & RPC_PFC_FIRST))
		return rpc_fail(err, -EPROTO,
				"the fragments of the answer are out of order");
	if (pdu->response.context_id != bound->id)
		return rpc_fail(err, -EPROTO,
				"the server answers in another presentation context");
	return 0;
}

/* @done: after a fragment that ends the response, or a fault. */
static int receive_fragment(struct rpc_conn *conn, struct rpc_bound *bound,
			    struct rpc_call *call, bool *first,
			    struct rpc_error *err)
{
	struct rpc_pdu pdu;
	int ret = rpc_conn_receive(conn, &pdu, err);

	if (!ret)
		ret = check_response(conn, bound, &pdu, *first, err);
	if (!ret)
		ret = open_response(conn, &pdu, err);
	if (*first)
		call->big_endian = pdu.big_endian;
	if (!ret && call->big_endian != pdu.big_endian)
		ret = rpc_fail(err, -EPROTO,
			       "the server changed the order of its bytes");
	if (!ret)
		ret = append(call, &pdu.response.stub,
			     conn->options.response_max, err);
	*first = false;
	return ret ? ret : !(pdu.flags & RPC_PFC_LAST);
}

/* ---- Calls -------------------------------------------------------------- */

/* Nobody waits for the answer any more; the server may stop working on it. */
static void orphan(struct rpc_conn *conn)
{
	struct rpc_pdu pdu = {
		.ptype = RPC_ORPHANED, .flags = RPC_PFC_FIRST | RPC_PFC_LAST,
		.call_id = conn->call_id,
	};
	struct rpc_error ignored;

	if (rpc_conn_encode(conn, &pdu, &ignored) == 0)
		rpc_conn_send(conn, pdu.frag_len, &ignored);
}

/* After a fault the connection goes on; after anything else nothing fits. */
static void fail_call(struct rpc_conn *conn, struct rpc_call *call,
		      const struct rpc_error *err)
{
	free(call->out);
	call->out = NULL;
	call->out_len = 0;
	if (err->status)
		return;
	conn->dead = true;
	if (err->code == -EMSGSIZE || err->code == -ETIMEDOUT)
		orphan(conn);
}

int rpc_conn_call(struct rpc_conn *conn, struct rpc_call *call,
		  struct rpc_error *err)
{
	struct rpc_bound *bound = rpc_conn_find(conn, call->interface);
	bool first = true;
	int ret;

	call->out = NULL;
	call->out_len = 0;
	if (!bound || conn->dead)
		return rpc_fail(err, -EPIPE, conn->dead ?
				"the connection is broken since an earlier error" :
				"the interface is not bound");
	ret = send_request(conn, bound, call, err);
	if (!ret)
		do {
			ret = receive_fragment(conn, bound, call, &first, err);
		} while (ret > 0);
	if (ret)
		fail_call(conn, call, err);
	else
		bound->verified = true;
	return ret;
}
