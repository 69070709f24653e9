/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The resolver: a host name, by every way that Windows finds one.
 *
 * Sources are asked one after the other, in the order of the configuration;
 * the first with a good answer wins.  They are not asked at once: what DNS
 * knows should not be told to the whole network by broadcast, where anybody
 * may answer faster.
 */
#ifndef UNC_NAMES_NAMES_H
#define UNC_NAMES_NAMES_H

#include <stdint.h>
#include <sys/socket.h>

#include "conf.h"
#include "nbns.h"

#define NAMES_ADDRESSES_MAX	16
#define NAMES_MESSAGE_ROOM	200

enum names_status {
	NAMES_NOT_ASKED,	/* another source had it already */
	NAMES_FOUND,
	NAMES_NOT_FOUND,	/* somebody who knows said so */
	NAMES_NO_ANSWER,
	NAMES_CONFLICT,		/* more than one machine claims the name */
	NAMES_SKIPPED,		/* not a name of this kind */
	NAMES_FAILED,
};

/**
 * struct names_question - what is looked up
 * @host: the text
 * @netbios: @name is good
 * @name: the same as a NetBIOS name, of a file server unless told otherwise
 * @suffixed: the text had a suffix, so nothing but NetBIOS is meant, and the
 *	name of a group will do
 */
struct names_question {
	const char *host;
	bool netbios;
	struct nbname name;
	bool suffixed;
};

/**
 * struct names_result - what one source said
 * @source: which
 * @status: what came of it
 * @group: NetBIOS: the addresses are those of the members of a group
 * @error: errno for NAMES_FAILED, else 0
 * @time_us: how long it took
 * @message: for people; "" when all is said by @status
 * @from: who answered; family 0 when that is not known
 * @address_count: of @addresses
 * @addresses: the answer
 */
struct names_result {
	enum names_source source;
	enum names_status status;
	bool group;
	int error;
	int64_t time_us;
	char message[NAMES_MESSAGE_ROOM];
	struct sockaddr_storage from;
	unsigned int address_count;
	struct sockaddr_storage addresses[NAMES_ADDRESSES_MAX];
};

/** names_question_init - @host must outlive it */
void names_question_init(struct names_question *question, const char *host);

/**
 * names_resolve - ask the sources of the configuration
 * @results: one for each source of conf->order, in that order
 * @all: ask the others too when one has answered
 * @deadline: by clock_ms()
 *
 * Return: index of the result that won, -1 if none did.
 */
int names_resolve(const struct names_conf *conf,
		  const struct names_question *question,
		  struct names_result results[NAMES_SOURCES], bool all,
		  int64_t deadline);

/**
 * names_node_status - ask a machine which NetBIOS names it has
 * @address: IPv4
 * @answer: its names
 * @deadline: by clock_ms()
 *
 * Return: 0 or a negative errno.
 */
int names_node_status(const struct names_conf *conf, struct in_addr address,
		      struct nbns_answer *answer, int64_t deadline);

/**
 * names_neighbours - the machines of the links that have NetBIOS
 * @nodes: set to their addresses
 * @max: room
 * @deadline: by clock_ms()
 *
 * Return: how many, or a negative errno.
 */
int names_neighbours(const struct names_conf *conf, struct in_addr *nodes,
		     unsigned int max, int64_t deadline);

/** names_status_text - "found", "not found", ... */
const char *names_status_text(enum names_status status);

/** names_deadline - by clock_ms(), from now */
int64_t names_deadline(unsigned int seconds);

/** names_address_format - digits, with %interface; returns @text */
#define NAMES_ADDRESS_ROOM 80
const char *names_address_format(const struct sockaddr_storage *address,
				 char text[NAMES_ADDRESS_ROOM]);

#endif
