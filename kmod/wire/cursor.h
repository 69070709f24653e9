/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Bounds-checked reading and writing of byte buffers, least significant byte
 * first unless a name says "be".
 *
 * Both cursors have a sticky error: after the first failed check every further
 * call does nothing and reads yield zero. A codec is therefore a plain list of
 * fields in the order of the document, with one look at the error at its end.
 */
#ifndef UNCFS_WIRE_CURSOR_H
#define UNCFS_WIRE_CURSOR_H

#include "wire_os.h"

/**
 * struct wire_blob - bytes that belong to somebody else
 * @ptr: first byte; not NULL after a successful decode, even when @len is 0
 * @len: number of bytes
 */
struct wire_blob {
	const u8 *ptr;
	u32 len;
};

/**
 * struct wire_in - a reader
 * @base: what all offsets count from (a PDU's header, a record's start)
 * @len: bytes readable from @base
 * @pos: next byte to read, counted from @base, never above @len
 * @err: name of the field whose check failed first, or NULL
 */
struct wire_in {
	const u8 *base;
	u32 len;
	u32 pos;
	const char *err;
};

void wire_in_init(struct wire_in *in, const void *base, u32 len);
void wire_in_fail(struct wire_in *in, const char *what);
u8 wire_in_u8(struct wire_in *in, const char *what);
u16 wire_in_u16(struct wire_in *in, const char *what);
u32 wire_in_u32(struct wire_in *in, const char *what);
u64 wire_in_u64(struct wire_in *in, const char *what);
const u8 *wire_in_bytes(struct wire_in *in, u32 n, const char *what);
void wire_in_copy(struct wire_in *in, void *dst, u32 n, const char *what);
void wire_in_skip(struct wire_in *in, u32 n, const char *what);
void wire_in_seek(struct wire_in *in, u32 pos, const char *what);
void wire_in_align(struct wire_in *in, u32 to, const char *what);
void wire_in_struct_size(struct wire_in *in, u16 size);
const u8 *wire_in_window(struct wire_in *in, u32 off, u32 len, const char *what);
struct wire_blob wire_in_blob(struct wire_in *in, u32 off, u32 len,
			      const char *what);
struct wire_blob wire_in_take(struct wire_in *in, u32 n, const char *what);
struct wire_in wire_in_sub(struct wire_in *in, u32 off, u32 len,
			   const char *what);
int wire_in_chain(struct wire_in *list, struct wire_in *rec, u32 min,
		  const char *what);

/* A reader over a blob that a decoder returned. */
static inline void wire_in_from(struct wire_in *in, const struct wire_blob *b)
{
	wire_in_init(in, b->ptr, b->len);
}

static inline u32 wire_in_left(const struct wire_in *in)
{
	return in->err ? 0 : in->len - in->pos;
}

/* What went wrong in a part went wrong in the whole. */
static inline void wire_in_join(struct wire_in *in, const struct wire_in *part)
{
	if (part->err)
		wire_in_fail(in, part->err);
}

static inline int wire_in_errno(const struct wire_in *in)
{
	return in->err ? -EBADMSG : 0;
}

/**
 * struct wire_out - a writer
 * @buf: the buffer
 * @cap: its size
 * @pos: next byte to write
 * @pdu: where the current PDU starts; offsets in SMB2 bodies count from here
 * @overflow: something did not fit; nothing more is written
 */
struct wire_out {
	u8 *buf;
	u32 cap;
	u32 pos;
	u32 pdu;
	bool overflow;
};

void wire_out_init(struct wire_out *o, void *buf, u32 cap);
void wire_out_u8(struct wire_out *o, u8 v);
void wire_out_u16(struct wire_out *o, u16 v);
void wire_out_u32(struct wire_out *o, u32 v);
void wire_out_u64(struct wire_out *o, u64 v);
void wire_out_be32(struct wire_out *o, u32 v);
void wire_out_bytes(struct wire_out *o, const void *p, u32 n);
void wire_out_blob(struct wire_out *o, const struct wire_blob *b);
void wire_out_zero(struct wire_out *o, u32 n);
void wire_out_align(struct wire_out *o, u32 to);
void wire_out_patch_u16(struct wire_out *o, u32 at, u16 v);
void wire_out_patch_u32(struct wire_out *o, u32 at, u32 v);
int wire_out_utf16(struct wire_out *o, const char *s, u32 len);

/* Offset of the next byte from the start of the current PDU. */
static inline u32 wire_out_off(const struct wire_out *o)
{
	return o->pos - o->pdu;
}

static inline int wire_out_errno(const struct wire_out *o)
{
	return o->overflow ? -EMSGSIZE : 0;
}

#endif /* UNCFS_WIRE_CURSOR_H */
