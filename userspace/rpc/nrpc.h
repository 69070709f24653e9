/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The Netlogon secure channel with AES ([MS-NRPC] 3.1.4 and 3.3): session key,
 * credentials, authenticators, and the tokens of the security provider.
 */
#ifndef UNC_RPC_NRPC_H
#define UNC_RPC_NRPC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"
#include "protect.h"

#define RPC_NETLOGON_KEY_LEN	16
#define RPC_NETLOGON_CRED_LEN	8
#define RPC_NETLOGON_NAME_MAX	15	/* of a NetBIOS name */
#define RPC_NETLOGON_TOKEN_MAX	(8 + 2 * (RPC_NETLOGON_NAME_MAX + 1))

/**
 * struct rpc_netlogon - what a client and a domain controller have in common
 * @domain: NetBIOS name of the domain
 * @computer: NetBIOS name of the client
 * @key: session key
 * @stored: the client's stored credential, for authenticators
 * @flags: NegotiateFlags that both have
 */
struct rpc_netlogon {
	char domain[RPC_NETLOGON_NAME_MAX + 1];
	char computer[RPC_NETLOGON_NAME_MAX + 1];
	uint8_t key[RPC_NETLOGON_KEY_LEN];
	uint8_t stored[RPC_NETLOGON_CRED_LEN];
	uint32_t flags;
};

/**
 * rpc_netlogon_hash - NT hash of a password: MD4 of its UTF-16LE
 *
 * Return: 0, or -EILSEQ or -EMSGSIZE for no UTF-8 or too much.
 */
int rpc_netlogon_hash(const char *password, uint8_t hash[16]);

/** rpc_netlogon_key - 3.1.4.3.1, from the account's NT hash and both challenges */
void rpc_netlogon_key(const uint8_t hash[16],
		      const uint8_t client[RPC_NETLOGON_CRED_LEN],
		      const uint8_t server[RPC_NETLOGON_CRED_LEN],
		      uint8_t key[RPC_NETLOGON_KEY_LEN]);

/** rpc_netlogon_credential - 3.1.4.4.1: AES-128 in CFB8 mode, no IV */
void rpc_netlogon_credential(const uint8_t key[RPC_NETLOGON_KEY_LEN],
			     const uint8_t in[RPC_NETLOGON_CRED_LEN],
			     uint8_t out[RPC_NETLOGON_CRED_LEN]);

/** rpc_netlogon_authenticator - 3.1.4.5: credential for the next call, made @now */
void rpc_netlogon_authenticator(struct rpc_netlogon *netlogon, uint32_t now,
				uint8_t out[RPC_NETLOGON_CRED_LEN]);

/** rpc_netlogon_verify - is the return authenticator of that call right? */
bool rpc_netlogon_verify(struct rpc_netlogon *netlogon,
			 const uint8_t in[RPC_NETLOGON_CRED_LEN]);

/* 2.2.1.3.1 NL_AUTH_MESSAGE: the only token each way; -EPROTO with @err set */
size_t rpc_netlogon_token(const struct rpc_netlogon *netlogon,
			  uint8_t token[RPC_NETLOGON_TOKEN_MAX]);
int rpc_netlogon_answer(const uint8_t *token, size_t len,
			struct rpc_error *err);

/** rpc_netlogon_protect_new - 3.3.4.2; @server: as the server does it (tests) */
struct rpc_protect *rpc_netlogon_protect_new(const uint8_t key[RPC_NETLOGON_KEY_LEN],
					     bool server);

#endif
