// SPDX-License-Identifier: GPL-2.0-or-later
#include "evtext.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "utf16.h"

#define SID_PARTS	15		/* [MS-DTYP] 2.4.2 */

static char *reserve(struct evtext *text, size_t more)
{
	size_t need = text->len + more + 1;
	char *grown;

	if (text->failed)
		return NULL;
	if (need > text->room) {
		grown = realloc(text->data, 2 * need);
		if (!grown) {
			text->failed = true;
			return NULL;
		}
		text->data = grown;
		text->room = 2 * need;
	}
	return text->data + text->len;
}

static void filled(struct evtext *text, size_t len)
{
	text->len += len;
	text->data[text->len] = '\0';
}

void evtext_add(struct evtext *text, const char *bytes, size_t len)
{
	char *at = reserve(text, len);

	if (!at)
		return;
	if (len)
		memcpy(at, bytes, len);
	filled(text, len);
}

void evtext_printf(struct evtext *text, const char *fmt, ...)
{
	char made[128];
	va_list ap;
	int len;

	va_start(ap, fmt);
	len = vsnprintf(made, sizeof(made), fmt, ap);
	va_end(ap);
	evtext_add(text, made, len < (int)sizeof(made) ? (size_t)len :
		   sizeof(made) - 1);
}

void evtext_utf16(struct evtext *text, const u8 *bytes, u32 len)
{
	u32 room = WIRE_UTF8_MAX(len);
	char *at = reserve(text, room);
	int made;

	if (!at)
		return;
	made = wire_utf16_to_utf8(at, room, bytes, len, WIRE_UTF_STRICT);
	if (made < 0)
		evtext_add(text, "\xef\xbf\xbd", 3);
	else
		filled(text, (size_t)made);
}

void evtext_hex(struct evtext *text, const u8 *bytes, u32 len)
{
	char *at = reserve(text, 2 * (size_t)len);

	if (!at)
		return;
	for (u32 i = 0; i < len; i++)
		sprintf(at + 2 * (size_t)i, "%02x", bytes[i]);
	filled(text, 2 * (size_t)len);
}

void evtext_sid(struct evtext *text, struct wire_in *in, const char *what)
{
	u8 revision = wire_in_u8(in, what);
	u8 count = wire_in_u8(in, what);
	u64 top = 0;

	for (int i = 0; i < 6; i++)
		top = top << 8 | wire_in_u8(in, what);
	if (revision != 1 || count > SID_PARTS)
		wire_in_fail(in, what);
	if (in->err)
		return;
	evtext_printf(text, "S-1-%llu", (unsigned long long)top);
	for (int i = 0; i < count && !in->err; i++)
		evtext_printf(text, "-%u", wire_in_u32(in, what));
}

void evtext_free(struct evtext *text)
{
	free(text->data);
	memset(text, 0, sizeof(*text));
}
