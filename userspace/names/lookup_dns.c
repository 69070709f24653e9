// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The system's own resolver: /etc/hosts and DNS with the search list of
 * resolv.conf(5), by nsswitch.conf(5).
 */
#include <errno.h>
#include <netdb.h>
#include <string.h>

#include "lookup.h"

/* In the order of getaddrinfo(), which is that of RFC 6724 and gai.conf. */
static void collect(const struct addrinfo *ai, struct names_result *result)
{
	for (; ai && result->address_count < NAMES_ADDRESSES_MAX;
	     ai = ai->ai_next) {
		struct sockaddr_storage address = { 0 };

		if (ai->ai_family != AF_INET && ai->ai_family != AF_INET6)
			continue;
		memcpy(&address, ai->ai_addr, ai->ai_addrlen);
		/* Loopback is good here: the administrator wrote it. */
		if (!result_has(result, &address))
			result->addresses[result->address_count++] = address;
	}
}

static int ask(const char *host, int flags, struct names_result *result)
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
	collect(list, result);
	freeaddrinfo(list);
	return result->address_count ? 0 : EAI_NONAME;
}

static void fail(struct names_result *result, int ret)
{
	result->error = ret == EAI_MEMORY ? ENOMEM : EHOSTUNREACH;
	result_set(result, NAMES_FAILED, "%s",
		   ret == EAI_SYSTEM ? strerror(errno) : gai_strerror(ret));
}

void lookup_dns(struct lookup *lookup)
{
	const char *host = lookup->question->host;
	struct names_result *result = lookup->result;
	int ret;

	if (lookup->question->suffixed) {
		result_set(result, NAMES_SKIPPED, "not a host name");
		return;
	}
	ret = ask(host, AI_ADDRCONFIG, result);
	/* With nothing but loopback up, ADDRCONFIG hides what /etc/hosts has. */
	if (ret == EAI_NONAME || ret == EAI_NODATA || ret == EAI_ADDRFAMILY)
		ret = ask(host, 0, result);
	switch (ret) {
	case 0:
		result->status = NAMES_FOUND;
		break;
	case EAI_NONAME:
	case EAI_NODATA:
	case EAI_ADDRFAMILY:
		result_set(result, NAMES_NOT_FOUND, "%s", "");
		break;
	case EAI_AGAIN:
		result_set(result, NAMES_NO_ANSWER,
			   "the name server does not answer");
		break;
	default:
		fail(result, ret);
	}
}
