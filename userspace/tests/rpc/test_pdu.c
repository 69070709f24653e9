// SPDX-License-Identifier: GPL-2.0-or-later
/* The PDU codec: what others sent, cut short, and with bad fields. */
#include <string.h>

#include "auth.h"
#include "pdu.h"
#include "pdu_vectors.h"
#include "../tap.h"

struct vector {
	const char *name;
	const uint8_t *data;
	uint32_t len;
	uint8_t ptype;
};

#define VECTOR(v, type) { #v, v, sizeof(v), type }

static const struct vector vectors[] = {
	VECTOR(bind, RPC_BIND),
	VECTOR(bind_ack, RPC_BIND_ACK),
	VECTOR(bind_nak, RPC_BIND_NAK),
	VECTOR(request, RPC_REQUEST),
	VECTOR(response, RPC_RESPONSE),
	VECTOR(bind_9_5, RPC_BIND),
	VECTOR(bind_ack_9_5, RPC_BIND_ACK),
	VECTOR(alter_9_5, RPC_ALTER_CONTEXT),
	VECTOR(alter_resp_9_5, RPC_ALTER_CONTEXT_RESP),
	VECTOR(request_9_5, RPC_REQUEST),
	VECTOR(response_9_5, RPC_RESPONSE),
	VECTOR(bind_10_6, RPC_BIND),
	VECTOR(bind_ack_10_6, RPC_BIND_ACK),
	VECTOR(auth3_10_6, RPC_AUTH3),
	VECTOR(request_10_6, RPC_REQUEST),
	VECTOR(response_10_6, RPC_RESPONSE),
	VECTOR(bind_77_5, RPC_BIND),
};

#define VECTORS (sizeof(vectors) / sizeof(vectors[0]))

static uint8_t room[RPC_FRAG_MAX];
static struct rpc_pdu pdu;
static const char *why;

static bool decode(const uint8_t *data, uint32_t len)
{
	return rpc_pdu_decode(data, len, &pdu, &why) == 0;
}

static uint32_t encode(struct rpc_pdu *what)
{
	struct wire_out out;

	wire_out_init(&out, room, sizeof(room));
	return rpc_pdu_encode(&out, what) ? 0 : out.pos;
}

/* ---- Captured ----------------------------------------------------------- */

/*
 * Ours are the same bytes, but for what padding holds: Samba leaves stubs' pad
 * encrypted or as it was.
 */
static void test_vector(const struct vector *v)
{
	bool good = decode(v->data, v->len);
	uint32_t len;

	ok(good && pdu.ptype == v->ptype && pdu.frag_len == v->len,
	   "%s: decoded (%s)", v->name, good ? rpc_ptype_name(pdu.ptype) : why);
	len = encode(&pdu);
	if (pdu.auth.present && pdu.auth.pad_len && len == v->len)
		memcpy(room + pdu.auth.at - pdu.auth.pad_len,
		       v->data + pdu.auth.at - pdu.auth.pad_len,
		       pdu.auth.pad_len);
	if (v->ptype == RPC_AUTH3)	/* its four bytes mean nothing */
		memcpy(room + 16, v->data + 16, 4);
	if (v->ptype == RPC_BIND_NAK)	/* nor what is behind the versions */
		len = len ? v->len : 0, memcpy(room + 8, v->data + 8, 2);
	if (v->ptype == RPC_BIND_NAK)
		memcpy(room + 21, v->data + 21, v->len - 21);
	ok(len == v->len && memcmp(room, v->data, len) == 0,
	   "%s: encoded to the same", v->name);
}

/* Cut short, with the length that it says and with the one that it has. */
static void test_truncated(const struct vector *v)
{
	bool good = true;

	for (uint32_t len = 0; len < v->len; len++) {
		uint8_t *copy = malloc(len ? len : 1);

		memcpy(copy, v->data, len);
		good = good && !decode(copy, len);
		if (len >= RPC_HEADER_LEN) {
			copy[8] = (uint8_t)len;
			copy[9] = (uint8_t)(len >> 8);
			decode(copy, len);	/* ASan watches */
		}
		free(copy);
	}
	ok(good, "%s: refused when cut short", v->name);
}

/* The same in the other byte order, and back. */
static void test_big_endian(const struct vector *v)
{
	struct rpc_pdu little;
	uint8_t big[RPC_FRAG_MAX];
	uint32_t len, again;
	bool good = decode(v->data, v->len);

	little = pdu;
	little.big_endian = true;
	len = good ? encode(&little) : 0;
	memcpy(big, room, len);
	good = len && big[4] == 0 && big[8] == len >> 8 &&
	       decode(big, len) && pdu.big_endian && pdu.call_id == little.call_id;
	again = good ? encode(&pdu) : 0;
	good = good && again == len && !memcmp(room, big, len);
	pdu.big_endian = false;
	ok(good && encode(&pdu) == len, "%s: in the other byte order (%s)",
	   v->name, good ? "same" : why);
	little.big_endian = false;
	memcpy(big, room, len);
	ok(encode(&little) == len && !memcmp(room, big, len),
	   "%s: means the same", v->name);
}

