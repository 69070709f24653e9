// SPDX-License-Identifier: GPL-2.0-or-later
/* The codecs of the name services, their configuration, possible addresses. */
#include <arpa/inet.h>
#include <string.h>
#include <sys/stat.h>

#include "bytes.h"
#include "conf.h"
#include "llmnr.h"
#include "lookup.h"
#include "names_vectors.h"
#include "nbns.h"
#include "tap.h"

static int nbns_decode(const struct bytes *b, u32 len,
		       struct nbns_answer *answer, const char **why)
{
	u8 *copy = copy_of(b, len);
	int ret = nbns_answer_decode(copy, len, answer, why);

	free(copy);
	return ret;
}

static int llmnr_decode(const struct bytes *b, u32 len,
			struct llmnr_answer *answer, const char **why)
{
	u8 *copy = copy_of(b, len);
	int ret = llmnr_answer_decode(copy, len, answer, why);

	free(copy);
	return ret;
}

/* ---- Names -------------------------------------------------------------- */

static void test_nbname(void)
{
	char text[NBNAME_TEXT_ROOM], dotted[DNSNAME_TEXT_ROOM];
	struct nbname name, again;
	struct dnsname wire;

	/* The example of RFC 1001 14.1. */
	ok(nbname_parse(&name, "fred", ' ') &&
	   nbname_encode(&wire, &name, "NETBIOS.COM"), "FRED encodes");
	dnsname_format(&wire, dotted);
	ok(strcmp(dotted, "EGFCEFEECACACACACACACACACACACACA.NETBIOS.COM") == 0,
	   "as RFC 1001 has it (%s)", dotted);
	ok(nbname_decode(&wire, &again) &&
	   memcmp(&name, &again, sizeof(name)) == 0, "and decodes");
	ok(nbname_parse(&name, "oldnet#1C", 0x20) && name.bytes[15] == 0x1c &&
	   nbname_parse(&name, "oldnet<1b>", 0x20) && name.bytes[15] == 0x1b,
	   "suffixes");
	nbname_format(&name, text);
	ok(strcmp(text, "OLDNET<1b>") == 0, "formatted: %s", text);
	memset(&name, 0x01, sizeof(name));
	nbname_format(&name, text);
	ok(strlen(text) == NBNAME_TEXT_ROOM - 1, "the longest text fits");
	ok(!nbname_parse(&name, "", 0) && !nbname_parse(&name, "a.b", 0) &&
	   !nbname_parse(&name, "sixteen-letters-", 0) &&
	   !nbname_parse(&name, "*SMB", 0) && !nbname_parse(&name, "#20", 0) &&
	   !nbname_parse(&name, "gr\xc3\xbc", 0), "what is no NetBIOS name");
	ok(nbname_parse(&name, "fifteen-letters", 0), "fifteen letters are");
	ok(!nbname_encode(&wire, &name, "a..b"), "a scope with an empty label");
}

/* Reads the name at @pos of a message. */
static bool read_name(const char *hex, u32 pos, struct dnsname *name, u32 *end)
{
	struct bytes b = bytes(hex);
	u8 *copy = malloc(b.len);
	struct wire_in in;

	memcpy(copy, b.data, b.len);
	wire_in_init(&in, copy, b.len);
	wire_in_seek(&in, pos, "pos");
	dnsname_read(&in, name, "name");
	*end = in.pos;
	free(copy);
	return !in.err;
}

#define HEAD "000000000000000000000000"

static void test_pointers(void)
{
	char text[DNSNAME_TEXT_ROOM];
	struct dnsname name;
	u32 end;

	ok(read_name(HEAD "0161 00 0162 c00c ff", 15, &name, &end) &&
	   end == 19, "a pointer back");
	dnsname_format(&name, text);
	ok(strcmp(text, "b.a") == 0, "reads on there (%s)", text);
	ok(!read_name(HEAD "c00c", 12, &name, &end), "a pointer to itself");
	ok(!read_name(HEAD "c00e c00c", 12, &name, &end), "one forward");
	ok(!read_name(HEAD "c00e c00c", 14, &name, &end), "two in a circle");
	ok(!read_name(HEAD "0161 c00c", 14, &name, &end) &&
	   !read_name(HEAD "0161 c00c", 12, &name, &end),
	   "a label and back to it, for ever");
	ok(!read_name(HEAD "c000", 12, &name, &end), "into the header");
	ok(!read_name(HEAD "c0", 12, &name, &end), "half a pointer");
	ok(!read_name(HEAD "4061", 12, &name, &end) &&
	   !read_name(HEAD "8061", 12, &name, &end), "unknown label types");
	ok(!read_name(HEAD "0361", 12, &name, &end) && name.len == 0,
	   "a label beyond the end");
	ok(!read_name(HEAD "0161", 12, &name, &end), "no end");
}

