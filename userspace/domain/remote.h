/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls of a controller's RPC interfaces, each a step of the log. */
#ifndef UNC_DOMAIN_REMOTE_H
#define UNC_DOMAIN_REMOTE_H

#include <jansson.h>

#include "step.h"
#include "uncrpc.h"

/**
 * struct remote - a connection to one interface
 * @rpc: of libuncrpc
 * @steps: where calls are logged
 * @results: what calls returned; lives as long as this
 */
struct remote {
	struct uncrpc *rpc;
	struct steps *steps;
	json_t *results;
};

/**
 * remote_open - over TCP, sealed, as whoever the tickets of this process are for
 * @how: other options of the binding; NULL: "seal,krb5"
 * @options: for another user; NULL: none
 */
bool remote_open(struct remote *remote, const char *host, const char *interface,
		 const char *how, const struct uncrpc_options *options,
		 struct steps *steps);

/**
 * remote_call - call a method, which must return 0
 * @args: released
 * @what: for the log
 *
 * Return: its results, borrowed from @remote; NULL: failed.
 */
json_t *remote_call(struct remote *remote, const char *method, json_t *args,
		    const char *what);

/**
 * remote_try - the same, whatever it returns: @code receives that, and the log
 * has it as it is; NULL only when there was no answer
 */
json_t *remote_try(struct remote *remote, const char *method, json_t *args,
		   const char *what, uint32_t *code);

void remote_close(struct remote *remote);

#endif
