/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls by RAP through the kernel: UNC_IOC_RAP, npipe(4). */
#ifndef UNC_NAMES_RAPCALL_H
#define UNC_NAMES_RAPCALL_H

#include <stdint.h>

#include "rap.h"
#include "uncfs.h"

/**
 * struct rap_target - a server, and room for what it answers
 * @host: name or address
 * @key: as in struct unc_pipe_connect
 * @sec: the same
 * @port: the same
 * @data: of an answer
 */
struct rap_target {
	const char *host;
	int32_t key;
	uint32_t sec;
	uint32_t port;
	u8 data[UNC_RAP_MAX];
};

/** rap_open - the device to call by; -1 with errno */
int rap_open(void);

/**
 * rap_call - one call
 * @fd: of rap_open()
 * @params: what is asked
 * @answer: the beginning of the answer
 * @data: its entries, in @target
 *
 * Return: 0, or a negative errno; -EOPNOTSUPP where SMB 1 is not spoken.
 */
int rap_call(int fd, struct rap_target *target, const struct wire_blob *params,
	     struct rap_answer *answer, struct wire_blob *data);

/** rap_errno - what the status of an answer comes to; 0 for a good one */
int rap_errno(const struct rap_answer *answer);

#endif
