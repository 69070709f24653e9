// SPDX-License-Identifier: GPL-2.0-or-later
#include "wsd.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "xmlscan.h"

#define DISCOVERY	"http://schemas.xmlsoap.org/ws/2005/04/discovery"
#define ADDRESSING	"http://schemas.xmlsoap.org/ws/2004/08/addressing"
#define TO_ALL		"urn:schemas-xmlsoap-org:ws:2005:04:discovery"

/* With the prefixes that Windows has: some devices look for nothing else. */
static const char envelope[] =
"<?xml version=\"1.0\" encoding=\"utf-8\"?>"
"<soap:Envelope xmlns:soap=\"http://www.w3.org/2003/05/soap-envelope\""
" xmlns:wsa=\"" ADDRESSING "\" xmlns:wsd=\"" DISCOVERY "\""
" xmlns:wsdp=\"http://schemas.xmlsoap.org/ws/2006/02/devprof\">"
"<soap:Header><wsa:To>%s</wsa:To><wsa:Action>%s</wsa:Action>"
"<wsa:MessageID>%s</wsa:MessageID>"
"<wsa:ReplyTo><wsa:Address>" ADDRESSING "/role/anonymous</wsa:Address></wsa:ReplyTo>"
"</soap:Header><soap:Body>%s%s%s</soap:Body></soap:Envelope>";

/**
 * struct message - what differs between messages
 * @to: whom it is for
 * @action: what it wants
 * @id: its own
 * @body: in three pieces
 */
struct message {
	const char *to;
	const char *action;
	const char *id;
	const char *body[3];
};

static int format(char text[WSD_MESSAGE_ROOM], const struct message *m)
{
	int len = snprintf(text, WSD_MESSAGE_ROOM, envelope, m->to, m->action,
			   m->id, m->body[0], m->body[1], m->body[2]);

	return len < WSD_MESSAGE_ROOM ? len : -EMSGSIZE;
}

int wsd_probe_format(char text[WSD_MESSAGE_ROOM], const char *id)
{
	return format(text, &(struct message){
		.to = TO_ALL, .action = DISCOVERY "/Probe", .id = id,
		.body = { "<wsd:Probe><wsd:Types>wsdp:Device</wsd:Types></wsd:Probe>",
			  "", "" },
	});
}

int wsd_resolve_format(char text[WSD_MESSAGE_ROOM], const char *id,
		       const char *endpoint)
{
	return format(text, &(struct message){
		.to = TO_ALL, .action = DISCOVERY "/Resolve", .id = id,
		.body = { "<wsd:Resolve><wsa:EndpointReference><wsa:Address>",
			  endpoint,
			  "</wsa:Address></wsa:EndpointReference></wsd:Resolve>" },
	});
}

int wsd_get_format(char text[WSD_MESSAGE_ROOM], const char *id,
		   const char *endpoint)
{
	return format(text, &(struct message){
		.to = endpoint, .id = id, .body = { "", "", "" },
		.action = "http://schemas.xmlsoap.org/ws/2004/09/transfer/Get",
	});
}

/* ---- Answers ------------------------------------------------------------ */

static bool is_match(const struct xml *xml)
{
	return xml_in(xml, NULL, "ProbeMatch") ||
	       xml_in(xml, NULL, "ResolveMatch");
}

/*
 * It goes into other messages as it is, so it must be plain: letters, digits and
 * what URNs have besides.
 */
static bool is_plain(const char *urn)
{
	for (; *urn; urn++)
		if (*urn <= ' ' || *urn > '~' || strchr("<>&\"'", *urn))
			return false;
	return true;
}

struct reading {
	struct xml xml;
	char relates[WSD_ADDRESS_ROOM];
	struct wsd_match *matches;
	int count;
};

static void take_text(struct reading *r)
{
	struct wsd_match *match;

	if (xml_in(&r->xml, "Header", "RelatesTo"))
		xml_append(&r->xml, r->relates, sizeof(r->relates));
	if (!r->count)
		return;
	match = &r->matches[r->count - 1];
	if (xml_in(&r->xml, "EndpointReference", "Address"))
		xml_append(&r->xml, match->endpoint, sizeof(match->endpoint));
	else if (xml_in(&r->xml, NULL, "XAddrs"))
		xml_append(&r->xml, match->xaddrs, sizeof(match->xaddrs));
}

/* One that cannot be asked again is none. */
static void end_match(struct reading *r)
{
	const struct wsd_match *match = &r->matches[r->count - 1];

	if (!*match->endpoint || !is_plain(match->endpoint))
		r->count--;
}

static enum xml_event read_one(struct reading *r)
{
	enum xml_event event = xml_next(&r->xml);

	if (event == XML_TEXT)
		take_text(r);
	else if (event == XML_OPEN && is_match(&r->xml) &&
		 r->count < WSD_MATCHES_MAX)
		memset(&r->matches[r->count++], 0, sizeof(*r->matches));
	else if (event == XML_CLOSE && is_match(&r->xml) && r->count)
		end_match(r);
	return event;
}

int wsd_matches_parse(const void *text, size_t len, const char *id,
		      struct wsd_match matches[WSD_MATCHES_MAX])
{
	struct reading r = { .matches = matches };
	enum xml_event event;

	xml_init(&r.xml, text, len);
	do {
		event = read_one(&r);
	} while (event != XML_END && event != XML_BAD);
	if (event == XML_BAD || strcmp(r.relates, id) != 0)
		return -EBADMSG;
	return r.count;
}

/* [MS-PBSD] 2.2.2.1: NAME/Workgroup:GROUP, NAME/Domain:GROUP, NAME\... */
static bool split(const char *text, struct wsd_computer *computer)
{
	size_t len = strcspn(text, "/\\");
	const char *group = strchr(text, ':');

	if (!len || len >= sizeof(computer->name))
		return false;
	memcpy(computer->name, text, len);
	computer->name[len] = '\0';
	snprintf(computer->group, sizeof(computer->group), "%s",
		 group ? group + 1 : "");
	return true;
}

bool wsd_computer_parse(const void *text, size_t len,
			struct wsd_computer *computer)
{
	char found[2 * WSD_NAME_ROOM + 16] = "";
	enum xml_event event;
	struct xml xml;

	memset(computer, 0, sizeof(*computer));
	xml_init(&xml, text, len);
	do {
		event = xml_next(&xml);
		if (event == XML_TEXT && xml_in(&xml, "Host", "Computer"))
			xml_append(&xml, found, sizeof(found));
	} while (event != XML_END && event != XML_BAD);
	return event == XML_END && split(found, computer);
}
