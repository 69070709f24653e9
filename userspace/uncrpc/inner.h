/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of the library share. */
#ifndef UNCRPC_INNER_H
#define UNCRPC_INNER_H

#include "client.h"
#include "uncrpc.h"

/** The results of a call, which live as long as the client or until released. */
struct uncrpc_results {
	struct uncrpc_results *next;
	struct ndr_arena *arena;
};

/** A call under way; its arena becomes results. */
struct uncrpc_call {
	struct uncrpc *rpc;
	struct uncrpc_call *next;
	struct rpc_pending pending;
	struct ndr_codec codec;
};

struct uncrpc {
	struct rpc_client *client;
	char host[UNC_HOST_MAX + 1];
	size_t memory;
	FILE *trace;
	struct uncrpc_results *results;
	struct uncrpc_call *calls;
};

/** uncrpc_fail - fill in @to with what failed below; returns its code */
int uncrpc_fail(struct uncrpc_error *to, const struct rpc_error *from);

/** uncrpc_fail_codec - the same for an error of the engine */
int uncrpc_fail_codec(struct uncrpc_error *to, const struct ndr_codec *codec);

/** uncrpc_fail_text - the same in words */
int uncrpc_fail_text(struct uncrpc_error *to, int code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/** uncrpc_find - INTERFACE.METHOD; NULL with @err set */
const struct ndr_method *uncrpc_find(const char *name, struct uncrpc_error *err);

#endif
