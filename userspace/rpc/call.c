// SPDX-License-Identifier: GPL-2.0-or-later
#include "conn_inner.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Where the stub of a fault begins, [C706] 12.6.4.7. */
#define FAULT_LEN	32

/* ---- The end of a call --------------------------------------------------- */

/* @err: NULL: its results are complete. */
static void settle(struct rpc_conn *conn, struct rpc_call *call,
		   const struct rpc_error *err)
{
	struct rpc_call **at = &conn->calls;

	while (*at && *at != call)
		at = &(*at)->next;
	if (*at)
		*at = call->next;
	call->next = NULL;
	call->done = true;
	if (!err) {
		call->bound->verified = true;
		return;
	}
	call->error = *err;
	free(call->out);
	call->out = NULL;
	call->out_len = 0;
}

/* Nothing more can be said on the connection. */
static void break_off(struct rpc_conn *conn, const struct rpc_error *err)
{
	conn->dead = true;
	while (conn->calls)
		settle(conn, conn->calls, err);
}

static int send_short(struct rpc_conn *conn, enum rpc_ptype ptype, uint32_t id,
		      struct rpc_error *err)
{
	struct rpc_pdu pdu = {
		.ptype = (uint8_t)ptype, .call_id = id,
		.flags = RPC_PFC_FIRST | RPC_PFC_LAST,
	};
	int ret = rpc_conn_encode(conn, &pdu, err);

	return ret ? ret : rpc_conn_send(conn, pdu.frag_len, err);
}

/*
 * Nobody waits for the answer any more; the server may stop working on it. Where
 * it keeps the connection then, so do we, and skip what still comes.
 */
static void orphan(struct rpc_conn *conn, struct rpc_call *call,
		   const struct rpc_error *err)
{
	struct rpc_error ignored;
	int ret = send_short(conn, RPC_ORPHANED, call->id, &ignored);

	conn->orphans[conn->orphan_count++ % RPC_ORPHANS_MAX] = call->id;
	settle(conn, call, err);
	if (ret || !conn->keeps_orphans)
		break_off(conn, err);
}

static bool is_orphan(const struct rpc_conn *conn, uint32_t id)
{
	for (int i = 0; i < RPC_ORPHANS_MAX; i++)
		if (conn->orphans[i] == id)
			return id;
	return false;
}

/* ---- Receiving ----------------------------------------------------------- */

static int open_fragment(struct rpc_conn *conn, const struct rpc_pdu *pdu,
			 size_t stub_at, struct rpc_error *err)
{
	struct rpc_protect *protect = rpc_conn_protect(conn);
	const struct rpc_auth_value *auth = &pdu->auth;
	struct rpc_packet packet;

	if (!protect)
		return 0;
	if (!auth->present || auth->type != rpc_auth_provider(conn->auth) ||
	    auth->level != rpc_auth_level(conn->auth) ||
	    auth->context_id != RPC_AUTH_CONTEXT)
		return rpc_fail(err, -EPROTO,
				"the server's answer is not protected as agreed");
	packet = rpc_packet_of(conn, conn->rx, pdu, stub_at);
	return protect->ops->open(protect, &packet, err);
}

/* Twice as much each time, so that long results are not copied too often. */
static int append(struct rpc_call *call, const struct wire_blob *stub,
		  size_t limit, struct rpc_error *err)
{
	size_t need = call->out_len + stub->len, room = call->room;
	uint8_t *grown;

	if (stub->len > limit - call->out_len)
		return rpc_fail(err, -EMSGSIZE,
				"the results are longer than %zu bytes", limit);
	while (room < need)
		room = room ? 2 * room : 4096;
	if (room > limit)
		room = limit;
	if (room > call->room) {
		grown = realloc(call->out, room);
		if (!grown)
			return rpc_fail(err, -ENOMEM, "out of memory");
		call->out = grown;
		call->room = room;
	}
	if (stub->len)
		memcpy(call->out + call->out_len, stub->ptr, stub->len);
	call->out_len = need;
	return 0;
}

static int check_response(const struct rpc_call *call,
			  const struct rpc_pdu *pdu, struct rpc_error *err)
{
	if (call->first != !!(pdu->flags & RPC_PFC_FIRST))
		return rpc_fail(err, -EPROTO,
				"the fragments of the answer are out of order");
	if (pdu->response.context_id != call->bound->id)
		return rpc_fail(err, -EPROTO,
				"the server answers in another presentation context");
	if (!call->first && call->big_endian != pdu->big_endian)
		return rpc_fail(err, -EPROTO,
				"the server changed the order of its bytes");
	return 0;
}

static int take_response(struct rpc_conn *conn, struct rpc_call *call,
			 const struct rpc_pdu *pdu, struct rpc_error *err)
{
	int ret = check_response(call, pdu, err);

	if (!ret)
		ret = open_fragment(conn, pdu, RPC_RESPONSE_LEN, err);
	if (ret)
		return ret;
	call->first = false;
	call->big_endian = pdu->big_endian;
	ret = append(call, &pdu->response.stub, conn->options.response_max,
		     err);
	if (ret == -EMSGSIZE) {
		orphan(conn, call, err);
		return 0;
	}
	if (!ret && pdu->flags & RPC_PFC_LAST)
		settle(conn, call, NULL);
	return ret;
}

