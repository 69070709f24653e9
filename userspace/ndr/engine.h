/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the parts of the engine share: where a walk over a table is, its first
 * error, and the bytes it reads or writes.
 *
 * After the first error every function does nothing and reads yield zero, so
 * that the walks are plain lists of steps.
 */
#ifndef UNC_NDR_ENGINE_H
#define UNC_NDR_ENGINE_H

#include "table.h"

/* Different full pointers in one call, at most. */
#define NDR_FULL_LIMIT 4096

/* Elements in a chunk of a pipe, at most ([MS-RPCE] 2.2.5.3.4.5). */
#define NDR_CHUNK_LIMIT 0x7fffffffu

/** A step of the way to the value at hand, for messages. */
struct ndr_path {
	const struct ndr_path *up;
	const char *name;	/* NULL: element @index */
	uint64_t index;
};

/** A full pointer that was met. */
struct ndr_full {
	uint64_t referent;
	void *memory;
	const struct ndr_type *type;
	bool done;
};

/** A count from the wire, to be compared once all parameters are known. */
struct ndr_check {
	struct ndr_check *next;
	const struct ndr_expr *expr;
	const char *name;
	uint64_t count;
};

/**
 * struct ndr_walk - a conversion under way
 * @codec: of the caller
 * @method: whose parameters are converted
 * @args: its C structure, the scope of the parameters' expressions
 * @path: where we are
 * @depth: length of @path
 * @failed: codec->error is set
 * @wide: NDR64
 * @big: most significant byte first
 * @in, @len: bytes to read
 * @out, @cap: bytes written
 * @pos: next byte of @in or @out
 * @conformance: maximum count that was read ahead of its array
 * @referents: pointers written so far
 * @full, @n_full, @cap_full: full pointers
 * @checks: what is compared at the end
 * @nodes: values that were made for JSON
 */
struct ndr_walk {
	struct ndr_codec *codec;
	const struct ndr_method *method;
	const void *args;
	const struct ndr_path *path;
	unsigned int depth;
	bool failed;
	bool wide;
	bool big;
	const uint8_t *in;
	size_t len;
	uint8_t *out;
	size_t cap;
	size_t pos;
	uint64_t conformance;
	uint32_t referents;
	struct ndr_full *full;
	size_t n_full;
	size_t cap_full;
	struct ndr_check *checks;
	size_t nodes;
};

/* walk.c */
void ndr_walk_init(struct ndr_walk *w, struct ndr_codec *codec,
		   const struct ndr_method *method, const void *args);
__attribute__((format(printf, 3, 4)))
void ndr_fail(struct ndr_walk *w, int code, const char *fmt, ...);
bool ndr_enter(struct ndr_walk *w, struct ndr_path *here, const char *name,
	       uint64_t index);
void ndr_leave(struct ndr_walk *w);
void *ndr_walk_alloc(struct ndr_walk *w, uint64_t count, uint64_t size);
size_t ndr_arena_left(const struct ndr_arena *arena);
const struct ndr_arm *ndr_find_arm(struct ndr_walk *w, const struct ndr_type *t,
				   int64_t value);
const struct ndr_arm *ndr_current_arm(struct ndr_walk *w,
				      const struct ndr_type *t, const void *scope);
bool ndr_count_of(struct ndr_walk *w, const struct ndr_expr *expr,
		  const void *scope, uint64_t *count);
bool ndr_array_count(struct ndr_walk *w, const struct ndr_type *t,
		     const void *scope, uint64_t *count);
bool ndr_check_range(struct ndr_walk *w, const struct ndr_type *t, int64_t value);
struct ndr_full *ndr_full_add(struct ndr_walk *w);

/* Does a pointer to it point to the first of many, which has no slot? */
static inline bool ndr_is_loose(const struct ndr_type *t)
{
	return t->kind == NDR_STRING ||
	       (t->kind == NDR_ARRAY && (t->flags & NDR_T_CONFORMANT));
}

/* Pipes have a place of their own in a stub; they are parameters, always. */
static inline bool ndr_is_pipe(const struct ndr_type *t)
{
	return t->kind == NDR_PIPE ||
	       (t->kind == NDR_POINTER && t->target->kind == NDR_PIPE);
}

static inline bool ndr_is_number(const struct ndr_type *t)
{
	return t->kind <= NDR_ENUM32;
}

/* number.c */
unsigned int ndr_wire_size(uint8_t kind, bool wide);
int64_t ndr_load(uint8_t kind, const void *slot);
void ndr_store(uint8_t kind, void *slot, int64_t value);
bool ndr_is_signed(uint8_t kind);
int64_t ndr_truncate(uint8_t kind, int64_t value);
bool ndr_fits(uint8_t kind, int64_t value);

/* expr.c */
bool ndr_eval(const struct ndr_expr *expr, const void *scope, int64_t *value);
bool ndr_solve(const struct ndr_expr *expr, int64_t result, int64_t *value,
	       const struct ndr_op **variable);
const char *ndr_expr_name(const struct ndr_expr *expr,
			  const struct ndr_field *fields, uint32_t n);

/* wire.c */
void ndr_pull_align(struct ndr_walk *w, unsigned int to);
uint64_t ndr_pull(struct ndr_walk *w, unsigned int size);
uint64_t ndr_pull_count(struct ndr_walk *w);
const uint8_t *ndr_pull_bytes(struct ndr_walk *w, uint64_t n);
void ndr_push_align(struct ndr_walk *w, unsigned int to);
void ndr_push(struct ndr_walk *w, uint64_t value, unsigned int size);
void ndr_push_count(struct ndr_walk *w, uint64_t value);
uint8_t *ndr_push_space(struct ndr_walk *w, uint64_t n);

/* utf.c */
ssize_t ndr_utf16_from(const char *text, uint16_t *units);
size_t ndr_utf16_to(const uint16_t *units, size_t n, char *text);
bool ndr_utf16_good(const uint16_t *units, size_t n);
ssize_t ndr_latin1_from(const char *text, uint8_t *bytes);
size_t ndr_latin1_to(const uint8_t *bytes, size_t n, char *text);

/* special.c: values that are written as one word */
json_t *ndr_guid_to_json(const void *slot);
bool ndr_guid_from_text(const char *text, void *slot);
bool ndr_sid_from_text(struct ndr_walk *w, const struct ndr_type *t,
		       const char *text, void *slot);
json_t *ndr_sid_to_json(const struct ndr_type *t, const void *slot);

#endif /* UNC_NDR_ENGINE_H */
