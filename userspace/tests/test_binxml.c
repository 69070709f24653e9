// SPDX-License-Identifier: GPL-2.0-or-later
/* Events of Windows since Vista: userspace/cli/binxml.c and binvalue.c. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "binvalue.h"
#include "binxml.h"
#include "binxml_vectors.h"
#include "tap.h"

static const char simple[] =
	"{\"Event\": {\"Element1\": \"abc\", \"Element2\": \" def &< ghi \","
	" \"Element3\": {\"@AttrA\": \"abc\", \"@AttrB\": \"def&<ghi\"}}}";

/* As 4.8 has it, but for its time and record id, which its bytes have otherwise. */
static const char templates[] =
	"{\"Event\": {"
	" \"@xmlns\": \"http://schemas.microsoft.com/win/2004/08/events/event\","
	" \"System\": {"
	"  \"Provider\": {\"@Name\": \"Microsoft-Windows-Wevttest\","
	"   \"@Guid\": \"{03f41308-fa7b-4fb3-98b8-c2ed0a40d1ef}\"},"
	"  \"EventID\": \"100\", \"Version\": \"0\", \"Level\": \"1\","
	"  \"Task\": \"100\", \"Opcode\": \"1\","
	"  \"Keywords\": \"0x4000000000e00000\","
	"  \"TimeCreated\": {\"@SystemTime\": \"2006-06-14T21:40:54.625Z\"},"
	"  \"EventRecordID\": \"6\", \"Correlation\": \"\","
	"  \"Execution\": {\"@ProcessID\": \"2088\", \"@ThreadID\": \"2464\"},"
	"  \"Channel\": \"Microsoft-Windows-Wevttest/Operational/Wevttest\","
	"  \"Computer\": \"michaelm4-lh.ntdev.corp.microsoft.com\","
	"  \"Security\": {\"@UserID\":"
	"   \"S-1-5-21-397955417-626881126-188441444-2967838\"}},"
	" \"UserData\": {\"MyEvent\": {"
	"  \"@xmlns:auto-ns2\":"
	"   \"http://schemas.microsoft.com/win/2004/08/events\","
	"  \"@xmlns\": \"myNs\", \"Property\": \"1\", \"Property2\": \"2\"}}}}";

/* The sanitizers see every byte that is read beyond the copy. */
static json_t *decode(const uint8_t *bytes, size_t len, const char **wrong)
{
	uint8_t *copy = malloc(len ? len : 1);
	json_t *made;

	memcpy(copy, bytes, len);
	made = binxml_decode(copy, len, wrong);
	free(copy);
	return made;
}

static bool is(json_t *made, const char *text)
{
	json_t *wanted = json_loads(text, 0, NULL);
	bool same = wanted && json_equal(made, wanted);

	if (!same && made) {
		fputs("# ", stdout);
		json_dumpf(made, stdout, 0);
		putchar('\n');
	}
	json_decref(wanted);
	json_decref(made);
	return same;
}

static void test_example(const char *name, const uint8_t *bytes, size_t len,
			 const char *text)
{
	const char *wrong = "";
	bool refused = true;
	json_t *made = decode(bytes, len, &wrong);

	ok(is(made, text), "%s: %s", name, wrong ? wrong : "as in the document");
	for (size_t cut = 0; cut < len; cut++) {
		made = decode(bytes, cut, &wrong);
		refused = refused && !made && wrong;
		json_decref(made);
	}
	ok(refused, "%s: refused when cut short anywhere", name);
}

/* Every byte becomes some others: harmless, whatever comes of it. */
static void test_damage(const char *name, const uint8_t *bytes, size_t len)
{
	static const uint8_t values[] = { 0, 1, 4, 0x0c, 0x0d, 0x41, 0x7f, 0xff };
	uint8_t *copy = malloc(len);
	unsigned int refused = 0;
	const char *wrong;
	json_t *made;

	for (size_t at = 0; at < len; at++) {
		for (size_t v = 0; v < sizeof(values); v++) {
			memcpy(copy, bytes, len);
			copy[at] = values[v];
			made = decode(copy, len, &wrong);
			refused += !made;
			json_decref(made);
		}
	}
	ok(refused > 0, "%s: %u damaged ones refused", name, refused);
	free(copy);
}

/* ---- Bad fields ---------------------------------------------------------- */

