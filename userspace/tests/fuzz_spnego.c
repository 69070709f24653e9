// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * libFuzzer target: whatever decodes must encode again to something that
 * decodes to the same.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "spnego.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define ROOM (1 << 20)

static uint8_t room[ROOM];

static void same(struct der_bytes a, struct der_bytes b)
{
	if (!a.data != !b.data || a.len != b.len ||
	    (a.len && memcmp(a.data, b.data, a.len) != 0))
		abort();
}

static void try_init(const uint8_t *data, size_t size)
{
	struct spnego_init first, second;
	struct der_bytes der;

	if (!spnego_init_decode(data, size, &first))
		return;
	der = spnego_init_encode(room, sizeof(room), &first);
	if (!der.data || !spnego_init_decode(der.data, der.len, &second) ||
	    first.mech_count != second.mech_count)
		abort();
	for (size_t i = 0; i < first.mech_count; i++)
		same(first.mechs[i], second.mechs[i]);
	same(first.mech_token, second.mech_token);
	same(first.mic, second.mic);
}

static void try_resp(const uint8_t *data, size_t size)
{
	struct spnego_resp first, second;
	struct der_bytes der;

	if (!spnego_resp_decode(data, size, &first))
		return;
	der = spnego_resp_encode(room, sizeof(room), &first);
	if (!der.data || !spnego_resp_decode(der.data, der.len, &second) ||
	    first.state != second.state)
		abort();
	same(first.mech, second.mech);
	same(first.token, second.token);
	same(first.mic, second.mic);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* Larger than any token that the kernel passes. */
	if (size > ROOM / 2)
		return 0;
	try_init(data, size);
	try_resp(data, size);
	return 0;
}
