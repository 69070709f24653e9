// SPDX-License-Identifier: GPL-2.0-or-later
/* Buffers with records that are not NDR: userspace/cli/infobuf.c. */
#include <stdlib.h>
#include <string.h>

#include "infobuf.h"
#include "tap.h"

static const struct info_field fields[] = {
	{ "Flags", INFO_U32 },
	{ "pDescription", INFO_TEXT },
	{ "pName", INFO_TEXT },
	{ "Reserved", INFO_SKIP },
	{ NULL, 0 }
};

static const struct info_field times[] = {
	{ "Submitted", INFO_TIME },
	{ NULL, 0 }
};

#define RECORD 16

/*
 * Two records of 16 bytes, then free space, then texts from the end, as
 * [MS-RPRN] 2.2.2 draws it: "Zug" with an umlaut at 52, "b" at 48, none.
 */
static const uint8_t good[] = {
	0x00, 0x80, 0x80, 0x00,  52, 0, 0, 0,  48, 0, 0, 0,  1, 2, 3, 4,
	0x07, 0, 0, 0,           0, 0, 0, 0,   52, 0, 0, 0,  1, 2, 3, 4,
	0xaa, 0xaa, 0xaa, 0xaa,  0xaa, 0xaa, 0xaa, 0xaa,
	0xaa, 0xaa, 0xaa, 0xaa,  0xaa, 0xaa, 0xaa, 0xaa,
	'b', 0, 0, 0,
	'Z', 0, 0xfc, 0, 'g', 0, 0, 0,
};

static const char wanted[] =
	"[{\"Flags\": 8421376, \"pDescription\": \"Z\xc3\xbcg\", \"pName\": \"b\"},"
	" {\"Flags\": 7, \"pDescription\": \"\", \"pName\": \"Z\xc3\xbcg\"}]";

/* The sanitizers see every byte that is read beyond the copy. */
static json_t *decode(const uint8_t *bytes, size_t len, uint32_t count,
		      const struct info_field *of, const char **wrong)
{
	uint8_t *copy = malloc(len ? len : 1);
	json_t *made;

	memcpy(copy, bytes, len);
	made = info_decode(copy, len, count, of, wrong);
	free(copy);
	return made;
}

static bool is(json_t *json, const char *text)
{
	json_t *other = json_loads(text, 0, NULL);
	bool same = json && other && json_equal(json, other);

	json_decref(json);
	json_decref(other);
	return same;
}

static bool refused(const uint8_t *bytes, size_t len, uint32_t count,
		    const char *field)
{
	const char *wrong = NULL;
	json_t *made = decode(bytes, len, count, fields, &wrong);

	json_decref(made);
	return !made && wrong && strcmp(wrong, field) == 0;
}

/* One byte of the good buffer is another. */
static bool refused_with(size_t at, uint8_t value, const char *field)
{
	uint8_t bad[sizeof(good)];

	memcpy(bad, good, sizeof(good));
	bad[at] = value;
	return refused(bad, sizeof(bad), 2, field);
}

static void test_vectors(void)
{
	static const uint8_t time[] = {
		0xea, 7, 11, 0, 6, 0, 21, 0, 9, 0, 5, 0, 3, 0, 0xe7, 3,
	};
	const char *wrong;

	ok(is(decode(good, sizeof(good), 2, fields, &wrong), wanted) && !wrong,
	   "two records");
	ok(is(decode(good, sizeof(good), 0, fields, &wrong), "[]"), "none");
	ok(is(decode(good, 0, 0, fields, &wrong), "[]"), "nothing at all");
	ok(is(decode(time, sizeof(time), 1, times, &wrong),
	      "[{\"Submitted\": \"2026-11-21T09:05:03Z\"}]"), "a time");
}

static void test_truncated(void)
{
	const char *wrong;
	size_t len, taken = 0;
	json_t *made;

	for (len = 0; len < sizeof(good); len++) {
		made = decode(good, len, 2, fields, &wrong);
		taken += !!made;
		json_decref(made);
	}
	ok(!taken, "a buffer that is cut short is refused, at every byte");
	ok(refused(good, RECORD - 1, 1, "pDescription"),
	   "a text behind the end of a short buffer");
	ok(refused(good + RECORD, RECORD - 1, 1, "pName"), "of the second, too");
}

static void test_bad_fields(void)
{
	ok(refused(good, sizeof(good), 4, "pDescription"), "more records than are there");
	ok(refused(good, sizeof(good), UINT32_MAX, "pDescription"),
	   "far more records");
	ok(refused_with(4, 255, "pDescription"), "an offset behind the end");
	ok(refused_with(11, 255, "pName"), "one far behind it");
	ok(refused_with(4, 59, "pDescription"), "a text that starts in the last byte");
	ok(refused_with(sizeof(good) - 2, 1, "pDescription"), "a text without an end");
	ok(refused_with(55, 0xdc, "pDescription"), "half of a surrogate pair");
}

/* All records have the same text, which is nearly the whole buffer. */
static void test_shared(void)
{
	static const struct info_field one[] = {
		{ "pName", INFO_TEXT }, { NULL, 0 }
	};
	static uint8_t many[8192];
	const char *wrong;
	json_t *made;

	memset(many, 'x', sizeof(many));
	memset(many + sizeof(many) - 2, 0, 2);
	for (size_t i = 0; i < 512; i++)
		memcpy(many + 4 * i, (uint8_t[]){ 0, 8, 0, 0 }, 4);
	made = decode(many, sizeof(many), 8, one, &wrong);
	ok(made, "eight records share a long text");
	json_decref(made);
	made = decode(many, sizeof(many), 512, one, &wrong);
	ok(!made && strcmp(wrong, "pName") == 0, "but not hundreds");
	json_decref(made);
}

int main(void)
{
	test_vectors();
	test_truncated();
	test_bad_fields();
	test_shared();
	return tap_done();
}