static const struct {
	const char *field;
	size_t at;
	uint8_t value;
} fields[] = {
	{ "MajorVersion", 0x01, 2 },
	{ "TemplateDefByteLength", 0x18, 0xff },
	{ "ElementByteLength", 0x22, 0xe4 },
	{ "NameNumChars", 0x27, 0 },
	{ "AttributeListByteLength", 0x36, 0x0f },
	{ "StringType", 0x4b, 2 },
	{ "SubstitutionId", 0x1d6, 0x14 },
	{ "DependencyID", 0x19c, 0x44 },
	{ "NumValues", 0x50c, 0x7f },
	{ "ValueType", 0x50f, 0x44 },
	{ "ValueByteLength", 0x511, 0x02 },
	{ "EOFToken", 0x723, 1 },
};

static void test_fields(void)
{
	uint8_t copy[sizeof(binxml_templates)];
	const char *wrong;
	json_t *made;

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		memcpy(copy, binxml_templates, sizeof(copy));
		copy[fields[i].at] = fields[i].value;
		made = decode(copy, sizeof(copy), &wrong);
		ok(!made && wrong, "%s: %s", fields[i].field,
		   wrong ? wrong : "taken");
		json_decref(made);
	}
}

/* ---- Made by hand -------------------------------------------------------- */

struct made {
	uint8_t data[200000];
	size_t len;
};

static struct made made;

static void put(const void *bytes, size_t len)
{
	memcpy(made.data + made.len, bytes, len);
	made.len += len;
}

#define PUT(text) put(text, sizeof(text) - 1)

static void put_number(uint32_t value, size_t len)
{
	for (size_t i = 0; i < len; i++)
		made.data[made.len++] = (uint8_t)(value >> (8 * i));
}

static void set_length(size_t at)
{
	size_t len = made.len - at - 4, end = made.len;

	made.len = at;
	put_number((uint32_t)len, 4);
	made.len = end;
}

/* <A>%0</A> in a template, and its only value. */
static void one_value(uint8_t type, const void *value, uint16_t len)
{
	size_t template_at, element_at;

	made.len = 0;
	PUT("\x0f\x01\x01\0\x0c\0" "0123456789abcdef");
	template_at = made.len;
	put_number(0, 4);
	PUT("\x01\xff\xff");
	element_at = made.len;
	put_number(0, 4);
	PUT("\0\0\x01\0A\0\0\0" "\x02\x0d\0\0\x01\x04");
	set_length(element_at);
	PUT("\0");
	set_length(template_at);
	put_number(1, 4);
	put_number(len, 2);
	made.data[made.len++] = type;
	PUT("\0");
	put(value, len);
	PUT("\0");
}

static void test_value(const char *name, uint8_t type, const void *value,
		       uint16_t len, const char *text)
{
	const char *wrong = "";
	json_t *got;

	one_value(type, value, len);
	got = decode(made.data, made.len, &wrong);
	if (text)
		ok(is(got, text), "%s: %s", name, wrong ? wrong : text);
	else
		ok(!got && wrong, "%s: %s", name, wrong ? wrong : "taken");
	if (!text)
		json_decref(got);
}

#define VALUE(name, type, bytes, text) \
	test_value(name, type, bytes, sizeof(bytes) - 1, text)

