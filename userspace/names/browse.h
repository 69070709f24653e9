/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which machines there are: asked of everybody on the links by NetBIOS, mDNS and
 * WS-Discovery, and of the master browsers by RAP over SMB 1.
 */
#ifndef UNC_NAMES_BROWSE_H
#define UNC_NAMES_BROWSE_H

#include "names.h"

#define BROWSE_NAME_ROOM	256
#define BROWSE_GROUP_ROOM	NBNAME_TEXT_ROOM
#define BROWSE_COMMENT_ROOM	128

/**
 * struct browse_machine - a machine that somebody told of
 * @name: of the machine
 * @group: workgroup or domain, "" when that is not known
 * @comment: for people
 * @address: family 0 when that is not known
 * @sources: of them that found it, 1 << enum names_browse
 */
struct browse_machine {
	char name[BROWSE_NAME_ROOM];
	char group[BROWSE_GROUP_ROOM];
	char comment[BROWSE_COMMENT_ROOM];
	struct sockaddr_storage address;
	unsigned int sources;
};

/**
 * struct browse_status - what one source came to
 * @asked: it was asked
 * @error: errno, or 0
 * @message: for people
 */
struct browse_status {
	bool asked;
	int error;
	char message[NAMES_MESSAGE_ROOM];
};

/**
 * struct browse - a look around
 * @conf: the configuration
 * @sources: 1 << enum names_browse
 * @deadline: by clock_ms()
 * @group: whose machines are asked of master browsers, "" for their own group
 * @key: credential for RAP, as in struct unc_pipe_connect
 * @sec: the same
 * @port: TCP port of master browsers, 0 for the usual ones
 * @status: of each source
 * @count: of @machines
 * @machines: found, sorted by name
 */
struct browse {
	const struct names_conf *conf;
	unsigned int sources;
	int64_t deadline;
	const char *group;
	int32_t key;
	uint32_t sec;
	uint32_t port;
	struct browse_status status[NAMES_BROWSES];
	unsigned int count;
	struct browse_machine *machines;
};

/** browse_run - ask all sources; false without memory */
bool browse_run(struct browse *browse);

/** browse_free - forget the machines */
void browse_free(struct browse *browse);

/**
 * browse_add - somebody told of a machine
 * @name: not empty; another one of the same machine if it differs by case alone
 *
 * Return: the machine, for what else is known; NULL without memory, or when
 * there are more than anybody can have.
 */
struct browse_machine *browse_add(struct browse *browse,
				  enum names_browse source, const char *name);

/**
 * browse_reached - where a machine can be reached
 *
 * The first address stays, but that one of IPv4 is taken for one of IPv6: who
 * answers by both does so in any order, and by IPv6 from its link alone.
 */
static inline void browse_reached(struct browse_machine *machine,
				  const struct sockaddr_storage *address)
{
	sa_family_t known = machine->address.ss_family;

	if (!known || (known == AF_INET6 && address->ss_family == AF_INET))
		machine->address = *address;
}

/** browse_failed - say why a source said nothing */
void browse_failed(struct browse *browse, enum names_browse source, int error,
		   const char *what);

/* Each in a file of its own; browse_rap() after browse_netbios(). */
void browse_netbios(struct browse *browse);
void browse_rap(struct browse *browse);
void browse_mdns(struct browse *browse);
void browse_wsd(struct browse *browse);

/** browse_masters - the master browsers on the links; searched for, if need be */
unsigned int browse_masters(struct browse *browse,
			    const struct in_addr **masters);

#endif
