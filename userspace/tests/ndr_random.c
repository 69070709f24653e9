// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "ndr_random.h"

#define DEEP 12			/* pointers that may be NULL are, from here on */
#define TEXT 6			/* characters of a string, at most */

struct scope {
	char *base;
	const struct ndr_field *fields;
	uint32_t n;
	unsigned int depth;
};

static void value(struct ndr_random *r, const struct ndr_type *t, void *slot,
		  const struct scope *s);
static void pointer(struct ndr_random *r, const struct ndr_type *t, void **slot,
		    const struct scope *s);

uint32_t ndr_random_below(struct ndr_random *r, uint32_t limit)
{
	uint64_t v;

	r->state = r->state * 6364136223846793005u + 1442695040888963407u;
	/* Seeds are often in arithmetic progression; the first number is not. */
	v = (r->state ^ r->state >> 32) * 0x9e3779b97f4a7c15u;
	return limit ? (uint32_t)(v >> 33) % limit : 0;
}

static void number(struct ndr_random *r, const struct ndr_type *t, void *slot)
{
	int64_t v = (uint64_t)ndr_random_below(r, 0x7fffffff) << 32 |
		    ndr_random_below(r, 0x7fffffff);

	if (t->names)
		v = t->names[ndr_random_below(r, t->count)].value;
	else if (t->flags & NDR_T_RANGE)
		v = t->min + (int64_t)ndr_random_below(r, t->max - t->min + 1);
	else if (t->kind == NDR_U3264)
		v = ndr_random_below(r, 0x7fffffff);
	else if (t->kind == NDR_I3264)
		v = -(int64_t)ndr_random_below(r, 0x7fffffff);
	else if (t->kind == NDR_F32 || t->kind == NDR_F64)
		v = 0;
	else if (!ndr_random_below(r, 3))
		v = ndr_random_below(r, 10);
	ndr_store(t->kind, slot, v);
}

/* What the variable of a size may be: not negative, and within its range. */
static int64_t within(const struct ndr_op *op, const struct scope *s, int64_t v)
{
	const struct ndr_field *f;
	const struct ndr_type *t;

	for (f = s->fields; f < s->fields + s->n; f++) {
		t = f->type->kind == NDR_POINTER ? f->type->target : f->type;
		if (f->offset != op->offset || !(t->flags & NDR_T_RANGE))
			continue;
		if (v > t->max)
			return t->max;
		if (v < t->min)
			return t->min;
	}
	return v < 0 ? 0 : v;
}

/* Make an expression have a value; it may be one that cannot be solved. */
static void imply(const struct ndr_expr *expr, const struct scope *s,
		  int64_t want, bool size)
{
	const struct ndr_op *op;
	char *slot = s->base;
	int64_t v;

	if (!expr || !ndr_solve(expr, want, &v, &op))
		return;
	if (size)
		v = within(op, s, v);
	slot += op->offset;
	if (op->code == NDR_OP_DEREF)
		slot = *(char **)slot;
	if (slot)
		ndr_store(op->kind, slot, v);
}

/* Counts and switches are set before anything looks at them. */
static void prepare(struct ndr_random *r, const struct ndr_type *t,
		    const struct scope *s)
{
	int64_t size, length, want = ndr_random_below(r, 4);

	while (t->kind == NDR_POINTER)
		t = t->target;
	if (t->kind == NDR_STRING)
		want = TEXT + 1;
	if (t->kind == NDR_ARRAY || t->kind == NDR_STRING) {
		imply(t->size_is, s, want, true);
		if (!t->size_is || !ndr_eval(t->size_is, s->base, &size))
			size = t->count;
		if (t->length_is && ndr_eval(t->length_is, s->base, &length) &&
		    (length > size || length < 0 || length > 8))
			imply(t->length_is, s, size < want ? size : want, true);
	} else if (t->kind == NDR_UNION) {
		want = ndr_random_below(r, t->count);
		imply(t->switch_is, s, t->arms[want].value, false);
	}
}

/* Several arrays may share a count: settle for what fits all of them. */
static void settle(const struct ndr_type *t, const struct scope *s)
{
	int64_t size, length;

	while (t->kind == NDR_POINTER)
		t = t->target;
	if (t->kind != NDR_ARRAY)
		return;
	if (!t->size_is || !ndr_eval(t->size_is, s->base, &size))
		size = t->count;
	if (t->length_is && ndr_eval(t->length_is, s->base, &length) &&
	    (length > size || length < 0))
		imply(t->length_is, s, size, true);
}