/* By hand: bind_ack, [C706] 12.6.4.4; sec_addr of four, one result. */
static void test_big_vector(void)
{
	static const uint8_t ack[60] = {
		5, 0, 12, 3, 0, 0, 0, 0, 0, 60, 0, 0, 0, 0, 0, 9,
		0x10, 0xb8, 0x10, 0xb8, 0x12, 0x34, 0x56, 0x78,
		0, 4, '1', '3', '5', 0, 0, 0, 1, 0, 0, 0,
		0, 2, 0, 1, 0x8a, 0x88, 0x5d, 0x04, 0x1c, 0xeb, 0x11, 0xc9,
		0x9f, 0xe8, 0x08, 0x00, 0x2b, 0x10, 0x48, 0x60, 0, 2, 0, 0,
	};

	ok(decode(ack, sizeof(ack)) && pdu.call_id == 9 &&
	   pdu.bind_ack.max_xmit == 4280 &&
	   pdu.bind_ack.assoc_group == 0x12345678 &&
	   pdu.bind_ack.secondary.len == 4 && pdu.bind_ack.result_count == 1 &&
	   pdu.bind_ack.result[0].result == 2 &&
	   pdu.bind_ack.result[0].reason == 1 &&
	   rpc_syntax_same(&pdu.bind_ack.result[0].transfer, &rpc_ndr32),
	   "a bind_ack of the other byte order");
	ok(encode(&pdu) == sizeof(ack) && !memcmp(room, ack, sizeof(ack)),
	   "and the way back");
}

/* ---- Fields ------------------------------------------------------------- */

static void test_fields(void)
{
	decode(bind_9_5, sizeof(bind_9_5));
	ok(pdu.flags == (RPC_PFC_FIRST | RPC_PFC_LAST | RPC_PFC_HEADER_SIGN),
	   "bind: flags");
	ok(pdu.bind.max_xmit == 5840 && pdu.bind.max_recv == 5840 &&
	   pdu.bind.context_count == 2, "bind: sizes and contexts");
	ok(rpc_syntax_same(&pdu.bind.context[0].transfer[0], &rpc_ndr32),
	   "bind: NDR");
	ok(pdu.bind.context[1].transfer[0].uuid.time_low == 0x6cb71c2c,
	   "bind: features");
	ok(pdu.auth.type == RPC_PROVIDER_SPNEGO &&
	   pdu.auth.level == RPC_LEVEL_INTEGRITY, "bind: provider and level");

	decode(bind_ack, sizeof(bind_ack));
	ok(pdu.bind_ack.secondary.len == 4 &&
	   memcmp(pdu.bind_ack.secondary.ptr, "135", 4) == 0 &&
	   pdu.bind_ack.result[0].result == RPC_RESULT_ACCEPT &&
	   pdu.bind_ack.result[1].result == RPC_RESULT_NEGOTIATE_ACK,
	   "bind_ack: address and results");

	decode(bind_nak, sizeof(bind_nak));
	ok(pdu.bind_nak.reason == 8 && pdu.bind_nak.version_count == 1 &&
	   pdu.bind_nak.version[0].major == 5, "bind_nak: reason and versions");

	decode(response_10_6, sizeof(response_10_6));
	ok(pdu.auth.value.len == 16 && pdu.auth.at + 24 == pdu.frag_len &&
	   pdu.response.stub.len + pdu.auth.pad_len == pdu.auth.at - 24,
	   "response: stub, padding and signature");
}

static void test_fault(void)
{
	/* By [C706] 12.6.4.7: nca_s_op_rng_error in context 1 */
	static const uint8_t fault[] = {
		5, 0, 3, 0x23, 0x10, 0, 0, 0, 32, 0, 0, 0, 7, 0, 0, 0,
		32, 0, 0, 0, 1, 0, 0, 0, 0x02, 0x00, 0x01, 0x1c, 0, 0, 0, 0,
	};
	struct rpc_error err;

	ok(decode(fault, sizeof(fault)) && pdu.call_id == 7 &&
	   pdu.fault.context_id == 1 && pdu.fault.status == 0x1c010002,
	   "fault: fields");
	ok(encode(&pdu) == sizeof(fault) &&
	   memcmp(room, fault, sizeof(fault)) == 0, "fault: encoded");
	rpc_fail_fault(&err, pdu.fault.status);
	ok(strstr(err.text, "nca_s_op_rng_error"), "fault: named");
}

static void test_object(void)
{
	struct rpc_pdu made = {
		.ptype = RPC_REQUEST, .flags = RPC_PFC_OBJECT_UUID | 3,
		.request = { .object = rpc_ndr32.uuid, .opnum = 9,
			     .stub = { (const u8 *)"stub", 4 } },
	};
	uint32_t len = encode(&made);

	ok(len == 44 && decode(room, len) && pdu.request.stub.len == 4 &&
	   pdu.request.object.time_low == 0x8a885d04, "request with an object");
}

