// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * NTLM for nobody ([MS-NLMP] 3.2.5.1.2): two fixed messages without name,
 * response or integrity.  Written out here because gss-ntlmssp has no
 * credential for it.  The session key is sixteen zero bytes, known to all;
 * SMB neither signs nor encrypts with it.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "mech.h"

#define NTLM_NEGOTIATE		1
#define NTLM_CHALLENGE		2
#define NTLM_AUTHENTICATE	3

#define NTLM_UNICODE		0x00000001
#define NTLM_REQUEST_TARGET	0x00000004
#define NTLM_NTLM		0x00000200
#define NTLM_ANONYMOUS		0x00000800
#define NTLM_EXTENDED_SECURITY	0x00080000
#define NTLM_128		0x20000000

#define FLAGS (NTLM_UNICODE | NTLM_REQUEST_TARGET | NTLM_NTLM | \
	       NTLM_EXTENDED_SECURITY | NTLM_128)

#define NEGOTIATE_LEN		32
#define AUTHENTICATE_LEN	64
#define CHALLENGE_MIN		32

struct anonymous {
	struct mech mech;
	bool begun;
	/* One byte more: the LM response of anonymous is one zero byte. */
	uint8_t token[AUTHENTICATE_LEN + 1];
};

static void put_u32(uint8_t *at, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		at[i] = (uint8_t)(value >> (8 * i));
}

static void put_head(uint8_t *token, uint32_t type)
{
	memcpy(token, "NTLMSSP", 8);
	put_u32(token + 8, type);
}

/* Length, room and offset of a field; nothing but the LM response has bytes. */
static void put_field(uint8_t *at, uint16_t len)
{
	put_u32(at, (uint32_t)len << 16 | len);
	put_u32(at + 4, AUTHENTICATE_LEN);
}

static struct der_bytes negotiate(struct anonymous *anon)
{
	memset(anon->token, 0, sizeof(anon->token));
	put_head(anon->token, NTLM_NEGOTIATE);
	put_u32(anon->token + 12, FLAGS);
	return (struct der_bytes){ anon->token, NEGOTIATE_LEN };
}

static struct der_bytes authenticate(struct anonymous *anon)
{
	memset(anon->token, 0, sizeof(anon->token));
	put_head(anon->token, NTLM_AUTHENTICATE);
	for (unsigned int field = 12; field <= 52; field += 8)
		put_field(anon->token + field, field == 12 ? 1 : 0);
	put_u32(anon->token + 60, FLAGS | NTLM_ANONYMOUS);
	return (struct der_bytes){ anon->token, AUTHENTICATE_LEN + 1 };
}

static bool is_challenge(struct der_bytes in)
{
	return in.len >= CHALLENGE_MIN && memcmp(in.data, "NTLMSSP", 8) == 0 &&
	       in.data[8] == NTLM_CHALLENGE;
}

static bool anonymous_step(struct mech *mech, struct der_bytes in,
			   struct der_bytes *out, struct answer *answer)
{
	struct anonymous *anon = (struct anonymous *)mech;

	if (!anon->begun) {
		anon->begun = true;
		*out = negotiate(anon);
		return true;
	}
	if (!is_challenge(in)) {
		answer_fail(answer, EPROTO, UNC_STAGE_MECHANISM,
			    "the server's NTLM challenge is malformed");
		return false;
	}
	*out = authenticate(anon);
	mech->complete = true;
	return true;
}

static bool anonymous_result(struct mech *mech, struct answer *answer)
{
	memset(answer->key, 0, 16);
	answer->key_len = 16;
	strcpy(answer->principal, "anonymous");
	return true;
}

static void anonymous_free(struct mech *mech)
{
	free(mech);
}

static const struct mech_ops anonymous_ops = {
	.step = anonymous_step,
	.result = anonymous_result,
	.free = anonymous_free,
};

struct mech *anonymous_mech_new(struct answer *answer)
{
	struct anonymous *anon = calloc(1, sizeof(*anon));

	if (!anon) {
		answer_fail(answer, ENOMEM, UNC_STAGE_MECHANISM,
			    "out of memory");
		return NULL;
	}
	anon->mech.ops = &anonymous_ops;
	anon->mech.id = SPNEGO_MECH_NTLM;
	return &anon->mech;
}
