// SPDX-License-Identifier: GPL-2.0-or-later
/* Values for people, a line each; and signatures of methods. */
#include <errno.h>
#include <string.h>

#include "engine.h"

static void print_value(const char *name, const json_t *v, int indent, FILE *to);

static void print_list(const char *name, const json_t *v, int indent, FILE *to)
{
	char label[128];
	size_t i;

	for (i = 0; i < json_array_size(v); i++) {
		snprintf(label, sizeof(label), "%s[%zu]", name, i);
		print_value(label, json_array_get(v, i), indent, to);
	}
	if (!i)
		fprintf(to, "%*s%s: none\n", indent, "", name);
}

static void print_value(const char *name, const json_t *v, int indent, FILE *to)
{
	const char *key;
	json_t *inner;

	if (json_is_array(v)) {
		print_list(name, v, indent, to);
		return;
	}
	fprintf(to, "%*s%s:", indent, "", name);
	if (json_is_object(v)) {
		fputc('\n', to);
		json_object_foreach((json_t *)v, key, inner)
			print_value(key, inner, indent + 2, to);
		return;
	}
	if (json_is_string(v)) {
		fprintf(to, " %s\n", json_string_value(v));
		return;
	}
	fputc(' ', to);
	json_dumpf(v, to, JSON_ENCODE_ANY);
	if (json_integer_value(v) > 9)
		fprintf(to, " (%#llx)", (unsigned long long)json_integer_value(v));
	fputc('\n', to);
}

int ndr_print(struct ndr_codec *codec, const struct ndr_method *method,
	      enum ndr_direction dir, const void *args, FILE *to)
{
	json_t *all = ndr_to_json(codec, method, dir, args);
	const char *name;
	json_t *v;

	if (!all)
		return codec->error.code ? codec->error.code : -ENOMEM;
	json_object_foreach(all, name, v)
		print_value(name, v, 0, to);
	json_decref(all);
	return 0;
}