/* Labels of 63, chained by pointers: four are more than 255 bytes. */
static void test_long(void)
{
	u8 msg[12 + 4 * 66] = { 0 };
	struct dnsname name;
	struct wire_in in;

	for (u32 i = 0; i < 4; i++) {
		u8 *at = msg + 12 + i * 66;
		u32 to = 12 + (i - 1) * 66;

		at[0] = 63;
		memset(at + 1, 'x', 63);
		if (i) {
			at[64] = 0xc0 | (u8)(to >> 8);
			at[65] = (u8)to;
		}
	}
	wire_in_init(&in, msg, sizeof(msg));
	wire_in_seek(&in, 12 + 2 * 66, "pos");
	dnsname_read(&in, &name, "name");
	ok(!in.err && name.len == 3 * 64 + 1, "three long labels");
	wire_in_init(&in, msg, sizeof(msg));
	wire_in_seek(&in, 12 + 3 * 66, "pos");
	dnsname_read(&in, &name, "name");
	ok(in.err && name.len == 0, "four are refused");
}

static void test_dnsname(void)
{
	struct dnsname a, b;

	ok(dnsname_from_text(&a, "Files.Example.COM.") &&
	   dnsname_from_text(&b, "files.example.com") && dnsname_equal(&a, &b),
	   "names are equal in any case");
	ok(dnsname_from_text(&b, "files.example.co") && !dnsname_equal(&a, &b),
	   "and others are not");
	ok(!dnsname_from_text(&a, "a..b") && !dnsname_from_text(&a, "") &&
	   !dnsname_from_text(&a, "."), "empty labels");
}

/* ---- NetBIOS ------------------------------------------------------------ */

static void test_nbns_query(void)
{
	struct nbns_query query = { .id = 0x4c40, .scope = "",
				    .broadcast = true };
	struct bytes want = bytes(NBNS_QUERY_BROADCAST);
	u8 buf[512];
	int len;

	nbname_parse(&query.name, "files", 0);
	len = nbns_query_encode(buf, sizeof(buf), &query);
	ok(len == (int)want.len && memcmp(buf, want.data, want.len) == 0,
	   "a query as nmblookup sends it");
	ok(nbns_query_encode(buf, want.len - 1, &query) == -EMSGSIZE,
	   "no room for it");
	query.scope = "a..b";
	ok(nbns_query_encode(buf, sizeof(buf), &query) == -EINVAL,
	   "a scope that cannot be");
}

static void test_nbns_positive(void)
{
	struct bytes b = bytes(NBNS_POSITIVE_ANSWER);
	static struct nbns_answer a;
	struct nbname name;

	ok(nbns_decode(&b, b.len, &a, NULL) == 0 && a.kind == NBNS_POSITIVE &&
	   a.id == 0x5d39 && !a.truncated && a.ttl == 0x3f480, "positive");
	ok(nbname_decode(&a.name, &name) && name.bytes[15] == 0x20 &&
	   memcmp(name.bytes, "FILES ", 6) == 0, "its name");
	ok(a.address_count == 1 && a.addresses[0].flags == 0x6000 &&
	   memcmp(a.addresses[0].bytes, "\x0a\x62\x00\x01", 4) == 0,
	   "its address");
	b = bytes(NBNS_GROUP_ANSWER);
	ok(nbns_decode(&b, b.len, &a, NULL) == 0 &&
	   a.addresses[0].flags & NBNS_GROUP, "a group");
	b = bytes(NBNS_ECHO_ANSWER);
	ok(nbns_decode(&b, b.len, &a, NULL) == 0 && a.address_count == 2 &&
	   a.truncated && a.addresses[1].bytes[3] == 2,
	   "two addresses, truncated, question repeated");
}

