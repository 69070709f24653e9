// SPDX-License-Identifier: GPL-2.0-or-later
/* Any bytes as records of an event log. */
#include <stdlib.h>
#include <string.h>

#include "evrecord.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *wrong = NULL;
	uint8_t *copy = malloc(size ? size : 1);
	json_t *made;

	memcpy(copy, data, size);
	made = evrecord_decode(copy, size, &wrong);
	/* It is refused with a reason, or all of it was records. */
	if (!made == !wrong)
		abort();
	if (json_array_size(made) > size / 56)
		abort();
	json_decref(made);
	free(copy);
	return 0;
}
