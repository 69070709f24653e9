/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The tables that the IDL compiler writes and the engine walks.
 *
 * A type describes two things: how a value looks on the wire and what its slot
 * in a C structure is. The slot of a pointer to an array or to a string is the
 * same as that of the array or string itself: a pointer to the first element.
 */
#ifndef UNC_NDR_TABLE_H
#define UNC_NDR_TABLE_H

#include "ndr.h"

enum ndr_kind {
	NDR_U8 = 1,
	NDR_I8,
	NDR_U16,
	NDR_I16,
	NDR_U32,
	NDR_I32,
	NDR_U64,
	NDR_I64,
	NDR_F32,
	NDR_F64,
	NDR_U3264,	/* four bytes in NDR32, eight in NDR64; eight in C */
	NDR_I3264,
	NDR_ENUM16,	/* two bytes in NDR32, four in NDR64 and in C */
	NDR_ENUM32,
	NDR_CONTEXT,
	NDR_STRUCT,
	NDR_UNION,
	NDR_POINTER,
	NDR_ARRAY,
	NDR_STRING,
	NDR_PIPE,	/* struct ndr_pipe in C */
};

/* Hints for people: how a value is written in JSON. */
enum ndr_show {
	NDR_SHOW_PLAIN,
	NDR_SHOW_BYTE,		/* arrays of it are hexadecimal */
	NDR_SHOW_WCHAR,		/* arrays of it are text if they are well-formed */
	NDR_SHOW_GUID,
	NDR_SHOW_SID,
};

enum ndr_type_flag {
	NDR_T_DEFER = 1,	/* has pointers, whose pointees come later */
	NDR_T_CONFORMANT = 2,	/* has a maximum count, at its front */
	NDR_T_VARYING = 4,	/* has offset and actual count */
	NDR_T_WIDE = 8,		/* string of 16-bit characters */
	NDR_T_REF = 16,		/* pointer: never NULL */
	NDR_T_FULL = 32,	/* pointer: may point to what was seen before */
	NDR_T_TOP = 64,		/* pointer: a reference that is not on the wire */
	NDR_T_TAGGED = 128,	/* union: encapsulated, its tag is decoded, too */
	NDR_T_RANGE = 256,	/* min and max are meant */
};

/* ndr_field.flags of structures: a tag, which stands before its union's arm */
#define NDR_FIELD_OFF_WIRE 4

enum ndr_op_code {
	NDR_OP_CONST,
	NDR_OP_FIELD,		/* a number of the enclosing structure */
	NDR_OP_DEREF,		/* a number to which a pointer there points; 0: NULL */
	NDR_OP_SET,		/* is a pointer there not NULL? */
	NDR_OP_ADD,
	NDR_OP_SUB,
	NDR_OP_MUL,
	NDR_OP_DIV,
	NDR_OP_MOD,
	NDR_OP_AND,
	NDR_OP_OR,
	NDR_OP_XOR,
	NDR_OP_SHL,
	NDR_OP_SHR,
	NDR_OP_EQ,
	NDR_OP_NE,
	NDR_OP_LT,
	NDR_OP_GT,
	NDR_OP_LE,
	NDR_OP_GE,
	NDR_OP_NEG,
	NDR_OP_NOT,		/* ! */
	NDR_OP_INV,		/* ~ */
	NDR_OP_COND,		/* condition, if true, if false */
};

/**
 * struct ndr_op - a step of an expression, on a stack
 * @code: enum ndr_op_code
 * @kind: of the number (enum ndr_kind)
 * @offset: in the enclosing structure
 * @value: of a constant
 */
struct ndr_op {
	uint8_t code;
	uint8_t kind;
	uint32_t offset;
	int64_t value;
};

#define NDR_EXPR_STACK 8

/** struct ndr_expr - what size_is, length_is or switch_is says */
struct ndr_expr {
	const char *text;
	uint32_t n_ops;
	const struct ndr_op *ops;
};

struct ndr_arm {
	const char *name;		/* NULL if the arm is empty */
	const struct ndr_type *type;
	int64_t value;
	bool is_default;
};

struct ndr_name {
	const char *name;
	int64_t value;
};

/**
 * struct ndr_type
 * @name: in the document, or what the language calls it
 * @kind: enum ndr_kind
 * @show: enum ndr_show
 * @flags: enum ndr_type_flag
 * @align: on the wire, by enum ndr_syntax
 * @arm_align: union: where the arm starts after the discriminant
 * @size: of the slot in C
 * @wire_min: bytes on the wire, at least, without pointees and maximum count
 * @count: number of @fields, @arms or @names; elements of an array of fixed size
 * @target: what a pointer points to; the element of an array or of a pipe; a
 *	union's discriminant
 * @fields: of a structure
 * @arms: of a union
 * @names: of an enumeration
 * @size_is: of a conformant array or string
 * @length_is: of a varying array
 * @switch_is: of a union
 * @min, @max: with NDR_T_RANGE
 */
struct ndr_type {
	const char *name;
	uint8_t kind;
	uint8_t show;
	uint16_t flags;
	uint8_t align[2];
	uint8_t arm_align[2];
	uint32_t size;
	uint32_t wire_min;
	uint32_t count;
	const struct ndr_type *target;
	const struct ndr_field *fields;
	const struct ndr_arm *arms;
	const struct ndr_name *names;
	const struct ndr_expr *size_is;
	const struct ndr_expr *length_is;
	const struct ndr_expr *switch_is;
	int64_t min;
	int64_t max;
};

/* Of methods without parameters: nothing can be added to NULL. */
extern const struct ndr_field ndr_no_params[1];

#endif /* UNC_NDR_TABLE_H */
