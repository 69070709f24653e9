/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What carries PDUs: a TCP connection, a named pipe, or something else that
 * moves bytes in order (a tunnel through HTTP would be one).
 */
#ifndef UNC_RPC_TRANSPORT_H
#define UNC_RPC_TRANSPORT_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "binding.h"
#include "credential.h"
#include "error.h"

#define RPC_SESSION_KEY_LEN 16

struct rpc_transport;

/** struct rpc_transfer - what goes out, and room for what comes back */
struct rpc_transfer {
	const uint8_t *out;
	size_t out_len;
	uint8_t *in;
	size_t in_len;
};

/* All return a negative errno with @err set when they fail. */
struct rpc_transport_ops {
	const char *name;
	/* all of it; 0 */
	int (*send)(struct rpc_transport *t, const uint8_t *data, size_t len,
		    struct rpc_error *err);
	/* some bytes, at least one; the end of the connection is -EPIPE */
	ssize_t (*recv)(struct rpc_transport *t, uint8_t *room, size_t len,
			struct rpc_error *err);
	/*
	 * Both in one round trip; NULL where that saves nothing. What goes out
	 * is one PDU that will be answered; returned as by recv.
	 */
	ssize_t (*exchange)(struct rpc_transport *t,
			    const struct rpc_transfer *move,
			    struct rpc_error *err);
	/*
	 * The key of the session below, for what is encrypted within calls;
	 * NULL: there is none
	 */
	int (*session_key)(struct rpc_transport *t,
			   uint8_t key[RPC_SESSION_KEY_LEN],
			   struct rpc_error *err);
	void (*close)(struct rpc_transport *t);
};

/** struct rpc_transport - the head of each transport's own structure
 * @ops: what it can do
 * @frag_max: longest fragment to offer
 */
struct rpc_transport {
	const struct rpc_transport_ops *ops;
	uint16_t frag_max;
};

/**
 * rpc_tcp_open - ncacn_ip_tcp
 * @port: as text, a number
 * @timeout_ms: for connecting, and for every wait after it
 */
struct rpc_transport *rpc_tcp_open(const char *host, const char *port,
				   int timeout_ms, struct rpc_error *err);

/**
 * rpc_np_open - ncacn_np, by /dev/npipe (see npipe(4))
 * @binding: host, pipe ("\\pipe\\lsarpc", "lsarpc", ...), dialect, port
 * @cred: who to be for the SMB session; without a user what "unc login" left
 * @sec: enum unc_sec
 */
struct rpc_transport *rpc_np_open(const struct rpc_binding *binding,
				  const struct credential *cred, uint32_t sec,
				  struct rpc_error *err);

#endif
