// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * JSON to C structures: the way back of json_out.c.
 *
 * What JSON has and C needs said again is filled in: the size of an array in the
 * field that its size_is names, and what a union switches on.
 */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"

/* The structure or the parameters whose members are being filled in. */
struct scope {
	void *base;
	const json_t *object;
	const struct ndr_field *fields;
	uint32_t n_fields;
};

static void value(struct ndr_walk *w, const struct ndr_type *t,
		  const json_t *json, void *slot, const struct scope *s);

static void wrong(struct ndr_walk *w, const char *wanted)
{
	ndr_fail(w, EINVAL, "%s is wanted here", wanted);
}

/* Is the variable of that expression among the members that JSON gives? */
static bool is_given(const struct ndr_expr *expr, const struct scope *s)
{
	const char *name = ndr_expr_name(expr, s->fields, s->n_fields);

	return !name || json_object_get(s->object, name);
}

/* Set the variable of @expr so that the expression has the value @result. */
static void imply(struct ndr_walk *w, const struct ndr_expr *expr,
		  const struct scope *s, int64_t result)
{
	const struct ndr_op *op;
	int64_t v;
	char *slot;

	if (!expr || is_given(expr, s) || !ndr_solve(expr, result, &v, &op))
		return;
	slot = (char *)s->base + op->offset;
	if (op->code == NDR_OP_DEREF) {
		if (!*(void **)slot)
			*(void **)slot = ndr_walk_alloc(w, 1, sizeof(int64_t));
		slot = *(void **)slot;
	}
	if (!slot)
		return;
	if (!ndr_fits(op->kind, v))
		ndr_fail(w, EINVAL, "too many elements for %s", expr->text);
	else
		ndr_store(op->kind, slot, v);
}

/* Numbers */

static bool named_number(const struct ndr_type *t, const char *text, int64_t *v)
{
	uint32_t i;
	char *end;

	for (i = 0; t->names && i < t->count; i++) {
		if (!strcmp(t->names[i].name, text)) {
			*v = ndr_truncate(t->kind, t->names[i].value);
			return true;
		}
	}
	errno = 0;
	*v = *text == '-' ? strtoll(text, &end, 0) : (int64_t)strtoull(text, &end, 0);
	return *text && !*end && !errno &&
	       (*text == '-' || *v >= 0 || ndr_fits(t->kind, *v));
}

static void real(struct ndr_walk *w, const struct ndr_type *t,
		 const json_t *json, void *slot)
{
	double d = json_number_value(json);
	float f = d;

	if (!json_is_number(json))
		wrong(w, "a number");
	else if (t->kind == NDR_F64)
		memcpy(slot, &d, sizeof(d));
	else
		memcpy(slot, &f, sizeof(f));
}

static void number(struct ndr_walk *w, const struct ndr_type *t,
		   const json_t *json, void *slot)
{
	int64_t v = json_integer_value(json);

	if (t->kind == NDR_F32 || t->kind == NDR_F64) {
		real(w, t, json, slot);
		return;
	}
	if (json_is_boolean(json))
		v = json_is_true(json);
	else if (json_is_string(json) &&
		 !named_number(t, json_string_value(json), &v))
		wrong(w, t->names ? "a number or one of the names of this type" :
		      "a number");
	else if (!json_is_string(json) && !json_is_integer(json))
		wrong(w, "a number");
	/* -1 is a usual way to write the largest unsigned number. */
	if (v < 0 && v >= INT32_MIN && !ndr_is_signed(t->kind))
		v = ndr_truncate(t->kind, v);
	if (!w->failed && !ndr_fits(t->kind, v))
		ndr_fail(w, EINVAL, "%" PRId64 " does not fit in %s", v, t->name);
	if (!w->failed)
		ndr_store(t->kind, slot, v);
}

static void context(struct ndr_walk *w, const json_t *json,
		    struct ndr_context_handle *h)
{
	const char *text = json_string_value(json);
	int used = 0;

	if (json_is_null(json))
		return;
	if (!text || sscanf(text, "%8" SCNx32 ":%n",
			    &h->context_handle_attributes, &used) != 1 ||
	    used != 9 || !ndr_guid_from_text(text + 9, &h->context_handle_uuid))
		wrong(w, "a context handle (\"00000000:UUID\")");
}

/* Arrays */

/* How many elements JSON gives for an array; -1 if it is none. */
static int64_t elements_given(const struct ndr_type *t, const json_t *json)
{
	size_t length = json_string_length(json);

	if (json_is_array(json))
		return json_array_size(json);
	if (!json_is_string(json))
		return -1;
	if (t->target->show == NDR_SHOW_BYTE)
		return length % 2 ? -1 : (int64_t)(length / 2);
	if (t->target->kind == NDR_U16)
		return ndr_utf16_from(json_string_value(json), NULL);
	return -1;
}

static int digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c ? strchr(digits, tolower((unsigned char)c)) : NULL;

	return at ? (int)(at - digits) : -1;
}

