// SPDX-License-Identifier: GPL-2.0-or-later
#include "spnego.h"

#include <string.h>

#define OID_BYTES(literal) { (const uint8_t *)(literal), sizeof(literal) - 1 }

/* 1.3.6.1.5.5.2 */
static const struct der_bytes spnego_oid =
	OID_BYTES("\x2b\x06\x01\x05\x05\x02");

static const struct {
	struct der_bytes oid;
	const char *name;
} mechs[] = {
	[SPNEGO_MECH_UNKNOWN]	= { { NULL, 0 }, "unknown" },
	[SPNEGO_MECH_KRB5]	= {
		OID_BYTES("\x2a\x86\x48\x86\xf7\x12\x01\x02\x02"), "krb5" },
	[SPNEGO_MECH_MS_KRB5]	= {
		OID_BYTES("\x2a\x86\x48\x82\xf7\x12\x01\x02\x02"), "krb5" },
	[SPNEGO_MECH_NTLM]	= {
		OID_BYTES("\x2b\x06\x01\x04\x01\x82\x37\x02\x02\x0a"),
		"ntlmssp" },
	[SPNEGO_MECH_IAKERB]	= {
		OID_BYTES("\x2b\x06\x01\x05\x02\x05"), "iakerb" },
};

#define MECH_COUNT (sizeof(mechs) / sizeof(mechs[0]))

static bool bytes_equal(struct der_bytes a, struct der_bytes b)
{
	return a.len == b.len && memcmp(a.data, b.data, a.len) == 0;
}

enum spnego_mech spnego_mech_find(struct der_bytes oid)
{
	for (size_t i = 1; oid.data && i < MECH_COUNT; i++)
		if (bytes_equal(mechs[i].oid, oid))
			return (enum spnego_mech)i;
	return SPNEGO_MECH_UNKNOWN;
}

struct der_bytes spnego_mech_oid(enum spnego_mech mech)
{
	return mechs[mech].oid;
}

const char *spnego_mech_name(enum spnego_mech mech)
{
	return mechs[mech].name;
}

/* ---- Decoding ----------------------------------------------------------- */

/* mechTypes: SEQUENCE OF OBJECT IDENTIFIER, not empty */
static bool mech_list_decode(struct der_reader *field, struct spnego_init *init)
{
	struct der_reader list;

	init->mech_list = der_take_element(field);
	if (!der_end(field))
		return false;
	*field = der_reader_init(init->mech_list.data, init->mech_list.len);
	list = der_enter(field, DER_SEQUENCE);
	while (!list.bad && list.left) {
		struct der_bytes oid = der_take(&list, DER_OID);

		if (!oid.len || init->mech_count == SPNEGO_MECHS_MAX)
			return false;
		init->mechs[init->mech_count++] = oid;
	}
	return der_end(&list) && init->mech_count;
}

/* A context tag holding one OCTET STRING and nothing else. */
static bool octets_decode(struct der_reader *field, struct der_bytes *value)
{
	*value = der_take(field, DER_OCTET_STRING);
	return der_end(field);
}

/*
 * One field.  Number 3 is negHints in NegTokenInit2 and mechListMIC in the
 * RFC's NegTokenInit; the tag inside tells them apart.  Hints are text for
 * nobody ("not_defined_in_RFC4178@please_ignore") and are skipped.
 */
static bool init_field_decode(struct spnego_init *init, unsigned int number,
			      struct der_reader *field)
{
	switch (number) {
	case 0:
		return mech_list_decode(field, init);
	case 1:
		der_take_element(field);	/* reqFlags: not protected */
		return der_end(field);
	case 2:
		return octets_decode(field, &init->mech_token);
	case 3:
		if (der_peek(field) != DER_SEQUENCE)
			return octets_decode(field, &init->mic);
		der_take_element(field);
		return der_end(field);
	case 4:
		return octets_decode(field, &init->mic);
	}
	return false;
}

/* Fields come in ascending order, each at most once. */
static bool field_next(struct der_reader *seq, unsigned int *least,
		       unsigned int *number, struct der_reader *field)
{
	uint8_t tag = der_peek(seq);

	if (tag < DER_CONTEXT(*least) || tag > DER_CONTEXT(4))
		return false;
	*number = tag - DER_CONTEXT(0);
	*least = *number + 1;
	*field = der_enter(seq, tag);
	return !field->bad;
}

bool spnego_init_decode(const void *data, size_t len, struct spnego_init *init)
{
	struct der_reader outer = der_reader_init(data, len);
	struct der_reader gss, choice, seq, field;
	unsigned int least = 0, number;

	memset(init, 0, sizeof(*init));
	gss = der_enter(&outer, DER_APPLICATION_0);
	if (!der_end(&outer) || gss.bad)
		return false;
	if (!bytes_equal(der_take(&gss, DER_OID), spnego_oid))
		return false;
	choice = der_enter(&gss, DER_CONTEXT(0));
	seq = der_enter(&choice, DER_SEQUENCE);
	if (!der_end(&gss) || !der_end(&choice) || seq.bad)
		return false;
	while (seq.left)
		if (!field_next(&seq, &least, &number, &field) ||
		    !init_field_decode(init, number, &field))
			return false;
	return !seq.bad && init->mech_count;
}

