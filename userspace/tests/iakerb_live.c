// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A client that has no way to the KDC, and a server that asks it for the client
 * (IAKERB), both with MIT's library, in two processes with a krb5.conf each.
 *
 *	PASSWD=... iakerb_live USER HOST CLIENTS-KRB5.CONF OFFER...
 *
 * The server has KRB5_CONFIG and KRB5_KTNAME of the environment, and offers each
 * OFFER.  Prints by which mechanism the client is who, in how many legs, and
 * whether both sides have one session key; or the client's error.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "auth.h"
#include "gss_acceptor.h"
#include "log.h"

#define LEGS_MAX 16

static uint8_t room[UNC_TOKEN_MAX];

/* ---- The server ----------------------------------------------------------- */

/* Tokens come and go as messages; after the last of them, the key. */
static int serve(int fd)
{
	struct acceptor acc = { .mech = SPNEGO_MECH_IAKERB };
	static uint8_t in[UNC_TOKEN_MAX];
	ssize_t got;
	long len;

	while (!acc.complete && (got = recv(fd, in, sizeof(in), 0)) > 0) {
		len = acceptor_step(&acc, in, (size_t)got, room, sizeof(room));
		if (len <= 0 || send(fd, room, (size_t)len, 0) != len)
			return EXIT_FAILURE;
	}
	send(fd, acc.key, acc.key_len, 0);
	acceptor_clear(&acc);
	return EXIT_SUCCESS;
}

/* ---- The client ----------------------------------------------------------- */

static size_t make_hint(char **offers)
{
	struct spnego_init init = { .mech_count = 0 };
	struct der_bytes token;

	for (; *offers; offers++)
		for (int id = SPNEGO_MECH_KRB5; id <= SPNEGO_MECH_IAKERB; id++)
			if (strcmp(spnego_mech_name(id), *offers) == 0)
				init.mechs[init.mech_count++] =
					spnego_mech_oid(id);
	token = spnego_init_encode(room, sizeof(room), &init);
	memmove(room, token.data, token.len);
	return token.len;
}

static int told(int fd, const struct answer *answer, int legs)
{
	uint8_t key[64];
	ssize_t len = recv(fd, key, sizeof(key), 0);
	bool same = len == (ssize_t)answer->key_len &&
		    memcmp(key, answer->key, answer->key_len) == 0;

	printf("%s as %s in %d legs, %s key\n", answer->mech,
	       answer->principal, legs, same ? "one" : "another");
	return same ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int ask(int fd, const struct request *req, size_t hint_len)
{
	struct auth *auth = auth_new(req);
	static struct answer answer;
	ssize_t len = (ssize_t)hint_len;
	int legs;

	for (legs = 0; legs < LEGS_MAX; legs++) {
		auth_leg(auth, room, (size_t)len, &answer);
		if (answer.error || answer.done)
			break;
		if (send(fd, answer.token, answer.token_len, 0) < 0)
			break;
		len = recv(fd, room, sizeof(room), 0);
		if (len <= 0) {
			puts("the server gave up");
			return EXIT_FAILURE;
		}
	}
	auth_free(auth);
	if (answer.done)
		return told(fd, &answer, legs);
	printf("%s\n", answer.message);
	return EXIT_FAILURE;
}

int main(int argc, char **argv)
{
	static struct request req;
	int pair[2];

	if (argc < 5 || !getenv("PASSWD") || strlen(argv[2]) > UNC_HOST_MAX ||
	    socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair))
		return EXIT_FAILURE;
	if (fork() == 0) {
		close(pair[0]);
		return serve(pair[1]);
	}
	close(pair[1]);
	log_open("iakerb_live", LOG_LEVEL_NOTICE, false);
	setenv("KRB5_CONFIG", argv[3], 1);
	unsetenv("KRB5_KTNAME");
	req.kind = UNC_KIND_AUTH;
	req.sec = UNC_SEC_KRB5;
	strcpy(req.host, argv[2]);
	credential_set_user(&req.cred, argv[1]);
	credential_set_password(&req.cred, getenv("PASSWD"));
	return ask(pair[0], &req, make_hint(argv + 4));
}