/* The length is even: elements_given() */
static void hex(struct ndr_walk *w, const char *text, uint8_t *memory)
{
	for (; *text; text += 2) {
		int high = digit(text[0]), low = digit(text[1]);

		if (high < 0 || low < 0) {
			wrong(w, "hexadecimal text");
			return;
		}
		*memory++ = (uint8_t)(high << 4 | low);
	}
}

static void fill(struct ndr_walk *w, const struct ndr_type *element,
		 const json_t *json, char *memory, const struct scope *s)
{
	struct ndr_path here;
	size_t i, n = json_array_size(json);

	if (json_is_string(json)) {
		if (element->kind == NDR_U16)
			ndr_utf16_from(json_string_value(json), (uint16_t *)memory);
		else
			hex(w, json_string_value(json), (uint8_t *)memory);
		return;
	}
	for (i = 0; i < n && ndr_enter(w, &here, NULL, i); i++) {
		value(w, element, json_array_get(json, i),
		      memory + i * element->size, s);
		ndr_leave(w);
	}
}

static void array(struct ndr_walk *w, const struct ndr_type *t,
		  const json_t *json, void *slot, const struct scope *s)
{
	int64_t n = elements_given(t, json);
	char *memory = slot;

	if (n < 0) {
		wrong(w, t->target->show == NDR_SHOW_BYTE ?
		      "a list or hexadecimal text" : "a list");
		return;
	}
	if (t->flags & NDR_T_CONFORMANT) {
		memory = ndr_walk_alloc(w, n, t->target->size);
		*(void **)slot = memory;
	} else if (n > t->count || (n < t->count && !t->length_is)) {
		ndr_fail(w, EINVAL, "%" PRId64 " elements where %" PRIu32
			 " are wanted", n, t->count);
	}
	imply(w, t->size_is, s, n);
	imply(w, t->length_is, s, n);
	if (!w->failed)
		fill(w, t->target, json, memory, s);
}

static void pipe(struct ndr_walk *w, const struct ndr_type *t,
		 const json_t *json, struct ndr_pipe *slot)
{
	struct scope none = { NULL, NULL, NULL, 0 };
	int64_t n = elements_given(t, json);

	if (n < 0) {
		wrong(w, "a list or hexadecimal text");
		return;
	}
	slot->elements = ndr_walk_alloc(w, n, t->target->size);
	slot->count = n;
	if (!w->failed)
		fill(w, t->target, json, slot->elements, &none);
}

static void string(struct ndr_walk *w, const struct ndr_type *t,
		   const json_t *json, char **slot, const struct scope *s)
{
	size_t length = json_string_length(json);
	ssize_t n;

	if (json_is_null(json))
		return;
	if (!json_is_string(json) || strlen(json_string_value(json)) != length) {
		wrong(w, "a string");
		return;
	}
	*slot = ndr_walk_alloc(w, length + 1, 1);
	if (!*slot)
		return;
	memcpy(*slot, json_string_value(json), length);
	n = ndr_utf16_from(*slot, NULL);
	imply(w, t->size_is, s, n + 1);
}

/* Structures */

/*
 * The elements that size_is and length_is promise must be there: the encoder
 * believes them.
 */
static void check_array(struct ndr_walk *w, const struct ndr_field *f,
			const struct scope *s)
{
	const struct ndr_type *t = f->type;
	const json_t *json = json_object_get(s->object, f->name);
	uint64_t count;

	while (t->kind == NDR_POINTER)
		t = t->target;
	if (t->kind != NDR_ARRAY || w->failed || json_is_null(json))
		return;
	if (!ndr_array_count(w, t, s->base, &count) || !json)
		return;
	if (elements_given(t, json) < (int64_t)count)
		ndr_fail(w, EINVAL, "%" PRId64 " elements, but %" PRIu64
			 " are announced", elements_given(t, json), count);
}

static void known_names(struct ndr_walk *w, const struct scope *s)
{
	const char *name;
	json_t *unused;
	uint32_t i;

	json_object_foreach((json_t *)s->object, name, unused) {
		(void)unused;
		for (i = 0; i < s->n_fields; i++)
			if (!strcmp(s->fields[i].name, name))
				break;
		if (i == s->n_fields)
			ndr_fail(w, EINVAL, "there is no '%s'", name);
	}
}

static void structure(struct ndr_walk *w, const struct ndr_type *t,
		      const json_t *json, void *memory)
{
	struct scope s = { memory, json, t->fields, t->count };
	const char *text = json_string_value(json);
	const struct ndr_field *f;
	struct ndr_path here;
	const json_t *member;

	if (text && t->show == NDR_SHOW_GUID && ndr_guid_from_text(text, memory))
		return;
	if (text && t->show == NDR_SHOW_SID && ndr_sid_from_text(w, t, text, memory))
		return;
	if (!json_is_object(json)) {
		wrong(w, t->show == NDR_SHOW_GUID ? "a GUID" :
		      t->show == NDR_SHOW_SID ? "a SID" : "an object");
		return;
	}
	known_names(w, &s);
	for (f = t->fields; f < t->fields + t->count; f++) {
		member = json_object_get(json, f->name);
		if (!member || !ndr_enter(w, &here, f->name, 0))
			continue;
		value(w, f->type, member, (char *)memory + f->offset, &s);
		ndr_leave(w);
	}
	for (f = t->fields; f < t->fields + t->count; f++) {
		if (!ndr_enter(w, &here, f->name, 0))
			return;
		check_array(w, f, &s);
		ndr_leave(w);
	}
}

