// SPDX-License-Identifier: GPL-2.0-or-later
/* What is read of a domain: SRV records, LDAP pings, SIDs, texts of group policy. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "bytes.h"
#include "cldap.h"
#include "dnssrv.h"
#include "domain_vectors.h"
#include "gpo.h"
#include "gposec.h"
#include "ping.h"
#include "sid.h"
#include "tap.h"

static int ping(const struct bytes *b, u32 len, struct ping_answer *answer,
		const char **why)
{
	u8 *copy = copy_of(b, len);
	int ret = ping_answer_decode(copy, len, answer, why);

	free(copy);
	return ret;
}

static bool is(const struct dnsname *name, const char *text)
{
	char got[DNSNAME_TEXT_ROOM];

	dnsname_format(name, got);
	if (strcmp(got, text) == 0)
		return true;
	printf("# %s, not %s\n", got, text);
	return false;
}

/* ---- NETLOGON_SAM_LOGON_RESPONSE_EX ---------------------------------------- */

static void test_ping(void)
{
	struct bytes b = bytes(PING_PLAIN);
	struct ping_answer a;

	ok(ping(&b, b.len, &a, NULL) == 0 && a.opcode == PING_RESPONSE_EX &&
	   a.flags == 0x11bd && a.version == 5, "a ping's answer");
	ok(is(&a.forest, "lab.test") && is(&a.domain, "lab.test") &&
	   is(&a.host, "dc1.lab.test") && is(&a.netbios_domain, "LAB") &&
	   is(&a.netbios_host, "DC1") && is(&a.user, ""), "its names");
	ok(is(&a.dc_site, "Default-First-Site-Name") &&
	   is(&a.client_site, "Default-First-Site-Name") &&
	   is(&a.next_site, ""), "its sites");
	b = bytes(PING_WITH_IP);
	ok(ping(&b, b.len, &a, NULL) == 0 && a.version == 0xd &&
	   is(&a.client_site, "Default-First-Site-Name"), "with an address");
	b = bytes(PING_NEXT_SITE);
	ok(ping(&b, b.len, &a, NULL) == 0 && is(&a.dc_site, "Here") &&
	   is(&a.client_site, "There") && is(&a.next_site, "Near"),
	   "with the next site");
	b = bytes(PING_UNKNOWN_USER);
	ok(ping(&b, b.len, &a, NULL) == 0 &&
	   a.opcode == PING_USER_UNKNOWN_EX && is(&a.user, "nobody$"),
	   "an unknown account");
	b = bytes(PING_NT5);
	ok(ping(&b, b.len, &a, NULL) == -EOPNOTSUPP, "an older answer");
}

static void test_ping_cut(const char *hex, const char *name)
{
	struct bytes b = bytes(hex);
	struct ping_answer a;
	const char *why;
	u32 len, bad = 0;

	for (len = 0; len < b.len; len++)
		bad += ping(&b, len, &a, &why) < 0 && why;
	ok(bad == b.len, "%s, cut at each of %u bytes", name, b.len);
}

/* Any byte may be anything: no crash, and the fields that must hold do. */
static void test_ping_bad(void)
{
	static const struct {
		const char *field;
		u32 at;
		u8 value;
	} bad[] = {
		{ "Opcode", 0, 22 },
		{ "DnsForestName", 24, 0x80 },	/* a label of unknown kind */
		{ "DnsHostName", 41, 0x24 },	/* a pointer to itself */
		{ "LmNtToken", 84, 0 },
		{ "Lm20Token", 86, 0 },
	};
	struct bytes good = bytes(PING_PLAIN), b;
	struct ping_answer a;
	const char *why;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		b = good;
		b.data[bad[i].at] = bad[i].value;
		why = NULL;
		ok(ping(&b, b.len, &a, &why) < 0 && why &&
		   strcmp(why, bad[i].field) == 0, "a bad %s (%s)",
		   bad[i].field, why ? why : "good");
	}
	for (u32 at = 0; at < good.len; at++)
		for (int value = 0; value < 256; value++) {
			b = good;
			b.data[at] = (u8)value;
			ping(&b, b.len, &a, NULL);
		}
	ok(true, "each byte with each value");
	b = good;
	b.len++;
	b.data[good.len] = 0xff;
	ok(ping(&b, b.len, &a, &why) < 0, "a byte too many");
}

