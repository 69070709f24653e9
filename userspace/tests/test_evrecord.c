// SPDX-License-Identifier: GPL-2.0-or-later
/* The records of an event log: userspace/cli/evrecord.c. */
#include <stdlib.h>
#include <string.h>

#include "evrecord.h"
#include "tap.h"

/* Where the fields are, [MS-EVEN] 2.2.3. */
#define LENGTH		0
#define RESERVED	4
#define NUM_STRINGS	26
#define STRING_OFFSET	36
#define SID_LENGTH	40
#define SID_OFFSET	44
#define DATA_LENGTH	48
#define DATA_OFFSET	52

#define RECORD 112

/* "S" on "PC", from S-1-5-32-544, with "ab" and "", and three bytes. */
static const uint8_t good[RECORD] = {
	RECORD, 0, 0, 0, 'L', 'f', 'L', 'e', 7, 0, 0, 0,
	0x80, 0x51, 0x01, 0x00, 0x81, 0x51, 0x01, 0x00,
	0x01, 0x10, 0x00, 0x40, 4, 0, 2, 0, 3, 0, 0, 0, 0, 0, 0, 0,
	84, 0, 0, 0, 16, 0, 0, 0, 68, 0, 0, 0, 3, 0, 0, 0, 92, 0, 0, 0,
	'S', 0, 0, 0, 'P', 0, 'C', 0, 0, 0, 0, 0,
	1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 32, 2, 0, 0,
	'a', 0, 'b', 0, 0, 0, 0, 0,
	0xde, 0xad, 0xbe, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	RECORD, 0, 0, 0,
};

static const char wanted[] =
	"{\"RecordNumber\": 7, \"TimeGenerated\": 86400, \"TimeWritten\": 86401,"
	" \"EventID\": 1073745921, \"EventType\": 4, \"EventCategory\": 3,"
	" \"SourceName\": \"S\", \"Computername\": \"PC\","
	" \"UserSid\": \"S-1-5-32-544\", \"Strings\": [\"ab\", \"\"],"
	" \"Data\": \"deadbe\"}";

/* The sanitizers see every byte that is read beyond the copy. */
static json_t *decode(const uint8_t *bytes, size_t len, const char **wrong)
{
	uint8_t *copy = malloc(len ? len : 1);
	json_t *made;

	memcpy(copy, bytes, len);
	made = evrecord_decode(copy, len, wrong);
	free(copy);
	return made;
}

static bool is(json_t *made, size_t n)
{
	json_t *one = json_loads(wanted, 0, NULL);
	bool same = json_array_size(made) == n;
	size_t i;

	for (i = 0; i < n; i++)
		same = same && json_equal(json_array_get(made, i), one);
	json_decref(made);
	json_decref(one);
	return same;
}

static bool refused(const uint8_t *bytes, size_t len, const char *field)
{
	const char *wrong = NULL;
	json_t *made = decode(bytes, len, &wrong);
	bool right = !made && wrong && strcmp(wrong, field) == 0;

	if (!right)
		printf("# %s\n", wrong ? wrong : "taken");
	json_decref(made);
	return right;
}

/* One byte of the good record is another. */
static bool refused_with(size_t at, uint8_t value, const char *field)
{
	uint8_t bad[RECORD];

	memcpy(bad, good, RECORD);
	bad[at] = value;
	return refused(bad, RECORD, field);
}

static void test_vectors(void)
{
	uint8_t two[2 * RECORD], bare[RECORD];
	const char *wrong;
	json_t *made;

	memcpy(two, good, RECORD);
	memcpy(two + RECORD, good, RECORD);
	ok(is(decode(good, RECORD, &wrong), 1) && !wrong, "a record");
	ok(is(decode(two, sizeof(two), &wrong), 2), "two");
	ok(is(decode(good, 0, &wrong), 0), "none");
	memcpy(bare, good, RECORD);
	memset(bare + SID_LENGTH, 0, 16);
	bare[NUM_STRINGS] = bare[STRING_OFFSET] = 0;
	made = decode(bare, RECORD, &wrong);
	ok(json_array_size(made) == 1 &&
	   !json_array_size(json_object_get(json_array_get(made, 0), "Strings")),
	   "one without a user, texts and data");
	json_decref(made);
	/* A lone surrogate in the source's name. */
	bare[57] = 0xd8;
	made = decode(bare, RECORD, &wrong);
	ok(json_array_size(made) == 1 && strcmp(json_string_value(json_object_get(
		json_array_get(made, 0), "SourceName")), "\xef\xbf\xbd") == 0,
	   "a name that is not UTF-16");
	json_decref(made);
}

static void test_truncated(void)
{
	const char *wrong;
	size_t len, taken = 0;
	json_t *made;

	for (len = 1; len < RECORD; len++) {
		made = decode(good, len, &wrong);
		taken += !!made;
		json_decref(made);
	}
	ok(!taken, "a record that is cut short is refused, at every byte");
}

static void test_bad_fields(void)
{
	ok(refused_with(LENGTH, RECORD + 4, "Length"), "longer than what is there");
	ok(refused_with(LENGTH, 0, "Length"), "no length");
	ok(refused_with(LENGTH, 40, "Length"), "shorter than the fixed part");
	ok(refused_with(LENGTH, RECORD - 4, "Length2"), "another length at its end");
	ok(refused_with(RECORD - 4, RECORD - 1, "Length2"), "the same");
	ok(refused_with(RESERVED, 'l', "Reserved"), "no signature");
	ok(refused_with(NUM_STRINGS + 1, 1, "Strings"), "more texts than fit");
	ok(refused_with(STRING_OFFSET, RECORD + 1, "StringOffset"),
	   "texts behind the record");
	ok(refused_with(STRING_OFFSET, 8, "StringOffset"),
	   "texts in the fixed part");
	ok(refused_with(STRING_OFFSET + 3, 0xff, "StringOffset"), "far behind");
	ok(refused_with(SID_OFFSET, RECORD, "UserSid"), "a SID behind the record");
	ok(refused_with(SID_LENGTH, 12, "UserSid"), "a SID that is cut short");
	ok(refused_with(68, 2, "UserSid"), "a SID of another revision");
	ok(refused_with(69, 16, "UserSid"), "a SID of too many parts");
	ok(refused_with(DATA_LENGTH, RECORD, "Data"), "more data than fit");
	ok(refused_with(DATA_OFFSET + 1, 1, "Data"), "data behind the record");
}

static void test_damage(void)
{
	static const uint8_t values[] = { 0, 1, 0x7f, 0x80, 0xff };
	uint8_t bad[RECORD];
	const char *wrong;
	size_t at, i, silent = 0;
	json_t *made;

	for (at = 0; at < RECORD; at++) {
		for (i = 0; i < sizeof(values); i++) {
			memcpy(bad, good, RECORD);
			bad[at] = values[i];
			made = decode(bad, RECORD, &wrong);
			silent += !made == !wrong;
			json_decref(made);
		}
	}
	ok(!silent, "every byte damaged: refused with a reason, or taken");
}

int main(void)
{
	test_vectors();
	test_truncated();
	test_bad_fields();
	test_damage();
	return tap_done();
}
