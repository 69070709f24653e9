/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls of a controller's RPC interfaces, each a step of the log. */
#ifndef UNC_DOMAIN_REMOTE_H
#define UNC_DOMAIN_REMOTE_H

#include <jansson.h>

#include "op.h"
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
 * remote_open - over TCP, sealed, as who does @op: by Kerberos, or by NTLM when
 * that is what it came to
 */
bool remote_open(struct remote *remote, struct op *op, const char *interface);

/** remote_has_pipes - is the kernel module there? */
bool remote_has_pipes(void);

/** remote_open_pipe - the same over a named pipe, which needs the kernel module */
bool remote_open_pipe(struct remote *remote, struct op *op,
		      const char *interface);

/** remote_open_secure - over this machine's secure channel ([MS-NRPC] 3.3) */
bool remote_open_secure(struct remote *remote, struct op *op,
			const char *interface);

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
