// SPDX-License-Identifier: GPL-2.0-or-later
#include "client.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "channel.h"
#include "epm.h"
#include "secret.h"

#define TIMEOUT_MS 30000

struct rpc_client {
	struct rpc_conn *conn;
	const struct ndr_interface *interface;
	struct rpc_syntax syntax;
	bool has_object;
	struct ndr_uuid object;
};

static const struct rpc_client_options defaults;
static const struct credential nobody;

static const struct credential *cred_of(const struct rpc_client_options *options)
{
	return options->cred ? options->cred : &nobody;
}

static struct rpc_syntax syntax_of(const struct ndr_interface *interface)
{
	return (struct rpc_syntax){ interface->uuid, interface->major,
				    interface->minor };
}

/* ---- Connecting --------------------------------------------------------- */

static struct rpc_transport *open_transport(const struct rpc_binding *binding,
					    const struct rpc_client_options *options,
					    struct rpc_error *err)
{
	if (binding->protseq == RPC_NCACN_NP)
		return rpc_np_open(binding, cred_of(options), options->sec,
				   err);
	return rpc_tcp_open(binding->host, binding->endpoint,
			    options->timeout_ms ? options->timeout_ms :
			    TIMEOUT_MS, err);
}

/* A connection of its own: without authentication, as it makes the key. */
static int make_channel(const struct rpc_binding *binding,
			const struct rpc_client_options *options,
			struct rpc_netlogon *netlogon, struct rpc_error *err)
{
	const struct ndr_interface *interface = ndr_interface_find("netlogon");
	struct rpc_binding plain = *binding;
	struct rpc_channel_account who;
	struct rpc_client *client;
	int ret;

	ret = rpc_channel_account(cred_of(options), &who, err);
	if (ret)
		return ret;
	plain.level = RPC_LEVEL_NONE;
	plain.provider = RPC_PROVIDER_NONE;
	plain.has_object = false;
	plain.assoc_group = 0;
	plain.endpoint[0] = '\0';
	client = rpc_client_connect(&plain, interface, options, err);
	ret = client ? rpc_channel_negotiate(client, binding->host, &who,
					     netlogon, err) : err->code;
	rpc_client_close(client);
	secret_wipe(&who, sizeof(who));
	return ret;
}

/* Zero: *@auth may be NULL, when nothing was asked for. */
static int make_auth(const struct rpc_binding *binding,
		     const struct rpc_client_options *options,
		     struct rpc_auth **auth, struct rpc_error *err)
{
	struct rpc_auth_want want = {
		.provider = binding->provider, .level = binding->level,
		.host = *binding->target ? binding->target : binding->host,
		.service = *binding->service ? binding->service : NULL,
		.cred = cred_of(options),
	};
	struct rpc_netlogon netlogon;
	int ret = 0;

	*auth = NULL;
	if (binding->level <= RPC_LEVEL_NONE)
		return 0;
	if (binding->provider == RPC_PROVIDER_NETLOGON) {
		want.netlogon = &netlogon;
		ret = make_channel(binding, options, &netlogon, err);
	}
	if (!ret)
		*auth = rpc_auth_new(&want, err);
	if (want.netlogon)
		secret_wipe(&netlogon, sizeof(netlogon));
	return *auth ? 0 : err->code;
}

struct rpc_conn *rpc_dial(const struct rpc_binding *binding,
			  const struct rpc_syntax *syntax,
			  const struct rpc_client_options *options,
			  struct rpc_error *err)
{
	struct rpc_conn_options how = options->conn;
	struct rpc_transport *transport;
	struct rpc_conn *conn;
	struct rpc_auth *auth;

