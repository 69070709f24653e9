// SPDX-License-Identifier: GPL-2.0-only
/*
 * NetBIOS session service (RFC 1001 16, RFC 1002 4.3): before the first message
 * the client says whom it calls and who it is, and lengths have 17 bits.
 */
#include <linux/uio.h>
#include "../wire/nbss.h"
#include "tcp.h"
#include "transport.h"

#define NBSS_MSG_MAX	0x1ffff

static int nbss_ask(struct unc_transport *tp,
		    const struct wire_nbss_request *names)
{
	u8 body[NBSS_REQUEST_LEN];
	struct kvec head = { .iov_base = body, .iov_len = sizeof(body) };
	struct wire_out o;
	int err;

	wire_out_init(&o, body, sizeof(body));
	err = wire_nbss_request_encode(&o, names);
	return err ?: unc_tcp_send(tp, NBSS_REQUEST, &head, NULL);
}

static int nbss_hear(struct unc_transport *tp, struct wire_nbss_answer *answer)
{
	u8 packet[NBSS_ANSWER_MAX];
	struct wire_blob blob = { .ptr = packet, .len = NBSS_PREFIX_LEN };
	u32 rest;
	int err;

	err = unc_tcp_recv_soon(tp, packet, NBSS_PREFIX_LEN);
	if (err)
		return err;
	rest = packet[1] << 16 | packet[2] << 8 | packet[3];
	if (rest > NBSS_ANSWER_MAX - NBSS_PREFIX_LEN)
		return -EPROTO;
	blob.len += rest;
	err = unc_tcp_recv_soon(tp, packet + NBSS_PREFIX_LEN, rest);
	if (err)
		return err;
	return wire_nbss_answer_decode(&blob, answer) ? -EPROTO : 0;
}

/**
 * unc_nbss_call - ask for a NetBIOS session
 * @tp: a transport on which nothing was sent yet
 * @names: whom we call, who we are
 * @answer: what the server said
 *
 * When the answer is NBSS_POSITIVE the transport carries messages, of 128 KiB
 * at most; after any other one, and after an error, it is of no more use.
 *
 * May sleep, killable, as long as connecting may take.
 *
 * Return: 0 with the answer; -EPROTO for what is none; -EINTR, -ETIMEDOUT,
 * -ECONNRESET and what else TCP may say.
 */
int unc_nbss_call(struct unc_transport *tp,
		  const struct wire_nbss_request *names,
		  struct wire_nbss_answer *answer)
{
	int err = nbss_ask(tp, names);

	if (!err)
		err = nbss_hear(tp, answer);
	if (!err)
		unc_tcp_limit(tp, NBSS_MSG_MAX);
	return err;
}
