// SPDX-License-Identifier: GPL-2.0-or-later
#include "answer.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "secret.h"

void answer_clear(struct answer *answer)
{
	secret_wipe(answer, offsetof(struct answer, token));
	answer->token_len = 0;
}

void answer_fail(struct answer *answer, int error, enum unc_stage stage,
		 const char *fmt, ...)
{
	uint32_t major = answer->gss_major, minor = answer->gss_minor;
	va_list ap;

	answer_clear(answer);
	answer->error = -error;
	answer->stage = stage;
	answer->gss_major = major;
	answer->gss_minor = minor;
	va_start(ap, fmt);
	vsnprintf(answer->message, sizeof(answer->message), fmt, ap);
	va_end(ap);
}

bool answer_send(const struct answer *answer, int fd)
{
	size_t len = offsetof(struct answer, token) + answer->token_len;

	return send(fd, answer, len, MSG_NOSIGNAL) == (ssize_t)len;
}

static bool addresses_good(const struct answer *answer)
{
	if (answer->address_count > UNC_ADDRESSES_MAX)
		return false;
	for (uint32_t i = 0; i < answer->address_count; i++) {
		sa_family_t family = answer->addresses[i].ss_family;

		if (family != AF_INET && family != AF_INET6)
			return false;
	}
	return true;
}

static bool auth_good(const struct answer *answer)
{
	if (!answer->done)
		return true;
	return answer->key_len >= 16 && answer->key_len <= UNC_SESSION_KEY_MAX;
}

void answer_from_worker(struct answer *answer, ssize_t len)
{
	size_t head = offsetof(struct answer, token);

	if (len < (ssize_t)head || answer->token_len != (size_t)len - head ||
	    answer->error > 0 || answer->error < -4095 ||
	    !addresses_good(answer) || !auth_good(answer)) {
		answer_fail(answer, EPROTO, UNC_STAGE_AGENT,
			    "a worker of the agent gave a malformed answer");
		return;
	}
	answer->message[UNC_MESSAGE_MAX] = '\0';
	answer->mech[ANSWER_MECH_MAX] = '\0';
	answer->principal[ANSWER_PRINCIPAL_MAX] = '\0';
}
