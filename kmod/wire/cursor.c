// SPDX-License-Identifier: GPL-2.0-or-later
#include "cursor.h"
#include "utf16.h"

/**
 * wire_in_init - read from a buffer
 * @in: the reader
 * @base: the buffer; may be NULL when @len is 0
 * @len: its size
 */
void wire_in_init(struct wire_in *in, const void *base, u32 len)
{
	static const u8 nothing[1];

	in->base = base ? base : nothing;
	in->len = base ? len : 0;
	in->pos = 0;
	in->err = NULL;
}

/**
 * wire_in_fail - refuse what is being read
 * @in: the reader
 * @what: name of the field that is wrong; the first one stays
 */
void wire_in_fail(struct wire_in *in, const char *what)
{
	if (!in->err)
		in->err = what;
}

/**
 * wire_in_bytes - read bytes in place
 * @in: the reader
 * @n: how many
 * @what: name of the field
 *
 * Return: the first of them, NULL when there are not that many.
 */
const u8 *wire_in_bytes(struct wire_in *in, u32 n, const char *what)
{
	const u8 *p;

	if (in->err)
		return NULL;
	if (n > in->len - in->pos) {
		wire_in_fail(in, what);
		return NULL;
	}
	p = in->base + in->pos;
	in->pos += n;
	return p;
}

/**
 * wire_in_u8 - read a number of one byte
 * @in: the reader
 * @what: name of the field
 *
 * Return: the number, 0 after an error.
 */
u8 wire_in_u8(struct wire_in *in, const char *what)
{
	const u8 *p = wire_in_bytes(in, 1, what);

	return p ? *p : 0;
}

/**
 * wire_in_u16 - read a number of two bytes
 * @in: the reader
 * @what: name of the field
 *
 * Return: the number, 0 after an error.
 */
u16 wire_in_u16(struct wire_in *in, const char *what)
{
	const u8 *p = wire_in_bytes(in, 2, what);

	return p ? get_unaligned_le16(p) : 0;
}

/**
 * wire_in_u32 - read a number of four bytes
 * @in: the reader
 * @what: name of the field
 *
 * Return: the number, 0 after an error.
 */
u32 wire_in_u32(struct wire_in *in, const char *what)
{
	const u8 *p = wire_in_bytes(in, 4, what);

	return p ? get_unaligned_le32(p) : 0;
}

/**
 * wire_in_u64 - read a number of eight bytes
 * @in: the reader
 * @what: name of the field
 *
 * Return: the number, 0 after an error.
 */
u64 wire_in_u64(struct wire_in *in, const char *what)
{
	const u8 *p = wire_in_bytes(in, 8, what);

	return p ? get_unaligned_le64(p) : 0;
}

/**
 * wire_in_copy - read bytes into a buffer
 * @in: the reader
 * @dst: the buffer, zeroed after an error
 * @n: how many
 * @what: name of the field
 */
void wire_in_copy(struct wire_in *in, void *dst, u32 n, const char *what)
{
	const u8 *p = wire_in_bytes(in, n, what);

	if (p)
		memcpy(dst, p, n);
	else
		memset(dst, 0, n);
}

/**
 * wire_in_skip - read bytes that mean nothing
 * @in: the reader
 * @n: how many
 * @what: name of the field
 */
void wire_in_skip(struct wire_in *in, u32 n, const char *what)
{
	wire_in_bytes(in, n, what);
}

/**
 * wire_in_seek - go on reading further down
 * @in: the reader
 * @pos: from the base; not above the end, and not back, so that nothing is
 *	read twice and no loop can come of it
 * @what: name of the field that said so
 */
void wire_in_seek(struct wire_in *in, u32 pos, const char *what)
{
	if (pos < in->pos || pos > in->len)
		wire_in_fail(in, what);
	if (!in->err)
		in->pos = pos;
}

/**
 * wire_in_align - skip padding
 * @in: the reader
 * @to: a power of two, counted from the base
 * @what: name of the field that is aligned
 */
void wire_in_align(struct wire_in *in, u32 to, const char *what)
{
	wire_in_skip(in, -in->pos & (to - 1), what);
}

/**
 * wire_in_struct_size - read StructureSize and compare it
 * @in: the reader
 * @size: what the document says
 */
