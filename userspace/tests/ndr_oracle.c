// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The engine for scripts: a request of one line of JSON on standard input, an
 * answer of one line on standard output.
 *
 *	{"method": "srvsvc.NetrShareEnum", "dir": 1, "seed": 7, "ndr64": false}
 * makes random arguments: {"json": ..., "hex": "stub"}
 *
 *	{..., "seed": 7, "stub": "hex"}
 * decodes the stub, with the other arguments made from the seed as before:
 * {"json": ..., "hex": "encoded again"} or {"error": "words"}
 *
 *	{"list": "srvsvc"}
 * tells the methods: ["NetrShareEnum", ...]
 */
#include <stdlib.h>
#include <string.h>

#include "ndr_random.h"

static char *to_hex(const struct ndr_bytes *bytes)
{
	char *text = calloc(1, 2 * bytes->len + 1);
	size_t i;

	for (i = 0; i < bytes->len; i++)
		sprintf(text + 2 * i, "%02x", bytes->ptr[i]);
	return text;
}

static struct ndr_bytes from_hex(struct ndr_arena *arena, const char *text)
{
	struct ndr_bytes bytes = { NULL, strlen(text) / 2 };
	uint8_t *made = ndr_arena_alloc(arena, bytes.len);
	size_t i;

	for (i = 0; i < bytes.len; i++)
		sscanf(text + 2 * i, "%2hhx", made + i);
	bytes.ptr = made;
	return bytes;
}

static void clear(const struct ndr_method *m, enum ndr_direction dir, char *args)
{
	uint16_t i;

	for (i = 0; i < m->n_params; i++)
		if (m->params[i].flags & dir)
			memset(args + m->params[i].offset, 0, m->params[i].type->size);
}

static json_t *answer(struct ndr_codec *codec, const struct ndr_method *m,
		      const json_t *ask)
{
	enum ndr_direction dir = json_integer_value(json_object_get(ask, "dir"));
	const char *stub = json_string_value(json_object_get(ask, "stub"));
	struct ndr_random r = { json_integer_value(json_object_get(ask, "seed")),
				codec->arena };
	void *args = ndr_arena_alloc(codec->arena, m->size);
	struct ndr_bytes bytes;
	json_t *json, *reply;
	char *hex;

	ndr_random_fill(&r, m, args);
	if (stub) {
		clear(m, dir, args);
		bytes = from_hex(codec->arena, stub);
		ndr_decode(codec, m, dir, &bytes, args);
	}
	if (codec->error.code || ndr_encode(codec, m, dir, args, &bytes))
		return json_pack("{s:s}", "error", codec->error.text);
	json = ndr_to_json(codec, m, dir, args);
	if (!json)
		return json_pack("{s:s}", "error", codec->error.text);
	hex = to_hex(&bytes);
	reply = json_pack("{s:o, s:s}", "json", json, "hex", hex);
	free(hex);
	return reply;
}

static json_t *list(const char *name)
{
	const struct ndr_interface *i = ndr_interface_find(name);
	json_t *made = json_array();
	uint16_t n;

	for (n = 0; i && n < i->n_methods; n++)
		if (!i->methods[n].not_on_wire)
			json_array_append_new(made, json_pack("[s, i]",
				i->methods[n].name, i->methods[n].opnum));
	return made;
}

static json_t *one(struct ndr_codec *codec, const json_t *ask)
{
	const char *name = json_string_value(json_object_get(ask, "method"));
	const char *listed = json_string_value(json_object_get(ask, "list"));
	const struct ndr_method *m = name ? ndr_method_find_full(name) : NULL;

	codec->syntax = json_is_true(json_object_get(ask, "ndr64")) ?
			NDR_SYNTAX_NDR64 : NDR_SYNTAX_NDR32;
	codec->error.code = 0;
	if (listed)
		return list(listed);
	if (!m)
		return json_pack("{s:s}", "error", "no such method");
	return answer(codec, m, ask);
}

int main(void)
{
	struct ndr_codec codec = { .arena = ndr_arena_new(0) };
	json_t *ask, *reply;
	char *line = NULL;
	size_t cap = 0;

	while (getline(&line, &cap, stdin) > 0) {
		ask = json_loads(line, 0, NULL);
		reply = one(&codec, ask);
		json_dumpf(reply, stdout, JSON_COMPACT);
		putchar('\n');
		fflush(stdout);
		json_decref(reply);
		json_decref(ask);
		ndr_arena_reset(codec.arena);
	}
	free(line);
	ndr_arena_free(codec.arena);
	return 0;
}
