// SPDX-License-Identifier: GPL-2.0-or-later
#include "dirseal.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "auth.h"

#define HEAD		4		/* length, big endian (RFC 4422 3.7) */
#define SIG		16		/* of NTLM, before what it seals */
#define OUT_MAX		65000		/* plain bytes of one message */
#define IN_MAX		(16u << 20)
#define WAIT_MS		15000
#define LEGS		4

/**
 * struct seal - of a connection
 * @auth: and what it protects by, @protect
 * @in: what came, HEAD and all; @have bytes of it
 * @at, @end: in it, plain bytes that nobody read yet
 */
struct seal {
	struct rpc_auth *auth;
	struct rpc_protect *protect;
	uint8_t *in;
	size_t have, room;
	size_t at, end;
};

static uint32_t length_of(const uint8_t *head)
{
	return (uint32_t)head[0] << 24 | (uint32_t)head[1] << 16 |
	       (uint32_t)head[2] << 8 | head[3];
}

/* ---- Out -------------------------------------------------------------------- */

static bool wait_writable(Sockbuf_IO_Desc *below)
{
	struct pollfd at = { .events = POLLOUT };

	return ber_sockbuf_ctrl(below->sbiod_sb, LBER_SB_OPT_GET_FD, &at.fd) &&
	       poll(&at, 1, WAIT_MS) == 1;
}

/* All of it: a part of a sealed message cannot be given back. */
static int write_all(Sockbuf_IO_Desc *below, uint8_t *data, size_t len)
{
	while (len) {
		ber_slen_t sent = LBER_SBIOD_WRITE_NEXT(below, data, len);

		if (sent > 0) {
			data += sent;
			len -= (size_t)sent;
		} else if (sent == 0 || (errno != EINTR && errno != EAGAIN) ||
			   (errno == EAGAIN && !wait_writable(below))) {
			return -1;
		}
	}
	return 0;
}

static ber_slen_t seal_write(Sockbuf_IO_Desc *below, void *buf, ber_len_t len)
{
	struct seal *seal = below->sbiod_pvt;
	size_t part = len < OUT_MAX ? len : OUT_MAX, whole = SIG + part;
	uint8_t *made = malloc(HEAD + whole);
	struct rpc_packet packet = {
		.len = part, .data_len = part, .sign_all = true, .seal = true,
		.sig_len = SIG,
	};
	struct rpc_error err;
	ber_slen_t ret = -1;

	if (!made)
		return -1;
	for (int i = 0; i < HEAD; i++)
		made[i] = (uint8_t)(whole >> (8 * (HEAD - 1 - i)));
	packet.sig = made + HEAD;
	packet.pdu = made + HEAD + SIG;
	memcpy(packet.pdu, buf, part);
	if (seal->protect->ops->close(seal->protect, &packet, &err) == 0 &&
	    write_all(below, made, HEAD + whole) == 0)
		ret = (ber_slen_t)part;
	free(made);
	return ret;
}

/* ---- In --------------------------------------------------------------------- */

/* Until @in has @wanted bytes: 1; 0 the end; -1 with errno. */
static int fill(Sockbuf_IO_Desc *below, struct seal *seal, size_t wanted)
{
	if (wanted > seal->room) {
		uint8_t *more = realloc(seal->in, wanted);

		if (!more) {
			errno = ENOMEM;
			return -1;
		}
		seal->in = more;
		seal->room = wanted;
	}
	while (seal->have < wanted) {
		ber_slen_t got = LBER_SBIOD_READ_NEXT(below,
						      seal->in + seal->have,
						      wanted - seal->have);

		if (got <= 0)
			return got < 0 ? -1 : 0;
		seal->have += (size_t)got;
	}
	return 1;
}

static int open_message(struct seal *seal)
{
	struct rpc_packet packet = {
		.pdu = seal->in + HEAD + SIG, .len = seal->have - HEAD - SIG,
		.data_len = seal->have - HEAD - SIG, .sign_all = true,
		.seal = true, .sig = seal->in + HEAD, .sig_len = SIG,
	};
	struct rpc_error err;

	if (seal->protect->ops->open(seal->protect, &packet, &err)) {
		errno = EBADMSG;
		return -1;
	}
	seal->at = HEAD + SIG;
	seal->end = seal->have;
	return 1;
}

static int next_message(Sockbuf_IO_Desc *below, struct seal *seal)
{
	int ret = fill(below, seal, HEAD);
	size_t len;

	if (ret <= 0)
		return ret;
	len = length_of(seal->in);
	if (len < SIG || len > IN_MAX) {
		errno = EBADMSG;
		return -1;
	}
	ret = fill(below, seal, HEAD + len);
	return ret <= 0 ? ret : open_message(seal);
}

static ber_slen_t seal_read(Sockbuf_IO_Desc *below, void *buf, ber_len_t len)
{
	struct seal *seal = below->sbiod_pvt;
	size_t part;
	int ret;

	while (seal->at == seal->end) {
		if (seal->end)
			seal->have = seal->at = seal->end = 0;
		ret = next_message(below, seal);
		if (ret <= 0)
			return ret;
	}
	part = seal->end - seal->at < len ? seal->end - seal->at : len;
	memcpy(buf, seal->in + seal->at, part);
	seal->at += part;
	return (ber_slen_t)part;
}

