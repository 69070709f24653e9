/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who an association is, and how its calls are protected: providers and levels
 * of [MS-RPCE] 2.2.1.1.7 and 2.2.1.1.8, through GSSAPI.
 */
#ifndef UNC_RPC_AUTH_H
#define UNC_RPC_AUTH_H

#include "credential.h"
#include "der.h"
#include "error.h"
#include "protect.h"

enum rpc_level {
	RPC_LEVEL_NONE		= 1,
	RPC_LEVEL_CONNECT	= 2,
	RPC_LEVEL_CALL		= 3,	/* is INTEGRITY on connections */
	RPC_LEVEL_PKT		= 4,	/* as is this */
	RPC_LEVEL_INTEGRITY	= 5,
	RPC_LEVEL_PRIVACY	= 6,
};

enum rpc_provider {
	RPC_PROVIDER_NONE	= 0,
	RPC_PROVIDER_SPNEGO	= 9,
	RPC_PROVIDER_NTLM	= 10,
	RPC_PROVIDER_KRB5	= 16,
	RPC_PROVIDER_NETLOGON	= 68,
};

struct rpc_netlogon;

/**
 * struct rpc_auth_want - what a caller asks for
 * @provider: how; SPNEGO tries Kerberos where there is a ticket, then NTLM
 * @level: what is protected
 * @host: name of the server
 * @service: Kerberos service, NULL for "host"
 * @cred: user and password; without a user Kerberos takes the ticket cache's
 * @netlogon: for that provider: what was negotiated (channel.h); copied
 */
struct rpc_auth_want {
	enum rpc_provider provider;
	enum rpc_level level;
	const char *host;
	const char *service;
	const struct credential *cred;
	const struct rpc_netlogon *netlogon;
};

struct rpc_auth;

/** rpc_auth_new - NULL: @err says why (no ticket, no password, no mechanism) */
struct rpc_auth *rpc_auth_new(const struct rpc_auth_want *want,
			      struct rpc_error *err);

/**
 * rpc_auth_step - one token in (none the first time), one out
 * @in: what the server sent
 * @out: what to send; .len 0 for nothing; valid until the next step
 */
int rpc_auth_step(struct rpc_auth *auth, struct der_bytes in,
		  struct der_bytes *out, struct rpc_error *err);

/** rpc_auth_complete - nothing more is to come from the server */
bool rpc_auth_complete(const struct rpc_auth *auth);

/** rpc_auth_protect - for the calls; NULL below integrity; owned by @auth */
struct rpc_protect *rpc_auth_protect(struct rpc_auth *auth);

enum rpc_provider rpc_auth_provider(const struct rpc_auth *auth);
enum rpc_level rpc_auth_level(const struct rpc_auth *auth);

/** rpc_auth_netlogon - of that provider, for authenticators; otherwise NULL */
struct rpc_netlogon *rpc_auth_netlogon(struct rpc_auth *auth);

void rpc_auth_free(struct rpc_auth *auth);

/** rpc_level_name - "none", "connect", "sign", "seal" */
const char *rpc_level_name(enum rpc_level level);

#endif
