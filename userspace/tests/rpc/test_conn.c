// SPDX-License-Identifier: GPL-2.0-or-later
/* Connections: binds, calls in fragments, protection, and servers that lie. */
#include <errno.h>
#include <string.h>

#include "server.h"
#include "../tap.h"

static const struct rpc_syntax echo = {
	{ 0x60a15ec5, 0x4de8, 0x11d7,
	  { 0xa6, 0x37, 0x00, 0x50, 0x56, 0xa2, 0x01, 0x82 } }, 1, 0
};
static const struct rpc_syntax other = { { 0xdeadbeef, 1, 2, { 3 } }, 4, 5 };

static struct server server;
static struct rpc_error err;
static struct rpc_conn_options options;
static uint8_t data[1 << 20];

static struct rpc_auth *auth_at(enum rpc_level level, const char *user)
{
	static struct credential cred;
	struct rpc_auth_want want = {
		.provider = RPC_PROVIDER_SPNEGO, .level = level, .cred = &cred,
	};

	strcpy(cred.user, user);
	return level > RPC_LEVEL_NONE ? rpc_auth_new(&want, &err) : NULL;
}

static struct rpc_conn *bound(enum rpc_level level)
{
	struct rpc_conn *conn = rpc_conn_new(&server.base, &options, &err);

	if (rpc_conn_bind(conn, &echo, 1, auth_at(level, "one"), &err) == 0)
		return conn;
	rpc_conn_free(conn);
	return NULL;
}

static void start(void)
{
	server_clear(&server);
	server_init(&server);
	memset(&options, 0, sizeof(options));
}

static int call(struct rpc_conn *conn, size_t len, struct rpc_call *call)
{
	*call = (struct rpc_call){ .interface = &echo, .opnum = 1,
				   .in = { data, len } };
	return rpc_conn_call(conn, call, &err);
}

/* ---- What should work --------------------------------------------------- */

static const size_t sizes[] = { 0, 1, 8, 15, 16, 1400, 1408, 5800, 5816, 5817,
				65536, sizeof(data) };

static void test_echo(enum rpc_level level, uint16_t frag, bool header_sign)
{
	struct rpc_conn *conn;
	struct rpc_call c;
	bool good = true;

	start();
	server.frag_max = frag;
	server.chunk = frag / 2;
	server.header_sign = header_sign;
	conn = bound(level);
	if (!ok(conn, "%s, fragments of %u%s: bound", rpc_level_name(level),
		frag, header_sign ? ", header signing" : ""))
		return;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		size_t padded = sizes[i];
		bool same;

		/* The first call carries a trailer, aligned to four bytes. */
		if (i == 0 && level >= RPC_LEVEL_CALL)
			padded = (padded + 3) & ~(size_t)3;
		same = call(conn, sizes[i], &c) == 0 && c.out_len == padded &&
		       (!sizes[i] || memcmp(c.out, data, sizes[i]) == 0);

		if (i == 0)
			good = server.verified == (level >= RPC_LEVEL_CALL);
		good = good && same;
		if (!same)
			printf("# %zu bytes: %s\n", sizes[i], err.text);
		free(c.out);
	}
	ok(good, "%s, fragments of %u: all sizes come back",
	   rpc_level_name(level), frag);
	ok(!server.verified, "%s: one trailer is enough",
	   rpc_level_name(level));
	rpc_conn_free(conn);
	ok(server.closed && !server.confused, "transport closed");
}

