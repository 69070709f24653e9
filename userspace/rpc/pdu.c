// SPDX-License-Identifier: GPL-2.0-or-later
#include "pdu.h"

#define VERSION_MAJOR 5
/* Integers little-endian, characters ASCII; floating point IEEE */
#define DREP_LITTLE_ASCII 0x10

const struct rpc_syntax rpc_ndr32 = {
	{ 0x8a885d04, 0x1ceb, 0x11c9,
	  { 0x9f, 0xe8, 0x08, 0x00, 0x2b, 0x10, 0x48, 0x60 } }, 2, 0
};
const struct rpc_syntax rpc_ndr64 = {
	{ 0x71710533, 0xbeba, 0x4937,
	  { 0x83, 0x19, 0xb5, 0xdb, 0xef, 0x9c, 0xcc, 0x36 } }, 1, 0
};

struct rpc_syntax rpc_bind_features(uint8_t features)
{
	return (struct rpc_syntax){
		{ 0x6cb71c2c, 0x9812, 0x4540, { features } }, 1, 0
	};
}

const char *rpc_ptype_name(uint8_t ptype)
{
	static const char *const names[] = {
		[RPC_REQUEST]		= "request",
		[RPC_RESPONSE]		= "response",
		[RPC_FAULT]		= "fault",
		[RPC_BIND]		= "bind",
		[RPC_BIND_ACK]		= "bind_ack",
		[RPC_BIND_NAK]		= "bind_nak",
		[RPC_ALTER_CONTEXT]	= "alter_context",
		[RPC_ALTER_CONTEXT_RESP] = "alter_context_resp",
		[RPC_AUTH3]		= "auth3",
		[RPC_SHUTDOWN]		= "shutdown",
		[RPC_CO_CANCEL]		= "co_cancel",
		[RPC_ORPHANED]		= "orphaned",
	};

	return ptype < ARRAY_SIZE(names) && names[ptype] ? names[ptype] :
		"unknown";
}

/* ---- UUIDs and syntaxes ------------------------------------------------- */

void rpc_uuid_decode(struct wire_in *in, struct ndr_uuid *uuid,
		     const char *what)
{
	uuid->time_low = wire_in_u32(in, what);
	uuid->time_mid = wire_in_u16(in, what);
	uuid->time_hi_and_version = wire_in_u16(in, what);
	wire_in_copy(in, uuid->rest, sizeof(uuid->rest), what);
}

void rpc_uuid_encode(struct wire_out *out, const struct ndr_uuid *uuid)
{
	wire_out_u32(out, uuid->time_low);
	wire_out_u16(out, uuid->time_mid);
	wire_out_u16(out, uuid->time_hi_and_version);
	wire_out_bytes(out, uuid->rest, sizeof(uuid->rest));
}

static void syntax_decode(struct wire_in *in, struct rpc_syntax *syntax,
			  const char *what)
{
	rpc_uuid_decode(in, &syntax->uuid, what);
	syntax->major = wire_in_u16(in, what);
	syntax->minor = wire_in_u16(in, what);
}

void rpc_syntax_encode(struct wire_out *out, const struct rpc_syntax *syntax)
{
	rpc_uuid_encode(out, &syntax->uuid);
	wire_out_u16(out, syntax->major);
	wire_out_u16(out, syntax->minor);
}

bool rpc_syntax_same(const struct rpc_syntax *a, const struct rpc_syntax *b)
{
	return memcmp(&a->uuid, &b->uuid, sizeof(a->uuid)) == 0 &&
	       a->major == b->major && a->minor == b->minor;
}

/* ---- Header and verifier ------------------------------------------------ */

