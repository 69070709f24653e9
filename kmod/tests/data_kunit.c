// SPDX-License-Identifier: GPL-2.0-or-later
/* What the codecs of ranges, copies, attributes and streams read and write. */
#include "field.h"
#include "mirror_data.h"
#include "vectors.h"

static void ranges(struct kunit *test)
{
	struct wire_fscc_range range;
	struct wire_in list;

	wire_in_init(&list, vec_fscc_ranges, sizeof(vec_fscc_ranges));
	KUNIT_ASSERT_EQ(test, 1, wire_fscc_range_next(&list, &range));
	KUNIT_EXPECT_EQ(test, 0, range.offset);
	KUNIT_EXPECT_EQ(test, 65536, range.length);
	KUNIT_ASSERT_EQ(test, 1, wire_fscc_range_next(&list, &range));
	KUNIT_ASSERT_EQ(test, 1, wire_fscc_range_next(&list, &range));
	KUNIT_EXPECT_EQ(test, 1ULL << 40, range.offset);
	KUNIT_EXPECT_EQ(test, 1, range.length);
	KUNIT_EXPECT_EQ(test, 0, wire_fscc_range_next(&list, &range));
}

/* What would be negative as a loff_t never reaches those who count with it. */
static void ranges_beyond(struct kunit *test)
{
	static const struct wire_fscc_range bad[] = {
		{ U64_MAX, 0 }, { 0, U64_MAX }, { 1, S64_MAX }, { S64_MAX, 1 },
	};
	struct wire_fscc_range range;
	struct wire_out out;
	struct wire_in list;
	u8 buf[16];
	int i;

	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		wire_out_init(&out, buf, sizeof(buf));
		KUNIT_ASSERT_EQ(test, 0, wire_fscc_range_encode(&out, &bad[i]));
		wire_in_init(&list, buf, sizeof(buf));
		KUNIT_EXPECT_EQ(test, -EBADMSG,
				wire_fscc_range_next(&list, &range));
	}
}

static void zeroes(struct kunit *test)
{
	struct wire_fscc_zero_data zero;
	struct wire_fscc_duplicate dup;
	int err;

	err = mirror_fscc_zero_data_decode(FIELD_BLOB(vec_fscc_zero_data),
					   &zero);
	KUNIT_ASSERT_EQ(test, 0, err);
	KUNIT_EXPECT_EQ(test, 4096, zero.offset);
	KUNIT_EXPECT_EQ(test, 1ULL << 33, zero.beyond);
	err = mirror_fscc_duplicate_decode(FIELD_BLOB(vec_fscc_duplicate),
					   &dup);
	KUNIT_ASSERT_EQ(test, 0, err);
	KUNIT_EXPECT_EQ(test, 0x1122334455667788ULL,
			dup.source.persistent_id);
	KUNIT_EXPECT_EQ(test, 1 << 20, dup.target_offset);
	KUNIT_EXPECT_EQ(test, 65536, dup.length);
}

static void copying(struct kunit *test)
{
	struct wire_smb2_copychunk none = {};
	struct mirror_smb2_copychunk copy;
	struct wire_smb2_copychunk_rsp rsp;
	u8 key[WIRE_SMB2_RESUME_KEY_SIZE];
	struct wire_out out;
	u8 buf[64];
	int err;

	err = wire_smb2_resume_key_decode(FIELD_BLOB(vec_resume_key_rsp), key);
	KUNIT_ASSERT_EQ(test, 0, err);
	err = mirror_smb2_copychunk_decode(FIELD_BLOB(vec_copychunk_req),
					   &copy);
	KUNIT_ASSERT_EQ(test, 0, err);
	KUNIT_EXPECT_MEMEQ(test, key, copy.copy.key, sizeof(key));
	KUNIT_EXPECT_EQ(test, 2, copy.copy.count);
	KUNIT_EXPECT_EQ(test, 1 << 21, copy.chunks[1].target);
	KUNIT_EXPECT_EQ(test, 777, copy.chunks[1].length);
	err = wire_smb2_copychunk_rsp_decode(FIELD_BLOB(vec_copychunk_rsp),
					     &rsp);
	KUNIT_ASSERT_EQ(test, 0, err);
	KUNIT_EXPECT_EQ(test, (1 << 20) + 777, rsp.bytes);
	wire_out_init(&out, buf, sizeof(buf));
	KUNIT_EXPECT_EQ(test, -EINVAL, wire_smb2_copychunk_encode(&out, &none));
}

