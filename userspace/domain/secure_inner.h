/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files that call methods over the secure channel share. */
#ifndef UNC_DOMAIN_SECURE_INNER_H
#define UNC_DOMAIN_SECURE_INNER_H

#include "channel.h"
#include "netlogon.h"
#include "secure.h"

/* A channel, and what its calls need. */
struct secure {
	struct op *op;
	struct rpc_client *client;
	struct rpc_netlogon *netlogon;
	struct ndr_codec codec;
	char server[UNC_HOST_MAX + 3];
	struct _NETLOGON_AUTHENTICATOR ours, theirs;
};

/**
 * secure_open - challenge, authentication, bind, capabilities
 * @password: of the machine
 */
bool secure_open(struct secure *s, struct op *op, const char *password);

/** secure_close - also after secure_open() failed */
void secure_close(struct secure *s);

#endif