static void test_values(void)
{
	VALUE("string with its zero", 0x01, "h\0i\0\0\0", "{\"A\": \"hi\"}");
	VALUE("ANSI string", 0x02, "h\xe9", "{\"A\": \"h?\"}");
	VALUE("Int8", 0x03, "\xff", "{\"A\": \"-1\"}");
	VALUE("Int16", 0x05, "\x00\x80", "{\"A\": \"-32768\"}");
	VALUE("Int32", 0x07, "\xfe\xff\xff\xff", "{\"A\": \"-2\"}");
	VALUE("Int64", 0x09, "\0\0\0\0\0\0\0\x80",
	      "{\"A\": \"-9223372036854775808\"}");
	VALUE("UInt64", 0x0a, "\xff\xff\xff\xff\xff\xff\xff\xff",
	      "{\"A\": \"18446744073709551615\"}");
	VALUE("Real32", 0x0b, "\0\0\xc0\xbf", "{\"A\": \"-1.5\"}");
	VALUE("Real64", 0x0c, "\0\0\0\0\0\0\x04\x40", "{\"A\": \"2.5\"}");
	VALUE("Bool of an octet", 0x0d, "\1", "{\"A\": \"true\"}");
	VALUE("Bool of four", 0x0d, "\0\0\0\0", "{\"A\": \"false\"}");
	VALUE("Binary", 0x0e, "\xde\xad", "{\"A\": \"dead\"}");
	VALUE("SizeT", 0x10, "\x12\0\0\0", "{\"A\": \"0x12\"}");
	VALUE("FileTime of 1601", 0x11, "\0\0\0\0\0\0\0\0",
	      "{\"A\": \"1601-01-01T00:00:00.000Z\"}");
	VALUE("FileTime of no calendar", 0x11, "\xff\xff\xff\xff\xff\xff\xff\x7f",
	      "{\"A\": \"9223372036854775807\"}");
	VALUE("SysTime", 0x12,
	      "\xe8\x07\x02\0\x04\0\x1d\0\x17\0\x3b\0\x01\0\x05\0",
	      "{\"A\": \"2024-02-29T23:59:01.005Z\"}");
	VALUE("HexInt32", 0x14, "\xef\xbe\0\0", "{\"A\": \"0xbeef\"}");
	VALUE("Null", 0x00, "", "{\"A\": \"\"}");
	VALUE("two bytes of an Int32", 0x07, "\1\2", NULL);
	VALUE("a SID that is cut", 0x13, "\1\2\0\0\0\0\0\5\1\0\0\0", NULL);
	VALUE("a type that nobody knows", 0x20, "", NULL);
	VALUE("BinXml that is none", 0x21, "\7", NULL);
	VALUE("array of strings", 0x81, "a\0\0\0b\0c\0\0\0",
	      "{\"A\": [\"a\", \"bc\"]}");
	VALUE("array of numbers", 0x86, "\1\0\2\0\3\0",
	      "{\"A\": [\"1\", \"2\", \"3\"]}");
	VALUE("array of one", 0x88, "\7\0\0\0", "{\"A\": \"7\"}");
}

/* A value that holds itself many times over would be without end. */
static void test_bomb(void)
{
	static uint8_t inner[60000];
	static uint8_t zeros[65534];
	const char *wrong = "";
	json_t *got;

	one_value(0x01, "x\0", 2);
	for (int i = 0; i < 200; i++) {
		if (made.len > sizeof(inner))
			break;
		memcpy(inner, made.data, made.len);
		one_value(0x21, inner, (uint16_t)made.len);
	}
	got = decode(made.data, made.len, &wrong);
	ok(!got && wrong, "templates in templates: %s", wrong ? wrong : "");
	json_decref(got);
	one_value(0x81, zeros, sizeof(zeros));
	got = decode(made.data, made.len, &wrong);
	ok(!got && wrong, "32767 empty strings: %s", wrong ? wrong : "");
	json_decref(got);
}

/* ---- Result sets --------------------------------------------------------- */

static void test_result(void)
{
	size_t total = 20 + sizeof(binxml_simple) + 4;
	const char *wrong = "";
	bool refused = true;
	json_t *got;

	made.len = 0;
	put_number((uint32_t)total, 4);
	put_number(16, 4);
	put_number(16, 4);
	put_number((uint32_t)total, 4);
	put_number(sizeof(binxml_simple), 4);
	put(binxml_simple, sizeof(binxml_simple));
	put_number(0, 4);
	ok(is(binxml_result(made.data, made.len, &wrong), simple),
	   "an event of a result set");
	for (size_t cut = 0; cut < made.len; cut++) {
		got = binxml_result(made.data, cut, &wrong);
		refused = refused && !got;
		json_decref(got);
	}
	ok(refused, "refused when cut short");
	made.data[8] = 200;
	got = binxml_result(made.data, made.len, &wrong);
	ok(!got, "eventOffset: %s", wrong);
	json_decref(got);
}

int main(void)
{
	test_example("elements", binxml_simple, sizeof(binxml_simple), simple);
	test_example("templates", binxml_templates, sizeof(binxml_templates),
		     templates);
	test_damage("elements", binxml_simple, sizeof(binxml_simple));
	test_damage("templates", binxml_templates, sizeof(binxml_templates));
	test_fields();
	test_values();
	test_bomb();
	test_result();
	return tap_done();
}
