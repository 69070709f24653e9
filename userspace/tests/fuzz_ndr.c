// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Any stub for any method of the interface that UNC_FUZZ in the environment
 * names, or of all without it, as the tables have them. The first four bytes
 * choose: interface, method, direction and syntax, seed of the request that a
 * response belongs to.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ndr_random.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv);

static const struct ndr_interface *only;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	const char *name = getenv("UNC_FUZZ");

	only = name ? ndr_interface_find(name) : NULL;
	if (!name || only)
		return 0;
	fprintf(stderr, "UNC_FUZZ: there is no interface %s\n", name);
	exit(2);
}

static const struct ndr_method *choose(const uint8_t *data)
{
	const struct ndr_interface *i;
	unsigned int n = 0;

	while (ndr_interfaces[n])
		n++;
	i = only ? only : ndr_interfaces[data[0] % n];
	return &i->methods[data[1] % i->n_methods];
}

/* What was decoded can be encoded, and decoded again to the same bytes. */
static void again(struct ndr_codec *codec, const struct ndr_method *method,
		  enum ndr_direction dir, void *args)
{
	struct ndr_bytes first, second;

	if (ndr_encode(codec, method, dir, args, &first))
		return;
	if (ndr_decode(codec, method, dir, &first, args))
		abort();
	if (ndr_encode(codec, method, dir, args, &second))
		return;
	if (first.len != second.len || memcmp(first.ptr, second.ptr, first.len))
		abort();
	json_decref(ndr_to_json(codec, method, dir, args));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ndr_codec codec = { .syntax = NDR_SYNTAX_NDR32 };
	struct ndr_random r = { 0, NULL };
	const struct ndr_method *method;
	enum ndr_direction dir;
	struct ndr_bytes stub;
	void *args;

	if (size < 4)
		return 0;
	codec.arena = r.arena = ndr_arena_new(1 << 20);
	codec.syntax = data[2] & 1 ? NDR_SYNTAX_NDR64 : NDR_SYNTAX_NDR32;
	codec.big_endian = data[2] & 4;
	dir = data[2] & 2 ? NDR_OUT : NDR_IN;
	r.state = data[3];
	method = choose(data);
	args = ndr_arena_alloc(codec.arena, method->size);
	ndr_random_fill(&r, method, args);
	stub.ptr = data + 4;
	stub.len = size - 4;
	if (!ndr_decode(&codec, method, dir, &stub, args))
		again(&codec, method, dir, args);
	ndr_arena_free(codec.arena);
	return 0;
}
