/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Between the resolver and its sources. */
#ifndef UNC_NAMES_LOOKUP_H
#define UNC_NAMES_LOOKUP_H

#include "exchange.h"
#include "names.h"

/**
 * struct lookup - one question to one source
 * @conf: the configuration
 * @question: what
 * @deadline: by clock_ms()
 * @result: where the answer goes; zeroed but for the source
 */
struct lookup {
	const struct names_conf *conf;
	const struct names_question *question;
	int64_t deadline;
	struct names_result *result;
};

void lookup_dns(struct lookup *lookup);
void lookup_wins(struct lookup *lookup);
void lookup_broadcast(struct lookup *lookup);
void lookup_llmnr(struct lookup *lookup);
void lookup_mdns(struct lookup *lookup);
void lookup_wsd(struct lookup *lookup);

/**
 * struct lookup_groups - where multicast goes
 * @ipv4: in digits
 * @ipv6: the same, or NULL
 * @port: of the group
 */
struct lookup_groups {
	const char *ipv4;
	const char *ipv6;
	u16 port;
};

extern const struct lookup_groups lookup_mdns_groups;
extern const struct lookup_groups lookup_wsd_groups;

/** lookup_add_groups - a route to the groups on each link with multicast */
void lookup_add_groups(struct exchange *x, struct link links[LINKS_MAX],
		       const struct lookup_groups *groups,
		       const struct names_conf *conf);

/** result_set - status and message */
void result_set(struct names_result *result, enum names_status status,
		const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/** result_fail - NAMES_NO_ANSWER or NAMES_FAILED, by a negative errno */
void result_fail(struct names_result *result, int error);

/** result_has - is it there already? */
bool result_has(const struct names_result *result,
		const struct sockaddr_storage *address);

/**
 * result_add - add an address, once
 *
 * Return: false for one that no other machine can have (any, loopback,
 * multicast, broadcast): a forger's, or a mistake.
 */
bool result_add(struct names_result *result,
		const struct sockaddr_storage *address);

/** address_ipv4 - from four bytes and a port */
struct sockaddr_storage address_ipv4(const void *bytes, uint16_t port);

/** address_ipv6 - from sixteen; @scope counts for a link-local one only */
struct sockaddr_storage address_ipv6(const void *bytes, uint16_t port,
				     unsigned int scope);

/** address_same - the same machine, whatever the port */
bool address_same(const struct sockaddr_storage *a,
		  const struct sockaddr_storage *b);

#endif
