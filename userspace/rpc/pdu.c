// SPDX-License-Identifier: GPL-2.0-or-later
#include "pdu.h"

#define VERSION_MAJOR 5
/* First byte of the format label: least significant byte first, [C706] 14.1 */
#define DREP_LITTLE 0x10

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

/* ---- Numbers in the order of the PDU; NULL: least significant byte first -- */

static bool is_big(const struct rpc_pdu *pdu)
{
	return pdu && pdu->big_endian;
}

static u16 in16(struct wire_in *in, const struct rpc_pdu *pdu, const char *what)
{
	u16 v = wire_in_u16(in, what);

	return is_big(pdu) ? __builtin_bswap16(v) : v;
}

static u32 in32(struct wire_in *in, const struct rpc_pdu *pdu, const char *what)
{
	u32 v = wire_in_u32(in, what);

	return is_big(pdu) ? __builtin_bswap32(v) : v;
}

static void out16(struct wire_out *out, const struct rpc_pdu *pdu, u16 v)
{
	wire_out_u16(out, is_big(pdu) ? __builtin_bswap16(v) : v);
}

static void out32(struct wire_out *out, const struct rpc_pdu *pdu, u32 v)
{
	wire_out_u32(out, is_big(pdu) ? __builtin_bswap32(v) : v);
}

static void patch16(struct wire_out *out, const struct rpc_pdu *pdu, u32 at,
		    u16 v)
{
	wire_out_patch_u16(out, at, is_big(pdu) ? __builtin_bswap16(v) : v);
}

/* ---- UUIDs and syntaxes -------------------------------------------------- */

static void uuid_decode(struct wire_in *in, const struct rpc_pdu *pdu,
			struct ndr_uuid *uuid, const char *what)
{
	uuid->time_low = in32(in, pdu, what);
	uuid->time_mid = in16(in, pdu, what);
	uuid->time_hi_and_version = in16(in, pdu, what);
	wire_in_copy(in, uuid->rest, sizeof(uuid->rest), what);
}

void rpc_uuid_decode(struct wire_in *in, struct ndr_uuid *uuid,
		     const char *what)
{
	uuid_decode(in, NULL, uuid, what);
}

static void uuid_encode(struct wire_out *out, const struct rpc_pdu *pdu,
			const struct ndr_uuid *uuid)
{
	out32(out, pdu, uuid->time_low);
	out16(out, pdu, uuid->time_mid);
	out16(out, pdu, uuid->time_hi_and_version);
	wire_out_bytes(out, uuid->rest, sizeof(uuid->rest));
}

void rpc_uuid_encode(struct wire_out *out, const struct ndr_uuid *uuid)
{
	uuid_encode(out, NULL, uuid);
}

static void syntax_decode(struct wire_in *in, const struct rpc_pdu *pdu,
			  struct rpc_syntax *syntax, const char *what)
{
	uuid_decode(in, pdu, &syntax->uuid, what);
	syntax->major = in16(in, pdu, what);
	syntax->minor = in16(in, pdu, what);
}

static void syntax_encode(struct wire_out *out, const struct rpc_pdu *pdu,
			  const struct rpc_syntax *syntax)
{
	uuid_encode(out, pdu, &syntax->uuid);
	out16(out, pdu, syntax->major);
	out16(out, pdu, syntax->minor);
}

void rpc_syntax_encode(struct wire_out *out, const struct rpc_syntax *syntax)
{
	syntax_encode(out, NULL, syntax);
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
	/* Numbers in either order; ASCII and IEEE 754. */
	if (drep && ((drep[0] & ~DREP_LITTLE) || drep[1]))
		wire_in_fail(in, "packed_drep");
	pdu->big_endian = drep && !drep[0];
	pdu->frag_len = in16(in, pdu, "frag_length");
	auth_len = in16(in, pdu, "auth_length");
	pdu->call_id = in32(in, pdu, "call_id");
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
	auth->context_id = in32(&trailer, pdu, "auth_context_id");
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
	wire_out_u8(out, pdu->big_endian ? 0 : DREP_LITTLE);
	wire_out_zero(out, 3);
	out16(out, pdu, 0);		/* frag_length, later */
	out16(out, pdu, 0);		/* auth_length, later */
	out32(out, pdu, pdu->call_id);
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
	out32(out, pdu, auth->context_id);
	if (auth->value.ptr)
		wire_out_blob(out, &auth->value);
	else
		wire_out_zero(out, auth->value.len);
}

