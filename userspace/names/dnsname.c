// SPDX-License-Identifier: GPL-2.0-or-later
#include "dnsname.h"

#include <stdio.h>

#define POINTER_BITS	0xc0
#define HEADER_LEN	12

static bool put_label(struct dnsname *name, const u8 *label, u8 len)
{
	if (len + 1u > sizeof(name->wire) - name->len)
		return false;
	name->wire[name->len++] = len;
	if (len)
		memcpy(name->wire + name->len, label, len);
	name->len += len;
	return true;
}

/* Goes where a pointer leads, when that is before @limit. */
static u32 follow(struct wire_in *at, u8 high, u32 limit, const char *what)
{
	u32 to = (u32)(high & ~POINTER_BITS) << 8 | wire_in_u8(at, what);

	if (at->err)
		return limit;
	if (to < HEADER_LEN || to >= limit) {
		wire_in_fail(at, what);
		return limit;
	}
	wire_in_init(at, at->base, at->len);
	wire_in_seek(at, to, what);
	return to;
}

void dnsname_read(struct wire_in *in, struct dnsname *name, const char *what)
{
	struct wire_in at = *in;
	u32 limit = in->pos, end = 0;
	const u8 *label;
	u8 len = 1;

	name->len = 0;
	while (!at.err && len) {
		len = wire_in_u8(&at, what);
		if ((len & POINTER_BITS) == POINTER_BITS) {
			if (!end)
				end = at.pos + 1;
			limit = follow(&at, len, limit, what);
			continue;
		}
		label = wire_in_bytes(&at, len, what);
		/* The other two kinds of label were never used. */
		if (len > DNSNAME_LABEL_MAX ||
		    (label && !put_label(name, label, len)))
			wire_in_fail(&at, what);
	}
	if (at.err) {
		wire_in_fail(in, at.err);
		name->len = 0;
	} else {
		wire_in_seek(in, end ? end : at.pos, what);
	}
}

void dnsname_write(struct wire_out *out, const struct dnsname *name)
{
	wire_out_bytes(out, name->wire, name->len);
}

bool dnsname_append(struct dnsname *name, const void *label, size_t len)
{
	if (!len || len > DNSNAME_LABEL_MAX)
		return false;
	if (name->len)
		name->len--;	/* the empty label comes last again */
	return put_label(name, label, (u8)len) && put_label(name, NULL, 0);
}

bool dnsname_from_text(struct dnsname *name, const char *text)
{
	size_t len;

	name->len = 0;
	do {
		len = strcspn(text, ".");
		if (!dnsname_append(name, text, len))
			return false;
		text += len;
		if (*text == '.')
			text++;
	} while (*text);
	return true;
}

static char *format_byte(char *text, u8 byte)
{
	if (byte > ' ' && byte < 0x7f && byte != '.' && byte != '\\') {
		*text = (char)byte;
		return text + 1;
	}
	return text + sprintf(text, "\\%03u", byte);
}

void dnsname_format(const struct dnsname *name, char text[DNSNAME_TEXT_ROOM])
{
	for (u32 at = 0; at < name->len && name->wire[at];) {
		u8 len = name->wire[at++];

		for (u32 end = at + len; at < end; at++)
			text = format_byte(text, name->wire[at]);
		if (at < name->len && name->wire[at])
			*text++ = '.';
	}
	*text = '\0';
}

static u8 fold(u8 byte)
{
	return byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte;
}

/* Lengths of labels are below 'A' and do not change by folding. */
bool dnsname_equal(const struct dnsname *a, const struct dnsname *b)
{
	if (a->len != b->len)
		return false;
	for (u32 i = 0; i < a->len; i++)
		if (fold(a->wire[i]) != fold(b->wire[i]))
			return false;
	return true;
}