/* [MS-RPCE] 2.2.2.13: what of bind and header nobody may have changed */
static void test_trailer(bool header_sign)
{
	static const uint8_t begin_bytes[] = {
		0x8a, 0xe3, 0x13, 0x71, 0x02, 0xf4, 0x36, 0x71,
		0x01, 0x00, 0x04, 0x00, 0x01, 0x00, 0x00, 0x00,
	};
	static const uint8_t syntaxes[] = {
		0xc5, 0x5e, 0xa1, 0x60, 0xe8, 0x4d, 0xd7, 0x11, 0xa6, 0x37,
		0x00, 0x50, 0x56, 0xa2, 0x01, 0x82, 1, 0, 0, 0,
		0x04, 0x5d, 0x88, 0x8a, 0xeb, 0x1c, 0xc9, 0x11, 0x9f, 0xe8,
		0x08, 0x00, 0x2b, 0x10, 0x48, 0x60, 2, 0, 0, 0,
	};
	static const uint8_t header[] = {
		0x03, 0x40, 16, 0, 0, 0, 0, 0, 0x10, 0, 0, 0, 2, 0, 0, 0,
		0, 0, 1, 0,
	};
	const uint8_t *t = server.trailer;
	struct rpc_conn *conn;
	struct rpc_call c;

	start();
	server.header_sign = header_sign;
	conn = bound(RPC_LEVEL_INTEGRITY);
	ok(call(conn, 7, &c) == 0, "a call with a trailer");
	free(c.out);
	ok(memcmp(t, begin_bytes, sizeof(begin_bytes)) == 0,
	   "signature, and that headers can be signed");
	ok(t[16] == 2 && t[17] == (header_sign ? 0x40 : 0) && t[18] == 40 &&
	   memcmp(t + 20, syntaxes, sizeof(syntaxes)) == 0,
	   "both syntaxes%s", header_sign ? ", the end" : "");
	ok(header_sign || memcmp(t + 60, header, sizeof(header)) == 0,
	   "the header, where it is not signed");
	rpc_conn_free(conn);
}

static void test_two_interfaces(void)
{
	struct rpc_syntax both[2] = { echo, other };
	struct rpc_conn *conn;
	struct rpc_call c;

	start();
	conn = rpc_conn_new(&server.base, NULL, &err);
	ok(rpc_conn_bind(conn, both, 2, NULL, &err) == 0, "two interfaces");
	c = (struct rpc_call){ .interface = &other, .in = { data, 9 } };
	ok(rpc_conn_call(conn, &c, &err) == 0 && c.out_len == 9,
	   "a call of the second");
	free(c.out);
	ok(rpc_conn_group(conn) == 0x1234, "association group");
	rpc_conn_free(conn);

	start();
	conn = bound(RPC_LEVEL_PRIVACY);
	ok(rpc_conn_alter(conn, &other, &err) == 0, "added by alter_context");
	ok(server.last_ptype == RPC_ALTER_CONTEXT, "which was sent");
	c = (struct rpc_call){ .interface = &other, .object = &echo.uuid,
			       .in = { data, 9 } };
	ok(rpc_conn_call(conn, &c, &err) == 0 && c.out_len >= 9 &&
	   server.has_object, "a call of it, with an object");
	free(c.out);
	server.refuse = 7;
	both[0].uuid.time_low = 7;
	ok(rpc_conn_alter(conn, &both[0], &err) == -EPROTONOSUPPORT,
	   "one that the server does not have");
	ok(call(conn, 5, &c) == 0, "the first still works");
	free(c.out);
	rpc_conn_free(conn);
}

static void turn(struct server *s, struct rpc_pdu *pdu)
{
	pdu->big_endian = true;
}

/* All of the server's PDUs are in its order; stubs are the caller's matter. */
static void test_big_endian(enum rpc_level level)
{
	struct rpc_conn *conn;
	struct rpc_call c;
	int ret;

	start();
	server.forge = turn;
	conn = bound(level);
	if (!ok(conn, "%s: a server of the other byte order: %s",
		rpc_level_name(level), conn ? "" : err.text))
		return;
	ret = call(conn, 10000, &c);
	ok(!ret && c.big_endian && c.out_len == 10000 &&
	   !memcmp(c.out, data, c.out_len), "and its answer");
	free(c.out);
	server.forge = NULL;
	ret = call(conn, 4, &c);
	ok(!ret && !c.big_endian, "another call in ours");
	free(c.out);
	rpc_conn_free(conn);
}

static void test_ndr64(void)
{
	struct rpc_conn *conn;

	for (int has = 0; has < 2; has++) {
		start();
		options.ndr64 = true;
		server.ndr64 = has;
		conn = bound(RPC_LEVEL_NONE);
		ok(conn && rpc_conn_syntax(conn, &echo) ==
		   (has ? NDR_SYNTAX_NDR64 : NDR_SYNTAX_NDR32),
		   "NDR64 offered, server %s", has ? "has it" : "does not");
		rpc_conn_free(conn);
	}
}

static void test_two_legs(void)
{
	struct rpc_conn *conn;
	struct rpc_call c;

	start();
	conn = rpc_conn_new(&server.base, NULL, &err);
	ok(rpc_conn_bind(conn, &echo, 1, auth_at(RPC_LEVEL_PRIVACY, "two"),
			 &err) == 0, "authentication in two legs");
	ok(server.last_ptype == RPC_ALTER_CONTEXT, "the second by alter_context");
	ok(call(conn, 100, &c) == 0, "and a call");
	free(c.out);
	rpc_conn_free(conn);
}