static void test_nbns_others(void)
{
	struct bytes b = bytes(NBNS_NEGATIVE_ANSWER);
	static struct nbns_answer a;

	ok(nbns_decode(&b, b.len, &a, NULL) == 0 && a.kind == NBNS_NEGATIVE &&
	   a.rcode == 3 && a.address_count == 0, "negative");
	b = bytes(NBNS_BARE_REFUSAL);
	ok(nbns_decode(&b, b.len, &a, NULL) == 0 && a.kind == NBNS_NEGATIVE &&
	   a.rcode == 5 && a.name.len == 0, "a refusal and nothing else");
	b = bytes(NBNS_WAIT_ANSWER);
	ok(nbns_decode(&b, b.len, &a, NULL) == 0 && a.kind == NBNS_WAIT &&
	   a.ttl == 7, "wait for acknowledgement");
	b = bytes(NBNS_REDIRECT_ANSWER);
	ok(nbns_decode(&b, b.len, &a, NULL) == 0 && a.kind == NBNS_REDIRECT &&
	   memcmp(a.addresses[0].bytes, "\xc0\x00\x02\x05", 4) == 0,
	   "redirect");
}

static void test_nbns_status(void)
{
	struct bytes b = bytes(NBNS_STATUS_ANSWER);
	static struct nbns_answer a;
	const char *why = NULL;

	ok(nbns_decode(&b, b.len, &a, NULL) == 0 && a.kind == NBNS_STATUS &&
	   a.name_count == 5, "node status");
	ok(a.names[2].name.bytes[15] == 0x20 && a.names[2].flags == 0x6400 &&
	   a.names[4].flags & NBNS_GROUP &&
	   memcmp(a.names[4].name.bytes, "OLDNET ", 7) == 0, "its names");
	b.data[12 + 34 + 10] = 255;
	ok(nbns_decode(&b, b.len, &a, &why) < 0 &&
	   strcmp(why, "NETBIOS_NAME") == 0, "NUM_NAMES beyond the data");
}

static const struct nbns_case {
	const char *hex;
	u32 at;
	u8 value;
	const char *why;
} nbns_cases[] = {
	{ NBNS_POSITIVE_ANSWER, 2, 0x05, "R" },
	{ NBNS_POSITIVE_ANSWER, 2, 0xad, "OPCODE" },
	{ NBNS_POSITIVE_ANSWER, 5, 2, "QDCOUNT" },
	{ NBNS_POSITIVE_ANSWER, 7, 0, "ANCOUNT" },
	{ NBNS_POSITIVE_ANSWER, 12, 64, "RR_NAME" },
	{ NBNS_POSITIVE_ANSWER, 47, 0x22, "RR_TYPE" },
	{ NBNS_POSITIVE_ANSWER, 49, 3, "RR_CLASS" },
	{ NBNS_POSITIVE_ANSWER, 55, 7, "RDATA" },
	{ NBNS_POSITIVE_ANSWER, 55, 5, "NB_ADDRESS" },
	{ NBNS_POSITIVE_ANSWER, 55, 1, "NB_FLAGS" },
	{ NBNS_POSITIVE_ANSWER, 55, 0, "ADDR_ENTRY" },
	{ NBNS_REDIRECT_ANSWER, 47, 1, "NSD_IP_ADDR" },
	{ NBNS_REDIRECT_ANSWER, 61, 0x3e, "RR_NAME" },
};

static void test_nbns_bad(void)
{
	static struct nbns_answer a;

	for (size_t i = 0; i < ARRAY_SIZE(nbns_cases); i++) {
		const struct nbns_case *c = &nbns_cases[i];
		struct bytes b = bytes(c->hex);
		const char *why = NULL;

		b.data[c->at] = c->value;
		ok(nbns_decode(&b, b.len, &a, &why) == -EBADMSG && why &&
		   strcmp(why, c->why) == 0, "bad %s (%s)", c->why,
		   why ? why : "taken for good");
	}
}

