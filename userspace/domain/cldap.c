// SPDX-License-Identifier: GPL-2.0-or-later
#include "cldap.h"

#include <errno.h>
#include <string.h>
#include <strings.h>

/* RFC 4511, section 4; the tags that der.h has no use for */
#define INTEGER		0x02
#define BOOLEAN		0x01
#define SET		0x31
#define SEARCH_REQUEST	0x63
#define SEARCH_ENTRY	0x64
#define SEARCH_DONE	0x65
#define FILTER_AND	0xa0
#define FILTER_EQUAL	0xa3

static const char attribute[] = "Netlogon";

/* ---- Question; a DER writer goes from the end to the front ---------------- */

static void put(struct der_writer *w, uint8_t tag, const void *data, size_t len)
{
	const uint8_t *mark = der_mark(w);

	der_put_bytes(w, data, len);
	der_put_header(w, tag, mark);
}

static void put_small(struct der_writer *w, uint8_t tag, uint16_t value)
{
	uint8_t bytes[2] = { (uint8_t)(value >> 8), (uint8_t)value };
	size_t skip = value < 0x80;

	put(w, tag, bytes + skip, 2 - skip);
}

static void put_equal(struct der_writer *w, const char *name, const void *value,
		      size_t len)
{
	const uint8_t *mark = der_mark(w);

	put(w, DER_OCTET_STRING, value, len);
	put(w, DER_OCTET_STRING, name, strlen(name));
	der_put_header(w, FILTER_EQUAL, mark);
}

static void put_text(struct der_writer *w, const char *name, const char *value)
{
	if (value)
		put_equal(w, name, value, strlen(value));
}

static void put_number(struct der_writer *w, const char *name, uint32_t value)
{
	uint8_t bytes[4];

	for (int i = 0; i < 4; i++)
		bytes[i] = (uint8_t)(value >> (8 * i));
	put_equal(w, name, bytes, sizeof(bytes));
}

static void put_filter(struct der_writer *w, const struct cldap_ping *ping)
{
	const uint8_t *mark = der_mark(w);

	put_number(w, "NtVer", ping->version);
	if (ping->user)
		put_number(w, "AAC", ping->account_control);
	put_text(w, "User", ping->user);
	put_text(w, "Host", ping->host);
	put_text(w, "DnsDomain", ping->domain);
	der_put_header(w, FILTER_AND, mark);
}

static void put_search(struct der_writer *w, const struct cldap_ping *ping)
{
	const uint8_t *mark = der_mark(w), *list = mark;
	uint8_t no = 0;

	put(w, DER_OCTET_STRING, attribute, strlen(attribute));
	der_put_header(w, DER_SEQUENCE, list);
	put_filter(w, ping);
	put(w, BOOLEAN, &no, 1);			/* typesOnly */
	put_small(w, INTEGER, 0);			/* timeLimit */
	put_small(w, INTEGER, 0);			/* sizeLimit */
	put_small(w, DER_ENUMERATED, 0);		/* derefAliases */
	put_small(w, DER_ENUMERATED, 0);		/* scope: base */
	put(w, DER_OCTET_STRING, "", 0);		/* baseObject */
	der_put_header(w, SEARCH_REQUEST, mark);
}

int cldap_ping_encode(const struct cldap_ping *ping, uint8_t room[CLDAP_MAX],
		      struct der_bytes *message)
{
	struct der_writer w = der_writer_init(room, CLDAP_MAX);
	const uint8_t *mark = der_mark(&w);

	put_search(&w, ping);
	put_small(&w, INTEGER, ping->id);
	der_put_header(&w, DER_SEQUENCE, mark);
	message->data = w.at;
	message->len = (size_t)(room + CLDAP_MAX - w.at);
	return w.bad ? -EMSGSIZE : 0;
}

/* ---- Answer -------------------------------------------------------------- */

static bool take_id(struct der_reader *r, uint16_t id)
{
	struct der_bytes bytes = der_take(r, INTEGER);
	uint32_t value = 0;

	if (!bytes.len || bytes.len > 4)
		return false;
	for (size_t i = 0; i < bytes.len; i++)
		value = value << 8 | bytes.data[i];
	return value == id;
}

/* One attribute: its first value, when it is ours. */
static void take_attribute(struct der_reader *list, struct der_bytes *value)
{
	struct der_reader one = der_enter(list, DER_SEQUENCE);
	struct der_bytes name = der_take(&one, DER_OCTET_STRING);
	struct der_reader values = der_enter(&one, SET);
	struct der_bytes first = der_take(&values, DER_OCTET_STRING);

	if (!values.bad && !one.bad && !list->bad &&
	    name.len == strlen(attribute) &&
	    strncasecmp((const char *)name.data, attribute, name.len) == 0)
		*value = first;
}

static int take_entry(struct der_reader *message, struct der_bytes *value)
{
	struct der_reader entry = der_enter(message, SEARCH_ENTRY), list;

	der_take(&entry, DER_OCTET_STRING);		/* objectName */
	list = der_enter(&entry, DER_SEQUENCE);
	while (!value->len && !list.bad && list.left)
		take_attribute(&list, value);
	if (message->bad || entry.bad || list.bad)
		return -EBADMSG;
	return value->len ? 0 : -ENOENT;
}

int cldap_answer_decode(const void *data, size_t len, uint16_t id,
			struct der_bytes *value)
{
	struct der_reader r = der_reader_init(data, len), message;

	*value = (struct der_bytes){ NULL, 0 };
	message = der_enter(&r, DER_SEQUENCE);
	if (!take_id(&message, id))
		return -EBADMSG;
	if (der_peek(&message) == SEARCH_DONE)
		return -ENOENT;
	return take_entry(&message, value);
}
