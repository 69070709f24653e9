// SPDX-License-Identifier: GPL-2.0-or-later
#include "binxml.h"

#include <stdlib.h>
#include <string.h>

#include "binvalue.h"

enum token {
	TOKEN_EOF		= 0x00,
	TOKEN_OPEN		= 0x01,
	TOKEN_CLOSE_START	= 0x02,
	TOKEN_CLOSE_EMPTY	= 0x03,
	TOKEN_END		= 0x04,
	TOKEN_TEXT		= 0x05,
	TOKEN_ATTRIBUTE		= 0x06,
	TOKEN_CDATA		= 0x07,
	TOKEN_CHAR_REF		= 0x08,
	TOKEN_ENTITY_REF	= 0x09,
	TOKEN_PI_TARGET		= 0x0a,
	TOKEN_PI_DATA		= 0x0b,
	TOKEN_TEMPLATE		= 0x0c,
	TOKEN_NORMAL		= 0x0d,
	TOKEN_OPTIONAL		= 0x0e,
	TOKEN_HEADER		= 0x0f,
};

#define MORE		0x40	/* in a token: attributes or data follow */
#define NO_DEPENDENCY	0xffff
#define VERSION		1

/*
 * A value may be put in many times, and be a template in which others are:
 * without limits some bytes become any amount of memory.
 */
#define DEPTH_MAX	64
#define TOKENS_MAX	100000
#define TEXT_MAX	(16u << 20)

struct budget {
	unsigned int depth;
	unsigned int tokens;
	size_t text;
};

/**
 * struct scope - what substitutions are taken from
 * @values, @count: of the template; none outside of templates
 * @within: in a template, whose elements say what they depend on
 * @index: which element of arrays
 */
struct scope {
	struct binvalue *values;
	u32 count;
	bool within;
	u32 index;
};

/**
 * struct element - while it is read
 * @object: attributes and elements
 * @text: the rest
 * @arrays: elements of the longest array in it; 0: there is none
 */
struct element {
	json_t *object;
	struct evtext text;
	u32 arrays;
};

struct reader {
	struct wire_in in;
	struct budget *budget;
};

static void fragment(struct reader *r, json_t *into);
static void read_element(struct reader *r, const struct scope *scope,
			 json_t *into);

/* ---- Words --------------------------------------------------------------- */

static struct reader part(struct reader *r, u32 len, const char *what)
{
	struct reader sub = {
		.in = wire_in_sub(&r->in, r->in.pos, len, what),
		.budget = r->budget,
	};

	wire_in_skip(&r->in, len, what);
	return sub;
}

static u8 peek(const struct reader *r)
{
	return wire_in_left(&r->in) ? r->in.base[r->in.pos] & ~MORE :
	       TOKEN_EOF;
}

static u8 token(struct reader *r)
{
	u8 value = wire_in_u8(&r->in, "Token");

	if (!r->budget->tokens)
		wire_in_fail(&r->in, "more tokens than an event may have");
	else
		r->budget->tokens--;
	return value;
}

static void expect(struct reader *r, enum token wanted, const char *what)
{
	if (token(r) != wanted)
		wire_in_fail(&r->in, what);
}

/* Text that came of @text's length before; the whole event has a limit. */
static void count_text(struct reader *r, struct evtext *text, size_t before)
{
	size_t more = text->len - before;

	if (text->failed || more > r->budget->text)
		wire_in_fail(&r->in, "more text than an event may have");
	else
		r->budget->text -= more;
}

static void utf16(struct reader *r, u32 units, struct evtext *text,
		  const char *what)
{
	struct wire_blob blob = wire_in_take(&r->in, 2 * units, what);
	size_t before = text->len;

	if (r->in.err)
		return;
	if (units && !blob.ptr[blob.len - 2] && !blob.ptr[blob.len - 1])
		blob.len -= 2;
	if (blob.len)
		evtext_utf16(text, blob.ptr, blob.len);
	count_text(r, text, before);
}

/* NameHash, NameNumChars, name and its zero; the hash only helps to compare. */
static void name(struct reader *r, struct evtext *text)
{
	u16 units;

	wire_in_u16(&r->in, "NameHash");
	units = wire_in_u16(&r->in, "NameNumChars");
	utf16(r, units, text, "Name");
	if (wire_in_u16(&r->in, "Name") || !text->len)
		wire_in_fail(&r->in, "Name");
}

