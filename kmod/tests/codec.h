/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every codec under one roof, so that the tests that hold for all of them
 * (truncation, bad fields, round trip, fuzzing) are written once.
 */
#ifndef UNCFS_TESTS_CODEC_H
#define UNCFS_TESTS_CODEC_H

#include "../wire/cursor.h"
#include "../wire/smb2_hdr.h"

/**
 * struct codec_run - one decoding
 * @buf: the bytes, in memory of exactly @len bytes
 * @len: how many
 * @out: where to encode again what was decoded, or NULL
 * @outside: set when the decoder returned bytes that are not in @buf
 * @sum: of all the bytes the decoder returned, so that they are really read
 * @pdu: the PDU, for codecs of bodies
 * @hdr: its header
 */
struct codec_run {
	const u8 *buf;
	u32 len;
	struct wire_out *out;
	bool outside;
	u32 sum;
	struct wire_in pdu;
	struct wire_smb2_hdr hdr;
};

/* struct codec flags */
enum {
	/* Encoding again need not yield the same bytes (but the same meaning). */
	CODEC_LOOSE	= 1 << 0,
	/* Nothing encodes this. */
	CODEC_ONE_WAY	= 1 << 1,
	/* A list, so that nothing at all is a good one. */
	CODEC_LIST	= 1 << 2,
	/* Text: any prefix may be good. */
	CODEC_TEXT	= 1 << 3,
};

/**
 * struct codec - one decoder and its counterpart
 * @name: for the test report
 * @run: decodes, looks at all that came out, encodes again where asked to;
 *	returns 0, -EBADMSG or -EMSGSIZE
 * @good: a good vector
 * @len: its length
 * @min: shortest prefix of @good that is good, too; 0: @len
 * @flags: CODEC_*
 */
struct codec {
	const char *name;
	int (*run)(struct codec_run *run);
	const u8 *good;
	u32 len;
	u32 min;
	u32 flags;
};

extern const struct codec codecs_conn[];
extern const u32 codecs_conn_count;
extern const struct codec codecs_file[];
extern const u32 codecs_file_count;
extern const struct codec codecs_fscc[];
extern const u32 codecs_fscc_count;
extern const struct codec codecs_data[];
extern const u32 codecs_data_count;
extern const struct codec codecs_smb1[];
extern const u32 codecs_smb1_count;
extern const struct codec codecs_text[];
extern const u32 codecs_text_count;

const struct codec *codec_at(u32 index);
int codec_decode(const struct codec *codec, struct codec_run *run,
		 const u8 *buf, u32 len);
int codec_encode(const struct codec *codec, const u8 *buf, u32 len,
		 struct wire_out *out);
void codec_touch(struct codec_run *run, const struct wire_blob *blob);
int codec_pdu(struct codec_run *run);
int codec_pdu_done(struct codec_run *run, int err);

#define CODEC_CASE(id, vector, ...) \
	{ .name = #vector, .run = run_##id, .good = vec_##vector, \
	  .len = sizeof(vec_##vector), ##__VA_ARGS__ }

/*
 * A decoder of a body and the encoder of the other side. The blobs in what was
 * decoded, which is called v, are given to codec_touch() by the last argument.
 */
#define CODEC_PDU(id, type, decode, encode, ...) \
static int run_##id(struct codec_run *run) \
{ \
	type v; \
	int err = codec_pdu(run); \
\
	if (!err) \
		err = decode(&run->pdu, &v); \
	if (err) \
		return err; \
	__VA_ARGS__; \
	return run->out ? codec_pdu_done(run, encode(run->out, &v)) : 0; \
}

/* A body that is nothing but a StructureSize. */
#define CODEC_EMPTY(id, decode, encode) \
static int run_##id(struct codec_run *run) \
{ \
	int err = codec_pdu(run); \
\
	if (!err) \
		err = decode(&run->pdu); \
	if (err || !run->out) \
		return err; \
	return codec_pdu_done(run, encode(run->out)); \
}

/* A decoder of a plain buffer. */
#define CODEC_BLOB(id, type, decode, encode, ...) \
static int run_##id(struct codec_run *run) \
{ \
	struct wire_blob blob = { .ptr = run->buf, .len = run->len }; \
	type v; \
	int err = decode(&blob, &v); \
\
	if (err) \
		return err; \
	__VA_ARGS__; \
	return run->out ? encode(run->out, &v) : 0; \
}

#define CODEC_TOUCH(member) codec_touch(run, &v.member)

#endif /* UNCFS_TESTS_CODEC_H */
