// SPDX-License-Identifier: GPL-2.0-or-later
#include "inner.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Which method -------------------------------------------------------- */

static const struct ndr_method *callable(const struct ndr_method *method,
					 const char *name,
					 struct uncrpc_error *err)
{
	if (method && !method->not_on_wire)
		return method;
	uncrpc_fail_text(err, -EINVAL, method ? "%s cannot be called" :
			 "there is no method \"%s\" (see unc rpc --list INTERFACE)",
			 name);
	return NULL;
}

const struct ndr_method *uncrpc_find(const char *name, struct uncrpc_error *err)
{
	return callable(ndr_method_find_full(name), name, err);
}

/* Of the interface that was opened, or of one that is bound for it now. */
static const struct ndr_method *find(struct uncrpc *rpc, const char *name,
				     struct uncrpc_error *err)
{
	const struct ndr_interface *opened = rpc_client_interface(rpc->client);
	const struct ndr_interface *other;
	const struct ndr_method *method;
	struct rpc_error why;

	if (!strchr(name, '.'))
		return callable(ndr_method_find(opened, name), name, err);
	method = uncrpc_find(name, err);
	if (!method)
		return NULL;
	other = ndr_interface_find(method->interface);
	if (rpc_client_add(rpc->client, other, &why) == 0)
		return method;
	uncrpc_fail(err, &why);
	return NULL;
}

/* ---- Calls --------------------------------------------------------------- */

static void trace(const struct uncrpc *rpc, const struct ndr_codec *codec,
		  const struct ndr_method *method, enum ndr_direction dir,
		  const void *args)
{
	struct ndr_codec copy = *codec;

	if (!rpc->trace)
		return;
	fprintf(rpc->trace, "%s.%s, %s:\n", method->interface, method->name,
		dir == NDR_IN ? "in" : "out");
	ndr_print(&copy, method, dir, args, rpc->trace);
}

/* Which method it was; the engine says that by itself. */
static int fail_in(struct uncrpc_error *err, const struct ndr_method *method,
		   const struct rpc_error *why)
{
	char name[128];
	size_t len = (size_t)snprintf(name, sizeof(name), "%s.%s: ",
				      method->interface, method->name);
	bool named = strncmp(why->text, name, len) == 0;

	uncrpc_fail_text(err, why->code, "%s%s", named ? "" : name, why->text);
	err->status = why->status;
	return err->code;
}

static struct ndr_arena *new_arena(const struct uncrpc *rpc,
				   struct uncrpc_error *err)
{
	struct ndr_arena *arena = ndr_arena_new(rpc ? rpc->memory : 0);

	if (!arena)
		uncrpc_fail_text(err, -ENOMEM, "out of memory");
	return arena;
}

static int begin(struct uncrpc_call *call, struct uncrpc_error *err)
{
	struct rpc_pending *pending = &call->pending;
	struct rpc_error why;

	trace(call->rpc, &call->codec, pending->method, NDR_IN, pending->args);
	return rpc_client_begin(call->rpc->client, pending, &why) ?
	       fail_in(err, pending->method, &why) : 0;
}

static int finish(struct uncrpc_call *call, struct uncrpc_error *err)
{
	struct rpc_pending *pending = &call->pending;
	struct rpc_error why;

	if (rpc_client_finish(call->rpc->client, pending, &why))
		return fail_in(err, pending->method, &why);
	trace(call->rpc, &call->codec, pending->method, NDR_OUT, pending->args);
	return 0;
}

static const struct ndr_method *find_sized(struct uncrpc *rpc, const char *name,
					   size_t size,
					   struct uncrpc_error *err)
{
	const struct ndr_method *m = find(rpc, name, err);

	if (!m || size == m->size)
		return m;
	uncrpc_fail_text(err, -EINVAL,
			 "%s.%s: the arguments have %zu bytes instead of %u: not the structure of this method",
			 m->interface, m->name, size, m->size);
	return NULL;
}

static void unlink_call(struct uncrpc_call *call)
{
	struct uncrpc_call **at = &call->rpc->calls;

	while (*at && *at != call)
		at = &(*at)->next;
	if (*at)
		*at = call->next;
}

