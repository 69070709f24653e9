// SPDX-License-Identifier: GPL-2.0-or-later
#include "locate.h"

#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cldap.h"
#include "dccache.h"
#include "dcping.h"
#include "exchange.h"
#include "names.h"
#include "slotping.h"
#include "srv.h"

#define SECONDS		15
#define AT_ONCE		5	/* pings in one go */
#define SECOND_LOOK_MS	1000

/* A search on its way. */
struct search {
	const struct dc_query *query;
	struct dc_list *list;
	int64_t deadline;
};

const char *dc_source_name(enum dc_source source)
{
	static const char *const names[] = {
		[DC_CACHED] = "cache", [DC_SITE] = "site",
		[DC_DOMAIN] = "domain", [DC_NETBIOS] = "netbios",
		[DC_MAILSLOT] = "mailslot", [DC_NAMED] = "named",
	};

	return names[source];
}

/* ---- Candidates ----------------------------------------------------------- */

static struct dc *find(struct dc_list *list, const char *host)
{
	for (unsigned int i = 0; i < list->count; i++)
		if (strcasecmp(list->dcs[i].host, host) == 0)
			return &list->dcs[i];
	return NULL;
}

static struct dc *add(struct dc_list *list, const char *host,
		      enum dc_source source)
{
	struct dc *dc;

	if (list->count == DOMAIN_DCS_MAX)
		return NULL;
	dc = &list->dcs[list->count++];
	memset(dc, 0, sizeof(*dc));
	snprintf(dc->host, sizeof(dc->host), "%s", host);
	dc->source = source;
	dc->error = ECANCELED;
	return dc;
}

static void set_port(struct sockaddr_storage *address)
{
	if (address->ss_family == AF_INET6)
		((struct sockaddr_in6 *)address)->sin6_port = htons(CLDAP_PORT);
	else
		((struct sockaddr_in *)address)->sin_port = htons(CLDAP_PORT);
}

/* The resolver's first choice; a controller has one address, or all are good. */
static void find_address(struct dc *dc)
{
	struct addrinfo hints = { .ai_socktype = SOCK_DGRAM,
				  .ai_flags = AI_ADDRCONFIG };
	struct addrinfo *found = NULL;

	dc->error = EHOSTUNREACH;
	if (getaddrinfo(dc->host, NULL, &hints, &found) || !found)
		return;
	memcpy(&dc->address, found->ai_addr, found->ai_addrlen);
	set_port(&dc->address);
	freeaddrinfo(found);
	dc->error = ECANCELED;
}

/* ---- Asking --------------------------------------------------------------- */

static const struct dc *best(const struct search *s, unsigned int from)
{
	for (unsigned int i = from; i < s->list->count; i++)
		if (dc_good(&s->list->dcs[i], s->query->flags))
			return &s->list->dcs[i];
	return NULL;
}

/* In groups, so that a large domain is not asked as a whole. */
static const struct dc *ask_from(struct search *s, unsigned int from)
{
	struct dc_list *list = s->list;

	for (unsigned int at = from; at < list->count; at += AT_ONCE) {
		unsigned int n = list->count - at;

		if (n > AT_ONCE)
			n = AT_ONCE;
		for (unsigned int i = at; i < at + n; i++)
			if (!list->dcs[i].address.ss_family)
				find_address(&list->dcs[i]);
		dc_ping(&list->dcs[at], n, s->query, s->deadline);
		if (!s->query->all && best(s, at))
			break;
	}
	return best(s, from);
}

static void by_srv(struct search *s, const char *site)
{
	char name[DOMAIN_NAME_ROOM + 128];
	struct dnssrv_answer *found = calloc(1, sizeof(*found));
	char host[DNSNAME_TEXT_ROOM];

	if (!found)
		return;
	if (site)
		snprintf(name, sizeof(name), "_ldap._tcp.%s._sites.dc._msdcs.%s",
			 site, s->query->domain);
	else
		snprintf(name, sizeof(name), "_ldap._tcp.dc._msdcs.%s",
			 s->query->domain);
	srv_lookup(name, found, s->list->why);
	for (unsigned int i = 0; i < found->count; i++) {
		struct dc *known;

		dnsname_format(&found->records[i].target, host);
		known = find(s->list, host);
		if (known && site)
			known->source = DC_SITE;
		else if (!known && strlen(host) < DOMAIN_NAME_ROOM)
			add(s->list, host, site ? DC_SITE : DC_DOMAIN);
	}
	free(found);
}

static bool is_netbios_name(const char *domain)
{
	return strlen(domain) <= 15 && !strchr(domain, '.');
}

static void by_netbios(struct search *s)
{
	struct names_result results[NAMES_SOURCES];
	struct names_question question;
	char name[DOMAIN_NAME_ROOM + 4], why[NAMES_WHY_ROOM];
	struct names_conf conf;
	int won;

	if (!is_netbios_name(s->query->domain))
		return;
	names_conf_load(&conf, s->query->config, why);
	snprintf(name, sizeof(name), "%s#1C", s->query->domain);
	names_question_init(&question, name);
	won = names_resolve(&conf, &question, results, false, s->deadline);
	for (unsigned int i = 0; won >= 0 && i < results[won].address_count;
	     i++) {
		struct dc *dc = add(s->list, "", DC_NETBIOS);

		if (!dc)
			return;
		dc->address = results[won].addresses[i];
		set_port(&dc->address);
	}
}

/* The answer is the same as to an LDAP ping, it needs no further question. */
static void by_mailslot(struct search *s)
{
	unsigned int from = s->list->count;

	if (!is_netbios_name(s->query->domain)) {
		if (s->query->mailslot)
			strcpy(s->list->why,
			       "a mailslot ping wants the domain's NetBIOS name");
		return;
	}
	s->list->count += dc_slot_ping(&s->list->dcs[from],
				       DOMAIN_DCS_MAX - from, s->query,
				       s->deadline, s->list->why);
	s->list->chosen = best(s, from);
}

