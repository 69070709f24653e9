/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pieces of events as text, whatever kind of log they are from. */
#ifndef UNC_CLI_EVTEXT_H
#define UNC_CLI_EVTEXT_H

#include <stdbool.h>

#include "cursor.h"

/**
 * struct evtext - text that grows
 * @data: malloc()ed, with a zero behind it; NULL for an empty one
 * @len: of it
 * @room: what @data has
 * @failed: there was no memory
 */
struct evtext {
	char *data;
	size_t len, room;
	bool failed;
};

/** evtext_add - @len bytes of UTF-8 */
void evtext_add(struct evtext *text, const char *bytes, size_t len);

/** evtext_printf - as printf(); not more than 127 bytes */
void evtext_printf(struct evtext *text, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/** evtext_utf16 - what is not UTF-16 becomes the sign for that */
void evtext_utf16(struct evtext *text, const u8 *bytes, u32 len);

/** evtext_hex - two digits for each byte */
void evtext_hex(struct evtext *text, const u8 *bytes, u32 len);

/**
 * evtext_sid - [MS-DTYP] 2.4.2.2 to 2.4.2.1
 *
 * Leaves @in behind the SID; @what of @in if it is none.
 */
void evtext_sid(struct evtext *text, struct wire_in *in, const char *what);

/** evtext_free - and be empty again */
void evtext_free(struct evtext *text);

/** evtext_get - the text; never NULL */
static inline const char *evtext_get(const struct evtext *text)
{
	return text->data ? text->data : "";
}

#endif