	how.ndr64 |= binding->ndr64;
	if (binding->assoc_group)
		how.assoc_group = binding->assoc_group;
	transport = open_transport(binding, options, err);
	if (!transport)
		return NULL;
	conn = rpc_conn_new(transport, &how, err);
	if (!conn)
		return NULL;
	if (make_auth(binding, options, &auth, err) == 0 &&
	    rpc_conn_bind(conn, syntax, 1, auth, err) == 0)
		return conn;
	rpc_conn_free(conn);
	return NULL;
}

/* ---- Endpoints ---------------------------------------------------------- */

/* The part in brackets of the first "PROTSEQ:[ENDPOINT]" of this transport. */
static bool well_known(const struct ndr_interface *interface,
		       struct rpc_binding *binding)
{
	const char *name = binding->protseq == RPC_NCACN_NP ? "ncacn_np:[" :
		"ncacn_ip_tcp:[";
	const char *at = interface->endpoint ?
		strstr(interface->endpoint, name) : NULL;
	size_t len;

	if (!at)
		return false;
	at += strlen(name);
	len = strcspn(at, "]");
	if (!len || len > RPC_ENDPOINT_MAX)
		return false;
	memcpy(binding->endpoint, at, len);
	binding->endpoint[len] = '\0';
	return true;
}

static int ask_mapper(struct rpc_binding *binding,
		      const struct rpc_syntax *syntax,
		      const struct rpc_client_options *options,
		      struct rpc_error *err)
{
	struct rpc_binding mapper = *binding;
	struct rpc_client_options plain = *options;
	struct rpc_conn *conn;
	int ret;

	/* Anybody may ask, and what it says is not trusted anyway. */
	mapper.level = RPC_LEVEL_NONE;
	mapper.ndr64 = false;
	mapper.assoc_group = 0;
	plain.conn.ndr64 = false;
	strcpy(mapper.endpoint, binding->protseq == RPC_NCACN_NP ?
	       RPC_EPM_PIPE : RPC_EPM_PORT);
	conn = rpc_dial(&mapper, &rpc_epmapper, &plain, err);
	if (!conn)
		return err->code;
	ret = rpc_epm_map(conn, syntax, binding->protseq, binding->endpoint,
			  err);
	rpc_conn_free(conn);
	return ret;
}

static int find_endpoint(struct rpc_binding *binding,
			 const struct ndr_interface *interface,
			 const struct rpc_syntax *syntax,
			 const struct rpc_client_options *options,
			 struct rpc_error *err)
{
	if (*binding->endpoint || well_known(interface, binding))
		return 0;
	if (ask_mapper(binding, syntax, options, err) == 0)
		return 0;
	if (binding->protseq == RPC_NCACN_IP_TCP)
		return err->code;
	/* Where the mapper does not know, most pipes have the interface's name. */
	snprintf(binding->endpoint, sizeof(binding->endpoint), "%s",
		 interface->name);
	return 0;
}

/* ---- Clients ------------------------------------------------------------ */

/* Over a secure channel to netlogon itself, ask what was really agreed. */
static int check_channel(struct rpc_client *client, const char *host,
			 struct rpc_error *err)
{
	struct rpc_netlogon *netlogon =
		rpc_auth_netlogon(rpc_conn_auth(client->conn));

	if (!netlogon || strcmp(client->interface->name, "netlogon") != 0)
		return 0;
	return rpc_channel_verify(client, host, netlogon, err);
}

struct rpc_client *rpc_client_connect(const struct rpc_binding *binding,
				      const struct ndr_interface *interface,
				      const struct rpc_client_options *options,
				      struct rpc_error *err)
{
	struct rpc_client *client = calloc(1, sizeof(*client));
	struct rpc_binding to = *binding;

	if (!client) {
		rpc_fail(err, -ENOMEM, "out of memory");
		return NULL;
	}
	if (!options)
		options = &defaults;
	client->interface = interface;
	client->syntax = syntax_of(interface);
	client->has_object = binding->has_object;
	client->object = binding->object;
	if (find_endpoint(&to, interface, &client->syntax, options, err) == 0)
		client->conn = rpc_dial(&to, &client->syntax, options, err);
	if (client->conn && check_channel(client, to.host, err) == 0)
		return client;
	rpc_conn_free(client->conn);
	free(client);
	return NULL;
}

