// SPDX-License-Identifier: GPL-2.0-or-later
/* A method and its types as IDL, from the tables. */
#include <inttypes.h>
#include <string.h>

#include "engine.h"

/* Types that a description has told already. */
#define SEEN_LIMIT 256

struct seen {
	const void *bodies[SEEN_LIMIT];
	unsigned int n;
};

/* What a declaration is made of: attributes, the innermost type, stars. */
static void attributes(const struct ndr_type *t, FILE *to)
{
	static const char *const modes[] = { "unique", "ptr" };
	const char *comma = "";

	for (; t->kind == NDR_POINTER || t->kind == NDR_ARRAY; t = t->target) {
		if (t->size_is)
			fprintf(to, "%ssize_is(%s)", comma, t->size_is->text);
		else if (t->kind == NDR_POINTER && !(t->flags & NDR_T_REF))
			fprintf(to, "%s%s", comma, modes[!!(t->flags & NDR_T_FULL)]);
		else if (!t->length_is)
			continue;
		comma = ", ";
		if (t->length_is)
			fprintf(to, ", length_is(%s)", t->length_is->text);
	}
	if (t->kind == NDR_STRING)
		fprintf(to, "%sstring", comma);
	else if (t->switch_is && !(t->flags & NDR_T_TAGGED))
		fprintf(to, "%sswitch_is(%s)", comma, t->switch_is->text);
	else if (t->flags & NDR_T_RANGE)
		fprintf(to, "%srange(%" PRId64 ", %" PRId64 ")", comma, t->min,
			t->max);
}

static void declaration(const struct ndr_type *t, const char *name, FILE *to)
{
	const struct ndr_type *inner = t;
	char stars[16] = "";
	uint32_t count = 0;

	for (; inner->kind == NDR_POINTER || inner->kind == NDR_ARRAY;
	     inner = inner->target) {
		if (inner->kind == NDR_ARRAY && !(inner->flags & NDR_T_CONFORMANT))
			count = inner->count;
		else if (!(inner->kind == NDR_POINTER && ndr_is_loose(inner->target)) &&
			 strlen(stars) < sizeof(stars) - 1)
			strcat(stars, "*");
	}
	if (inner->kind == NDR_STRING)
		fprintf(to, "%s %s*%s", inner->flags & NDR_T_WIDE ? "wchar_t" : "char",
			stars, name);
	else
		fprintf(to, "%s %s%s", inner->name, stars, name);
	if (count)
		fprintf(to, "[%" PRIu32 "]", count);
}

static void member(const struct ndr_type *t, const char *name,
		   const char *direction, FILE *to)
{
	char text[256] = "";
	FILE *f = fmemopen(text, sizeof(text) - 1, "w");

	if (f) {
		attributes(t, f);
		fclose(f);
	}
	if (*text || *direction)
		fprintf(to, "[%s%s%s] ", direction, *text && *direction ? ", " : "",
			text);
	declaration(t, name, to);
}

static const void *body_of(const struct ndr_type *t)
{
	return t->kind == NDR_STRUCT ? (const void *)t->fields :
	       t->kind == NDR_UNION ? (const void *)t->arms : t->names;
}

static bool add_seen(struct seen *seen, const void *body)
{
	unsigned int i;

	for (i = 0; i < seen->n; i++)
		if (seen->bodies[i] == body)
			return false;
	if (seen->n == SEEN_LIMIT)
		return false;
	seen->bodies[seen->n++] = body;
	return true;
}

static void describe_arms(const struct ndr_type *t, FILE *to)
{
	const struct ndr_arm *a;

	for (a = t->arms; a < t->arms + t->count; a++) {
		if (a->is_default)
			fprintf(to, "\t[default] ");
		else
			fprintf(to, "\t[case(%" PRId64 ")] ", a->value);
		if (a->type)
			member(a->type, a->name, "", to);
		fputs(";\n", to);
	}
}

static void describe_body(const struct ndr_type *t, FILE *to)
{
	static const char *const words[] = { "struct", "union", "enum" };
	unsigned int i, kind = t->kind == NDR_STRUCT ? 0 : t->kind == NDR_UNION ? 1 : 2;

	fprintf(to, "\n%s %s {\n", words[kind], t->name);
	for (i = 0; kind == 0 && i < t->count; i++) {
		fputc('\t', to);
		member(t->fields[i].type, t->fields[i].name, "", to);
		fputs(";\n", to);
	}
	if (kind == 1)
		describe_arms(t, to);
	for (i = 0; kind == 2 && i < t->count; i++)
		fprintf(to, "\t%s = %" PRId64 ",\n", t->names[i].name,
			t->names[i].value);
	fputs("};\n", to);
}

static void describe_type(struct seen *seen, const struct ndr_type *t, FILE *to)
{
	uint32_t i;

	while (t && (t->kind == NDR_POINTER || t->kind == NDR_ARRAY))
		t = t->target;
	if (t && t->kind == NDR_PIPE && add_seen(seen, t)) {
		fprintf(to, "\ntypedef pipe %s %s;\n", t->target->name, t->name);
		t = t->target;
	}
	if (!t || !body_of(t) || !add_seen(seen, body_of(t)))
		return;
	describe_body(t, to);
	for (i = 0; t->kind == NDR_STRUCT && i < t->count; i++)
		describe_type(seen, t->fields[i].type, to);
	for (i = 0; t->kind == NDR_UNION && i < t->count; i++)
		describe_type(seen, t->arms[i].type, to);
}

void ndr_describe(const struct ndr_method *method, FILE *to)
{
	static const char *const directions[] = { "", "in", "out", "in, out" };
	const struct ndr_field *f, *end = method->params + method->n_params;
	struct seen seen = { .n = 0 };
	const char *result = "void", *comma = "";

	if (method->n_params && !strcmp(end[-1].name, "Return")) {
		end--;
		result = end->type->name;
	}
	fprintf(to, "/* %s, operation %u%s */\n%s %s(", method->interface,
		method->opnum, method->not_on_wire ? ", not on the wire" : "",
		result, method->name);
	for (f = method->params; f < end; f++, comma = ",") {
		fprintf(to, "%s\n\t", comma);
		member(f->type, f->name, directions[f->flags & 3], to);
	}
	fputs(");\n", to);
	for (f = method->params; f < end; f++)
		describe_type(&seen, f->type, to);
}
