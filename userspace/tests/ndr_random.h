/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Random values for any type of the IDL tables. */
#ifndef UNC_TESTS_NDR_RANDOM_H
#define UNC_TESTS_NDR_RANDOM_H

#include "engine.h"

/**
 * struct ndr_random - a source of values
 * @state: seed; the same seed makes the same values
 * @arena: where what pointers point to is made
 */
struct ndr_random {
	uint64_t state;
	struct ndr_arena *arena;
};

uint32_t ndr_random_below(struct ndr_random *r, uint32_t limit);

/** ndr_random_fill - all parameters of a method, consistent with each other */
void ndr_random_fill(struct ndr_random *r, const struct ndr_method *method,
		     void *args);

#endif
