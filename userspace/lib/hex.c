// SPDX-License-Identifier: GPL-2.0-or-later
#include "hex.h"

#include <ctype.h>

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

ssize_t hex_decode(const char *text, uint8_t *out, size_t room)
{
	size_t n = 0;

	for (;;) {
		int high, low;

		while (isspace((unsigned char)*text))
			text++;
		if (!*text)
			return (ssize_t)n;
		high = hex_digit(text[0]);
		low = high < 0 ? -1 : hex_digit(text[1]);
		if (low < 0 || n == room)
			return -1;
		out[n++] = (uint8_t)(high << 4 | low);
		text += 2;
	}
}

void hex_encode(const uint8_t *data, size_t len, char *out)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < len; i++) {
		*out++ = digits[data[i] >> 4];
		*out++ = digits[data[i] & 15];
	}
	*out = '\0';
}