/*
 * A fault may come without a signature, from a server that has lost what it
 * needs for one. If it has one, the next answer's counts from it.
 */
static int take_fault(struct rpc_conn *conn, struct rpc_call *call,
		      const struct rpc_pdu *pdu, struct rpc_error *err)
{
	int ret = pdu->auth.present ?
		  open_fragment(conn, pdu, FAULT_LEN, err) : 0;

	if (ret || !call)
		return ret;
	rpc_fail_fault(err, pdu->fault.status);
	settle(conn, call, err);
	return 0;
}

/* One PDU, whose ever call it belongs to. */
static int receive_one(struct rpc_conn *conn, struct rpc_error *err)
{
	struct rpc_call *call = conn->calls;
	struct rpc_pdu pdu;
	int ret = rpc_conn_receive(conn, &pdu, err);

	if (ret)
		return ret;
	if (pdu.ptype != RPC_RESPONSE && pdu.ptype != RPC_FAULT)
		return rpc_conn_unexpected(&pdu, "response", err);
	while (call && call->id != pdu.call_id)
		call = call->next;
	if (!call && !is_orphan(conn, pdu.call_id))
		return rpc_fail(err, -EPROTO,
				"the server answers call %u, for which nobody waits",
				pdu.call_id);
	if (pdu.ptype == RPC_FAULT)
		return take_fault(conn, call, &pdu, err);
	if (call)
		return take_response(conn, call, &pdu, err);
	return open_fragment(conn, &pdu, RPC_RESPONSE_LEN, err);
}

/* ---- Calls --------------------------------------------------------------- */

static void wait_for(struct rpc_conn *conn, struct rpc_call *call)
{
	struct rpc_error why;
	int ret;

	while (!call->done) {
		ret = receive_one(conn, &why);
		if (ret == -ETIMEDOUT)
			orphan(conn, call, &why);
		else if (ret)
			break_off(conn, &why);
	}
}

void rpc_conn_wait_all(struct rpc_conn *conn)
{
	while (conn->calls)
		wait_for(conn, conn->calls);
}

static void call_init(struct rpc_call *call, struct rpc_bound *bound)
{
	call->out = NULL;
	call->out_len = 0;
	call->room = 0;
	call->big_endian = false;
	call->next = NULL;
	call->bound = bound;
	call->first = true;
	call->done = false;
	call->error.code = 0;
}

static int may_begin(const struct rpc_conn *conn, const struct rpc_call *call,
		     struct rpc_error *err)
{
	unsigned int count = 0;

	if (conn->dead || !call->bound)
		return rpc_fail(err, -EPIPE, conn->dead ?
				"the connection is broken since an earlier error" :
				"the interface is not bound");
	for (struct rpc_call *other = conn->calls; other; other = other->next)
		count++;
	if (count >= RPC_CALLS_MAX)
		return rpc_fail(err, -EBUSY, "%u calls are under way", count);
	return call->in.len > UINT32_MAX - RPC_VERIFY_MAX - 4 ?
	       rpc_fail(err, -EMSGSIZE, "the arguments are too long") : 0;
}

int rpc_conn_begin(struct rpc_conn *conn, struct rpc_call *call,
		   struct rpc_error *err)
{
	int ret;

	call_init(call, rpc_conn_find(conn, call->interface));
	if (!conn->concurrent)
		rpc_conn_wait_all(conn);
	ret = may_begin(conn, call, err);
	if (ret)
		return ret;
	/* In one round trip only what is waited for at once. */
	ret = rpc_request_send(conn, call, !conn->concurrent, err);
	if (ret) {
		break_off(conn, err);
		return ret;
	}
	call->next = conn->calls;
	conn->calls = call;
	return 0;
}

int rpc_conn_finish(struct rpc_conn *conn, struct rpc_call *call,
		    struct rpc_error *err)
{
	wait_for(conn, call);
	if (call->error.code)
		*err = call->error;
	return call->error.code;
}

int rpc_conn_call(struct rpc_conn *conn, struct rpc_call *call,
		  struct rpc_error *err)
{
	int ret = rpc_conn_begin(conn, call, err);

	return ret ? ret : rpc_conn_finish(conn, call, err);
}

int rpc_conn_cancel(struct rpc_conn *conn, struct rpc_call *call,
		    struct rpc_error *err)
{
	int ret;

	if (call->done)
		return 0;
	ret = send_short(conn, RPC_CO_CANCEL, call->id, err);
	if (ret)
		break_off(conn, err);
	return ret;
}

void rpc_conn_abandon(struct rpc_conn *conn, struct rpc_call *call)
{
	struct rpc_error why;

	rpc_fail(&why, -ECANCELED, "the call was given up");
	if (!call->done)
		orphan(conn, call, &why);
	free(call->out);
	call->out = NULL;
}
