// SPDX-License-Identifier: GPL-2.0-or-later
#include "conn_inner.h"

#include <errno.h>
#include <string.h>

/* Legs of an authentication; SPNEGO with Kerberos has three. */
#define LEGS_MAX 8

/*
 * We have one security context on a connection; what the server must know is
 * that it may keep the connection when a call is orphaned.
 */
#define KEEP_ON_ORPHAN	0x02
#define FEATURES	KEEP_ON_ORPHAN

/* Our offers in a bind or alter_context, beside which the results stand. */
struct offer {
	struct rpc_bind body;
	bool features;		/* the last one asks for bind time features */
};

static void offer_add(struct offer *offer, uint16_t id,
		      const struct rpc_syntax *abstract,
		      const struct rpc_syntax *transfer)
{
	struct rpc_context *context =
		&offer->body.context[offer->body.context_count++];

	context->id = id;
	context->abstract = *abstract;
	context->transfer_count = 1;
	context->transfer[0] = *transfer;
}

static void offer_interface(struct rpc_conn *conn, struct offer *offer,
			    const struct rpc_syntax *interface)
{
	offer_add(offer, conn->next_context++, interface, &rpc_ndr32);
	if (conn->options.ndr64)
		offer_add(offer, conn->next_context++, interface, &rpc_ndr64);
}

static void offer_init(const struct rpc_conn *conn, struct offer *offer)
{
	memset(offer, 0, sizeof(*offer));
	offer->body.max_xmit = conn->options.frag_max;
	offer->body.max_recv = conn->options.frag_max;
	offer->body.assoc_group = conn->begun ? conn->group :
		conn->options.assoc_group;
}

/* ---- Results ------------------------------------------------------------ */

static const char *reject_text(const struct rpc_result *result)
{
	static const char *const reasons[] = {
		"no reason given", "it does not have the interface",
		"it does not support the transfer syntax",
		"a local limit is exceeded",
	};

	if (result->result == RPC_RESULT_USER_REJECT)
		return "refused to this user";
	return result->reason < ARRAY_SIZE(reasons) ? reasons[result->reason] :
		"unknown reason";
}

static void note_bound(struct rpc_conn *conn, const struct rpc_context *context)
{
	struct rpc_bound *bound = rpc_conn_find(conn, &context->abstract);

	/* NDR64 is offered behind NDR32 and preferred. */
	if (!bound)
		bound = &conn->bound[conn->bound_count++];
	bound->abstract = context->abstract;
	bound->transfer = context->transfer[0];
	bound->id = context->id;
	bound->verified = false;
	if (conn->options.trace)
		fprintf(conn->options.trace, "= context %u speaks %s\n",
			bound->id, rpc_syntax_same(&bound->transfer, &rpc_ndr64) ?
			"NDR64" : "NDR32");
}

static int note_result(struct rpc_conn *conn, const struct rpc_context *context,
		       const struct rpc_result *result, struct rpc_error *err)
{
	if (result->result != RPC_RESULT_ACCEPT)
		return 0;
	if (!rpc_syntax_same(&result->transfer, &context->transfer[0]))
		return rpc_fail(err, -EPROTO,
				"the server accepted a transfer syntax that was not offered");
	if (!rpc_conn_find(conn, &context->abstract) &&
	    conn->bound_count == RPC_INTERFACES_MAX)
		return rpc_fail(err, -EMFILE,
				"too many interfaces on one connection");
	note_bound(conn, context);
	return 0;
}

/* Every interface must have been accepted in one of the syntaxes. */
static int note_results(struct rpc_conn *conn, const struct offer *offer,
			const struct rpc_bind_ack *ack, struct rpc_error *err)
{
	unsigned int count = offer->body.context_count - offer->features;
	int ret = 0;

	if (ack->result_count != offer->body.context_count)
		return rpc_fail(err, -EPROTO,
				"the server answers %u of %u presentation contexts",
				ack->result_count, offer->body.context_count);
	if (offer->features &&
	    ack->result[count].result == RPC_RESULT_NEGOTIATE_ACK)
		conn->keeps_orphans = ack->result[count].reason &
				      KEEP_ON_ORPHAN;
	for (unsigned int i = 0; !ret && i < count; i++)
		ret = note_result(conn, &offer->body.context[i],
				  &ack->result[i], err);
	for (unsigned int i = 0; !ret && i < count; i++)
		if (!rpc_conn_find(conn, &offer->body.context[i].abstract))
			ret = rpc_fail(err, -EPROTONOSUPPORT,
				       "the server refuses the interface: %s",
				       reject_text(&ack->result[i]));
	return ret;
}

