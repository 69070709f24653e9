/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The client's side of one authentication: the SPNEGO state machine of
 * RFC 4178 and [MS-SPNG] above bare mechanisms.  Runs in a worker.
 */
#ifndef UNCD_AUTH_H
#define UNCD_AUTH_H

#include "answer.h"
#include "request.h"

struct auth;

/* What to do about a server that lacks a mechanism; unc doctor says it, too. */
#define AUTH_NO_KRB5 "it is not joined to a domain: use sec=ntlmssp"
#define AUTH_NO_NTLM "use Kerberos (sec=krb5)"

/* Uses host, sec and the credential of @req, which must outlive it. */
struct auth *auth_new(const struct request *req);

/*
 * One leg.  @token is first the server's hint (NegTokenInit2, may be empty),
 * then its NegTokenResp (empty when its last message had none).  Fills
 * @answer: a token to send, or done with session key, or an error, after
 * which there are no more legs.
 */
void auth_leg(struct auth *auth, const uint8_t *token, size_t len,
	      struct answer *answer);

void auth_free(struct auth *auth);

#endif