static void test_flags(void)
{
	ok(strcmp(ping_flag_name(0), "DS_PDC_FLAG") == 0 &&
	   strcmp(ping_flag_name(31), "DS_DNS_FOREST_FLAG") == 0 &&
	   !ping_flag_name(1) && !ping_flag_name(32), "names of flags");
	ok(strcmp(ping_flag_meaning(1), "not known") == 0 &&
	   strcmp(ping_flag_meaning(32), "not known") == 0 &&
	   strstr(ping_flag_meaning(8), "written"), "and what they mean");
}

/* ---- The datagrams --------------------------------------------------------- */

static int answer(const char *hex, u32 cut, uint16_t id, struct bytes *value)
{
	struct bytes b = bytes(hex);
	u8 *copy = copy_of(&b, b.len - cut);
	struct der_bytes found;
	int ret = cldap_answer_decode(copy, b.len - cut, id, &found);

	value->len = ret ? 0 : (u32)found.len;
	if (value->len)
		memcpy(value->data, found.data, found.len);
	free(copy);
	return ret;
}

static void test_cldap_answer(void)
{
	struct bytes value, want = bytes(PING_PLAIN);
	u32 bad = 0, len = bytes(CLDAP_WINDOWS).len;

	ok(answer(CLDAP_ANSWER, 0, 1, &value) == 0 && value.len == want.len &&
	   memcmp(value.data, want.data, want.len) == 0, "an answer of Samba");
	ok(answer(CLDAP_WINDOWS, 0, 1, &value) == 0 && value.len == want.len,
	   "with lengths as Windows writes them");
	ok(answer(CLDAP_ANSWER, 0, 2, &value) == -EBADMSG, "to another question");
	ok(answer(CLDAP_NOTHING, 0, 1, &value) == -ENOENT,
	   "of a server of another domain");
	for (u32 cut = 1; cut <= len; cut++)
		bad += answer(CLDAP_WINDOWS, cut, 1, &value) == -EBADMSG;
	ok(bad == len, "cut at each of %u bytes", len);
}

static bool has(const struct der_bytes *m, const char *hex)
{
	struct bytes b = bytes(hex);

	return memmem(m->data, m->len, b.data, b.len);
}