static uint16_t header_decode(struct wire_in *in, struct rpc_pdu *pdu)
{
	const u8 *drep;
	uint16_t auth_len;

	if (wire_in_u8(in, "rpc_vers") != VERSION_MAJOR)
		wire_in_fail(in, "rpc_vers");
	/* Minor version 1 is the OSF's; its PDUs are the same. */
	if (wire_in_u8(in, "rpc_vers_minor") > 1)
		wire_in_fail(in, "rpc_vers_minor");
	pdu->ptype = wire_in_u8(in, "PTYPE");
	pdu->flags = wire_in_u8(in, "pfc_flags");
	drep = wire_in_bytes(in, 4, "packed_drep");
	if (drep && (drep[0] != DREP_LITTLE_ASCII || drep[1] != 0))
		wire_in_fail(in, "packed_drep");
	pdu->frag_len = wire_in_u16(in, "frag_length");
	auth_len = wire_in_u16(in, "auth_length");
	pdu->call_id = wire_in_u32(in, "call_id");
	if (pdu->frag_len < RPC_HEADER_LEN)
		wire_in_fail(in, "frag_length");
	return auth_len;
}

int rpc_pdu_length(const uint8_t *data, const char **why)
{
	struct rpc_pdu pdu;
	struct wire_in in;

	wire_in_init(&in, data, RPC_HEADER_LEN);
	header_decode(&in, &pdu);
	*why = in.err;
	return in.err ? -EBADMSG : pdu.frag_len;
}

/* Shortens @in to the body without its padding. */
static void verifier_decode(struct wire_in *in, struct rpc_pdu *pdu,
			    uint16_t auth_len)
{
	struct rpc_auth_value *auth = &pdu->auth;
	struct wire_in trailer;

	if (!auth_len || in->err)
		return;
	if (auth_len + (u32)RPC_AUTH_TRAILER_LEN > in->len - RPC_HEADER_LEN) {
		wire_in_fail(in, "auth_length");
		return;
	}
	auth->present = true;
	auth->at = in->len - auth_len - RPC_AUTH_TRAILER_LEN;
	trailer = wire_in_sub(in, auth->at, in->len - auth->at, "auth_verifier");
	auth->type = wire_in_u8(&trailer, "auth_type");
	auth->level = wire_in_u8(&trailer, "auth_level");
	auth->pad_len = wire_in_u8(&trailer, "auth_pad_length");
	wire_in_u8(&trailer, "auth_reserved");
	auth->context_id = wire_in_u32(&trailer, "auth_context_id");
	auth->value = wire_in_take(&trailer, auth_len, "auth_value");
	wire_in_join(in, &trailer);
	in->len = auth->at;
	if (auth->pad_len > in->len - in->pos)
		wire_in_fail(in, "auth_pad_length");
	else
		in->len -= auth->pad_len;
}

static bool has_stub(uint8_t ptype)
{
	return ptype == RPC_REQUEST || ptype == RPC_RESPONSE ||
	       ptype == RPC_FAULT;
}

static void header_encode(struct wire_out *out, const struct rpc_pdu *pdu)
{
	wire_out_u8(out, VERSION_MAJOR);
	wire_out_u8(out, 0);
	wire_out_u8(out, pdu->ptype);
	wire_out_u8(out, pdu->flags);
	wire_out_u32(out, DREP_LITTLE_ASCII);
	wire_out_u16(out, 0);		/* frag_length, later */
	wire_out_u16(out, 0);		/* auth_length, later */
	wire_out_u32(out, pdu->call_id);
}

/* The trailer is aligned to four bytes from the PDU's start. */
static void verifier_encode(struct wire_out *out, struct rpc_pdu *pdu)
{
	struct rpc_auth_value *auth = &pdu->auth;
	uint32_t before = wire_out_off(out);

	if (!auth->present)
		return;
	if (has_stub(pdu->ptype))
		wire_out_zero(out, auth->pad_len);
	else
		wire_out_align(out, 4);
	auth->pad_len = (uint8_t)(wire_out_off(out) - before);
	auth->at = wire_out_off(out);
	wire_out_u8(out, auth->type);
	wire_out_u8(out, auth->level);
	wire_out_u8(out, auth->pad_len);
	wire_out_u8(out, 0);
	wire_out_u32(out, auth->context_id);
	if (auth->value.ptr)
		wire_out_blob(out, &auth->value);
	else
		wire_out_zero(out, auth->value.len);
}

