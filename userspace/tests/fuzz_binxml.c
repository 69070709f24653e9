// SPDX-License-Identifier: GPL-2.0-or-later
/* Any bytes as an event. */
#include <stdlib.h>
#include <string.h>

#include "binxml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *wrong = NULL;
	uint8_t *copy = malloc(size ? size : 1);
	json_t *made;

	memcpy(copy, data, size);
	made = binxml_decode(copy, size, &wrong);
	/* It is refused with a reason, or it is one element. */
	if (!made == !wrong)
		abort();
	if (made && json_object_size(made) > 1)
		abort();
	json_decref(made);
	free(copy);
	return 0;
}
