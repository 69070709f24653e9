// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Text in C is UTF-8. On the wire it is UTF-16, which may have surrogates
 * without a partner (they become three bytes, WTF-8), or single bytes of
 * unknown meaning (they become the characters U+0000 to U+00FF).
 */
#include <stdint.h>
#include <string.h>
#include <sys/types.h>

#include "engine.h"

/* A character of UTF-8; its length, or 0 if it is none. */
static unsigned int one_char(const char *text, uint32_t *c)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const uint8_t *p = (const uint8_t *)text;
	unsigned int n = p[0] < 0x80 ? 1 : p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
	unsigned int i;

	if ((p[0] >= 0x80 && p[0] < 0xc2) || p[0] > 0xf4)
		return 0;
	*c = n == 1 ? p[0] : p[0] & (0x7f >> n);
	for (i = 1; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		*c = *c << 6 | (p[i] & 0x3f);
	}
	return *c < least[n] || *c > 0x10ffff ? 0 : n;
}

static unsigned int put_char(uint32_t c, char *text)
{
	uint8_t *p = (uint8_t *)text;

	if (c < 0x80) {
		p[0] = c;
		return 1;
	}
	if (c < 0x800) {
		p[0] = 0xc0 | c >> 6;
		p[1] = 0x80 | (c & 0x3f);
		return 2;
	}
	if (c < 0x10000) {
		p[0] = 0xe0 | c >> 12;
		p[1] = 0x80 | (c >> 6 & 0x3f);
		p[2] = 0x80 | (c & 0x3f);
		return 3;
	}
	p[0] = 0xf0 | c >> 18;
	p[1] = 0x80 | (c >> 12 & 0x3f);
	p[2] = 0x80 | (c >> 6 & 0x3f);
	p[3] = 0x80 | (c & 0x3f);
	return 4;
}

/**
 * ndr_utf16_from - UTF-16 from UTF-8, without the terminating zero
 * @text: NUL-terminated
 * @units: room for the result, or NULL to count only
 *
 * Return: number of units, -1 if the text is not UTF-8.
 */
ssize_t ndr_utf16_from(const char *text, uint16_t *units)
{
	ssize_t made = 0;
	unsigned int n;
	uint32_t c;

	for (; *text; text += n) {
		n = one_char(text, &c);
		if (!n)
			return -1;
		if (c >= 0x10000) {
			if (units)
				units[made] = 0xd7c0 + (c >> 10);
			made++;
			c = 0xdc00 | (c & 0x3ff);
		}
		if (units)
			units[made] = c;
		made++;
	}
	return made;
}

static bool is_pair(const uint16_t *units, size_t n)
{
	return n >= 2 && (units[0] & 0xfc00) == 0xd800 &&
	       (units[1] & 0xfc00) == 0xdc00;
}

/**
 * ndr_utf16_to - UTF-8 from UTF-16
 * @units: in host byte order
 * @n: how many
 * @text: room for 3 * @n + 1 bytes; the result is NUL-terminated
 *
 * Return: its length.
 */
size_t ndr_utf16_to(const uint16_t *units, size_t n, char *text)
{
	size_t at = 0;
	uint32_t c;

	for (; n; n--, units++) {
		c = units[0];
		if (is_pair(units, n)) {
			c = 0x10000 + ((c & 0x3ff) << 10) + (units[1] & 0x3ff);
			units++;
			n--;
		}
		at += put_char(c, text + at);
	}
	text[at] = '\0';
	return at;
}

/** ndr_utf16_good - neither zeros nor surrogates without a partner */
bool ndr_utf16_good(const uint16_t *units, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (is_pair(units + i, n - i))
			i++;
		else if (!units[i] || (units[i] & 0xf800) == 0xd800)
			return false;
	}
	return true;
}

/** ndr_latin1_from - bytes from UTF-8; -1 if a character is above U+00FF */
ssize_t ndr_latin1_from(const char *text, uint8_t *bytes)
{
	ssize_t made = 0;
	unsigned int n;
	uint32_t c;

	for (; *text; text += n) {
		n = one_char(text, &c);
		if (!n || c > 0xff)
			return -1;
		if (bytes)
			bytes[made] = c;
		made++;
	}
	return made;
}

/** ndr_latin1_to - UTF-8 from bytes; @text has room for 2 * @n + 1 */
size_t ndr_latin1_to(const uint8_t *bytes, size_t n, char *text)
{
	size_t at = 0;

	for (; n; n--, bytes++)
		at += put_char(*bytes, text + at);
	text[at] = '\0';
	return at;
}