/* ---- bind, alter_context ------------------------------------------------ */

static void context_decode(struct wire_in *in, struct rpc_context *context)
{
	context->id = wire_in_u16(in, "p_cont_id");
	context->transfer_count = wire_in_u8(in, "n_transfer_syn");
	wire_in_u8(in, "reserved");
	syntax_decode(in, &context->abstract, "abstract_syntax");
	if (!context->transfer_count ||
	    context->transfer_count > RPC_TRANSFERS_MAX)
		wire_in_fail(in, "n_transfer_syn");
	for (int i = 0; !in->err && i < context->transfer_count; i++)
		syntax_decode(in, &context->transfer[i], "transfer_syntaxes");
}

static void bind_decode(struct wire_in *in, struct rpc_bind *bind)
{
	bind->max_xmit = wire_in_u16(in, "max_xmit_frag");
	bind->max_recv = wire_in_u16(in, "max_recv_frag");
	bind->assoc_group = wire_in_u32(in, "assoc_group_id");
	bind->context_count = wire_in_u8(in, "n_context_elem");
	wire_in_skip(in, 3, "reserved");
	if (!bind->context_count || bind->context_count > RPC_CONTEXTS_MAX)
		wire_in_fail(in, "n_context_elem");
	for (int i = 0; !in->err && i < bind->context_count; i++)
		context_decode(in, &bind->context[i]);
}

static int bind_encode(struct wire_out *out, const struct rpc_bind *bind)
{
	if (bind->context_count > RPC_CONTEXTS_MAX)
		return -EINVAL;
	wire_out_u16(out, bind->max_xmit);
	wire_out_u16(out, bind->max_recv);
	wire_out_u32(out, bind->assoc_group);
	wire_out_u32(out, bind->context_count);
	for (int i = 0; i < bind->context_count; i++) {
		const struct rpc_context *context = &bind->context[i];

		if (context->transfer_count > RPC_TRANSFERS_MAX)
			return -EINVAL;
		wire_out_u16(out, context->id);
		wire_out_u16(out, context->transfer_count);
		rpc_syntax_encode(out, &context->abstract);
		for (int t = 0; t < context->transfer_count; t++)
			rpc_syntax_encode(out, &context->transfer[t]);
	}
	return 0;
}

/* ---- bind_ack, alter_context_resp, bind_nak ----------------------------- */

static void bind_ack_decode(struct wire_in *in, struct rpc_bind_ack *ack)
{
	ack->max_xmit = wire_in_u16(in, "max_xmit_frag");
	ack->max_recv = wire_in_u16(in, "max_recv_frag");
	ack->assoc_group = wire_in_u32(in, "assoc_group_id");
	ack->secondary = wire_in_take(in, wire_in_u16(in, "sec_addr.length"),
				      "sec_addr");
	wire_in_align(in, 4, "pad2");
	ack->result_count = wire_in_u8(in, "n_results");
	wire_in_skip(in, 3, "reserved");
	if (ack->result_count > RPC_CONTEXTS_MAX)
		wire_in_fail(in, "n_results");
	for (int i = 0; !in->err && i < ack->result_count; i++) {
		ack->result[i].result = wire_in_u16(in, "result");
		ack->result[i].reason = wire_in_u16(in, "reason");
		syntax_decode(in, &ack->result[i].transfer, "transfer_syntax");
	}
}

