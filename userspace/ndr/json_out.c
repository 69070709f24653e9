// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * C structures to JSON.
 *
 * Numbers are numbers (above 2^63 strings), values of enumerations their names,
 * arrays of bytes hexadecimal strings, arrays of WCHAR text where they are well
 * formed, GUIDs and SIDs what people write. A union is an object with the name
 * of its arm as the only member. A pointer is what it points to, or null; one
 * that points to another that may be null is an array with one element.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"

/* A value takes some 100 bytes with jansson. */
#define NODE_LIMIT (1u << 20)

static json_t *value(struct ndr_walk *w, const struct ndr_type *t,
		     const void *slot, const void *scope);

static json_t *number(const struct ndr_type *t, const void *slot)
{
	int64_t v = ndr_load(t->kind, slot);
	uint32_t i;
	double d;
	float f;

	for (i = 0; t->names && i < t->count; i++)
		if (ndr_truncate(t->kind, t->names[i].value) == v)
			return json_string(t->names[i].name);
	if (t->kind == NDR_F32) {
		memcpy(&f, slot, sizeof(f));
		return json_real(f) ?: json_null();
	}
	if (t->kind == NDR_F64) {
		memcpy(&d, slot, sizeof(d));
		return json_real(d) ?: json_null();
	}
	if (v < 0 && !ndr_is_signed(t->kind))
		return json_sprintf("%" PRIu64, (uint64_t)v);
	return json_integer(v);
}

static json_t *context(const struct ndr_context_handle *h)
{
	json_t *uuid = ndr_guid_to_json(&h->context_handle_uuid);
	json_t *text = json_sprintf("%08" PRIx32 ":%s",
				    h->context_handle_attributes,
				    json_string_value(uuid));

	json_decref(uuid);
	return text;
}

static json_t *bytes(struct ndr_walk *w, const uint8_t *p, uint64_t n)
{
	char *hex = malloc(2 * n + 1);
	json_t *made = NULL;
	uint64_t i;

	w->nodes += n / 64;
	for (i = 0; hex && i < n; i++)
		sprintf(hex + 2 * i, "%02x", p[i]);
	if (hex) {
		hex[2 * n] = '\0';
		made = json_string(hex);
	}
	free(hex);
	return made;
}

static json_t *units(const uint16_t *p, uint64_t n)
{
	char *text = malloc(3 * n + 1);
	json_t *made = NULL;

	if (text) {
		ndr_utf16_to(p, n, text);
		made = json_string(text);
	}
	free(text);
	return made;
}

static json_t *list(struct ndr_walk *w, const struct ndr_type *element,
		    const char *memory, uint64_t count, const void *scope)
{
	json_t *made = json_array();
	struct ndr_path here;
	uint64_t i;

	for (i = 0; i < count && ndr_enter(w, &here, NULL, i); i++) {
		json_array_append_new(made, value(w, element,
						  memory + i * element->size, scope));
		ndr_leave(w);
	}
	return made;
}

/* Elements as people write them. */
static json_t *sequence(struct ndr_walk *w, const struct ndr_type *element,
			const char *memory, uint64_t count, const void *scope)
{
	if (!memory && count) {
		ndr_fail(w, EINVAL, "NULL where %" PRIu64 " elements are required",
			 count);
		return NULL;
	}
	if (element->show == NDR_SHOW_BYTE)
		return bytes(w, (const uint8_t *)memory, count);
	if (element->show == NDR_SHOW_WCHAR && element->kind == NDR_U16 &&
	    ndr_utf16_good((const uint16_t *)memory, count))
		return units((const uint16_t *)memory, count);
	return list(w, element, memory, count, scope);
}

static json_t *array(struct ndr_walk *w, const struct ndr_type *t,
		     const void *slot, const void *scope)
{
	bool loose = t->flags & NDR_T_CONFORMANT;
	const char *memory = loose ? *(char *const *)slot : slot;
	uint64_t count;

	if (!ndr_array_count(w, t, scope, &count))
		return NULL;
	return sequence(w, t->target, memory, count, scope);
}

static json_t *pipe(struct ndr_walk *w, const struct ndr_type *t,
		    const struct ndr_pipe *pipe)
{
	return sequence(w, t->target, pipe->elements, pipe->count, NULL);
}

