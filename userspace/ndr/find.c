// SPDX-License-Identifier: GPL-2.0-or-later
/* Interfaces and methods by name. */
#include <string.h>
#include <strings.h>

#include "table.h"

const struct ndr_field ndr_no_params[1];

const struct ndr_interface *ndr_interface_find(const char *name)
{
	const struct ndr_interface *const *i;

	for (i = ndr_interfaces; *i; i++)
		if (!strcasecmp((*i)->name, name))
			return *i;
	return NULL;
}

static bool same_uuid(const struct ndr_uuid *a, const struct ndr_uuid *b)
{
	return a->time_low == b->time_low && a->time_mid == b->time_mid &&
	       a->time_hi_and_version == b->time_hi_and_version &&
	       !memcmp(a->rest, b->rest, sizeof(a->rest));
}

const struct ndr_interface *ndr_interface_find_uuid(const struct ndr_uuid *uuid)
{
	const struct ndr_interface *const *i;

	for (i = ndr_interfaces; *i; i++)
		if (same_uuid(&(*i)->uuid, uuid))
			return *i;
	return NULL;
}

const struct ndr_method *ndr_method_find(const struct ndr_interface *i,
					 const char *name)
{
	uint16_t n;

	for (n = 0; i && n < i->n_methods; n++)
		if (!strcasecmp(i->methods[n].name, name))
			return &i->methods[n];
	return NULL;
}

const struct ndr_method *ndr_method_find_full(const char *name)
{
	const char *dot = strchr(name, '.');
	const struct ndr_interface *const *i;

	for (i = ndr_interfaces; dot && *i; i++)
		if (!strncasecmp((*i)->name, name, dot - name) &&
		    !(*i)->name[dot - name])
			return ndr_method_find(*i, dot + 1);
	return NULL;
}
