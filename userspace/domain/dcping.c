// SPDX-License-Identifier: GPL-2.0-or-later
#include "dcping.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cldap.h"
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
}

/* Is this about the domain that was asked for?  NetBIOS names count, too. */
static bool about(const struct dc *dc, const char *domain)
{
	return strcasecmp(dc->domain, domain) == 0 ||
	       strcasecmp(dc->netbios_domain, domain) == 0;
}

static int read_answer(struct round *round, struct dc *dc,
		       const struct wire_blob *msg)
{
	struct der_bytes value;
	int ret = cldap_answer_decode(msg->ptr, msg->len, round->id, &value);

	if (ret)
		return ret;
	ret = ping_answer_decode(value.data, (u32)value.len, &dc->answer, NULL);
	if (ret)
		return -EBADMSG;
	set_texts(dc);
	return about(dc, round->query->domain) ? 0 : -ENOENT;
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

static const char *own_name(char name[16])
{
	char host[256];

	if (gethostname(host, sizeof(host)))
		return NULL;
	host[sizeof(host) - 1] = '\0';
	host[strcspn(host, ".")] = '\0';
	snprintf(name, 16, "%.15s", host);
	for (char *p = name; *p; p++)
		*p = (char)toupper((unsigned char)*p);
	return *name ? name : NULL;
}

static int make_question(struct round *round, uint8_t room[CLDAP_MAX],
			 struct der_bytes *message)
{
	const struct dc_query *query = round->query;
	size_t len = query->user ? strlen(query->user) : 0;
	char name[16];
	struct cldap_ping ping = {
		.id = round->id, .host = own_name(name), .user = query->user,
		/* A NetBIOS name is none that it would know. */
		.domain = strchr(query->domain, '.') ? query->domain : NULL,
		.account_control = len && query->user[len - 1] == '$' ?
				   WORKSTATION : USER_NORMAL,
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
