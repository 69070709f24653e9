// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * libFuzzer target: a PDU that decodes must encode to one that decodes to the
 * same. String bindings, towers and answers of the endpoint mapper must not make
 * trouble.
 */
#include <stdlib.h>
#include <string.h>

#include "binding.h"
#include "epm.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void same(struct wire_blob *a, struct wire_blob *b)
{
	if (a->len != b->len || (a->len && memcmp(a->ptr, b->ptr, a->len)))
		abort();
	memset(a, 0, sizeof(*a));
	memset(b, 0, sizeof(*b));
}

static struct wire_blob *blob_of(struct rpc_pdu *pdu)
{
	switch (pdu->ptype) {
	case RPC_REQUEST:
		return &pdu->request.stub;
	case RPC_RESPONSE:
		return &pdu->response.stub;
	case RPC_FAULT:
		return &pdu->fault.stub;
	case RPC_BIND_ACK:
	case RPC_ALTER_CONTEXT_RESP:
		return &pdu->bind_ack.secondary;
	}
	return NULL;
}

/* Padding between fields may be shorter the second time, so may offsets. */
static void compare(struct rpc_pdu *a, struct rpc_pdu *b)
{
	if (blob_of(a))
		same(blob_of(a), blob_of(b));
	same(&a->auth.value, &b->auth.value);
	a->frag_len = b->frag_len = 0;
	a->auth.at = b->auth.at = 0;
	a->auth.pad_len = b->auth.pad_len = 0;
	if (memcmp(a, b, sizeof(*a)))
		abort();
}

static void try_pdu(const uint8_t *data, size_t size)
{
	static uint8_t room[2 * RPC_FRAG_MAX];
	struct rpc_pdu first, second;
	struct wire_out out;
	const char *why;

	if (rpc_pdu_decode(data, (uint32_t)size, &first, &why))
		return;
	wire_out_init(&out, room, sizeof(room));
	if (rpc_pdu_encode(&out, &first)) {
		/* Where fields were left out, there are more bytes now. */
		if (size + 64 < RPC_FRAG_MAX)
			abort();
		return;
	}
	if (rpc_pdu_decode(room, out.pos, &second, &why))
		abort();
	compare(&first, &second);
}

static void try_binding(const uint8_t *data, size_t size)
{
	char text[1024], canonical[1024];
	struct rpc_binding binding;
	struct rpc_error err;

	if (size >= sizeof(text))
		return;
	memcpy(text, data, size);
	text[size] = '\0';
	if (rpc_binding_parse(text, &binding, &err) == 0 &&
	    rpc_binding_format(&binding, canonical, sizeof(canonical)) <= 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char endpoint[RPC_ENDPOINT_MAX + 1];
	struct rpc_call call = { .opnum = 3 };
	struct rpc_tower tower;
	struct rpc_error err;
	const char *why;

	if (size > RPC_FRAG_MAX)
		return 0;
	try_pdu(data, size);
	try_binding(data, size);
	rpc_tower_decode(data, (uint32_t)size, &tower, &why);
	call.out = (uint8_t *)(uintptr_t)data;
	call.out_len = size;
	call.big_endian = size & 1;
	rpc_epm_map_decode(&call, RPC_NCACN_IP_TCP, endpoint, &err);
	return 0;
}
