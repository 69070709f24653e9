// SPDX-License-Identifier: GPL-2.0-or-later
#include "binvalue.h"

#include <string.h>
#include <time.h>

enum type {
	ANSI_STRING = 0x02, INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64,
	UINT64, REAL32, REAL64, BOOL, BINARY, GUID, SIZE_T, FILETIME, SYSTIME,
	SID, HEX32, HEX64,
};

/* Bytes of those that have always so many; 0: it depends. */
static const u8 sizes[] = {
	[INT8] = 1, [UINT8] = 1, [INT16] = 2, [UINT16] = 2, [INT32] = 4,
	[UINT32] = 4, [INT64] = 8, [UINT64] = 8, [REAL32] = 4, [REAL64] = 8,
	[GUID] = 16, [FILETIME] = 8, [SYSTIME] = 16, [HEX32] = 4, [HEX64] = 8,
};

#define FILETIME_SECOND	10000000ull
#define FILETIME_1970	11644473600ull		/* seconds since 1601 */
#define FILETIME_LAST	(253402300800ull + FILETIME_1970)	/* year 10000 */

static u64 number(const struct wire_blob *bytes)
{
	u64 v = 0;

	for (u32 i = bytes->len; i-- > 0;)
		v = v << 8 | bytes->ptr[i];
	return v;
}

static s64 signed_number(const struct wire_blob *bytes)
{
	unsigned int unused = 64 - 8 * bytes->len;

	return (s64)(number(bytes) << unused) >> unused;
}

static double real(const struct binvalue *value)
{
	double wide;
	float narrow;

	if (value->type == REAL64) {
		memcpy(&wide, value->bytes.ptr, sizeof(wide));
		return wide;
	}
	memcpy(&narrow, value->bytes.ptr, sizeof(narrow));
	return narrow;
}

static void guid(const u8 *b, struct evtext *text)
{
	evtext_printf(text,
		      "{%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x}",
		      b[3], b[2], b[1], b[0], b[5], b[4], b[7], b[6], b[8], b[9],
		      b[10], b[11], b[12], b[13], b[14], b[15]);
}

static void filetime(u64 ticks, struct evtext *text)
{
	u64 seconds = ticks / FILETIME_SECOND;
	time_t when = (time_t)(seconds - FILETIME_1970);
	char made[32];
	struct tm tm;

	/* What no calendar has is shown as the number that it is. */
	if (seconds >= FILETIME_LAST || !gmtime_r(&when, &tm) ||
	    !strftime(made, sizeof(made), "%Y-%m-%dT%H:%M:%S", &tm))
		evtext_printf(text, "%llu", (unsigned long long)ticks);
	else
		evtext_printf(text, "%s.%03lluZ", made, (unsigned long long)
			      (ticks % FILETIME_SECOND / 10000));
}

/* Year, month, day of the week, day, hour, minute, second, millisecond. */
static void systime(const u8 *b, struct evtext *text)
{
	unsigned int f[8];

	for (int i = 0; i < 8; i++)
		f[i] = b[2 * i] | (unsigned int)b[2 * i + 1] << 8;
	evtext_printf(text, "%04u-%02u-%02uT%02u:%02u:%02u.%03uZ", f[0], f[1],
		      f[3], f[4], f[5], f[6], f[7]);
}

static void ansi(const struct wire_blob *bytes, struct evtext *text)
{
	u8 c;

	for (u32 i = 0; i < bytes->len && bytes->ptr[i]; i++) {
		c = bytes->ptr[i];
		/* Which code page it is nobody says: only ASCII is sure. */
		evtext_add(text, c < 0x80 ? (const char *)&c : "?", 1);
	}
}

static void utf16(const struct wire_blob *bytes, struct evtext *text)
{
	u32 len = bytes->len & ~1u;

	/* A zero at the end may be counted or not. */
	while (len && !bytes->ptr[len - 2] && !bytes->ptr[len - 1])
		len -= 2;
	if (len)
		evtext_utf16(text, bytes->ptr, len);
}

