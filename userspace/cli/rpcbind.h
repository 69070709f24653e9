/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A DCE/RPC bind and its bind_ack (C706 chapter 12, [MS-RPCE] 2.2.2), enough
 * to show that a pipe leads to an RPC server.
 */
#ifndef UNC_CLI_RPCBIND_H
#define UNC_CLI_RPCBIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define RPC_BIND_LEN 72

/*
 * Encode a bind for @interface: a name ("srvsvc") or "UUID:MAJOR[.MINOR]".
 * False: it is neither.
 */
bool rpc_bind_encode(const char *interface, uint8_t out[RPC_BIND_LEN]);

/* Names that rpc_bind_encode() knows, separated by blanks. */
const char *rpc_interface_names(void);

/*
 * Print an answer in words.  True if it is a bind_ack that accepts the
 * interface.
 */
bool rpc_bind_ack_print(const uint8_t *data, size_t len, FILE *to);

#endif
