/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pass-through logon ([MS-NRPC] 3.5.4.5.1, [MS-APDS] 3.1): a member that serves
 * somebody by NTLM has only the answer to its challenge; the controller knows
 * whether it is right, and who that is.
 */
#ifndef UNC_DOMAIN_PASSTHROUGH_H
#define UNC_DOMAIN_PASSTHROUGH_H

#include "ntlmv2.h"
#include "op.h"

/**
 * struct passthrough - what the one who logs on sent
 * @user, @domain, @workstation: as in the AUTHENTICATE_MESSAGE
 * @challenge: that was asked
 * @nt, @nt_len: NtChallengeResponse
 * @lm, @lm_len: LmChallengeResponse; may be empty
 * @key: receives the session's base key
 */
struct passthrough {
	const char *user;
	const char *domain;
	const char *workstation;
	uint8_t challenge[NTLMV2_CHALLENGE_LEN];
	const uint8_t *nt;
	size_t nt_len;
	const uint8_t *lm;
	size_t lm_len;
	uint8_t key[NTLMV2_KEY_LEN];
};

/**
 * passthrough_logon - ask the controller, over this machine's secure channel
 *
 * op_locate() was called. One call, NetrLogonSamLogonEx; it can be repeated for
 * others over the same channel only by opening it again.
 *
 * Return: a new object: who it is ("user", "domain", "sid", "groups", ...); NULL:
 * refused, the step says why (STATUS_WRONG_PASSWORD, ...).
 */
json_t *passthrough_logon(struct op *op, struct passthrough *logon);

/**
 * passthrough_check - log somebody on by a password, as a server and its client
 * would together, for op->options->user
 *
 * Return: as passthrough_logon(); NULL also when the controller's key is not the
 * one that the password gives.
 */
json_t *passthrough_check(struct op *op);

#endif
