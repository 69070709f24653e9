// SPDX-License-Identifier: GPL-2.0-or-later
#include "resolve.h"

#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "log.h"
#include "names.h"

_Static_assert((int)NAMES_ADDRESSES_MAX <= (int)UNC_ADDRESSES_MAX,
	       "an answer holds all addresses that the resolver finds");

/* A little less than the kernel waits, so that it hears why it failed. */
#define RESOLVE_SECONDS 18

static const char *config_path;	/* NULL: the usual one, which may be missing */

void resolve_use_config(const char *path)
{
	/* Workers are in the root folder. */
	const char *full = realpath(path, NULL);

	config_path = full ? full : path;
}

static void load_config(struct names_conf *conf)
{
	char why[NAMES_WHY_ROOM];

	if (!names_conf_load(conf, config_path, why))
		log_warning("%s; names are looked up in DNS only", why);
}

void resolve_check_config(void)
{
	struct names_conf conf;

	load_config(&conf);
}

bool resolve_numeric(const char *host, struct answer *answer)
{
	struct addrinfo hints = {
		.ai_flags = AI_NUMERICHOST,
		.ai_socktype = SOCK_STREAM,
	};
	struct addrinfo *ai;

	answer_clear(answer);
	if (getaddrinfo(host, NULL, &hints, &ai))
		return false;
	memcpy(&answer->addresses[0], ai->ai_addr, ai->ai_addrlen);
	answer->address_count = 1;
	freeaddrinfo(ai);
	return true;
}

static void take_addresses(struct answer *answer,
			   const struct names_result *result)
{
	struct sockaddr_storage *to = answer->addresses;

	answer->address_count = result->address_count;
	memcpy(to, result->addresses, result->address_count * sizeof(*to));
	log_debug("name found by %s", names_source_name(result->source));
}

/* "dns: not found; llmnr: conflict, 10.0.0.1 and 10.0.0.2 both ..." */
static void describe(char *text, size_t room, const struct names_conf *conf,
		     const struct names_result *results)
{
	size_t len = 0;

	for (unsigned int i = 0; i < conf->order_count && len < room; i++)
		len += (size_t)snprintf(text + len, room - len, "%s%s: %s%s%s",
					i ? "; " : "",
					names_source_name(results[i].source),
					names_status_text(results[i].status),
					results[i].message[0] ? ", " : "",
					results[i].message);
}

/* With nothing but DNS, as it is without a configuration. */
static void fail_dns(const char *host, const struct names_result *result,
		     struct answer *answer)
{
	switch (result->status) {
	case NAMES_NOT_FOUND:
		answer_fail(answer, EHOSTUNREACH, UNC_STAGE_RESOLVE,
			    "host name %s is not known (check its spelling, DNS and /etc/hosts)",
			    host);
		break;
	case NAMES_NO_ANSWER:
		answer_fail(answer, EHOSTUNREACH, UNC_STAGE_RESOLVE,
			    "host name %s cannot be looked up now: the name server does not answer",
			    host);
		break;
	default:
		answer_fail(answer, result->error == ENOMEM ? ENOMEM :
			    EHOSTUNREACH, UNC_STAGE_RESOLVE,
			    "host name %s cannot be looked up: %s", host,
			    result->message);
	}
}

/*
 * EHOSTUNREACH for a name that does not exist and for one that could not be
 * looked up: either way there is no such host to talk to; the message differs.
 */
void resolve_name(const char *host, struct answer *answer)
{
	struct names_result results[NAMES_SOURCES];
	struct names_question question;
	struct names_conf conf;
	char text[384];
	int winner;

	answer_clear(answer);
	load_config(&conf);
	names_question_init(&question, host);
	winner = names_resolve(&conf, &question, results, false,
			       names_deadline(RESOLVE_SECONDS));
	if (winner >= 0) {
		take_addresses(answer, &results[winner]);
		return;
	}
	if (conf.order_count == 1 && conf.order[0] == NAMES_DNS) {
		fail_dns(host, &results[0], answer);
		return;
	}
	describe(text, sizeof(text), &conf, results);
	answer_fail(answer, EHOSTUNREACH, UNC_STAGE_RESOLVE,
		    "host name %s is not known (%s)", host, text);
}
