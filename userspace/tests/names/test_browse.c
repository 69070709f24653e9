// SPDX-License-Identifier: GPL-2.0-or-later
/* What machines are told of by: RAP, mDNS, WS-Discovery; where they are. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "browse.h"
#include "mdns.h"
#include "rap.h"
#include "tap.h"
#include "wsd.h"
#include "xmlscan.h"

/* ---- RAP ---------------------------------------------------------------- */

static struct wire_blob blob(const void *data, size_t len)
{
	return (struct wire_blob){ data, (u32)len };
}

static bool encodes(const struct rap_server_enum *what, const char *bytes,
		    size_t len)
{
	u8 buf[128];
	struct wire_out out;

	wire_out_init(&out, buf, sizeof(buf));
	return rap_server_enum_encode(&out, what) == 0 && out.pos == len &&
	       memcmp(buf, bytes, len) == 0;
}

static void test_rap_requests(void)
{
	static const char own[] =
		"\x68\0WrLehDO\0B16BBDz\0\1\0\0\x10\xff\xff\xff\x7f";
	static const char group[] =
		"\x68\0WrLehDz\0B16BBDz\0\1\0\0\x10\xff\xff\xff\x7fOLDNET";
	static const char more[] =
		"\xd7\0WrLehDzz\0B16BBDz\0\1\0\0\x10\xff\xff\xff\x7fOLDNET\0FILES";
	static const char shares[] = "\0\0WrLeh\0B13BWz\0\1\0\0\x10";
	struct rap_server_enum what = {
		.room = 4096, .types = RAP_SERVER_ALL, .domain = "",
	};
	u8 buf[64];
	struct wire_out out;

	ok(encodes(&what, own, sizeof(own) - 1), "NetServerEnum2");
	what.domain = "OLDNET";
	ok(encodes(&what, group, sizeof(group)), "of a workgroup");
	what.first = "FILES";
	ok(encodes(&what, more, sizeof(more)), "NetServerEnum3");
	wire_out_init(&out, buf, sizeof(buf));
	ok(rap_share_enum_encode(&out, 4096) == 0 &&
	   out.pos == sizeof(shares) - 1 &&
	   memcmp(buf, shares, out.pos) == 0, "NetShareEnum");
	wire_out_init(&out, buf, 20);
	ok(rap_server_enum_encode(&out, &what) == -EMSGSIZE, "no room");
}

/* Two machines; the comment of the first one begins at 52 behind 0x100. */
static const u8 servers[] =
	"FILES\0\0\0\0\0\0\0\0\0\0\0\4\x9\3\x9a\x84\0\x34\x01\0\0"
	"SIXTEEN-BYTES-NB\6\1\3\0\0\0\xff\xff\0\0Old files";

static void test_rap_servers(void)
{
	static const u8 params[] = { 234, 0, 0, 1, 2, 0, 3, 0 };
	struct wire_blob in = blob(params, sizeof(params));
	struct wire_blob data = blob(servers, sizeof(servers));
	struct rap_answer answer;
	struct rap_server server;

	ok(rap_answer_decode(&in, &answer) == 0 &&
	   answer.status == RAP_MORE_DATA && answer.count == 2 &&
	   answer.available == 3, "an answer");
	ok(rap_server_decode(&data, &answer, 0, &server) == 0 &&
	   strcmp(server.name, "FILES") == 0 && server.major == 4 &&
	   strcmp(server.comment, "Old files") == 0, "a machine");
	ok(rap_server_decode(&data, &answer, 1, &server) == 0 &&
	   strcmp(server.name, "SIXTEEN-BYTES-NB") == 0 &&
	   !*server.comment, "a full name, a comment that is nowhere");
	ok(rap_server_decode(&data, &answer, 2, &server) == -EBADMSG,
	   "one that did not come");
	for (in.len = 0; in.len < sizeof(params); in.len++)
		ok(rap_answer_decode(&in, &answer) == -EBADMSG, "cut at %u",
		   in.len);
}