/* ---- The layer -------------------------------------------------------------- */

static int seal_setup(Sockbuf_IO_Desc *below, void *arg)
{
	below->sbiod_pvt = arg;
	return 0;
}

static void seal_free(struct seal *seal)
{
	rpc_auth_free(seal->auth);
	free(seal->in);
	free(seal);
}

static int seal_remove(Sockbuf_IO_Desc *below)
{
	seal_free(below->sbiod_pvt);
	below->sbiod_pvt = NULL;
	return 0;
}

static int seal_ctrl(Sockbuf_IO_Desc *below, int option, void *arg)
{
	const struct seal *seal = below->sbiod_pvt;

	if (option == LBER_SB_OPT_DATA_READY && seal->at < seal->end)
		return 1;
	return LBER_SBIOD_CTRL_NEXT(below, option, arg);
}

static int seal_close(Sockbuf_IO_Desc *below)
{
	return 0;
}

static Sockbuf_IO seal_io = {
	.sbi_setup = seal_setup,
	.sbi_remove = seal_remove,
	.sbi_ctrl = seal_ctrl,
	.sbi_read = seal_read,
	.sbi_write = seal_write,
	.sbi_close = seal_close,
};

bool dirseal_add(Sockbuf *socket, struct rpc_auth *auth,
		 struct rpc_protect *protect)
{
	struct seal *seal = calloc(1, sizeof(*seal));

	if (!seal)
		return false;
	seal->auth = auth;
	seal->protect = protect;
	if (ber_sockbuf_add_io(socket, &seal_io, LBER_SBIOD_LEVEL_APPLICATION,
			       seal) == 0)
		return true;
	free(seal);
	return false;
}

/* ---- Bind ------------------------------------------------------------------- */

/* One token out, one in. */
static int leg(LDAP *ldap, struct der_bytes out, struct berval **answer)
{
	struct berval token = { out.len, (char *)(uintptr_t)out.data };

	*answer = NULL;
	return ldap_sasl_bind_s(ldap, NULL, "GSS-SPNEGO", &token, NULL, NULL,
				answer);
}

static int exchange(LDAP *ldap, struct rpc_auth *auth, struct rpc_error *err)
{
	struct der_bytes in = { 0 }, out;
	struct berval *answer = NULL;
	int code = LDAP_SASL_BIND_IN_PROGRESS;

	for (int i = 0; i < LEGS; i++) {
		int ret = rpc_auth_step(auth, in, &out, err);

		ber_bvfree(answer);
		answer = NULL;
		if (ret)
			return LDAP_LOCAL_ERROR;
		if (code == LDAP_SUCCESS)
			return rpc_auth_complete(auth) ? LDAP_SUCCESS :
							 LDAP_LOCAL_ERROR;
		code = leg(ldap, out, &answer);
		if (code != LDAP_SUCCESS && code != LDAP_SASL_BIND_IN_PROGRESS)
			break;
		in = answer ? (struct der_bytes){ (uint8_t *)answer->bv_val,
						  answer->bv_len } :
			      (struct der_bytes){ 0 };
		if (code == LDAP_SUCCESS && !in.len)
			break;
	}
	ber_bvfree(answer);
	return code == LDAP_SASL_BIND_IN_PROGRESS ? LDAP_LOCAL_ERROR : code;
}

static bool socket_of(LDAP *ldap, Sockbuf **socket)
{
	return ldap_get_option(ldap, LDAP_OPT_SOCKBUF, socket) == 0 && *socket;
}

static int add_layer(LDAP *ldap, struct rpc_auth *auth)
{
	struct rpc_protect *protect = rpc_auth_complete(auth) ?
				      rpc_auth_protect(auth) : NULL;
	Sockbuf *socket = NULL;

	if (protect && socket_of(ldap, &socket) &&
	    dirseal_add(socket, auth, protect))
		return LDAP_SUCCESS;
	rpc_auth_free(auth);
	return LDAP_LOCAL_ERROR;
}

int dirseal_bind(LDAP *ldap, const char *host, const struct credential *cred,
		 char why[DIRSEAL_WHY_ROOM])
{
	struct rpc_auth_want want = {
		.provider = RPC_PROVIDER_SPNEGO, .level = RPC_LEVEL_PRIVACY,
		.host = host, .service = "ldap", .cred = cred,
	};
	struct rpc_error err = { 0 };
	struct rpc_auth *auth = rpc_auth_new(&want, &err);
	int code = auth ? exchange(ldap, auth, &err) : LDAP_LOCAL_ERROR;

	snprintf(why, DIRSEAL_WHY_ROOM, "%s", err.text);
	if (code == LDAP_SUCCESS)
		return add_layer(ldap, auth);
	rpc_auth_free(auth);
	return code;
}
