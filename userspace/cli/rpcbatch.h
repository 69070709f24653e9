/* SPDX-License-Identifier: GPL-2.0-or-later */
/* unc rpc --batch: many calls over one connection. */
#ifndef UNC_CLI_RPCBATCH_H
#define UNC_CLI_RPCBATCH_H

#include "rpcargs.h"

/*
 * Calls what the lines of standard input say, "METHOD JSON" each, and answers
 * each with a line of JSON: the results, or {"error": ...}.  Other interfaces
 * of the same endpoint are called as INTERFACE.METHOD.  Returns an exit status:
 * UNC_OK when all lines could be sent and were answered, if only by a fault.
 */
int rpc_batch(struct rpc_args *args, const char *binding,
	      const char *interface);

#endif