/* Lone surrogates are no JSON; they are replaced by what stands for "unknown". */
static json_t *string(const char *text)
{
	json_t *made = json_string(text);
	char *copy, *p;

	if (made)
		return made;
	copy = strdup(text);
	for (p = copy; p && *p; p++)
		if ((uint8_t)p[0] == 0xed && (uint8_t)p[1] >= 0xa0)
			memcpy(p, "\xef\xbf\xbd", 3);
	made = copy ? json_string(copy) : NULL;
	free(copy);
	return made;
}

static json_t *structure(struct ndr_walk *w, const struct ndr_type *t,
			 const char *memory)
{
	const struct ndr_field *f;
	struct ndr_path here;
	json_t *made = NULL;

	if (t->show == NDR_SHOW_GUID)
		return ndr_guid_to_json(memory);
	if (t->show == NDR_SHOW_SID)
		made = ndr_sid_to_json(t, memory);
	if (made)
		return made;
	made = json_object();
	for (f = t->fields; f < t->fields + t->count; f++) {
		if (!ndr_enter(w, &here, f->name, 0))
			break;
		json_object_set_new(made, f->name,
				    value(w, f->type, memory + f->offset, memory));
		ndr_leave(w);
	}
	return made;
}

static json_t *one_of(struct ndr_walk *w, const struct ndr_type *t,
		      const void *slot, const void *scope)
{
	const struct ndr_arm *arm = ndr_current_arm(w, t, scope);
	json_t *made = json_object();
	struct ndr_path here;

	if (!arm || !arm->type || !ndr_enter(w, &here, arm->name, 0))
		return made;
	json_object_set_new(made, arm->name, value(w, arm->type, slot, scope));
	ndr_leave(w);
	return made;
}

static json_t *pointer(struct ndr_walk *w, const struct ndr_type *t,
		       const void *slot, const void *scope)
{
	const void *target = *(void *const *)slot;
	bool nullable = t->target->kind == NDR_POINTER &&
			!(t->target->flags & NDR_T_REF);
	struct ndr_path here;
	json_t *made;

	/* An empty array behind a reference has no place, but it is there. */
	if (!target && !((t->flags & NDR_T_REF) && t->target->kind == NDR_ARRAY))
		return json_null();
	if (!ndr_enter(w, &here, "", 0))
		return NULL;
	w->path = here.up;
	made = value(w, t->target, ndr_is_loose(t->target) ? slot : target, scope);
	w->depth--;
	if (nullable && !(t->flags & NDR_T_REF))
		made = json_pack("[o]", made);
	return made;
}

static json_t *value(struct ndr_walk *w, const struct ndr_type *t,
		     const void *slot, const void *scope)
{
	if (++w->nodes > NODE_LIMIT)
		ndr_fail(w, EMSGSIZE, "more than %u values", NODE_LIMIT);
	if (w->failed || !slot)
		return NULL;
	switch (t->kind) {
	case NDR_CONTEXT:
		return context(slot);
	case NDR_STRUCT:
		return structure(w, t, slot);
	case NDR_UNION:
		return one_of(w, t, slot, scope);
	case NDR_POINTER:
		return pointer(w, t, slot, scope);
	case NDR_ARRAY:
		return array(w, t, slot, scope);
	case NDR_STRING:
		return *(char *const *)slot ? string(*(char *const *)slot) :
					      json_null();
	case NDR_PIPE:
		return pipe(w, t, slot);
	default:
		return number(t, slot);
	}
}

json_t *ndr_to_json(struct ndr_codec *codec, const struct ndr_method *method,
		    enum ndr_direction dir, const void *args)
{
	const struct ndr_field *f;
	json_t *made = json_object();
	struct ndr_path here;
	struct ndr_walk w;

	ndr_walk_init(&w, codec, method, args);
	for (f = method->params; f < method->params + method->n_params; f++) {
		if (!(f->flags & dir))
			continue;
		if (!ndr_enter(&w, &here, f->name, 0))
			break;
		json_object_set_new(made, f->name,
				    value(&w, f->type, (const char *)args + f->offset,
					  args));
		ndr_leave(&w);
	}
	if (!w.failed)
		return made;
	json_decref(made);
	return NULL;
}