static bool resp_field_decode(struct spnego_resp *resp, unsigned int number,
			      struct der_reader *field)
{
	int state;

	switch (number) {
	case 0:
		state = der_take_enum(field);
		resp->state = (enum spnego_state)state;
		return der_end(field) && state >= SPNEGO_STATE_COMPLETED &&
		       state <= SPNEGO_STATE_REQUEST_MIC;
	case 1:
		resp->mech = der_take(field, DER_OID);
		return der_end(field) && resp->mech.len;
	case 2:
		return octets_decode(field, &resp->token);
	case 3:
		return octets_decode(field, &resp->mic);
	}
	return false;
}

bool spnego_resp_decode(const void *data, size_t len, struct spnego_resp *resp)
{
	struct der_reader outer = der_reader_init(data, len);
	struct der_reader choice, seq, field;
	unsigned int least = 0, number;

	memset(resp, 0, sizeof(*resp));
	resp->state = SPNEGO_STATE_ABSENT;
	choice = der_enter(&outer, DER_CONTEXT(1));
	seq = der_enter(&choice, DER_SEQUENCE);
	if (!der_end(&outer) || !der_end(&choice) || seq.bad)
		return false;
	while (seq.left)
		if (!field_next(&seq, &least, &number, &field) ||
		    !resp_field_decode(resp, number, &field))
			return false;
	return !seq.bad;
}

bool spnego_is_resp(const void *data, size_t len)
{
	struct der_reader r = der_reader_init(data, len);

	return der_peek(&r) == DER_CONTEXT(1);
}

/* ---- Encoding: every structure is put from its end to its front ---------- */

static void put_element(struct der_writer *w, uint8_t tag,
			struct der_bytes value)
{
	const uint8_t *mark = der_mark(w);

	der_put_bytes(w, value.data, value.len);
	der_put_header(w, tag, mark);
}

/* A context tag around one element; nothing if the value is absent. */
static void put_field(struct der_writer *w, unsigned int number, uint8_t tag,
		      struct der_bytes value)
{
	const uint8_t *mark = der_mark(w);

	if (!value.data)
		return;
	put_element(w, tag, value);
	der_put_header(w, (uint8_t)DER_CONTEXT(number), mark);
}

static void put_mech_list(struct der_writer *w, const struct spnego_init *init)
{
	const uint8_t *mark = der_mark(w);

	for (size_t i = init->mech_count; i-- > 0; )
		put_element(w, DER_OID, init->mechs[i]);
	der_put_header(w, DER_SEQUENCE, mark);
}

static struct der_bytes finish(const struct der_writer *w, const uint8_t *end)
{
	if (w->bad)
		return (struct der_bytes){ NULL, 0 };
	return (struct der_bytes){ w->at, (size_t)(end - w->at) };
}

struct der_bytes spnego_mech_list_encode(void *room, size_t len,
					 const struct spnego_init *init)
{
	struct der_writer w = der_writer_init(room, len);
	const uint8_t *end = der_mark(&w);

	put_mech_list(&w, init);
	return finish(&w, end);
}

struct der_bytes spnego_init_encode(void *room, size_t len,
				    const struct spnego_init *init)
{
	struct der_writer w = der_writer_init(room, len);
	const uint8_t *end = der_mark(&w), *mark;

	put_field(&w, 3, DER_OCTET_STRING, init->mic);
	put_field(&w, 2, DER_OCTET_STRING, init->mech_token);
	mark = der_mark(&w);
	put_mech_list(&w, init);
	der_put_header(&w, DER_CONTEXT(0), mark);
	der_put_header(&w, DER_SEQUENCE, end);
	der_put_header(&w, DER_CONTEXT(0), end);
	put_element(&w, DER_OID, spnego_oid);
	der_put_header(&w, DER_APPLICATION_0, end);
	return finish(&w, end);
}

struct der_bytes spnego_resp_encode(void *room, size_t len,
				    const struct spnego_resp *resp)
{
	struct der_writer w = der_writer_init(room, len);
	const uint8_t *end = der_mark(&w);
	uint8_t state = (uint8_t)resp->state;

	put_field(&w, 3, DER_OCTET_STRING, resp->mic);
	put_field(&w, 2, DER_OCTET_STRING, resp->token);
	put_field(&w, 1, DER_OID, resp->mech);
	if (resp->state != SPNEGO_STATE_ABSENT)
		put_field(&w, 0, DER_ENUMERATED,
			  (struct der_bytes){ &state, 1 });
	der_put_header(&w, DER_SEQUENCE, end);
	der_put_header(&w, DER_CONTEXT(1), end);
	return finish(&w, end);
}