static int bind_ack_encode(struct wire_out *out, const struct rpc_bind_ack *ack)
{
	if (ack->result_count > RPC_CONTEXTS_MAX || ack->secondary.len > U16_MAX)
		return -EINVAL;
	wire_out_u16(out, ack->max_xmit);
	wire_out_u16(out, ack->max_recv);
	wire_out_u32(out, ack->assoc_group);
	wire_out_u16(out, (u16)ack->secondary.len);
	wire_out_blob(out, &ack->secondary);
	wire_out_align(out, 4);
	wire_out_u32(out, ack->result_count);
	for (int i = 0; i < ack->result_count; i++) {
		wire_out_u16(out, ack->result[i].result);
		wire_out_u16(out, ack->result[i].reason);
		rpc_syntax_encode(out, &ack->result[i].transfer);
	}
	return 0;
}

/* Some servers end after the reason; Windows puts a signature behind. */
static void bind_nak_decode(struct wire_in *in, struct rpc_bind_nak *nak)
{
	nak->reason = wire_in_u16(in, "provider_reject_reason");
	if (!wire_in_left(in))
		return;
	nak->version_count = wire_in_u8(in, "n_protocols");
	if (nak->version_count > RPC_VERSIONS_MAX)
		wire_in_fail(in, "n_protocols");
	for (int i = 0; !in->err && i < nak->version_count; i++) {
		nak->version[i].major = wire_in_u8(in, "versions");
		nak->version[i].minor = wire_in_u8(in, "versions");
	}
}

static int bind_nak_encode(struct wire_out *out, const struct rpc_bind_nak *nak)
{
	if (nak->version_count > RPC_VERSIONS_MAX)
		return -EINVAL;
	wire_out_u16(out, nak->reason);
	wire_out_u8(out, nak->version_count);
	for (int i = 0; i < nak->version_count; i++) {
		wire_out_u8(out, nak->version[i].major);
		wire_out_u8(out, nak->version[i].minor);
	}
	return 0;
}

/* ---- request, response, fault ------------------------------------------- */

static struct wire_blob rest_decode(struct wire_in *in)
{
	return wire_in_take(in, wire_in_left(in), "stub_data");
}

static void request_decode(struct wire_in *in, struct rpc_pdu *pdu)
{
	struct rpc_request *request = &pdu->request;

	request->alloc_hint = wire_in_u32(in, "alloc_hint");
	request->context_id = wire_in_u16(in, "p_cont_id");
	request->opnum = wire_in_u16(in, "opnum");
	if (pdu->flags & RPC_PFC_OBJECT_UUID)
		rpc_uuid_decode(in, &request->object, "object");
	request->stub = rest_decode(in);
}

static void request_encode(struct wire_out *out, const struct rpc_pdu *pdu)
{
	const struct rpc_request *request = &pdu->request;

	wire_out_u32(out, request->alloc_hint);
	wire_out_u16(out, request->context_id);
	wire_out_u16(out, request->opnum);
	if (pdu->flags & RPC_PFC_OBJECT_UUID)
		rpc_uuid_encode(out, &request->object);
	wire_out_blob(out, &request->stub);
}

static void response_decode(struct wire_in *in, struct rpc_response *response)
{
	response->alloc_hint = wire_in_u32(in, "alloc_hint");
	response->context_id = wire_in_u16(in, "p_cont_id");
	response->cancel_count = wire_in_u8(in, "cancel_count");
	wire_in_u8(in, "reserved");
	response->stub = rest_decode(in);
}

static void response_encode(struct wire_out *out,
			    const struct rpc_response *response)
{
	wire_out_u32(out, response->alloc_hint);
	wire_out_u16(out, response->context_id);
	wire_out_u16(out, response->cancel_count);
	wire_out_blob(out, &response->stub);
}

/* The four reserved bytes are absent when a server is careless. */
static void fault_decode(struct wire_in *in, struct rpc_fault *fault)
{
	fault->alloc_hint = wire_in_u32(in, "alloc_hint");
	fault->context_id = wire_in_u16(in, "p_cont_id");
	fault->cancel_count = wire_in_u8(in, "cancel_count");
	fault->flags = wire_in_u8(in, "reserved");
	fault->status = wire_in_u32(in, "status");
	if (wire_in_left(in))
		wire_in_skip(in, 4, "reserved2");
	fault->stub = rest_decode(in);
}