static void sized(const struct binvalue *value, struct evtext *text)
{
	const struct wire_blob *bytes = &value->bytes;

	switch (value->type) {
	case INT8:
	case INT16:
	case INT32:
	case INT64:
		evtext_printf(text, "%lld", (long long)signed_number(bytes));
		break;
	case REAL32:
	case REAL64:
		evtext_printf(text, "%g", real(value));
		break;
	case GUID:
		guid(bytes->ptr, text);
		break;
	case FILETIME:
		filetime(number(bytes), text);
		break;
	case SYSTIME:
		systime(bytes->ptr, text);
		break;
	case HEX32:
	case HEX64:
		evtext_printf(text, "0x%llx", (unsigned long long)number(bytes));
		break;
	default:
		evtext_printf(text, "%llu", (unsigned long long)number(bytes));
	}
}

static const char *sid(const struct wire_blob *bytes, struct evtext *text)
{
	struct wire_in in;

	wire_in_from(&in, bytes);
	evtext_sid(text, &in, "Sid");
	return in.err;
}

static const char *unsized(const struct binvalue *value, struct evtext *text)
{
	const struct wire_blob *bytes = &value->bytes;
	bool word = bytes->len == 4 || bytes->len == 8;

	switch (value->type) {
	case BINVALUE_NULL:
	case BINVALUE_BINXML:
		return NULL;
	case BINVALUE_STRING:
		utf16(bytes, text);
		return NULL;
	case ANSI_STRING:
		ansi(bytes, text);
		return NULL;
	case BINARY:
		evtext_hex(text, bytes->ptr, bytes->len);
		return NULL;
	case BOOL:
		/* An octet, the document says; Windows sends four. */
		if (bytes->len != 1 && bytes->len != 4)
			return "ValueByteLength";
		evtext_printf(text, number(bytes) ? "true" : "false");
		return NULL;
	case SIZE_T:
		if (!word)
			return "ValueByteLength";
		evtext_printf(text, "0x%llx", (unsigned long long)number(bytes));
		return NULL;
	case SID:
		return sid(bytes, text);
	}
	return "ValueType";
}

static u8 size_of(u8 type)
{
	return type < sizeof(sizes) ? sizes[type] : 0;
}

const char *binvalue_text(const struct binvalue *value, struct evtext *text)
{
	u8 size = size_of(value->type);

	if (!size)
		return unsized(value, text);
	if (value->bytes.len != size)
		return "ValueByteLength";
	sized(value, text);
	return NULL;
}

/* ---- Arrays -------------------------------------------------------------- */

/* The first element of what is left; 0 bytes: there is none. */
static u32 first_length(u8 type, const struct wire_blob *rest)
{
	u32 step = type == BINVALUE_STRING ? 2 : 1, size = size_of(type), at;

	if (type == BOOL || type == SIZE_T)
		size = rest->len % 4 || type == BOOL ? 1 : 4;
	if (type == BOOL && rest->len % 4 == 0)
		size = 4;
	if (type == SID)
		size = rest->len < 2 ? rest->len : 8 + 4u * rest->ptr[1];
	if (size || (type != BINVALUE_STRING && type != ANSI_STRING))
		return size < rest->len ? size : rest->len;
	for (at = 0; at + step <= rest->len; at += step)
		if (!rest->ptr[at] && !rest->ptr[at + step - 1])
			return at + step;
	return rest->len;
}

u32 binvalue_count(const struct binvalue *value)
{
	struct wire_blob rest = value->bytes;
	u32 count = 0, len;
	u8 size = size_of(value->type & ~BINVALUE_ARRAY);

	if (!(value->type & BINVALUE_ARRAY))
		return 1;
	if (size)
		return rest.len / size;
	while (rest.len) {
		len = first_length(value->type & ~BINVALUE_ARRAY, &rest);
		if (!len)
			break;
		rest.ptr += len;
		rest.len -= len;
		count++;
	}
	return count;
}

const char *binvalue_element(const struct binvalue *array, u32 index,
			     struct binvalue *element)
{
	struct wire_blob rest = array->bytes;
	u32 len = 0;
	u8 size;

	element->type = array->type & ~BINVALUE_ARRAY;
	size = size_of(element->type);
	if (size) {
		element->bytes.ptr = rest.ptr + (size_t)index * size;
		element->bytes.len = size;
		return NULL;
	}
	for (u32 i = 0; i <= index; i++) {
		rest.ptr += len;
		rest.len -= len;
		len = rest.len ? first_length(element->type, &rest) : 0;
		if (!len)
			return "ValueByteLength";
	}
	element->bytes.ptr = rest.ptr;
	element->bytes.len = len;
	return NULL;
}