struct rpc_client *rpc_client_open(const char *binding, const char *interface,
				   const struct rpc_client_options *options,
				   struct rpc_error *err)
{
	const struct ndr_interface *i = ndr_interface_find(interface);
	struct rpc_binding parsed;

	if (!i) {
		rpc_fail(err, -EINVAL, "there is no interface \"%s\"",
			 interface);
		return NULL;
	}
	if (rpc_binding_parse(binding, &parsed, err))
		return NULL;
	return rpc_client_connect(&parsed, i, options, err);
}

int rpc_client_add(struct rpc_client *client,
		   const struct ndr_interface *interface, struct rpc_error *err)
{
	struct rpc_syntax syntax = syntax_of(interface);

	return rpc_conn_alter(client->conn, &syntax, err);
}

struct rpc_conn *rpc_client_conn(struct rpc_client *client)
{
	return client->conn;
}

const struct ndr_interface *rpc_client_interface(const struct rpc_client *client)
{
	return client->interface;
}

static int codec_fail(struct rpc_error *err, const struct ndr_codec *codec)
{
	return rpc_fail(err, codec->error.code, "%s", codec->error.text);
}

int rpc_client_begin(struct rpc_client *client, struct rpc_pending *pending,
		     struct rpc_error *err)
{
	const struct ndr_interface *interface =
		ndr_interface_find(pending->method->interface);
	struct ndr_codec *codec = pending->codec;
	struct rpc_call *call = &pending->call;

	pending->syntax = interface ? syntax_of(interface) : client->syntax;
	*call = (struct rpc_call){
		.interface = &pending->syntax,
		.opnum = pending->method->opnum,
		.object = client->has_object ? &client->object : NULL,
	};
	codec->syntax = rpc_conn_syntax(client->conn, &pending->syntax);
	codec->big_endian = false;
	if (ndr_encode(codec, pending->method, NDR_IN, pending->args,
		       &call->in))
		return codec_fail(err, codec);
	return rpc_conn_begin(client->conn, call, err);
}

int rpc_client_finish(struct rpc_client *client, struct rpc_pending *pending,
		      struct rpc_error *err)
{
	struct rpc_call *call = &pending->call;
	struct ndr_codec *codec = pending->codec;
	static const uint8_t nothing[1];
	struct ndr_bytes reply;
	int ret;

	ret = rpc_conn_finish(client->conn, call, err);
	if (ret)
		return ret;
	reply = (struct ndr_bytes){ call->out ? call->out : nothing,
				    call->out_len };
	codec->big_endian = call->big_endian;
	if (ndr_decode(codec, pending->method, NDR_OUT, &reply, pending->args))
		ret = codec_fail(err, codec);
	free(call->out);
	return ret;
}

int rpc_client_invoke(struct rpc_client *client, const struct ndr_method *method,
		      struct ndr_codec *codec, void *args,
		      struct rpc_error *err)
{
	struct rpc_pending pending = {
		.method = method, .codec = codec, .args = args,
	};
	int ret = rpc_client_begin(client, &pending, err);

	return ret ? ret : rpc_client_finish(client, &pending, err);
}

int rpc_client_call(struct rpc_client *client, const char *method,
		    struct ndr_codec *codec, void *args, struct rpc_error *err)
{
	const struct ndr_method *m = ndr_method_find(client->interface, method);

	if (!m || m->not_on_wire)
		return rpc_fail(err, -EINVAL, "%s has no method \"%s\"",
				client->interface->name, method);
	return rpc_client_invoke(client, m, codec, args, err);
}

void rpc_client_close(struct rpc_client *client)
{
	if (!client)
		return;
	rpc_conn_free(client->conn);
	free(client);
}
