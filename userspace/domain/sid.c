// SPDX-License-Identifier: GPL-2.0-or-later
#include "sid.h"

#include <stdio.h>

#include "cursor.h"

#define SUB_AUTHORITIES_MAX 15

/* The authority is the one number in network order. */
static uint64_t read_authority(struct wire_in *in)
{
	uint64_t value = 0;

	for (int i = 0; i < 6; i++)
		value = value << 8 | wire_in_u8(in, "IdentifierAuthority");
	return value;
}

bool sid_format(const void *bytes, size_t len, char text[SID_TEXT_ROOM])
{
	struct wire_in in;
	u8 revision, count;
	int used;

	wire_in_init(&in, bytes, (u32)len);
	revision = wire_in_u8(&in, "Revision");
	count = wire_in_u8(&in, "SubAuthorityCount");
	if (revision != 1 || count > SUB_AUTHORITIES_MAX)
		return false;
	used = sprintf(text, "S-1-%llu",
		       (unsigned long long)read_authority(&in));
	for (u8 i = 0; i < count; i++)
		used += sprintf(text + used, "-%u",
				wire_in_u32(&in, "SubAuthority"));
	return !in.err && !wire_in_left(&in);
}

/* The first three fields are numbers, least significant byte first. */
void guid_format(const uint8_t g[16], char *text)
{
	sprintf(text,
		"%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
		g[3], g[2], g[1], g[0], g[5], g[4], g[7], g[6], g[8], g[9],
		g[10], g[11], g[12], g[13], g[14], g[15]);
}
