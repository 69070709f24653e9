// SPDX-License-Identifier: GPL-2.0-or-later
#include "nbdgm.h"

#include "dnsmsg.h"

/* FLAGS of RFC 1002 4.4.1; what kind of node the sender is says nothing here */
#define FLAG_MORE	0x01
#define FLAG_FIRST	0x02

int nbdgm_encode(void *buf, u32 cap, const struct nbdgm *dgm, const char *scope)
{
	struct dnsname from, to;
	struct wire_out out;

	if (!nbname_encode(&from, &dgm->from, scope) ||
	    !nbname_encode(&to, &dgm->to, scope))
		return -EINVAL;
	if (dgm->data.len > NBDGM_DATA_MAX)
		return -EMSGSIZE;
	wire_out_init(&out, buf, cap);
	wire_out_u8(&out, (u8)dgm->type);
	wire_out_u8(&out, FLAG_FIRST);
	dnsmsg_out_u16(&out, dgm->id);
	wire_out_bytes(&out, dgm->source, sizeof(dgm->source));
	dnsmsg_out_u16(&out, dgm->port);
	dnsmsg_out_u16(&out, (u16)(from.len + to.len + dgm->data.len));
	dnsmsg_out_u16(&out, 0);	/* PACKET_OFFSET */
	dnsname_write(&out, &from);
	dnsname_write(&out, &to);
	wire_out_blob(&out, &dgm->data);
	return out.overflow ? -EMSGSIZE : (int)out.pos;
}

static void read_name(struct wire_in *in, struct nbname *name, const char *what)
{
	struct dnsname wire;

	dnsname_read(in, &wire, what);
	if (!in->err && !nbname_decode(&wire, name))
		wire_in_fail(in, what);
}

/* Is what follows the names as long as the header says? */
static void read_data(struct wire_in *in, struct nbdgm *dgm, u32 begin,
		      u16 length)
{
	u32 names = in->pos - begin;

	if (!in->err && length < names)
		wire_in_fail(in, "DGM_LENGTH");
	dgm->data = wire_in_take(in, in->err ? 0 : length - names,
				 "DGM_LENGTH");
}

int nbdgm_decode(const void *msg, u32 len, struct nbdgm *dgm, const char **why)
{
	struct wire_in in;
	u16 length;
	u8 type;

	memset(dgm, 0, sizeof(*dgm));
	wire_in_init(&in, msg, len);
	type = wire_in_u8(&in, "MSG_TYPE");
	dgm->type = type;
	if (type < NBDGM_UNIQUE || type > NBDGM_BROADCAST)
		wire_in_fail(&in, "MSG_TYPE");
	/* Nobody has sent one in parts since the last century. */
	if ((wire_in_u8(&in, "FLAGS") & (FLAG_FIRST | FLAG_MORE)) != FLAG_FIRST)
		wire_in_fail(&in, "FLAGS");
	dgm->id = dnsmsg_in_u16(&in, "DGM_ID");
	wire_in_copy(&in, dgm->source, sizeof(dgm->source), "SOURCE_IP");
	dgm->port = dnsmsg_in_u16(&in, "SOURCE_PORT");
	length = dnsmsg_in_u16(&in, "DGM_LENGTH");
	if (dnsmsg_in_u16(&in, "PACKET_OFFSET"))
		wire_in_fail(&in, "PACKET_OFFSET");
	read_name(&in, &dgm->from, "SOURCE_NAME");
	read_name(&in, &dgm->to, "DESTINATION_NAME");
	read_data(&in, dgm, 14, length);
	if (why)
		*why = in.err;
	return wire_in_errno(&in);
}