/* ---- bind, alter_context ------------------------------------------------ */

static void context_decode(struct wire_in *in, const struct rpc_pdu *pdu,
			   struct rpc_context *context)
{
	context->id = in16(in, pdu, "p_cont_id");
	context->transfer_count = wire_in_u8(in, "n_transfer_syn");
	wire_in_u8(in, "reserved");
	syntax_decode(in, pdu, &context->abstract, "abstract_syntax");
	if (!context->transfer_count ||
	    context->transfer_count > RPC_TRANSFERS_MAX)
		wire_in_fail(in, "n_transfer_syn");
	for (int i = 0; !in->err && i < context->transfer_count; i++)
		syntax_decode(in, pdu, &context->transfer[i], "transfer_syntaxes");
}

static void bind_decode(struct wire_in *in, struct rpc_pdu *pdu)
{
	struct rpc_bind *bind = &pdu->bind;

	bind->max_xmit = in16(in, pdu, "max_xmit_frag");
	bind->max_recv = in16(in, pdu, "max_recv_frag");
	bind->assoc_group = in32(in, pdu, "assoc_group_id");
	bind->context_count = wire_in_u8(in, "n_context_elem");
	wire_in_skip(in, 3, "reserved");
	if (!bind->context_count || bind->context_count > RPC_CONTEXTS_MAX)
		wire_in_fail(in, "n_context_elem");
	for (int i = 0; !in->err && i < bind->context_count; i++)
		context_decode(in, pdu, &bind->context[i]);
}

static int bind_encode(struct wire_out *out, const struct rpc_pdu *pdu)
{
	const struct rpc_bind *bind = &pdu->bind;

	if (bind->context_count > RPC_CONTEXTS_MAX)
		return -EINVAL;
	out16(out, pdu, bind->max_xmit);
	out16(out, pdu, bind->max_recv);
	out32(out, pdu, bind->assoc_group);
	wire_out_u8(out, bind->context_count);
	wire_out_zero(out, 3);
	for (int i = 0; i < bind->context_count; i++) {
		const struct rpc_context *context = &bind->context[i];

		if (context->transfer_count > RPC_TRANSFERS_MAX)
			return -EINVAL;
		out16(out, pdu, context->id);
		wire_out_u8(out, context->transfer_count);
		wire_out_u8(out, 0);
		syntax_encode(out, pdu, &context->abstract);
		for (int t = 0; t < context->transfer_count; t++)
			syntax_encode(out, pdu, &context->transfer[t]);
	}
	return 0;
}

/* ---- bind_ack, alter_context_resp, bind_nak ----------------------------- */

static void bind_ack_decode(struct wire_in *in, struct rpc_pdu *pdu)
{
	struct rpc_bind_ack *ack = &pdu->bind_ack;

	ack->max_xmit = in16(in, pdu, "max_xmit_frag");
	ack->max_recv = in16(in, pdu, "max_recv_frag");
	ack->assoc_group = in32(in, pdu, "assoc_group_id");
	ack->secondary = wire_in_take(in, in16(in, pdu, "sec_addr.length"),
				      "sec_addr");
	wire_in_align(in, 4, "pad2");
	ack->result_count = wire_in_u8(in, "n_results");
	wire_in_skip(in, 3, "reserved");
	if (ack->result_count > RPC_CONTEXTS_MAX)
		wire_in_fail(in, "n_results");
	for (int i = 0; !in->err && i < ack->result_count; i++) {
		ack->result[i].result = in16(in, pdu, "result");
		ack->result[i].reason = in16(in, pdu, "reason");
		syntax_decode(in, pdu, &ack->result[i].transfer, "transfer_syntax");
	}
}

static int bind_ack_encode(struct wire_out *out, const struct rpc_pdu *pdu)
{
	const struct rpc_bind_ack *ack = &pdu->bind_ack;

	if (ack->result_count > RPC_CONTEXTS_MAX || ack->secondary.len > U16_MAX)
		return -EINVAL;
	out16(out, pdu, ack->max_xmit);
	out16(out, pdu, ack->max_recv);
	out32(out, pdu, ack->assoc_group);
	out16(out, pdu, (u16)ack->secondary.len);
	wire_out_blob(out, &ack->secondary);
	wire_out_align(out, 4);
	wire_out_u8(out, ack->result_count);
	wire_out_zero(out, 3);
	for (int i = 0; i < ack->result_count; i++) {
		out16(out, pdu, ack->result[i].result);
		out16(out, pdu, ack->result[i].reason);
		syntax_encode(out, pdu, &ack->result[i].transfer);
	}
	return 0;
}