/* ---- Several at once ----------------------------------------------------- */

#define AT_ONCE 5

static const size_t at_once_sizes[AT_ONCE] = { 9000, 0, 20000, 16, 4097 };

static int begin(struct rpc_conn *conn, struct rpc_call *c, size_t i)
{
	*c = (struct rpc_call){ .interface = &echo, .opnum = 1,
				.in = { data + i, at_once_sizes[i] } };
	return rpc_conn_begin(conn, c, &err);
}

static bool came_back(struct rpc_conn *conn, struct rpc_call *c, size_t i)
{
	size_t len = at_once_sizes[i];
	bool good = rpc_conn_finish(conn, c, &err) == 0 && c->out_len >= len &&
		    c->out_len < len + 4 &&
		    (!len || memcmp(c->out, data + i, len) == 0);

	free(c->out);
	c->out = NULL;
	return good;
}

/* The server answers them backwards, fragments of all mixed. */
static void test_at_once(enum rpc_level level, bool agrees)
{
	struct rpc_call c[AT_ONCE];
	struct rpc_conn *conn;
	bool good = true;

	start();
	options.concurrent = true;
	server.concurrent = agrees;
	server.hold = agrees ? AT_ONCE : 1;
	server.chunk = 1000;
	conn = bound(level);
	ok(conn && rpc_conn_concurrent(conn) == agrees,
	   "several at once: the server %s", agrees ? "agrees" : "does not");
	for (size_t i = 0; i < AT_ONCE; i++)
		good &= begin(conn, &c[i], i) == 0;
	for (size_t i = 0; i < AT_ONCE; i++)
		good &= came_back(conn, &c[i], i);
	ok(good, "%s: %d calls, each with its own answer",
	   rpc_level_name(level), AT_ONCE);
	rpc_conn_free(conn);
}

static void test_many(void)
{
	static struct rpc_call c[RPC_CALLS_MAX + 1];
	struct rpc_conn *conn;
	bool good = true;

	start();
	options.concurrent = true;
	server.concurrent = true;
	conn = bound(RPC_LEVEL_NONE);
	for (size_t i = 0; i < RPC_CALLS_MAX; i++)
		good &= begin(conn, &c[i], 3) == 0;
	ok(good && begin(conn, &c[RPC_CALLS_MAX], 3) == -EBUSY,
	   "not more than %d at once: %s", RPC_CALLS_MAX, err.text);
	for (size_t i = 0; i < RPC_CALLS_MAX; i++)
		good &= came_back(conn, &c[i], 3);
	ok(good, "but these");
	rpc_conn_free(conn);
}

/* One ends in a fault, which may be signed; the others do not notice. */
static void fault_second(struct server *s, struct rpc_pdu *pdu)
{
	uint32_t id = pdu->call_id;
	struct rpc_auth_value auth = pdu->auth;

	if (pdu->ptype != RPC_RESPONSE || id != 3 ||
	    !(pdu->flags & RPC_PFC_LAST))
		return;
	*pdu = (struct rpc_pdu){ .ptype = RPC_FAULT, .flags = 3, .call_id = id,
				 .auth = auth, .fault.status = 0x1c010002 };
	pdu->auth.pad_len = 0;
}

static void test_fault_at_once(enum rpc_level level)
{
	struct rpc_call c[AT_ONCE];
	struct rpc_conn *conn;
	bool good = true;

	start();
	options.concurrent = true;
	server.concurrent = true;
	server.hold = AT_ONCE;
	server.forge = fault_second;
	conn = bound(level);
	for (size_t i = 0; i < AT_ONCE; i++)
		good &= begin(conn, &c[i], i) == 0;
	for (size_t i = 0; i < AT_ONCE; i++)
		good &= came_back(conn, &c[i], i) == (c[i].id != 3);
	ok(good, "%s: a fault is that of one call", rpc_level_name(level));
	rpc_conn_free(conn);
}

/* ---- Calls that are not waited for ---------------------------------------- */

