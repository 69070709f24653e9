// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Names by multicast: LLMNR (RFC 4795, [MS-LLMNRP] 3.1), and mDNS as it is asked by
 * who is no responder (RFC 6762 5.1, 6.7), which differs in little.
 */
#include <arpa/inet.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "llmnr.h"
#include "lookup.h"
#include "mdns.h"

/* RFC 4795 7: JITTER_INTERVAL, by which a responder may delay its answer. */
#define JITTER_MS	100
#define MDNS_DOMAIN	".local"
#define TYPES		2

struct llmnr_ask {
	struct names_result *result;
	bool mdns;
	struct dnsname name;
	u16 ids[TYPES];
	u8 messages[TYPES][512];
	u32 lens[TYPES];
	struct llmnr_answer answer;
	struct sockaddr_storage claimant[EXCHANGE_ROUTES_MAX];
	/* Whom to ask over TCP, and for which type. */
	struct sockaddr_storage truncated[TYPES];
};

static const struct lookup_groups llmnr_groups = {
	"224.0.0.252", "ff02::1:3", LLMNR_PORT,
};

const struct lookup_groups lookup_mdns_groups = {
	"224.0.0.251", "ff02::fb", MDNS_PORT,
};

static const u16 types[TYPES] = { DNSMSG_TYPE_A, DNSMSG_TYPE_AAAA };

static int llmnr_ask_init(struct llmnr_ask *ask, const char *host)
{
	memset(ask, 0, sizeof(*ask));
	if (!dnsname_from_text(&ask->name, host))
		return -EINVAL;
	for (int i = 0; i < TYPES; i++) {
		int len;

		ask->ids[i] = exchange_id();
		len = llmnr_query_encode(ask->messages[i],
					 sizeof(ask->messages[i]), ask->ids[i],
					 &ask->name, types[i]);
		if (len < 0)
			return len;
		ask->lens[i] = (u32)len;
	}
	return 0;
}

/* Which of the queries this answers, -1 for none. */
static int llmnr_ask_decode(struct llmnr_ask *ask, const struct wire_blob *msg)
{
	const struct dnsmsg_question *question = &ask->answer.question;

	if (llmnr_answer_decode(msg->ptr, msg->len, &ask->answer, NULL) < 0 ||
	    (ask->answer.tentative && !ask->mdns) || ask->answer.rcode ||
	    question->class != DNSMSG_CLASS_IN ||
	    !dnsname_equal(&question->name, &ask->name))
		return -1;
	for (int i = 0; i < TYPES; i++)
		if (ask->answer.id == ask->ids[i] && question->type == types[i])
			return i;
	return -1;
}

static struct sockaddr_storage
llmnr_address(const struct llmnr_address *address, const struct link *link)
{
	return address->ipv6 ?
		address_ipv6(address->bytes, 0, link ? link->index : 0) :
		address_ipv4(address->bytes, 0);
}

static void add_addresses(struct llmnr_ask *ask, const struct link *link)
{
	for (unsigned int i = 0; i < ask->answer.address_count; i++) {
		struct sockaddr_storage address =
			llmnr_address(&ask->answer.addresses[i], link);

		if (result_add(ask->result, &address))
			ask->result->status = NAMES_FOUND;
	}
}

/*
 * Names are unique on a link.  A machine that says there is another with its
 * name, or a second machine that answers: somebody is wrong, or forges.
 */
static bool contested(struct llmnr_ask *ask, size_t route,
		      const struct sockaddr_storage *from)
{
	char first[NAMES_ADDRESS_ROOM], second[NAMES_ADDRESS_ROOM];

	/* That bit means something else in mDNS, where it is always set. */
	if (ask->answer.conflict && !ask->mdns) {
		result_set(ask->result, NAMES_CONFLICT,
			   "%s says that it is not the only one",
			   names_address_format(from, first));
		return true;
	}
	if (!ask->claimant[route].ss_family ||
	    address_same(&ask->claimant[route], from))
		return false;
	result_set(ask->result, NAMES_CONFLICT, "%s and %s both claim the name",
		   names_address_format(&ask->claimant[route], first),
		   names_address_format(from, second));
	return true;
}

static enum exchange_verdict take(struct exchange *x,
				  const struct exchange_route *route,
				  const struct sockaddr_storage *from,
				  const struct wire_blob *msg)
{
	struct llmnr_ask *ask = x->data;
	size_t number = (size_t)(route - x->routes);
	int which = llmnr_ask_decode(ask, msg);

	if (which < 0)
		return EXCHANGE_IGNORE;
	if (contested(ask, number, from))
		return EXCHANGE_DONE;
	ask->claimant[number] = *from;
	if (!ask->result->from.ss_family)
		ask->result->from = *from;
	if (ask->answer.truncated)
		ask->truncated[which] = *from;
	else
		add_addresses(ask, route->link);
	return EXCHANGE_NOTED;
}