static void prefixed(struct reader *r, struct evtext *text, const char *what)
{
	utf16(r, wire_in_u16(&r->in, what), text, what);
}

/* ---- What is put in ------------------------------------------------------ */

static const struct binvalue *value_of(struct reader *r,
				       const struct scope *scope, u16 id)
{
	static const struct binvalue none = { BINVALUE_NULL, { NULL, 0 } };

	if (id < scope->count)
		return &scope->values[id];
	wire_in_fail(&r->in, "SubstitutionId");
	return &none;
}

/* Of an array the element that the scope is at. */
static void value_text(struct reader *r, const struct scope *scope,
		       const struct binvalue *value, struct element *e)
{
	struct binvalue one = *value;
	size_t before = e->text.len;
	const char *wrong = NULL;
	u32 count;

	if (value->type & BINVALUE_ARRAY) {
		/* Elements are counted out anew for each: that costs, too. */
		if (value->bytes.len > r->budget->text) {
			wire_in_fail(&r->in, "longer arrays than an event may have");
			return;
		}
		r->budget->text -= value->bytes.len;
		count = binvalue_count(value);
		if (count > e->arrays)
			e->arrays = count;
		if (scope->index >= count)
			return;
		wrong = binvalue_element(value, scope->index, &one);
	}
	if (!wrong)
		wrong = binvalue_text(&one, &e->text);
	if (wrong)
		wire_in_fail(&r->in, wrong);
	count_text(r, &e->text, before);
}

/* @e->object: NULL in an attribute, which cannot have elements. */
static void substitution(struct reader *r, const struct scope *scope,
			 struct element *e)
{
	u16 id = wire_in_u16(&r->in, "SubstitutionId");
	const struct binvalue *value = value_of(r, scope, id);
	struct reader nested = { .budget = r->budget };

	wire_in_u8(&r->in, "ValueType");
	if (r->in.err)
		return;
	if (value->type != BINVALUE_BINXML) {
		value_text(r, scope, value, e);
		return;
	}
	wire_in_from(&nested.in, &value->bytes);
	if (!e->object)
		wire_in_fail(&r->in, "BinXml in an attribute");
	else
		fragment(&nested, e->object);
	wire_in_join(&r->in, &nested.in);
}

static void char_ref(struct reader *r, struct evtext *text)
{
	struct wire_blob unit = wire_in_take(&r->in, 2, "CharRef");
	size_t before = text->len;

	if (r->in.err)
		return;
	evtext_utf16(text, unit.ptr, unit.len);
	count_text(r, text, before);
}

static void entity_ref(struct reader *r, struct evtext *text)
{
	static const struct {
		const char *name, *text;
	} known[] = {
		{ "amp", "&" }, { "lt", "<" }, { "gt", ">" }, { "quot", "\"" },
		{ "apos", "'" },
	};
	struct evtext entity = { NULL };
	const char *found = NULL;

	name(r, &entity);
	for (size_t i = 0; i < ARRAY_SIZE(known); i++)
		if (strcmp(known[i].name, evtext_get(&entity)) == 0)
			found = known[i].text;
	if (found)
		evtext_add(text, found, 1);
	else
		wire_in_fail(&r->in, "EntityRef");
	evtext_free(&entity);
}

/* False: it is no character data. */
static bool char_data(struct reader *r, const struct scope *scope,
		      struct element *e)
{
	switch (peek(r)) {
	case TOKEN_TEXT:
		token(r);
		if (wire_in_u8(&r->in, "StringType") != BINVALUE_STRING)
			wire_in_fail(&r->in, "StringType");
		prefixed(r, &e->text, "ValueText");
		return true;
	case TOKEN_NORMAL:
	case TOKEN_OPTIONAL:
		token(r);
		substitution(r, scope, e);
		return true;
	case TOKEN_CHAR_REF:
		token(r);
		char_ref(r, &e->text);
		return true;
	case TOKEN_ENTITY_REF:
		token(r);
		entity_ref(r, &e->text);
		return true;
	}
	return false;
}

/* Processing instructions are for programs that are not this one. */
static void instruction(struct reader *r)
{
	struct evtext ignored = { NULL };

	token(r);
	name(r, &ignored);
	expect(r, TOKEN_PI_DATA, "PIData");
	prefixed(r, &ignored, "PIData");
	evtext_free(&ignored);
}

/* ---- Elements ------------------------------------------------------------ */

