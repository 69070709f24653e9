// SPDX-License-Identifier: GPL-2.0-or-later
#include "link.h"

#include <ifaddrs.h>
#include <string.h>

static bool allowed(const struct names_conf *conf, const char *name)
{
	for (unsigned int i = 0; i < conf->interface_count; i++)
		if (strcmp(conf->interfaces[i], name) == 0)
			return true;
	return !conf->interface_count;
}

static struct in_addr ipv4(const struct sockaddr *address)
{
	struct sockaddr_in in = { 0 };

	if (address)
		memcpy(&in, address, sizeof(in));
	return in.sin_addr;
}

static bool link_local(const struct sockaddr *address)
{
	struct sockaddr_in6 in6;

	memcpy(&in6, address, sizeof(in6));
	return IN6_IS_ADDR_LINKLOCAL(&in6.sin6_addr);
}

static bool fill(struct link *link, const struct ifaddrs *ifa)
{
	*link = (struct link){
		.index = if_nametoindex(ifa->ifa_name),
		.family = ifa->ifa_addr->sa_family,
	};
	if (!link->index || strlen(ifa->ifa_name) >= sizeof(link->name))
		return false;
	strcpy(link->name, ifa->ifa_name);
	if (link->family == AF_INET6)
		return link_local(ifa->ifa_addr);
	link->address = ipv4(ifa->ifa_addr);
	link->mask = ipv4(ifa->ifa_netmask);
	if (ifa->ifa_flags & IFF_BROADCAST)
		link->broadcast = ipv4(ifa->ifa_broadaddr);
	return true;
}

unsigned int links_list(struct link links[LINKS_MAX],
			const struct names_conf *conf, unsigned int flag)
{
	unsigned int count = 0, wanted = flag | IFF_UP;
	struct ifaddrs *list;

	if (getifaddrs(&list) < 0)
		return 0;
	for (struct ifaddrs *ifa = list; ifa && count < LINKS_MAX;
	     ifa = ifa->ifa_next) {
		if (!ifa->ifa_addr || (ifa->ifa_flags & wanted) != wanted ||
		    ifa->ifa_flags & IFF_LOOPBACK ||
		    !allowed(conf, ifa->ifa_name))
			continue;
		if (ifa->ifa_addr->sa_family != AF_INET &&
		    ifa->ifa_addr->sa_family != AF_INET6)
			continue;
		if (fill(&links[count], ifa))
			count++;
	}
	freeifaddrs(list);
	return count;
}

bool link_reaches(const struct link *link, const struct sockaddr_storage *from)
{
	const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)from;
	const struct sockaddr_in *in = (const struct sockaddr_in *)from;

	if (from->ss_family != link->family)
		return false;
	if (link->family == AF_INET6)
		return IN6_IS_ADDR_LINKLOCAL(&in6->sin6_addr) &&
		       in6->sin6_scope_id == link->index;
	return (in->sin_addr.s_addr & link->mask.s_addr) ==
	       (link->address.s_addr & link->mask.s_addr);
}
