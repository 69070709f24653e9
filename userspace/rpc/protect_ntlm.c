// SPDX-License-Identifier: GPL-2.0-or-later
#include "protect.h"

#include <errno.h>
#include <nettle/arcfour.h>
#include <nettle/hmac.h>
#include <nettle/md5.h>
#include <nettle/memops.h>
#include <stdlib.h>
#include <string.h>

#include "secret.h"

#define SIG_LEN		16
#define SIG_VERSION	1
#define KEY_LEN		16
#define CHECKSUM_LEN	8

/* One direction: keys, key stream and sequence number. */
struct side {
	struct hmac_md5_ctx sign;
	struct arcfour_ctx seal;
	uint32_t seq;
};

struct ntlm_protect {
	struct rpc_protect base;
	struct side send, recv;
};

/* [MS-NLMP] 3.4.5.2 and 3.4.5.3; the magic constants include their NUL. */
#define MAGIC(what, from, to) \
	"session key to " from "-to-" to " " what " key magic constant"

static const char *const sign_magic[2] = {
	MAGIC("signing", "client", "server"),
	MAGIC("signing", "server", "client"),
};
static const char *const seal_magic[2] = {
	MAGIC("sealing", "client", "server"),
	MAGIC("sealing", "server", "client"),
};

static void derive(const uint8_t key[KEY_LEN], const char *magic,
		   uint8_t out[KEY_LEN])
{
	struct md5_ctx md5;

	md5_init(&md5);
	md5_update(&md5, KEY_LEN, key);
	md5_update(&md5, strlen(magic) + 1, (const uint8_t *)magic);
	md5_digest(&md5, KEY_LEN, out);
	secret_wipe(&md5, sizeof(md5));
}

static void side_init(struct side *side, const uint8_t key[KEY_LEN],
		      bool from_server)
{
	uint8_t made[KEY_LEN];

	derive(key, sign_magic[from_server], made);
	hmac_md5_set_key(&side->sign, KEY_LEN, made);
	derive(key, seal_magic[from_server], made);
	arcfour_set_key(&side->seal, KEY_LEN, made);
	secret_wipe(made, sizeof(made));
}

static void put_u32(uint8_t *at, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		at[i] = (uint8_t)(value >> (8 * i));
}

/* The checksum of the plain message, before it is encrypted itself. */
static void checksum(struct side *side, const struct rpc_packet *packet,
		     uint8_t out[CHECKSUM_LEN])
{
	uint8_t seq[4];

	put_u32(seq, side->seq);
	hmac_md5_update(&side->sign, sizeof(seq), seq);
	if (packet->sign_all)
		hmac_md5_update(&side->sign, packet->len, packet->pdu);
	else
		hmac_md5_update(&side->sign, packet->data_len,
				packet->pdu + packet->data_at);
	hmac_md5_digest(&side->sign, CHECKSUM_LEN, out);
}

/* With key exchange the checksum takes the next eight bytes of the stream. */
static void make_signature(struct side *side, const uint8_t sum[CHECKSUM_LEN],
			   uint8_t sig[SIG_LEN])
{
	put_u32(sig, SIG_VERSION);
	arcfour_crypt(&side->seal, CHECKSUM_LEN, sig + 4, sum);
	put_u32(sig + 12, side->seq++);
}

static int ntlm_sig_len(struct rpc_protect *p, const struct rpc_packet *packet,
			struct rpc_error *err)
{
	return SIG_LEN;
}

static void crypt_data(struct side *side, struct rpc_packet *packet)
{
	uint8_t *data = packet->pdu + packet->data_at;

	if (packet->seal)
		arcfour_crypt(&side->seal, packet->data_len, data, data);
}

static int ntlm_close(struct rpc_protect *p, struct rpc_packet *packet,
		      struct rpc_error *err)
{
	struct ntlm_protect *ntlm = (struct ntlm_protect *)p;
	uint8_t sum[CHECKSUM_LEN];

	if (packet->sig_len != SIG_LEN)
		return rpc_fail(err, -EINVAL, "an NTLM signature has %d bytes",
				SIG_LEN);
	checksum(&ntlm->send, packet, sum);
	crypt_data(&ntlm->send, packet);
	make_signature(&ntlm->send, sum, packet->sig);
	return 0;
}

static int ntlm_open(struct rpc_protect *p, struct rpc_packet *packet,
		     struct rpc_error *err)
{
	struct ntlm_protect *ntlm = (struct ntlm_protect *)p;
	uint8_t sum[CHECKSUM_LEN], sig[SIG_LEN];

	if (packet->sig_len != SIG_LEN)
		return rpc_fail(err, -EPROTO,
				"the server's signature has %zu bytes, not %d",
				packet->sig_len, SIG_LEN);
	crypt_data(&ntlm->recv, packet);
	checksum(&ntlm->recv, packet, sum);
	make_signature(&ntlm->recv, sum, sig);
	if (!memeql_sec(sig, packet->sig, SIG_LEN))
		return rpc_fail(err, -EPROTO, "the server's signature is wrong");
	return 0;
}

static void ntlm_free(struct rpc_protect *p)
{
	secret_wipe(p, sizeof(struct ntlm_protect));
	free(p);
}

static const struct rpc_protect_ops ntlm_ops = {
	.sig_len = ntlm_sig_len,
	.close = ntlm_close,
	.open = ntlm_open,
	.free = ntlm_free,
};

struct rpc_protect *rpc_ntlm_protect_new(const uint8_t key[16],
					 const uint32_t first[2],
					 bool server)
{
	struct ntlm_protect *ntlm = calloc(1, sizeof(*ntlm));

	if (!ntlm)
		return NULL;
	ntlm->base.ops = &ntlm_ops;
	side_init(&ntlm->send, key, server);
	side_init(&ntlm->recv, key, !server);
	ntlm->send.seq = first[0];
	ntlm->recv.seq = first[1];
	return &ntlm->base;
}
