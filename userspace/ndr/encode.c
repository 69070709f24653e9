// SPDX-License-Identifier: GPL-2.0-or-later
/* Writing a stub, in the two passes that decode.c explains. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"

/* Referents look like those that Windows makes: 0x20000, 0x20004... */
#define FIRST_REFERENT 0x20000u

static void scalars(struct ndr_walk *w, const struct ndr_type *t,
		    const void *slot, const void *scope);
static void buffers(struct ndr_walk *w, const struct ndr_type *t,
		    const void *slot, const void *scope);
static void whole(struct ndr_walk *w, const struct ndr_type *t, const void *slot,
		  const void *scope);

static void push_number(struct ndr_walk *w, const struct ndr_type *t, int64_t v)
{
	unsigned int size = ndr_wire_size(t->kind, w->wide);
	int64_t rest = ndr_is_signed(t->kind) ? v >> (8 * size - 1) :
		       size < 8 ? (int64_t)((uint64_t)v >> (8 * size)) : 0;

	if (size < 8 && rest != 0 && rest != -1)
		ndr_fail(w, EINVAL, "%" PRId64 " does not fit in %u bytes", v, size);
	else if (!ndr_is_signed(t->kind) && rest)
		ndr_fail(w, EINVAL, "%" PRId64 " does not fit in %u bytes", v, size);
	else
		ndr_push(w, v, size);
}

static void number(struct ndr_walk *w, const struct ndr_type *t, const void *slot)
{
	int64_t v = ndr_load(t->kind, slot);

	if (ndr_check_range(w, t, v))
		push_number(w, t, v);
}

static void context(struct ndr_walk *w, const struct ndr_context_handle *handle)
{
	uint8_t *p;

	ndr_push(w, handle->context_handle_attributes, 4);
	ndr_push(w, handle->context_handle_uuid.time_low, 4);
	ndr_push(w, handle->context_handle_uuid.time_mid, 2);
	ndr_push(w, handle->context_handle_uuid.time_hi_and_version, 2);
	p = ndr_push_space(w, 8);
	if (p)
		memcpy(p, handle->context_handle_uuid.rest, 8);
}

/* Units of a string with its terminating zero. */
static uint64_t string_units(struct ndr_walk *w, const struct ndr_type *t,
			     const char *text)
{
	ssize_t n;

	if (!text) {
		ndr_fail(w, EINVAL, "NULL where a string is required");
		return 0;
	}
	n = t->flags & NDR_T_WIDE ? ndr_utf16_from(text, NULL) :
				    ndr_latin1_from(text, NULL);
	if (n < 0)
		ndr_fail(w, EINVAL, "%s", t->flags & NDR_T_WIDE ?
			 "the string is not UTF-8" :
			 "the string has characters above U+00FF");
	return n < 0 ? 0 : n + 1;
}

/*
 * The maximum count that stands ahead of a conformant array, a string, or a
 * structure that ends in one.
 */
static uint64_t conformance(struct ndr_walk *w, const struct ndr_type *t,
			    const void *slot, const void *scope)
{
	const struct ndr_field *last;
	uint64_t count = 0;

	while (t->kind == NDR_STRUCT) {
		last = &t->fields[t->count - 1];
		scope = slot;
		slot = (const char *)slot + last->offset;
		t = last->type;
	}
	if (t->size_is)
		ndr_count_of(w, t->size_is, scope, &count);
	else
		count = string_units(w, t, *(char *const *)slot);
	return count;
}

static void elements(struct ndr_walk *w, const struct ndr_type *element,
		     const char *memory, uint64_t count, const void *scope)
{
	struct ndr_path here;
	uint8_t *p;
	uint64_t i;

	if (element->kind == NDR_U8 && !(element->flags & NDR_T_RANGE)) {
		p = ndr_push_space(w, count);
		if (p && count)
			memcpy(p, memory, count);
		return;
	}
	for (i = 0; i < count && ndr_enter(w, &here, NULL, i); i++) {
		scalars(w, element, memory + i * element->size, scope);
		ndr_leave(w);
	}
}

/* A pipe is sent as one chunk, and the empty one that ends it. */
static void pipe(struct ndr_walk *w, const struct ndr_type *t,
		 const struct ndr_pipe *pipe)
{
	uint64_t n = pipe->count;

	if (n > NDR_CHUNK_LIMIT || (n && !pipe->elements)) {
		ndr_fail(w, EINVAL, "%" PRIu64 " elements are no chunk", n);
		return;
	}
	if (n) {
		ndr_push_count(w, n);
		ndr_push_align(w, t->target->align[w->wide]);
		elements(w, t->target, pipe->elements, n, NULL);
		if (w->wide)
			ndr_push_count(w, 0 - n);
	}
	ndr_push_count(w, 0);
	if (w->wide)
		ndr_push_count(w, 0);
}

static const char *array_memory(const struct ndr_type *t, const void *slot)
{
	return t->flags & NDR_T_CONFORMANT ? *(char *const *)slot : slot;
}

