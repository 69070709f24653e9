// SPDX-License-Identifier: GPL-2.0-or-later
#include "dcping.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cldap.h"
#include "dgram.h"
#include "exchange.h"

/* One answer in a network without loss takes a millisecond or a hundred. */
#define TRIES		3
#define TIMEOUT_MS	700
#define SETTLE_MS	400
#define WORKSTATION	0x80	/* [MS-SAMR] 2.2.1.12 */
#define USER_NORMAL	0x10

/* What the receiver needs to know of the round. */
struct round {
	struct dc *dcs;
	struct dc *of_route[EXCHANGE_ROUTES_MAX];
	const struct dc_query *query;
	uint16_t id;
	int64_t begin;
};

bool dc_good(const struct dc *dc, uint32_t flags)
{
	return !dc->error && (dc->answer.flags & flags) == flags &&
	       dc->answer.opcode != PING_PAUSED_EX;
}

/* ---- Answers -------------------------------------------------------------- */

static void set_text(char text[DOMAIN_NAME_ROOM], const struct dnsname *name)
{
	char full[DNSNAME_TEXT_ROOM];

	dnsname_format(name, full);
	snprintf(text, DOMAIN_NAME_ROOM, "%.*s", DOMAIN_NAME_ROOM - 1, full);
}

static void set_texts(struct dc *dc)
{
	const struct ping_answer *answer = &dc->answer;

	if (!*dc->host)
		set_text(dc->host, &answer->host);
	set_text(dc->domain, &answer->domain);
	set_text(dc->forest, &answer->forest);
	set_text(dc->netbios_domain, &answer->netbios_domain);
	set_text(dc->site, &answer->dc_site);
	set_text(dc->client_site, &answer->client_site);
	set_text(dc->next_site, &answer->next_site);
}

/* Is this about the domain that was asked for?  NetBIOS names count, too. */
static bool about(const struct dc *dc, const char *domain)
{
	return strcasecmp(dc->domain, domain) == 0 ||
	       strcasecmp(dc->netbios_domain, domain) == 0;
}

int dc_take_answer(struct dc *dc, const struct wire_blob *answer,
		   const char *domain)
{
	if (ping_answer_decode(answer->ptr, answer->len, &dc->answer, NULL))
		return -EBADMSG;
	set_texts(dc);
	return about(dc, domain) ? 0 : -ENOENT;
}

static int read_answer(struct round *round, struct dc *dc,
		       const struct wire_blob *msg)
{
	struct wire_blob answer;
	struct der_bytes value;
	int ret = cldap_answer_decode(msg->ptr, msg->len, round->id, &value);

	if (ret)
		return ret;
	answer = (struct wire_blob){ value.data, (u32)value.len };
	return dc_take_answer(dc, &answer, round->query->domain);
}

static enum exchange_verdict take(struct exchange *x,
				  const struct exchange_route *route,
				  const struct sockaddr_storage *from,
				  const struct wire_blob *msg)
{
	struct round *round = x->data;
	struct dc *dc = round->of_route[route - x->routes];

	if (dc->error != ETIMEDOUT)
		return EXCHANGE_IGNORE;		/* to a repeated question */
	dc->error = -read_answer(round, dc, msg);
	dc->time_us = clock_us() - round->begin;
	if (!round->query->all && dc_good(dc, round->query->flags))
		return EXCHANGE_DONE;
	for (unsigned int i = 0; i < x->route_count; i++)
		if (round->of_route[i]->error == ETIMEDOUT)
			return EXCHANGE_IGNORE;
	return EXCHANGE_DONE;			/* all have spoken */
}

/* ---- Question ------------------------------------------------------------- */

uint32_t dc_account_control(const struct dc_query *query)
{
	size_t len = query->user ? strlen(query->user) : 0;

	return len && query->user[len - 1] == '$' ? WORKSTATION : USER_NORMAL;
}

static int make_question(struct round *round, uint8_t room[CLDAP_MAX],
			 struct der_bytes *message)
{
	const struct dc_query *query = round->query;
	char name[NBNAME_LEN];
	struct cldap_ping ping = {
		.id = round->id, .user = query->user,
		.host = dgram_own_name(name) ? name : NULL,
		/* A NetBIOS name is none that it would know. */
		.domain = strchr(query->domain, '.') ? query->domain : NULL,
		.account_control = dc_account_control(query),
		.version = PING_V5 | PING_V5EX | PING_WITH_CLOSEST_SITE,
	};

	return cldap_ping_encode(&ping, room, message);
}

static void add_routes(struct exchange *x, struct round *round,
		       unsigned int count)
{
	for (unsigned int i = 0; i < count; i++) {
		struct dc *dc = &round->dcs[i];

		if (!dc->address.ss_family)
			continue;
		dc->error = ETIMEDOUT;
		round->of_route[x->route_count] = dc;
		if (!exchange_add_host(x, &dc->address))
			dc->error = errno;
	}
}

void dc_ping(struct dc *dcs, unsigned int count, const struct dc_query *query,
	     int64_t deadline)
{
	struct round round = { .dcs = dcs, .query = query,
			       .id = exchange_id() & 0x7fff };
	struct exchange x = {
		.message_count = 1, .settle_ms = SETTLE_MS,
		.patience = { TIMEOUT_MS, TRIES },
		.deadline = deadline, .take = take, .data = &round,
	};
	uint8_t room[CLDAP_MAX];
	struct der_bytes message;

	if (make_question(&round, room, &message)) {
		for (unsigned int i = 0; i < count; i++)
			dcs[i].error = EINVAL;
		return;
	}
	x.messages[0] = (struct wire_blob){ message.data, (u32)message.len };
	add_routes(&x, &round, count);
	round.begin = clock_us();
	if (x.route_count)
		exchange_run(&x);
}
