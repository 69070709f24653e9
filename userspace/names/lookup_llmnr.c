// SPDX-License-Identifier: GPL-2.0-or-later
/* Link-local multicast name resolution: RFC 4795, [MS-LLMNRP] 3.1. */
#include <arpa/inet.h>
#include <string.h>

#include "llmnr.h"
#include "lookup.h"

/* RFC 4795 7: JITTER_INTERVAL, by which a responder may delay its answer. */
#define JITTER_MS	100
#define GROUP_IPV4	"224.0.0.252"
#define GROUP_IPV6	"ff02::1:3"
#define TYPES		2

struct llmnr_ask {
	struct names_result *result;
	struct dnsname name;
	u16 ids[TYPES];
	u8 messages[TYPES][512];
	u32 lens[TYPES];
	struct llmnr_answer answer;
	struct sockaddr_storage claimant[EXCHANGE_ROUTES_MAX];
	/* Whom to ask over TCP, and for which type. */
	struct sockaddr_storage truncated[TYPES];
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
	    ask->answer.tentative || ask->answer.rcode ||
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

	if (ask->answer.conflict) {
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

static void add_links(struct exchange *x, const struct link *links,
		      unsigned int count)
{
	struct sockaddr_storage to;
	unsigned char group[16];

	for (unsigned int i = 0; i < count; i++) {
		bool ipv6 = links[i].family == AF_INET6;

		inet_pton(links[i].family, ipv6 ? GROUP_IPV6 : GROUP_IPV4,
			  group);
		to = ipv6 ? address_ipv6(group, LLMNR_PORT, links[i].index) :
			    address_ipv4(group, LLMNR_PORT);
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

void lookup_llmnr(struct lookup *lookup)
{
	const struct names_question *question = lookup->question;
	struct names_result *result = lookup->result;
	struct link links[LINKS_MAX];
	static struct llmnr_ask ask;
	struct exchange x = {
		.message_count = TYPES,
		.patience = lookup->conf->llmnr,
		.settle_ms = JITTER_MS,
		.deadline = lookup->deadline,
		.take = take,
		.data = &ask,
	};

	/* [MS-LLMNRP] 1.3: for single labels; others are for DNS. */
	if (question->suffixed || strchr(question->host, '.') ||
	    llmnr_ask_init(&ask, question->host) < 0) {
		result_set(result, NAMES_SKIPPED, "not a single label");
		return;
	}
	ask.result = result;
	for (int i = 0; i < TYPES; i++)
		x.messages[i] = (struct wire_blob){ ask.messages[i],
						    ask.lens[i] };
	add_links(&x, links, links_list(links, lookup->conf, IFF_MULTICAST));
	if (x.route_count)
		run(&ask, &x);
	else
		result_set(result, NAMES_FAILED,
			   "there is no interface with multicast");
}
