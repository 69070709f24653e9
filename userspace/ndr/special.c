// SPDX-License-Identifier: GPL-2.0-or-later
/* Structures that people write as one word: GUIDs and SIDs. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"

#define SID_PARTS 15		/* [MS-DTYP] 2.4.2: SubAuthorityCount, at most */

/* Every GUID structure in the documents has this shape. */
struct guid {
	uint32_t a;
	uint16_t b;
	uint16_t c;
	uint8_t d[8];
};

json_t *ndr_guid_to_json(const void *slot)
{
	const struct guid *g = slot;

	return json_sprintf("%08" PRIx32 "-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x",
			    g->a, g->b, g->c, g->d[0], g->d[1], g->d[2], g->d[3],
			    g->d[4], g->d[5], g->d[6], g->d[7]);
}

/** ndr_guid_from_text - false if the text is no GUID */
bool ndr_guid_from_text(const char *text, void *slot)
{
	struct guid *g = slot;
	int used = 0;

	if (strlen(text) != 36)
		return false;
	return sscanf(text, "%8" SCNx32 "-%4" SCNx16 "-%4" SCNx16
		      "-%2hhx%2hhx-%2hhx%2hhx%2hhx%2hhx%2hhx%2hhx%n",
		      &g->a, &g->b, &g->c, &g->d[0], &g->d[1], &g->d[2], &g->d[3],
		      &g->d[4], &g->d[5], &g->d[6], &g->d[7], &used) == 11 &&
	       used == 36;
}

static uint64_t authority(const uint8_t *six)
{
	uint64_t v = 0;
	int i;

	for (i = 0; i < 6; i++)
		v = v << 8 | six[i];
	return v;
}

/** ndr_sid_to_json - "S-1-..."; NULL if it is not one that can be written so */
json_t *ndr_sid_to_json(const struct ndr_type *t, const void *slot)
{
	const char *memory = slot;
	uint8_t count = memory[t->fields[1].offset];
	uint64_t top = authority((const uint8_t *)memory + t->fields[2].offset);
	char text[40 + SID_PARTS * 11];
	const uint32_t *part;
	size_t used;
	int i;

	memcpy(&part, memory + t->fields[3].offset, sizeof(part));
	if (memory[t->fields[0].offset] != 1 || count > SID_PARTS ||
	    (count && !part))
		return NULL;
	used = snprintf(text, sizeof(text), top >> 32 ? "S-1-0x%" PRIx64 :
			"S-1-%" PRIu64, top);
	for (i = 0; i < count; i++)
		used += snprintf(text + used, sizeof(text) - used, "-%" PRIu32,
				 part[i]);
	return json_string(text);
}

static bool one_part(const char **text, uint64_t limit, uint64_t *value)
{
	bool hex = !strncmp(*text, "0x", 2);
	char *end;

	if (**text < '0' || **text > '9')
		return false;
	*value = strtoull(*text, &end, hex ? 16 : 10);
	*text = end;
	return *value <= limit && (*end == '-' || !*end);
}

/** ndr_sid_from_text - false if the text is no SID */
bool ndr_sid_from_text(struct ndr_walk *w, const struct ndr_type *t,
		       const char *text, void *slot)
{
	uint32_t *parts = ndr_walk_alloc(w, SID_PARTS, sizeof(*parts));
	char *memory = slot;
	uint8_t count = 0;
	uint64_t value;
	int i;

	if (!parts || strncmp(text, "S-1-", 4))
		return false;
	text += 4;
	if (!one_part(&text, (1ull << 48) - 1, &value))
		return false;
	for (i = 0; i < 6; i++)
		memory[t->fields[2].offset + i] = value >> (40 - 8 * i);
	while (*text == '-') {
		text++;
		if (count == SID_PARTS || !one_part(&text, UINT32_MAX, &value))
			return false;
		parts[count++] = value;
	}
	memory[t->fields[0].offset] = 1;
	memory[t->fields[1].offset] = count;
	memcpy(memory + t->fields[3].offset, &parts, sizeof(parts));
	return true;
}
