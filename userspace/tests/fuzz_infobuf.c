// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * libFuzzer: records that are not NDR, from any server. The first four bytes
 * are the number of records that the server claims.
 */
#include <string.h>

#include "infobuf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct info_field fields[] = {
		{ "a", INFO_TEXT }, { "b", INFO_U32 }, { "c", INFO_SKIP },
		{ "d", INFO_TIME }, { "e", INFO_TEXT }, { NULL, 0 }
	};
	const char *wrong;
	uint32_t count;
	json_t *made;

	if (size < sizeof(count))
		return 0;
	memcpy(&count, data, sizeof(count));
	made = info_decode(data + sizeof(count), size - sizeof(count), count,
			   fields, &wrong);
	/* All or nothing, and a reason for nothing. */
	if (made ? json_array_size(made) != count || wrong : !wrong)
		__builtin_trap();
	json_decref(made);
	return 0;
}
