// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What holds for every codec: the good vector is taken, every shorter one is
 * refused, no changed field makes the decoder read beside the buffer, and what
 * was decoded and encoded again means the same.
 */
#include <kunit/test.h>
#include <linux/slab.h>
#include "codec.h"

enum {
	/* Bytes that a codec may grow by when it is encoded again. */
	CODEC_SLACK	= 1024,
};

static const void *codec_params(const void *prev, char *desc)
{
	const struct codec *codec;
	u32 i = 0;

	if (prev)
		while (codec_at(i++) != prev)
			;
	codec = codec_at(i);
	if (codec)
		strscpy(desc, codec->name, KUNIT_PARAM_DESC_SIZE);
	return codec;
}

/* A heap copy of exactly this size, so that KASAN and ASan see its end. */
static u8 *exact_copy(struct kunit *test, const void *from, u32 len)
{
	u8 *copy = kmalloc(len, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, copy);
	memcpy(copy, from, len);
	return copy;
}

static void codec_good(struct kunit *test)
{
	const struct codec *codec = test->param_value;
	u8 *copy = exact_copy(test, codec->good, codec->len);
	struct codec_run run;

	KUNIT_EXPECT_EQ(test, 0, codec_decode(codec, &run, copy, codec->len));
	KUNIT_EXPECT_FALSE(test, run.outside);
	kfree(copy);
}

static void codec_truncated(struct kunit *test)
{
	const struct codec *codec = test->param_value;
	u32 min = codec->min ?: codec->len;
	u32 first = codec->flags & CODEC_LIST ? 1 : 0;
	struct codec_run run;
	u8 *copy;
	int err;
	u32 n;

	for (n = first; n < codec->len; n++) {
		copy = exact_copy(test, codec->good, n);
		err = codec_decode(codec, &run, copy, n);
		if (err || !(codec->flags & CODEC_TEXT))
			KUNIT_EXPECT_EQ_MSG(test, n < min ? -EBADMSG : 0, err,
					    "%u of %u bytes", n, codec->len);
		KUNIT_EXPECT_FALSE(test, run.outside);
		kfree(copy);
	}
}

static u64 field_get(const u8 *at, u32 size)
{
	switch (size) {
	case 1:
		return *at;
	case 2:
		return get_unaligned_le16(at);
	case 4:
		return get_unaligned_le32(at);
	}
	return get_unaligned_le64(at);
}

static void field_put(u64 value, u8 *at, u32 size)
{
	switch (size) {
	case 1:
		*at = value;
		break;
	case 2:
		put_unaligned_le16(value, at);
		break;
	case 4:
		put_unaligned_le32(value, at);
		break;
	default:
		put_unaligned_le64(value, at);
		break;
	}
}

/* Decode with one field changed; @copy is as before afterwards. */
static void bad_field(struct kunit *test, u8 *copy, u32 at, u32 size, u64 value)
{
	const struct codec *codec = test->param_value;
	u64 was = field_get(copy + at, size);
	struct codec_run run;
	int err;

	field_put(value, copy + at, size);
	err = codec_decode(codec, &run, copy, codec->len);
	if (run.outside || (err && err != -EBADMSG && err != -EINVAL))
		KUNIT_FAIL(test, "%s: %u bytes at %u: %s, %d", codec->name, size,
			   at, run.outside ? "reads outside" : "error", err);
	field_put(was, copy + at, size);
}

/* Fields are wherever they are: every offset, every size. */
static void codec_bad_fields(struct kunit *test)
{
	const struct codec *codec = test->param_value;
	u8 *copy = exact_copy(test, codec->good, codec->len);
	u32 at, size;
	u64 value;

	for (size = 1; size <= 8; size *= 2) {
		for (at = 0; at + size <= codec->len; at++) {
			value = field_get(copy + at, size);
			bad_field(test, copy, at, size, 0);
			bad_field(test, copy, at, size, 1);
			bad_field(test, copy, at, size, U64_MAX);
			bad_field(test, copy, at, size, U64_MAX >> 1);
			bad_field(test, copy, at, size, value - 1);
			bad_field(test, copy, at, size, value + 1);
		}
	}
	kfree(copy);
}

/* Encode what @buf says into memory of the caller's, which frees it. */
static u8 *again(struct kunit *test, const u8 *buf, u32 len, u32 *out_len)
{
	const struct codec *codec = test->param_value;
	u32 room = len + CODEC_SLACK;
	u8 *copy = exact_copy(test, buf, len);
	u8 *out = kzalloc(room, GFP_KERNEL);
	struct wire_out o;

	KUNIT_ASSERT_NOT_NULL(test, out);
	wire_out_init(&o, out, room);
	KUNIT_EXPECT_EQ(test, 0, codec_encode(codec, copy, len, &o));
	KUNIT_EXPECT_FALSE(test, o.overflow);
	*out_len = o.pos;
	kfree(copy);
	return out;
}

/*
 * What was decoded is encoded by the other side's half.  Most senders lay out
 * a message as we do, so that the same bytes come out; where one does not,
 * a second round must at least yield the same as the first.
 */
static void codec_round_trip(struct kunit *test)
{
	const struct codec *codec = test->param_value;
	u32 first_len, second_len;
	u8 *first, *second;

	if (codec->flags & CODEC_ONE_WAY)
		return;
	first = again(test, codec->good, codec->len, &first_len);
	if (!(codec->flags & CODEC_LOOSE)) {
		KUNIT_EXPECT_EQ(test, codec->len, first_len);
		KUNIT_EXPECT_MEMEQ(test, codec->good, first,
				   min(codec->len, first_len));
	}
	second = again(test, first, first_len, &second_len);
	KUNIT_EXPECT_EQ(test, first_len, second_len);
	KUNIT_EXPECT_MEMEQ(test, first, second, min(first_len, second_len));
	kfree(first);
	kfree(second);
}

/* Each encoder stops at the end of its buffer, wherever that is. */
static void codec_no_room(struct kunit *test)
{
	const struct codec *codec = test->param_value;
	u32 len, room;
	u8 *whole, *out;
	struct wire_out o;

	if (codec->flags & CODEC_ONE_WAY)
		return;
	whole = again(test, codec->good, codec->len, &len);
	for (room = 0; room < len; room++) {
		out = kmalloc(room, GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, out);
		wire_out_init(&o, out, room);
		KUNIT_EXPECT_EQ(test, -EMSGSIZE,
				codec_encode(codec, codec->good, codec->len, &o));
		kfree(out);
	}
	kfree(whole);
}

static struct kunit_case codec_cases[] = {
	KUNIT_CASE_PARAM(codec_good, codec_params),
	KUNIT_CASE_PARAM(codec_truncated, codec_params),
	KUNIT_CASE_PARAM(codec_bad_fields, codec_params),
	KUNIT_CASE_PARAM(codec_round_trip, codec_params),
	KUNIT_CASE_PARAM(codec_no_room, codec_params),
	{}
};

static struct kunit_suite codec_suite = {
	.name = "uncfs_codec",
	.test_cases = codec_cases,
};

kunit_test_suite(codec_suite);
