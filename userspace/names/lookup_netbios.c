// SPDX-License-Identifier: GPL-2.0-or-later
/* The NetBIOS name service: RFC 1001 15, RFC 1002 5.1, [MS-NBTE]. */
#include <arpa/inet.h>
#include <string.h>

#include "lookup.h"

#define REDIRECTS_MAX 2

/*
 * One query.  @message is what was sent; what comes back must have its id and
 * its name.
 */
struct nb_ask {
	struct names_result *result;
	const struct names_question *question;
	struct nbns_query query;
	struct dnsname wire;
	u8 message[512];
	u32 message_len;
	struct nbns_answer answer;	/* the last good one */
	struct sockaddr_storage claimant[EXCHANGE_ROUTES_MAX];
};

static int nb_ask_init(struct nb_ask *ask, const struct nbns_query *query)
{
	int len;

	memset(ask, 0, sizeof(*ask));
	ask->query = *query;
	ask->query.id = exchange_id();
	if (!nbname_encode(&ask->wire, &query->name, query->scope))
		return -EINVAL;
	len = nbns_query_encode(ask->message, sizeof(ask->message),
				&ask->query);
	if (len < 0)
		return len;
	ask->message_len = (u32)len;
	return 0;
}

static struct wire_blob nb_ask_message(const struct nb_ask *ask)
{
	return (struct wire_blob){ ask->message, ask->message_len };
}

/* Is this message an answer to the query, whoever sent it? */
static bool nb_ask_decode(struct nb_ask *ask, const struct wire_blob *msg)
{
	struct nbns_answer *answer = &ask->answer;

	if (nbns_answer_decode(msg->ptr, msg->len, answer, NULL) < 0 ||
	    answer->id != ask->query.id)
		return false;
	switch (answer->kind) {
	case NBNS_STATUS:
		return ask->query.status;
	case NBNS_POSITIVE:
		return !ask->query.status &&
		       dnsname_equal(&answer->name, &ask->wire);
	case NBNS_NEGATIVE:
	case NBNS_WAIT:
		return !answer->name.len ||
		       dnsname_equal(&answer->name, &ask->wire);
	case NBNS_REDIRECT:
		return !ask->query.status;
	}
	return false;
}

/* ---- Asking one machine ------------------------------------------------- */

static enum exchange_verdict take_from_host(struct exchange *x,
					    const struct exchange_route *route,
					    const struct sockaddr_storage *from,
					    const struct wire_blob *msg)
{
	struct nb_ask *ask = x->data;

	if (!nb_ask_decode(ask, msg))
		return EXCHANGE_IGNORE;
	if (ask->answer.kind != NBNS_WAIT)
		return EXCHANGE_DONE;
	x->wait_ms = ask->answer.ttl < 60 ? ask->answer.ttl * 1000 : 60000;
	return EXCHANGE_WAIT;
}

/* What UDP had no room for; if TCP has nothing better, UDP's part must do. */
static void nb_ask_rest(struct nb_ask *ask, const struct sockaddr_storage *to,
			int64_t deadline)
{
	static u8 buf[EXCHANGE_STREAM_MAX];
	struct wire_blob message = nb_ask_message(ask);
	struct nbns_answer part = ask->answer;
	int len = exchange_stream(to, &message, buf, deadline);
	struct wire_blob msg = { buf, len > 0 ? (u32)len : 0 };

	if (len <= 0 || !nb_ask_decode(ask, &msg) ||
	    ask->answer.kind != part.kind)
		ask->answer = part;
}

static int nb_ask_host(struct nb_ask *ask, const struct names_conf *conf,
		       struct in_addr host, int64_t deadline)
{
	struct sockaddr_storage to = address_ipv4(&host, NBNS_PORT);
	struct exchange x = {
		.messages = { nb_ask_message(ask) },
		.message_count = 1,
		.patience = conf->unicast,
		.deadline = deadline,
		.take = take_from_host,
		.data = ask,
	};
	int ret;

	if (!exchange_add_host(&x, &to))
		return -errno;
	ret = exchange_run(&x);
	/* The last word was "wait", and nothing came. */
	if (!ret && ask->answer.kind == NBNS_WAIT)
		return -ETIMEDOUT;
	if (!ret && ask->answer.truncated)
		nb_ask_rest(ask, &to, deadline);
	if (ask->result)
		ask->result->from = to;
	return ret;
}

int names_node_status(const struct names_conf *conf, struct in_addr address,
		      struct nbns_answer *answer, int64_t deadline)
{
	struct nbns_query query = { .scope = conf->scope, .status = true };
	static struct nb_ask ask;
	int ret;

