// SPDX-License-Identifier: GPL-2.0-or-later
#include "dnssrv.h"

static void read_srv(struct wire_in *in, const struct dnsmsg_record *rr,
		     struct dnssrv *srv)
{
	struct wire_in data = dnsmsg_record_in(in, rr);

	srv->priority = dnsmsg_in_u16(&data, "Priority");
	srv->weight = dnsmsg_in_u16(&data, "Weight");
	srv->port = dnsmsg_in_u16(&data, "Port");
	dnsname_read(&data, &srv->target, "Target");
	if (!data.err && data.pos != data.len)
		wire_in_fail(&data, "RDLENGTH");
	wire_in_join(in, &data);
}

static void take_record(struct wire_in *in, struct dnssrv_answer *answer)
{
	struct dnsmsg_record rr = { 0 };
	struct dnssrv srv = { 0 };

	dnsmsg_read_record(in, &rr);
	if (in->err || rr.type != DNSMSG_TYPE_SRV ||
	    rr.class != DNSMSG_CLASS_IN)
		return;
	read_srv(in, &rr, &srv);
	if (!in->err && srv.target.len > 1 && answer->count < DNSSRV_MAX)
		answer->records[answer->count++] = srv;
}

int dnssrv_answer_decode(const void *msg, u32 len, struct dnssrv_answer *answer,
			 const char **why)
{
	struct dnsmsg_header hdr = { 0 };
	struct wire_in in;

	memset(answer, 0, sizeof(*answer));
	wire_in_init(&in, msg, len);
	dnsmsg_read_response(&in, &hdr);
	answer->rcode = DNSMSG_RCODE(hdr.flags);
	for (u16 i = 0; i < hdr.answers && !in.err; i++)
		take_record(&in, answer);
	if (why)
		*why = in.err;
	if (in.err)
		answer->count = 0;
	return wire_in_errno(&in);
}

/* ---- Order -------------------------------------------------------------- */

static void swap(struct dnssrv *a, struct dnssrv *b)
{
	struct dnssrv kept = *a;

	*a = *b;
	*b = kept;
}

/* How many from @from on have its priority; the lowest one is there already. */
static u32 group_of(const struct dnssrv_answer *answer, u32 from)
{
	u32 end = from;

	while (end < answer->count && answer->records[end].priority ==
				      answer->records[from].priority)
		end++;
	return end - from;
}

/* One after the other is drawn, with a chance by its weight. */
static void draw(struct dnssrv *list, u32 count, u32 (*random)(u32 max))
{
	for (u32 i = 0; i + 1 < count; i++) {
		u32 sum = 0, at, chosen = i;

		for (u32 k = i; k < count; k++)
			sum += list[k].weight;
		at = sum ? random(sum) : random(count - i - 1);
		for (u32 k = i; k < count; k++) {
			chosen = k;
			if (sum ? at <= list[k].weight : at == k - i)
				break;
			at -= sum ? list[k].weight : 0;
		}
		swap(&list[i], &list[chosen]);
	}
}

void dnssrv_sort(struct dnssrv_answer *answer, u32 (*random)(u32 max))
{
	struct dnssrv *r = answer->records;
	u32 n;

	for (u32 i = 0; i < answer->count; i++)
		for (u32 k = i + 1; k < answer->count; k++)
			if (r[k].priority < r[i].priority)
				swap(&r[i], &r[k]);
	for (u32 i = 0; i < answer->count; i += n) {
		n = group_of(answer, i);
		draw(&r[i], n, random);
	}
}