/* The second of a name makes an array of both. */
static void add(json_t *into, const char *key, json_t *value)
{
	json_t *there = json_object_get(into, key), *list;

	if (!there) {
		json_object_set_new(into, key, value);
	} else if (json_is_array(there)) {
		json_array_append_new(there, value);
	} else {
		list = json_array();
		json_array_append(list, there);
		json_array_append_new(list, value);
		json_object_set_new(into, key, list);
	}
}

/* "@NAME", unless what it would be is nothing. */
static void attribute(struct reader *r, const struct scope *scope,
		      json_t *object)
{
	struct evtext key = { NULL };
	struct element e = { .object = NULL };

	if ((token(r) & ~MORE) != TOKEN_ATTRIBUTE)
		wire_in_fail(&r->in, "AttributeToken");
	evtext_add(&key, "@", 1);
	name(r, &key);
	while (!r->in.err && char_data(r, scope, &e))
		;
	if (!r->in.err && e.text.len)
		json_object_set_new(object, evtext_get(&key),
				    json_string(evtext_get(&e.text)));
	evtext_free(&key);
	evtext_free(&e.text);
}

static void attributes(struct reader *r, const struct scope *scope,
		       json_t *object)
{
	static const char what[] = "AttributeListByteLength";
	struct reader list = part(r, wire_in_u32(&r->in, what), what);

	while (!list.in.err && wire_in_left(&list.in))
		attribute(&list, scope, object);
	wire_in_join(&r->in, &list.in);
}

static void content(struct reader *r, const struct scope *scope,
		    struct element *e)
{
	while (!r->in.err && peek(r) != TOKEN_END) {
		if (char_data(r, scope, e))
			continue;
		if (peek(r) == TOKEN_OPEN) {
			read_element(r, scope, e->object);
		} else if (peek(r) == TOKEN_PI_TARGET) {
			instruction(r);
		} else if (peek(r) == TOKEN_CDATA) {
			token(r);
			prefixed(r, &e->text, "CDATASection");
		} else {
			wire_in_fail(&r->in, "Token in the content of an element");
		}
	}
	expect(r, TOKEN_END, "EndElementToken");
}

static json_t *as_json(struct element *e)
{
	json_t *text = json_string(evtext_get(&e->text));

	if (!json_object_size(e->object))
		return text;
	if (e->text.len)
		json_object_set_new(e->object, "#text", text);
	else
		json_decref(text);
	return json_incref(e->object);
}

/* What is behind ElementByteLength; elements of the longest array in it. */
static u32 element_once(struct reader *r, const struct scope *scope,
			bool has_attributes, json_t *into)
{
	struct element e = { .object = json_object() };
	struct evtext key = { NULL };
	json_t *made;
	u8 close;

	name(r, &key);
	if (has_attributes)
		attributes(r, scope, e.object);
	close = token(r);
	if (close == TOKEN_CLOSE_START)
		content(r, scope, &e);
	else if (close != TOKEN_CLOSE_EMPTY)
		wire_in_fail(&r->in, "CloseStartElementToken");
	if (!r->in.err && wire_in_left(&r->in))
		wire_in_fail(&r->in, "ElementByteLength");
	made = as_json(&e);
	if (!r->in.err && into)
		add(into, evtext_get(&key), made);
	else
		json_decref(made);
	json_decref(e.object);
	evtext_free(&e.text);
	evtext_free(&key);
	return e.arrays;
}

/* Shown, unless it depends on a value that is not there. */
static bool is_shown(struct reader *r, const struct scope *scope)
{
	u16 on = scope->within ? wire_in_u16(&r->in, "DependencyID") :
		 NO_DEPENDENCY;

	return on == NO_DEPENDENCY ||
	       value_of(r, scope, on)->type != BINVALUE_NULL;
}

/* Once, or for each element of an array in it (3.1.4.7.5). */
static void read_element(struct reader *r, const struct scope *scope,
			 json_t *into)
{
	bool has_attributes = token(r) & MORE;
	bool shown = is_shown(r, scope);
	u32 len = wire_in_u32(&r->in, "ElementByteLength"), arrays = 0;
	struct scope at = *scope;
	struct reader all, one;

	if (r->budget->depth >= DEPTH_MAX)
		wire_in_fail(&r->in, "elements nested too deeply");
	all = part(r, len, "ElementByteLength");
	r->budget->depth++;
	at.index = 0;
	do {
		one = all;
		arrays = element_once(&one, &at, has_attributes,
				      shown ? into : NULL);
		wire_in_join(&r->in, &one.in);
	} while (!r->in.err && ++at.index < arrays);
	r->budget->depth--;
}