static const struct ndr_arm *arm_named(const struct ndr_type *t, const char *name)
{
	uint32_t i;

	for (i = 0; name && i < t->count; i++)
		if (t->arms[i].name && !strcmp(t->arms[i].name, name))
			return &t->arms[i];
	return NULL;
}

static void one_of(struct ndr_walk *w, const struct ndr_type *t,
		   const json_t *json, void *slot, const struct scope *s)
{
	const char *name = json_object_iter_key(
		json_object_iter((json_t *)json));
	const struct ndr_arm *arm = arm_named(t, name);
	struct ndr_path here;

	if (!json_is_object(json) || json_object_size(json) > 1) {
		wrong(w, "an object with the name of an arm");
		return;
	}
	if (name && !arm) {
		ndr_fail(w, EINVAL, "%s has no arm '%s'", t->name, name);
		return;
	}
	if (arm && !arm->is_default)
		imply(w, t->switch_is, s, arm->value);
	arm = ndr_current_arm(w, t, s->base);
	if (!arm || !arm->type)
		return;
	if (!name || strcmp(name, arm->name)) {
		ndr_fail(w, EINVAL, "%s selects the arm '%s'", t->switch_is->text,
			 arm->name);
		return;
	}
	if (!ndr_enter(w, &here, arm->name, 0))
		return;
	value(w, arm->type, json_object_get(json, name), slot, s);
	ndr_leave(w);
}

static void pointer(struct ndr_walk *w, const struct ndr_type *t,
		    const json_t *json, void **slot, const struct scope *s)
{
	const struct ndr_type *target = t->target;
	struct ndr_path here;

	if (json_is_null(json) && !(t->flags & NDR_T_REF))
		return;
	if (target->kind == NDR_POINTER && !(target->flags & NDR_T_REF) &&
	    !(t->flags & NDR_T_REF)) {
		if (json_array_size(json) != 1) {
			wrong(w, "null or a list with one element");
			return;
		}
		json = json_array_get(json, 0);
	}
	if (!ndr_enter(w, &here, "", 0))
		return;
	w->path = here.up;
	if (ndr_is_loose(target)) {
		value(w, target, json, slot, s);
	} else {
		*slot = ndr_walk_alloc(w, 1, target->size);
		value(w, target, json, *slot, s);
	}
	w->depth--;
}

static void value(struct ndr_walk *w, const struct ndr_type *t,
		  const json_t *json, void *slot, const struct scope *s)
{
	if (w->failed || !slot)
		return;
	switch (t->kind) {
	case NDR_CONTEXT:
		context(w, json, slot);
		break;
	case NDR_STRUCT:
		structure(w, t, json, slot);
		break;
	case NDR_UNION:
		one_of(w, t, json, slot, s);
		break;
	case NDR_POINTER:
		pointer(w, t, json, slot, s);
		break;
	case NDR_ARRAY:
		array(w, t, json, slot, s);
		break;
	case NDR_STRING:
		string(w, t, json, slot, s);
		break;
	case NDR_PIPE:
		pipe(w, t, json, slot);
		break;
	default:
		number(w, t, json, slot);
	}
}

static bool may_be_zero(const struct ndr_type *t)
{
	return ndr_is_number(t) ||
	       (t->kind == NDR_POINTER && !(t->flags & NDR_T_REF));
}

/*
 * A parameter that is a reference to a number needs one, if only a zero, and one
 * that is a reference to a pointer a place for it, if only to put NULL there.
 */
static void missing(struct ndr_walk *w, const struct ndr_type *t, void **slot)
{
	if (t->kind == NDR_POINTER && (t->flags & NDR_T_REF) && !*slot &&
	    may_be_zero(t->target))
		*slot = ndr_walk_alloc(w, 1, t->target->size);
}

int ndr_from_json(struct ndr_codec *codec, const struct ndr_method *method,
		  enum ndr_direction dir, const json_t *json, void *args)
{
	struct scope s = { args, json, method->params, method->n_params };
	const struct ndr_field *f;
	struct ndr_path here;
	struct ndr_walk w;
	const json_t *member;

	ndr_walk_init(&w, codec, method, args);
	if (!json_is_object(json))
		wrong(&w, "an object");
	else
		known_names(&w, &s);
	for (f = s.fields; f < s.fields + s.n_fields; f++) {
		member = json_object_get(json, f->name);
		if (!(f->flags & dir) || !ndr_enter(&w, &here, f->name, 0))
			continue;
		if (member)
			value(&w, f->type, member, (char *)args + f->offset, &s);
		ndr_leave(&w);
	}
	for (f = s.fields; f < s.fields + s.n_fields; f++) {
		if (!(f->flags & dir) || !ndr_enter(&w, &here, f->name, 0))
			continue;
		missing(&w, f->type, (void **)((char *)args + f->offset));
		check_array(&w, f, &s);
		ndr_leave(&w);
	}
	return codec->error.code;
}
