// SPDX-License-Identifier: GPL-2.0-or-later
#include "epm.h"

#include <errno.h>
#include <stdlib.h>

#define OP_LOOKUP	2
#define OP_MAP		3

#define REQUEST_MAX	256
#define HANDLE_LEN	20
#define MAP_TOWERS	4
#define LOOKUP_ENTRIES	100	/* for each call */
#define ENTRIES_MAX	10000	/* of one server */

#define EPT_S_NOT_REGISTERED	0x16c9a0d6

const struct rpc_syntax rpc_epmapper = {
	{ 0xe1af8308, 0x5d1f, 0x11c9,
	  { 0x91, 0xa4, 0x08, 0x00, 0x2b, 0x14, 0xa0, 0xfa } }, 3, 0
};

/*
 * A stub in the order of bytes of its server; only towers are always in ours
 * ([C706] appendix L).
 */
struct stub {
	struct wire_in in;
	bool big;
};

static void stub_init(struct stub *stub, const struct rpc_call *call)
{
	wire_in_init(&stub->in, call->out, (uint32_t)call->out_len);
	stub->big = call->big_endian;
}

static uint32_t take_u32(struct stub *stub, const char *what)
{
	uint32_t v = wire_in_u32(&stub->in, what);

	return stub->big ? __builtin_bswap32(v) : v;
}

static void take_uuid(struct stub *stub, struct ndr_uuid *uuid,
		      const char *what)
{
	rpc_uuid_decode(&stub->in, uuid, what);
	if (!stub->big)
		return;
	uuid->time_low = __builtin_bswap32(uuid->time_low);
	uuid->time_mid = __builtin_bswap16(uuid->time_mid);
	uuid->time_hi_and_version =
		__builtin_bswap16(uuid->time_hi_and_version);
}

static void take_handle(struct stub *stub, struct ndr_context_handle *handle)
{
	handle->context_handle_attributes = take_u32(stub, "entry_handle");
	take_uuid(stub, &handle->context_handle_uuid, "entry_handle");
}

static void put_handle(struct wire_out *out,
		       const struct ndr_context_handle *handle)
{
	wire_out_u32(out, handle->context_handle_attributes);
	rpc_uuid_encode(out, &handle->context_handle_uuid);
}

/* ---- Towers in NDR ------------------------------------------------------ */

/* twr_t: maximum count, tower_length, octets */
static void put_twr(struct wire_out *out, const struct rpc_syntax *interface,
		    enum rpc_protseq protseq)
{
	uint32_t at = out->pos, len;

	wire_out_zero(out, 8);
	rpc_tower_encode(out, interface, protseq);
	len = out->pos - at - 8;
	wire_out_patch_u32(out, at, len);
	wire_out_patch_u32(out, at + 4, len);
	wire_out_align(out, 4);
}

static struct wire_blob take_twr(struct stub *stub)
{
	uint32_t max, len;

	wire_in_align(&stub->in, 4, "tower");
	max = take_u32(stub, "tower.max_count");
	len = take_u32(stub, "tower.tower_length");
	if (max != len)
		wire_in_fail(&stub->in, "tower.tower_length");
	return wire_in_take(&stub->in, len, "tower.tower_octet_string");
}

/* Of a conformant varying array at most @limit elements; how many there are. */
static uint32_t take_bounds(struct stub *stub, uint32_t limit)
{
	uint32_t max = take_u32(stub, "max_count");
	uint32_t offset = take_u32(stub, "offset");
	uint32_t actual = take_u32(stub, "actual_count");

	if (offset || actual > max || actual > limit)
		wire_in_fail(&stub->in, "actual_count");
	return stub->in.err ? 0 : actual;
}

static int malformed(struct rpc_error *err, const char *why)
{
	return rpc_fail(err, -EBADMSG,
			"the endpoint mapper's answer is malformed: %s", why);
}