static void test_abandon(bool keeps)
{
	struct rpc_call c[2];
	struct rpc_conn *conn;

	start();
	options.concurrent = true;
	server.concurrent = true;
	server.hold = 2;
	server.features = keeps ? 2 : 0;
	conn = bound(RPC_LEVEL_PRIVACY);
	ok(begin(conn, &c[0], 0) == 0 && begin(conn, &c[1], 2) == 0,
	   "two calls");
	rpc_conn_abandon(conn, &c[0]);
	ok(server.last_ptype == RPC_ORPHANED, "one is given up: orphaned");
	ok(came_back(conn, &c[1], 2) == keeps, "the other %s", keeps ?
	   "has its answer" : "is lost with the connection");
	server.hold = 1;
	ok(call(conn, 100, &c[0]) == (keeps ? 0 : -EPIPE), "%s the next",
	   keeps ? "and" : "as is");
	free(c[0].out);
	rpc_conn_free(conn);
}

static void test_cancel(void)
{
	struct rpc_conn *conn;
	struct rpc_call c;

	start();
	options.concurrent = true;
	server.concurrent = true;
	conn = bound(RPC_LEVEL_INTEGRITY);
	ok(begin(conn, &c, 0) == 0 && rpc_conn_cancel(conn, &c, &err) == 0 &&
	   server.last_ptype == RPC_CO_CANCEL, "a call is cancelled");
	ok(came_back(conn, &c, 0), "and answered nevertheless");
	ok(rpc_conn_cancel(conn, &c, &err) == 0 &&
	   server.last_ptype == RPC_CO_CANCEL, "what is done is not");
	rpc_conn_free(conn);
}

static void test_limit_kept(void)
{
	struct rpc_conn *conn;
	struct rpc_call c;

	start();
	options.response_max = 1000;
	server.features = 2;
	server.chunk = 500;
	conn = bound(RPC_LEVEL_PRIVACY);
	ok(call(conn, 5000, &c) == -EMSGSIZE && !c.out,
	   "too long results: %s", err.text);
	ok(server.last_ptype == RPC_ORPHANED, "the server is told");
	ok(call(conn, 1000, &c) == 0, "and the connection goes on");
	free(c.out);
	rpc_conn_free(conn);
}

/* ---- What must be refused ----------------------------------------------- */

static void lie_group(struct server *s, struct rpc_pdu *pdu)
{
	if (pdu->ptype == RPC_BIND_ACK)
		pdu->bind_ack.max_recv = 100;
}

static void lie_results(struct server *s, struct rpc_pdu *pdu)
{
	if (pdu->ptype == RPC_BIND_ACK)
		pdu->bind_ack.result_count--;
}

static void lie_syntax(struct server *s, struct rpc_pdu *pdu)
{
	if (pdu->ptype == RPC_BIND_ACK)
		pdu->bind_ack.result[0].transfer = rpc_ndr64;
}

static void lie_nak(struct server *s, struct rpc_pdu *pdu)
{
	*pdu = (struct rpc_pdu){ .ptype = RPC_BIND_NAK,
				 .bind_nak.reason = 8 };
}

static void lie_bind_fault(struct server *s, struct rpc_pdu *pdu)
{
	uint32_t id = pdu->call_id;

	*pdu = (struct rpc_pdu){ .ptype = RPC_FAULT, .flags = 3, .call_id = id,
				 .fault.status = 5 };
}

static void lie_bind_context(struct server *s, struct rpc_pdu *pdu)
{
	if (pdu->ptype == RPC_BIND_ACK)
		pdu->bind_ack.result_count = RPC_CONTEXTS_MAX;
}

static void lie_bind_call(struct server *s, struct rpc_pdu *pdu)
{
	pdu->call_id += 7;
}

static void lie_bind_type(struct server *s, struct rpc_pdu *pdu)
{
	pdu->ptype = RPC_ALTER_CONTEXT_RESP;
}

static const struct {
	const char *name;
	void (*forge)(struct server *server, struct rpc_pdu *pdu);
	int code;
} bind_lies[] = {
	{ "fragments too small", lie_group, -EPROTO },
	{ "a result too few", lie_results, -EPROTO },
	{ "a syntax not offered", lie_syntax, -EPROTO },
	{ "results for what was not asked", lie_bind_context, -EPROTO },
	{ "a fault", lie_bind_fault, -EACCES },
	{ "bind_nak", lie_nak, -EACCES },
	{ "another call's answer", lie_bind_call, -EPROTO },
	{ "an answer of another type", lie_bind_type, -EPROTO },
};

