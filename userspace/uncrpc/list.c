// SPDX-License-Identifier: GPL-2.0-or-later
/* What there is to call: interfaces, methods, and endpoints of a server. */
#include "inner.h"

#include <stdlib.h>

#include "epm.h"

json_t *uncrpc_interfaces(void)
{
	json_t *list = json_array();
	char uuid[RPC_UUID_TEXT];

	for (unsigned int n = 0; ndr_interfaces[n]; n++) {
		const struct ndr_interface *i = ndr_interfaces[n];

		rpc_uuid_format(&i->uuid, uuid);
		json_array_append_new(list,
			json_pack("{s:s, s:s, s:i, s:i, s:i, s:s?}",
				  "name", i->name, "uuid", uuid,
				  "major", i->major, "minor", i->minor,
				  "methods", i->n_methods,
				  "endpoint", i->endpoint));
	}
	return list;
}

json_t *uncrpc_methods(const char *interface)
{
	const struct ndr_interface *i = ndr_interface_find(interface);
	json_t *list = i ? json_array() : NULL;

	for (unsigned int n = 0; i && n < i->n_methods; n++)
		if (!i->methods[n].not_on_wire)
			json_array_append_new(list, json_pack("{s:i, s:s}",
				"opnum", i->methods[n].opnum,
				"name", i->methods[n].name));
	return list;
}

int uncrpc_describe(const char *method, FILE *to, struct uncrpc_error *err)
{
	const struct ndr_method *m = uncrpc_find(method, err);

	if (!m)
		return err->code;
	ndr_describe(m, to);
	return 0;
}

/* ---- Endpoints ----------------------------------------------------------- */

static json_t *endpoint(const struct rpc_endpoint *e)
{
	const struct rpc_syntax *syntax = &e->tower.interface;
	const struct ndr_interface *i = ndr_interface_find_uuid(&syntax->uuid);
	char uuid[RPC_UUID_TEXT];

	rpc_uuid_format(&syntax->uuid, uuid);
	return json_pack("{s:s, s:i, s:i, s:s, s:s, s:s, s:s, s:s}",
			 "uuid", uuid, "major", syntax->major,
			 "minor", syntax->minor,
			 "interface", i ? i->name : "",
			 "protocol", e->tower.protseq,
			 "endpoint", e->tower.endpoint,
			 "address", e->tower.address,
			 "annotation", e->annotation);
}

json_t *uncrpc_endpoints(struct uncrpc *rpc, struct uncrpc_error *err)
{
	struct rpc_endpoint *list = NULL;
	struct rpc_error why;
	size_t count = 0;
	json_t *made;

	if (rpc_epm_lookup(rpc_client_conn(rpc->client), &list, &count, &why)) {
		uncrpc_fail(err, &why);
		return NULL;
	}
	made = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(made, endpoint(&list[i]));
	free(list);
	return made;
}