static void fault_encode(struct wire_out *out, const struct rpc_fault *fault)
{
	wire_out_u32(out, fault->alloc_hint);
	wire_out_u16(out, fault->context_id);
	wire_out_u8(out, fault->cancel_count);
	wire_out_u8(out, fault->flags);
	wire_out_u32(out, fault->status);
	wire_out_zero(out, 4);
	wire_out_blob(out, &fault->stub);
}

/* ---- All of them -------------------------------------------------------- */

static void body_decode(struct wire_in *in, struct rpc_pdu *pdu)
{
	switch (pdu->ptype) {
	case RPC_REQUEST:
		request_decode(in, pdu);
		break;
	case RPC_RESPONSE:
		response_decode(in, &pdu->response);
		break;
	case RPC_FAULT:
		fault_decode(in, &pdu->fault);
		break;
	case RPC_BIND:
	case RPC_ALTER_CONTEXT:
		bind_decode(in, &pdu->bind);
		break;
	case RPC_BIND_ACK:
	case RPC_ALTER_CONTEXT_RESP:
		bind_ack_decode(in, &pdu->bind_ack);
		break;
	case RPC_BIND_NAK:
		bind_nak_decode(in, &pdu->bind_nak);
		break;
	case RPC_AUTH3:
	case RPC_SHUTDOWN:
	case RPC_CO_CANCEL:
	case RPC_ORPHANED:
		break;
	default:
		wire_in_fail(in, "PTYPE");
	}
}

int rpc_pdu_decode(const uint8_t *data, uint32_t len, struct rpc_pdu *pdu,
		   const char **why)
{
	struct wire_in in;
	uint16_t auth_len;

	memset(pdu, 0, sizeof(*pdu));
	wire_in_init(&in, data, len);
	auth_len = header_decode(&in, pdu);
	if (!in.err && pdu->frag_len != len)
		wire_in_fail(&in, "frag_length");
	verifier_decode(&in, pdu, auth_len);
	if (!in.err)
		body_decode(&in, pdu);
	*why = in.err;
	return wire_in_errno(&in);
}

static int body_encode(struct wire_out *out, const struct rpc_pdu *pdu)
{
	switch (pdu->ptype) {
	case RPC_REQUEST:
		request_encode(out, pdu);
		return 0;
	case RPC_RESPONSE:
		response_encode(out, &pdu->response);
		return 0;
	case RPC_FAULT:
		fault_encode(out, &pdu->fault);
		return 0;
	case RPC_BIND:
	case RPC_ALTER_CONTEXT:
		return bind_encode(out, &pdu->bind);
	case RPC_BIND_ACK:
	case RPC_ALTER_CONTEXT_RESP:
		return bind_ack_encode(out, &pdu->bind_ack);
	case RPC_BIND_NAK:
		return bind_nak_encode(out, &pdu->bind_nak);
	case RPC_AUTH3:
		wire_out_zero(out, 4);	/* [MS-RPCE] 2.2.2.5 */
		return 0;
	case RPC_SHUTDOWN:
	case RPC_CO_CANCEL:
	case RPC_ORPHANED:
		return 0;
	}
	return -EINVAL;
}

int rpc_pdu_encode(struct wire_out *out, struct rpc_pdu *pdu)
{
	uint32_t start = out->pos, len;
	int ret;

	out->pdu = start;
	header_encode(out, pdu);
	ret = body_encode(out, pdu);
	if (ret)
		return ret;
	verifier_encode(out, pdu);
	len = out->pos - start;
	if (out->overflow || len > RPC_FRAG_MAX)
		return -EMSGSIZE;
	pdu->frag_len = (uint16_t)len;
	wire_out_patch_u16(out, start + 8, pdu->frag_len);
	if (pdu->auth.present)
		wire_out_patch_u16(out, start + 10, (u16)pdu->auth.value.len);
	return 0;
}
