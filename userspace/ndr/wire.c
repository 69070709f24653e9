// SPDX-License-Identifier: GPL-2.0-or-later
/* Bytes of a stub, in either order; positions count from its start. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"

void ndr_pull_align(struct ndr_walk *w, unsigned int to)
{
	size_t gap = (to - w->pos % to) % to;

	if (gap)
		ndr_pull_bytes(w, gap);
}

/** ndr_pull_bytes - @n bytes, NULL if there are not that many */
const uint8_t *ndr_pull_bytes(struct ndr_walk *w, uint64_t n)
{
	const uint8_t *p = w->in + w->pos;

	if (w->failed)
		return NULL;
	if (n > w->len - w->pos) {
		ndr_fail(w, EBADMSG, "the stub ends after %zu bytes, %" PRIu64
			 " more are needed", w->len, n - (w->len - w->pos));
		return NULL;
	}
	w->pos += n;
	return p;
}

/** ndr_pull - a number of @size bytes, aligned to its size */
uint64_t ndr_pull(struct ndr_walk *w, unsigned int size)
{
	const uint8_t *p;
	unsigned int i;
	uint64_t v = 0;

	ndr_pull_align(w, size);
	p = ndr_pull_bytes(w, size);
	for (i = 0; p && i < size; i++)
		v = v << 8 | p[w->big ? i : size - 1 - i];
	return v;
}

/** ndr_pull_count - a count or a referent */
uint64_t ndr_pull_count(struct ndr_walk *w)
{
	return ndr_pull(w, w->wide ? 8 : 4);
}

static bool grow(struct ndr_walk *w, uint64_t need)
{
	size_t cap = w->cap ? w->cap : 256;
	uint8_t *bigger;

	if (need > ndr_arena_left(w->codec->arena)) {
		ndr_fail(w, ENOMEM, "the stub is larger than the memory that is "
			 "left for this call");
		return false;
	}
	while (cap < need)
		cap *= 2;
	bigger = realloc(w->out, cap);
	if (!bigger) {
		ndr_fail(w, ENOMEM, "no memory for a stub of %" PRIu64 " bytes",
			 need);
		return false;
	}
	w->out = bigger;
	w->cap = cap;
	return true;
}

/** ndr_push_space - room for @n bytes, which the caller fills in */
uint8_t *ndr_push_space(struct ndr_walk *w, uint64_t n)
{
	uint8_t *p;

	if (w->failed)
		return NULL;
	if (n > SIZE_MAX / 2 - w->pos) {
		ndr_fail(w, EMSGSIZE, "too large");
		return NULL;
	}
	if (w->pos + n > w->cap && !grow(w, w->pos + n))
		return NULL;
	p = w->out + w->pos;
	w->pos += n;
	return p;
}

void ndr_push_align(struct ndr_walk *w, unsigned int to)
{
	size_t gap = (to - w->pos % to) % to;
	uint8_t *p = gap ? ndr_push_space(w, gap) : NULL;

	if (p)
		memset(p, 0, gap);
}

void ndr_push(struct ndr_walk *w, uint64_t value, unsigned int size)
{
	uint8_t *p;
	unsigned int i;

	ndr_push_align(w, size);
	p = ndr_push_space(w, size);
	for (i = 0; p && i < size; i++)
		p[w->big ? size - 1 - i : i] = value >> (8 * i);
}

void ndr_push_count(struct ndr_walk *w, uint64_t value)
{
	ndr_push(w, value, w->wide ? 8 : 4);
}
