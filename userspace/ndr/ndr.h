/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * NDR, the data representation of DCE/RPC ([C706] chapter 14, [MS-RPCE] 2.2.4
 * and 2.2.5), by tables.
 *
 * The compiler in userspace/idl makes, for every interface, a header with its
 * structures, named as in the specification, and a table that describes them.
 * A call's arguments are one C structure, named INTERFACE_METHOD, with a member
 * for every parameter and "Return" for the result:
 *
 *	struct srvsvc_NetrShareEnum call = { .InfoStruct = &list, ... };
 *	struct ndr_codec codec = { .arena = ndr_arena_new(0) };
 *	const struct ndr_method *method =
 *		ndr_method_find(ndr_interface_find("srvsvc"), "NetrShareEnum");
 *	struct ndr_bytes request, reply;
 *
 *	ndr_encode(&codec, method, NDR_IN, &call, &request);
 *	... send request, receive reply ...
 *	ndr_decode(&codec, method, NDR_OUT, &reply, &call);
 *	... use call ...
 *	ndr_arena_free(codec.arena);
 *
 * How the types of the document look in C:
 *
 * - numbers by their width (unsigned long is uint32_t), GUIDs, structures and
 *   unions as written;
 * - a [string], wide or not, is a char * to NUL-terminated UTF-8; a wide string
 *   that is not well-formed UTF-16 keeps its lone surrogates as three bytes
 *   each (WTF-8), so that it goes back as it came;
 * - a pointer to an array, and an array without a fixed bound, is a pointer to
 *   its first element; how many there are says the field that its size_is or
 *   length_is names;
 * - a pipe is a struct ndr_pipe with everything that goes through it;
 * - a handle_t parameter is not on the wire and has no member.
 *
 * What is decoded lives in the codec's arena and is freed with it. Decoded
 * counts are never larger than the arrays they belong to.
 */
#ifndef UNC_NDR_H
#define UNC_NDR_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "ndr_types.h"

/** Memory that one call may take unless the caller says otherwise. */
#define NDR_ARENA_LIMIT (64u << 20)

/**
 * Pointers, structures and arrays within each other, at most. A list, whose
 * elements point to the next, is as deep as it is long: a domain controller sends
 * a thousand objects so. Some 200 bytes of stack each.
 */
#define NDR_DEPTH_LIMIT 4096

enum ndr_syntax {
	NDR_SYNTAX_NDR32,	/* 8a885d04-1ceb-11c9-9fe8-08002b104860, 2.0 */
	NDR_SYNTAX_NDR64,	/* 71710533-beba-4937-8319-b5dbef9ccc36, 1.0 */
};

/* Which of a method's parameters: those of the request or of the response. */
enum ndr_direction {
	NDR_IN = 1,
	NDR_OUT = 2,
};

struct ndr_type;		/* table.h; nothing a caller needs to look into */

/**
 * struct ndr_field - a member of a structure or a parameter of a method
 * @name: as in the document
 * @type: its type
 * @offset: where it is in the C structure
 * @flags: parameters: NDR_IN, NDR_OUT or both
 */
struct ndr_field {
	const char *name;
	const struct ndr_type *type;
	uint32_t offset;
	uint32_t flags;
};

/**
 * struct ndr_method - one operation of an interface
 * @name: as in the document
 * @interface: name of the interface
 * @opnum: its number on the wire
 * @n_params: number of @params
 * @size: size of the C structure with the arguments
 * @params: parameters in order; the result, if there is one, is the last
 * @not_on_wire: the document reserves the number; it cannot be called
 */
struct ndr_method {
	const char *name;
	const char *interface;
	uint16_t opnum;
	uint16_t n_params;
	uint32_t size;
	const struct ndr_field *params;
	bool not_on_wire;
};

/**
 * struct ndr_interface - a compiled interface
 * @name: as after "interface" in the document ("srvsvc")
 * @uuid, @major, @minor: what a bind asks for
 * @endpoint: well-known endpoint as in the document, "ncacn_np:[\\pipe\\lsass]";
 *	several are separated by ','; NULL without any
 * @n_methods: number of @methods
 * @methods: by opnum: methods[i].opnum == i
 */
struct ndr_interface {
	const char *name;
	struct ndr_uuid uuid;
	uint16_t major;
	uint16_t minor;
	const char *endpoint;
	uint16_t n_methods;
	const struct ndr_method *methods;
};

/** Bytes that belong to somebody else: an arena or the caller. */
struct ndr_bytes {
	const uint8_t *ptr;
	size_t len;
};

