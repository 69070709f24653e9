/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From a string binding and an interface to a call: what most programs need.
 *
 *	struct rpc_client *client =
 *		rpc_client_open("//files[sign]", "srvsvc", NULL, &err);
 *	struct ndr_codec codec = { .arena = ndr_arena_new(0) };
 *	struct srvsvc_NetrShareEnum call = { ... };
 *
 *	if (client && rpc_client_call(client, "NetrShareEnum", &codec, &call,
 *				      &err) == 0)
 *		... call.Return, call.InfoStruct ...
 *	ndr_arena_free(codec.arena);
 *	rpc_client_close(client);
 */
#ifndef UNC_RPC_CLIENT_H
#define UNC_RPC_CLIENT_H

#include "binding.h"
#include "conn.h"

struct rpc_client;

/**
 * struct rpc_client_options - all zero for the defaults
 * @cred: user and password; NULL or no user: the key left by "unc login" for
 *	pipes, the Kerberos ticket cache for authentication in the calls
 * @sec: enum unc_sec, of the SMB session that carries a pipe
 * @timeout_ms: for connecting and each wait over TCP; 0: 30 seconds
 * @conn: of the connection
 */
struct rpc_client_options {
	const struct credential *cred;
	uint32_t sec;
	int timeout_ms;
	struct rpc_conn_options conn;
};

/**
 * rpc_client_open - connect, find the endpoint if need be, bind
 * @binding: see binding.h
 * @interface: name of an interface that was compiled in
 * @options: NULL for the defaults
 *
 * Return: NULL with @err set.
 */
struct rpc_client *rpc_client_open(const char *binding, const char *interface,
				   const struct rpc_client_options *options,
				   struct rpc_error *err);

/**
 * rpc_client_call - one call
 * @method: name of a method of the client's interface
 * @codec: with an arena, in which the results will be; its syntax is set
 * @args: the method's C structure, in and out
 *
 * Return: 0 or a negative errno with @err set. What the method returns itself
 * is not looked at.
 */
int rpc_client_call(struct rpc_client *client, const char *method,
		    struct ndr_codec *codec, void *args, struct rpc_error *err);

/**
 * rpc_client_add - bind one more interface of the same endpoint
 *
 * Its methods go to rpc_client_invoke().
 */
int rpc_client_add(struct rpc_client *client,
		   const struct ndr_interface *interface,
		   struct rpc_error *err);

/** rpc_client_invoke - the same for a method that was looked up, of any bound interface */
int rpc_client_invoke(struct rpc_client *client, const struct ndr_method *method,
		      struct ndr_codec *codec, void *args,
		      struct rpc_error *err);

/**
 * struct rpc_pending - a call under way, one of several
 * @method, @codec, @args: as for rpc_client_invoke(); they and this structure
 *	stay until it is finished
 */
struct rpc_pending {
	const struct ndr_method *method;
	struct ndr_codec *codec;
	void *args;
	struct rpc_syntax syntax;
	struct rpc_call call;
};

/** rpc_client_begin - send it; see rpc_conn_begin() */
int rpc_client_begin(struct rpc_client *client, struct rpc_pending *pending,
		     struct rpc_error *err);

/** rpc_client_finish - wait for its results */
int rpc_client_finish(struct rpc_client *client, struct rpc_pending *pending,
		      struct rpc_error *err);

void rpc_client_close(struct rpc_client *client);

/* With a parsed binding */

/** rpc_client_connect - as rpc_client_open() */
struct rpc_client *rpc_client_connect(const struct rpc_binding *binding,
				      const struct ndr_interface *interface,
				      const struct rpc_client_options *options,
				      struct rpc_error *err);

/** rpc_client_conn - its connection, for what is not in the tables */
struct rpc_conn *rpc_client_conn(struct rpc_client *client);

/** rpc_client_interface - what it was opened for */
const struct ndr_interface *rpc_client_interface(const struct rpc_client *client);

/** rpc_dial - a connection to @binding (with an endpoint), bound to @syntax */
struct rpc_conn *rpc_dial(const struct rpc_binding *binding,
			  const struct rpc_syntax *syntax,
			  const struct rpc_client_options *options,
			  struct rpc_error *err);

#endif
