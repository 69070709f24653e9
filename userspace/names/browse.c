// SPDX-License-Identifier: GPL-2.0-or-later
#include "browse.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define MACHINES_MAX	8192

static void (*const sources[NAMES_BROWSES])(struct browse *browse) = {
	[NAMES_BROWSE_NETBIOS]	= browse_netbios,
	[NAMES_BROWSE_RAP]	= browse_rap,
	[NAMES_BROWSE_MDNS]	= browse_mdns,
	[NAMES_BROWSE_WSD]	= browse_wsd,
};

struct browse_machine *browse_add(struct browse *browse,
				  enum names_browse source, const char *name)
{
	struct browse_machine *machine, *more;

	for (unsigned int i = 0; i < browse->count; i++) {
		machine = &browse->machines[i];
		if (strcasecmp(machine->name, name) == 0) {
			machine->sources |= 1U << source;
			return machine;
		}
	}
	if (browse->count == MACHINES_MAX)
		return NULL;
	more = reallocarray(browse->machines, browse->count + 1, sizeof(*more));
	if (!more)
		return NULL;
	browse->machines = more;
	machine = &more[browse->count++];
	memset(machine, 0, sizeof(*machine));
	snprintf(machine->name, sizeof(machine->name), "%s", name);
	machine->sources = 1U << source;
	return machine;
}

void browse_failed(struct browse *browse, enum names_browse source, int error,
		   const char *what)
{
	struct browse_status *status = &browse->status[source];

	status->error = error;
	snprintf(status->message, sizeof(status->message), "%s%s%s", what,
		 error ? ": " : "", error ? strerror(error) : "");
}

static int by_name(const void *a, const void *b)
{
	const struct browse_machine *x = a, *y = b;

	return strcasecmp(x->name, y->name);
}

bool browse_run(struct browse *browse)
{
	for (int i = 0; i < NAMES_BROWSES; i++) {
		if (!(browse->sources & 1U << i))
			continue;
		browse->status[i].asked = true;
		sources[i](browse);
	}
	if (browse->count)
		qsort(browse->machines, browse->count,
		      sizeof(*browse->machines), by_name);
	return true;
}

void browse_free(struct browse *browse)
{
	free(browse->machines);
	browse->machines = NULL;
	browse->count = 0;
}
