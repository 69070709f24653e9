/* SPDX-License-Identifier: GPL-2.0-or-later */
/* NTLMv2's answer to a challenge ([MS-NLMP] 3.3.2), for who has the password. */
#ifndef UNC_DOMAIN_NTLMV2_H
#define UNC_DOMAIN_NTLMV2_H

#include <stddef.h>
#include <stdint.h>

#define NTLMV2_KEY_LEN		16
#define NTLMV2_CHALLENGE_LEN	8
#define NTLMV2_INFO_MAX		512
#define NTLMV2_ROOM		(NTLMV2_KEY_LEN + 28 + NTLMV2_INFO_MAX + 4)

/**
 * struct ntlmv2 - a challenge and who answers it
 * @user, @domain, @password: UTF-8; the domain may be empty
 * @server, @client: both challenges
 * @time: in 100 ns since 1601
 * @info, @info_len: of the server (AV_PAIRs), up to NTLMV2_INFO_MAX
 */
struct ntlmv2 {
	const char *user;
	const char *domain;
	const char *password;
	uint8_t server[NTLMV2_CHALLENGE_LEN];
	uint8_t client[NTLMV2_CHALLENGE_LEN];
	uint64_t time;
	const uint8_t *info;
	size_t info_len;
};

/**
 * ntlmv2_answer - the response, and the key of the session that it begins
 * @response: its first 16 bytes are NTProofStr
 * @key: SessionBaseKey
 *
 * Return: length of the response, or a negative errno: a name or a password is
 * no UTF-8, or too long.
 */
int ntlmv2_answer(const struct ntlmv2 *ask, uint8_t response[NTLMV2_ROOM],
		  uint8_t key[NTLMV2_KEY_LEN]);

#endif
