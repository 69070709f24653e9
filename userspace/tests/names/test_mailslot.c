// SPDX-License-Identifier: GPL-2.0-or-later
/* Datagrams of NetBIOS, messages to mailslots, and the ping that is in one. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "bytes.h"
#include "mailslot.h"
#include "mailslot_vectors.h"
#include "nbdgm.h"
#include "ping.h"
#include "tap.h"

#define SMB_AT 82	/* behind a header and two names */

/* All of it, in a copy of exactly this size for the sanitizer. */
struct all {
	u8 *copy;
	struct nbdgm dgm;
	struct mailslot slot;
	struct ping_answer answer;
	const char *why;
};

static int decode(const struct bytes *b, u32 len, struct all *all)
{
	int ret;

	all->why = NULL;
	all->copy = copy_of(b, len);
	ret = nbdgm_decode(all->copy, len, &all->dgm, &all->why);
	if (!ret)
		ret = mailslot_decode(all->dgm.data.ptr, all->dgm.data.len,
				      &all->slot, &all->why);
	return ret;
}

static bool is_name(const struct nbname *name, const char *want)
{
	char text[NBNAME_TEXT_ROOM];

	nbname_format(name, text);
	return strcmp(text, want) == 0;
}

static void test_decode(void)
{
	struct bytes b = bytes(SLOT_ANSWER);
	char host[DNSNAME_TEXT_ROOM];
	struct all all;

	ok(decode(&b, b.len, &all) == 0 && all.dgm.type == NBDGM_UNIQUE &&
	   all.dgm.port == NBDGM_PORT &&
	   memcmp(all.dgm.source, "\x0a\x63\x00\x01", 4) == 0,
	   "a datagram to a machine");
	ok(is_name(&all.dgm.from, "DC1<00>") && is_name(&all.dgm.to, "VM<00>"),
	   "its names");
	ok(strcmp(all.slot.name, "\\MAILSLOT\\NET\\GETDCFCF") == 0,
	   "its mailslot (%s)", all.slot.name);
	ok(ping_answer_decode(all.slot.data.ptr, all.slot.data.len,
			      &all.answer, &all.why) == 0 &&
	   all.answer.opcode == PING_RESPONSE_EX, "the answer in it");
	dnsname_format(&all.answer.host, host);
	ok(strcmp(host, "dc1.lab.test") == 0, "who answers (%s)", host);
	free(all.copy);
}

/* The vector's own parts, put together again */
static void test_encode(void)
{
	struct bytes want = bytes(SLOT_REQUEST);
	u8 request[256], slot[NBDGM_DATA_MAX], packet[NBDGM_MAX];
	struct all all;
	struct ping_request ping = {
		.computer = "VM", .user = "GUEST$",
		.account_control = 0x80,
		.version = PING_V5 | PING_V5EX | PING_WITH_CLOSEST_SITE,
	};
	int len;

	ok(decode(&want, want.len, &all) == 0 && all.dgm.type == NBDGM_GROUP &&
	   is_name(&all.dgm.to, "LAB<1c>"), "a datagram to a domain");
	/* Behind two numbers and two names in UTF-16 */
	ping.mailslot = (const char *)all.slot.data.ptr + 4 + 6 + 14;
	len = ping_request_encode(request, sizeof(request), &ping);
	ok(len == (int)all.slot.data.len &&
	   memcmp(request, all.slot.data.ptr, all.slot.data.len) == 0,
	   "a ping's request as Samba understood it");
	len = mailslot_encode(slot, sizeof(slot), &all.slot);
	all.dgm.data = (struct wire_blob){ slot, (u32)len };
	len = nbdgm_encode(packet, sizeof(packet), &all.dgm, "");
	ok(len == (int)want.len && memcmp(packet, want.data, want.len) == 0,
	   "and the datagram");
	ok(nbdgm_encode(packet, want.len - 1, &all.dgm, "") == -EMSGSIZE &&
	   mailslot_encode(slot, 100, &all.slot) == -EMSGSIZE &&
	   ping_request_encode(request, 40, &ping) == -EMSGSIZE,
	   "no room for it");
	ok(nbdgm_encode(packet, sizeof(packet), &all.dgm, "a..b") == -EINVAL,
	   "a scope that cannot be");
	ping.user = "\xff";
	ok(ping_request_encode(request, sizeof(request), &ping) == -EILSEQ,
	   "a name that is no UTF-8");
	free(all.copy);
}