static void test_rap_shares(void)
{
	static const u8 shares[] =
		"IPC$\0\0\0\0\0\0\0\0\0\0\3\0\x14\0\0\0Pipes";
	struct rap_answer answer = { .count = 1 };
	struct wire_blob data = blob(shares, sizeof(shares));
	struct rap_share share;

	ok(rap_share_decode(&data, &answer, 0, &share) == 0 &&
	   strcmp(share.name, "IPC$") == 0 && share.type == 3 &&
	   strcmp(share.comment, "Pipes") == 0, "a share");
	data.len = 19;
	ok(rap_share_decode(&data, &answer, 0, &share) == -EBADMSG,
	   "one that is cut");
}

/* ---- mDNS --------------------------------------------------------------- */

/* PTR, and SRV and A besides, with pointers to names before. */
static const u8 service[] =
	"\x12\x34\x84\0\0\1\0\1\0\0\0\2"
	"\4_smb\4_tcp\5local\0\0\x0c\0\1"
	"\xc0\x0c\0\x0c\0\1\0\0\0\x0a\0\x08\5Files\xc0\x0c"
	"\xc0\x2d\0\x21\0\1\0\0\0\x0a\0\x0e\0\0\0\0\1\xbd\5files\xc0\x16"
	"\xc0\x47\0\1\0\1\0\0\0\x0a\0\4\x0a\x62\0\1";

static int mdns_decode(u32 len, struct mdns_answer *answer)
{
	struct dnsname type;
	u8 *copy = malloc(len ? len : 1);
	int ret;

	if (!copy)
		exit(1);
	dnsname_from_text(&type, MDNS_SMB);
	memcpy(copy, service, len);
	ret = mdns_answer_decode(copy, len, &type, answer, NULL);
	free(copy);
	return ret;
}

static void test_mdns(void)
{
	static struct mdns_answer answer;
	const u32 len = sizeof(service) - 1;
	bool refused = true;

	ok(mdns_decode(len, &answer) == 0 && answer.id == 0x1234 &&
	   answer.count == 1, "an answer");
	ok(strcmp(answer.services[0].name, "Files") == 0 &&
	   answer.services[0].port == 445, "a service");
	ok(answer.services[0].has_address &&
	   memcmp(answer.services[0].address, "\x0a\x62\0\1", 4) == 0,
	   "its address");
	for (u32 i = 0; i < len; i++)
		refused &= mdns_decode(i, &answer) == -EBADMSG &&
			   !answer.count;
	ok(refused, "cut anywhere");
}

/* ---- WS-Discovery ------------------------------------------------------- */

#define ID "urn:uuid:11111111-2222-4333-8444-555555555555"

static const char probe_matches[] =
	"<?xml version=\"1.0\"?><!-- x --><soap:Envelope><soap:Header>"
	"<wsa:RelatesTo>" ID "</wsa:RelatesTo></soap:Header><soap:Body>"
	"<wsd:ProbeMatches><wsd:ProbeMatch><wsa:EndpointReference>"
	"<wsa:Address>urn:uuid:a</wsa:Address></wsa:EndpointReference>"
	"<wsd:Types a=\">\">wsdp:Device</wsd:Types>"
	"<wsd:XAddrs>http://10.98.0.1:5357/a?b&amp;c</wsd:XAddrs>"
	"</wsd:ProbeMatch><wsd:ProbeMatch><wsa:EndpointReference>"
	"<wsa:Address>x&lt;y</wsa:Address></wsa:EndpointReference>"
	"</wsd:ProbeMatch><wsd:ProbeMatch/></wsd:ProbeMatches></soap:Body>"
	"</soap:Envelope>\n";