static bool by_cache(struct search *s)
{
	char host[DOMAIN_NAME_ROOM];

	if (!s->query->cache || s->query->all || s->query->site ||
	    !dc_cache_get(s->query->cache, s->query->domain, host))
		return false;
	add(s->list, host, DC_CACHED);
	s->list->chosen = ask_from(s, 0);
	return s->list->chosen;
}

/* Another one was faster than this, so nobody has waited for it, or asked it. */
static bool answers_by(const struct search *s, struct dc *dc, int64_t deadline)
{
	if (dc->error == ECANCELED && !dc->address.ss_family)
		find_address(dc);
	if (dc->error == ECANCELED || dc->error == ETIMEDOUT)
		dc_ping(dc, 1, s->query, deadline);
	return dc_good(dc, s->query->flags);
}

/*
 * One of that site, known already or not. DNS may name one of another site for it,
 * which covers a site that has none.
 */
static const struct dc *in_site(struct search *s, const char *site)
{
	int64_t soon = clock_ms() + SECOND_LOOK_MS;
	unsigned int from = s->list->count;

	for (unsigned int i = 0; i < from; i++)
		if (dc_good(&s->list->dcs[i], s->query->flags) &&
		    strcasecmp(s->list->dcs[i].site, site) == 0)
			return &s->list->dcs[i];
	by_srv(s, site);
	if (soon > s->deadline)
		soon = s->deadline;
	for (unsigned int i = 0; i < from; i++) {
		struct dc *dc = &s->list->dcs[i];

		if (dc->source == DC_SITE && answers_by(s, dc, soon))
			return dc;
	}
	return ask_from(s, from);
}

/*
 * One that is in another site than we are is good for telling us ours, and the
 * one that is next to it ([MS-ADTS] 6.3.1.9, NextClosestSiteName).
 */
static void closer(struct search *s)
{
	const struct dc *first = s->list->chosen, *found;

	if (!first || s->query->site || !*first->client_site ||
	    strcasecmp(first->client_site, first->site) == 0)
		return;
	found = in_site(s, first->client_site);
	if (!found && *first->next_site &&
	    strcasecmp(first->next_site, first->site) != 0)
		found = in_site(s, first->next_site);
	if (found)
		s->list->chosen = found;
}

static void search_all(struct search *s)
{
	unsigned int from = s->list->count;
	bool no_dns;

	if (s->query->site)
		by_srv(s, s->query->site);
	if (s->list->count > from)
		s->list->chosen = ask_from(s, from);
	if (!s->list->chosen || s->query->all) {
		const struct dc *near = s->list->chosen;

		from = s->list->count;
		by_srv(s, NULL);
		no_dns = s->list->count == from && !near;
		if (no_dns)
			by_netbios(s);
		s->list->chosen = ask_from(s, from);
		if (near)
			s->list->chosen = near;
		else if (no_dns && !s->list->chosen)
			by_mailslot(s);
	}
	closer(s);
}

const char *dc_error_text(int error)
{
	switch (error) {
	case ETIMEDOUT:
		return "no answer to a ping (389/udp)";
	case ECONNREFUSED:
		return "nothing listens on 389/udp";
	case ENOENT:
		return "it serves another domain";
	case EBADMSG:
		return "its answer makes no sense";
	case EHOSTUNREACH:
		return "its name has no address";
	case ECANCELED:
		return "not asked";
	}
	return strerror(error);
}

static void explain(struct search *s)
{
	const struct dc_list *list = s->list;
	unsigned int answered = 0;

	if (!list->count)
		return;			/* DNS has said it */
	for (unsigned int i = 0; i < list->count; i++)
		answered += !list->dcs[i].error;
	if (list->count == 1 && !answered)
		snprintf(s->list->why, sizeof(s->list->why), "%.100s: %s",
			 list->dcs[0].host, dc_error_text(list->dcs[0].error));
	else if (answered && s->query->flags == PING_WRITABLE)
		snprintf(s->list->why, sizeof(s->list->why),
			 "of %u controllers of %.100s that answer, each is read-only; this needs another",
			 answered, s->query->domain);
	else
		snprintf(s->list->why, sizeof(s->list->why), answered ?
			 "of %u controllers of %.100s, none can do what is needed (flags 0x%x)" :
			 "none of the %u controllers of %.100s answers a ping (389/udp)",
			 list->count, s->query->domain, s->query->flags);
}

bool dc_locate(const struct dc_query *query, struct dc_list *list)
{
	struct search s = { query, list, names_deadline(query->seconds ?
							query->seconds :
							SECONDS) };

	memset(list, 0, sizeof(*list));
	list->dcs = calloc(DOMAIN_DCS_MAX, sizeof(*list->dcs));
	if (!list->dcs) {
		strcpy(list->why, "out of memory");
		return false;
	}
	if (query->server) {
		add(list, query->server, DC_NAMED);
		list->chosen = ask_from(&s, 0);
	} else if (query->mailslot) {
		by_mailslot(&s);
	} else if (!by_cache(&s)) {
		search_all(&s);
	}
	if (!list->chosen)
		explain(&s);
	else if (query->cache && list->chosen->source != DC_CACHED)
		dc_cache_put(query->cache, query->domain, list->chosen);
	return list->chosen;
}

void dc_list_free(struct dc_list *list)
{
	free(list->dcs);
	list->dcs = NULL;
	list->count = 0;
	list->chosen = NULL;
}
