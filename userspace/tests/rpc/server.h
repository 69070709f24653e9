/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A small RPC server in the same process, behind a transport. It echoes stubs,
 * in as small fragments as it is told, and lies as it is told.
 */
#ifndef UNC_TESTS_RPC_SERVER_H
#define UNC_TESTS_RPC_SERVER_H

#include "conn.h"

/* Both ends of the authentication that it knows: this key, no legs. */
#define SERVER_KEY "a key of 16 byte"

#define SERVER_HOLD_MAX 8

/** A call that is not answered yet. */
struct server_call {
	struct rpc_pdu in;
	uint8_t *stub;
	size_t len, at;
	bool begun;
};

/**
 * struct server
 * @frag_max: longest fragment that it takes and sends
 * @chunk: bytes of stub in a fragment of an answer
 * @header_sign: it agrees to header signing
 * @ndr64: it accepts NDR64
 * @concurrent: it agrees to several calls at once
 * @features: bind time features that it agrees to
 * @hold: it answers when it has so many calls, the last first, in turns
 * @refuse: an interface's time_low that it does not have
 * @forge: called with every PDU before it goes out
 * @forge_bytes: the same with its bytes
 * @answer, @answer_len: a stub to answer with, instead of the one that came
 * @repeat: answer this many times the stub that came
 */
struct server {
	struct rpc_transport base;
	uint16_t frag_max;
	uint32_t chunk;
	bool header_sign;
	bool ndr64;
	bool concurrent;
	uint16_t features;
	unsigned int hold;
	uint32_t refuse;
	unsigned int repeat;
	const uint8_t *answer;
	size_t answer_len;
	bool big_endian;		/* for a forger */
	void (*forge)(struct server *server, struct rpc_pdu *pdu);
	void (*forge_bytes)(struct server *server, uint8_t *pdu, uint32_t len);

	/* What happened */
	bool closed;
	bool confused;			/* by what it got; it says no more */
	unsigned int fragments;		/* of the request */
	unsigned int answers;		/* PDUs sent */
	bool verified;			/* the request had a trailer */
	bool has_object;
	uint8_t last_ptype;
	uint8_t last_in[64];		/* the front of the last stub */
	uint8_t trailer[96];		/* the last trailer */
	unsigned int held;
	struct server_call calls[SERVER_HOLD_MAX];

	struct rpc_protect *protect;
	uint8_t level;
	bool signs_all;
	uint8_t *stub;
	size_t stub_len, stub_room;
	uint8_t *out;
	size_t out_len, out_at, out_room;
};

void server_init(struct server *server);
void server_clear(struct server *server);

#endif
