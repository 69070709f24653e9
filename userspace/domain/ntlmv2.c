// SPDX-License-Identifier: GPL-2.0-or-later
#include "ntlmv2.h"

#include <errno.h>
#include <nettle/hmac.h>
#include <string.h>
#include <wctype.h>

#include "nrpc.h"
#include "secret.h"
#include "utf16.h"

#define NAME_MAX_BYTES	256
#define HEAD_LEN	28	/* of NTLMv2_CLIENT_CHALLENGE, before the AV_PAIRs */
#define END_LEN		4

/* 3.3.2 has the user in capitals, the domain as it is. */
static void capitals(uint8_t *wide, size_t len)
{
	for (size_t i = 0; i + 1 < len; i += 2) {
		wint_t big = towupper((wint_t)(wide[i] | wide[i + 1] << 8));

		if (big > 0xffff)
			continue;
		wide[i] = (uint8_t)big;
		wide[i + 1] = (uint8_t)(big >> 8);
	}
}

static int add_name(struct hmac_md5_ctx *hmac, const char *name, int up)
{
	uint8_t wide[WIRE_UTF16_MAX(NAME_MAX_BYTES)];
	int len;

	if (strlen(name) > NAME_MAX_BYTES)
		return -EMSGSIZE;
	len = wire_utf16_from_utf8(wide, sizeof(wide), name, (u32)strlen(name),
				   WIRE_UTF_STRICT);
	if (len < 0)
		return len;
	if (up)
		capitals(wide, (size_t)len);
	hmac_md5_update(hmac, (size_t)len, wide);
	return 0;
}

/* NTOWFv2 */
static int owf(const struct ntlmv2 *ask, uint8_t key[NTLMV2_KEY_LEN])
{
	struct hmac_md5_ctx hmac;
	uint8_t hash[16];
	int ret = rpc_netlogon_hash(ask->password, hash);

	if (ret)
		return ret;
	hmac_md5_set_key(&hmac, sizeof(hash), hash);
	ret = add_name(&hmac, ask->user, 1);
	if (!ret)
		ret = add_name(&hmac, ask->domain, 0);
	hmac_md5_digest(&hmac, NTLMV2_KEY_LEN, key);
	secret_wipe(hash, sizeof(hash));
	secret_wipe(&hmac, sizeof(hmac));
	return ret;
}

/* NTLMv2_CLIENT_CHALLENGE, 2.2.2.7 */
static size_t put_blob(const struct ntlmv2 *ask, uint8_t *out)
{
	memset(out, 0, HEAD_LEN);
	out[0] = 1;
	out[1] = 1;
	for (int i = 0; i < 8; i++)
		out[8 + i] = (uint8_t)(ask->time >> (8 * i));
	memcpy(out + 16, ask->client, NTLMV2_CHALLENGE_LEN);
	if (ask->info_len)
		memcpy(out + HEAD_LEN, ask->info, ask->info_len);
	memset(out + HEAD_LEN + ask->info_len, 0, END_LEN);
	return HEAD_LEN + ask->info_len + END_LEN;
}

int ntlmv2_answer(const struct ntlmv2 *ask, uint8_t response[NTLMV2_ROOM],
		  uint8_t key[NTLMV2_KEY_LEN])
{
	uint8_t owner[NTLMV2_KEY_LEN];
	struct hmac_md5_ctx hmac;
	size_t len;
	int ret;

	if (ask->info_len > NTLMV2_INFO_MAX)
		return -EMSGSIZE;
	ret = owf(ask, owner);
	if (!ret) {
		len = put_blob(ask, response + NTLMV2_KEY_LEN);
		hmac_md5_set_key(&hmac, sizeof(owner), owner);
		hmac_md5_update(&hmac, NTLMV2_CHALLENGE_LEN, ask->server);
		hmac_md5_update(&hmac, len, response + NTLMV2_KEY_LEN);
		hmac_md5_digest(&hmac, NTLMV2_KEY_LEN, response);
		hmac_md5_update(&hmac, NTLMV2_KEY_LEN, response);
		hmac_md5_digest(&hmac, NTLMV2_KEY_LEN, key);
		secret_wipe(&hmac, sizeof(hmac));
		ret = (int)(NTLMV2_KEY_LEN + len);
	}
	secret_wipe(owner, sizeof(owner));
	return ret;
}
