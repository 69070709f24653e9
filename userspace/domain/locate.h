/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Finding a domain controller ([MS-ADTS] 6.3.6): DNS SRV records, those of the
 * client's site first, then an LDAP ping to each; NetBIOS names (suffix 1C)
 * where DNS has none, and where none of these answers a ping by mailslot.
 */
#ifndef UNC_DOMAIN_LOCATE_H
#define UNC_DOMAIN_LOCATE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

#include "ping.h"

#define DOMAIN_NAME_ROOM	256	/* of any DNS name as text */
#define DOMAIN_DCS_MAX		64
#define DOMAIN_WHY_ROOM		256

enum dc_source {
	DC_CACHED,
	DC_SITE,	/* SRV records of a site */
	DC_DOMAIN,	/* SRV records of the domain */
	DC_NETBIOS,
	DC_MAILSLOT,	/* answered a mailslot ping, whoever named it */
	DC_NAMED,	/* by whoever asked */
};

/**
 * struct dc - a controller, or what should be one
 * @host: DNS name; "" until it has answered when @source is DC_NETBIOS
 * @source: who named it
 * @address: with the port of LDAP; family 0 when the name has none
 * @error: 0 answered; ETIMEDOUT, ENOENT (not for that domain), EBADMSG (no
 *	sense), EHOSTUNREACH (no address), ECANCELED (not asked)
 * @time_us: until the answer
 * @answer: what it said
 * @domain, @forest, @netbios_domain, @site, @client_site, @next_site: of that,
 *	as text
 */
struct dc {
	char host[DOMAIN_NAME_ROOM];
	enum dc_source source;
	struct sockaddr_storage address;
	int error;
	int64_t time_us;
	struct ping_answer answer;
	char domain[DOMAIN_NAME_ROOM];
	char forest[DOMAIN_NAME_ROOM];
	char netbios_domain[DOMAIN_NAME_ROOM];
	char site[DOMAIN_NAME_ROOM];
	char client_site[DOMAIN_NAME_ROOM];
	char next_site[DOMAIN_NAME_ROOM];
};

/**
 * struct dc_query - what is wanted
 * @domain: DNS name, or a NetBIOS name
 * @site: NULL: the one that the controllers say we are in
 * @server: this controller, no other; NULL: any
 * @user: the account to ask for, with a '$' for a machine's; NULL: none
 * @flags: enum ping_flag that it must have
 * @all: ask all, not until the first that will do
 * @mailslot: only by mailslot, as where neither DNS nor 389/udp is there
 * @cache: file that remembers; NULL: none
 * @config: which NetBIOS sources may be asked; NULL: uncd.conf(5)
 * @seconds: for everything
 */
struct dc_query {
	const char *domain;
	const char *site;
	const char *server;
	const char *user;
	uint32_t flags;
	bool all;
	bool mailslot;
	const char *cache;
	const char *config;
	unsigned int seconds;
};

/**
 * struct dc_list - what was found
 * @dcs: all that were named, in the order of trying, @count of them
 * @chosen: the first that will do; NULL: none, and @why says why
 */
struct dc_list {
	struct dc *dcs;
	unsigned int count;
	const struct dc *chosen;
	char why[DOMAIN_WHY_ROOM];
};

/** dc_locate - true when one was chosen; dc_list_free() in any case */
bool dc_locate(const struct dc_query *query, struct dc_list *list);

void dc_list_free(struct dc_list *list);

/** dc_error_text - struct dc.error in words */
const char *dc_error_text(int error);

/** dc_source_name - "cache", "site", "domain", "netbios", "mailslot",
 * "named" */
const char *dc_source_name(enum dc_source source);

#endif