/* ---- Templates and fragments --------------------------------------------- */

static void headers(struct reader *r)
{
	while (!r->in.err && peek(r) == TOKEN_HEADER) {
		token(r);
		if (wire_in_u8(&r->in, "MajorVersion") != VERSION)
			wire_in_fail(&r->in, "MajorVersion");
		wire_in_skip(&r->in, 2, "MinorVersion");
	}
}

/* ValueSpec, then the values that it tells the lengths of. */
static void read_values(struct reader *r, struct scope *scope)
{
	u32 count = wire_in_u32(&r->in, "NumValues");

	if (count > wire_in_left(&r->in) / 4)
		wire_in_fail(&r->in, "NumValues");
	if (r->in.err || !count)
		return;
	scope->values = calloc(count, sizeof(*scope->values));
	if (!scope->values) {
		wire_in_fail(&r->in, "NumValues");
		return;
	}
	scope->count = count;
	for (u32 i = 0; i < count; i++) {
		scope->values[i].bytes.len = wire_in_u16(&r->in,
							 "ValueByteLength");
		scope->values[i].type = wire_in_u8(&r->in, "ValueType");
		wire_in_u8(&r->in, "ValueSpecEntry");
	}
	for (u32 i = 0; i < count; i++)
		scope->values[i].bytes = wire_in_take(&r->in,
			scope->values[i].bytes.len, "Value");
}

/* The definition comes first, what is put into it behind. */
static void template(struct reader *r, json_t *into)
{
	struct scope scope = { .within = true };
	struct reader definition;

	wire_in_skip(&r->in, 1 + 16, "TemplateId");
	definition = part(r, wire_in_u32(&r->in, "TemplateDefByteLength"),
			  "TemplateDefByteLength");
	read_values(r, &scope);
	headers(&definition);
	if (!r->in.err && peek(&definition) == TOKEN_OPEN) {
		read_element(&definition, &scope, into);
		expect(&definition, TOKEN_EOF, "EOFToken");
	} else {
		wire_in_fail(&r->in, "TemplateDef");
	}
	wire_in_join(&r->in, &definition.in);
	free(scope.values);
}

static void fragment(struct reader *r, json_t *into)
{
	static const struct scope outside;

	if (r->budget->depth >= DEPTH_MAX)
		wire_in_fail(&r->in, "fragments nested too deeply");
	r->budget->depth++;
	headers(r);
	if (!r->in.err && peek(r) == TOKEN_TEMPLATE) {
		token(r);
		template(r, into);
	} else if (peek(r) == TOKEN_OPEN) {
		read_element(r, &outside, into);
	} else {
		wire_in_fail(&r->in, "Fragment");
	}
	while (!r->in.err && peek(r) == TOKEN_PI_TARGET)
		instruction(r);
	expect(r, TOKEN_EOF, "EOFToken");
	r->budget->depth--;
}

json_t *binxml_decode(const uint8_t *data, size_t len, const char **wrong)
{
	struct budget budget = { .tokens = TOKENS_MAX, .text = TEXT_MAX };
	struct reader r = { .budget = &budget };
	json_t *made = json_object();

	wire_in_init(&r.in, data, len > UINT32_MAX ? UINT32_MAX : (u32)len);
	while (!r.in.err && peek(&r) == TOKEN_PI_TARGET)
		instruction(&r);
	fragment(&r, made);
	*wrong = r.in.err;
	if (!r.in.err)
		return made;
	json_decref(made);
	return NULL;
}

json_t *binxml_result(const uint8_t *data, size_t len, const char **wrong)
{
	struct wire_blob event;
	struct wire_in in;

	wire_in_init(&in, data, len > UINT32_MAX ? UINT32_MAX : (u32)len);
	if (wire_in_u32(&in, "totalSize") > len)
		wire_in_fail(&in, "totalSize");
	wire_in_u32(&in, "headerSize");
	wire_in_seek(&in, wire_in_u32(&in, "eventOffset"), "eventOffset");
	event = wire_in_take(&in, wire_in_u32(&in, "binXmlSize"), "binXmlSize");
	*wrong = in.err;
	return in.err ? NULL : binxml_decode(event.ptr, event.len, wrong);
}
