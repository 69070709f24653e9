// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The message security of the Netlogon secure channel with AES: NL_AUTH_SHA2
 * signatures ([MS-NRPC] 2.2.1.3.3, 3.3.4.2).
 */
#include "nrpc.h"

#include <errno.h>
#include <nettle/aes.h>
#include <nettle/cfb.h>
#include <nettle/hmac.h>
#include <nettle/memops.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "secret.h"

/*
 * The document draws a checksum of 32 bytes with the confounder behind it; on
 * the wire the checksum has eight, the confounder follows, and then nothing
 * that counts up to the length of 56.
 */
#define HEAD_LEN	8	/* algorithms and flags */
#define SEQ_LEN		8
#define SUM_LEN		8
#define CONFOUNDER_LEN	8
#define SIG_USED	(HEAD_LEN + SEQ_LEN + SUM_LEN + CONFOUNDER_LEN)
#define SIG_LEN		56

#define ALG_HMAC_SHA256	0x13
#define ALG_AES128	0x1a
#define FROM_CLIENT	0x80

struct nl_protect {
	struct rpc_protect base;
	uint8_t key[RPC_NETLOGON_KEY_LEN];
	struct aes128_ctx seq_key;	/* encrypts sequence numbers */
	struct aes128_ctx data_key;	/* encrypts data: the key XOR 0xf0 */
	uint64_t seq;			/* one count for both directions */
	bool server;
};

/* ---- Parts of a signature ----------------------------------------------- */

static void fill_head(uint8_t head[HEAD_LEN], bool seal)
{
	memset(head, 0, HEAD_LEN);
	head[0] = ALG_HMAC_SHA256;
	head[2] = seal ? ALG_AES128 : 0xff;
	head[3] = seal ? 0 : 0xff;
	head[4] = 0xff;
	head[5] = 0xff;
}

static void fill_seq(const struct nl_protect *nl, bool from_server,
		     uint8_t seq[SEQ_LEN])
{
	for (int i = 0; i < 4; i++) {
		seq[i] = (uint8_t)(nl->seq >> (24 - 8 * i));
		seq[4 + i] = (uint8_t)(nl->seq >> (56 - 8 * i));
	}
	if (!from_server)
		seq[4] |= FROM_CLIENT;
}

static void checksum(const struct nl_protect *nl,
		     const struct rpc_packet *packet, const uint8_t *confounder,
		     uint8_t sum[SUM_LEN])
{
	struct hmac_sha256_ctx hmac;

	hmac_sha256_set_key(&hmac, sizeof(nl->key), nl->key);
	hmac_sha256_update(&hmac, HEAD_LEN, packet->sig);
	if (packet->seal)
		hmac_sha256_update(&hmac, CONFOUNDER_LEN, confounder);
	if (packet->sign_all)
		hmac_sha256_update(&hmac, packet->len, packet->pdu);
	else
		hmac_sha256_update(&hmac, packet->data_len,
				   packet->pdu + packet->data_at);
	hmac_sha256_digest(&hmac, SUM_LEN, sum);
	secret_wipe(&hmac, sizeof(hmac));
}

typedef void cfb8_func(const void *ctx, nettle_cipher_func *f, size_t block,
		       uint8_t *iv, size_t len, uint8_t *dst,
		       const uint8_t *src);

static void crypt_cfb8(const struct aes128_ctx *aes, bool encrypt,
		       uint8_t iv[AES_BLOCK_SIZE], uint8_t *data, size_t len)
{
	cfb8_func *run = encrypt ? cfb8_encrypt : cfb8_decrypt;

	run(aes, (nettle_cipher_func *)aes128_encrypt, AES_BLOCK_SIZE, iv, len,
	    data, data);
}

/* An initial vector is eight bytes, twice. */
static void fill_iv(uint8_t iv[AES_BLOCK_SIZE], const uint8_t half[8])
{
	memcpy(iv, half, 8);
	memcpy(iv + 8, half, 8);
}

/* Confounder and data are one stream. */
static void crypt_data(const struct nl_protect *nl, struct rpc_packet *packet,
		       const uint8_t seq[SEQ_LEN], bool encrypt)
{
	uint8_t *confounder = packet->sig + HEAD_LEN + SEQ_LEN + SUM_LEN;
	uint8_t iv[AES_BLOCK_SIZE];

	if (!packet->seal)
		return;
	fill_iv(iv, seq);
	crypt_cfb8(&nl->data_key, encrypt, iv, confounder, CONFOUNDER_LEN);
	crypt_cfb8(&nl->data_key, encrypt, iv, packet->pdu + packet->data_at,
		   packet->data_len);
}

