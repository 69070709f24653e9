// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reading a stub.
 *
 * A value is read in two passes: first everything that is in place (scalars),
 * where a pointer is only a referent, kept in its slot; then, in the same order,
 * what the pointers point to (buffers). See [C706] 14.3.12.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"

/* Alignment and padding at the end of a stub that is not worth a complaint. */
#define SLACK 16

static void scalars(struct ndr_walk *w, const struct ndr_type *t, void *slot,
		    const void *scope);
static void buffers(struct ndr_walk *w, const struct ndr_type *t, void *slot,
		    const void *scope);
static void whole(struct ndr_walk *w, const struct ndr_type *t, void *slot,
		  const void *scope);

static int64_t pull_number(struct ndr_walk *w, const struct ndr_type *t)
{
	unsigned int size = ndr_wire_size(t->kind, w->wide);
	uint64_t v = ndr_pull(w, size);

	if (ndr_is_signed(t->kind) && size < 8)
		v = (uint64_t)((int64_t)(v << (64 - 8 * size)) >> (64 - 8 * size));
	return v;
}

static void number(struct ndr_walk *w, const struct ndr_type *t, void *slot)
{
	int64_t v = pull_number(w, t);

	if (!w->failed && ndr_check_range(w, t, v))
		ndr_store(t->kind, slot, v);
}

static void context(struct ndr_walk *w, struct ndr_context_handle *handle)
{
	const uint8_t *p;

	handle->context_handle_attributes = ndr_pull(w, 4);
	handle->context_handle_uuid.time_low = ndr_pull(w, 4);
	handle->context_handle_uuid.time_mid = ndr_pull(w, 2);
	handle->context_handle_uuid.time_hi_and_version = ndr_pull(w, 2);
	p = ndr_pull_bytes(w, 8);
	if (p)
		memcpy(handle->context_handle_uuid.rest, p, 8);
}

/*
 * Compare a count with what the fields say. The parameters of a method may come
 * in any order, so that theirs wait for the end.
 */
static void check_count(struct ndr_walk *w, const struct ndr_expr *expr,
			const void *scope, uint64_t count)
{
	struct ndr_check *check;
	int64_t value;

	if (!expr || w->failed)
		return;
	if (scope == w->args) {
		check = ndr_walk_alloc(w, 1, sizeof(*check));
		if (check)
			*check = (struct ndr_check){ w->checks, expr,
						     w->path->name, count };
		w->checks = check;
		return;
	}
	if (!ndr_eval(expr, scope, &value))
		ndr_fail(w, EBADMSG, "%s has no value", expr->text);
	else if (value < 0 || (uint64_t)value != count)
		ndr_fail(w, EBADMSG, "%" PRIu64 " elements, but %s is %" PRId64,
			 count, expr->text, value);
}

static void check_late(struct ndr_walk *w)
{
	struct ndr_check *check;
	int64_t value;

	for (check = w->checks; check && !w->failed; check = check->next) {
		if (ndr_eval(check->expr, w->args, &value) && value >= 0 &&
		    (uint64_t)value == check->count)
			continue;
		ndr_fail(w, EBADMSG, "%s: %" PRIu64 " elements, but %s is %" PRId64,
			 check->name ? check->name : "element", check->count,
			 check->expr->text, value);
	}
}

/* Offset and actual count of a varying array or string; the latter is returned. */
static uint64_t pull_length(struct ndr_walk *w, uint64_t max)
{
	uint64_t offset = ndr_pull_count(w);
	uint64_t actual = ndr_pull_count(w);

	if (offset)
		ndr_fail(w, EBADMSG, "starts at element %" PRIu64
			 ", which is not supported", offset);
	else if (actual > max)
		ndr_fail(w, EBADMSG, "%" PRIu64 " elements where %" PRIu64 " fit",
			 actual, max);
	return w->failed ? 0 : actual;
}

/* Elements that the stub could hold at all; the counts of liars end here. */
static bool enough_left(struct ndr_walk *w, uint64_t count, uint32_t least)
{
	uint64_t left = w->len - w->pos;

	if (w->failed)
		return false;
	if (count <= left / (least ? least : 1))
		return true;
	ndr_fail(w, EBADMSG, "%" PRIu64 " elements cannot be in the %" PRIu64
		 " bytes that are left", count, left);
	return false;
}

static void elements(struct ndr_walk *w, const struct ndr_type *element,
		     char *memory, uint64_t count, const void *scope)
{
	struct ndr_path here;
	const uint8_t *p;
	uint64_t i;

	if (element->kind == NDR_U8 && !(element->flags & NDR_T_RANGE)) {
		p = ndr_pull_bytes(w, count);
		if (p && count)
			memcpy(memory, p, count);
		return;
	}
	for (i = 0; i < count && ndr_enter(w, &here, NULL, i); i++) {
		scalars(w, element, memory + i * element->size, scope);
		ndr_leave(w);
	}
}

