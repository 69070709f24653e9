/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A connection of an association with an RPC server ([C706] 9.3, [MS-RPCE]
 * 3.3.1): presentation contexts, calls, fragments; one call after the other, or
 * several at once where the server agrees.
 *
 *	struct rpc_conn *conn = rpc_conn_new(transport, NULL, &err);
 *
 *	rpc_conn_bind(conn, &srvsvc, 1, auth, &err);
 *	rpc_conn_call(conn, &call, &err);
 *	... call.out, call.out_len ...
 *	free(call.out);
 *	rpc_conn_free(conn);
 */
#ifndef UNC_RPC_CONN_H
#define UNC_RPC_CONN_H

#include <stdio.h>

#include "auth.h"
#include "pdu.h"
#include "transport.h"

/** Results of one call take this much memory unless the caller says otherwise. */
#define RPC_RESPONSE_MAX (64u << 20)

/** Interfaces that one connection can be bound to. */
#define RPC_INTERFACES_MAX 7

/** Calls that may be under way on one connection. */
#define RPC_CALLS_MAX 64

struct rpc_conn;
struct rpc_bound;

/**
 * struct rpc_conn_options - all zero for the defaults
 * @response_max: bytes of results that are taken; 0: RPC_RESPONSE_MAX
 * @frag_max: longest fragment to offer; 0: what the transport likes
 * @ndr64: offer NDR64, too, and prefer it
 * @concurrent: ask for several calls at once
 * @no_header_sign: do not ask for header signing
 * @assoc_group: association group to join; 0: a new one
 * @trace: a line for each PDU goes there
 */
struct rpc_conn_options {
	size_t response_max;
	uint16_t frag_max;
	bool ndr64;
	bool concurrent;
	bool no_header_sign;
	uint32_t assoc_group;
	FILE *trace;
};

/**
 * struct rpc_call - one call
 * @interface: one that was bound
 * @opnum: its method
 * @object: an object's UUID, or NULL
 * @in: stub of the request
 * @out, @out_len: stub of the response, malloc()ed
 * @big_endian: its numbers have the most significant byte first
 * The rest is the connection's.
 */
struct rpc_call {
	const struct rpc_syntax *interface;
	uint16_t opnum;
	const struct ndr_uuid *object;
	struct ndr_bytes in;
	uint8_t *out;
	size_t out_len;
	bool big_endian;

	struct rpc_call *next;
	struct rpc_bound *bound;
	uint32_t id;
	size_t room;
	bool first;			/* no fragment has come */
	bool done;
	struct rpc_error error;		/* of what is done */
};

/** rpc_conn_new - @transport belongs to it, also when it fails (NULL) */
struct rpc_conn *rpc_conn_new(struct rpc_transport *transport,
			      const struct rpc_conn_options *options,
			      struct rpc_error *err);

/**
 * rpc_conn_bind - bind and authenticate; once
 * @list: interfaces
 * @auth: NULL for none; belongs to the connection, also on failure
 *
 * Return: 0 when all interfaces were accepted; EPROTONOSUPPORT when the server
 * does not have one.
 */
int rpc_conn_bind(struct rpc_conn *conn, const struct rpc_syntax *list,
		  unsigned int count, struct rpc_auth *auth,
		  struct rpc_error *err);

/** rpc_conn_alter - add an interface to a bound connection */
int rpc_conn_alter(struct rpc_conn *conn, const struct rpc_syntax *interface,
		   struct rpc_error *err);

/** rpc_conn_syntax - the transfer syntax of a bound interface */
enum ndr_syntax rpc_conn_syntax(const struct rpc_conn *conn,
				const struct rpc_syntax *interface);

/** rpc_conn_call - 0, or a negative errno; a fault is EREMOTEIO or EACCES */
int rpc_conn_call(struct rpc_conn *conn, struct rpc_call *call,
		  struct rpc_error *err);

/**
 * rpc_conn_begin - send a call; rpc_conn_finish() waits for its answer
 * @call: stays where it is until it is finished or abandoned
 *
 * Where the server did not agree to several at once, earlier ones are waited for
 * first. Return: 0; EBUSY with RPC_CALLS_MAX under way.
 */
int rpc_conn_begin(struct rpc_conn *conn, struct rpc_call *call,
		   struct rpc_error *err);

/** rpc_conn_finish - as rpc_conn_call(), for a call that was begun */
int rpc_conn_finish(struct rpc_conn *conn, struct rpc_call *call,
		    struct rpc_error *err);

/**
 * rpc_conn_cancel - ask the server to end a call early ([C706] 12.6.4.4)
 *
 * It answers nevertheless, often with nca_s_fault_cancel, or as if nothing was.
 */
int rpc_conn_cancel(struct rpc_conn *conn, struct rpc_call *call,
		    struct rpc_error *err);

/**
 * rpc_conn_abandon - do not wait for a call ([C706] 12.6.4.8)
 *
 * The connection goes on if the server agreed to that in the bind ([MS-RPCE]
 * 3.3.1.5.3, KeepConnectionOnOrphan); so it does after a call that took too long
 * or had too long results.
 */
void rpc_conn_abandon(struct rpc_conn *conn, struct rpc_call *call);

/** rpc_conn_auth - how it is authenticated, or NULL; belongs to @conn */
struct rpc_auth *rpc_conn_auth(struct rpc_conn *conn);

/** rpc_conn_concurrent - did the server agree to several calls at once? */
bool rpc_conn_concurrent(const struct rpc_conn *conn);

/** rpc_conn_group - the association group that the server gave */
uint32_t rpc_conn_group(const struct rpc_conn *conn);

/**
 * rpc_conn_session_key - of the session below a pipe
 *
 * Return: 0; -ENOKEY over TCP, or when nobody in particular is logged on; -EPERM
 * when the session is another user's.
 */
int rpc_conn_session_key(struct rpc_conn *conn,
			 uint8_t key[RPC_SESSION_KEY_LEN],
			 struct rpc_error *err);

void rpc_conn_free(struct rpc_conn *conn);

#endif
