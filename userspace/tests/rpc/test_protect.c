// SPDX-License-Identifier: GPL-2.0-or-later
/* Message security of NTLM and Netlogon: by known answers, and against itself. */
#include <errno.h>
#include <string.h>

#include "nrpc.h"
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

/*
 * What a Samba domain controller sealed in the lab: the second message of a
 * Netlogon secure channel, with its session key.
 */
static const uint8_t nl_key[] = {
	0x64, 0x39, 0x01, 0xcb, 0xa8, 0x25, 0x16, 0x29, 0xc8, 0x9c, 0x6a, 0x9c,
	0x8e, 0x7a, 0x00, 0x40,
};
static const uint8_t nl_sealed[] = {
	0x05, 0x00, 0x02, 0x03, 0x10, 0x00, 0x00, 0x00, 0x78, 0x00, 0x38, 0x00,
	0x05, 0x00, 0x00, 0x00, 0x18, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
	0xb1, 0xa4, 0xae, 0x41, 0x29, 0xb0, 0x08, 0x19, 0xbf, 0x0b, 0xb5, 0xc5,
	0xda, 0xfd, 0xf2, 0xd9, 0x05, 0x97, 0x5b, 0xc5, 0x35, 0x13, 0xf2, 0x0f,
	0x60, 0xa6, 0x3f, 0xdb, 0x40, 0xf4, 0x8c, 0x31, 0x44, 0x06, 0x08, 0x00,
	0x01, 0x00, 0x00, 0x00, 0x13, 0x00, 0x1a, 0x00, 0xff, 0xff, 0x00, 0x00,
	0x6a, 0x74, 0x50, 0xd2, 0xf2, 0xf1, 0x35, 0x8a, 0x20, 0xec, 0xcd, 0xa8,
	0x3a, 0x2f, 0x2d, 0xeb, 0x36, 0x49, 0xf7, 0x8d, 0x29, 0x36, 0xa8, 0x1f,
	0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
	0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
};
static const uint8_t nl_plain[] = {
	0x4d, 0xef, 0x81, 0xc2, 0xae, 0x99, 0x81, 0xe0, 0x00, 0x00, 0x00, 0x00,
	0x01, 0x00, 0x00, 0x00, 0xff, 0xff, 0x0f, 0x61, 0x00, 0x00, 0x00, 0x00,
	0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
};

static struct rpc_packet nl_packet(uint8_t *pdu, bool seal)
{
	return (struct rpc_packet){
		.pdu = pdu, .len = 64, .data_at = 24, .data_len = 32,
		.sign_all = true, .seal = seal, .sig = pdu + 64, .sig_len = 56,
	};
}

static void test_netlogon_known(void)
{
	struct rpc_protect *p = rpc_netlogon_protect_new(nl_key, false);
	uint8_t ours[120] = { 0 }, theirs[120];
	struct rpc_packet first = nl_packet(ours, true);
	struct rpc_packet second = nl_packet(theirs, true);

	memcpy(theirs, nl_sealed, sizeof(theirs));
	ok(p->ops->open(p, &second, &err) == -EPROTO, "Netlogon: %s", err.text);
	memcpy(theirs, nl_sealed, sizeof(theirs));
	ok(p->ops->close(p, &first, &err) == 0 &&
	   p->ops->open(p, &second, &err) == 0 &&
	   memcmp(theirs + 24, nl_plain, sizeof(nl_plain)) == 0,
	   "Netlogon: what a real controller sealed");
	p->ops->free(p);
}

/* Every byte that one side has protected, changed before the other opens it. */
static void test_netlogon_changes(bool seal)
{
	unsigned int refused = 0, wanted = 64 + 32;

	for (unsigned int at = 0; at < wanted; at++) {
		struct rpc_protect *client =
			rpc_netlogon_protect_new(nl_key, false);
		struct rpc_protect *server =
			rpc_netlogon_protect_new(nl_key, true);
		uint8_t pdu[120] = { 5 };
		struct rpc_packet packet = nl_packet(pdu, seal);

		client->ops->close(client, &packet, &err);
		pdu[at] ^= 1;
		refused += server->ops->open(server, &packet, &err) == -EPROTO;
		client->ops->free(client);
		server->ops->free(server);
	}
	/* Without sealing the confounder counts for nothing. */
	ok(refused == wanted - (seal ? 0 : 8),
	   "Netlogon, %s: %u of %u changes are refused",
	   seal ? "sealed" : "signed", refused, wanted);
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
	test_netlogon_known();
	test_netlogon_changes(true);
	test_netlogon_changes(false);
	return tap_done();
}