static int note_bind_ack(struct rpc_conn *conn, const struct rpc_pdu *pdu,
			 struct rpc_error *err)
{
	const struct rpc_bind_ack *ack = &pdu->bind_ack;

	if (ack->max_recv < RPC_FRAG_MIN)
		return rpc_fail(err, -EPROTO,
				"the server takes fragments of %u bytes only",
				ack->max_recv);
	if (ack->max_recv < conn->max_xmit)
		conn->max_xmit = ack->max_recv;
	conn->group = ack->assoc_group;
	conn->header_sign = conn->auth && !conn->options.no_header_sign &&
			    pdu->flags & RPC_PFC_HEADER_SIGN;
	conn->concurrent = conn->options.concurrent &&
			   pdu->flags & RPC_PFC_CONC_MPX;
	return 0;
}

/* ---- Sending and authenticating ----------------------------------------- */

static void put_token(struct rpc_conn *conn, struct rpc_pdu *pdu,
		      struct der_bytes token)
{
	if (!conn->auth)
		return;
	pdu->auth.present = token.len;
	pdu->auth.type = (uint8_t)rpc_auth_provider(conn->auth);
	pdu->auth.level = (uint8_t)rpc_auth_level(conn->auth);
	pdu->auth.context_id = RPC_AUTH_CONTEXT;
	pdu->auth.value.ptr = token.data;
	pdu->auth.value.len = (uint32_t)token.len;
}

static uint8_t bind_flags(const struct rpc_conn *conn)
{
	bool sign = conn->auth && !conn->options.no_header_sign;

	return RPC_PFC_FIRST | RPC_PFC_LAST |
	       (conn->options.concurrent ? RPC_PFC_CONC_MPX : 0) |
	       (sign && !conn->begun ? RPC_PFC_HEADER_SIGN : 0);
}

/* Send bind or alter_context, receive its answer. */
static int ask(struct rpc_conn *conn, const struct offer *offer,
	       struct der_bytes token, struct rpc_pdu *answer,
	       struct rpc_error *err)
{
	struct rpc_pdu pdu = {
		.ptype = conn->begun ? RPC_ALTER_CONTEXT : RPC_BIND,
		.flags = bind_flags(conn),
		.call_id = ++conn->call_id,
		.bind = offer->body,
	};
	uint8_t expected = conn->begun ? RPC_ALTER_CONTEXT_RESP : RPC_BIND_ACK;
	int ret;

	put_token(conn, &pdu, token);
	conn->begun = true;
	ret = rpc_conn_encode(conn, &pdu, err);
	if (!ret)
		ret = rpc_conn_exchange(conn, pdu.frag_len, err);
	if (!ret)
		ret = rpc_conn_receive(conn, answer, err);
	if (ret)
		return ret;
	if (answer->ptype != expected)
		return rpc_conn_unexpected(answer, rpc_ptype_name(expected),
					   err);
	if (answer->call_id != pdu.call_id)
		return rpc_fail(err, -EPROTO,
				"the server answers call %u instead of %u",
				answer->call_id, pdu.call_id);
	return 0;
}

/* auth3 is not answered; what is wrong with it the next call says. */
static int send_auth3(struct rpc_conn *conn, struct der_bytes token,
		      struct rpc_error *err)
{
	struct rpc_pdu pdu = {
		.ptype = RPC_AUTH3, .flags = RPC_PFC_FIRST | RPC_PFC_LAST,
		.call_id = conn->call_id,
	};
	int ret;

