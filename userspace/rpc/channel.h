/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Making a Netlogon secure channel with a domain controller ([MS-NRPC]
 * 3.1.4.1): challenge, authentication, and the question whether nobody between
 * has changed what was agreed.
 */
#ifndef UNC_RPC_CHANNEL_H
#define UNC_RPC_CHANNEL_H

#include "client.h"
#include "nrpc.h"

/**
 * struct rpc_channel_account - who wants the channel
 * @account: machine's account, "GUEST$"
 * @computer: NetBIOS name
 * @domain: NetBIOS name of the domain
 * @hash: NT hash of the account's password
 */
struct rpc_channel_account {
	char account[RPC_NETLOGON_NAME_MAX + 2];
	char computer[RPC_NETLOGON_NAME_MAX + 1];
	char domain[RPC_NETLOGON_NAME_MAX + 1];
	uint8_t hash[16];
};

/** rpc_channel_account - from "DOMAIN\\GUEST$" and its password */
int rpc_channel_account(const struct credential *cred,
			struct rpc_channel_account *who, struct rpc_error *err);

/**
 * rpc_channel_negotiate - agree on a session key
 * @client: of interface netlogon, without authentication
 * @host: name of the controller
 * @netlogon: the result
 *
 * Return: 0; EACCES when the controller refuses the account or what it proves
 * is wrong; EPROTONOSUPPORT when it has no AES.
 */
int rpc_channel_negotiate(struct rpc_client *client, const char *host,
			  const struct rpc_channel_account *who,
			  struct rpc_netlogon *netlogon, struct rpc_error *err);

/** rpc_channel_verify - over the channel: did the controller agree to the same? */
int rpc_channel_verify(struct rpc_client *client, const char *host,
		       struct rpc_netlogon *netlogon, struct rpc_error *err);

#endif