static void test_nbns_short(void)
{
	static const char *const all[] = {
		NBNS_POSITIVE_ANSWER, NBNS_GROUP_ANSWER, NBNS_ECHO_ANSWER,
		NBNS_STATUS_ANSWER, NBNS_WAIT_ANSWER, NBNS_REDIRECT_ANSWER,
		NBNS_NEGATIVE_ANSWER, NBNS_BARE_REFUSAL,
	};
	static struct nbns_answer a;

	for (size_t i = 0; i < ARRAY_SIZE(all); i++) {
		struct bytes b = bytes(all[i]);
		u32 bad = 0;

		for (u32 len = 0; len < b.len; len++)
			bad += nbns_decode(&b, len, &a, NULL) == -EBADMSG;
		ok(bad == b.len, "answer %zu cut short anywhere", i);
	}
}

/* ---- LLMNR -------------------------------------------------------------- */

static void test_llmnr(void)
{
	struct bytes want = bytes(LLMNR_QUERY_A), b = bytes(LLMNR_ANSWER_A);
	static struct llmnr_answer a;
	struct dnsname name;
	u8 buf[512];

	dnsname_from_text(&name, "printer");
	ok(llmnr_query_encode(buf, sizeof(buf), 0xbaca, &name,
			      DNSMSG_TYPE_A) == (int)want.len &&
	   memcmp(buf, want.data, want.len) == 0, "an LLMNR query");
	ok(llmnr_query_encode(buf, want.len - 1, 0, &name, DNSMSG_TYPE_A) ==
	   -EMSGSIZE, "no room for it");
	ok(llmnr_decode(&b, b.len, &a, NULL) == 0 && a.id == 0xbaca &&
	   dnsname_equal(&a.question.name, &name) && a.address_count == 1 &&
	   !a.addresses[0].ipv6 &&
	   memcmp(a.addresses[0].bytes, "\x0a\x62\x00\x01", 4) == 0,
	   "an IPv4 address");
	b = bytes(LLMNR_ANSWER_AAAA);
	ok(llmnr_decode(&b, b.len, &a, NULL) == 0 && a.address_count == 1 &&
	   a.addresses[0].ipv6 && a.addresses[0].bytes[0] == 0xfe &&
	   a.addresses[0].bytes[15] == 0xc1, "an IPv6 address");
	b = bytes(LLMNR_ANSWER_NONE);
	ok(llmnr_decode(&b, b.len, &a, NULL) == 0 && a.address_count == 0 &&
	   a.question.type == DNSMSG_TYPE_AAAA, "no address of this kind");
}

static void test_llmnr_flags(void)
{
	struct bytes b = bytes(LLMNR_ANSWER_A);
	static struct llmnr_answer a;

	b.data[2] = 0x84;
	ok(llmnr_decode(&b, b.len, &a, NULL) == 0 && a.conflict, "C");
	b.data[2] = 0x82;
	ok(llmnr_decode(&b, b.len, &a, NULL) == 0 && a.truncated, "TC");
	b.data[2] = 0x81;
	ok(llmnr_decode(&b, b.len, &a, NULL) == 0 && a.tentative, "T");
	b.data[2] = 0x80;
	b.data[26] = 'q';	/* the question; the record points at it */
	ok(llmnr_decode(&b, b.len, &a, NULL) < 0, "a broken question");
}

/* The owner of the address is another name than the one in question. */
static void test_llmnr_owner(void)
{
	struct bytes b = bytes("baca 8000 0001 0001 0000 0000"
			       "077072696e74657200 0001 0001"
			       "077072696e74657300 0001 0001 0000001e 0004"
			       "0a620001");
	static struct llmnr_answer a;

	ok(llmnr_decode(&b, b.len, &a, NULL) == 0 && a.address_count == 0,
	   "an address of another name does not count");
}

static const struct nbns_case llmnr_cases[] = {
	{ LLMNR_ANSWER_A, 2, 0x00, "QR" },
	{ LLMNR_ANSWER_A, 2, 0x88, "OPCODE" },
	{ LLMNR_ANSWER_A, 5, 0, "QDCOUNT" },
	{ LLMNR_ANSWER_A, 5, 2, "QDCOUNT" },
	{ LLMNR_ANSWER_A, 7, 2, "RR_NAME" },
	{ LLMNR_ANSWER_A, 26, 0x19, "RR_NAME" },
	{ LLMNR_ANSWER_A, 36, 3, "RDLENGTH" },
	{ LLMNR_ANSWER_A, 36, 5, "RDATA" },
};

