// SPDX-License-Identifier: GPL-2.0-or-later
#include "dnsmsg.h"

/** dnsmsg_in_u16 - two bytes, most significant first */
u16 dnsmsg_in_u16(struct wire_in *in, const char *what)
{
	u16 high = wire_in_u8(in, what);

	return (u16)(high << 8 | wire_in_u8(in, what));
}

/** dnsmsg_in_u32 - four bytes, most significant first */
u32 dnsmsg_in_u32(struct wire_in *in, const char *what)
{
	u32 high = dnsmsg_in_u16(in, what);

	return high << 16 | dnsmsg_in_u16(in, what);
}

/** dnsmsg_out_u16 - two bytes, most significant first */
void dnsmsg_out_u16(struct wire_out *out, u16 v)
{
	wire_out_u8(out, (u8)(v >> 8));
	wire_out_u8(out, (u8)v);
}

void dnsmsg_read_header(struct wire_in *in, struct dnsmsg_header *hdr)
{
	hdr->id = dnsmsg_in_u16(in, "NAME_TRN_ID");
	hdr->flags = dnsmsg_in_u16(in, "flags");
	hdr->questions = dnsmsg_in_u16(in, "QDCOUNT");
	hdr->answers = dnsmsg_in_u16(in, "ANCOUNT");
	hdr->authorities = dnsmsg_in_u16(in, "NSCOUNT");
	hdr->additionals = dnsmsg_in_u16(in, "ARCOUNT");
}

void dnsmsg_read_question(struct wire_in *in, struct dnsmsg_question *q)
{
	dnsname_read(in, &q->name, "QUESTION_NAME");
	q->type = dnsmsg_in_u16(in, "QUESTION_TYPE");
	q->class = dnsmsg_in_u16(in, "QUESTION_CLASS");
}

void dnsmsg_read_response(struct wire_in *in, struct dnsmsg_header *hdr)
{
	struct dnsmsg_question question;

	dnsmsg_read_header(in, hdr);
	if (!in->err && !(hdr->flags & DNSMSG_RESPONSE))
		wire_in_fail(in, "QR");
	for (u16 i = 0; i < hdr->questions && !in->err; i++)
		dnsmsg_read_question(in, &question);
}

struct wire_in dnsmsg_record_in(const struct wire_in *in,
				const struct dnsmsg_record *rr)
{
	struct wire_in data = *in;

	data.pos = (u32)(rr->data.ptr - in->base);
	data.len = data.pos + rr->data.len;
	return data;
}

void dnsmsg_read_record(struct wire_in *in, struct dnsmsg_record *rr)
{
	dnsname_read(in, &rr->name, "RR_NAME");
	rr->type = dnsmsg_in_u16(in, "RR_TYPE");
	rr->class = dnsmsg_in_u16(in, "RR_CLASS");
	rr->ttl = dnsmsg_in_u32(in, "TTL");
	rr->data = wire_in_take(in, dnsmsg_in_u16(in, "RDLENGTH"), "RDATA");
}

void dnsmsg_write_header(struct wire_out *out, const struct dnsmsg_header *hdr)
{
	dnsmsg_out_u16(out, hdr->id);
	dnsmsg_out_u16(out, hdr->flags);
	dnsmsg_out_u16(out, hdr->questions);
	dnsmsg_out_u16(out, hdr->answers);
	dnsmsg_out_u16(out, hdr->authorities);
	dnsmsg_out_u16(out, hdr->additionals);
}

void dnsmsg_write_question(struct wire_out *out,
			   const struct dnsmsg_question *q)
{
	dnsname_write(out, &q->name);
	dnsmsg_out_u16(out, q->type);
	dnsmsg_out_u16(out, q->class);
}
