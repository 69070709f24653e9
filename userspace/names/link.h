/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The network interfaces that broadcast and multicast queries go out of. */
#ifndef UNC_NAMES_LINK_H
#define UNC_NAMES_LINK_H

#include <net/if.h>
#include <sys/socket.h>

#include "conf.h"

#define LINKS_MAX 16

/**
 * struct link - an address of an interface
 * @name: of the interface
 * @index: of the interface
 * @family: AF_INET, or AF_INET6 with a link-local address
 * @address: IPv4, the machine's own
 * @mask: IPv4
 * @broadcast: IPv4
 */
struct link {
	char name[IF_NAMESIZE];
	unsigned int index;
	int family;
	struct in_addr address;
	struct in_addr mask;
	struct in_addr broadcast;
};

/**
 * links_list - those that are up and that the configuration allows
 * @flag: IFF_BROADCAST or IFF_MULTICAST, which they must have
 *
 * Return: how many, at most LINKS_MAX; never the loopback.
 */
unsigned int links_list(struct link links[LINKS_MAX],
			const struct names_conf *conf, unsigned int flag);

/** link_reaches - may @from, in digits of this link, be a neighbour? */
bool link_reaches(const struct link *link, const struct sockaddr_storage *from);

#endif
