// SPDX-License-Identifier: GPL-2.0-or-later
#include "mdns.h"

#include "dnssrv.h"

enum { DNSMSG_TYPE_PTR = 12 };

/* The top bit of a class tells responders to flush their caches. */
#define CLASS(class)	((class) & 0x7fff)

struct reading {
	const struct dnsname *type;
	struct mdns_answer *answer;
	u32 records;
};

/* The first label, as it is. */
static void label_format(const struct dnsname *name, char *text)
{
	struct dnsname label = { 0 };
	char room[DNSNAME_TEXT_ROOM];

	memcpy(label.wire, name->wire, 1U + name->wire[0]);
	label.len = (u8)(2 + name->wire[0]);
	dnsname_format(&label, room);
	memcpy(text, room, strlen(room) + 1);
	if (*text && text[strlen(text) - 1] == '.')
		text[strlen(text) - 1] = '\0';
}

static void take_pointer(struct reading *r, struct wire_in *in,
			 const struct dnsmsg_record *rr)
{
	struct mdns_service *service;
	struct wire_in data;
	struct dnsname name;

	if (rr->type != DNSMSG_TYPE_PTR || !dnsname_equal(&rr->name, r->type) ||
	    r->answer->count == MDNS_SERVICES_MAX)
		return;
	data = dnsmsg_record_in(in, rr);
	dnsname_read(&data, &name, "PTRDNAME");
	wire_in_join(in, &data);
	if (data.err || name.len < 2)
		return;
	service = &r->answer->services[r->answer->count++];
	service->instance = name;
	label_format(&name, service->name);
}

static void take_place(struct reading *r, struct wire_in *in,
		       const struct dnsmsg_record *rr)
{
	if (rr->type != DNSMSG_TYPE_SRV)
		return;
	for (u32 i = 0; i < r->answer->count; i++) {
		struct mdns_service *service = &r->answer->services[i];
		struct wire_in data = dnsmsg_record_in(in, rr);

		if (!dnsname_equal(&rr->name, &service->instance))
			continue;
		wire_in_skip(&data, 4, "Priority");
		service->port = dnsmsg_in_u16(&data, "Port");
		dnsname_read(&data, &service->target, "Target");
		wire_in_join(in, &data);
	}
}

static void take_address(struct reading *r, struct wire_in *in,
			 const struct dnsmsg_record *rr)
{
	if (rr->type != DNSMSG_TYPE_A || rr->data.len != 4)
		return;
	for (u32 i = 0; i < r->answer->count; i++) {
		struct mdns_service *service = &r->answer->services[i];

		if (!service->target.len ||
		    !dnsname_equal(&rr->name, &service->target))
			continue;
		memcpy(service->address, rr->data.ptr, 4);
		service->has_address = true;
	}
}

/* All records, whatever their section: the useful ones are "additional". */
static void each_record(struct reading *r, struct wire_in *in,
			void (*take)(struct reading *r, struct wire_in *in,
				     const struct dnsmsg_record *rr))
{
	struct dnsmsg_record rr = { 0 };
	struct wire_in pass = *in;

	for (u32 i = 0; i < r->records && !pass.err; i++) {
		dnsmsg_read_record(&pass, &rr);
		if (!pass.err && CLASS(rr.class) == DNSMSG_CLASS_IN)
			take(r, &pass, &rr);
	}
	wire_in_join(in, &pass);
}

int mdns_answer_decode(const void *msg, u32 len, const struct dnsname *type,
		       struct mdns_answer *answer, const char **why)
{
	struct reading r = { .type = type, .answer = answer };
	struct dnsmsg_header hdr = { 0 };
	struct wire_in in;

	memset(answer, 0, sizeof(*answer));
	wire_in_init(&in, msg, len);
	dnsmsg_read_response(&in, &hdr);
	answer->id = hdr.id;
	r.records = (u32)hdr.answers + hdr.authorities + hdr.additionals;
	each_record(&r, &in, take_pointer);
	each_record(&r, &in, take_place);
	each_record(&r, &in, take_address);
	if (why)
		*why = in.err;
	if (in.err)
		answer->count = 0;
	return wire_in_errno(&in);
}