static void array(struct ndr_walk *w, const struct ndr_type *t, const void *slot,
		  const void *scope)
{
	const char *memory = array_memory(t, slot);
	uint64_t count;

	if (!ndr_array_count(w, t, scope, &count))
		return;
	if (count && !memory) {
		ndr_fail(w, EINVAL, "NULL where %" PRIu64 " elements are required",
			 count);
		return;
	}
	if (t->flags & NDR_T_VARYING) {
		ndr_push_count(w, 0);
		ndr_push_count(w, count);
	}
	ndr_push_align(w, count ? t->target->align[w->wide] : 1);
	elements(w, t->target, memory, count, scope);
}

static void string(struct ndr_walk *w, const struct ndr_type *t,
		   const char *text, const void *scope)
{
	uint64_t n = string_units(w, t, text), max = n;
	uint16_t *units;
	uint64_t i;

	if (t->size_is)
		ndr_count_of(w, t->size_is, scope, &max);
	else if (!(t->flags & NDR_T_CONFORMANT))
		max = t->count;
	if (!w->failed && n > max)
		ndr_fail(w, EINVAL, "a string of %" PRIu64 " characters where %"
			 PRIu64 " fit", n, max);
	if (w->failed || !ndr_check_range(w, t, n))
		return;
	ndr_push_count(w, 0);
	ndr_push_count(w, n);
	if (!(t->flags & NDR_T_WIDE)) {
		uint8_t *p = ndr_push_space(w, n);

		if (p)
			p[ndr_latin1_from(text, p)] = 0;
		return;
	}
	units = ndr_walk_alloc(w, n, sizeof(*units));
	if (units)
		ndr_utf16_from(text, units);
	for (i = 0; i < n && !w->failed; i++)
		ndr_push(w, units[i], 2);
}

static void structure(struct ndr_walk *w, const struct ndr_type *t,
		      const char *memory)
{
	const struct ndr_field *f;
	struct ndr_path here;

	ndr_push_align(w, t->align[w->wide]);
	for (f = t->fields; f < t->fields + t->count; f++) {
		if (f->flags & NDR_FIELD_OFF_WIRE)
			continue;
		if (!ndr_enter(w, &here, f->name, 0))
			return;
		scalars(w, f->type, memory + f->offset, memory);
		ndr_leave(w);
	}
	if (w->wide)
		ndr_push_align(w, t->align[1]);
}

static void union_scalars(struct ndr_walk *w, const struct ndr_type *t,
			  const void *slot, const void *scope)
{
	const struct ndr_arm *arm = ndr_current_arm(w, t, scope);
	struct ndr_path here;
	int64_t tag;

	if (!arm)
		return;
	if (w->wide)
		ndr_push_align(w, t->align[1]);
	ndr_eval(t->switch_is, scope, &tag);
	push_number(w, t->target, ndr_truncate(t->target->kind, tag));
	if (arm->type || w->wide)
		ndr_push_align(w, t->arm_align[w->wide]);
	if (!arm->type || !ndr_enter(w, &here, arm->name, 0))
		return;
	scalars(w, arm->type, slot, scope);
	ndr_leave(w);
}

/* Full pointers: the number of one that was met, or a new one. */
static uint64_t full_referent(struct ndr_walk *w, const struct ndr_type *t,
			      void *target)
{
	struct ndr_full *full;
	size_t i;

	for (i = 0; i < w->n_full; i++)
		if (w->full[i].memory == target && w->full[i].type == t->target)
			return w->full[i].referent;
	full = ndr_full_add(w);
	if (!full)
		return 0;
	*full = (struct ndr_full){ FIRST_REFERENT + 4 * w->referents++, target,
				   t->target, false };
	return full->referent;
}

static void referent(struct ndr_walk *w, const struct ndr_type *t, void *target)
{
	if (!target && (t->flags & NDR_T_REF))
		ndr_fail(w, EINVAL, "NULL where a pointer is required");
	else if (!target)
		ndr_push_count(w, 0);
	else if (t->flags & NDR_T_FULL)
		ndr_push_count(w, full_referent(w, t, target));
	else
		ndr_push_count(w, FIRST_REFERENT + 4 * w->referents++);
}

static void scalars(struct ndr_walk *w, const struct ndr_type *t,
		    const void *slot, const void *scope)
{
	if (w->failed)
		return;
	switch (t->kind) {
	case NDR_CONTEXT:
		context(w, slot);
		break;
	case NDR_STRUCT:
		structure(w, t, slot);
		break;
	case NDR_UNION:
		union_scalars(w, t, slot, scope);
		break;
	case NDR_POINTER:
		referent(w, t, *(void *const *)slot);
		break;
	case NDR_ARRAY:
		array(w, t, slot, scope);
		break;
	case NDR_STRING:
		string(w, t, *(char *const *)slot, scope);
		break;
	case NDR_PIPE:
		pipe(w, t, slot);
		break;
	default:
		number(w, t, slot);
	}
}

