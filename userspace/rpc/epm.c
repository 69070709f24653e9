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

static struct wire_blob take_twr(struct wire_in *in)
{
	uint32_t max, len;

	wire_in_align(in, 4, "tower");
	max = wire_in_u32(in, "tower.max_count");
	len = wire_in_u32(in, "tower.tower_length");
	if (max != len)
		wire_in_fail(in, "tower.tower_length");
	return wire_in_take(in, len, "tower.tower_octet_string");
}

/* Of a conformant varying array at most @limit elements; how many there are. */
static uint32_t take_bounds(struct wire_in *in, uint32_t limit)
{
	uint32_t max = wire_in_u32(in, "max_count");
	uint32_t offset = wire_in_u32(in, "offset");
	uint32_t actual = wire_in_u32(in, "actual_count");

	if (offset || actual > max || actual > limit)
		wire_in_fail(in, "actual_count");
	return in->err ? 0 : actual;
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

int rpc_epm_map_decode(const uint8_t *stub, uint32_t len,
		       enum rpc_protseq protseq,
		       char endpoint[RPC_ENDPOINT_MAX + 1],
		       struct rpc_error *err)
{
	uint32_t count, present[MAP_TOWERS] = { 0 }, status;
	struct wire_blob octets;
	bool found = false;
	struct wire_in in;

	wire_in_init(&in, stub, len);
	wire_in_skip(&in, HANDLE_LEN, "entry_handle");
	wire_in_u32(&in, "num_towers");
	count = take_bounds(&in, MAP_TOWERS);
	for (uint32_t i = 0; i < count; i++)
		present[i] = wire_in_u32(&in, "towers");
	for (uint32_t i = 0; !in.err && i < count; i++) {
		if (!present[i])
			continue;
		octets = take_twr(&in);
		if (!in.err && !found)
			found = good_tower(&octets, protseq, endpoint);
	}
	wire_in_align(&in, 4, "status");
	status = wire_in_u32(&in, "status");
	if (in.err)
		return malformed(err, in.err);
	if (status)
		return refused(err, status);
	return found ? 0 : refused(err, EPT_S_NOT_REGISTERED);
}

/* What is read here by hand is in our order only. */
static int ask(struct rpc_conn *conn, struct rpc_call *call,
	       struct rpc_error *err)
{
	int ret = rpc_conn_call(conn, call, err);

	if (ret || !call->big_endian)
		return ret;
	return rpc_fail(err, -EOPNOTSUPP,
			"the endpoint mapper answers in the other byte order: name the endpoint in the binding");
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
	int ret = ask(conn, &call, err);

	if (!ret)
		ret = rpc_epm_map_decode(call.out, (uint32_t)call.out_len,
					 protseq, endpoint, err);
	free(call.out);
	return ret;
}

/* ---- ept_lookup --------------------------------------------------------- */

struct entries {
	struct rpc_endpoint *list;
	size_t count;
	uint8_t handle[HANDLE_LEN];
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
	wire_out_bytes(&out, entries->handle, HANDLE_LEN);
	wire_out_u32(&out, LOOKUP_ENTRIES);
	return out.pos;
}

/* ept_entry_t without its tower; @present: it has one */
static void take_entry(struct wire_in *in, struct rpc_endpoint *entry,
		       uint32_t *present)
{
	struct wire_blob text;
	uint32_t offset, len;

	wire_in_align(in, 4, "entry");
	rpc_uuid_decode(in, &entry->object, "entry.object");
	*present = wire_in_u32(in, "entry.tower");
	offset = wire_in_u32(in, "entry.annotation.offset");
	len = wire_in_u32(in, "entry.annotation.actual_count");
	if (offset || len > RPC_ANNOTATION_MAX)
		wire_in_fail(in, "entry.annotation.actual_count");
	text = wire_in_take(in, len, "entry.annotation");
	for (u32 i = 0; !in->err && i < text.len && text.ptr[i]; i++)
		entry->annotation[i] = text.ptr[i] >= 0x20 &&
			text.ptr[i] < 0x7f ? (char)text.ptr[i] : '?';
}

static void take_entries(struct wire_in *in, struct rpc_endpoint *fresh,
			 uint32_t count)
{
	uint32_t present[LOOKUP_ENTRIES] = { 0 };
	struct wire_blob octets;
	const char *why;

	for (uint32_t i = 0; i < count; i++)
		take_entry(in, &fresh[i], &present[i]);
	for (uint32_t i = 0; !in->err && i < count; i++) {
		if (!present[i])
			continue;
		octets = take_twr(in);
		if (!in->err && rpc_tower_decode(octets.ptr, octets.len,
						 &fresh[i].tower, &why))
			wire_in_fail(in, why);
	}
}

static int lookup_decode(const struct rpc_call *call, struct entries *entries,
			 struct rpc_error *err)
{
	struct rpc_endpoint *grown;
	uint32_t count, status;
	struct wire_in in;

	wire_in_init(&in, call->out, (uint32_t)call->out_len);
	wire_in_copy(&in, entries->handle, HANDLE_LEN, "entry_handle");
	wire_in_u32(&in, "num_ents");
	count = take_bounds(&in, LOOKUP_ENTRIES);
	grown = realloc(entries->list,
			(entries->count + count + 1) * sizeof(*grown));
	if (!grown)
		return rpc_fail(err, -ENOMEM, "out of memory");
	entries->list = grown;
	memset(grown + entries->count, 0, (count + 1) * sizeof(*grown));
	take_entries(&in, grown + entries->count, count);
	wire_in_align(&in, 4, "status");
	status = wire_in_u32(&in, "status");
	if (in.err)
		return malformed(err, in.err);
	entries->count += count;
	/* The end is said by a status, or by a handle that is gone. */
	entries->more = false;
	for (int i = 0; i < HANDLE_LEN; i++)
		entries->more |= entries->handle[i] != 0;
	entries->more &= !status && count && entries->count < ENTRIES_MAX;
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

		ret = ask(conn, &call, err);
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