/**
 * struct ndr_error - what went wrong, in words
 * @code: 0 or a negative errno: EBADMSG bad bytes, EINVAL bad arguments, ENOMEM
 *	the arena is full, EMSGSIZE a limit was reached, EOPNOTSUPP
 * @text: "srvsvc.NetrShareEnum: InfoStruct.Level: what is wrong"
 */
struct ndr_error {
	int code;
	char text[256];
};

struct ndr_arena;

/**
 * struct ndr_codec - what every conversion needs
 * @arena: where results are made
 * @syntax: the transfer syntax that was negotiated
 * @error: set by a function that failed
 * @big_endian: stubs have the most significant byte of numbers first
 */
struct ndr_codec {
	struct ndr_arena *arena;
	enum ndr_syntax syntax;
	struct ndr_error error;
	bool big_endian;
};

/* The registry (registry.c, made at build time, and find.c) */

/** All interfaces, ended by NULL. */
extern const struct ndr_interface *const ndr_interfaces[];

/** ndr_interface_find - by name, in any case of letters; NULL if unknown */
const struct ndr_interface *ndr_interface_find(const char *name);

/** ndr_interface_find_uuid - by UUID; NULL if unknown */
const struct ndr_interface *ndr_interface_find_uuid(const struct ndr_uuid *uuid);

/** ndr_method_find - by name, in any case of letters; NULL if unknown or @i is NULL */
const struct ndr_method *ndr_method_find(const struct ndr_interface *i,
					 const char *name);

/** ndr_method_find_full - by "INTERFACE.METHOD"; NULL if unknown */
const struct ndr_method *ndr_method_find_full(const char *name);

/* Memory */

/** ndr_arena_new - @limit bytes at most, 0 for NDR_ARENA_LIMIT; NULL: no memory */
struct ndr_arena *ndr_arena_new(size_t limit);

/** ndr_arena_alloc - zeroed, aligned for anything; NULL when full */
void *ndr_arena_alloc(struct ndr_arena *arena, size_t size);

/** ndr_arena_reset - forget everything, keep the arena for the next call */
void ndr_arena_reset(struct ndr_arena *arena);

/** ndr_arena_free - with everything in it; NULL is fine */
void ndr_arena_free(struct ndr_arena *arena);

/* Conversions. All return 0 or a negative errno, with codec->error set. */

/**
 * ndr_encode - make the stub of a request (NDR_IN) or a response (NDR_OUT)
 * @args: the method's C structure
 * @stub: receives the bytes, in the arena
 */
int ndr_encode(struct ndr_codec *codec, const struct ndr_method *method,
	       enum ndr_direction dir, const void *args, struct ndr_bytes *stub);

/**
 * ndr_decode - read the stub of a request or a response
 * @stub: the bytes; up to 16 more at the end (padding) are no error
 * @args: the method's C structure. For a response it must hold the arguments of
 *	the request, which lengths and unions may refer to. Only the parameters of
 *	@dir are replaced, and none if the stub is bad.
 */
int ndr_decode(struct ndr_codec *codec, const struct ndr_method *method,
	       enum ndr_direction dir, const struct ndr_bytes *stub, void *args);

/**
 * ndr_check_label - set @codec->big_endian; refuse what is not ASCII or IEEE
 * @drep: the four bytes of the PDU's data representation format label, [C706]
 *	14.1
 */
int ndr_check_label(struct ndr_codec *codec, const uint8_t drep[4]);

/**
 * ndr_from_json - fill in the arguments of a request from a JSON object
 * @json: members are named as the parameters; those that are missing are null or
 *	0, those that give the size of an array are taken from the array
 * @args: zeroed C structure of the method
 */
int ndr_from_json(struct ndr_codec *codec, const struct ndr_method *method,
		  enum ndr_direction dir, const json_t *json, void *args);

/** ndr_to_json - a new JSON object with the parameters of @dir, or NULL */
json_t *ndr_to_json(struct ndr_codec *codec, const struct ndr_method *method,
		    enum ndr_direction dir, const void *args);

/** ndr_print - the parameters of @dir, a line each, indented, for people */
int ndr_print(struct ndr_codec *codec, const struct ndr_method *method,
	      enum ndr_direction dir, const void *args, FILE *to);

/** ndr_describe - the method's signature, and the types that it needs, as IDL */
void ndr_describe(const struct ndr_method *method, FILE *to);

#endif /* UNC_NDR_H */