static void test_llmnr_bad(void)
{
	static struct llmnr_answer a;
	struct bytes b;
	u32 bad = 0;

	for (size_t i = 0; i < ARRAY_SIZE(llmnr_cases); i++) {
		const struct nbns_case *c = &llmnr_cases[i];
		const char *why = NULL;

		b = bytes(c->hex);
		b.data[c->at] = c->value;
		ok(llmnr_decode(&b, b.len, &a, &why) == -EBADMSG && why &&
		   strcmp(why, c->why) == 0, "bad %s (%s)", c->why,
		   why ? why : "taken for good");
	}
	b = bytes(LLMNR_ANSWER_AAAA);
	for (u32 len = 0; len < b.len; len++)
		bad += llmnr_decode(&b, len, &a, NULL) == -EBADMSG;
	ok(bad == b.len, "an answer cut short anywhere");
}

/* ---- Configuration ------------------------------------------------------ */

static bool parse(struct names_conf *conf, const char *text, char *why)
{
	char copy[1024];

	strcpy(copy, text);
	return names_conf_parse(conf, copy, why);
}

static bool order_is(const struct names_conf *conf, const char *want)
{
	char text[64] = "";

	for (unsigned int i = 0; i < conf->order_count; i++) {
		strcat(text, i ? " " : "");
		strcat(text, names_source_name(conf->order[i]));
	}
	return strcmp(text, want) == 0;
}

static void test_conf(void)
{
	char why[NAMES_WHY_ROOM];
	struct names_conf conf;

	ok(parse(&conf, "", why) && order_is(&conf, "dns") &&
	   conf.unicast.timeout_ms == 5000 && conf.broadcast.timeout_ms == 250,
	   "nothing: DNS only, times of the RFC");
	ok(parse(&conf, "# all\norder = dns netbios, llmnr\r\n"
		 "wins-servers = 10.0.0.5 10.0.0.6\n", why) &&
	   order_is(&conf, "dns wins broadcast llmnr") && conf.wins_count == 2,
	   "an H node by default");
	ok(parse(&conf, "order=netbios", why) && order_is(&conf, "broadcast"),
	   "a B node without name servers");
	ok(parse(&conf, "node-type = m\norder = netbios\n"
		 "wins-servers = 10.0.0.5", why) &&
	   order_is(&conf, "broadcast wins"), "an M node");
	ok(parse(&conf, "node-type = P\norder = netbios\n"
		 "wins-servers = 10.0.0.5", why) && order_is(&conf, "wins"),
	   "a P node");
	ok(parse(&conf, "interfaces = eth0 eth1\nunicast-timeout = 1500 2\n"
		 "netbios-scope = lab.example\n", why) &&
	   conf.interface_count == 2 && conf.unicast.timeout_ms == 1500 &&
	   conf.unicast.tries == 2 && strcmp(conf.scope, "lab.example") == 0,
	   "the other settings");
	ok(parse(&conf, "order = dns", why) && conf.ciphers == NAMES_AES &&
	   !conf.ntlm, "AES and Kerberos, unless it is said");
	ok(parse(&conf, "domain-ciphers = any\ndomain-ntlm = fallback\n", why) &&
	   conf.ciphers == NAMES_ANY_CIPHER && conf.ntlm,
	   "what a domain may be asked by");
	ok(parse(&conf, "domain-ciphers = rc4\ndomain-ntlm = never\n", why) &&
	   conf.ciphers == NAMES_RC4 && !conf.ntlm, "and the others");
}

static const char *const conf_cases[] = {
	"order", "colour = blue", "order = pigeons", "order = dns dns", "order =",
	"order = wins", "wins-servers = 10.0.0", "wins-servers = ::1",
	"wins-servers = 1.1.1.1 1.1.1.2 1.1.1.3 1.1.1.4 1.1.1.5",
	"node-type = x", "node-type = bp", "netbios-scope = a..b",
	"unicast-timeout = 5", "unicast-timeout = 1 1",
	"unicast-timeout = 5000 0", "unicast-timeout = 5000 3 x",
	"unicast-timeout = -5000 3", "unicast-timeout = 99999 3",
	"interfaces = averyveryverylongname",
	"interfaces = a b c d e f g h i",
	"domain-ciphers = des", "domain-ciphers =", "domain-ntlm = yes",
};

