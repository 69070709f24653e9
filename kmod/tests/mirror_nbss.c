// SPDX-License-Identifier: GPL-2.0-or-later
/* Server's half: NetBIOS session service. */
#include "mirror.h"

static u8 half(struct wire_in *in)
{
	u8 letter = wire_in_u8(in, "Name");

	if (letter < 'A' || letter > 'P')
		wire_in_fail(in, "Name");
	return (letter - 'A') & 0xf;
}

static void name_decode(struct wire_in *in, struct wire_nbss_name *name)
{
	u8 high;
	int i;

	if (wire_in_u8(in, "Name") != 32)
		wire_in_fail(in, "Name");
	for (i = 0; i < 16; i++) {
		high = half(in);
		name->bytes[i] = high << 4 | half(in);
	}
	if (wire_in_u8(in, "Scope"))
		wire_in_fail(in, "Scope");
}

int mirror_nbss_request_decode(const struct wire_blob *body,
			       struct wire_nbss_request *req)
{
	struct wire_in in;

	wire_in_from(&in, body);
	name_decode(&in, &req->called);
	name_decode(&in, &req->calling);
	if (wire_in_left(&in))
		wire_in_fail(&in, "Length");
	return wire_in_errno(&in);
}

int mirror_nbss_answer_encode(struct wire_out *o,
			      const struct wire_nbss_answer *answer)
{
	u8 len = answer->type == 0x83 ? 1 : answer->type == 0x84 ? 6 : 0;

	wire_out_u8(o, answer->type);
	wire_out_zero(o, 2);
	wire_out_u8(o, len);
	if (len == 1)
		wire_out_u8(o, answer->error);
	if (len == 6) {
		wire_out_bytes(o, answer->address, 4);
		wire_out_u8(o, answer->port >> 8);
		wire_out_u8(o, answer->port);
	}
	return wire_out_errno(o);
}
