// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * LDAP sealed by NTLM (RFC 4422 3.7, [MS-NLMP] 3.4.4.2), over a pair of sockets: what
 * goes out is opened as a controller does, and what comes in is whole, in crumbs, cut
 * short, or no message at all.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "dirseal.h"
#include "protect.h"
#include "tap.h"

#define SIG 16

/**
 * struct wire - a client's connection and the other end of it
 * @client, @server: what each protects by
 */
struct wire {
	Sockbuf *socket;
	int end;
	struct rpc_protect *client, *server;
};

static void open_wire(struct wire *w)
{
	static const uint8_t key[16] = "a session's key";
	static const uint32_t first[2] = { 0, 0 };
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair)) {
		puts("Bail out! no sockets");
		exit(1);
	}
	w->end = pair[1];
	w->client = rpc_ntlm_protect_new(key, first, false);
	w->server = rpc_ntlm_protect_new(key, first, true);
	w->socket = ber_sockbuf_alloc();
	ber_sockbuf_add_io(w->socket, &ber_sockbuf_io_tcp,
			   LBER_SBIOD_LEVEL_PROVIDER, NULL);
	ber_sockbuf_ctrl(w->socket, LBER_SB_OPT_SET_FD, &pair[0]);
	if (!dirseal_add(w->socket, NULL, w->client)) {
		puts("Bail out! no layer");
		exit(1);
	}
}

static void close_wire(struct wire *w)
{
	ber_sockbuf_free(w->socket);
	if (w->end >= 0)
		close(w->end);
	w->client->ops->free(w->client);
	w->server->ops->free(w->server);
}

static struct rpc_packet packet_of(uint8_t *message, size_t len)
{
	return (struct rpc_packet){ .pdu = message + 4 + SIG, .len = len,
				    .data_len = len, .sign_all = true,
				    .seal = true, .sig = message + 4,
				    .sig_len = SIG };
}

/* An OCTET STRING that a controller sends; in @message, whose length is returned. */
static size_t make(struct wire *w, const char *text, uint8_t message[256])
{
	size_t len = 2 + strlen(text);
	struct rpc_packet packet = packet_of(message, len);
	struct rpc_error err;

	memcpy(message, "\0\0\0", 3);
	message[3] = (uint8_t)(SIG + len);
	message[4 + SIG] = LBER_OCTETSTRING;
	message[4 + SIG + 1] = (uint8_t)(len - 2);
	memcpy(message + 4 + SIG + 2, text, len - 2);
	w->server->ops->close(w->server, &packet, &err);
	return 4 + SIG + len;
}

/* The next of them; "" when there is none. */
static const char *receive(struct wire *w)
{
	static char text[64];
	BerElement *ber = ber_alloc_t(0);
	ber_len_t len = 0;

	memset(text, 0, sizeof(text));
	if (ber_get_next(w->socket, &len, ber) == LBER_OCTETSTRING &&
	    len < sizeof(text))
		ber_read(ber, text, len);
	ber_free(ber, 1);
	return text;
}

static bool receives(struct wire *w, const char *text)
{
	return strcmp(receive(w), text) == 0;
}

static void test_out(void)
{
	BerElement *ber = ber_alloc_t(LBER_USE_DER);
	uint8_t message[256];
	struct rpc_packet packet;
	struct rpc_error err;
	struct wire w;
	ssize_t got;

	open_wire(&w);
	ber_put_ostring(ber, "a request", 9, LBER_OCTETSTRING);
	ok(ber_flush2(w.socket, ber, LBER_FLUSH_FREE_ALWAYS) == 0, "sent");
	got = recv(w.end, message, sizeof(message), 0);
	ok(got == 4 + SIG + 11 && memcmp(message, "\0\0\0\33", 4) == 0,
	   "its length before it, %zd", got);
	ok(memcmp(message + 4 + SIG + 2, "a request", 9) != 0,
	   "not in the clear");
	packet = packet_of(message, 11);
	ok(w.server->ops->open(w.server, &packet, &err) == 0 &&
	   memcmp(message + 4 + SIG, "\4\11a request", 11) == 0,
	   "a controller can open it");
	close_wire(&w);
}

static void test_in(void)
{
	uint8_t message[256];
	struct wire w;
	size_t len;

	open_wire(&w);
	len = make(&w, "an answer", message);
	send(w.end, message, len, 0);
	ok(receives(&w, "an answer"), "an answer");
	ok(ber_sockbuf_ctrl(w.socket, LBER_SB_OPT_DATA_READY, NULL) == 0,
	   "nothing is left of it");
	len = make(&w, "one", message);
	send(w.end, message, len, 0);
	len = make(&w, "two", message);
	send(w.end, message, len, 0);
	ok(receives(&w, "one") && receives(&w, "two"), "two that came at once");
	close_wire(&w);
}

/* Each byte for itself, as a slow network may have it. */
static void test_crumbs(void)
{
	uint8_t message[256];
	struct wire w;
	size_t len;

	open_wire(&w);
	len = make(&w, "in crumbs", message);
	if (fork() == 0) {
		for (size_t i = 0; i < len; i++)
			if (send(w.end, message + i, 1, 0) != 1 ||
			    usleep(1000))
				_exit(1);
		_exit(0);
	}
	ok(receives(&w, "in crumbs"), "in crumbs");
	close_wire(&w);
}

/* @change is done to a good message of @len bytes, of which @send are sent. */
static void refused(const char *what, size_t cut, size_t at, uint8_t xor)
{
	uint8_t message[256];
	struct wire w;
	size_t len;

	open_wire(&w);
	len = make(&w, "an answer", message);
	message[at] ^= xor;
	send(w.end, message, len - cut, 0);
	shutdown(w.end, SHUT_WR);
	ok(receives(&w, ""), "%s", what);
	close_wire(&w);
}

int main(void)
{
	test_out();
	test_in();
	test_crumbs();
	for (size_t cut = 1; cut <= 4 + SIG + 11; cut++)
		refused("cut short", cut, 0, 0);
	refused("a length above all that is allowed", 0, 0, 0x7f);
	refused("a length that has no signature", 0, 3, 27 ^ 15);
	refused("no length at all", 0, 3, 27);
	refused("another signature", 0, 4 + 5, 1);
	refused("another number", 0, 4 + 12, 1);
	refused("other bytes", 0, 4 + SIG, 1);
	return tap_done();
}
