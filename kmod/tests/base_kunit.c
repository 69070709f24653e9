// SPDX-License-Identifier: GPL-2.0-or-later
/* What the codecs stand on: cursors, names, times, status codes, key names. */
#include "../wire/fscc.h"
#include "../wire/gmt.h"
#include "../wire/kdf.h"
#include "../wire/name_map.h"
#include "../wire/logon.h"
#include "../wire/ntstatus.h"
#include "../wire/utf16.h"
#include "field.h"
#include "vectors.h"

/* After the first failure nothing moves and all reads are zero. */
static void cursor_in(struct kunit *test)
{
	static const u8 bytes[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9 };
	struct wire_blob blob;
	struct wire_in in;

	wire_in_init(&in, bytes, sizeof(bytes));
	KUNIT_EXPECT_EQ(test, 1, wire_in_u8(&in, "a"));
	KUNIT_EXPECT_EQ(test, 0x0302, wire_in_u16(&in, "b"));
	KUNIT_EXPECT_EQ(test, 0x07060504, wire_in_u32(&in, "c"));
	KUNIT_EXPECT_EQ(test, 2, wire_in_left(&in));
	KUNIT_EXPECT_EQ(test, 0, wire_in_u32(&in, "d"));
	KUNIT_EXPECT_STREQ(test, "d", in.err);
	KUNIT_EXPECT_EQ(test, 0, wire_in_u8(&in, "e"));
	KUNIT_EXPECT_STREQ(test, "d", in.err);
	KUNIT_EXPECT_EQ(test, 0, wire_in_left(&in));
	KUNIT_EXPECT_EQ(test, -EBADMSG, wire_in_errno(&in));
	/* offsets and lengths whose sum overflows */
	wire_in_init(&in, bytes, sizeof(bytes));
	blob = wire_in_blob(&in, U32_MAX, 2, "f");
	KUNIT_EXPECT_EQ(test, 0, blob.len);
	KUNIT_EXPECT_EQ(test, -EBADMSG, wire_in_errno(&in));
	wire_in_init(&in, bytes, sizeof(bytes));
	wire_in_blob(&in, 2, U32_MAX, "g");
	KUNIT_EXPECT_EQ(test, -EBADMSG, wire_in_errno(&in));
	wire_in_init(&in, bytes, sizeof(bytes));
	blob = wire_in_blob(&in, 9, 0, "h");
	KUNIT_EXPECT_EQ(test, 0, wire_in_errno(&in));
	KUNIT_EXPECT_NOT_NULL(test, blob.ptr);
}

static void cursor_out(struct kunit *test)
{
	u8 buf[8] = { };
	struct wire_out o;

	wire_out_init(&o, buf, sizeof(buf));
	wire_out_u16(&o, 0x0201);
	wire_out_align(&o, 4);
	wire_out_be32(&o, 0x05060708);
	KUNIT_EXPECT_EQ(test, 0, wire_out_errno(&o));
	KUNIT_EXPECT_MEMEQ(test, "\1\2\0\0\5\6\7\10", buf, 8);
	wire_out_u8(&o, 9);
	KUNIT_EXPECT_EQ(test, -EMSGSIZE, wire_out_errno(&o));
	KUNIT_EXPECT_EQ(test, 8, o.pos);
}

struct name_case {
	const char *name;
	const char *utf8;
	const char *utf16;
	int len;	/* of @utf16 in bytes, or an errno */
};

static const struct name_case name_cases[] = {
	{ "ascii", "ab", "a\0b\0", 4 },
	{ "two_bytes", "\xc3\xbc", "\xfc\0", 2 },
	{ "three_bytes", "\xe2\x82\xac", "\xac\x20", 2 },
	{ "four_bytes", "\xf0\x9f\x8e\x89", "\x3c\xd8\x89\xdf", 4 },
	{ "overlong", "\xc0\xaf", "", -EILSEQ },
	{ "overlong_3", "\xe0\x80\xaf", "", -EILSEQ },
	{ "beyond", "\xf4\x90\x80\x80", "", -EILSEQ },
	{ "cut", "\xe2\x82", "", -EILSEQ },
	{ "stray", "\x80", "", -EILSEQ },
	{ "surrogate", "\xed\xa0\x80", "", -EILSEQ },
	{ "empty", "", "", 0 },
};

