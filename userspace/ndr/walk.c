// SPDX-License-Identifier: GPL-2.0-or-later
/* Walking over a table: where we are, what went wrong, limits. */
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"

void ndr_walk_init(struct ndr_walk *w, struct ndr_codec *codec,
		   const struct ndr_method *method, const void *args)
{
	memset(w, 0, sizeof(*w));
	w->codec = codec;
	w->method = method;
	w->args = args;
	w->wide = codec->syntax == NDR_SYNTAX_NDR64;
	w->big = codec->big_endian;
	memset(&codec->error, 0, sizeof(codec->error));
}

/* The way to @path, from its start; at most what is left of the text. */
static void append_path(struct ndr_error *e, const struct ndr_path *path)
{
	size_t used;

	if (!path)
		return;
	append_path(e, path->up);
	used = strlen(e->text);
	if (path->name)
		snprintf(e->text + used, sizeof(e->text) - used, "%s%s",
			 path->up ? "." : "", path->name);
	else
		snprintf(e->text + used, sizeof(e->text) - used,
			 "[%" PRIu64 "]", path->index);
}

/**
 * ndr_fail - keep the first error, with where it happened
 * @w: the walk
 * @code: positive errno
 * @fmt: what is wrong
 */
void ndr_fail(struct ndr_walk *w, int code, const char *fmt, ...)
{
	struct ndr_error *e = &w->codec->error;
	size_t used;
	va_list ap;

	if (w->failed)
		return;
	w->failed = true;
	e->code = -code;
	snprintf(e->text, sizeof(e->text) / 2, "%s.%s: ", w->method->interface,
		 w->method->name);
	append_path(e, w->path);
	/* A very long way must not push out what is wrong. */
	used = strlen(e->text);
	if (used > sizeof(e->text) / 2) {
		used = sizeof(e->text) / 2;
		memcpy(e->text + used - 3, "...", 3);
	}
	used += snprintf(e->text + used, sizeof(e->text) - used, "%s",
			 w->path ? ": " : "");
	va_start(ap, fmt);
	vsnprintf(e->text + used, sizeof(e->text) - used, fmt, ap);
	va_end(ap);
}

/** ndr_enter - go down one level; false if there are too many */
bool ndr_enter(struct ndr_walk *w, struct ndr_path *here, const char *name,
	       uint64_t index)
{
	if (w->failed)
		return false;
	if (w->depth >= NDR_DEPTH_LIMIT) {
		ndr_fail(w, EMSGSIZE, "nested more than %d levels deep",
			 NDR_DEPTH_LIMIT);
		return false;
	}
	here->up = w->path;
	here->name = name;
	here->index = index;
	w->path = here;
	w->depth++;
	return true;
}

void ndr_leave(struct ndr_walk *w)
{
	w->path = w->path->up;
	w->depth--;
}

/** ndr_walk_alloc - @count things of @size bytes, never NULL unless failed */
void *ndr_walk_alloc(struct ndr_walk *w, uint64_t count, uint64_t size)
{
	void *memory = NULL;
	uint64_t bytes;

	if (w->failed)
		return NULL;
	if (!__builtin_mul_overflow(count, size, &bytes))
		memory = ndr_arena_alloc(w->codec->arena, bytes);
	if (!memory)
		ndr_fail(w, ENOMEM, "%" PRIu64 " elements of %" PRIu64
			 " bytes are more than the memory that is left for this call",
			 count, size);
	return memory;
}

/** ndr_find_arm - the arm of a union for a value; NULL with an error if none */
const struct ndr_arm *ndr_find_arm(struct ndr_walk *w, const struct ndr_type *t,
				   int64_t value)
{
	const struct ndr_arm *fallback = NULL;
	uint32_t i;

	for (i = 0; i < t->count; i++) {
		if (t->arms[i].is_default)
			fallback = &t->arms[i];
		else if (ndr_truncate(t->target->kind, t->arms[i].value) == value)
			return &t->arms[i];
	}
	if (!fallback)
		ndr_fail(w, EBADMSG, "%s has no arm for %" PRId64, t->name, value);
	return fallback;
}

const struct ndr_arm *ndr_current_arm(struct ndr_walk *w,
				      const struct ndr_type *t, const void *scope)
{
	int64_t value;

	if (!ndr_eval(t->switch_is, scope, &value)) {
		ndr_fail(w, EINVAL, "switch_is(%s) has no value", t->switch_is->text);
		return NULL;
	}
	return ndr_find_arm(w, t, ndr_truncate(t->target->kind, value));
}

/** ndr_count_of - a size_is or length_is, which must not be negative */
bool ndr_count_of(struct ndr_walk *w, const struct ndr_expr *expr,
		  const void *scope, uint64_t *count)
{
	int64_t value;

	*count = 0;
	if (!ndr_eval(expr, scope, &value) || value < 0 || value > UINT32_MAX) {
		ndr_fail(w, EINVAL, "%s is no size", expr->text);
		return false;
	}
	*count = value;
	return true;
}

/** ndr_array_count - elements that are present, as the fields around it say */
bool ndr_array_count(struct ndr_walk *w, const struct ndr_type *t,
		     const void *scope, uint64_t *count)
{
	uint64_t size = t->count;

	*count = 0;
	if (t->size_is && !ndr_count_of(w, t->size_is, scope, &size))
		return false;
	*count = size;
	if (!ndr_check_range(w, t, size))
		return false;
	if (!t->length_is)
		return true;
	if (!ndr_count_of(w, t->length_is, scope, count))
		return false;
	if (*count <= size)
		return true;
	ndr_fail(w, EINVAL, "%s is %" PRIu64 ", but only %" PRIu64 " fit",
		 t->length_is->text, *count, size);
	*count = 0;
	return false;
}

bool ndr_check_range(struct ndr_walk *w, const struct ndr_type *t, int64_t value)
{
	if (!(t->flags & NDR_T_RANGE) || (value >= t->min && value <= t->max))
		return true;
	ndr_fail(w, EBADMSG, "%" PRId64 " is not within %" PRId64 " and %" PRId64,
		 value, t->min, t->max);
	return false;
}

/** ndr_full_add - room for one more full pointer */
struct ndr_full *ndr_full_add(struct ndr_walk *w)
{
	struct ndr_full *bigger;

	if (w->n_full == NDR_FULL_LIMIT) {
		ndr_fail(w, EMSGSIZE, "more than %d full pointers", NDR_FULL_LIMIT);
		return NULL;
	}
	if (w->n_full == w->cap_full) {
		w->cap_full = w->cap_full ? w->cap_full * 2 : 16;
		bigger = ndr_walk_alloc(w, w->cap_full, sizeof(*bigger));
		if (!bigger)
			return NULL;
		if (w->n_full)
			memcpy(bigger, w->full, w->n_full * sizeof(*bigger));
		w->full = bigger;
	}
	return &w->full[w->n_full++];
}