	nbname_wildcard(&query.name);
	ret = nb_ask_init(&ask, &query);
	if (!ret)
		ret = nb_ask_host(&ask, conf, address, deadline);
	if (!ret && ask.answer.kind != NBNS_STATUS)
		ret = -ENOENT;
	*answer = ask.answer;
	return ret;
}

/* ---- Addresses ---------------------------------------------------------- */

static struct sockaddr_storage nb_address(const struct nb_ask *ask,
					  unsigned int i)
{
	return address_ipv4(ask->answer.addresses[i].bytes, 0);
}

/* The addresses of a good answer; false when there is none among them. */
static bool add_addresses(struct nb_ask *ask)
{
	bool group = ask->answer.addresses[0].flags & NBNS_GROUP;
	struct names_result *result = ask->result;
	bool any = false;

	if (group && !ask->question->suffixed) {
		if (result->status != NAMES_FOUND)
			result_set(result, NAMES_NOT_FOUND,
				   "it is the name of a group, not of a machine");
		return false;
	}
	result->group = group;
	for (unsigned int i = 0; i < ask->answer.address_count; i++) {
		struct sockaddr_storage address = nb_address(ask, i);

		any |= result_add(result, &address);
	}
	if (any)
		result->status = NAMES_FOUND;
	else if (group)
		/* A WINS server does not keep the members of most groups. */
		result_set(result, NAMES_NOT_FOUND,
			   "it is a group that only broadcasts reach");
	else if (!result->address_count)
		result_set(result, NAMES_FAILED,
			   "the answer has no possible address");
	return any;
}

/* ---- WINS --------------------------------------------------------------- */

static void wins_answer(struct nb_ask *ask)
{
	struct names_result *result = ask->result;

	if (ask->answer.kind == NBNS_POSITIVE)
		add_addresses(ask);
	else if (ask->answer.rcode == 3)
		result_set(result, NAMES_NOT_FOUND, "%s", "");
	else if (ask->answer.kind == NBNS_NEGATIVE)
		result_set(result, NAMES_FAILED, "%s",
			   nbns_rcode_text(ask->answer.rcode));
	else
		result_set(result, NAMES_FAILED, "redirected too often");
	if (ask->answer.truncated && result->status == NAMES_FOUND)
		strcpy(result->message, "truncated, there are more addresses");
}

/* One server, and where it sends us.  False: try the next one. */
static bool wins_ask(struct nb_ask *ask, struct lookup *lookup,
		     struct in_addr server)
{
	int ret = 0;

	for (int hop = 0; hop <= REDIRECTS_MAX; hop++) {
		ret = nb_ask_host(ask, lookup->conf, server, lookup->deadline);
		if (ret || ask->answer.kind != NBNS_REDIRECT)
			break;
		memcpy(&server, ask->answer.addresses[0].bytes, sizeof(server));
	}
	if (ret)
		result_fail(lookup->result, ret);
	else
		wins_answer(ask);
	return !ret;
}

static bool nb_lookup_init(struct nb_ask *ask, struct lookup *lookup,
			   bool broadcast)
{
	struct nbns_query query = {
		.name = lookup->question->name,
		.scope = lookup->conf->scope,
		.broadcast = broadcast,
	};
	int ret;

	if (!lookup->question->netbios) {
		result_set(lookup->result, NAMES_SKIPPED,
			   "not a NetBIOS name");
		return false;
	}
	ret = nb_ask_init(ask, &query);
	ask->result = lookup->result;
	ask->question = lookup->question;
	if (ret)
		result_fail(lookup->result, ret);
	return !ret;
}

void lookup_wins(struct lookup *lookup)
{
	static struct nb_ask ask;

	if (!nb_lookup_init(&ask, lookup, false))
		return;
	/* They replicate each other: what one has not, none has. */
	for (unsigned int i = 0; i < lookup->conf->wins_count; i++)
		if (wins_ask(&ask, lookup, lookup->conf->wins[i]))
			return;
}

/* ---- Broadcast ---------------------------------------------------------- */

/* Two machines on one link that give different addresses for a unique name. */
static bool contested(struct nb_ask *ask, size_t route,
		      const struct sockaddr_storage *from)
{
	if (!ask->claimant[route].ss_family ||
	    address_same(&ask->claimant[route], from) ||
	    ask->answer.addresses[0].flags & NBNS_GROUP)
		return false;
	for (unsigned int i = 0; i < ask->answer.address_count; i++) {
		struct sockaddr_storage address = nb_address(ask, i);

		if (!result_has(ask->result, &address))
			return true;
	}
	return false;
}

