/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * String bindings: where a server is, and how it is to be talked to.
 *
 *	[UUID@]PROTOCOL:HOST[ENDPOINT,OPTION,...]
 *	//HOST[/pipe/NAME][[OPTION,...]]	(ncacn_np)
 *
 * PROTOCOL is ncacn_np or ncacn_ip_tcp. ENDPOINT is a port or a pipe and may be
 * left out, as may be the brackets. Options: connect, sign (or packet), seal;
 * spnego, ntlm, krb5, schannel; ndr64; endpoint=X; target_service=X;
 * target_hostname=X; assoc_group_id=N; smb2, which pipes are anyway, or smb1;
 * smb_port=N for their server. Blanks and letters' case do not matter in options.
 * The address of IPv6 may stand in brackets of its own.
 */
#ifndef UNC_RPC_BINDING_H
#define UNC_RPC_BINDING_H

#include "auth.h"
#include "ndr.h"

#define RPC_ENDPOINT_MAX 255
#define RPC_SERVICE_MAX 31

enum rpc_protseq {
	RPC_NCACN_NP,
	RPC_NCACN_IP_TCP,
};

/**
 * struct rpc_binding
 * @protseq: transport
 * @host: name or address
 * @endpoint: port or pipe; "" to find it out
 * @service: of the server's Kerberos name; "" for "host"
 * @target: the server's name for Kerberos; "" for @host
 * @assoc_group: association group to join; 0 for a new one
 * @has_object, @object: object UUID
 * @level: RPC_LEVEL_NONE if no option said more
 * @provider: RPC_PROVIDER_NONE if no option said which
 * @ndr64: offer NDR64
 * @smb1: pipes of SMB 1
 * @smb_port: of the server of pipes; 0 for the usual ones
 */
struct rpc_binding {
	enum rpc_protseq protseq;
	char host[UNC_HOST_MAX + 1];
	char endpoint[RPC_ENDPOINT_MAX + 1];
	char service[RPC_SERVICE_MAX + 1];
	char target[UNC_HOST_MAX + 1];
	uint32_t assoc_group;
	bool has_object;
	struct ndr_uuid object;
	enum rpc_level level;
	enum rpc_provider provider;
	bool ndr64;
	bool smb1;
	uint16_t smb_port;
};

/** rpc_binding_parse - 0, or -EINVAL with @err set */
int rpc_binding_parse(const char *text, struct rpc_binding *binding,
		      struct rpc_error *err);

/** rpc_binding_format - the canonical form; as snprintf() */
int rpc_binding_format(const struct rpc_binding *binding, char *text,
		       size_t room);

/** rpc_uuid_parse - "8a885d04-1ceb-11c9-9fe8-08002b104860", braces allowed */
bool rpc_uuid_parse(const char *text, size_t len, struct ndr_uuid *uuid);

#define RPC_UUID_TEXT 37

void rpc_uuid_format(const struct ndr_uuid *uuid, char text[RPC_UUID_TEXT]);

#endif
