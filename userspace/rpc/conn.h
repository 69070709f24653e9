/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A connection of an association with an RPC server ([C706] 9.3, [MS-RPCE]
 * 3.3.1): presentation contexts, calls, fragments. One call at a time.
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

struct rpc_conn;

/**
 * struct rpc_conn_options - all zero for the defaults
 * @response_max: bytes of results that are taken; 0: RPC_RESPONSE_MAX
 * @frag_max: longest fragment to offer; 0: what the transport likes
 * @ndr64: offer NDR64, too, and prefer it
 * @no_header_sign: do not ask for header signing
 * @assoc_group: association group to join; 0: a new one
 * @trace: a line for each PDU goes there
 */
struct rpc_conn_options {
	size_t response_max;
	uint16_t frag_max;
	bool ndr64;
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
 */
struct rpc_call {
	const struct rpc_syntax *interface;
	uint16_t opnum;
	const struct ndr_uuid *object;
	struct ndr_bytes in;
	uint8_t *out;
	size_t out_len;
	bool big_endian;
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

/** rpc_conn_auth - how it is authenticated, or NULL; belongs to @conn */
struct rpc_auth *rpc_conn_auth(struct rpc_conn *conn);

/** rpc_conn_group - the association group that the server gave */
uint32_t rpc_conn_group(const struct rpc_conn *conn);

void rpc_conn_free(struct rpc_conn *conn);

#endif
