// SPDX-License-Identifier: GPL-2.0-or-later
#include "mfsymlink.h"

/*
 * Lines of text: "XSym", the length of the target in four digits, its MD5 in
 * 32, the target, and if that is not as long as it can be a newline and spaces
 * up to the size that all of them have.
 */
enum {
	LENGTH_DIGITS	= 4,
};

static const char magic[] = "XSym\n";

static u32 decimal_decode(struct wire_in *in)
{
	u32 i, value = 0;
	u8 c;

	for (i = 0; i < LENGTH_DIGITS; i++) {
		c = wire_in_u8(in, "Length");
		if (c < '0' || c > '9')
			wire_in_fail(in, "Length");
		value = value * 10 + (c - '0');
	}
	return value;
}

static u8 hex_decode(struct wire_in *in)
{
	u8 c = wire_in_u8(in, "Digest");

	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	wire_in_fail(in, "Digest");
	return 0;
}

static void newline_decode(struct wire_in *in)
{
	if (wire_in_u8(in, "Newline") != '\n')
		wire_in_fail(in, "Newline");
}

/**
 * wire_mfsymlink_decode - read a file that may be a link
 * @b: the file
 * @link: the link
 *
 * What stands behind the target is not looked at.
 *
 * Return: 0, or -EBADMSG if it is no link.
 */
int wire_mfsymlink_decode(const struct wire_blob *b,
			  struct wire_mfsymlink *link)
{
	struct wire_in in;
	const u8 *start;
	u32 len, i;

	wire_in_from(&in, b);
	if (in.len != WIRE_MFSYMLINK_SIZE)
		wire_in_fail(&in, "Size");
	start = wire_in_bytes(&in, sizeof(magic) - 1, "Magic");
	if (start && memcmp(start, magic, sizeof(magic) - 1))
		wire_in_fail(&in, "Magic");
	len = decimal_decode(&in);
	if (!len || len > WIRE_MFSYMLINK_TARGET_MAX)
		wire_in_fail(&in, "Length");
	newline_decode(&in);
	for (i = 0; i < WIRE_MFSYMLINK_DIGEST; i++) {
		link->digest[i] = hex_decode(&in) << 4;
		link->digest[i] |= hex_decode(&in);
	}
	newline_decode(&in);
	link->target = wire_in_take(&in, len, "Target");
	return wire_in_errno(&in);
}

static void decimal_encode(struct wire_out *o, u32 value)
{
	u32 unit;

	for (unit = 1000; unit; unit /= 10)
		wire_out_u8(o, '0' + value / unit % 10);
}

static void hex_encode(struct wire_out *o, u8 byte)
{
	static const char digits[] = "0123456789abcdef";

	wire_out_u8(o, digits[byte >> 4]);
	wire_out_u8(o, digits[byte & 15]);
}

/**
 * wire_mfsymlink_encode - write the file that is a link
 * @o: the writer; takes WIRE_MFSYMLINK_SIZE bytes
 * @link: the link
 *
 * Return: 0; -EMSGSIZE, also for a target that is too long; -EINVAL for none.
 */
int wire_mfsymlink_encode(struct wire_out *o,
			  const struct wire_mfsymlink *link)
{
	u32 len = link->target.len, i;

	if (len > WIRE_MFSYMLINK_TARGET_MAX)
		return -EMSGSIZE;
	if (!len)
		return -EINVAL;
	wire_out_bytes(o, magic, sizeof(magic) - 1);
	decimal_encode(o, len);
	wire_out_u8(o, '\n');
	for (i = 0; i < WIRE_MFSYMLINK_DIGEST; i++)
		hex_encode(o, link->digest[i]);
	wire_out_u8(o, '\n');
	wire_out_blob(o, &link->target);
	for (i = len; i < WIRE_MFSYMLINK_TARGET_MAX; i++)
		wire_out_u8(o, i == len ? '\n' : ' ');
	return wire_out_errno(o);
}
