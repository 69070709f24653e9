// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Memory that is freed all at once, with a limit.
 *
 * Blocks grow from 4 KiB to 1 MiB; what is larger gets a block of its own. What
 * counts towards the limit is what was asked for, rounded up to 16 bytes.
 */
#include <stdlib.h>
#include <string.h>

#include "engine.h"

#define SMALLEST 4096u
#define LARGEST (1u << 20)
#define ALIGNMENT 16u

struct block {
	struct block *next;
	size_t used;
	size_t size;
	_Alignas(ALIGNMENT) unsigned char data[];
};

struct ndr_arena {
	struct block *blocks;	/* the first is the one with room */
	size_t limit;
	size_t taken;
};

struct ndr_arena *ndr_arena_new(size_t limit)
{
	struct ndr_arena *arena = calloc(1, sizeof(*arena));

	if (arena)
		arena->limit = limit ? limit : NDR_ARENA_LIMIT;
	return arena;
}

size_t ndr_arena_left(const struct ndr_arena *arena)
{
	return arena->limit - arena->taken;
}

static struct block *block_add(struct ndr_arena *arena, size_t need)
{
	size_t size = arena->blocks ? arena->blocks->size * 2 : SMALLEST;
	struct block *block;

	if (size > LARGEST)
		size = LARGEST;
	if (size < need)
		size = need;
	block = calloc(1, sizeof(*block) + size);
	if (!block)
		return NULL;
	block->size = size;
	/* A block for one large thing goes behind the one that has room. */
	if (need > LARGEST && arena->blocks) {
		block->next = arena->blocks->next;
		arena->blocks->next = block;
	} else {
		block->next = arena->blocks;
		arena->blocks = block;
	}
	return block;
}

void *ndr_arena_alloc(struct ndr_arena *arena, size_t size)
{
	struct block *block = arena->blocks;
	size_t need;
	void *memory;

	if (size > ndr_arena_left(arena))
		return NULL;
	need = size ? (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT : ALIGNMENT;
	if (need > ndr_arena_left(arena))
		return NULL;
	if (!block || block->size - block->used < need)
		block = block_add(arena, need);
	if (!block)
		return NULL;
	memory = block->data + block->used;
	block->used += need;
	arena->taken += need;
	return memory;
}

void ndr_arena_reset(struct ndr_arena *arena)
{
	struct block *next;

	for (; arena->blocks; arena->blocks = next) {
		next = arena->blocks->next;
		/* Results hold passwords and keys as often as not. */
		explicit_bzero(arena->blocks->data, arena->blocks->used);
		free(arena->blocks);
	}
	arena->taken = 0;
}

void ndr_arena_free(struct ndr_arena *arena)
{
	if (!arena)
		return;
	ndr_arena_reset(arena);
	free(arena);
}