static void element_buffers(struct ndr_walk *w, const struct ndr_type *element,
			    char *memory, uint64_t count, const void *scope)
{
	struct ndr_path here;
	uint64_t i;

	for (i = 0; i < count && ndr_enter(w, &here, NULL, i); i++) {
		buffers(w, element, memory + i * element->size, scope);
		ndr_leave(w);
	}
}

/* Memory of an array's elements: in place, or what its slot points to. */
static char *array_memory(const struct ndr_type *t, void *slot)
{
	return t->flags & NDR_T_CONFORMANT ? *(char **)slot : slot;
}

/* Returns the number of elements that are there. */
static uint64_t array(struct ndr_walk *w, const struct ndr_type *t, void *slot,
		      const void *scope)
{
	uint64_t max = t->flags & NDR_T_CONFORMANT ? w->conformance : t->count;
	uint64_t count = max;

	if (t->flags & NDR_T_VARYING)
		count = pull_length(w, max);
	if (!enough_left(w, count, t->target->wire_min) ||
	    !ndr_check_range(w, t, max))
		return 0;
	check_count(w, t->size_is, scope, max);
	check_count(w, t->length_is, scope, count);
	if (t->flags & NDR_T_CONFORMANT)
		*(void **)slot = ndr_walk_alloc(w, count, t->target->size);
	if (w->failed)
		return 0;
	ndr_pull_align(w, count ? t->target->align[w->wide] : 1);
	elements(w, t->target, array_memory(t, slot), count, scope);
	return count;
}

/* Room for @more elements behind those of @pipe. */
static char *pipe_room(struct ndr_walk *w, const struct ndr_type *element,
		       struct ndr_pipe *pipe, uint64_t *cap, uint64_t more)
{
	uint64_t need = pipe->count + more;
	char *bigger;

	if (need > *cap) {
		*cap = need > 2 * *cap ? need : 2 * *cap;
		bigger = ndr_walk_alloc(w, *cap, element->size);
		if (!bigger)
			return NULL;
		if (pipe->count)
			memcpy(bigger, pipe->elements,
			       pipe->count * element->size);
		pipe->elements = bigger;
	}
	return (char *)pipe->elements + pipe->count * element->size;
}

/*
 * Chunks, each preceded by its count, up to one without elements. NDR64 repeats
 * the count, negated, behind the elements.
 */
static void pipe(struct ndr_walk *w, const struct ndr_type *t,
		 struct ndr_pipe *pipe)
{
	uint64_t n = 0, again, cap = 0;
	char *room = NULL;

	do {
		n = ndr_pull_count(w);
		if (n > NDR_CHUNK_LIMIT)
			ndr_fail(w, EBADMSG, "a chunk of %" PRIu64 " elements", n);
		if (!enough_left(w, n, t->target->wire_min))
			return;
		if (n)
			room = pipe_room(w, t->target, pipe, &cap, n);
		ndr_pull_align(w, n ? t->target->align[w->wide] : 1);
		elements(w, t->target, room, n, NULL);
		pipe->count += n;
		again = w->wide ? 0 - ndr_pull_count(w) : n;
		if (again != n)
			ndr_fail(w, EBADMSG, "a chunk of %" PRIu64
				 " elements ends as one of %" PRIu64, n, again);
	} while (n && !w->failed);
}

static char *narrow_text(struct ndr_walk *w, uint64_t n)
{
	const uint8_t *p = ndr_pull_bytes(w, n);
	char *text = p ? ndr_walk_alloc(w, 2 * n + 1, 1) : NULL;

	if (!text)
		return NULL;
	if (!n || p[n - 1])
		ndr_fail(w, EBADMSG, "a string without its terminating zero");
	else if (memchr(p, 0, n - 1))
		ndr_fail(w, EBADMSG, "a zero within a string");
	else
		ndr_latin1_to(p, n - 1, text);
	return text;
}

static char *wide_text(struct ndr_walk *w, uint64_t n)
{
	uint16_t *units = ndr_walk_alloc(w, n, sizeof(*units));
	uint64_t i, zeros = 0;
	char *text;

	for (i = 0; i < n && !w->failed; i++) {
		units[i] = ndr_pull(w, 2);
		zeros += !units[i];
	}
	text = ndr_walk_alloc(w, 3 * n + 1, 1);
	if (!text)
		return NULL;
	if (!n || units[n - 1])
		ndr_fail(w, EBADMSG, "a string without its terminating zero");
	else if (zeros > 1)
		ndr_fail(w, EBADMSG, "a zero within a string");
	else
		ndr_utf16_to(units, n - 1, text);
	return text;
}