static void test_bind_lies(void)
{
	for (size_t i = 0; i < sizeof(bind_lies) / sizeof(bind_lies[0]); i++) {
		start();
		server.forge = bind_lies[i].forge;
		ok(!bound(RPC_LEVEL_NONE) && err.code == bind_lies[i].code,
		   "bind: %s: %s", bind_lies[i].name, err.text);
	}
	start();
	server.refuse = echo.uuid.time_low;
	ok(!bound(RPC_LEVEL_NONE) && err.code == -EPROTONOSUPPORT,
	   "bind: refused: %s", err.text);
}

static void lie_call(struct server *s, struct rpc_pdu *pdu)
{
	pdu->call_id++;
}

static void lie_context(struct server *s, struct rpc_pdu *pdu)
{
	pdu->response.context_id++;
}

static void lie_not_first(struct server *s, struct rpc_pdu *pdu)
{
	pdu->flags &= (uint8_t)~RPC_PFC_FIRST;
}

static void lie_always_first(struct server *s, struct rpc_pdu *pdu)
{
	pdu->flags |= RPC_PFC_FIRST;
}

/* The first fragment last, as if the others were behind it. */
static void lie_late_first(struct server *s, struct rpc_pdu *pdu)
{
	if (pdu->flags & RPC_PFC_FIRST)
		pdu->flags &= (uint8_t)~RPC_PFC_FIRST;
	else if (pdu->flags & RPC_PFC_LAST)
		pdu->flags |= RPC_PFC_FIRST;
}

static void lie_old_call(struct server *s, struct rpc_pdu *pdu)
{
	pdu->call_id = 1;		/* the bind */
}

static void lie_turn(struct server *s, struct rpc_pdu *pdu)
{
	pdu->big_endian = !(pdu->flags & RPC_PFC_FIRST);
}

static void lie_fault(struct server *s, struct rpc_pdu *pdu)
{
	uint32_t id = pdu->call_id;

	*pdu = (struct rpc_pdu){ .ptype = RPC_FAULT, .flags = 3, .call_id = id,
				 .fault.status = 0x1c010002 };
}

static void lie_shutdown(struct server *s, struct rpc_pdu *pdu)
{
	pdu->ptype = RPC_SHUTDOWN;
}

static void lie_request(struct server *s, struct rpc_pdu *pdu)
{
	pdu->ptype = RPC_CO_CANCEL;
}

static void lie_unsigned(struct server *s, struct rpc_pdu *pdu)
{
	pdu->auth.present = false;
}

static void lie_level(struct server *s, struct rpc_pdu *pdu)
{
	pdu->auth.level = RPC_LEVEL_CONNECT;
}

static void lie_auth_context(struct server *s, struct rpc_pdu *pdu)
{
	pdu->auth.context_id++;
}

static const struct {
	const char *name;
	void (*forge)(struct server *server, struct rpc_pdu *pdu);
	enum rpc_level level;
	int code;
	bool goes_on;
} call_lies[] = {
	{ "another call's answer", lie_call, RPC_LEVEL_NONE, -EPROTO, false },
	{ "another context", lie_context, RPC_LEVEL_NONE, -EPROTO, false },
	{ "no first fragment", lie_not_first, RPC_LEVEL_NONE, -EPROTO, false },
	{ "an older call's answer", lie_old_call, RPC_LEVEL_NONE, -EPROTO, false },
	{ "the first fragment last", lie_late_first, RPC_LEVEL_NONE, -EPROTO,
	  false },
	{ "two first fragments", lie_always_first, RPC_LEVEL_NONE, -EPROTO,
	  false },
	{ "two byte orders", lie_turn, RPC_LEVEL_NONE, -EPROTO, false },
	{ "fault", lie_fault, RPC_LEVEL_NONE, -EREMOTEIO, true },
	{ "shutdown", lie_shutdown, RPC_LEVEL_NONE, -EPIPE, false },
	{ "a client's PDU", lie_request, RPC_LEVEL_NONE, -EPROTO, false },
	{ "no signature", lie_unsigned, RPC_LEVEL_INTEGRITY, -EPROTO, false },
	{ "not sealed", lie_unsigned, RPC_LEVEL_PRIVACY, -EPROTO, false },
	{ "a lower level", lie_level, RPC_LEVEL_PRIVACY, -EPROTO, false },
	{ "another security context", lie_auth_context, RPC_LEVEL_PRIVACY,
	  -EPROTO, false },
};