static bool is(const struct wire_blob *blob, const char *text)
{
	return blob->len == strlen(text) &&
	       !memcmp(blob->ptr, text, blob->len);
}

static void attributes(struct kunit *test)
{
	struct wire_fscc_ea ea;
	struct wire_in list;

	wire_in_init(&list, vec_fscc_eas, sizeof(vec_fscc_eas));
	KUNIT_ASSERT_EQ(test, 1, wire_fscc_ea_next(&list, &ea));
	KUNIT_EXPECT_TRUE(test, is(&ea.name, "COLOUR"));
	KUNIT_EXPECT_TRUE(test, is(&ea.value, "blue"));
	KUNIT_ASSERT_EQ(test, 1, wire_fscc_ea_next(&list, &ea));
	KUNIT_EXPECT_EQ(test, 0, ea.value.len);
	KUNIT_ASSERT_EQ(test, 1, wire_fscc_ea_next(&list, &ea));
	KUNIT_EXPECT_TRUE(test, is(&ea.name, "comment"));
	KUNIT_EXPECT_EQ(test, 25, ea.value.len);
	KUNIT_EXPECT_EQ(test, 0, wire_fscc_ea_next(&list, &ea));
}

/* The lengths of an attribute have eight and sixteen bits. */
static void attributes_beyond(struct kunit *test)
{
	static const u8 bytes[256];
	struct wire_fscc_ea ea = {
		.name = { .ptr = bytes, .len = 256 },
		.value = { .ptr = bytes, .len = 1 },
	};
	struct wire_out out;
	u8 buf[16];

	wire_out_init(&out, buf, sizeof(buf));
	KUNIT_EXPECT_EQ(test, -EINVAL, wire_fscc_ea_encode(&out, &ea));
	ea.name.len = 0;
	KUNIT_EXPECT_EQ(test, -EINVAL, wire_fscc_ea_encode(&out, &ea));
	ea.name.len = 1;
	ea.value.len = 65536;
	KUNIT_EXPECT_EQ(test, -EINVAL, wire_fscc_ea_encode(&out, &ea));
}

static void streams(struct kunit *test)
{
	struct wire_fscc_stream stream;
	struct wire_in list;

	wire_in_init(&list, vec_fscc_streams, sizeof(vec_fscc_streams));
	KUNIT_ASSERT_EQ(test, 1, wire_fscc_stream_next(&list, &stream));
	FIELD_EXPECT_TEXT(test, &stream.name, "::$DATA");
	KUNIT_EXPECT_EQ(test, 100000, stream.size);
	KUNIT_ASSERT_EQ(test, 1, wire_fscc_stream_next(&list, &stream));
	FIELD_EXPECT_TEXT(test, &stream.name, ":Zone.Identifier:$DATA");
	KUNIT_EXPECT_EQ(test, 26, stream.size);
	KUNIT_ASSERT_EQ(test, 1, wire_fscc_stream_next(&list, &stream));
	KUNIT_EXPECT_EQ(test, 0, stream.size);
	KUNIT_EXPECT_EQ(test, 0, wire_fscc_stream_next(&list, &stream));
}

static struct kunit_case data_cases[] = {
	KUNIT_CASE(ranges),
	KUNIT_CASE(ranges_beyond),
	KUNIT_CASE(zeroes),
	KUNIT_CASE(copying),
	KUNIT_CASE(attributes),
	KUNIT_CASE(attributes_beyond),
	KUNIT_CASE(streams),
	{}
};

static struct kunit_suite data_suite = {
	.name = "uncfs_wire_data",
	.test_cases = data_cases,
};

kunit_test_suite(data_suite);