static int refused(struct rpc_error *err, uint32_t status)
{
	if (status == EPT_S_NOT_REGISTERED)
		return rpc_fail(err, -ENOENT,
				"the server's endpoint mapper does not know the interface");
	return rpc_fail(err, -EREMOTEIO,
			"the endpoint mapper answers with status 0x%08x",
			status);
}

/* ---- ept_map ------------------------------------------------------------ */

static uint32_t map_encode(uint8_t room[REQUEST_MAX],
			   const struct rpc_syntax *interface,
			   enum rpc_protseq protseq)
{
	struct wire_out out;

	wire_out_init(&out, room, REQUEST_MAX);
	wire_out_u32(&out, 0);			/* object: NULL */
	wire_out_u32(&out, 1);			/* map_tower */
	put_twr(&out, interface, protseq);
	wire_out_zero(&out, HANDLE_LEN);
	wire_out_u32(&out, MAP_TOWERS);
	return out.pos;
}

/* The first tower of the transport that was asked for. */
static bool good_tower(const struct wire_blob *octets,
		       enum rpc_protseq protseq, char *endpoint)
{
	const char *name = protseq == RPC_NCACN_NP ? "ncacn_np" :
		"ncacn_ip_tcp";
	struct rpc_tower tower;
	const char *why;

	if (rpc_tower_decode(octets->ptr, octets->len, &tower, &why) ||
	    strcmp(tower.protseq, name) || !*tower.endpoint ||
	    strcmp(tower.endpoint, "0") == 0)
		return false;
	strcpy(endpoint, tower.endpoint);
	return true;
}

int rpc_epm_map_decode(const struct rpc_call *call, enum rpc_protseq protseq,
		       char endpoint[RPC_ENDPOINT_MAX + 1],
		       struct rpc_error *err)
{
	uint32_t count, present[MAP_TOWERS] = { 0 }, status;
	struct wire_blob octets;
	bool found = false;
	struct stub stub;

	stub_init(&stub, call);
	wire_in_skip(&stub.in, HANDLE_LEN, "entry_handle");
	take_u32(&stub, "num_towers");
	count = take_bounds(&stub, MAP_TOWERS);
	for (uint32_t i = 0; i < count; i++)
		present[i] = take_u32(&stub, "towers");
	for (uint32_t i = 0; !stub.in.err && i < count; i++) {
		if (!present[i])
			continue;
		octets = take_twr(&stub);
		if (!stub.in.err && !found)
			found = good_tower(&octets, protseq, endpoint);
	}
	wire_in_align(&stub.in, 4, "status");
	status = take_u32(&stub, "status");
	if (stub.in.err)
		return malformed(err, stub.in.err);
	if (status)
		return refused(err, status);
	return found ? 0 : refused(err, EPT_S_NOT_REGISTERED);
}

int rpc_epm_map(struct rpc_conn *conn, const struct rpc_syntax *interface,
		enum rpc_protseq protseq, char endpoint[RPC_ENDPOINT_MAX + 1],
		struct rpc_error *err)
{
	uint8_t room[REQUEST_MAX];
	struct rpc_call call = {
		.interface = &rpc_epmapper, .opnum = OP_MAP,
		.in = { room, map_encode(room, interface, protseq) },
	};
	int ret = rpc_conn_call(conn, &call, err);

	if (!ret)
		ret = rpc_epm_map_decode(&call, protseq, endpoint, err);
	free(call.out);
	return ret;
}

/* ---- ept_lookup --------------------------------------------------------- */

struct entries {
	struct rpc_endpoint *list;
	size_t count;
	struct ndr_context_handle handle;
	bool more;
};

static uint32_t lookup_encode(uint8_t room[REQUEST_MAX],
			      const struct entries *entries)
{
	struct wire_out out;

	wire_out_init(&out, room, REQUEST_MAX);
	wire_out_u32(&out, 0);			/* rpc_c_ep_all_elts */
	wire_out_u32(&out, 0);			/* object: NULL */
	wire_out_u32(&out, 0);			/* interface_id: NULL */
	wire_out_u32(&out, 1);			/* rpc_c_vers_all */
	put_handle(&out, &entries->handle);
	wire_out_u32(&out, LOOKUP_ENTRIES);
	return out.pos;
}

