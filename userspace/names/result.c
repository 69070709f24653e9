// SPDX-License-Identifier: GPL-2.0-or-later
#include <arpa/inet.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "lookup.h"

void result_set(struct names_result *result, enum names_status status,
		const char *fmt, ...)
{
	va_list ap;

	result->status = status;
	if (status != NAMES_FOUND)
		result->address_count = 0;
	va_start(ap, fmt);
	vsnprintf(result->message, sizeof(result->message), fmt, ap);
	va_end(ap);
}

void result_fail(struct names_result *result, int error)
{
	if (error == -ETIMEDOUT) {
		result_set(result, NAMES_NO_ANSWER, "%s", "");
	} else {
		result->error = -error;
		result_set(result, NAMES_FAILED, "%s", strerror(-error));
	}
}

struct sockaddr_storage address_ipv4(const void *bytes, uint16_t port)
{
	struct sockaddr_storage address = { 0 };
	struct sockaddr_in *in = (struct sockaddr_in *)&address;

	in->sin_family = AF_INET;
	in->sin_port = htons(port);
	memcpy(&in->sin_addr, bytes, sizeof(in->sin_addr));
	return address;
}

struct sockaddr_storage address_ipv6(const void *bytes, uint16_t port,
				     unsigned int scope)
{
	struct sockaddr_storage address = { 0 };
	struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)&address;

	in6->sin6_family = AF_INET6;
	in6->sin6_port = htons(port);
	memcpy(&in6->sin6_addr, bytes, sizeof(in6->sin6_addr));
	if (IN6_IS_ADDR_LINKLOCAL(&in6->sin6_addr) ||
	    IN6_IS_ADDR_MC_LINKLOCAL(&in6->sin6_addr))
		in6->sin6_scope_id = scope;
	return address;
}

bool address_same(const struct sockaddr_storage *a,
		  const struct sockaddr_storage *b)
{
	const struct sockaddr_in6 *a6 = (const struct sockaddr_in6 *)a;
	const struct sockaddr_in6 *b6 = (const struct sockaddr_in6 *)b;

	if (a->ss_family != b->ss_family)
		return false;
	if (a->ss_family == AF_INET)
		return ((const struct sockaddr_in *)a)->sin_addr.s_addr ==
		       ((const struct sockaddr_in *)b)->sin_addr.s_addr;
	return IN6_ARE_ADDR_EQUAL(&a6->sin6_addr, &b6->sin6_addr) &&
	       a6->sin6_scope_id == b6->sin6_scope_id;
}

bool result_has(const struct names_result *result,
		const struct sockaddr_storage *address)
{
	for (unsigned int i = 0; i < result->address_count; i++)
		if (address_same(&result->addresses[i], address))
			return true;
	return false;
}

static bool ipv4_possible(const struct sockaddr_in *in)
{
	uint32_t host = ntohl(in->sin_addr.s_addr);

	/* 0/8 and 127/8; 224/4 and above, with 255.255.255.255. */
	return host >> 24 != 0 && host >> 24 != 127 && host >> 28 < 0xe;
}

static bool ipv6_possible(const struct sockaddr_in6 *in6)
{
	return !IN6_IS_ADDR_UNSPECIFIED(&in6->sin6_addr) &&
	       !IN6_IS_ADDR_LOOPBACK(&in6->sin6_addr) &&
	       !IN6_IS_ADDR_MULTICAST(&in6->sin6_addr) &&
	       !IN6_IS_ADDR_V4MAPPED(&in6->sin6_addr) &&
	       !IN6_IS_ADDR_V4COMPAT(&in6->sin6_addr);
}

bool result_add(struct names_result *result,
		const struct sockaddr_storage *address)
{
	bool possible = address->ss_family == AF_INET ?
		ipv4_possible((const struct sockaddr_in *)address) :
		ipv6_possible((const struct sockaddr_in6 *)address);

	if (!possible)
		return false;
	if (!result_has(result, address) &&
	    result->address_count < NAMES_ADDRESSES_MAX)
		result->addresses[result->address_count++] = *address;
	return true;
}

const char *names_address_format(const struct sockaddr_storage *address,
				 char text[NAMES_ADDRESS_ROOM])
{
	const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)address;
	const struct sockaddr_in *in = (const struct sockaddr_in *)address;
	char name[IF_NAMESIZE];
	size_t len;

	if (address->ss_family == AF_INET) {
		inet_ntop(AF_INET, &in->sin_addr, text, NAMES_ADDRESS_ROOM);
		return text;
	}
	inet_ntop(AF_INET6, &in6->sin6_addr, text, NAMES_ADDRESS_ROOM);
	len = strlen(text);
	if (in6->sin6_scope_id && if_indextoname(in6->sin6_scope_id, name))
		snprintf(text + len, NAMES_ADDRESS_ROOM - len, "%%%s", name);
	return text;
}