static void crypt_seq(const struct nl_protect *nl, uint8_t *sig, bool encrypt)
{
	uint8_t iv[AES_BLOCK_SIZE];

	fill_iv(iv, sig + HEAD_LEN + SEQ_LEN);
	crypt_cfb8(&nl->seq_key, encrypt, iv, sig + HEAD_LEN, SEQ_LEN);
}

/* ---- The provider ------------------------------------------------------- */

static int nl_sig_len(struct rpc_protect *p, const struct rpc_packet *packet,
		      struct rpc_error *err)
{
	return SIG_LEN;
}

static int nl_close(struct rpc_protect *p, struct rpc_packet *packet,
		    struct rpc_error *err)
{
	struct nl_protect *nl = (struct nl_protect *)p;
	uint8_t *seq = packet->sig + HEAD_LEN, *sum = seq + SEQ_LEN;
	uint8_t *confounder = sum + SUM_LEN;
	uint8_t plain_seq[SEQ_LEN];

	if (packet->sig_len != SIG_LEN)
		return rpc_fail(err, -EINVAL,
				"a Netlogon signature has %d bytes", SIG_LEN);
	memset(packet->sig, 0, SIG_LEN);
	fill_head(packet->sig, packet->seal);
	if (packet->seal && getrandom(confounder, CONFOUNDER_LEN, 0) !=
	    CONFOUNDER_LEN)
		return rpc_fail(err, -EIO, "there are no random numbers");
	fill_seq(nl, nl->server, plain_seq);
	memcpy(seq, plain_seq, SEQ_LEN);
	checksum(nl, packet, confounder, sum);
	crypt_data(nl, packet, plain_seq, true);
	crypt_seq(nl, packet->sig, true);
	nl->seq++;
	return 0;
}

static int nl_open(struct rpc_protect *p, struct rpc_packet *packet,
		   struct rpc_error *err)
{
	struct nl_protect *nl = (struct nl_protect *)p;
	uint8_t *seq = packet->sig + HEAD_LEN, *sum = seq + SEQ_LEN;
	uint8_t head[HEAD_LEN], want[SEQ_LEN], made[SUM_LEN];

	if (packet->sig_len < SIG_USED)
		return rpc_fail(err, -EPROTO,
				"the server's signature has only %zu bytes",
				packet->sig_len);
	fill_head(head, packet->seal);
	if (memcmp(head, packet->sig, HEAD_LEN))
		return rpc_fail(err, -EPROTO,
				"the server signs by another algorithm than agreed");
	fill_seq(nl, !nl->server, want);
	crypt_seq(nl, packet->sig, false);
	if (!memeql_sec(seq, want, SEQ_LEN))
		return rpc_fail(err, -EPROTO,
				"the server's message is out of sequence");
	crypt_data(nl, packet, want, false);
	checksum(nl, packet, sum + SUM_LEN, made);
	if (!memeql_sec(made, sum, SUM_LEN))
		return rpc_fail(err, -EPROTO, "the server's signature is wrong");
	nl->seq++;
	return 0;
}

static void nl_free(struct rpc_protect *p)
{
	secret_wipe(p, sizeof(struct nl_protect));
	free(p);
}

static const struct rpc_protect_ops nl_ops = {
	.sig_len = nl_sig_len,
	.close = nl_close,
	.open = nl_open,
	.free = nl_free,
};

struct rpc_protect *rpc_netlogon_protect_new(const uint8_t key[RPC_NETLOGON_KEY_LEN],
					     bool server)
{
	struct nl_protect *nl = calloc(1, sizeof(*nl));
	uint8_t data_key[RPC_NETLOGON_KEY_LEN];

	if (!nl)
		return NULL;
	nl->base.ops = &nl_ops;
	nl->server = server;
	memcpy(nl->key, key, sizeof(nl->key));
	for (size_t i = 0; i < sizeof(data_key); i++)
		data_key[i] = key[i] ^ 0xf0;
	aes128_set_encrypt_key(&nl->seq_key, key);
	aes128_set_encrypt_key(&nl->data_key, data_key);
	secret_wipe(data_key, sizeof(data_key));
	return &nl->base;
}