/* Some servers end after the reason; Windows puts a signature behind. */
static void bind_nak_decode(struct wire_in *in, struct rpc_pdu *pdu)
{
	struct rpc_bind_nak *nak = &pdu->bind_nak;

	nak->reason = in16(in, pdu, "provider_reject_reason");
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

static int bind_nak_encode(struct wire_out *out, const struct rpc_pdu *pdu)
{
	const struct rpc_bind_nak *nak = &pdu->bind_nak;

	if (nak->version_count > RPC_VERSIONS_MAX)
		return -EINVAL;
	out16(out, pdu, nak->reason);
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

	request->alloc_hint = in32(in, pdu, "alloc_hint");
	request->context_id = in16(in, pdu, "p_cont_id");
	request->opnum = in16(in, pdu, "opnum");
	if (pdu->flags & RPC_PFC_OBJECT_UUID)
		uuid_decode(in, pdu, &request->object, "object");
	request->stub = rest_decode(in);
}

static void request_encode(struct wire_out *out, const struct rpc_pdu *pdu)
{
	const struct rpc_request *request = &pdu->request;

	out32(out, pdu, request->alloc_hint);
	out16(out, pdu, request->context_id);
	out16(out, pdu, request->opnum);
	if (pdu->flags & RPC_PFC_OBJECT_UUID)
		uuid_encode(out, pdu, &request->object);
	wire_out_blob(out, &request->stub);
}

static void response_decode(struct wire_in *in, struct rpc_pdu *pdu)
{
	struct rpc_response *response = &pdu->response;

	response->alloc_hint = in32(in, pdu, "alloc_hint");
	response->context_id = in16(in, pdu, "p_cont_id");
	response->cancel_count = wire_in_u8(in, "cancel_count");
	wire_in_u8(in, "reserved");
	response->stub = rest_decode(in);
}

static void response_encode(struct wire_out *out, const struct rpc_pdu *pdu)
{
	const struct rpc_response *response = &pdu->response;

	out32(out, pdu, response->alloc_hint);
	out16(out, pdu, response->context_id);
	wire_out_u8(out, response->cancel_count);
	wire_out_u8(out, 0);
	wire_out_blob(out, &response->stub);
}

/* The four reserved bytes are absent when a server is careless. */
static void fault_decode(struct wire_in *in, struct rpc_pdu *pdu)
{
	struct rpc_fault *fault = &pdu->fault;

	fault->alloc_hint = in32(in, pdu, "alloc_hint");
	fault->context_id = in16(in, pdu, "p_cont_id");
	fault->cancel_count = wire_in_u8(in, "cancel_count");
	fault->flags = wire_in_u8(in, "reserved");
	fault->status = in32(in, pdu, "status");
	if (wire_in_left(in))
		wire_in_skip(in, 4, "reserved2");
	fault->stub = rest_decode(in);
}

static void fault_encode(struct wire_out *out, const struct rpc_pdu *pdu)
{
	const struct rpc_fault *fault = &pdu->fault;

	out32(out, pdu, fault->alloc_hint);
	out16(out, pdu, fault->context_id);
	wire_out_u8(out, fault->cancel_count);
	wire_out_u8(out, fault->flags);
	out32(out, pdu, fault->status);
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
		response_decode(in, pdu);
		break;
	case RPC_FAULT:
		fault_decode(in, pdu);
		break;
	case RPC_BIND:
	case RPC_ALTER_CONTEXT:
		bind_decode(in, pdu);
		break;
	case RPC_BIND_ACK:
	case RPC_ALTER_CONTEXT_RESP:
		bind_ack_decode(in, pdu);
		break;
	case RPC_BIND_NAK:
		bind_nak_decode(in, pdu);
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
		response_encode(out, pdu);
		return 0;
	case RPC_FAULT:
		fault_encode(out, pdu);
		return 0;
	case RPC_BIND:
	case RPC_ALTER_CONTEXT:
		return bind_encode(out, pdu);
	case RPC_BIND_ACK:
	case RPC_ALTER_CONTEXT_RESP:
		return bind_ack_encode(out, pdu);
	case RPC_BIND_NAK:
		return bind_nak_encode(out, pdu);
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
	patch16(out, pdu, start + 8, pdu->frag_len);
	if (pdu->auth.present)
		patch16(out, pdu, start + 10, (u16)pdu->auth.value.len);
	return 0;
}
