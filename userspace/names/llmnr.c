// SPDX-License-Identifier: GPL-2.0-or-later
#include "llmnr.h"

#define FLAG_CONFLICT	0x0400
#define FLAG_TENTATIVE	0x0100

int llmnr_query_encode(void *buf, u32 cap, u16 id, const struct dnsname *name,
		       u16 type)
{
	struct dnsmsg_header hdr = { .id = id, .questions = 1 };
	struct dnsmsg_question question = {
		.name = *name, .type = type, .class = DNSMSG_CLASS_IN,
	};
	struct wire_out out;

	wire_out_init(&out, buf, cap);
	dnsmsg_write_header(&out, &hdr);
	dnsmsg_write_question(&out, &question);
	return out.overflow ? -EMSGSIZE : (int)out.pos;
}

static void read_record(struct wire_in *in, struct llmnr_answer *answer)
{
	struct llmnr_address *address;
	struct dnsmsg_record rr;
	u32 size;

	dnsmsg_read_record(in, &rr);
	if (in->err || rr.class != DNSMSG_CLASS_IN ||
	    (rr.type != DNSMSG_TYPE_A && rr.type != DNSMSG_TYPE_AAAA) ||
	    !dnsname_equal(&rr.name, &answer->question.name))
		return;
	size = rr.type == DNSMSG_TYPE_A ? 4 : 16;
	if (rr.data.len != size) {
		wire_in_fail(in, "RDLENGTH");
		return;
	}
	if (answer->address_count == LLMNR_ADDRESSES_MAX)
		return;
	address = &answer->addresses[answer->address_count++];
	address->ipv6 = size == 16;
	memcpy(address->bytes, rr.data.ptr, size);
}

static void read_flags(struct wire_in *in, const struct dnsmsg_header *hdr,
		       struct llmnr_answer *answer)
{
	answer->id = hdr->id;
	answer->conflict = hdr->flags & FLAG_CONFLICT;
	answer->truncated = hdr->flags & DNSMSG_TRUNCATED;
	answer->tentative = hdr->flags & FLAG_TENTATIVE;
	answer->rcode = DNSMSG_RCODE(hdr->flags);
	if (!(hdr->flags & DNSMSG_RESPONSE))
		wire_in_fail(in, "QR");
	if (DNSMSG_OPCODE(hdr->flags) != 0)
		wire_in_fail(in, "OPCODE");
	if (hdr->questions != 1)
		wire_in_fail(in, "QDCOUNT");
}

int llmnr_answer_decode(const void *msg, u32 len, struct llmnr_answer *answer,
			const char **why)
{
	struct dnsmsg_header hdr;
	struct wire_in in;

	memset(answer, 0, sizeof(*answer));
	wire_in_init(&in, msg, len);
	dnsmsg_read_header(&in, &hdr);
	read_flags(&in, &hdr, answer);
	dnsmsg_read_question(&in, &answer->question);
	for (u32 i = 0; i < hdr.answers && !in.err; i++)
		read_record(&in, answer);
	if (why)
		*why = in.err;
	return wire_in_errno(&in);
}
