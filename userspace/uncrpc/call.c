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

static int invoke(struct uncrpc *rpc, const struct ndr_method *method,
		  struct ndr_codec *codec, void *args, struct uncrpc_error *err)
{
	struct rpc_error why;

	trace(rpc, codec, method, NDR_IN, args);
	if (rpc_client_invoke(rpc->client, method, codec, args, &why))
		return fail_in(err, method, &why);
	trace(rpc, codec, method, NDR_OUT, args);
	return 0;
}

static struct ndr_arena *new_arena(const struct uncrpc *rpc,
				   struct uncrpc_error *err)
{
	struct ndr_arena *arena = ndr_arena_new(rpc ? rpc->memory : 0);

	if (!arena)
		uncrpc_fail_text(err, -ENOMEM, "out of memory");
	return arena;
}

static int keep(struct uncrpc *rpc, struct ndr_arena *arena,
		struct uncrpc_error *err)
{
	struct uncrpc_results *results = malloc(sizeof(*results));

	if (!results)
		return uncrpc_fail_text(err, -ENOMEM, "out of memory");
	results->arena = arena;
	results->next = rpc->results;
	rpc->results = results;
	return 0;
}

int uncrpc_call(struct uncrpc *rpc, const char *method, void *args, size_t size,
		struct uncrpc_error *err)
{
	const struct ndr_method *m = find(rpc, method, err);
	struct ndr_codec codec;
	int ret;

	if (!m)
		return err->code;
	if (size != m->size)
		return uncrpc_fail_text(err, -EINVAL,
			"%s.%s: the arguments have %zu bytes instead of %u: not the structure of this method",
			m->interface, m->name, size, m->size);
	codec = (struct ndr_codec){ .arena = new_arena(rpc, err) };
	if (!codec.arena)
		return err->code;
	ret = invoke(rpc, m, &codec, args, err);
	if (!ret)
		ret = keep(rpc, codec.arena, err);
	if (ret)
		ndr_arena_free(codec.arena);
	return ret;
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
	const struct ndr_method *m = find(rpc, method, err);
	struct ndr_codec codec = { .arena = m ? new_arena(rpc, err) : NULL };
	json_t *results = NULL;
	void *call;

	if (!codec.arena)
		return NULL;
	call = from_json(&codec, m, args, err);
	if (call && invoke(rpc, m, &codec, call, err) == 0) {
		results = ndr_to_json(&codec, m, NDR_OUT, call);
		if (!results)
			uncrpc_fail_codec(err, &codec);
	}
	ndr_arena_free(codec.arena);
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