static void test_call_lies(void)
{
	struct rpc_conn *conn;
	struct rpc_call c;

	for (size_t i = 0; i < sizeof(call_lies) / sizeof(call_lies[0]); i++) {
		start();
		conn = bound(call_lies[i].level);
		server.forge = call_lies[i].forge;
		ok(call(conn, call_lies[i].goes_on ? 100 : 10000, &c) ==
		   call_lies[i].code && !c.out,
		   "call: %s: %s", call_lies[i].name, err.text);
		server.forge = NULL;
		server.out_at = server.out_len;
		ok(call(conn, 4, &c) == (call_lies[i].goes_on ? 0 : -EPIPE),
		   "after that the connection %s",
		   call_lies[i].goes_on ? "goes on" : "is dead");
		free(c.out);
		rpc_conn_free(conn);
	}
}

static unsigned int forge_at;

static void change_byte(struct server *s, uint8_t *pdu, uint32_t len)
{
	pdu[len - 1 - forge_at % len] ^= 0x40;
}

static void cut_length(struct server *s, uint8_t *pdu, uint32_t len)
{
	pdu[8] = 200;
	pdu[9] = 0xff;
}

/* With header signing no byte of an answer can be changed. */
static void test_tampered(void)
{
	struct rpc_conn *conn;
	struct rpc_call c;
	bool refused = true;

	for (forge_at = 0; forge_at < 24 + 32 + 24; forge_at++) {
		start();
		conn = bound(RPC_LEVEL_PRIVACY);
		server.forge_bytes = change_byte;
		if (call(conn, 32, &c) == 0) {
			printf("# byte %u from the end changed\n", forge_at);
			refused = false;
		}
		free(c.out);
		rpc_conn_free(conn);
	}
	ok(refused, "no byte of a sealed answer can be changed");
	start();
	conn = bound(RPC_LEVEL_NONE);
	server.forge_bytes = cut_length;
	ok(call(conn, 32, &c) == -EPROTO, "a fragment longer than agreed");
	rpc_conn_free(conn);
}

static void test_limit(void)
{
	struct rpc_conn *conn;
	struct rpc_call c;

	start();
	options.response_max = 100000;
	server.repeat = 100;
	conn = bound(RPC_LEVEL_NONE);
	ok(call(conn, 1000, &c) == 0 && c.out_len == 100000,
	   "as much as the limit");
	free(c.out);
	ok(call(conn, 1001, &c) == -EMSGSIZE && !c.out, "more: %s", err.text);
	ok(server.last_ptype == RPC_ORPHANED, "the server is told");
	rpc_conn_free(conn);
}

static void test_misuse(void)
{
	struct rpc_conn *conn;
	struct rpc_call c = { .interface = &other };

	start();
	conn = bound(RPC_LEVEL_NONE);
	ok(rpc_conn_call(conn, &c, &err) == -EPIPE, "an interface not bound");
	ok(rpc_conn_bind(conn, &echo, 1, NULL, &err) == -EINVAL, "bound twice");
	rpc_conn_free(conn);
}

int main(void)
{
	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (uint8_t)(i * 7 + i / 256);
	test_echo(RPC_LEVEL_NONE, 1432, false);
	test_echo(RPC_LEVEL_NONE, 5840, false);
	test_echo(RPC_LEVEL_CONNECT, 5840, true);
	test_echo(RPC_LEVEL_INTEGRITY, 4280, true);
	test_echo(RPC_LEVEL_INTEGRITY, 1432, false);
	test_echo(RPC_LEVEL_PRIVACY, 5840, true);
	test_echo(RPC_LEVEL_PRIVACY, 1500, false);
	test_trailer(true);
	test_trailer(false);
	test_two_interfaces();
	test_big_endian(RPC_LEVEL_NONE);
	test_big_endian(RPC_LEVEL_PRIVACY);
	test_ndr64();
	test_two_legs();
	test_at_once(RPC_LEVEL_NONE, true);
	test_at_once(RPC_LEVEL_NONE, false);
	test_at_once(RPC_LEVEL_PRIVACY, true);
	test_many();
	test_fault_at_once(RPC_LEVEL_NONE);
	test_fault_at_once(RPC_LEVEL_INTEGRITY);
	test_fault_at_once(RPC_LEVEL_PRIVACY);
	test_abandon(true);
	test_abandon(false);
	test_cancel();
	test_limit_kept();
	test_bind_lies();
	test_call_lies();
	test_tampered();
	test_limit();
	test_misuse();
	server_clear(&server);
	return tap_done();
}
