// SPDX-License-Identifier: GPL-2.0-or-later
#include "utf16.h"

enum {
	SURROGATE_HIGH	= 0xd800,
	SURROGATE_LOW	= 0xdc00,
	SURROGATE_END	= 0xdfff,
	UNICODE_LAST	= 0x10ffff,
};

static bool is_surrogate(u32 c)
{
	return c >= SURROGATE_HIGH && c <= SURROGATE_END;
}

static bool is_high(u32 c)
{
	return c >= SURROGATE_HIGH && c < SURROGATE_LOW;
}

static bool is_low(u32 c)
{
	return c >= SURROGATE_LOW && c <= SURROGATE_END;
}

/* Bytes that UTF-8 needs for @c: the shortest form is the only right one. */
static u32 utf8_size(u32 c)
{
	if (c < 0x80)
		return 1;
	if (c < 0x800)
		return 2;
	return c < 0x10000 ? 3 : 4;
}

/* Bytes that a sequence with this first byte has, 0: no first byte. */
static u32 utf8_announced(u8 first)
{
	if (first < 0x80)
		return 1;
	if (first >= 0xc2 && first <= 0xdf)
		return 2;
	if (first >= 0xe0 && first <= 0xef)
		return 3;
	return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

/* Read one character of UTF-8; surrogates are let through, NUL is not. */
static int utf8_get(const u8 *s, u32 len, u32 *c)
{
	static const u8 mask[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
	u32 n = utf8_announced(s[0]);
	u32 i, v;

	if (!n || n > len)
		return -EILSEQ;
	v = s[0] & mask[n];
	for (i = 1; i < n; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return -EILSEQ;
		v = v << 6 | (s[i] & 0x3f);
	}
	if (!v || v > UNICODE_LAST || utf8_size(v) != n)
		return -EILSEQ;
	*c = v;
	return n;
}

static void utf8_put(u8 *d, u32 c)
{
	static const u8 lead[] = { 0, 0x00, 0xc0, 0xe0, 0xf0 };
	u32 n = utf8_size(c);
	u32 i;

	for (i = n - 1; i; i--) {
		d[i] = 0x80 | (c & 0x3f);
		c >>= 6;
	}
	d[0] = lead[n] | c;
}

/* Read one character of UTF-16LE; a surrogate comes out only when alone. */
static u32 utf16_get(const u8 *s, u32 len, u32 *c)
{
	u32 high = get_unaligned_le16(s);
	u32 low;

	*c = high;
	if (!is_high(high) || len < 4)
		return 2;
	low = get_unaligned_le16(s + 2);
	if (!is_low(low))
		return 2;
	*c = 0x10000 + ((high - SURROGATE_HIGH) << 10) + (low - SURROGATE_LOW);
	return 4;
}

static void utf16_put(u8 *d, u32 c)
{
	if (c < 0x10000) {
		put_unaligned_le16(c, d);
		return;
	}
	c -= 0x10000;
	put_unaligned_le16(SURROGATE_HIGH + (c >> 10), d);
	put_unaligned_le16(SURROGATE_LOW + (c & 0x3ff), d + 2);
}

/**
 * wire_utf16_from_utf8 - UTF-8 to UTF-16LE
 * @dst: where to; NULL: only count
 * @cap: size of @dst in bytes, not looked at when it is NULL
 * @src: the text, not ended by a NUL
 * @len: its bytes
 * @flags: what to do with lone surrogates
 *
 * Only the shortest form of a character is taken, and no NUL. Two "lone"
 * surrogates that would become a pair are refused also with WIRE_UTF_LONE:
 * they would not come back as they were.
 *
 * Return: bytes of UTF-16LE, no NUL added; -EILSEQ; -ENAMETOOLONG when @cap is
 * too small.
 */
int wire_utf16_from_utf8(u8 *dst, u32 cap, const char *src, u32 len,
			 enum wire_utf_flags flags)
{
	const u8 *s = (const u8 *)src;
	u32 done, size, c, before = 0;
	int n, out = 0;

	if (len > INT_MAX / 2)
		return -ENAMETOOLONG;
	for (done = 0; done < len; done += n) {
		n = utf8_get(s + done, len - done, &c);
		if (n < 0)
			return n;
		if (is_surrogate(c) && flags != WIRE_UTF_LONE)
			return -EILSEQ;
		if (is_high(before) && is_low(c))
			return -EILSEQ;
		before = c;
		size = c < 0x10000 ? 2 : 4;
		if (dst && size > cap - out)
			return -ENAMETOOLONG;
		if (dst)
			utf16_put(dst + out, c);
		out += size;
	}
	return out;
}

/**
 * wire_utf16_to_utf8 - UTF-16LE to UTF-8
 * @dst: where to; NULL: only count
 * @cap: size of @dst in bytes, not looked at when it is NULL
 * @src: the text, not ended by a NUL
 * @len: its bytes
 * @flags: what to do with lone surrogates
 *
 * Return: bytes of UTF-8, no NUL added; -EILSEQ, also for half a unit at the
 * end and for a NUL inside; -ENAMETOOLONG when @cap is too small.
 */
int wire_utf16_to_utf8(char *dst, u32 cap, const u8 *src, u32 len,
		       enum wire_utf_flags flags)
{
	u32 done, size, c;
	int out = 0;

	if (len > INT_MAX / 2)
		return -ENAMETOOLONG;
	if (len & 1)
		return -EILSEQ;
	for (done = 0; done < len; ) {
		done += utf16_get(src + done, len - done, &c);
		if (!c || (is_surrogate(c) && flags != WIRE_UTF_LONE))
			return -EILSEQ;
		size = utf8_size(c);
		if (dst && size > cap - out)
			return -ENAMETOOLONG;
		if (dst)
			utf8_put((u8 *)dst + out, c);
		out += size;
	}
	return out;
}
