// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Every method of every interface, from the tables alone: what is encoded and
 * decoded again is the same, what is cut short or damaged is refused or harmless.
 * ROUNDS in the environment: how often, 3 without it, which is once big-endian.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "ndr_random.h"
#include "tap.h"

#define CUTS 400		/* bytes whose loss is tried, at most */
#define DAMAGES 60

struct trial {
	struct ndr_codec codec;
	const struct ndr_method *method;
	enum ndr_direction dir;
	struct ndr_random random;
	void *args;
	struct ndr_bytes stub;
	unsigned int tried;
	bool bad;
};

static void complain(struct trial *t, const char *what)
{
	if (t->bad)
		return;
	t->bad = true;
	printf("# %s.%s %s %s%s, seed %llu: %s: %s\n", t->method->interface,
	       t->method->name, t->dir == NDR_IN ? "in" : "out",
	       t->codec.syntax ? "ndr64" : "ndr32",
	       t->codec.big_endian ? " big-endian" : "",
	       (unsigned long long)t->random.state, what, t->codec.error.text);
}

/* A response is decoded over the request's arguments, as a client does it. */
static void *fresh(struct trial *t)
{
	void *args = ndr_arena_alloc(t->codec.arena, t->method->size);
	const struct ndr_field *f;
	uint16_t i;

	memcpy(args, t->args, t->method->size);
	for (i = 0; i < t->method->n_params; i++) {
		f = &t->method->params[i];
		if (f->flags & t->dir)
			memset((char *)args + f->offset, 0, f->type->size);
	}
	return args;
}

static bool same(const struct ndr_bytes *a, const struct ndr_bytes *b)
{
	return a->len == b->len && !memcmp(a->ptr, b->ptr, a->len);
}

static void round_trip(struct trial *t)
{
	void *again = fresh(t);
	struct ndr_bytes stub;

	if (ndr_decode(&t->codec, t->method, t->dir, &t->stub, again))
		complain(t, "decode");
	else if (ndr_encode(&t->codec, t->method, t->dir, again, &stub))
		complain(t, "encode again");
	else if (!same(&stub, &t->stub))
		complain(t, "other bytes");
}

static void json_trip(struct trial *t)
{
	enum ndr_direction all = NDR_IN | NDR_OUT;
	void *again = ndr_arena_alloc(t->codec.arena, t->method->size);
	json_t *json = ndr_to_json(&t->codec, t->method, all, t->args);
	struct ndr_bytes stub;

	if (!json)
		complain(t, "to JSON");
	else if (ndr_from_json(&t->codec, t->method, all, json, again))
		complain(t, "from JSON");
	else if (ndr_encode(&t->codec, t->method, t->dir, again, &stub))
		complain(t, "encode from JSON");
	else if (!same(&stub, &t->stub))
		complain(t, "other bytes from JSON");
	if (t->bad && json) {
		fputs("# ", stdout);
		json_dumpf(json, stdout, 0);
		puts("");
	}
	json_decref(json);
}

/* The sanitizers see every byte that is read beyond the copy. */
static int decode_copy(struct trial *t, const uint8_t *bytes, size_t len,
		       void *args)
{
	struct ndr_codec codec = { ndr_arena_new(1 << 20), t->codec.syntax,
				   { 0, "" }, t->codec.big_endian };
	uint8_t *copy = malloc(len ? len : 1);
	struct ndr_bytes stub = { copy, len }, again;
	json_t *json;
	int err;

	memcpy(copy, bytes, len);
	err = ndr_decode(&codec, t->method, t->dir, &stub, args);
	if (err && (!codec.error.text[0] || codec.error.code != err))
		complain(t, "an error without words");
	if (!err) {
		/* What was taken can be said again, and shown. */
		if (ndr_encode(&codec, t->method, t->dir, args, &again) &&
		    codec.error.code != -ENOMEM) {
			t->codec.error = codec.error;
			complain(t, "decoded, but not encoded");
		}
		json = ndr_to_json(&codec, t->method, t->dir, args);
		json_decref(json);
	}
	ndr_arena_free(codec.arena);
	free(copy);
	return err;
}

static void cut_short(struct trial *t)
{
	size_t len;

	for (len = 0; len < t->stub.len && len < CUTS; len++)
		if (!decode_copy(t, t->stub.ptr, len, fresh(t)))
			complain(t, "a stub that is cut short is taken");
}

static void damage(struct trial *t)
{
	uint8_t *copy = malloc(t->stub.len + 1);
	unsigned int i;

	for (i = 0; i < DAMAGES && t->stub.len; i++) {
		uint32_t at = ndr_random_below(&t->random, t->stub.len);
		static const uint8_t values[] = { 0, 1, 0x7f, 0x80, 0xff };

		memcpy(copy, t->stub.ptr, t->stub.len);
		copy[at] = values[ndr_random_below(&t->random, sizeof(values))];
		decode_copy(t, copy, t->stub.len, fresh(t));
	}
	free(copy);
}

static void try_once(struct trial *t)
{
	ndr_arena_reset(t->codec.arena);
	t->args = ndr_arena_alloc(t->codec.arena, t->method->size);
	ndr_random_fill(&t->random, t->method, t->args);
	if (ndr_encode(&t->codec, t->method, t->dir, t->args, &t->stub)) {
		complain(t, "encode");
		return;
	}
	t->tried++;
	round_trip(t);
	json_trip(t);
	cut_short(t);
	damage(t);
}

static unsigned int rounds = 3;

static bool try_method(const struct ndr_method *method, unsigned int *tried)
{
	struct trial t = { .method = method, .random.state = method->opnum };
	unsigned int i;

	t.codec.arena = ndr_arena_new(0);
	t.random.arena = t.codec.arena;
	for (i = 0; i < rounds * 4 && !t.bad; i++) {
		t.codec.syntax = i & 1 ? NDR_SYNTAX_NDR64 : NDR_SYNTAX_NDR32;
		t.dir = i & 2 ? NDR_OUT : NDR_IN;
		t.codec.big_endian = i / 4 % 3 == 2;
		try_once(&t);
	}
	*tried += t.tried;
	ndr_arena_free(t.codec.arena);
	return !t.bad;
}

int main(void)
{
	const struct ndr_interface *const *i;
	const char *env = getenv("ROUNDS");
	unsigned int n, good, tried;

	if (env)
		rounds = (unsigned int)atoi(env);
	for (i = ndr_interfaces; *i; i++) {
		for (n = good = tried = 0; n < (*i)->n_methods; n++)
			good += try_method(&(*i)->methods[n], &tried);
		ok(good == n && tried, "%s: %u of %u methods, %u stubs",
		   (*i)->name, good, n, tried);
	}
	return tap_done();
}
