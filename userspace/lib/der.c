// SPDX-License-Identifier: GPL-2.0-or-later
#include "der.h"

#include <string.h>

struct der_reader der_reader_init(const void *data, size_t len)
{
	return (struct der_reader){ .at = data, .left = len, .bad = false };
}

static const struct der_reader bad_reader = { .at = NULL, .left = 0, .bad = true };

static struct der_reader fail(struct der_reader *r)
{
	r->bad = true;
	r->left = 0;
	return bad_reader;
}

uint8_t der_peek(const struct der_reader *r)
{
	return r->bad || !r->left ? 0 : r->at[0];
}

/*
 * Decode tag and length at the front.  Returns the size of this header and
 * stores the length of the content, or 0 when they do not fit.
 */
static size_t header_decode(const struct der_reader *r, size_t *content)
{
	size_t count, len = 0;

	if (r->bad || r->left < 2)
		return 0;
	if ((r->at[0] & 0x1f) == 0x1f)
		return 0;	/* tags of several bytes: none in SPNEGO */
	if (r->at[1] < 0x80) {
		*content = r->at[1];
		return *content <= r->left - 2 ? 2 : 0;
	}
	count = r->at[1] & 0x7f;
	if (count < 1 || count > 4 || count > r->left - 2)
		return 0;
	for (size_t i = 0; i < count; i++)
		len = len << 8 | r->at[2 + i];
	*content = len;
	return len <= r->left - 2 - count ? 2 + count : 0;
}

struct der_reader der_enter(struct der_reader *r, uint8_t tag)
{
	struct der_reader inner;
	size_t len, header;

	header = header_decode(r, &len);
	if (!header || r->at[0] != tag)
		return fail(r);
	inner = der_reader_init(r->at + header, len);
	r->at += header + len;
	r->left -= header + len;
	return inner;
}

struct der_bytes der_take(struct der_reader *r, uint8_t tag)
{
	struct der_reader inner = der_enter(r, tag);

	return (struct der_bytes){ inner.at, inner.left };
}

struct der_bytes der_take_element(struct der_reader *r)
{
	struct der_bytes whole = { NULL, 0 };
	size_t len, header;

	header = header_decode(r, &len);
	if (!header) {
		fail(r);
		return whole;
	}
	whole.data = r->at;
	whole.len = header + len;
	r->at += whole.len;
	r->left -= whole.len;
	return whole;
}

int der_take_enum(struct der_reader *r)
{
	struct der_bytes value = der_take(r, DER_ENUMERATED);

	if (value.len != 1) {
		fail(r);
		return -1;
	}
	return value.data[0];
}

bool der_end(const struct der_reader *r)
{
	return !r->bad && !r->left;
}

struct der_writer der_writer_init(void *room, size_t len)
{
	uint8_t *start = room;

	return (struct der_writer){ .start = start, .at = start + len };
}

const uint8_t *der_mark(const struct der_writer *w)
{
	return w->at;
}

void der_put_bytes(struct der_writer *w, const void *data, size_t len)
{
	if (w->bad || len > (size_t)(w->at - w->start)) {
		w->bad = true;
		return;
	}
	w->at -= len;
	if (len)
		memcpy(w->at, data, len);
}

void der_put_header(struct der_writer *w, uint8_t tag, const uint8_t *mark)
{
	size_t len = (size_t)(mark - w->at);
	uint8_t header[6];
	size_t n = 0, count = 0;

	while (len >= 0x80 && count < 4 && len >> (8 * count))
		count++;
	header[n++] = tag;
	header[n++] = count ? (uint8_t)(0x80 | count) : (uint8_t)len;
	while (count--)
		header[n++] = (uint8_t)(len >> (8 * count));
	der_put_bytes(w, header, n);
}
