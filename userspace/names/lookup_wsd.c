// SPDX-License-Identifier: GPL-2.0-or-later
/* A name, and all names, by WS-Discovery. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "browse.h"
#include "wsd_search.h"

static void found_name(void *data, const struct wsd_computer *computer,
		       const struct sockaddr_storage *from)
{
	struct lookup *lookup = data;

	if (strcasecmp(computer->name, lookup->question->host) != 0)
		return;
	if (!lookup->result->from.ss_family)
		lookup->result->from = *from;
	if (result_add(lookup->result, from))
		lookup->result->status = NAMES_FOUND;
}

void lookup_wsd(struct lookup *lookup)
{
	const struct wsd_finder finder = {
		.found = found_name, .data = lookup,
	};
	struct names_result *result = lookup->result;
	int ret;

	if (lookup->question->suffixed || strchr(lookup->question->host, '.')) {
		result_set(result, NAMES_SKIPPED, "not a single label");
		return;
	}
	ret = wsd_search(lookup->conf, lookup->deadline, &finder);
	if (result->status == NAMES_FOUND)
		return;
	if (ret)
		result_fail(result, ret);
	else
		result_set(result, NAMES_NOT_FOUND,
			   "others answered, none has the name");
}

static void found_machine(void *data, const struct wsd_computer *computer,
			  const struct sockaddr_storage *from)
{
	struct browse_machine *machine = browse_add(data, NAMES_BROWSE_WSD,
						    computer->name);

	if (!machine)
		return;
	browse_reached(machine, from);
	if (!*machine->group)
		snprintf(machine->group, sizeof(machine->group), "%s",
			 computer->group);
}

void browse_wsd(struct browse *browse)
{
	const struct wsd_finder finder = {
		.found = found_machine, .data = browse,
	};
	int ret = wsd_search(browse->conf, browse->deadline, &finder);

	if (ret && ret != -ETIMEDOUT)
		browse_failed(browse, NAMES_BROWSE_WSD, -ret, "the links");
}