void wire_in_struct_size(struct wire_in *in, u16 size)
{
	if (wire_in_u16(in, "StructureSize") != size)
		wire_in_fail(in, "StructureSize");
}

/**
 * wire_in_window - follow an {offset, length} pair
 * @in: the reader, which has read the fixed part
 * @off: from the base; not before the current position, so that data cannot
 *	overlap the header or the fixed part. Not looked at when @len is 0.
 * @len: bytes
 * @what: name of the data
 *
 * Does not move the reader.
 *
 * Return: the data, NULL when they are not wholly inside.
 */
const u8 *wire_in_window(struct wire_in *in, u32 off, u32 len, const char *what)
{
	if (in->err)
		return NULL;
	if (!len)
		return in->base + in->pos;
	if (off < in->pos || off > in->len || len > in->len - off) {
		wire_in_fail(in, what);
		return NULL;
	}
	return in->base + off;
}

/**
 * wire_in_blob - follow an {offset, length} pair
 * @in: as for wire_in_window()
 * @off: as for wire_in_window()
 * @len: as for wire_in_window()
 * @what: name of the data
 *
 * Return: the data; empty with a NULL pointer after an error.
 */
struct wire_blob wire_in_blob(struct wire_in *in, u32 off, u32 len,
			      const char *what)
{
	const u8 *p = wire_in_window(in, off, len, what);

	return (struct wire_blob){ .ptr = p, .len = p ? len : 0 };
}

/**
 * wire_in_take - read bytes in place
 * @in: the reader
 * @n: how many
 * @what: name of the field
 *
 * Return: the bytes; empty with a NULL pointer after an error.
 */
struct wire_blob wire_in_take(struct wire_in *in, u32 n, const char *what)
{
	const u8 *p = wire_in_bytes(in, n, what);

	return (struct wire_blob){ .ptr = p, .len = p ? n : 0 };
}

/**
 * wire_in_sub - a reader over a part
 * @in: the reader, not moved
 * @off: as for wire_in_window(); becomes the base of the part
 * @len: as for wire_in_window()
 * @what: name of the part
 *
 * Return: a reader; after an error an empty one with the same error.
 */
struct wire_in wire_in_sub(struct wire_in *in, u32 off, u32 len,
			   const char *what)
{
	const u8 *p = wire_in_window(in, off, len, what);
	struct wire_in part;

	wire_in_init(&part, p, p ? len : 0);
	part.err = in->err;
	return part;
}

/**
 * wire_in_chain - next record of a list linked by offsets
 * @list: the list; each record begins with the distance to the next in four
 *	bytes, 0 in the last one
 * @rec: the record, based at its start, positioned after the distance; ends
 *	where the next begins, the last one where the list ends
 * @min: size of the fixed part of a record, the distance included, at least 4
 * @what: name of the distance
 *
 * A record is never shorter than @min, and @list moves by at least as much or
 * to its end: a list of n bytes has no more than n / @min records.
 *
 * Return: 1 and @rec, 0 at the end, -EBADMSG.
 */
int wire_in_chain(struct wire_in *list, struct wire_in *rec, u32 min,
		  const char *what)
{
	u32 left = wire_in_left(list);
	u32 next, size;

	if (list->err)
		return -EBADMSG;
	if (!left)
		return 0;
	*rec = wire_in_sub(list, list->pos, left, what);
	next = wire_in_u32(rec, what);
	size = next ? next : left;
	if (rec->err || size < min || size > left || next == left) {
		wire_in_fail(list, what);
		return -EBADMSG;
	}
	rec->len = size;
	list->pos += size;
	return 1;
}

/**
 * wire_out_init - write into a buffer
 * @o: the writer
 * @buf: the buffer
 * @cap: its size
 */
void wire_out_init(struct wire_out *o, void *buf, u32 cap)
{
	o->buf = buf;
	o->cap = cap;
	o->pos = 0;
	o->pdu = 0;
	o->overflow = false;
}

/* Room for the next @n bytes, or NULL. */
static u8 *out_take(struct wire_out *o, u32 n)
{
	u8 *p;

	if (o->overflow || n > o->cap - o->pos) {
		o->overflow = true;
		return NULL;
	}
	p = o->buf + o->pos;
	o->pos += n;
	return p;
}

/**
 * wire_out_u8 - write a number of one byte
 * @o: the writer
 * @v: the number
 */