static const struct link *link_of(const struct exchange *x,
				  const struct sockaddr_storage *from)
{
	for (unsigned int i = 0; i < LINKS_MAX && x->routes[i].link; i++)
		if (link_reaches(x->routes[i].link, from))
			return x->routes[i].link;
	return NULL;
}

/* RFC 4795 2.4: the rest over TCP, from the machine that answered. */
static void ask_rest(struct llmnr_ask *ask, const struct exchange *x)
{
	static u8 buf[EXCHANGE_STREAM_MAX];

	for (int i = 0; i < TYPES; i++) {
		struct wire_blob query = { ask->messages[i], ask->lens[i] };
		struct wire_blob msg = { .ptr = buf };
		int len;

		if (!ask->truncated[i].ss_family ||
		    ask->result->status == NAMES_CONFLICT)
			continue;
		len = exchange_stream(&ask->truncated[i], &query, buf,
				      x->deadline);
		msg.len = len > 0 ? (u32)len : 0;
		if (llmnr_ask_decode(ask, &msg) == i)
			add_addresses(ask, link_of(x, &ask->truncated[i]));
	}
}

void lookup_add_groups(struct exchange *x, struct link links[LINKS_MAX],
		       const struct lookup_groups *groups,
		       const struct names_conf *conf)
{
	unsigned int count = links_list(links, conf, IFF_MULTICAST);
	struct sockaddr_storage to;
	unsigned char group[16];

	for (unsigned int i = 0; i < count; i++) {
		bool ipv6 = links[i].family == AF_INET6;

		if (ipv6 && !groups->ipv6)
			continue;
		inet_pton(links[i].family, ipv6 ? groups->ipv6 : groups->ipv4,
			  group);
		to = ipv6 ? address_ipv6(group, groups->port, links[i].index) :
			    address_ipv4(group, groups->port);
		exchange_add_link(x, &links[i], &to);
	}
}

static void run(struct llmnr_ask *ask, struct exchange *x)
{
	struct names_result *result = ask->result;
	int ret = exchange_run(x);

	if (ret) {
		result_fail(result, ret);
		return;
	}
	ask_rest(ask, x);
	if (result->status == NAMES_NOT_ASKED)
		result_set(result, NAMES_NOT_FOUND,
			   "the machine has no possible address");
}

static void multicast(struct llmnr_ask *ask, struct lookup *lookup,
		      const struct names_patience *patience,
		      const struct lookup_groups *groups)
{
	struct link links[LINKS_MAX];
	struct exchange x = {
		.message_count = TYPES,
		.patience = *patience,
		.settle_ms = JITTER_MS,
		.deadline = lookup->deadline,
		.take = take,
		.data = ask,
	};

	ask->result = lookup->result;
	for (int i = 0; i < TYPES; i++)
		x.messages[i] = (struct wire_blob){ ask->messages[i],
						    ask->lens[i] };
	lookup_add_groups(&x, links, groups, lookup->conf);
	if (x.route_count)
		run(ask, &x);
	else
		result_set(lookup->result, NAMES_FAILED,
			   "there is no interface with multicast");
}

void lookup_llmnr(struct lookup *lookup)
{
	const struct names_question *question = lookup->question;
	static struct llmnr_ask ask;

	/* [MS-LLMNRP] 1.3: for single labels; others are for DNS. */
	if (question->suffixed || strchr(question->host, '.') ||
	    llmnr_ask_init(&ask, question->host) < 0) {
		result_set(lookup->result, NAMES_SKIPPED, "not a single label");
		return;
	}
	multicast(&ask, lookup, &lookup->conf->llmnr, &llmnr_groups);
}

/* A single label, or one of ".local": nothing else belongs to mDNS. */
static bool mdns_name(const char *host, char name[DNSNAME_WIRE_MAX])
{
	const char *dot = strchr(host, '.');

	if (dot && strcasecmp(dot, MDNS_DOMAIN) != 0 &&
	    strcasecmp(dot, MDNS_DOMAIN ".") != 0)
		return false;
	return snprintf(name, DNSNAME_WIRE_MAX, "%.*s" MDNS_DOMAIN,
			(int)(dot ? dot - host : (ptrdiff_t)strlen(host)),
			host) < DNSNAME_WIRE_MAX;
}

void lookup_mdns(struct lookup *lookup)
{
	const struct names_question *question = lookup->question;
	char name[DNSNAME_WIRE_MAX];
	static struct llmnr_ask ask;

	if (question->suffixed || !mdns_name(question->host, name) ||
	    llmnr_ask_init(&ask, name) < 0) {
		result_set(lookup->result, NAMES_SKIPPED,
			   "neither a single label nor below .local");
		return;
	}
	ask.mdns = true;
	multicast(&ask, lookup, &lookup->conf->mdns, &lookup_mdns_groups);
}
