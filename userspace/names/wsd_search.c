// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * WS-Discovery, [MS-WSDS]: a Probe to all, a Resolve where the answer does not say
 * where its sender's metadata is, and a Get for that.  What a device says of
 * others is not believed: it is asked at the address that it answered from.
 */
#include "wsd_search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#define DEVICES_MAX	64
#define ANSWER_ROOM	65536
#define GET_MS		3000	/* that one device may take */

const struct lookup_groups lookup_wsd_groups = {
	"239.255.255.250", "ff02::c", WSD_PORT,
};

struct device {
	struct wsd_match match;
	struct sockaddr_storage from;
};

struct search {
	const struct names_conf *conf;
	int64_t deadline;
	char id[WSD_ID_ROOM];
	unsigned int count;
	struct device devices[DEVICES_MAX];
};

static void new_id(char id[WSD_ID_ROOM])
{
	unsigned char r[16];

	if (getrandom(r, sizeof(r), 0) != (ssize_t)sizeof(r))
		abort();	/* that many are always there */
	r[6] = (unsigned char)((r[6] & 0x0f) | 0x40);
	r[8] = (unsigned char)((r[8] & 0x3f) | 0x80);
	snprintf(id, WSD_ID_ROOM, "urn:uuid:%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
		 r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8], r[9],
		 r[10], r[11], r[12], r[13], r[14], r[15]);
}

/* ---- Probe and Resolve -------------------------------------------------- */

static void take_match(struct search *search, const struct wsd_match *match,
		       const struct sockaddr_storage *from)
{
	struct device *device;

	for (unsigned int i = 0; i < search->count; i++) {
		device = &search->devices[i];
		if (strcmp(device->match.endpoint, match->endpoint) != 0)
			continue;
		if (!*device->match.xaddrs && address_same(&device->from, from))
			device->match = *match;
		return;
	}
	if (search->count == DEVICES_MAX)
		return;
	device = &search->devices[search->count++];
	device->match = *match;
	device->from = *from;
}

static enum exchange_verdict take(struct exchange *x,
				  const struct exchange_route *route,
				  const struct sockaddr_storage *from,
				  const struct wire_blob *msg)
{
	struct wsd_match matches[WSD_MATCHES_MAX];
	struct search *search = x->data;
	int count = wsd_matches_parse(msg->ptr, msg->len, search->id, matches);

	for (int i = 0; i < count; i++)
		take_match(search, &matches[i], from);
	return count > 0 ? EXCHANGE_NOTED : EXCHANGE_IGNORE;
}

static int ask_all(struct search *search, const char *text, int len)
{
	struct link links[LINKS_MAX];
	struct exchange x = {
		.messages = { { (const u8 *)text, (u32)len } },
		.message_count = 1,
		.patience = search->conf->wsd,
		.settle_ms = search->conf->wsd.timeout_ms,
		.deadline = search->deadline,
		.take = take,
		.data = search,
	};

	lookup_add_groups(&x, links, &lookup_wsd_groups, search->conf);
	return x.route_count ? exchange_run(&x) : -ENETUNREACH;
}

static int probe(struct search *search)
{
	char text[WSD_MESSAGE_ROOM];
	int len;

	new_id(search->id);
	len = wsd_probe_format(text, search->id);
	return len < 0 ? len : ask_all(search, text, len);
}

static void resolve(struct search *search, const struct device *device)
{
	char text[WSD_MESSAGE_ROOM];
	int len;

	new_id(search->id);
	len = wsd_resolve_format(text, search->id, device->match.endpoint);
	if (len > 0)
		ask_all(search, text, len);
}

/* ---- Get ---------------------------------------------------------------- */

/* "http://HOST:PORT/PATH": the last two; the host is known better. */
static bool url_parse(const char *url, unsigned int *port, char *path,
		      size_t room)
{
	const char *colon;
	size_t len;

	if (strncmp(url, "http://", 7) != 0)
		return false;
	url += 7;
	colon = *url == '[' ? strchr(url, ']') : url;
	colon = colon ? strchr(colon, ':') : NULL;
	if (!colon || sscanf(colon, ":%5u", port) != 1 || *port > 65535)
		return false;
	colon += strcspn(colon, "/ ");
	len = strcspn(colon, " \r\n");
	return snprintf(path, room, "%.*s", (int)len, len ? colon : "/") <
	       (int)room;
}

static void set_port(struct sockaddr_storage *address, unsigned int port)
{
	if (address->ss_family == AF_INET6)
		((struct sockaddr_in6 *)address)->sin6_port =
			htons((uint16_t)port);
	else
		((struct sockaddr_in *)address)->sin_port =
			htons((uint16_t)port);
}

static int64_t get_deadline(const struct search *search)
{
	int64_t soon = clock_ms() + GET_MS;

	return soon < search->deadline ? soon : search->deadline;
}

/* What is behind the headers of the answer; NULL for one that is no success. */
static const char *http_body(char *answer)
{
	char *end = strstr(answer, "\r\n\r\n");

	if (strncmp(answer, "HTTP/1.", 7) != 0 ||
	    strncmp(answer + 8, " 200", 4) != 0 || !end)
		return NULL;
	return end + 4;
}

static bool get(struct search *search, const struct device *device,
		struct wsd_computer *computer)
{
	char head[512], path[WSD_ADDRESS_ROOM], text[WSD_MESSAGE_ROOM];
	static char answer[ANSWER_ROOM];
	struct sockaddr_storage to = device->from;
	struct wire_blob parts[2];
	unsigned int port;
	const char *body;
	int len, got;

	if (!url_parse(device->match.xaddrs, &port, path, sizeof(path)))
		return false;
	set_port(&to, port);
	new_id(search->id);
	len = wsd_get_format(text, search->id, device->match.endpoint);
	snprintf(head, sizeof(head), "POST %s HTTP/1.0\r\nHost: computer\r\n"
		 "Content-Type: application/soap+xml\r\n"
		 "Content-Length: %d\r\nConnection: close\r\n\r\n", path, len);
	parts[0] = (struct wire_blob){ (u8 *)head, (u32)strlen(head) };
	parts[1] = (struct wire_blob){ (u8 *)text, len < 0 ? 0 : (u32)len };
	got = exchange_http(&to, parts, (u8 *)answer, sizeof(answer) - 1,
			    get_deadline(search));
	answer[got > 0 ? got : 0] = '\0';
	body = got > 0 ? http_body(answer) : NULL;
	return body && wsd_computer_parse(body, strlen(body), computer);
}

int wsd_search(const struct names_conf *conf, int64_t deadline,
	       const struct wsd_finder *finder)
{
	static struct search search;
	struct wsd_computer computer;
	int ret;

	search.conf = conf;
	search.deadline = deadline;
	search.count = 0;
	ret = probe(&search);
	for (unsigned int i = 0; i < search.count; i++) {
		struct device *device = &search.devices[i];

		if (!*device->match.xaddrs)
			resolve(&search, device);
		if (get(&search, device, &computer))
			finder->found(finder->data, &computer, &device->from);
	}
	return ret;
}