static void test_cldap_question(void)
{
	struct cldap_ping ping = { .id = 0x1234, .domain = "lab.test",
		.host = "GUEST", .version = 0x16 };
	char longest[900];
	struct der_bytes m;
	u8 room[CLDAP_MAX];

	ok(cldap_ping_encode(&ping, room, &m) == 0 && m.len < 128 &&
	   has(&m, "02021234 63") &&
	   has(&m, "0400 0a0100 0a0100 020100 020100 010100 a0") &&
	   has(&m, "a315 0409446e73446f6d61696e 04086c61622e74657374") &&
	   has(&m, "a30d 0404486f7374 04054755455354") &&
	   has(&m, "a30d 04054e74566572 040416000000") &&
	   has(&m, "300a 04084e65746c6f676f6e"), "a question");
	ping.user = "GUEST$";
	ping.account_control = 0x80;
	ok(cldap_ping_encode(&ping, room, &m) == 0 &&
	   has(&m, "a30b 0403414143 040480000000") &&
	   has(&m, "a30e 040455736572 0406475545535424"), "for an account");
	memset(longest, 'a', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	ping.domain = longest;
	ok(cldap_ping_encode(&ping, room, &m) == 0 && m.data[1] == 0x82,
	   "with a long name");
	ping.user = longest;
	ok(cldap_ping_encode(&ping, room, &m) == -EMSGSIZE,
	   "with more than fits");
}

/* ---- SRV ------------------------------------------------------------------- */

static int srv(const char *hex, u32 cut, struct dnssrv_answer *a,
	       const char **why)
{
	struct bytes b = bytes(hex);
	u8 *copy = copy_of(&b, b.len - cut);
	int ret = dnssrv_answer_decode(copy, b.len - cut, a, why);

	free(copy);
	return ret;
}

static u32 always_0(u32 max)
{
	return 0;
}

static u32 always_max(u32 max)
{
	return max;
}

static void test_srv(void)
{
	static struct dnssrv_answer a;
	u32 bad = 0, len = bytes(SRV_THREE).len;
	const char *why;

	ok(srv(SRV_THREE, 0, &a, NULL) == 0 && a.count == 3 && !a.rcode &&
	   is(&a.records[0].target, "dc3.lab.test") &&
	   a.records[0].priority == 10 && a.records[0].port == 389 &&
	   a.records[1].weight == 100, "three SRV records");
	dnssrv_sort(&a, always_max);
	ok(is(&a.records[0].target, "dc1.lab.test") &&
	   is(&a.records[1].target, "dc2.lab.test") &&
	   is(&a.records[2].target, "dc3.lab.test"), "in order, by weight");
	srv(SRV_THREE, 0, &a, NULL);
	dnssrv_sort(&a, always_0);
	ok(is(&a.records[2].target, "dc3.lab.test"), "or by the other chance");
	ok(srv(SRV_NO_NAME, 0, &a, NULL) == 0 && !a.count && a.rcode == 3,
	   "no such name");
	ok(srv(SRV_NOT_HERE, 0, &a, NULL) == 0 && !a.count,
	   "a service that is not there");
	for (u32 cut = 1; cut <= len; cut++)
		bad += srv(SRV_THREE, cut, &a, &why) < 0 && why && !a.count;
	ok(bad == len, "cut at each of %u bytes", len);
	ok(srv(SRV_HEAD("0100", "0000"), 0, &a, &why) < 0 &&
	   strcmp(why, "QR") == 0, "a question is no answer");
	ok(srv(SRV_HEAD("8580", "0001") SRV_RECORD
	       "0016 0000 0000 0185 03646331 036c6162 0474657374 00 0000", 0, &a,
	       &why) < 0 && strcmp(why, "RDLENGTH") == 0,
	   "bytes behind the target");
	ok(srv(SRV_HEAD("8580", "0001") SRV_RECORD
	       "0008 0000 0000 0185 c035", 0, &a, &why) < 0 &&
	   strcmp(why, "Target") == 0, "a pointer to itself");
}

/* ---- SIDs ------------------------------------------------------------------ */

static bool sid(const char *hex, u32 cut, const char *want)
{
	struct bytes b = bytes(hex);
	u8 *copy = copy_of(&b, b.len - cut);
	char text[SID_TEXT_ROOM];
	bool good = sid_format(copy, b.len - cut, text);

	free(copy);
	return want ? good && strcmp(text, want) == 0 : !good;
}

static void test_sid(void)
{
	static const char domain[] = "01 04 000000000005 15000000 01000000"
		"ffffffff 03000000";
	char longest[160] = "01 0f ffffffffffff ";

	ok(sid(domain, 0, "S-1-5-21-1-4294967295-3"), "a SID");
	ok(sid("01 01 000000000001 00000000", 0, "S-1-1-0"), "Everyone");
	for (u32 cut = 1; cut <= 24; cut++)
		if (!sid(domain, cut, NULL))
			ok(false, "cut by %u", cut);
	ok(sid("01 00 000000000005 00", 0, NULL) &&
	   sid("02 00 000000000005", 0, NULL) &&
	   sid("01 10 000000000005", 0, NULL), "what is no SID");
	for (int i = 0; i < 15; i++)
		strcat(longest, "ffffffff");
	ok(sid(longest, 0, NULL) == false, "the longest one has room");
}

/* ---- Group policy ---------------------------------------------------------- */

#define GPO_A "cn={31B2F340-016D-11D2-945F-00C04FB984F9},cn=policies,cn=system,DC=lab,DC=test"
#define GPO_LINK_A "[LDAP://" GPO_A ";0]"
#define GPO_LINK_B "[ldap://CN={6AC1786C-016F-11D2-945F-00C04FB984F9},DC=x;3]"
#define GPT_INI "[General]\r\nversion=65537\r\ndisplayName=x\r\n"

/* A copy without room behind it. */
static int link_of(const char *text, struct gpo_link *link)
{
	char *copy = strdup(text);
	const char *at = copy;
	int ret = gpo_link_next(&at, link);

	free(copy);
	return ret;
}

static void test_links(void)
{
	static const char *const bad[] = {
		"[", "[LDAP://", "[LDAP://;0]", "[LDAP://a]", "[LDAP://a;]",
		"[LDAP://a;0", "[LDAP://a;-1]", "[LDAP://a;4294967296]",
		"[LDAP://a;1x]", "[http://a;0]", "LDAP://a;0", "[[LDAP://a;0]",
		"[LDAP://a[;0]", "]",
	};
	const char *both = " " GPO_LINK_A GPO_LINK_B;
	char longest[GPO_DN_ROOM + 40];
	struct gpo_link link;

	ok(gpo_link_next(&both, &link) == 1 && strcmp(link.dn, GPO_A) == 0 &&
	   link.flags == 0, "a link");
	ok(gpo_link_next(&both, &link) == 1 &&
	   link.flags == (GPO_LINK_DISABLED | GPO_LINK_ENFORCED), "another");
	ok(gpo_link_next(&both, &link) == 0 && link_of("", &link) == 0 &&
	   link_of(" ", &link) == 0, "none");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ok(link_of(bad[i], &link) == -EINVAL, "no link: %s", bad[i]);
	for (size_t cut = 1; cut < strlen(GPO_LINK_A); cut++) {
		char part[] = GPO_LINK_A;

		part[cut] = '\0';
		if (link_of(part, &link) != -EINVAL)
			ok(false, "a link cut at %zu", cut);
	}
	snprintf(longest, sizeof(longest), "[LDAP://%0*d;0]", GPO_DN_ROOM, 1);
	ok(link_of(longest, &link) == -EINVAL, "a name that has no room");
}

static int version_of(const char *text, size_t len, uint32_t *version)
{
	char *copy = malloc(len ? len : 1);
	int ret;

	memcpy(copy, text, len);
	ret = gpo_version(copy, len, version);
	free(copy);
	return ret;
}

static bool version_is(const char *text, uint32_t wanted)
{
	uint32_t version = 0;

	return version_of(text, strlen(text), &version) == 0 &&
	       version == wanted;
}

static void test_gpt(void)
{
	static const char *const bad[] = {
		"", "[General]", "Version=1", "[Other]\nVersion=1",
		"[General]\nVersion=", "[General]\nVersion=x",
		"[General]\nVersion=4294967296", "[General]\nVersions=1",
		"[General]\n[Other]\nVersion=1", "[General\nVersion=1",
	};
	uint32_t version;

	ok(version_is(GPT_INI, 65537), "a GPT.INI");
	ok(version_is("[other]\nversion=1\n\n[GENERAL]\n VERSION = 7 ", 7),
	   "one with blanks, and without an end of its line");
	ok(version_is("[General]\nVersion=4294967295\n", UINT32_MAX),
	   "the largest");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ok(version_of(bad[i], strlen(bad[i]), &version) == -ENODATA,
		   "no version: %zu", i);
	for (size_t cut = 0; cut < strlen("[General]\r\nversion="); cut++)
		if (version_of(GPT_INI, cut, &version) != -ENODATA)
			ok(false, "a GPT.INI cut at %zu", cut);
}

/* ---- Who may apply it ------------------------------------------------------- */

#define SD_HEAD		"01 00 0480 00000000 00000000 00000000 14000000 "
#define APPLY_GUID	"8ffdaced b3ff d111 b41d00a0c968f939 "
#define OTHER_GUID	"8ffdaced b3ff d111 b41d00a0c968f93a "
#define AUTHENTICATED	"01 01 000000000005 0b000000 "
#define EVERYONE	"01 01 000000000001 00000000 "
#define ACE_APPLY	"05 00 2800 00010000 01000000 " APPLY_GUID AUTHENTICATED
#define ACE_OTHER	"05 00 2800 00010000 01000000 " OTHER_GUID AUTHENTICATED
#define ACE_DENY	"06 00 2800 00010000 01000000 " APPLY_GUID EVERYONE
#define ACE_ALL		"00 00 1400 ff010f00 " AUTHENTICATED
#define ACE_READ	"00 00 1400 94000200 " AUTHENTICATED
#define ACE_INHERIT	"00 0a 1400 ff010f00 " AUTHENTICATED
#define ACE_AUDIT	"02 c0 1400 ff010f00 " AUTHENTICATED
#define SD_APPLY	SD_HEAD "04 00 3000 01 00 0000 " ACE_APPLY
#define SD_BOTH		SD_HEAD "04 00 7000 04 00 0000 " ACE_READ ACE_AUDIT \
			ACE_DENY ACE_APPLY

/* What comes out for who is in "S-1-5-11" and "S-1-1-0", or -1. */
static int verdict_of(const char *hex, u32 cut, struct gpo_verdict *verdict)
{
	static const char *const who[] = { "S-1-5-11", "S-1-1-0" };
	struct gpo_token token = { who, 2 };
	struct bytes b = bytes(hex);
	u8 *copy = copy_of(&b, b.len - cut);
	int ret = gpo_may_apply(copy, b.len - cut, &token, verdict);

	free(copy);
	return ret ? -1 : (int)verdict->access;
}

static void test_filter(void)
{
	struct gpo_verdict v;

	ok(verdict_of(SD_APPLY, 0, &v) == GPO_GRANTED &&
	   strcmp(v.sid, "S-1-5-11") == 0, "granted to all who are known");
	ok(verdict_of(SD_BOTH, 0, &v) == GPO_DENIED &&
	   strcmp(v.sid, "S-1-1-0") == 0, "denied by what comes before that");
	ok(verdict_of(SD_HEAD "04 00 3000 01 00 0000 " ACE_OTHER, 0, &v) ==
	   GPO_NOT_GRANTED && !*v.sid, "another right");
	ok(verdict_of(SD_HEAD "04 00 1c00 01 00 0000 " ACE_ALL, 0, &v) ==
	   GPO_GRANTED, "all rights");
	ok(verdict_of(SD_HEAD "04 00 1c00 01 00 0000 " ACE_READ, 0, &v) ==
	   GPO_NOT_GRANTED, "to read is not to apply");
	ok(verdict_of(SD_HEAD "04 00 1c00 01 00 0000 " ACE_INHERIT, 0, &v) ==
	   GPO_NOT_GRANTED, "what only others inherit");
	ok(verdict_of(SD_HEAD "04 00 0800 00 00 0000 ", 0, &v) ==
	   GPO_NOT_GRANTED, "nobody may");
	ok(verdict_of("01 00 0080 00000000 00000000 00000000 00000000", 0,
		      &v) == GPO_GRANTED, "without a list all may");
	for (u32 cut = 1; cut <= 20 + 8 + 40; cut++)
		if (verdict_of(SD_APPLY, cut, &v) != -1)
			ok(false, "a descriptor cut by %u", cut);
}

static void test_filter_bad(void)
{
	static const char *const bad[] = {
		"02 00 0480 00000000 00000000 00000000 14000000",
		"01 00 0480 00000000 00000000 00000000 04000000",
		"01 00 0480 00000000 00000000 00000000 ff000000",
		SD_HEAD "04 00 0800 01 00 0000",
		SD_HEAD "04 00 0c00 01 00 0000 00 00 0300",
		SD_HEAD "04 00 1c00 01 00 0000 00 00 0800 ff010f00",
		SD_HEAD "04 00 1c00 01 00 0000 00 00 1400 ff010f00 01 02 000000000005 0b000000",
		SD_HEAD "04 00 1c00 01 00 0000 00 00 1400 ff010f00 02 01 000000000005 0b000000",
		SD_HEAD "04 00 1c00 01 00 0000 05 00 1400 ff010f00 01000000 00000000 00000000",
	};
	struct gpo_verdict v;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ok(verdict_of(bad[i], 0, &v) == -1, "no descriptor: %zu", i);
}

static void test_policy_names(void)
{
	const char *at = "[{35378EAC-683F-11D2-A89A-00C04FBBCFA2}{53D6AB1B-2488-11D1-A28C-00C04FB94F17}]"
			 "[{00000000-0000-0000-0000-000000000000}]", *none = "[{35378EAC}]";
	char guid[GPO_GUID_LEN + 1], path[64];

	ok(gpo_extension_next(&at, guid) == 1 &&
	   strcmp(gpo_extension_name(guid), "registry") == 0, "an extension");
	ok(gpo_extension_next(&at, guid) == 1 && !gpo_extension_name(guid) &&
	   gpo_extension_next(&at, guid) == 0, "one that is not known");
	ok(gpo_extension_next(&none, guid) == -EINVAL, "none");
	ok(gpo_path("\\\\lab.test\\sysvol\\lab.test\\Policies\\{X}", path,
		    sizeof(path)) && strcmp(path, "lab.test/Policies/{X}") == 0,
	   "a path");
	ok(!gpo_path("\\\\lab.test\\sysvol", path, sizeof(path)) &&
	   !gpo_path("\\\\lab.test\\sysvol\\", path, sizeof(path)) &&
	   !gpo_path("C:\\sysvol\\x", path, sizeof(path)) &&
	   !gpo_path("\\\\h\\s\\..\\..\\etc", path, sizeof(path)) &&
	   !gpo_path("\\\\h\\s\\\\etc", path, sizeof(path)) &&
	   !gpo_path("\\\\h\\s\\a/b", path, 3), "what is none of SYSVOL");
}

/* ---- Seeds for the fuzzer -------------------------------------------------- */

static int write_seeds(const char *folder)
{
	static const char *const seeds[] = {
		PING_PLAIN, PING_WITH_IP, PING_NEXT_SITE, PING_UNKNOWN_USER,
		PING_NT5, CLDAP_ANSWER, CLDAP_WINDOWS, CLDAP_NOTHING,
		SRV_THREE, SRV_NOT_HERE, SD_APPLY, SD_BOTH,
	};
	char path[4096];

	static const char *const texts[] = { GPO_LINK_A GPO_LINK_B, GPT_INI };

	mkdir(folder, 0755);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		FILE *file;

		snprintf(path, sizeof(path), "%s/text%zu", folder, i);
		file = fopen(path, "w");
		if (!file || fputs(texts[i], file) < 0 || fclose(file))
			return 1;
	}
	for (size_t i = 0; i < sizeof(seeds) / sizeof(seeds[0]); i++) {
		struct bytes b = bytes(seeds[i]);
		FILE *file;

		snprintf(path, sizeof(path), "%s/%zu", folder, i);
		file = fopen(path, "w");
		if (!file || fwrite(b.data, b.len, 1, file) != 1 ||
		    fclose(file))
			return 1;
	}
	return 0;
}

int main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "--seeds") == 0)
		return write_seeds(argv[2]);
	test_ping();
	test_ping_cut(PING_PLAIN, "a ping's answer");
	test_ping_cut(PING_WITH_IP, "one with an address");
	test_ping_cut(PING_NEXT_SITE, "one with the next site");
	test_ping_bad();
	test_flags();
	test_cldap_answer();
	test_cldap_question();
	test_srv();
	test_sid();
	test_links();
	test_gpt();
	test_policy_names();
	test_filter();
	test_filter_bad();
	return tap_done();
}
