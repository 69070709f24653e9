// SPDX-License-Identifier: GPL-2.0-or-later
#include "infobuf.h"

#include <stdlib.h>

#include "cursor.h"
#include "utf16.h"

/*
 * Records may share texts, but a hostile server's could all have the largest
 * one: together they may have so many times the bytes of the buffer.
 */
#define SHARING	16

struct reader {
	struct wire_in in;
	u64 left;		/* bytes of texts */
};

/* The text at an offset; the reader's place does not change. */
static json_t *text_at(struct reader *r, u32 off, const char *what)
{
	struct wire_in *in = &r->in, sub = *in;
	json_t *made = NULL;
	u32 units = 0;
	char *text;
	int len;

	if (!off)
		return json_string("");
	wire_in_seek(&sub, off, what);
	while (wire_in_u16(&sub, what) && !sub.err)
		units++;
	wire_in_join(in, &sub);
	if (2 * units > r->left)
		wire_in_fail(in, what);
	if (in->err)
		return NULL;
	r->left -= 2 * units;
	text = malloc(WIRE_UTF8_MAX(2 * units) + 1);
	len = text ? wire_utf16_to_utf8(text, WIRE_UTF8_MAX(2 * units),
					in->base + off, 2 * units,
					WIRE_UTF_STRICT) : -1;
	if (len >= 0)
		made = json_stringn(text, (size_t)len);
	if (!made)
		wire_in_fail(in, what);
	free(text);
	return made;
}

/* [MS-DTYP] 2.3.13: year, month, weekday, day, hour, minute, second, ms */
static json_t *time_of(struct wire_in *in, const char *what)
{
	unsigned int part[8];

	for (int i = 0; i < 8; i++)
		part[i] = wire_in_u16(in, what);
	return json_sprintf("%04u-%02u-%02uT%02u:%02u:%02uZ", part[0], part[1],
			    part[3], part[4], part[5], part[6]);
}

static json_t *field(struct reader *r, const struct info_field *f)
{
	switch (f->kind) {
	case INFO_TIME:
		return time_of(&r->in, f->name);
	case INFO_TEXT:
		return text_at(r, wire_in_u32(&r->in, f->name), f->name);
	default:
		return json_integer(wire_in_u32(&r->in, f->name));
	}
}

static json_t *record(struct reader *r, const struct info_field *fields)
{
	json_t *made = json_object();

	for (const struct info_field *f = fields; f->name && !r->in.err; f++) {
		json_t *value = field(r, f);

		if (f->kind == INFO_SKIP)
			json_decref(value);
		else if (value)
			json_object_set_new(made, f->name, value);
	}
	return made;
}

json_t *info_decode(const uint8_t *data, size_t len, uint32_t count,
		    const struct info_field *fields, const char **wrong)
{
	struct reader r = { .left = (u64)len * SHARING };
	json_t *made = json_array();

	wire_in_init(&r.in, data, len > UINT32_MAX ? UINT32_MAX : (u32)len);
	for (uint32_t i = 0; i < count && !r.in.err; i++)
		json_array_append_new(made, record(&r, fields));
	*wrong = r.in.err;
	if (!r.in.err)
		return made;
	json_decref(made);
	return NULL;
}
