// SPDX-License-Identifier: GPL-2.0-or-later
/* The file of an offline join: there and back, and what is none. */
#include <string.h>

#include "odj.h"
#include "tap.h"

#define SID	"S-1-5-21-1-2-3"
#define GUID	"01020304-0506-0708-090a-0b0c0d0e0f10"

static json_t *example(void)
{
	json_t *domain = json_pack("{s:{s:s}, s:{s:s}, s:{s:s}, s:s, s:s}",
		"Name", "Buffer", "LAB", "DnsDomainName", "Buffer", "lab.test",
		"DnsForestName", "Buffer", "lab.test", "DomainGuid", GUID,
		"Sid", SID);
	json_t *dc = json_pack("{s:s, s:s, s:i, s:s, s:s, s:s, s:i, s:s, s:n}",
		"DomainControllerName", "\\\\dc1.lab.test",
		"DomainControllerAddress", "\\\\10.99.0.1",
		"DomainControllerAddressType", 1, "DomainGuid", GUID,
		"DomainName", "lab.test", "DnsForestName", "lab.test", "Flags",
		13, "DcSiteName", "Site", "ClientSiteName");

	return json_pack("{s:s, s:s, s:s, s:o, s:o, s:i}", "lpDomain",
			 "lab.test", "lpMachineName", "PC",
			 "lpMachinePassword", "geh\xc3\xa4im", "DnsDomainInfo",
			 domain, "DcInfo", dc, "Options", 2);
}

static bool is(const json_t *blob, const char *name, const char *text)
{
	const char *found = json_string_value(json_object_get(blob, name));

	return found && strcmp(found, text) == 0;
}

static void test_whole(const uint8_t *file, size_t len)
{
	const char *why = NULL;
	json_t *blob = odj_decode(file, len, &why);
	json_t *domain = json_object_get(blob, "DnsDomainInfo");

	ok(file[0] == 0xff && file[1] == 0xfe && len > 200 && len % 2 == 0,
	   "UTF-16 with its mark");
	ok(blob && !why, "read again (%s)", why ? why : "good");
	ok(is(blob, "lpMachineName", "PC") && is(domain, "Sid", SID) &&
	   is(blob, "lpMachinePassword", "geh\xc3\xa4im"),
	   "what was written");
	ok(is(json_object_get(blob, "DcInfo"), "DomainGuid", GUID) &&
	   json_integer_value(json_object_get(blob, "Options")) == 2,
	   "to its end");
	json_decref(blob);
}

/* The same letters as plain text, in lines */
static void test_plain(const uint8_t *file, size_t len)
{
	uint8_t *text = malloc(2 * len);
	const char *why = NULL;
	size_t used = 0;
	json_t *blob;

	for (size_t i = 2; i < len - 2; i += 2) {
		text[used++] = file[i];
		if (used % 65 == 64)
			text[used++] = '\n';
	}
	blob = odj_decode(text, used, &why);
	ok(is(blob, "lpMachineName", "PC"), "in lines of plain text");
	json_decref(blob);
	free(text);
}

/* Whatever is cut off or turned around: an answer, and a reason when it is none. */
static void test_bad(const uint8_t *file, size_t len)
{
	uint8_t *copy = malloc(len);
	unsigned int seed = 1, silent = 0, cut_good = 0;
	const char *why;
	json_t *blob;

	for (size_t cut = 0; cut < len; cut++) {
		memcpy(copy, file, cut);
		why = NULL;
		blob = odj_decode(copy, cut, &why);
		cut_good += blob && cut + 12 < len;
		silent += !blob && !why;
		json_decref(blob);
	}
	ok(!cut_good && !silent, "cut anywhere");
	for (int i = 0; i < 20000; i++) {
		memcpy(copy, file, len);
		for (int n = 0; n < 3; n++) {
			seed = seed * 1103515245 + 12345;
			copy[(seed >> 8) % len & ~1ul] = (uint8_t)
				"ABCDEFGHijklmnop0189+/=\n"[(seed >> 3) % 24];
		}
		why = NULL;
		blob = odj_decode(copy, len, &why);
		silent += !blob && !why;
		json_decref(blob);
	}
	ok(!silent, "other letters anywhere");
	free(copy);
	ok(!odj_decode((const uint8_t *)"", 0, &why) &&
	   !odj_decode((const uint8_t *)"!!!!", 4, &why) &&
	   !odj_decode((const uint8_t *)"AAAA", 4, &why), "nothing of it");
	copy = calloc(1, ODJ_FILE_MAX + 1);
	ok(!odj_decode(copy, ODJ_FILE_MAX + 1, &why) &&
	   strcmp(why, "it is too long") == 0, "one that is too long");
	free(copy);
}

int main(void)
{
	json_t *blob = example(), *none = json_pack("{s:i}", "lpDomain", 1);
	size_t len = 0;
	uint8_t *file = odj_encode(blob, SID "-1105", &len), *old;

	ok(file, "written");
	if (file) {
		test_whole(file, len);
		test_plain(file, len);
		test_bad(file, len);
	}
	old = odj_encode(blob, NULL, &len);
	ok(old, "written for Windows 7 alone");
	if (old)
		test_plain(old, len);
	free(old);
	ok(!odj_encode(none, NULL, &len), "what is no blob is not written");
	free(file);
	json_decref(blob);
	json_decref(none);
	return tap_done();
}
