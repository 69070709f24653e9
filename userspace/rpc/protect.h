/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Signing and sealing of request and response PDUs ([MS-RPCE] 2.2.2.11.3 and
 * 3.3.1.5.2), whatever the mechanism.
 */
#ifndef UNC_RPC_PROTECT_H
#define UNC_RPC_PROTECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"

/**
 * struct rpc_packet - a PDU that is to be protected or opened, in place
 * @pdu: its first byte
 * @len: all before the signature: header, stub, padding, sec_trailer
 * @data_at, @data_len: stub and padding: what privacy encrypts
 * @sign_all: header signing: the signature covers @len bytes, not only the data
 * @seal: level privacy
 * @sig, @sig_len: the signature, behind @len
 */
struct rpc_packet {
	uint8_t *pdu;
	size_t len;
	size_t data_at;
	size_t data_len;
	bool sign_all;
	bool seal;
	uint8_t *sig;
	size_t sig_len;
};

struct rpc_protect;

/* All return 0 or a negative errno with @err set. */
struct rpc_protect_ops {
	/* length of the signature, or negative; nothing is used up */
	int (*sig_len)(struct rpc_protect *p, const struct rpc_packet *packet,
		       struct rpc_error *err);
	int (*close)(struct rpc_protect *p, struct rpc_packet *packet,
		     struct rpc_error *err);
	int (*open)(struct rpc_protect *p, struct rpc_packet *packet,
		    struct rpc_error *err);
	void (*free)(struct rpc_protect *p);
};

struct rpc_protect {
	const struct rpc_protect_ops *ops;
};

/**
 * rpc_ntlm_protect_new - NTLM's message security ([MS-NLMP] 3.4.4.2)
 * @key: exported session key, 16 bytes; with extended session security, key
 *	exchange and 128 bits negotiated, as they always must be here
 * @first: sequence numbers to begin with, ours and theirs: SPNEGO's signature of
 *	the list of mechanisms uses up one, though it leaves the key stream alone
 * @server: sign as the server does (tests)
 *
 * Of our own because the NTLM mechanism of GSSAPI has no call that encrypts a
 * part and signs the whole. Return: NULL when out of memory.
 */
struct rpc_protect *rpc_ntlm_protect_new(const uint8_t key[16],
					 const uint32_t first[2],
					 bool server);

#endif