static void test_conf_bad(void)
{
	char why[NAMES_WHY_ROOM];
	struct names_conf conf;

	for (size_t i = 0; i < ARRAY_SIZE(conf_cases); i++)
		ok(!parse(&conf, conf_cases[i], why) && why[0] &&
		   order_is(&conf, "dns"), "\"%s\": %s", conf_cases[i], why);
	ok(!parse(&conf, "\n\ncolour = blue\n", why) &&
	   strncmp(why, "line 3: ", 8) == 0, "the line is named");
	ok(!names_conf_load(&conf, "/nonexistent/uncd.conf", why),
	   "a file that was asked for must be there");
}

/* ---- Addresses ---------------------------------------------------------- */

static bool possible(const char *text)
{
	struct names_result result = { 0 };
	struct sockaddr_storage address;
	unsigned char digits[16];

	if (inet_pton(AF_INET, text, digits) == 1)
		address = address_ipv4(digits, 0);
	else if (inet_pton(AF_INET6, text, digits) == 1)
		address = address_ipv6(digits, 0, 7);
	else
		return false;
	return result_add(&result, &address) && result.address_count == 1;
}

static void test_addresses(void)
{
	struct names_result result = { 0 };
	struct sockaddr_storage address;
	char text[NAMES_ADDRESS_ROOM];

	ok(possible("10.0.0.1") && possible("223.255.255.254") &&
	   possible("fe80::1") && possible("2001:db8::1"), "good addresses");
	ok(!possible("0.0.0.0") && !possible("127.0.0.1") &&
	   !possible("224.0.0.1") && !possible("255.255.255.255") &&
	   !possible("::") && !possible("::1") && !possible("ff02::1") &&
	   !possible("::ffff:127.0.0.1"), "those of no other machine");
	for (u32 i = 0; i < 40; i++) {
		u32 number = htonl(0x0a000001 + i / 2);

		address = address_ipv4(&number, 0);
		result_add(&result, &address);
	}
	ok(result.address_count == NAMES_ADDRESSES_MAX,
	   "each once, no more than fit");
	ok(strcmp(names_address_format(&result.addresses[1], text),
		  "10.0.0.2") == 0, "in order");
}

/* Real messages for the fuzzer to start from, a file each. */
static int write_seeds(const char *folder)
{
	static const char *const all[] = {
		NBNS_QUERY_BROADCAST, NBNS_POSITIVE_ANSWER, NBNS_GROUP_ANSWER,
		NBNS_ECHO_ANSWER, NBNS_STATUS_ANSWER, NBNS_WAIT_ANSWER,
		NBNS_REDIRECT_ANSWER, NBNS_NEGATIVE_ANSWER, LLMNR_ANSWER_A,
		LLMNR_ANSWER_AAAA, LLMNR_ANSWER_NONE,
	};
	char path[4096];

	mkdir(folder, 0777);
	for (size_t i = 0; i < ARRAY_SIZE(all); i++) {
		struct bytes b = bytes(all[i]);
		FILE *file;

		snprintf(path, sizeof(path), "%s/vector-%zu", folder, i);
		file = fopen(path, "w");
		if (!file || fwrite(b.data, 1, b.len, file) != b.len ||
		    fclose(file) != 0)
			return EXIT_FAILURE;
	}
	return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "--seeds") == 0)
		return write_seeds(argv[2]);
	test_nbname();
	test_pointers();
	test_long();
	test_dnsname();
	test_nbns_query();
	test_nbns_positive();
	test_nbns_others();
	test_nbns_status();
	test_nbns_bad();
	test_nbns_short();
	test_llmnr();
	test_llmnr_flags();
	test_llmnr_owner();
	test_llmnr_bad();
	test_conf();
	test_conf_bad();
	test_addresses();
	return tap_done();
}
