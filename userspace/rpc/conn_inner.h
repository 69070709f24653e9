/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of a connection share: conn, bind, call, request, verify. */
#ifndef UNC_RPC_CONN_INNER_H
#define UNC_RPC_CONN_INNER_H

#include "conn.h"

/*
 * An interface that was accepted.
 * @verified: the server has answered a call with a verification trailer
 */
struct rpc_bound {
	struct rpc_syntax abstract;
	struct rpc_syntax transfer;
	uint16_t id;
	bool verified;
};

/* Answers of the last ones that nobody waits for are skipped. */
#define RPC_ORPHANS_MAX 16

struct rpc_conn {
	struct rpc_transport *transport;
	struct rpc_conn_options options;
	struct rpc_auth *auth;
	bool begun;			/* bind was sent */
	bool dead;			/* nothing more can be said on it */
	bool header_sign;		/* both sides agreed */
	bool concurrent;		/* likewise, to several calls at once */
	bool keeps_orphans;		/* the server goes on after an orphan */
	uint16_t max_xmit, max_recv;	/* fragments */
	uint16_t next_context;
	uint32_t call_id;
	uint32_t group;
	struct rpc_call *calls;		/* that wait for their answers */
	uint32_t orphans[RPC_ORPHANS_MAX];
	unsigned int orphan_count;
	unsigned int bound_count;
	struct rpc_bound bound[RPC_INTERFACES_MAX];
	size_t rx_len;			/* bytes in rx */
	size_t rx_used;			/* of them, those of the PDU in hand */
	uint8_t rx[RPC_FRAG_MAX];
	uint8_t tx[RPC_FRAG_MAX];
};

#define RPC_AUTH_CONTEXT 1		/* the only one we make */

/** rpc_conn_send - a PDU of which @len bytes are in conn->tx */
int rpc_conn_send(struct rpc_conn *conn, size_t len, struct rpc_error *err);

/** rpc_conn_exchange - the same, when its answer is waited for next */
int rpc_conn_exchange(struct rpc_conn *conn, size_t len, struct rpc_error *err);

/** rpc_conn_receive - the next PDU; what it points to stays until the next */
int rpc_conn_receive(struct rpc_conn *conn, struct rpc_pdu *pdu,
		     struct rpc_error *err);

/** rpc_conn_encode - into conn->tx; 0 or a negative errno */
int rpc_conn_encode(struct rpc_conn *conn, struct rpc_pdu *pdu,
		    struct rpc_error *err);

/** rpc_conn_unexpected - a PDU that is no answer: what it means */
int rpc_conn_unexpected(const struct rpc_pdu *pdu, const char *instead_of,
			struct rpc_error *err);

struct rpc_bound *rpc_conn_find(struct rpc_conn *conn,
				const struct rpc_syntax *interface);

/** rpc_conn_protect - what protects calls, or NULL */
struct rpc_protect *rpc_conn_protect(struct rpc_conn *conn);

/** rpc_packet_of - where stub, padding and signature are in conn->tx or rx */
struct rpc_packet rpc_packet_of(const struct rpc_conn *conn, uint8_t *data,
				const struct rpc_pdu *pdu, size_t stub_at);

/** rpc_request_send - a call's request; @alone: its answer is waited for next */
int rpc_request_send(struct rpc_conn *conn, struct rpc_call *call, bool alone,
		     struct rpc_error *err);

/** rpc_conn_wait_all - until no call waits for an answer */
void rpc_conn_wait_all(struct rpc_conn *conn);

#define RPC_VERIFY_MAX 96

/**
 * rpc_verify_encode - the verification trailer ([MS-RPCE] 2.2.2.13)
 * @out: what stands here is put behind the stub, which ends @before it
 */
void rpc_verify_encode(struct wire_out *out, const struct rpc_conn *conn,
		       const struct rpc_bound *bound, uint16_t opnum);

#endif
