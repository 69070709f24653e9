// SPDX-License-Identifier: GPL-2.0-or-later
#include "name_map.h"

/*
 * All that others become is U+F001 to U+F07F: a u8 says which, 0 says none.
 * In UTF-8 it is three bytes, and the low seven bits are spread over two.
 */
enum {
	PRIVATE_SIZE	= 3,
	PRIVATE_LEAD	= 0xef,

	SFM_SPACE	= 0x28,		/* at the end of a name only */
	SFM_DOT		= 0x29,
};

/* SFM: what stands at index n becomes U+F020 + n. */
static const char sfm_chars[] = "\"*:<>?\\|";
static const char sfu_chars[] = "*?:<>|\\";

enum {
	SFM_FIRST	= 0x20,
};

static u8 index_in(const char *chars, char c, u8 count)
{
	u8 i;

	for (i = 0; i < count; i++)
		if (chars[i] == c)
			return i;
	return count;
}

static u8 sfm_of(char c, bool last)
{
	const u8 count = sizeof(sfm_chars) - 1;
	u8 i = index_in(sfm_chars, c, count);

	if (i < count)
		return SFM_FIRST + i;
	if (last && c == ' ')
		return SFM_SPACE;
	if (last && c == '.')
		return SFM_DOT;
	return c > 0 && c < ' ' ? c : 0;
}

static char sfm_from(u8 low, bool last)
{
	if (low < SFM_FIRST)
		return low;
	if (low < SFM_FIRST + sizeof(sfm_chars) - 1)
		return sfm_chars[low - SFM_FIRST];
	if (last && low == SFM_SPACE)
		return ' ';
	return last && low == SFM_DOT ? '.' : 0;
}

static bool sfu_has(char c)
{
	const u8 count = sizeof(sfu_chars) - 1;

	return index_in(sfu_chars, c, count) < count;
}

/* What the character becomes, 0: itself. */
static u8 private_of(char c, bool last, enum wire_name_map map)
{
	switch (map) {
	case WIRE_NAMES_SFM:
		return sfm_of(c, last);
	case WIRE_NAMES_SFU:
		return sfu_has(c) ? c : 0;
	case WIRE_NAMES_POSIX:
		return c == '\\' ? SFM_FIRST + 6 : 0;
	default:
		return 0;
	}
}

/* What became this one, 0: nothing did. */
static char private_from(u8 low, bool last, enum wire_name_map map)
{
	switch (map) {
	case WIRE_NAMES_SFM:
		return sfm_from(low, last);
	case WIRE_NAMES_SFU:
		return sfu_has(low) ? low : 0;
	case WIRE_NAMES_POSIX:
		return low == SFM_FIRST + 6 ? '\\' : 0;
	default:
		return 0;
	}
}

static void private_put(char *d, u8 low)
{
	d[0] = (char)PRIVATE_LEAD;
	d[1] = (char)(0x80 | low >> 6);
	d[2] = (char)(0x80 | (low & 0x3f));
}

/* The low byte of U+F000 to U+F07F, 0 for what is something else. */
static u8 private_get(const char *s, u32 len)
{
	const u8 *u = (const u8 *)s;

	if (len < PRIVATE_SIZE || u[0] != PRIVATE_LEAD ||
	    (u[1] & 0xfe) != 0x80 || (u[2] & 0xc0) != 0x80)
		return 0;
	return (u[1] & 1) << 6 | (u[2] & 0x3f);
}

static bool is_end(const char *s, u32 at, u32 len)
{
	return at >= len || s[at] == '/';
}

/* "." and "..", which are no names, at the start of one: their length or 0. */
static u32 dots_at(const char *s, u32 at, u32 len)
{
	u32 n = 0;

	if (at && s[at - 1] != '/')
		return 0;
	while (n < 3 && at + n < len && s[at + n] == '.')
		n++;
	return n && n < 3 && is_end(s, at + n, len) ? n : 0;
}

/* What becomes of the character there: private_of(), or -EINVAL. */
static int map_at(const char *s, u32 at, u32 len, enum wire_name_map map)
{
	u8 low = private_get(s + at, len - at);

	if (low && private_from(low, is_end(s, at + PRIVATE_SIZE, len), map))
		return -EINVAL;
	return private_of(s[at], is_end(s, at + 1, len), map);
}

/**
 * wire_name_map - from names as Linux has them to what a server takes
 * @dst: where to; NULL: only count; must not overlap @src
 * @cap: size of @dst in bytes, not looked at when it is NULL
 * @src: a name or several with '/' between them, UTF-8, without NUL
 * @len: its bytes
 * @map: which characters
 *
 * As many bytes out as in means that nothing was changed.
 *
 * Return: bytes; -ENAMETOOLONG when @cap is too small; -EINVAL for a name that
 * holds a character which stands for another: it would come back as that.
 */
int wire_name_map(char *dst, u32 cap, const char *src, u32 len,
		  enum wire_name_map map)
{
	u32 at, step, size, out = 0;
	int low;

	if (len > INT_MAX / PRIVATE_SIZE)
		return -ENAMETOOLONG;
	for (at = 0; at < len; at += step) {
		step = dots_at(src, at, len);
		low = step ? 0 : map_at(src, at, len, map);
		if (low < 0)
			return low;
		step = step ? step : 1;
		size = low ? PRIVATE_SIZE : step;
		if (dst && size > cap - out)
			return -ENAMETOOLONG;
		if (dst && low)
			private_put(dst + out, low);
		else if (dst)
			memcpy(dst + out, src + at, size);
		out += size;
	}
	return out;
}

/**
 * wire_name_unmap - from names as a server has them to those of Linux
 * @path: a name or several with '/' between them, UTF-8; changed in place
 * @len: its bytes
 * @map: which characters
 *
 * Return: bytes, at most @len.
 */
u32 wire_name_unmap(char *path, u32 len, enum wire_name_map map)
{
	u32 at = 0, out = 0;
	u8 low;
	char c;

	while (at < len) {
		low = private_get(path + at, len - at);
		c = low ? private_from(low, is_end(path, at + PRIVATE_SIZE, len),
				       map) : 0;
		path[out++] = c ? c : path[at];
		at += c ? PRIVATE_SIZE : 1;
	}
	return out;
}