/* Has what a full pointer points to been written, or is it now? */
static bool full_seen(struct ndr_walk *w, const struct ndr_type *t,
		      const void *target)
{
	bool seen;
	size_t i;

	for (i = 0; i < w->n_full; i++)
		if (w->full[i].memory == target && w->full[i].type == t->target)
			break;
	if (i == w->n_full)
		return false;
	seen = w->full[i].done;
	w->full[i].done = true;
	return seen;
}

static void pointee(struct ndr_walk *w, const struct ndr_type *t,
		    const void *slot, const void *scope)
{
	const void *target = *(void *const *)slot;

	/* An array may be empty without a place; everything else is somewhere. */
	if (ndr_is_loose(t->target))
		whole(w, t->target, slot, scope);
	else if (!target)
		ndr_fail(w, EINVAL, "NULL where a pointer is required");
	else
		whole(w, t->target, target, scope);
}

static void pointer_buffers(struct ndr_walk *w, const struct ndr_type *t,
			    const void *slot, const void *scope)
{
	const void *target = *(void *const *)slot;
	struct ndr_path here;

	if (!target || ((t->flags & NDR_T_FULL) && full_seen(w, t, target)))
		return;
	if (!ndr_enter(w, &here, "", 0))
		return;
	w->path = here.up;
	pointee(w, t, slot, scope);
	w->depth--;
}

static void structure_buffers(struct ndr_walk *w, const struct ndr_type *t,
			      const char *memory)
{
	const struct ndr_field *f;
	struct ndr_path here;

	for (f = t->fields; f < t->fields + t->count; f++) {
		if (!(f->type->flags & NDR_T_DEFER))
			continue;
		if (!ndr_enter(w, &here, f->name, 0))
			return;
		buffers(w, f->type, memory + f->offset, memory);
		ndr_leave(w);
	}
}

static void array_buffers(struct ndr_walk *w, const struct ndr_type *t,
			  const void *slot, const void *scope)
{
	const char *memory = array_memory(t, slot);
	struct ndr_path here;
	uint64_t count, i;

	if (!ndr_array_count(w, t, scope, &count))
		return;
	for (i = 0; i < count && ndr_enter(w, &here, NULL, i); i++) {
		buffers(w, t->target, memory + i * t->target->size, scope);
		ndr_leave(w);
	}
}

static void buffers(struct ndr_walk *w, const struct ndr_type *t,
		    const void *slot, const void *scope)
{
	const struct ndr_arm *arm;
	struct ndr_path here;

	if (w->failed || !(t->flags & NDR_T_DEFER))
		return;
	if (t->kind == NDR_STRUCT) {
		structure_buffers(w, t, slot);
	} else if (t->kind == NDR_POINTER) {
		pointer_buffers(w, t, slot, scope);
	} else if (t->kind == NDR_ARRAY) {
		array_buffers(w, t, slot, scope);
	} else if (t->kind == NDR_UNION) {
		arm = ndr_current_arm(w, t, scope);
		if (!arm || !arm->type || !ndr_enter(w, &here, arm->name, 0))
			return;
		buffers(w, arm->type, slot, scope);
		ndr_leave(w);
	}
}

static void whole(struct ndr_walk *w, const struct ndr_type *t, const void *slot,
		  const void *scope)
{
	if (w->failed)
		return;
	if (t->kind == NDR_POINTER && (t->flags & NDR_T_TOP)) {
		pointee(w, t, slot, scope);
		return;
	}
	if (t->flags & NDR_T_CONFORMANT)
		ndr_push_count(w, conformance(w, t, slot, scope));
	scalars(w, t, slot, scope);
	buffers(w, t, slot, scope);
}

static int finish(struct ndr_walk *w, struct ndr_bytes *stub)
{
	uint8_t *bytes = ndr_walk_alloc(w, w->pos, 1);

	if (bytes && w->pos)
		memcpy(bytes, w->out, w->pos);
	if (w->out)
		explicit_bzero(w->out, w->pos);
	free(w->out);
	stub->ptr = w->failed ? NULL : bytes;
	stub->len = w->failed ? 0 : w->pos;
	return w->codec->error.code;
}

static void some_parameters(struct ndr_walk *w, enum ndr_direction dir,
			    const char *args, bool pipes)
{
	const struct ndr_method *m = w->method;
	const struct ndr_field *f;
	struct ndr_path here;

	for (f = m->params; f < m->params + m->n_params; f++) {
		if (!(f->flags & dir) || ndr_is_pipe(f->type) != pipes)
			continue;
		if (!ndr_enter(w, &here, f->name, 0))
			return;
		whole(w, f->type, args + f->offset, args);
		ndr_leave(w);
	}
}

int ndr_encode(struct ndr_codec *codec, const struct ndr_method *method,
	       enum ndr_direction dir, const void *args, struct ndr_bytes *stub)
{
	struct ndr_walk w;

	ndr_walk_init(&w, codec, method, args);
	/* [C706] 14.4: pipes are the last that goes in, the first that comes out. */
	some_parameters(&w, dir, args, dir == NDR_OUT);
	some_parameters(&w, dir, args, dir != NDR_OUT);
	return finish(&w, stub);
}
