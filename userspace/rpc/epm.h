/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The endpoint mapper ([C706] appendix O and L, [MS-RPCE] 2.2.1.2): which port
 * or pipe an interface is at. By hand, because its answers are needed before
 * any table is, and their towers are no NDR.
 */
#ifndef UNC_RPC_EPM_H
#define UNC_RPC_EPM_H

#include "binding.h"
#include "conn.h"

#define RPC_EPM_PORT "135"
#define RPC_EPM_PIPE "epmapper"
#define RPC_ANNOTATION_MAX 64

extern const struct rpc_syntax rpc_epmapper;

/**
 * struct rpc_tower - a protocol tower, as far as we have names for it
 * @interface, @transfer: its first two floors
 * @protseq: "ncacn_ip_tcp", ...; "" if unknown
 * @endpoint: port or pipe
 * @address: network address or name
 */
struct rpc_tower {
	struct rpc_syntax interface;
	struct rpc_syntax transfer;
	char protseq[16];
	char endpoint[RPC_ENDPOINT_MAX + 1];
	char address[UNC_HOST_MAX + 1];
};

/** struct rpc_endpoint - an entry of the endpoint mapper */
struct rpc_endpoint {
	struct ndr_uuid object;
	struct rpc_tower tower;
	char annotation[RPC_ANNOTATION_MAX + 1];
};

/** rpc_tower_decode - 0, or -EBADMSG with @why set to the floor's field */
int rpc_tower_decode(const uint8_t *data, uint32_t len, struct rpc_tower *tower,
		     const char **why);

/** rpc_tower_encode - the tower that ept_map asks with: TCP or pipe */
void rpc_tower_encode(struct wire_out *out, const struct rpc_syntax *interface,
		      enum rpc_protseq protseq);

/**
 * rpc_epm_map - ask for an endpoint
 * @conn: bound to rpc_epmapper
 * @protseq: on which transport
 * @endpoint: the answer
 */
int rpc_epm_map(struct rpc_conn *conn, const struct rpc_syntax *interface,
		enum rpc_protseq protseq, char endpoint[RPC_ENDPOINT_MAX + 1],
		struct rpc_error *err);

/**
 * rpc_epm_lookup - all entries
 * @list, @count: malloc()ed
 */
int rpc_epm_lookup(struct rpc_conn *conn, struct rpc_endpoint **list,
		   size_t *count, struct rpc_error *err);

/* For tests and the fuzzer: the stub of a response, call->out. */
int rpc_epm_map_decode(const struct rpc_call *call, enum rpc_protseq protseq,
		       char endpoint[RPC_ENDPOINT_MAX + 1],
		       struct rpc_error *err);

#endif