static const void *name_params(const void *prev, char *desc)
{
	const struct name_case *c = prev ? (const struct name_case *)prev + 1 :
				    name_cases;

	if (c == name_cases + ARRAY_SIZE(name_cases))
		return NULL;
	strscpy(desc, c->name, KUNIT_PARAM_DESC_SIZE);
	return c;
}

static void names(struct kunit *test)
{
	const struct name_case *c = test->param_value;
	u32 len = strlen(c->utf8);
	char back[16];
	u8 buf[16];
	int err;

	err = wire_utf16_from_utf8(buf, sizeof(buf), c->utf8, len,
				   WIRE_UTF_STRICT);
	KUNIT_EXPECT_EQ(test, c->len, err);
	if (c->len <= 0)
		return;
	KUNIT_EXPECT_MEMEQ(test, c->utf16, buf, c->len);
	err = wire_utf16_from_utf8(buf, c->len - 1, c->utf8, len,
				   WIRE_UTF_STRICT);
	KUNIT_EXPECT_EQ(test, -ENAMETOOLONG, err);
	err = wire_utf16_to_utf8(back, sizeof(back), (const u8 *)c->utf16,
				 c->len, WIRE_UTF_STRICT);
	KUNIT_EXPECT_EQ(test, len, err);
	KUNIT_EXPECT_MEMEQ(test, c->utf8, back, len);
	err = wire_utf16_to_utf8(back, len - 1, (const u8 *)c->utf16, c->len,
				 WIRE_UTF_STRICT);
	KUNIT_EXPECT_EQ(test, -ENAMETOOLONG, err);
}

/* Text that no UTF-8 can say, and how it is carried all the same. */
static void names_lone(struct kunit *test)
{
	u8 utf16[64];
	char utf8[64];
	int n;
	int err;

	err = wire_utf16_to_utf8(utf8, sizeof(utf8), vec_utf16_name,
				 sizeof(vec_utf16_name), WIRE_UTF_STRICT);
	KUNIT_EXPECT_EQ(test, -EILSEQ, err);
	n = wire_utf16_to_utf8(utf8, sizeof(utf8), vec_utf16_name,
			       sizeof(vec_utf16_name), WIRE_UTF_LONE);
	KUNIT_ASSERT_EQ(test, sizeof(vec_utf8_name), n);
	KUNIT_EXPECT_MEMEQ(test, vec_utf8_name, utf8, n);
	n = wire_utf16_from_utf8(utf16, sizeof(utf16), utf8, n, WIRE_UTF_LONE);
	KUNIT_ASSERT_EQ(test, sizeof(vec_utf16_name), n);
	KUNIT_EXPECT_MEMEQ(test, vec_utf16_name, utf16, n);
	/* a pair written as two lone ones would not come back */
	err = wire_utf16_from_utf8(utf16, sizeof(utf16),
				   "\xed\xa0\xbc\xed\xbe\x89", 6,
				   WIRE_UTF_LONE);
	KUNIT_EXPECT_EQ(test, -EILSEQ, err);
	/* half a unit, and NUL */
	err = wire_utf16_to_utf8(utf8, sizeof(utf8), (const u8 *)"a\0b", 3,
				 WIRE_UTF_LONE);
	KUNIT_EXPECT_EQ(test, -EILSEQ, err);
	err = wire_utf16_to_utf8(utf8, sizeof(utf8), (const u8 *)"a\0\0\0", 4,
				 WIRE_UTF_LONE);
	KUNIT_EXPECT_EQ(test, -EILSEQ, err);
	err = wire_utf16_from_utf8(utf16, sizeof(utf16), "a\0b", 3,
				   WIRE_UTF_LONE);
	KUNIT_EXPECT_EQ(test, -EILSEQ, err);
}

