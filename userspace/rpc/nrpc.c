// SPDX-License-Identifier: GPL-2.0-or-later
#include "nrpc.h"

#include <errno.h>
#include <nettle/aes.h>
#include <nettle/cfb.h>
#include <nettle/hmac.h>
#include <nettle/md4.h>
#include <nettle/memops.h>
#include <string.h>

#include "cursor.h"
#include "secret.h"
#include "utf16.h"

#define PASSWORD_MAX	512		/* UTF-8 bytes; UTF-16 has at most as many units */

enum nl_auth_type {
	NL_AUTH_REQUEST		= 0,
	NL_AUTH_RESPONSE	= 1,
};

enum nl_auth_flags {
	NL_AUTH_DOMAIN		= 0x01,	/* OEM NetBIOS names */
	NL_AUTH_COMPUTER	= 0x02,
};

int rpc_netlogon_hash(const char *password, uint8_t hash[16])
{
	uint8_t wide[WIRE_UTF16_MAX(PASSWORD_MAX)];
	size_t bytes = strlen(password);
	struct md4_ctx md4;
	int len;

	if (bytes > PASSWORD_MAX)
		return -EMSGSIZE;
	len = wire_utf16_from_utf8(wide, sizeof(wide), password, (u32)bytes, 0);
	if (len < 0)
		return -EILSEQ;
	md4_init(&md4);
	md4_update(&md4, (size_t)len, wide);
	md4_digest(&md4, 16, hash);
	secret_wipe(wide, sizeof(wide));
	secret_wipe(&md4, sizeof(md4));
	return 0;
}

void rpc_netlogon_key(const uint8_t hash[16],
		      const uint8_t client[RPC_NETLOGON_CRED_LEN],
		      const uint8_t server[RPC_NETLOGON_CRED_LEN],
		      uint8_t key[RPC_NETLOGON_KEY_LEN])
{
	struct hmac_sha256_ctx hmac;

	hmac_sha256_set_key(&hmac, 16, hash);
	hmac_sha256_update(&hmac, RPC_NETLOGON_CRED_LEN, client);
	hmac_sha256_update(&hmac, RPC_NETLOGON_CRED_LEN, server);
	hmac_sha256_digest(&hmac, RPC_NETLOGON_KEY_LEN, key);
	secret_wipe(&hmac, sizeof(hmac));
}

void rpc_netlogon_credential(const uint8_t key[RPC_NETLOGON_KEY_LEN],
			     const uint8_t in[RPC_NETLOGON_CRED_LEN],
			     uint8_t out[RPC_NETLOGON_CRED_LEN])
{
	uint8_t iv[AES_BLOCK_SIZE] = { 0 };
	struct aes128_ctx aes;

	aes128_set_encrypt_key(&aes, key);
	cfb8_encrypt(&aes, (nettle_cipher_func *)aes128_encrypt,
		     AES_BLOCK_SIZE, iv, RPC_NETLOGON_CRED_LEN, out, in);
	secret_wipe(&aes, sizeof(aes));
}

/* The low half of the credential counts seconds and calls; the rest stays. */
static void stored_add(struct rpc_netlogon *netlogon, uint32_t n)
{
	uint8_t *p = netlogon->stored;
	uint32_t low = p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
		       (uint32_t)p[3] << 24;

	low += n;
	for (int i = 0; i < 4; i++)
		p[i] = (uint8_t)(low >> (8 * i));
}

void rpc_netlogon_authenticator(struct rpc_netlogon *netlogon, uint32_t now,
				uint8_t out[RPC_NETLOGON_CRED_LEN])
{
	stored_add(netlogon, now);
	rpc_netlogon_credential(netlogon->key, netlogon->stored, out);
}

bool rpc_netlogon_verify(struct rpc_netlogon *netlogon,
			 const uint8_t in[RPC_NETLOGON_CRED_LEN])
{
	uint8_t made[RPC_NETLOGON_CRED_LEN];

	stored_add(netlogon, 1);
	rpc_netlogon_credential(netlogon->key, netlogon->stored, made);
	return memeql_sec(made, in, sizeof(made));
}

/* ---- Tokens ------------------------------------------------------------- */

static void put_name(struct wire_out *out, const char *name)
{
	wire_out_bytes(out, name, (u32)strlen(name) + 1);
}

size_t rpc_netlogon_token(const struct rpc_netlogon *netlogon,
			  uint8_t token[RPC_NETLOGON_TOKEN_MAX])
{
	struct wire_out out;

	wire_out_init(&out, token, RPC_NETLOGON_TOKEN_MAX);
	wire_out_u32(&out, NL_AUTH_REQUEST);
	wire_out_u32(&out, NL_AUTH_DOMAIN | NL_AUTH_COMPUTER);
	put_name(&out, netlogon->domain);
	put_name(&out, netlogon->computer);
	return out.pos;
}

int rpc_netlogon_answer(const uint8_t *token, size_t len,
			struct rpc_error *err)
{
	struct wire_in in;

	wire_in_init(&in, token, (u32)len);
	if (wire_in_u32(&in, "MessageType") != NL_AUTH_RESPONSE && !in.err)
		wire_in_fail(&in, "MessageType");
	wire_in_u32(&in, "Flags");
	return in.err ? rpc_fail(err, -EPROTO,
				 "Netlogon: the server's token is malformed: %s",
				 in.err) : 0;
}