static void test_empty_ones(void)
{
	static const uint8_t types[] = { RPC_SHUTDOWN, RPC_CO_CANCEL,
					 RPC_ORPHANED };

	for (size_t i = 0; i < sizeof(types); i++) {
		struct rpc_pdu made = { .ptype = types[i], .call_id = 5 };
		uint32_t len = encode(&made);

		ok(len == RPC_HEADER_LEN && decode(room, len) &&
		   pdu.ptype == types[i] && pdu.call_id == 5, "%s",
		   rpc_ptype_name(types[i]));
	}
}

/* ---- Bad fields --------------------------------------------------------- */

static const struct {
	const char *name;
	const uint8_t *data;
	uint32_t len;
	uint32_t at;
	uint8_t value;
	const char *why;
} bad[] = {
	{ "version 4", bind, sizeof(bind), 0, 4, "rpc_vers" },
	{ "minor version 2", bind, sizeof(bind), 1, 2, "rpc_vers_minor" },
	{ "unknown type", bind, sizeof(bind), 2, 1, "PTYPE" },
	{ "the other byte order", bind, sizeof(bind), 4, 0, "frag_length" },
	{ "another integer", bind, sizeof(bind), 4, 0x20, "packed_drep" },
	{ "EBCDIC", bind, sizeof(bind), 4, 0x11, "packed_drep" },
	{ "VAX floats", bind, sizeof(bind), 5, 1, "packed_drep" },
	{ "fragment length", bind, sizeof(bind), 8, 15, "frag_length" },
	{ "longer than it is", bind, sizeof(bind), 9, 9, "frag_length" },
	{ "verifier too long", bind, sizeof(bind), 11, 1, "auth_length" },
	{ "verifier over the header", bind, sizeof(bind), 10,
	  sizeof(bind) - 16 - 7, "auth_length" },
	{ "padding too long", bind_77_5, sizeof(bind_77_5),
	  sizeof(bind_77_5) - 10, 200, "auth_pad_length" },
	{ "no context", bind, sizeof(bind), 24, 0, "n_context_elem" },
	{ "17 contexts", bind, sizeof(bind), 24, 17, "n_context_elem" },
	{ "more contexts than there are", bind, sizeof(bind), 24, 3,
	  "p_cont_id" },
	{ "no transfer syntax", bind, sizeof(bind), 30, 0, "n_transfer_syn" },
	{ "five transfer syntaxes", bind, sizeof(bind), 30, 5,
	  "n_transfer_syn" },
	{ "address too long", bind_ack, sizeof(bind_ack), 25, 1, "sec_addr" },
	{ "17 results", bind_ack, sizeof(bind_ack), 32, 17, "n_results" },
	{ "more results than there are", bind_ack, sizeof(bind_ack), 32, 3,
	  "result" },
	{ "nine versions", bind_nak, sizeof(bind_nak), 18, 9, "n_protocols" },
	{ "more versions than there are", bind_nak, sizeof(bind_nak), 18, 8,
	  "versions" },
	{ "an object that is not there", request, 24, 3, 0x83, "object" },
};

static void test_bad(void)
{
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		uint8_t *copy = malloc(bad[i].len);
		bool good;

		memcpy(copy, bad[i].data, bad[i].len);
		if (bad[i].len != sizeof(bind))
			copy[8] = (uint8_t)bad[i].len, copy[9] = 0;
		copy[bad[i].at] = bad[i].value;
		good = decode(copy, bad[i].len);
		ok(!good && strcmp(why, bad[i].why) == 0, "bad: %s (%s)",
		   bad[i].name, good ? "accepted" : why);
		free(copy);
	}
}

static void test_limits(void)
{
	struct rpc_pdu made = { .ptype = RPC_BIND };
	static uint8_t stub[RPC_FRAG_MAX];

	made.bind.context_count = RPC_CONTEXTS_MAX + 1;
	ok(encode(&made) == 0, "encoding too many contexts");
	made = (struct rpc_pdu){ .ptype = RPC_REQUEST };
	made.request.stub = (struct wire_blob){ stub, sizeof(stub) };
	ok(encode(&made) == 0, "encoding too long a stub");
	made.request.stub.len = RPC_FRAG_MAX - RPC_REQUEST_LEN;
	ok(encode(&made) == RPC_FRAG_MAX && decode(room, RPC_FRAG_MAX),
	   "the longest fragment");
	made = (struct rpc_pdu){ .ptype = 99 };
	ok(encode(&made) == 0, "encoding an unknown type");
}

int main(void)
{
	for (size_t i = 0; i < VECTORS; i++) {
		test_vector(&vectors[i]);
		test_truncated(&vectors[i]);
		test_big_endian(&vectors[i]);
	}
	test_big_vector();
	test_fields();
	test_fault();
	test_object();
	test_empty_ones();
	test_bad();
	test_limits();
	return tap_done();
}
