// SPDX-License-Identifier: GPL-2.0-or-later
#include "nbns.h"

#define TYPE_NB		0x0020
#define TYPE_NBSTAT	0x0021
#define OPCODE_QUERY	0
#define OPCODE_WACK	7

#define FLAG_RECURSION	0x0100
#define FLAG_BROADCAST	0x0010

int nbns_query_encode(void *buf, u32 cap, const struct nbns_query *query)
{
	struct dnsmsg_header hdr = { .id = query->id, .questions = 1 };
	struct dnsmsg_question question = {
		.type = query->status ? TYPE_NBSTAT : TYPE_NB,
		.class = DNSMSG_CLASS_IN,
	};
	struct wire_out out;

	if (!nbname_encode(&question.name, &query->name, query->scope))
		return -EINVAL;
	if (!query->status)
		hdr.flags |= FLAG_RECURSION;
	if (query->broadcast)
		hdr.flags |= FLAG_BROADCAST;
	wire_out_init(&out, buf, cap);
	dnsmsg_write_header(&out, &hdr);
	dnsmsg_write_question(&out, &question);
	return out.overflow ? -EMSGSIZE : (int)out.pos;
}

static void read_addresses(struct wire_in *in, struct nbns_answer *answer)
{
	struct nbns_address *address;

	while (wire_in_left(in) && answer->address_count < NBNS_ADDRESSES_MAX) {
		address = &answer->addresses[answer->address_count++];
		address->flags = dnsmsg_in_u16(in, "NB_FLAGS");
		wire_in_copy(in, address->bytes, 4, "NB_ADDRESS");
	}
	if (!answer->address_count)
		wire_in_fail(in, "ADDR_ENTRY");
}

/* Statistics follow, which nobody fills in but for the first field. */
static void read_names(struct wire_in *in, struct nbns_answer *answer)
{
	u8 count = wire_in_u8(in, "NUM_NAMES");

	for (u32 i = 0; i < count && !in->err; i++) {
		wire_in_copy(in, answer->names[i].name.bytes, NBNAME_LEN,
			     "NETBIOS_NAME");
		answer->names[i].flags = dnsmsg_in_u16(in, "NAME_FLAGS");
	}
	answer->name_count = count;
	if (wire_in_left(in))
		wire_in_copy(in, answer->unit_id, sizeof(answer->unit_id),
			     "UNIT_ID");
}

static void read_answer(struct wire_in *in, struct nbns_answer *answer)
{
	struct dnsmsg_record rr;
	struct wire_in data;

	dnsmsg_read_record(in, &rr);
	if (in->err)
		return;
	answer->name = rr.name;
	answer->ttl = rr.ttl;
	wire_in_from(&data, &rr.data);
	if (rr.class != DNSMSG_CLASS_IN) {
		wire_in_fail(in, "RR_CLASS");
	} else if (answer->kind != NBNS_POSITIVE) {
		return;		/* a type and data that mean nothing */
	} else if (rr.type == TYPE_NB) {
		read_addresses(&data, answer);
	} else if (rr.type == TYPE_NBSTAT) {
		answer->kind = NBNS_STATUS;
		read_names(&data, answer);
	} else {
		wire_in_fail(in, "RR_TYPE");
	}
	wire_in_join(in, &data);
}

/* RFC 1002 4.2.15: the name server to ask, and its address. */
static void read_redirect(struct wire_in *in, struct nbns_answer *answer)
{
	struct dnsmsg_record server, address;

	dnsmsg_read_record(in, &server);
	dnsmsg_read_record(in, &address);
	if (in->err)
		return;
	if (server.type != DNSMSG_TYPE_NS || address.type != DNSMSG_TYPE_A ||
	    address.data.len != 4) {
		wire_in_fail(in, "NSD_IP_ADDR");
		return;
	}
	answer->kind = NBNS_REDIRECT;
	answer->name = server.name;
	answer->address_count = 1;
	memcpy(answer->addresses[0].bytes, address.data.ptr, 4);
}

static void read_kind(struct wire_in *in, const struct dnsmsg_header *hdr,
		      struct nbns_answer *answer)
{
	answer->id = hdr->id;
	answer->truncated = hdr->flags & DNSMSG_TRUNCATED;
	answer->rcode = DNSMSG_RCODE(hdr->flags);
	answer->kind = answer->rcode ? NBNS_NEGATIVE : NBNS_POSITIVE;
	if (!(hdr->flags & DNSMSG_RESPONSE))
		wire_in_fail(in, "R");
	if (DNSMSG_OPCODE(hdr->flags) == OPCODE_WACK)
		answer->kind = NBNS_WAIT;
	else if (DNSMSG_OPCODE(hdr->flags) != OPCODE_QUERY)
		wire_in_fail(in, "OPCODE");
}

int nbns_answer_decode(const void *msg, u32 len, struct nbns_answer *answer,
		       const char **why)
{
	struct dnsmsg_question echo;
	struct dnsmsg_header hdr;
	struct wire_in in;

	memset(answer, 0, sizeof(*answer));
	wire_in_init(&in, msg, len);
	dnsmsg_read_header(&in, &hdr);
	read_kind(&in, &hdr, answer);
	/* The RFC has none in an answer; some servers repeat the question. */
	if (hdr.questions > 1)
		wire_in_fail(&in, "QDCOUNT");
	else if (hdr.questions)
		dnsmsg_read_question(&in, &echo);
	/* Refusals carry a record, though the RFC's pictures count none. */
	if (hdr.answers || (answer->kind != NBNS_POSITIVE && wire_in_left(&in)))
		read_answer(&in, answer);
	else if (answer->kind == NBNS_POSITIVE && hdr.authorities)
		read_redirect(&in, answer);
	else if (answer->kind == NBNS_POSITIVE)
		wire_in_fail(&in, "ANCOUNT");
	if (why)
		*why = in.err;
	return wire_in_errno(&in);
}

const char *nbns_rcode_text(u8 rcode)
{
	switch (rcode) {
	case 1: return "the name server took the query for malformed";
	case 2: return "the name server failed";
	case 3: return "there is no such name";
	case 4: return "the name server does not do this";
	case 5: return "the name server refuses to answer";
	case 6: return "another machine has the name";
	case 7: return "more than one machine has the name";
	}
	return "the name server gave an unknown error";
}