static enum exchange_verdict take_broadcast(struct exchange *x,
					    const struct exchange_route *route,
					    const struct sockaddr_storage *from,
					    const struct wire_blob *msg)
{
	struct nb_ask *ask = x->data;
	size_t number = (size_t)(route - x->routes);
	char first[NAMES_ADDRESS_ROOM], second[NAMES_ADDRESS_ROOM];

	/* Only who has the name answers a broadcast, and only with yes. */
	if (!nb_ask_decode(ask, msg) || ask->answer.kind != NBNS_POSITIVE)
		return EXCHANGE_IGNORE;
	if (contested(ask, number, from)) {
		result_set(ask->result, NAMES_CONFLICT,
			   "%s and %s both claim the name",
			   names_address_format(&ask->claimant[number], first),
			   names_address_format(from, second));
		return EXCHANGE_DONE;
	}
	if (!add_addresses(ask))
		return EXCHANGE_IGNORE;
	ask->claimant[number] = *from;
	if (!ask->result->from.ss_family)
		ask->result->from = *from;
	return EXCHANGE_NOTED;
}

static unsigned int add_links(struct exchange *x, const struct link *links,
			      unsigned int count)
{
	for (unsigned int i = 0; i < count; i++) {
		struct sockaddr_storage to =
			address_ipv4(&links[i].broadcast, NBNS_PORT);

		if (links[i].family == AF_INET)
			exchange_add_link(x, &links[i], &to);
	}
	return x->route_count;
}

void lookup_broadcast(struct lookup *lookup)
{
	struct names_result *result = lookup->result;
	struct link links[LINKS_MAX];
	static struct nb_ask ask;
	struct exchange x = {
		.message_count = 1,
		.patience = lookup->conf->broadcast,
		.settle_ms = lookup->conf->broadcast.timeout_ms,
		.deadline = lookup->deadline,
		.take = take_broadcast,
		.data = &ask,
	};
	int ret;

	if (!nb_lookup_init(&ask, lookup, true))
		return;
	if (!add_links(&x, links, links_list(links, lookup->conf,
					     IFF_BROADCAST))) {
		result_set(result, NAMES_FAILED,
			   "there is no interface with IPv4 broadcast");
		return;
	}
	x.messages[0] = nb_ask_message(&ask);
	ret = exchange_run(&x);
	if (ret == -ETIMEDOUT && result->status != NAMES_NOT_ASKED)
		return;		/* an answer that would not do; it said why */
	if (ret)
		result_fail(result, ret);
}

/* ---- Everybody ---------------------------------------------------------- */

struct nb_everybody {
	struct nb_ask ask;
	struct in_addr *nodes;
	unsigned int count;
	unsigned int max;
};

static enum exchange_verdict take_everybody(struct exchange *x,
					    const struct exchange_route *route,
					    const struct sockaddr_storage *from,
					    const struct wire_blob *msg)
{
	const struct sockaddr_in *in = (const struct sockaddr_in *)from;
	struct nb_everybody *all = x->data;

	if (!nb_ask_decode(&all->ask, msg) ||
	    all->ask.answer.kind != NBNS_POSITIVE)
		return EXCHANGE_IGNORE;
	for (unsigned int i = 0; i < all->count; i++)
		if (all->nodes[i].s_addr == in->sin_addr.s_addr)
			return EXCHANGE_NOTED;
	if (all->count < all->max)
		all->nodes[all->count++] = in->sin_addr;
	return EXCHANGE_NOTED;
}

int names_neighbours(const struct names_conf *conf, struct in_addr *nodes,
		     unsigned int max, int64_t deadline)
{
	struct nbns_query query = { .scope = conf->scope, .broadcast = true };
	static struct nb_everybody all;
	struct link links[LINKS_MAX];
	struct exchange x = {
		.message_count = 1,
		.patience = conf->broadcast,
		.settle_ms = conf->broadcast.timeout_ms,
		.deadline = deadline,
		.take = take_everybody,
		.data = &all,
	};
	int ret;

	nbname_wildcard(&query.name);
	ret = nb_ask_init(&all.ask, &query);
	if (ret)
		return ret;
	if (!add_links(&x, links, links_list(links, conf, IFF_BROADCAST)))
		return -ENETUNREACH;
	all.nodes = nodes;
	all.count = 0;
	all.max = max;
	x.messages[0] = nb_ask_message(&all.ask);
	ret = exchange_run(&x);
	return ret && ret != -ETIMEDOUT ? ret : (int)all.count;
}
