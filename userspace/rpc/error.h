/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What went wrong with a call, for programs and for people. */
#ifndef UNC_RPC_ERROR_H
#define UNC_RPC_ERROR_H

#include <stdint.h>

/**
 * struct rpc_error
 * @code: a negative errno: EREMOTEIO the server answered with a fault, EPROTO
 *	it broke the protocol, EACCES authentication, EPIPE it is gone, ...
 * @status: the fault's status; 0 without a fault
 * @text: what happened
 */
struct rpc_error {
	int code;
	uint32_t status;
	char text[320];
};

/** rpc_fail - fill in @err; returns @code */
int rpc_fail(struct rpc_error *err, int code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/** rpc_fail_fault - fill in @err with a fault's status and its name */
int rpc_fail_fault(struct rpc_error *err, uint32_t status);

/** rpc_fault_name - "nca_s_op_rng_error"; NULL if unknown */
const char *rpc_fault_name(uint32_t status);

/** rpc_nak_name - a bind_nak's provider_reject_reason in words */
const char *rpc_nak_name(uint16_t reason);

#endif