/* ept_entry_t without its tower; @present: it has one */
static void take_entry(struct stub *stub, struct rpc_endpoint *entry,
		       uint32_t *present)
{
	struct wire_in *in = &stub->in;
	struct wire_blob text;
	uint32_t offset, len;

	wire_in_align(in, 4, "entry");
	take_uuid(stub, &entry->object, "entry.object");
	*present = take_u32(stub, "entry.tower");
	offset = take_u32(stub, "entry.annotation.offset");
	len = take_u32(stub, "entry.annotation.actual_count");
	if (offset || len > RPC_ANNOTATION_MAX)
		wire_in_fail(in, "entry.annotation.actual_count");
	text = wire_in_take(in, len, "entry.annotation");
	for (u32 i = 0; !in->err && i < text.len && text.ptr[i]; i++)
		entry->annotation[i] = text.ptr[i] >= 0x20 &&
			text.ptr[i] < 0x7f ? (char)text.ptr[i] : '?';
}

static void take_entries(struct stub *stub, struct rpc_endpoint *fresh,
			 uint32_t count)
{
	uint32_t present[LOOKUP_ENTRIES] = { 0 };
	struct wire_in *in = &stub->in;
	struct wire_blob octets;
	const char *why;

	for (uint32_t i = 0; i < count; i++)
		take_entry(stub, &fresh[i], &present[i]);
	for (uint32_t i = 0; !in->err && i < count; i++) {
		if (!present[i])
			continue;
		octets = take_twr(stub);
		if (!in->err && rpc_tower_decode(octets.ptr, octets.len,
						 &fresh[i].tower, &why))
			wire_in_fail(in, why);
	}
}

static int lookup_decode(const struct rpc_call *call, struct entries *entries,
			 struct rpc_error *err)
{
	static const struct ndr_context_handle none;
	struct rpc_endpoint *grown;
	uint32_t count, status;
	struct stub stub;

	stub_init(&stub, call);
	take_handle(&stub, &entries->handle);
	take_u32(&stub, "num_ents");
	count = take_bounds(&stub, LOOKUP_ENTRIES);
	grown = realloc(entries->list,
			(entries->count + count + 1) * sizeof(*grown));
	if (!grown)
		return rpc_fail(err, -ENOMEM, "out of memory");
	entries->list = grown;
	memset(grown + entries->count, 0, (count + 1) * sizeof(*grown));
	take_entries(&stub, grown + entries->count, count);
	wire_in_align(&stub.in, 4, "status");
	status = take_u32(&stub, "status");
	if (stub.in.err)
		return malformed(err, stub.in.err);
	entries->count += count;
	/* The end is said by a status, or by a handle that is gone. */
	entries->more = memcmp(&entries->handle, &none, sizeof(none)) != 0 &&
			!status && count && entries->count < ENTRIES_MAX;
	return status && status != EPT_S_NOT_REGISTERED ?
	       refused(err, status) : 0;
}

int rpc_epm_lookup(struct rpc_conn *conn, struct rpc_endpoint **list,
		   size_t *count, struct rpc_error *err)
{
	struct entries entries = { .more = true };
	uint8_t room[REQUEST_MAX];
	int ret = 0;

	while (!ret && entries.more) {
		struct rpc_call call = {
			.interface = &rpc_epmapper, .opnum = OP_LOOKUP,
			.in = { room, lookup_encode(room, &entries) },
		};

		ret = rpc_conn_call(conn, &call, err);
		if (!ret)
			ret = lookup_decode(&call, &entries, err);
		free(call.out);
	}
	if (ret) {
		free(entries.list);
		return ret;
	}
	*list = entries.list;
	*count = entries.count;
	return 0;
}
