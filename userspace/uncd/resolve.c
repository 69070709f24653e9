// SPDX-License-Identifier: GPL-2.0-or-later
#include "resolve.h"

#include <errno.h>
#include <netdb.h>
#include <string.h>

static bool have_address(const struct answer *answer, const struct addrinfo *ai)
{
	for (uint32_t i = 0; i < answer->address_count; i++)
		if (memcmp(&answer->addresses[i], ai->ai_addr,
			   ai->ai_addrlen) == 0)
			return true;
	return false;
}

/* In the order of getaddrinfo(), which is that of RFC 6724 and gai.conf. */
static void collect(const struct addrinfo *ai, struct answer *answer)
{
	for (; ai && answer->address_count < UNC_ADDRESSES_MAX;
	     ai = ai->ai_next) {
		if (ai->ai_family != AF_INET && ai->ai_family != AF_INET6)
			continue;
		if (have_address(answer, ai))
			continue;
		memcpy(&answer->addresses[answer->address_count++], ai->ai_addr,
		       ai->ai_addrlen);
	}
}

static int lookup(const char *host, int flags, struct answer *answer)
{
	struct addrinfo hints = {
		.ai_flags = flags,
		.ai_family = AF_UNSPEC,
		.ai_socktype = SOCK_STREAM,
	};
	struct addrinfo *list = NULL;
	int ret = getaddrinfo(host, NULL, &hints, &list);

	if (ret)
		return ret;
	collect(list, answer);
	freeaddrinfo(list);
	return answer->address_count ? 0 : EAI_NONAME;
}

bool resolve_numeric(const char *host, struct answer *answer)
{
	answer_clear(answer);
	return lookup(host, AI_NUMERICHOST, answer) == 0;
}

/*
 * EHOSTUNREACH for a name that does not exist and for one that could not be
 * looked up: either way there is no such host to talk to; the message differs.
 */
void resolve_name(const char *host, struct answer *answer)
{
	int ret;

	answer_clear(answer);
	ret = lookup(host, AI_ADDRCONFIG, answer);
	/* With nothing but loopback up, ADDRCONFIG hides what /etc/hosts has. */
	if (ret == EAI_NONAME || ret == EAI_NODATA || ret == EAI_ADDRFAMILY)
		ret = lookup(host, 0, answer);
	switch (ret) {
	case 0:
		return;
	case EAI_NONAME:
	case EAI_NODATA:
	case EAI_ADDRFAMILY:
		answer_fail(answer, EHOSTUNREACH, UNC_STAGE_RESOLVE,
			    "host name %s is not known (check its spelling, DNS and /etc/hosts)",
			    host);
		return;
	case EAI_AGAIN:
		answer_fail(answer, EHOSTUNREACH, UNC_STAGE_RESOLVE,
			    "host name %s cannot be looked up now: the name server does not answer",
			    host);
		return;
	case EAI_MEMORY:
		answer_fail(answer, ENOMEM, UNC_STAGE_RESOLVE,
			    "out of memory looking up %s", host);
		return;
	}
	answer_fail(answer, EHOSTUNREACH, UNC_STAGE_RESOLVE,
		    "host name %s cannot be looked up: %s", host,
		    ret == EAI_SYSTEM ? strerror(errno) : gai_strerror(ret));
}
