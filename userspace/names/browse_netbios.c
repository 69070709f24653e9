// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * NetBIOS: every node of a link answers for the name "*", and then tells its
 * names (RFC 1002 4.2.17, 4.2.18).
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "browse.h"
#include "lookup.h"

#define NODES_MAX	256
#define MASTERS_MAX	16

/* Who has a name with the suffix 1Dh, as far as the links were searched. */
static struct {
	bool searched;
	unsigned int count;
	struct in_addr masters[MASTERS_MAX];
} found;

/* The first with this suffix, or NULL */
static const struct nbns_node_name *find(const struct nbns_answer *answer,
					 u8 suffix, bool group)
{
	for (u32 i = 0; i < answer->name_count; i++) {
		const struct nbns_node_name *name = &answer->names[i];

		if (name->name.bytes[NBNAME_LEN - 1] == suffix &&
		    !(name->flags & NBNS_GROUP) == !group &&
		    !(name->flags & (NBNS_NAME_DEREGISTERING |
				     NBNS_NAME_CONFLICT)))
			return name;
	}
	return NULL;
}

static void take_node(struct browse *browse, const struct nbns_answer *answer,
		      struct in_addr address)
{
	const struct nbns_node_name *server, *group;
	struct sockaddr_storage reached = address_ipv4(&address, 0);
	struct browse_machine *machine = NULL;
	char text[NBNAME_TEXT_ROOM];

	if (find(answer, NBNAME_MASTER_BROWSER, false) &&
	    found.count < MASTERS_MAX)
		found.masters[found.count++] = address;
	server = find(answer, NBNAME_SERVER, false);
	if (!server || !(browse->sources & 1U << NAMES_BROWSE_NETBIOS))
		return;
	nbname_format_base(&server->name, text);
	machine = browse_add(browse, NAMES_BROWSE_NETBIOS, text);
	if (!machine)
		return;
	browse_reached(machine, &reached);
	group = find(answer, NBNAME_WORKSTATION, true);
	if (!group)
		return;
	nbname_format_base(&group->name, text);
	snprintf(machine->group, sizeof(machine->group), "%s", text);
}

static void search(struct browse *browse, enum names_browse source)
{
	static struct nbns_answer answer;
	struct in_addr nodes[NODES_MAX];
	int count = names_neighbours(browse->conf, nodes, NODES_MAX,
				     browse->deadline);

	found.searched = true;
	found.count = 0;
	if (count < 0)
		browse_failed(browse, source, -count, "the links");
	for (int i = 0; i < count; i++)
		if (names_node_status(browse->conf, nodes[i], &answer,
				      browse->deadline) == 0)
			take_node(browse, &answer, nodes[i]);
}

void browse_netbios(struct browse *browse)
{
	search(browse, NAMES_BROWSE_NETBIOS);
}

unsigned int browse_masters(struct browse *browse,
			    const struct in_addr **masters)
{
	if (!found.searched)
		search(browse, NAMES_BROWSE_RAP);
	*masters = found.masters;
	return found.count;
}
