// SPDX-License-Identifier: GPL-2.0-or-later
/* NTLM's message security: by known answers, and against itself. */
#include <string.h>

#include "protect.h"
#include "../tap.h"

static const uint32_t zero[2];
static struct rpc_error err;

/* [MS-NLMP] 4.2.4.4: "Plaintext" in UTF-16, session key of 0x55 */
static void test_known(void)
{
	static const uint8_t sealed[18] = {
		0x54, 0xe5, 0x01, 0x65, 0xbf, 0x19, 0x36, 0xdc, 0x99, 0x60,
		0x20, 0xc1, 0x81, 0x1b, 0x0f, 0x06, 0xfb, 0x5f,
	};
	static const uint8_t signature[16] = {
		0x01, 0x00, 0x00, 0x00, 0x7f, 0xb3, 0x8e, 0xc5,
		0xc5, 0x5d, 0x49, 0x76, 0x00, 0x00, 0x00, 0x00,
	};
	uint8_t key[16], data[18] = "P\0l\0a\0i\0n\0t\0e\0x\0t", sig[16];
	struct rpc_packet packet = {
		.pdu = data, .len = 18, .data_len = 18, .seal = true,
		.sig = sig, .sig_len = 16,
	};
	struct rpc_protect *p;

	memset(key, 0x55, sizeof(key));
	p = rpc_ntlm_protect_new(key, zero, false);
	ok(p->ops->sig_len(p, &packet, &err) == 16, "length of a signature");
	ok(p->ops->close(p, &packet, &err) == 0, "closed");
	ok(memcmp(data, sealed, 18) == 0, "sealed as in the document");
	ok(memcmp(sig, signature, 16) == 0, "signed as in the document");
	p->ops->free(p);
}

struct pair {
	struct rpc_protect *client, *server;
	uint8_t pdu[64], sig[16];
	struct rpc_packet packet;
};

static void pair_init(struct pair *pair, bool sign_all, bool seal)
{
	static const uint8_t key[16] = "0123456789abcdef";
	static const uint32_t there[2] = { 1, 0 }, back[2] = { 0, 1 };

	pair->client = rpc_ntlm_protect_new(key, there, false);
	pair->server = rpc_ntlm_protect_new(key, back, true);
	for (size_t i = 0; i < sizeof(pair->pdu); i++)
		pair->pdu[i] = (uint8_t)i;
	pair->packet = (struct rpc_packet){
		.pdu = pair->pdu, .len = 64, .data_at = 24, .data_len = 32,
		.sign_all = sign_all, .seal = seal, .sig = pair->sig,
		.sig_len = 16,
	};
}

static bool send_to(struct rpc_protect *from, struct rpc_protect *to,
		    struct pair *pair)
{
	return from->ops->close(from, &pair->packet, &err) == 0 &&
	       to->ops->open(to, &pair->packet, &err) == 0;
}

static void pair_clear(struct pair *pair)
{
	pair->client->ops->free(pair->client);
	pair->server->ops->free(pair->server);
}

static void test_pair(bool sign_all, bool seal)
{
	const char *how = sign_all ? "with the header" : "data alone";
	struct pair pair;
	bool plain;

	pair_init(&pair, sign_all, seal);
	pair.client->ops->close(pair.client, &pair.packet, &err);
	plain = true;
	for (int i = 24; i < 56; i++)
		plain = plain && pair.pdu[i] == i;
	ok(plain != seal, "%s: data are %s", how, seal ? "sealed" : "plain");
	ok(pair.pdu[23] == 23 && pair.pdu[56] == 56,
	   "%s: the rest stays as it is", how);
	ok(pair.server->ops->open(pair.server, &pair.packet, &err) == 0 &&
	   pair.pdu[24] == 24 && pair.pdu[55] == 55, "%s: opened", how);
	for (int i = 0; i < 3; i++)
		ok(send_to(pair.server, pair.client, &pair) &&
		   send_to(pair.client, pair.server, &pair),
		   "%s: back and forth", how);
	pair_clear(&pair);
}

static void test_tampered(bool sign_all, bool seal, int at)
{
	bool covered = sign_all || (at >= 24 && at < 56) || at >= 64;
	struct pair pair;

	pair_init(&pair, sign_all, seal);
	pair.client->ops->close(pair.client, &pair.packet, &err);
	if (at < 64)
		pair.pdu[at] ^= 0x10;
	else
		pair.sig[at - 64] ^= 0x10;
	ok(!!pair.server->ops->open(pair.server, &pair.packet, &err) == covered,
	   "byte %d changed: %s", at, covered ? "refused" : "not covered");
	pair_clear(&pair);
}

static void test_replayed(void)
{
	struct pair pair;
	uint8_t pdu[64], sig[16];

	pair_init(&pair, true, true);
	pair.client->ops->close(pair.client, &pair.packet, &err);
	memcpy(pdu, pair.pdu, 64);
	memcpy(sig, pair.sig, 16);
	pair.server->ops->open(pair.server, &pair.packet, &err);
	memcpy(pair.pdu, pdu, 64);
	memcpy(pair.sig, sig, 16);
	ok(pair.server->ops->open(pair.server, &pair.packet, &err) != 0,
	   "the same once more: refused");
	pair.packet.sig_len = 15;
	ok(pair.server->ops->open(pair.server, &pair.packet, &err) != 0,
	   "a short signature: refused");
	pair_clear(&pair);
}

int main(void)
{
	test_known();
	test_pair(true, true);
	test_pair(true, false);
	test_pair(false, true);
	test_pair(false, false);
	for (int at = 0; at < 80; at += 5) {
		test_tampered(true, true, at);
		test_tampered(false, true, at);
		test_tampered(true, false, at);
	}
	test_replayed();
	return tap_done();
}