static void times(struct kunit *test)
{
	s64 sec = 0;
	u32 nsec = 0;

	KUNIT_EXPECT_EQ(test, 0, wire_time_to_ns(WIRE_TIME_EPOCH_DIFF));
	KUNIT_EXPECT_EQ(test, WIRE_TIME_EPOCH_DIFF, wire_time_from_ns(0));
	KUNIT_EXPECT_TRUE(test, wire_time_split(WIRE_TIME_EPOCH_DIFF + 15,
						&sec, &nsec));
	KUNIT_EXPECT_EQ(test, 0, sec);
	KUNIT_EXPECT_EQ(test, 1500, nsec);
	KUNIT_EXPECT_EQ(test, WIRE_TIME_EPOCH_DIFF + 15,
			wire_time_join(0, 1599));
	/* before 1970, and the beginning of FILETIME */
	KUNIT_EXPECT_TRUE(test, wire_time_split(WIRE_TIME_EPOCH_DIFF - 1,
						&sec, &nsec));
	KUNIT_EXPECT_EQ(test, -1, sec);
	KUNIT_EXPECT_EQ(test, 999999900, nsec);
	KUNIT_EXPECT_TRUE(test, wire_time_split(1, &sec, &nsec));
	KUNIT_EXPECT_EQ(test, -11644473600LL, sec);
	KUNIT_EXPECT_EQ(test, 100, nsec);
	KUNIT_EXPECT_EQ(test, 1, wire_time_join(sec, nsec));
}