	put_token(conn, &pdu, token);
	ret = rpc_conn_encode(conn, &pdu, err);
	return ret ? ret : rpc_conn_send(conn, pdu.frag_len, err);
}

/* A continued authentication repeats the first context that was accepted. */
static void offer_again(struct rpc_conn *conn, struct offer *offer)
{
	offer_init(conn, offer);
	offer_add(offer, conn->bound[0].id, &conn->bound[0].abstract,
		  &conn->bound[0].transfer);
}

static bool ends_with_auth3(const struct rpc_conn *conn)
{
	return rpc_auth_complete(conn->auth) &&
	       rpc_auth_provider(conn->auth) == RPC_PROVIDER_NTLM;
}

static int authenticate(struct rpc_conn *conn, struct rpc_pdu *answer,
			struct rpc_error *err)
{
	struct der_bytes in, out;
	struct offer offer;
	int ret;

	for (int leg = 0; leg < LEGS_MAX; leg++) {
		in = (struct der_bytes){ answer->auth.value.ptr,
					 answer->auth.value.len };
		if (in.len &&
		    answer->auth.type != rpc_auth_provider(conn->auth))
			return rpc_fail(err, -EPROTO,
					"the server answers for another authentication provider (%u)",
					answer->auth.type);
		ret = rpc_auth_step(conn->auth, in, &out, err);
		if (ret || !out.len)
			return ret;
		if (ends_with_auth3(conn))
			return send_auth3(conn, out, err);
		offer_again(conn, &offer);
		ret = ask(conn, &offer, out, answer, err);
		if (ret)
			return ret;
	}
	return rpc_fail(err, -EPROTO, "the authentication does not end");
}

static int bind_begin(struct rpc_conn *conn, struct offer *offer,
		      struct rpc_error *err)
{
	const struct der_bytes none = { NULL, 0 };
	struct der_bytes token = none;
	struct rpc_pdu answer;
	int ret = 0;

	if (conn->auth)
		ret = rpc_auth_step(conn->auth, none, &token, err);
	if (!ret)
		ret = ask(conn, offer, token, &answer, err);
	if (!ret)
		ret = note_bind_ack(conn, &answer, err);
	if (!ret)
		ret = note_results(conn, offer, &answer.bind_ack, err);
	if (ret || !conn->auth)
		return ret;
	ret = authenticate(conn, &answer, err);
	if (!ret && !rpc_auth_complete(conn->auth))
		ret = rpc_fail(err, -EACCES,
			       "the server ended the authentication half way");
	return ret;
}

int rpc_conn_bind(struct rpc_conn *conn, const struct rpc_syntax *list,
		  unsigned int count, struct rpc_auth *auth,
		  struct rpc_error *err)
{
	struct rpc_syntax features = rpc_bind_features(FEATURES);
	struct offer offer;
	int ret;

	if (conn->begun || !count || count > RPC_INTERFACES_MAX) {
		rpc_auth_free(auth);
		return rpc_fail(err, -EINVAL, "bad use of rpc_conn_bind");
	}
	conn->auth = auth;
	offer_init(conn, &offer);
	for (unsigned int i = 0; i < count; i++)
		offer_interface(conn, &offer, &list[i]);
	offer_add(&offer, conn->next_context++, &list[0], &features);
	offer.features = true;
	ret = bind_begin(conn, &offer, err);
	conn->dead = ret;
	return ret;
}

int rpc_conn_alter(struct rpc_conn *conn, const struct rpc_syntax *interface,
		   struct rpc_error *err)
{
	const struct der_bytes none = { NULL, 0 };
	struct rpc_pdu answer;
	struct offer offer;
	int ret;

	if (!conn->bound_count || conn->dead)
		return rpc_fail(err, -EPIPE, "the connection is not bound");
	if (rpc_conn_find(conn, interface))
		return 0;
	rpc_conn_wait_all(conn);
	offer_init(conn, &offer);
	offer_interface(conn, &offer, interface);
	ret = ask(conn, &offer, none, &answer, err);
	if (ret) {
		conn->dead = true;
		return ret;
	}
	return note_results(conn, &offer, &answer.bind_ack, err);
}