void wire_out_u8(struct wire_out *o, u8 v)
{
	u8 *p = out_take(o, 1);

	if (p)
		*p = v;
}

/**
 * wire_out_u16 - write a number of two bytes
 * @o: the writer
 * @v: the number
 */
void wire_out_u16(struct wire_out *o, u16 v)
{
	u8 *p = out_take(o, 2);

	if (p)
		put_unaligned_le16(v, p);
}

/**
 * wire_out_u32 - write a number of four bytes
 * @o: the writer
 * @v: the number
 */
void wire_out_u32(struct wire_out *o, u32 v)
{
	u8 *p = out_take(o, 4);

	if (p)
		put_unaligned_le32(v, p);
}

/**
 * wire_out_u64 - write a number of eight bytes
 * @o: the writer
 * @v: the number
 */
void wire_out_u64(struct wire_out *o, u64 v)
{
	u8 *p = out_take(o, 8);

	if (p)
		put_unaligned_le64(v, p);
}

/**
 * wire_out_be32 - write a number of four bytes, most significant first
 * @o: the writer
 * @v: the number
 */
void wire_out_be32(struct wire_out *o, u32 v)
{
	u8 *p = out_take(o, 4);

	if (p)
		put_unaligned_be32(v, p);
}

/**
 * wire_out_bytes - write bytes
 * @o: the writer
 * @src: the bytes; may be NULL when @n is 0
 * @n: how many
 */
void wire_out_bytes(struct wire_out *o, const void *src, u32 n)
{
	u8 *p = out_take(o, n);

	if (p && n)
		memcpy(p, src, n);
}

/**
 * wire_out_blob - write bytes
 * @o: the writer
 * @b: the bytes
 */
void wire_out_blob(struct wire_out *o, const struct wire_blob *b)
{
	wire_out_bytes(o, b->ptr, b->len);
}

/**
 * wire_out_zero - write zeroes
 * @o: the writer
 * @n: how many bytes
 */
void wire_out_zero(struct wire_out *o, u32 n)
{
	u8 *p = out_take(o, n);

	if (p && n)
		memset(p, 0, n);
}

/**
 * wire_out_align - write padding
 * @o: the writer
 * @to: a power of two, counted from the start of the PDU
 */
void wire_out_align(struct wire_out *o, u32 to)
{
	wire_out_zero(o, -wire_out_off(o) & (to - 1));
}

/* The @n bytes at @at, which were written before, or NULL. */
static u8 *out_written(struct wire_out *o, u32 at, u32 n)
{
	if (o->overflow)
		return NULL;
	if (at > o->pos || n > o->pos - at) {
		o->overflow = true;
		return NULL;
	}
	return o->buf + at;
}

/**
 * wire_out_patch_u16 - change a number written before
 * @o: the writer
 * @at: where, from the start of the buffer
 * @v: the number
 */
void wire_out_patch_u16(struct wire_out *o, u32 at, u16 v)
{
	u8 *p = out_written(o, at, 2);

	if (p)
		put_unaligned_le16(v, p);
}

/**
 * wire_out_patch_u32 - change a number written before
 * @o: the writer
 * @at: where, from the start of the buffer
 * @v: the number
 */
void wire_out_patch_u32(struct wire_out *o, u32 at, u32 v)
{
	u8 *p = out_written(o, at, 4);

	if (p)
		put_unaligned_le32(v, p);
}

/**
 * wire_out_utf16 - write UTF-8 as UTF-16LE, without a NUL
 * @o: the writer
 * @s: the text
 * @len: its bytes
 *
 * Return: bytes written, -EILSEQ when @s is not UTF-8, -EMSGSIZE when it does
 * not fit.
 */
int wire_out_utf16(struct wire_out *o, const char *s, u32 len)
{
	int n = wire_utf16_from_utf8(NULL, 0, s, len, WIRE_UTF_STRICT);
	u8 *p;

	if (n == -ENAMETOOLONG)
		o->overflow = true;
	if (n < 0)
		return n == -ENAMETOOLONG ? -EMSGSIZE : n;
	p = out_take(o, n);
	if (!p)
		return -EMSGSIZE;
	return wire_utf16_from_utf8(p, n, s, len, WIRE_UTF_STRICT);
}
