/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Vectors written as hex, for tests of codecs. */
#ifndef UNC_TESTS_BYTES_H
#define UNC_TESTS_BYTES_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hex.h"
#include "wire_os.h"

struct bytes {
	u8 data[1024];
	u32 len;
};

/* Blanks are there to read by. */
static inline struct bytes bytes(const char *hex)
{
	char digits[2 * sizeof(((struct bytes *)NULL)->data) + 1];
	struct bytes b;
	size_t n = 0;
	ssize_t len;

	for (; *hex && n < sizeof(digits) - 1; hex++)
		if (*hex != ' ')
			digits[n++] = *hex;
	digits[n] = '\0';
	len = hex_decode(digits, b.data, sizeof(b.data));
	if (len < 0 || *hex) {
		printf("Bail out! bad vector %s\n", digits);
		exit(1);
	}
	b.len = (u32)len;
	return b;
}

/* A copy of exactly this size, so that the sanitizer sees one byte too many. */
static inline u8 *copy_of(const struct bytes *b, u32 len)
{
	u8 *copy = malloc(len ? len : 1);

	memcpy(copy, b->data, len);
	return copy;
}

#endif
