/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The server's side of a mechanism within SPNEGO, for tests, with its own faults.
 * One mechanism for each process.
 */
#ifndef UNC_TESTS_GSS_ACCEPTOR_H
#define UNC_TESTS_GSS_ACCEPTOR_H

#include <gssapi/gssapi.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "spnego.h"

struct acceptor {
	enum spnego_mech mech;	/* UNKNOWN: NTLM */
	gss_ctx_id_t context;
	uint8_t list[256];	/* mechTypes as they came */
	size_t list_len;
	bool complete;
	/* What this server does wrong, or otherwise than usual. */
	bool corrupt_mic;
	bool omit_mic;
	bool empty_last;
	uint8_t key[64];
	size_t key_len;
};

/*
 * Take a token, store the answer in @out (room @room).  Returns its length,
 * or -1 when the client's token is not accepted.
 */
long acceptor_step(struct acceptor *acc, const uint8_t *in, size_t len,
		   uint8_t *out, size_t room);
void acceptor_clear(struct acceptor *acc);

#endif