/* @kept: its results stay. */
static void free_call(struct uncrpc_call *call, struct uncrpc_results *kept)
{
	unlink_call(call);
	if (kept) {
		kept->arena = call->codec.arena;
		kept->next = call->rpc->results;
		call->rpc->results = kept;
	} else {
		ndr_arena_free(call->codec.arena);
	}
	free(call);
}

struct uncrpc_call *uncrpc_begin(struct uncrpc *rpc, const char *method,
				 void *args, size_t size,
				 struct uncrpc_error *err)
{
	const struct ndr_method *m = find_sized(rpc, method, size, err);
	struct uncrpc_call *call = m ? calloc(1, sizeof(*call)) : NULL;

	if (!call) {
		if (m)
			uncrpc_fail_text(err, -ENOMEM, "out of memory");
		return NULL;
	}
	call->rpc = rpc;
	call->pending.method = m;
	call->pending.codec = &call->codec;
	call->pending.args = args;
	call->codec.arena = new_arena(rpc, err);
	if (call->codec.arena && begin(call, err) == 0) {
		call->next = rpc->calls;
		rpc->calls = call;
		return call;
	}
	free_call(call, NULL);
	return NULL;
}

int uncrpc_finish(struct uncrpc_call *call, struct uncrpc_error *err)
{
	struct uncrpc_results *kept = malloc(sizeof(*kept));
	int ret = finish(call, err);

	if (!ret && !kept)
		ret = uncrpc_fail_text(err, -ENOMEM, "out of memory");
	if (ret) {
		free(kept);
		kept = NULL;
	}
	free_call(call, kept);
	return ret;
}

int uncrpc_call(struct uncrpc *rpc, const char *method, void *args, size_t size,
		struct uncrpc_error *err)
{
	struct uncrpc_call *call = uncrpc_begin(rpc, method, args, size, err);

	return call ? uncrpc_finish(call, err) : err->code;
}

int uncrpc_cancel(struct uncrpc_call *call, struct uncrpc_error *err)
{
	struct rpc_error why;

	return rpc_conn_cancel(rpc_client_conn(call->rpc->client),
			       &call->pending.call, &why) ?
	       fail_in(err, call->pending.method, &why) : 0;
}

void uncrpc_abandon(struct uncrpc_call *call)
{
	rpc_conn_abandon(rpc_client_conn(call->rpc->client),
			 &call->pending.call);
	free_call(call, NULL);
}

/* ---- JSON ---------------------------------------------------------------- */

/* The method's structure, in the codec's arena; NULL with @err set. */
static void *from_json(struct ndr_codec *codec, const struct ndr_method *method,
		       const json_t *json, struct uncrpc_error *err)
{
	void *args = ndr_arena_alloc(codec->arena, method->size);

	if (!args)
		uncrpc_fail_text(err, -ENOMEM, "out of memory");
	else if (ndr_from_json(codec, method, NDR_IN, json, args))
		uncrpc_fail_codec(err, codec);
	else
		return args;
	return NULL;
}

json_t *uncrpc_call_json(struct uncrpc *rpc, const char *method,
			 const json_t *args, struct uncrpc_error *err)
{
	struct uncrpc_call call = { .rpc = rpc };
	struct ndr_codec *codec = &call.codec;
	json_t *results = NULL;

	call.pending.codec = codec;
	call.pending.method = find(rpc, method, err);
	codec->arena = call.pending.method ? new_arena(rpc, err) : NULL;
	if (!codec->arena)
		return NULL;
	call.pending.args = from_json(codec, call.pending.method, args, err);
	if (call.pending.args && begin(&call, err) == 0 &&
	    finish(&call, err) == 0) {
		results = ndr_to_json(codec, call.pending.method, NDR_OUT,
				      call.pending.args);
		if (!results)
			uncrpc_fail_codec(err, codec);
	}
	ndr_arena_free(codec->arena);
	return results;
}

int uncrpc_check(const char *method, const json_t *args,
		 struct uncrpc_error *err)
{
	const struct ndr_method *m = uncrpc_find(method, err);
	struct ndr_codec codec = { .arena = m ? new_arena(NULL, err) : NULL };
	int ret;

	if (!codec.arena)
		return err->code;
	ret = from_json(&codec, m, args, err) ? 0 : err->code;
	ndr_arena_free(codec.arena);
	return ret;
}
