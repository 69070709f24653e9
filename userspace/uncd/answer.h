/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The answer to one request.  Also what a worker sends to the main process,
 * which trusts none of it: see answer_from_worker().
 */
#ifndef UNCD_ANSWER_H
#define UNCD_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/types.h>

#include "uncfs.h"

#define ANSWER_MECH_MAX		31
#define ANSWER_PRINCIPAL_MAX	511

struct answer {
	int32_t error;			/* 0 or a negative errno */
	uint32_t stage;			/* enum unc_stage */
	uint32_t gss_major;
	uint32_t gss_minor;
	uint32_t final;			/* no other mechanism can do better */
	char message[UNC_MESSAGE_MAX + 1];

	uint32_t address_count;
	struct sockaddr_storage addresses[UNC_ADDRESSES_MAX];

	uint32_t done;
	uint32_t lifetime;		/* seconds; 0: no end */
	uint32_t key_len;
	uint8_t key[UNC_SESSION_KEY_MAX];
	char mech[ANSWER_MECH_MAX + 1];
	char principal[ANSWER_PRINCIPAL_MAX + 1];

	uint32_t token_len;		/* last: only this much is sent */
	uint8_t token[UNC_TOKEN_MAX];
};

void answer_clear(struct answer *answer);

/* Turn it into an error; @error is a positive errno. */
void answer_fail(struct answer *answer, int error, enum unc_stage stage,
		 const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* Worker's side: send it whole.  False with errno. */
bool answer_send(const struct answer *answer, int fd);

/*
 * Main side: one message of @len bytes that a worker wrote over @answer.
 * Makes an error of it when it is not well-formed.
 */
void answer_from_worker(struct answer *answer, ssize_t len);

#endif