static void test_wsd_matches(void)
{
	struct wsd_match matches[WSD_MATCHES_MAX];
	const size_t len = strlen(probe_matches);
	bool refused = true;

	ok(wsd_matches_parse(probe_matches, len, ID, matches) == 1 &&
	   strcmp(matches[0].endpoint, "urn:uuid:a") == 0 &&
	   strcmp(matches[0].xaddrs, "http://10.98.0.1:5357/a?b&c") == 0,
	   "matches; one with a name that is none is left out");
	ok(wsd_matches_parse(probe_matches, len, "urn:uuid:other", matches) ==
	   -EBADMSG, "an answer to somebody else");
	for (size_t i = 0; i + 1 < len; i++)
		refused &= wsd_matches_parse(probe_matches, i, ID, matches) ==
			   -EBADMSG;
	ok(refused, "cut anywhere");
}

static bool is_bad(const char *text)
{
	enum xml_event event;
	struct xml xml;

	xml_init(&xml, text, strlen(text));
	do {
		event = xml_next(&xml);
	} while (event != XML_END && event != XML_BAD);
	return event == XML_BAD && xml_next(&xml) == XML_BAD;
}

static void test_xml_bad(void)
{
	static const char *const bad[] = {
		"<a>", "</a>", "<a></b>", "<a", "<>", "<a><b></a></b>", "<!",
		"<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "<a <b></b>",
		"<?xml", "<!-- <a></a>", "<a b=\"></a>",
	};
	char deep[4 * XML_DEPTH_MAX + 8] = "";

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		ok(is_bad(bad[i]), "bad: %s", bad[i]);
	for (int i = 0; i <= XML_DEPTH_MAX; i++)
		strcat(deep, "<a>");
	ok(is_bad(deep), "bad: too deep");
}

static void test_wsd_computer(void)
{
	static const char good[] =
		"<s:Envelope><Relationship><Host><Types>pub:Computer</Types>"
		"<pub:Computer>FILES/Workgroup:OLDNET</pub:Computer></Host>"
		"</Relationship></s:Envelope>";
	struct wsd_computer computer;

	ok(wsd_computer_parse(good, strlen(good), &computer) &&
	   strcmp(computer.name, "FILES") == 0 &&
	   strcmp(computer.group, "OLDNET") == 0, "a computer");
	ok(!wsd_computer_parse(good, strlen(good) - 1, &computer),
	   "one that is cut");
	ok(!wsd_computer_parse("<a/>", 4, &computer), "a printer");
}

static void test_wsd_requests(void)
{
	struct wsd_match matches[WSD_MATCHES_MAX];
	char text[WSD_MESSAGE_ROOM], longer[WSD_MESSAGE_ROOM];
	int len = wsd_probe_format(text, ID);

	ok(len > 0 && strstr(text, ID) && !is_bad(text), "a probe");
	ok(wsd_matches_parse(text, (size_t)len, ID, matches) == -EBADMSG,
	   "is no answer");
	ok(wsd_resolve_format(text, ID, "urn:uuid:a") > 0 &&
	   strstr(text, ">urn:uuid:a<") && !is_bad(text), "a resolve");
	ok(wsd_get_format(text, ID, "urn:uuid:a") > 0 && !is_bad(text),
	   "a get");
	memset(longer, 'x', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	ok(wsd_get_format(text, ID, longer) == -EMSGSIZE, "too long");
}

/* ---- Machines ----------------------------------------------------------- */

static void test_reached(void)
{
	const struct sockaddr_storage first = { .ss_family = AF_INET },
				      second = { AF_INET, .__ss_padding = "2" },
				      local = { .ss_family = AF_INET6 };
	struct browse_machine machine = { .name = "FILES" };

	browse_reached(&machine, &local);
	ok(machine.address.ss_family == AF_INET6, "on its link");
	browse_reached(&machine, &first);
	ok(memcmp(&machine.address, &first, sizeof(first)) == 0,
	   "by IPv4, which is better");
	browse_reached(&machine, &local);
	browse_reached(&machine, &second);
	ok(memcmp(&machine.address, &first, sizeof(first)) == 0, "which stays");
}

int main(void)
{
	test_reached();
	test_rap_requests();
	test_rap_servers();
	test_rap_shares();
	test_mdns();
	test_wsd_matches();
	test_xml_bad();
	test_wsd_computer();
	test_wsd_requests();
	return tap_done();
}