static void string(struct ndr_walk *w, const struct ndr_type *t, char **slot,
		   const void *scope)
{
	bool wide = t->flags & NDR_T_WIDE;
	uint64_t max = t->flags & NDR_T_CONFORMANT ? w->conformance : t->count;
	uint64_t n = pull_length(w, max);

	if (!enough_left(w, n, wide ? 2 : 1) || !ndr_check_range(w, t, n))
		return;
	check_count(w, t->size_is, scope, max);
	*slot = wide ? wide_text(w, n) : narrow_text(w, n);
}

static void structure(struct ndr_walk *w, const struct ndr_type *t, char *memory)
{
	const struct ndr_field *f;
	struct ndr_path here;

	ndr_pull_align(w, t->align[w->wide]);
	for (f = t->fields; f < t->fields + t->count; f++) {
		if (f->flags & NDR_FIELD_OFF_WIRE)
			continue;
		if (!ndr_enter(w, &here, f->name, 0))
			return;
		scalars(w, f->type, memory + f->offset, memory);
		ndr_leave(w);
	}
	if (w->wide)
		ndr_pull_align(w, t->align[1]);
}

/* The tag of an encapsulated union is a field of the structure around it. */
static void store_tag(const struct ndr_type *t, const void *scope, int64_t value)
{
	const struct ndr_op *op = t->switch_is->ops;

	ndr_store(op->kind, (char *)scope + op->offset, value);
}

static void check_tag(struct ndr_walk *w, const struct ndr_type *t,
		      const void *scope, int64_t tag)
{
	int64_t value;

	if (!ndr_eval(t->switch_is, scope, &value) ||
	    ndr_truncate(t->target->kind, value) != tag)
		ndr_fail(w, EBADMSG, "the union is of kind %" PRId64
			 ", but %s is %" PRId64, tag, t->switch_is->text, value);
}

static void arm_scalars(struct ndr_walk *w, const struct ndr_arm *arm,
			void *slot, const void *scope)
{
	struct ndr_path here;

	if (!arm->type || !ndr_enter(w, &here, arm->name, 0))
		return;
	scalars(w, arm->type, slot, scope);
	ndr_leave(w);
}

static void union_scalars(struct ndr_walk *w, const struct ndr_type *t,
			  void *slot, const void *scope)
{
	const struct ndr_arm *arm;
	int64_t tag;

	if (w->wide)
		ndr_pull_align(w, t->align[1]);
	tag = pull_number(w, t->target);
	if (w->failed)
		return;
	if (t->flags & NDR_T_TAGGED)
		store_tag(t, scope, tag);
	else
		check_tag(w, t, scope, tag);
	arm = w->failed ? NULL : ndr_find_arm(w, t, tag);
	if (!arm)
		return;
	if (arm->type || w->wide)
		ndr_pull_align(w, t->arm_align[w->wide]);
	arm_scalars(w, arm, slot, scope);
}

static void referent(struct ndr_walk *w, const struct ndr_type *t, void **slot)
{
	uint64_t ref = ndr_pull_count(w);

	if (!ref && (t->flags & NDR_T_REF))
		ndr_fail(w, EBADMSG, "NULL where a pointer is required");
	*slot = w->failed ? NULL : (void *)(uintptr_t)ref;
}

static void scalars(struct ndr_walk *w, const struct ndr_type *t, void *slot,
		    const void *scope)
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
		referent(w, t, slot);
		break;
	case NDR_ARRAY:
		array(w, t, slot, scope);
		break;
	case NDR_STRING:
		string(w, t, slot, scope);
		break;
	case NDR_PIPE:
		pipe(w, t, slot);
		break;
	default:
		number(w, t, slot);
	}
}

/* Read what a pointer points to. */
static void pointee(struct ndr_walk *w, const struct ndr_type *t, void **slot,
		    const void *scope)
{
	const struct ndr_type *target = t->target;

	*slot = NULL;
	if (ndr_is_loose(target)) {
		whole(w, target, slot, scope);
		return;
	}
	*slot = ndr_walk_alloc(w, 1, target->size);
	whole(w, target, *slot, scope);
}

/* A full pointer: the second with the same referent points to the same thing. */
static void full_pointee(struct ndr_walk *w, const struct ndr_type *t,
			 void **slot, const void *scope)
{
	uint64_t ref = (uintptr_t)*slot;
	struct ndr_full *full;
	size_t i;

	for (i = 0; i < w->n_full; i++)
		if (w->full[i].referent == ref)
			break;
	if (i == w->n_full) {
		full = ndr_full_add(w);
		if (!full)
			return;
		*full = (struct ndr_full){ .referent = ref, .type = t->target };
		pointee(w, t, slot, scope);
		/* The list may have moved. */
		w->full[i].memory = *slot;
		w->full[i].done = true;
		return;
	}
	*slot = NULL;
	if (!w->full[i].done)
		ndr_fail(w, EBADMSG, "points to something that it is a part of");
	else if (w->full[i].type != t->target)
		ndr_fail(w, EBADMSG, "points to something of another type");
	else
		*slot = w->full[i].memory;
}

