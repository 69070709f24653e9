// SPDX-License-Identifier: GPL-2.0-or-later
#include "evrecord.h"

#include "cursor.h"
#include "evtext.h"

#define SIGNATURE	0x654c664cu	/* "LfLe" */
#define FIXED		56		/* up to the source's name */

/* What the fixed part says about the rest. */
struct layout {
	u16 strings;
	u32 strings_at;
	u32 sid_len, sid_at;
	u32 data_len, data_at;
};

/* What was made of it, unless a field is wrong. */
static json_t *made_of(struct evtext *text, const struct wire_in *in)
{
	json_t *made = in->err || text->failed ? NULL :
		       json_string(evtext_get(text));

	evtext_free(text);
	return made;
}

/* A text up to its zero. */
static json_t *text(struct wire_in *in, const char *what)
{
	u32 start = in->pos, units = 0;
	struct evtext made = { NULL };

	while (wire_in_u16(in, what))
		units++;
	if (!in->err)
		evtext_utf16(&made, in->base + start, 2 * units);
	return made_of(&made, in);
}

static json_t *sid(struct wire_in *in, const struct layout *l)
{
	static const char what[] = "UserSid";
	struct wire_in sub = wire_in_sub(in, l->sid_at, l->sid_len, what);
	struct evtext made = { NULL };

	if (l->sid_len) {
		evtext_sid(&made, &sub, what);
		wire_in_join(in, &sub);
	}
	return made_of(&made, in);
}

static json_t *strings(struct wire_in *in, const struct layout *l)
{
	json_t *list = json_array();
	struct wire_in at = *in;

	if (l->strings)
		wire_in_seek(&at, l->strings_at, "StringOffset");
	for (int i = 0; i < l->strings && !at.err; i++)
		json_array_append_new(list, text(&at, "Strings"));
	wire_in_join(in, &at);
	return list;
}

static json_t *data(struct wire_in *in, const struct layout *l)
{
	const u8 *bytes = l->data_len ?
		wire_in_window(in, l->data_at, l->data_len, "Data") : NULL;
	struct evtext made = { NULL };

	if (bytes)
		evtext_hex(&made, bytes, l->data_len);
	return made_of(&made, in);
}

static void set(json_t *record, const char *name, u32 value)
{
	json_object_set_new(record, name, json_integer(value));
}

static void fixed_part(struct wire_in *in, json_t *record, struct layout *l)
{
	if (wire_in_u32(in, "Reserved") != SIGNATURE)
		wire_in_fail(in, "Reserved");
	set(record, "RecordNumber", wire_in_u32(in, "RecordNumber"));
	set(record, "TimeGenerated", wire_in_u32(in, "TimeGenerated"));
	set(record, "TimeWritten", wire_in_u32(in, "TimeWritten"));
	set(record, "EventID", wire_in_u32(in, "EventID"));
	set(record, "EventType", wire_in_u16(in, "EventType"));
	l->strings = wire_in_u16(in, "NumStrings");
	set(record, "EventCategory", wire_in_u16(in, "EventCategory"));
	wire_in_skip(in, 6, "ClosingRecordNumber");
	l->strings_at = wire_in_u32(in, "StringOffset");
	l->sid_len = wire_in_u32(in, "UserSidLength");
	l->sid_at = wire_in_u32(in, "UserSidOffset");
	l->data_len = wire_in_u32(in, "DataLength");
	l->data_at = wire_in_u32(in, "DataOffset");
}

/* @in is one record, behind its length. */
static json_t *record(struct wire_in *in, u32 length)
{
	json_t *made = json_object();
	struct layout l;

	fixed_part(in, made, &l);
	json_object_set_new(made, "SourceName", text(in, "SourceName"));
	json_object_set_new(made, "Computername", text(in, "Computername"));
	json_object_set_new(made, "UserSid", sid(in, &l));
	json_object_set_new(made, "Strings", strings(in, &l));
	json_object_set_new(made, "Data", data(in, &l));
	wire_in_seek(in, length - 4, "Length2");
	if (wire_in_u32(in, "Length2") != length)
		wire_in_fail(in, "Length2");
	return made;
}

json_t *evrecord_decode(const uint8_t *data, size_t len, const char **wrong)
{
	json_t *made = json_array();
	struct wire_in in, one, peek;
	u32 length;

	wire_in_init(&in, data, len > UINT32_MAX ? UINT32_MAX : (u32)len);
	while (wire_in_left(&in)) {
		peek = in;
		length = wire_in_u32(&peek, "Length");
		if (length < FIXED)
			wire_in_fail(&in, "Length");
		one = wire_in_sub(&in, in.pos, length, "Length");
		wire_in_skip(&one, 4, "Length");
		json_array_append_new(made, record(&one, length));
		wire_in_join(&in, &one);
		wire_in_skip(&in, length, "Length");
	}
	*wrong = in.err;
	if (!in.err)
		return made;
	json_decref(made);
	return NULL;
}
