/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Small helpers of the suites that look at single fields of good vectors. */
#ifndef UNCFS_TESTS_FIELD_H
#define UNCFS_TESTS_FIELD_H

#include <kunit/test.h>
#include "../wire/smb2_hdr.h"

/* A reader at the body of the only PDU of a vector. */
#define FIELD_PDU(test, vector, in, hdr) do { \
	struct wire_in msg_; \
	wire_in_init(&msg_, vector, sizeof(vector)); \
	KUNIT_ASSERT_EQ(test, 1, wire_smb2_pdu_next(&msg_, in, hdr)); \
} while (0)

#define FIELD_BLOB(vector) \
	(&(struct wire_blob){ .ptr = vector, .len = sizeof(vector) })

/* An ASCII text as UTF-16LE. */
static inline bool field_is_text(const struct wire_blob *blob, const char *text)
{
	u32 i, len = strlen(text);

	if (blob->len != 2 * len)
		return false;
	for (i = 0; i < len; i++)
		if (get_unaligned_le16(blob->ptr + 2 * i) != (u8)text[i])
			return false;
	return true;
}

#define FIELD_EXPECT_TEXT(test, blob, text) \
	KUNIT_EXPECT_TRUE(test, field_is_text(blob, text))

/* The reverse, into memory of the caller's. */
static inline struct wire_blob field_text(u8 *buf, const char *text)
{
	u32 i, len = strlen(text);

	for (i = 0; i < len; i++)
		put_unaligned_le16((u8)text[i], buf + 2 * i);
	return (struct wire_blob){ .ptr = buf, .len = 2 * len };
}

#endif /* UNCFS_TESTS_FIELD_H */
