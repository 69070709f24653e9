// SPDX-License-Identifier: GPL-2.0-or-later
/* Services of type _smb._tcp by multicast DNS: RFC 6762 5.1, RFC 6763 4. */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "browse.h"
#include "llmnr.h"
#include "lookup.h"
#include "mdns.h"

#define TYPE_PTR	12

struct search {
	struct browse *browse;
	struct dnsname type;
	u16 id;
	struct mdns_answer answer;
};

static void take_service(struct browse *browse,
			 const struct mdns_service *service,
			 const struct sockaddr_storage *from)
{
	struct browse_machine *machine = browse_add(browse, NAMES_BROWSE_MDNS,
						    service->name);
	struct sockaddr_storage address = *from;

	if (!machine)
		return;
	if (service->has_address)
		address = address_ipv4(service->address, 0);
	browse_reached(machine, &address);
}

static enum exchange_verdict take(struct exchange *x,
				  const struct exchange_route *route,
				  const struct sockaddr_storage *from,
				  const struct wire_blob *msg)
{
	struct search *search = x->data;

	if (mdns_answer_decode(msg->ptr, msg->len, &search->type,
			       &search->answer, NULL) < 0 ||
	    search->answer.id != search->id)
		return EXCHANGE_IGNORE;
	for (u32 i = 0; i < search->answer.count; i++)
		take_service(search->browse, &search->answer.services[i], from);
	return EXCHANGE_NOTED;
}

void browse_mdns(struct browse *browse)
{
	static struct search search;
	struct link links[LINKS_MAX];
	u8 message[512];
	struct exchange x = {
		.message_count = 1,
		.patience = browse->conf->mdns,
		.settle_ms = browse->conf->mdns.timeout_ms,
		.deadline = browse->deadline,
		.take = take,
		.data = &search,
	};
	int len, ret = -ENETUNREACH;

	search = (struct search){ .browse = browse, .id = exchange_id() };
	dnsname_from_text(&search.type, MDNS_SMB);
	len = llmnr_query_encode(message, sizeof(message), search.id,
				 &search.type, TYPE_PTR);
	x.messages[0] = (struct wire_blob){ message, (u32)len };
	lookup_add_groups(&x, links, &lookup_mdns_groups, browse->conf);
	if (x.route_count)
		ret = exchange_run(&x);
	if (ret && ret != -ETIMEDOUT)
		browse_failed(browse, NAMES_BROWSE_MDNS, -ret, "the links");
}