static void pointer_buffers(struct ndr_walk *w, const struct ndr_type *t,
			    void **slot, const void *scope)
{
	struct ndr_path here;

	if (!*slot)
		return;
	/* Counts as a level, though it has no name of its own. */
	if (!ndr_enter(w, &here, "", 0))
		return;
	w->path = here.up;
	if (t->flags & NDR_T_FULL)
		full_pointee(w, t, slot, scope);
	else
		pointee(w, t, slot, scope);
	w->depth--;
}

static void structure_buffers(struct ndr_walk *w, const struct ndr_type *t,
			      char *memory)
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

static void union_buffers(struct ndr_walk *w, const struct ndr_type *t,
			  void *slot, const void *scope)
{
	const struct ndr_arm *arm = ndr_current_arm(w, t, scope);
	struct ndr_path here;

	if (!arm || !arm->type || !ndr_enter(w, &here, arm->name, 0))
		return;
	buffers(w, arm->type, slot, scope);
	ndr_leave(w);
}

static void buffers(struct ndr_walk *w, const struct ndr_type *t, void *slot,
		    const void *scope)
{
	uint64_t count;

	if (w->failed || !(t->flags & NDR_T_DEFER))
		return;
	if (t->kind == NDR_STRUCT)
		structure_buffers(w, t, slot);
	else if (t->kind == NDR_UNION)
		union_buffers(w, t, slot, scope);
	else if (t->kind == NDR_POINTER)
		pointer_buffers(w, t, slot, scope);
	else if (t->kind == NDR_ARRAY && ndr_array_count(w, t, scope, &count))
		element_buffers(w, t->target, array_memory(t, slot), count, scope);
}

/* A parameter, or what a pointer points to. */
static void whole(struct ndr_walk *w, const struct ndr_type *t, void *slot,
		  const void *scope)
{
	uint64_t count;

	if (w->failed)
		return;
	if (t->kind == NDR_POINTER && (t->flags & NDR_T_TOP)) {
		pointee(w, t, slot, scope);
		return;
	}
	if (t->flags & NDR_T_CONFORMANT)
		w->conformance = ndr_pull_count(w);
	if (t->kind == NDR_ARRAY) {
		/* Its count is known here, whatever the parameters say so far. */
		count = array(w, t, slot, scope);
		if (!w->failed && (t->flags & NDR_T_DEFER))
			element_buffers(w, t->target, array_memory(t, slot), count,
					scope);
		return;
	}
	scalars(w, t, slot, scope);
	buffers(w, t, slot, scope);
}

static void some_parameters(struct ndr_walk *w, enum ndr_direction dir,
			    char *args, bool pipes)
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

/* [C706] 14.4: pipes are the last that goes in, and the first that comes out. */
static void parameters(struct ndr_walk *w, enum ndr_direction dir, char *args)
{
	some_parameters(w, dir, args, dir == NDR_OUT);
	some_parameters(w, dir, args, dir != NDR_OUT);
	check_late(w);
	if (!w->failed && w->len - w->pos > SLACK)
		ndr_fail(w, EBADMSG, "%zu bytes are left over", w->len - w->pos);
}

int ndr_decode(struct ndr_codec *codec, const struct ndr_method *method,
	       enum ndr_direction dir, const struct ndr_bytes *stub, void *args)
{
	struct ndr_walk w;
	char *made;

	ndr_walk_init(&w, codec, method, NULL);
	w.in = stub->ptr;
	w.len = stub->len;
	made = ndr_walk_alloc(&w, 1, method->size);
	if (!made)
		return codec->error.code;
	memcpy(made, args, method->size);
	w.args = made;
	parameters(&w, dir, made);
	if (!w.failed)
		memcpy(args, made, method->size);
	return codec->error.code;
}

int ndr_check_label(struct ndr_codec *codec, const uint8_t drep[4])
{
	const char *what = NULL;

	memset(&codec->error, 0, sizeof(codec->error));
	codec->big_endian = drep[0] >> 4 == 0;
	if (drep[0] >> 4 > 1)
		what = "integers of an unknown kind";
	else if (drep[0] & 0xf)
		what = "characters that are not ASCII";
	else if (drep[1])
		what = "floating point numbers that are not IEEE";
	if (!what)
		return 0;
	codec->error.code = -EOPNOTSUPP;
	snprintf(codec->error.text, sizeof(codec->error.text),
		 "the data representation %02x%02x%02x%02x means %s, which is not "
		 "supported", drep[0], drep[1], drep[2], drep[3], what);
	return codec->error.code;
}