static void array(struct ndr_random *r, const struct ndr_type *t, void *slot,
		  const struct scope *s)
{
	int64_t count = t->count, i;
	char *memory = slot;

	if (t->flags & NDR_T_CONFORMANT) {
		if (!ndr_eval(t->size_is, s->base, &count) || count < 0)
			count = 0;
		memory = ndr_arena_alloc(r->arena, count * t->target->size);
		*(void **)slot = memory;
	}
	for (i = 0; i < count && memory; i++)
		value(r, t->target, memory + i * t->target->size, s);
}

static void string(struct ndr_random *r, const struct ndr_type *t, char **slot)
{
	static const char *const wide[] = { "a", "Z", "\\", "\xc3\xa4",
					    "\xe2\x82\xac", "\xf0\x9f\x98\x80" };
	uint32_t i, n = ndr_random_below(r, t->count ? t->count / 2 : TEXT / 2 + 1);

	*slot = ndr_arena_alloc(r->arena, n * 4 + 1);
	for (i = 0; i < n; i++)
		strcat(*slot, wide[ndr_random_below(r, t->flags & NDR_T_WIDE ?
						    6 : 4)]);
}

static void pipe(struct ndr_random *r, const struct ndr_type *t,
		 struct ndr_pipe *slot, const struct scope *s)
{
	uint64_t i, n = ndr_random_below(r, 6);
	char *memory = ndr_arena_alloc(r->arena, n * t->target->size);

	for (i = 0; i < n && memory; i++)
		value(r, t->target, memory + i * t->target->size, s);
	slot->elements = memory;
	slot->count = n;
}

static void members(struct ndr_random *r, const struct scope *s)
{
	const struct ndr_field *f, *end = s->fields + s->n;
	const struct ndr_type *t;

	for (f = s->fields; f < end; f++) {
		t = f->type;
		if (ndr_is_number(t)) {
			number(r, t, s->base + f->offset);
		} else if (t->kind == NDR_POINTER && ndr_is_number(t->target)) {
			pointer(r, t, (void **)(s->base + f->offset), s);
		}
	}
	for (f = s->fields; f < end; f++)
		prepare(r, f->type, s);
	for (f = s->fields; f < end; f++)
		settle(f->type, s);
	for (f = s->fields; f < end; f++) {
		t = f->type;
		if (!ndr_is_number(t) &&
		    !(t->kind == NDR_POINTER && ndr_is_number(t->target)))
			value(r, t, s->base + f->offset, s);
	}
}

static void one_of(struct ndr_random *r, const struct ndr_type *t, void *slot,
		   const struct scope *s)
{
	const struct ndr_arm *arm = NULL;
	int64_t v;
	uint32_t i;

	ndr_eval(t->switch_is, s->base, &v);
	v = ndr_truncate(t->target->kind, v);
	for (i = 0; i < t->count; i++)
		if ((t->arms[i].is_default && !arm) ||
		    (!t->arms[i].is_default &&
		     ndr_truncate(t->target->kind, t->arms[i].value) == v))
			arm = &t->arms[i];
	if (arm && arm->type)
		value(r, arm->type, slot, s);
}

static void pointer(struct ndr_random *r, const struct ndr_type *t, void **slot,
		    const struct scope *s)
{
	struct scope deeper = *s;

	*slot = NULL;
	deeper.depth++;
	if (!(t->flags & NDR_T_REF) &&
	    (s->depth > DEEP || !ndr_random_below(r, 4)))
		return;
	if (ndr_is_loose(t->target)) {
		value(r, t->target, slot, &deeper);
		return;
	}
	*slot = ndr_arena_alloc(r->arena, t->target->size);
	if (*slot)
		value(r, t->target, *slot, &deeper);
}

static void value(struct ndr_random *r, const struct ndr_type *t, void *slot,
		  const struct scope *s)
{
	struct scope inner = { slot, t->fields, t->count, s->depth + 1 };
	uint32_t i;

	switch (t->kind) {
	case NDR_CONTEXT:
		for (i = 0; i < t->size; i++)
			((uint8_t *)slot)[i] = ndr_random_below(r, 256);
		break;
	case NDR_STRUCT:
		members(r, &inner);
		break;
	case NDR_UNION:
		one_of(r, t, slot, s);
		break;
	case NDR_POINTER:
		pointer(r, t, slot, s);
		break;
	case NDR_ARRAY:
		array(r, t, slot, s);
		break;
	case NDR_STRING:
		string(r, t, slot);
		break;
	case NDR_PIPE:
		pipe(r, t, slot, s);
		break;
	default:
		number(r, t, slot);
	}
}

void ndr_random_fill(struct ndr_random *r, const struct ndr_method *method,
		     void *args)
{
	struct scope s = { args, method->params, method->n_params, 0 };

	memset(args, 0, method->size);
	members(r, &s);
}
