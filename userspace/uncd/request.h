/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the kernel asks for, taken out of its netlink message. */
#ifndef UNCD_REQUEST_H
#define UNCD_REQUEST_H

#include <netlink/attr.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "credential.h"

struct request {
	uint64_t cookie;
	uint64_t exchange;
	uint32_t kind;		/* enum unc_kind */
	uint32_t deadline_ms;
	uint32_t uid;
	uint32_t sec;		/* enum unc_sec */
	char host[UNC_HOST_MAX + 1];
	struct credential cred;
	size_t token_len;
	uint8_t token[UNC_TOKEN_MAX + 1];	/* a worker reads one byte ahead */
};

/* Policy for nla_parse() on any message from the kernel. */
extern struct nla_policy request_policy[UNC_A_MAX + 1];

/*
 * Fill @req.  NULL when it is complete, otherwise what is missing or wrong;
 * the cookie is set whenever there was one, so that the error can be answered.
 */
const char *request_parse(struct request *req, struct nlattr **attrs);

/* Zero the password, or everything and free. */
void request_forget_password(struct request *req);
void request_free(struct request *req);

#endif