static void refusals(struct kunit *test)
{
	struct wire_logon ntlm, ticket;
	const u32 status = NT_STATUS_LOGON_FAILURE;

	ntlm = wire_logon_refused(status, "ntlmssp");
	KUNIT_EXPECT_STREQ(test, wire_ntstatus_text(status), ntlm.text);
	KUNIT_EXPECT_NOT_NULL(test, strstr(ntlm.remedy, "password is wrong"));
	ticket = wire_logon_refused(status, "krb5");
	KUNIT_EXPECT_NOT_NULL(test, strstr(ticket.text, "ticket"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(ticket.remedy, "its keytab lacks"));
	ticket = wire_logon_refused(status, "iakerb");
	KUNIT_EXPECT_NOT_NULL(test, strstr(ticket.remedy, "its keytab lacks"));
	KUNIT_EXPECT_STREQ(test, ntlm.remedy,
			   wire_logon_refused(status, "").remedy);
	ticket = wire_logon_refused(NT_STATUS_ACCOUNT_DISABLED, "krb5");
	KUNIT_EXPECT_NOT_NULL(test, strstr(ticket.remedy, "enable"));
	KUNIT_EXPECT_NOT_NULL(test, wire_logon_refused(0xc0ffffff, "").text);
	KUNIT_EXPECT_NULL(test, wire_logon_refused(0xc0ffffff, "").remedy);
}

static void statuses(struct kunit *test)
{
	const struct wire_ntstatus *known, *before = NULL;
	u32 i;

	KUNIT_EXPECT_EQ(test, 0, wire_ntstatus_errno(NT_STATUS_SUCCESS));
	KUNIT_EXPECT_EQ(test, -EACCES,
			wire_ntstatus_errno(NT_STATUS_ACCESS_DENIED));
	KUNIT_EXPECT_EQ(test, -ENOENT,
			wire_ntstatus_errno(NT_STATUS_OBJECT_NAME_NOT_FOUND));
	KUNIT_EXPECT_EQ(test, -ENOTEMPTY,
			wire_ntstatus_errno(NT_STATUS_DIRECTORY_NOT_EMPTY));
	KUNIT_EXPECT_STREQ(test, "STATUS_LOGON_FAILURE",
			   wire_ntstatus_name(NT_STATUS_LOGON_FAILURE));
	KUNIT_EXPECT_LT(test, wire_ntstatus_errno(0xc0ffffff), 0);
	KUNIT_EXPECT_NULL(test, wire_ntstatus_name(0xc0ffffff));
	KUNIT_EXPECT_NOT_NULL(test, wire_ntstatus_text(0xc0ffffff));
	/* every entry is found, has its words, and stands in order */
	for (i = 0; (known = wire_ntstatus_at(i)); i++) {
		KUNIT_EXPECT_PTR_EQ(test, known, wire_ntstatus_find(known->code));
		KUNIT_EXPECT_GE(test, known->err, 0);
		KUNIT_EXPECT_NOT_NULL(test, known->name);
		KUNIT_EXPECT_NOT_NULL(test, known->text);
		if (before)
			KUNIT_EXPECT_LT(test, before->code, known->code);
		before = known;
	}
	KUNIT_EXPECT_GT(test, i, 100);
	KUNIT_EXPECT_TRUE(test, wire_ntstatus_passes(NT_STATUS_FILE_NOT_AVAILABLE));
	KUNIT_EXPECT_TRUE(test, wire_ntstatus_passes(NT_STATUS_INSUFFICIENT_RESOURCES));
	KUNIT_EXPECT_FALSE(test, wire_ntstatus_passes(NT_STATUS_LOGON_FAILURE));
	KUNIT_EXPECT_FALSE(test, wire_ntstatus_passes(NT_STATUS_SUCCESS));
}

static void key_inputs(struct kunit *test)
{
	static const char want[] =
		"\0\0\0\1SMB2AESCCM\0\0ServerIn \0\0\0\0\200";
	u8 buf[WIRE_KDF_INPUT_MAX], hash[SMB2_PREAUTH_HASH_SIZE];
	struct wire_out o;
	int err;

	wire_out_init(&o, buf, sizeof(buf));
	err = wire_kdf_smb3_input(&o, SMB2_DIALECT_302,
				  WIRE_KDF_CLIENT_TO_SERVER, NULL, 128);
	KUNIT_EXPECT_EQ(test, 0, err);
	KUNIT_ASSERT_EQ(test, sizeof(want) - 1, o.pos);
	KUNIT_EXPECT_MEMEQ(test, want, buf, o.pos);
	memset(hash, 0x5a, sizeof(hash));
	wire_out_init(&o, buf, sizeof(buf));
	err = wire_kdf_smb3_input(&o, SMB2_DIALECT_311,
				  WIRE_KDF_SERVER_TO_CLIENT, hash, 256);
	KUNIT_EXPECT_EQ(test, 0, err);
	KUNIT_EXPECT_EQ(test, 4 + 16 + 1 + 64 + 4, o.pos);
	KUNIT_EXPECT_MEMEQ(test, "\0\0\0\1SMBS2CCipherKey\0\0", buf, 21);
	KUNIT_EXPECT_MEMEQ(test, hash, buf + 21, sizeof(hash));
	KUNIT_EXPECT_MEMEQ(test, "\0\0\1\0", buf + 85, 4);
	err = wire_kdf_smb3_input(&o, SMB2_DIALECT_311, WIRE_KDF_SIGNING,
				  NULL, 128);
	KUNIT_EXPECT_EQ(test, -EINVAL, err);
	err = wire_kdf_smb3_input(&o, SMB2_DIALECT_210, WIRE_KDF_SIGNING,
				  hash, 128);
	KUNIT_EXPECT_EQ(test, -EINVAL, err);
}

struct map_case {
	const char *name;
	enum wire_name_map map;
	const char *linux_name;
	const char *server_name;	/* NULL: refused */
};

static const struct map_case map_cases[] = {
	{ "plain", WIRE_NAMES_PLAIN, "a:b\\.", "a:b\\." },
	{ "sfm_colon", WIRE_NAMES_SFM, "a:b", "a\xef\x80\xa2" "b" },
	{ "sfm_all", WIRE_NAMES_SFM, "\"*<>?\\|",
	  "\xef\x80\xa0\xef\x80\xa1\xef\x80\xa3\xef\x80\xa4\xef\x80\xa5"
	  "\xef\x80\xa6\xef\x80\xa7" },
	{ "sfm_control", WIRE_NAMES_SFM, "a\n", "a\xef\x80\x8a" },
	{ "sfm_ends", WIRE_NAMES_SFM, "a ./b . /c",
	  "a \xef\x80\xa9/b .\xef\x80\xa8/c" },
	{ "sfm_dots", WIRE_NAMES_SFM, "./../.../..a",
	  "./../..\xef\x80\xa9/..a" },
	{ "sfm_private", WIRE_NAMES_SFM, "a\xef\x80\xa2", NULL },
	{ "sfm_space_within", WIRE_NAMES_SFM, "\xef\x80\xa8" "a",
	  "\xef\x80\xa8" "a" },
	{ "sfm_space_at_end", WIRE_NAMES_SFM, "a\xef\x80\xa8/b", NULL },
	{ "sfu", WIRE_NAMES_SFU, "a:|.", "a\xef\x80\xba\xef\x81\xbc." },
	{ "sfu_private", WIRE_NAMES_SFU, "\xef\x81\xbc", NULL },
	{ "posix", WIRE_NAMES_POSIX, "a:\\.", "a:\xef\x80\xa6." },
	{ "cut", WIRE_NAMES_SFM, "a\xef\x80", "a\xef\x80" },
};

static const void *map_params(const void *prev, char *desc)
{
	const struct map_case *c = prev ? (const struct map_case *)prev + 1 :
				   map_cases;

	if (c == map_cases + ARRAY_SIZE(map_cases))
		return NULL;
	strscpy(desc, c->name, KUNIT_PARAM_DESC_SIZE);
	return c;
}

static void name_maps(struct kunit *test)
{
	const struct map_case *c = test->param_value;
	u32 len = strlen(c->linux_name);
	char buf[64];
	int n;

	n = wire_name_map(buf, sizeof(buf), c->linux_name, len, c->map);
	if (!c->server_name) {
		KUNIT_EXPECT_EQ(test, -EINVAL, n);
		return;
	}
	KUNIT_ASSERT_EQ(test, strlen(c->server_name), n);
	KUNIT_EXPECT_MEMEQ(test, c->server_name, buf, n);
	KUNIT_EXPECT_EQ(test, -ENAMETOOLONG,
			wire_name_map(buf, n - 1, c->linux_name, len, c->map));
	KUNIT_ASSERT_EQ(test, len, wire_name_unmap(buf, n, c->map));
	KUNIT_EXPECT_MEMEQ(test, c->linux_name, buf, len);
}

struct gmt_case {
	const char *text;
	s64 sec;	/* since 1970 */
};

static void snapshots(struct kunit *test)
{
	static const struct gmt_case good[] = {
		{ "@GMT-1970.01.01-00.00.00", 0 },
		{ "@GMT-1601.01.01-00.00.00", -11644473600LL },
		{ "@GMT-2000.02.29-12.00.01", 951825601 },
		{ "@GMT-2026.11.21-15.30.59", 1795275059 },
		{ "@GMT-2100.12.31-23.59.59", 4133980799LL },
		{ "@GMT-9999.12.31-23.59.59", 253402300799LL },
	};
	static const char * const bad[] = {
		"", "@GMT-2026.01.02-03.04.0", "@GMT-2026.01.02-03.04.055",
		"@gmt-2026.01.02-03.04.05", "@GMT-2026.13.02-03.04.05",
		"@GMT-2026.00.02-03.04.05", "@GMT-2026.02.29-03.04.05",
		"@GMT-2026.04.31-03.04.05", "@GMT-2026.01.02-24.04.05",
		"@GMT-2026.01.02-03.60.05", "@GMT-2026.01.02-03.04.60",
		"@GMT-1600.01.02-03.04.05", "@GMT-20a6.01.02-03.04.05",
	};
	char text[WIRE_GMT_LEN + 1];
	u64 when;
	int i, err;

	for (i = 0; i < ARRAY_SIZE(good); i++) {
		err = wire_gmt_parse(good[i].text, strlen(good[i].text), &when);
		KUNIT_ASSERT_EQ(test, 0, err);
		KUNIT_EXPECT_EQ(test, wire_time_join(good[i].sec, 0), when);
		if (!when)
			continue;	/* means no time on the wire */
		wire_gmt_format(when, text);
		KUNIT_EXPECT_STREQ(test, good[i].text, text);
	}
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		err = wire_gmt_parse(bad[i], strlen(bad[i]), &when);
		KUNIT_EXPECT_EQ(test, -EBADMSG, err);
	}
}

static struct kunit_case base_cases[] = {
	KUNIT_CASE(cursor_in),
	KUNIT_CASE(cursor_out),
	KUNIT_CASE_PARAM(names, name_params),
	KUNIT_CASE(names_lone),
	KUNIT_CASE_PARAM(name_maps, map_params),
	KUNIT_CASE(snapshots),
	KUNIT_CASE(times),
	KUNIT_CASE(refusals),
	KUNIT_CASE(statuses),
	KUNIT_CASE(key_inputs),
	{}
};

static struct kunit_suite base_suite = {
	.name = "uncfs_wire_base",
	.test_cases = base_cases,
};

kunit_test_suite(base_suite);