static void test_names(void)
{
	struct mailslot slot = { .name = "\\MAILSLOT\\x" };
	u8 room[256];

	ok(mailslot_name_good("\\mailslot\\Messngr") &&
	   !mailslot_name_good("\\MAILSLOT\\") && !mailslot_name_good("") &&
	   !mailslot_name_good("\\PIPE\\x") &&
	   !mailslot_name_good("\\MAILSLOT\\a\nb") &&
	   !mailslot_name_good("\\MAILSLOT\\\xc3\xa4"), "names of mailslots");
	slot.priority = 10;
	ok(mailslot_encode(room, sizeof(room), &slot) == -EINVAL,
	   "a priority that is none");
	slot.priority = 9;
	ok(mailslot_encode(room, sizeof(room), &slot) == MAILSLOT_OVERHEAD + 11,
	   "a message without data");
	strcpy(slot.name, "\\PIPE\\x");
	ok(mailslot_encode(room, sizeof(room), &slot) == -EINVAL,
	   "a name that is none");
}

static const struct bad {
	u32 at;
	u8 value;
	const char *why;
} bad[] = {
	{ 0, 0x13, "MSG_TYPE" },
	{ 0, 0x0f, "MSG_TYPE" },
	{ 1, 0x03, "FLAGS" },			/* more to come */
	{ 1, 0x00, "FLAGS" },			/* not the first part */
	{ 10, 0xff, "DGM_LENGTH" },
	{ 11, 0x10, "DGM_LENGTH" },		/* shorter than the names; below */
	{ 13, 1, "PACKET_OFFSET" },
	{ 14, 0x40, "SOURCE_NAME" },
	{ 15, 'z', "SOURCE_NAME" },
	{ 49, 'z', "DESTINATION_NAME" },
	{ SMB_AT, 0xfe, "Protocol" },
	{ SMB_AT + 4, 0x32, "Command" },
	{ SMB_AT + 32, 16, "WordCount" },
	{ SMB_AT + 32, 18, "WordCount" },
	{ SMB_AT + 35, 1, "DataCount" },	/* TotalDataCount */
	{ SMB_AT + 55, 0xff, "DataCount" },
	{ SMB_AT + 58, 0xff, "DataOffset" },
	{ SMB_AT + 59, 2, "SetupCount" },
	{ SMB_AT + 61, 2, "MailslotOpcode" },
	{ SMB_AT + 65, 1, "Class" },
	{ SMB_AT + 68, 0xff, "Bytes" },
	{ SMB_AT + 69, '/', "MailslotName" },
	{ SMB_AT + 80, '\n', "MailslotName" },
};

static void test_bad(void)
{
	struct all all;

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		struct bytes b = bytes(SLOT_ANSWER);

		b.data[bad[i].at] = bad[i].value;
		if (bad[i].at == 11)
			b.data[10] = 0;
		ok(decode(&b, b.len, &all) == -EBADMSG && all.why &&
		   strcmp(all.why, bad[i].why) == 0, "bad %s (%s)", bad[i].why,
		   all.why ? all.why : "taken for good");
		free(all.copy);
	}
}

static void test_short(void)
{
	static const char *const both[] = { SLOT_REQUEST, SLOT_ANSWER };
	struct all all;

	for (size_t i = 0; i < ARRAY_SIZE(both); i++) {
		struct bytes b = bytes(both[i]);
		u32 bad_count = 0;

		for (u32 len = 0; len < b.len; len++) {
			bad_count += decode(&b, len, &all) == -EBADMSG;
			free(all.copy);
		}
		ok(bad_count == b.len, "datagram %zu cut short anywhere", i);
	}
}

/* Real messages for the fuzzer to start from, beside those of test_names. */
static int write_seeds(const char *folder)
{
	static const char *const both[] = { SLOT_REQUEST, SLOT_ANSWER };
	char path[4096];

	mkdir(folder, 0777);
	for (size_t i = 0; i < 2 * ARRAY_SIZE(both); i++) {
		struct bytes b = bytes(both[i / 2]);
		u32 from = i % 2 ? SMB_AT : 0;
		FILE *file;

		snprintf(path, sizeof(path), "%s/mailslot-%zu", folder, i);
		file = fopen(path, "w");
		if (!file ||
		    fwrite(b.data + from, 1, b.len - from, file) !=
		    b.len - from || fclose(file) != 0)
			return EXIT_FAILURE;
	}
	return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "--seeds") == 0)
		return write_seeds(argv[2]);
	test_decode();
	test_encode();
	test_names();
	test_bad();
	test_short();
	return tap_done();
}
