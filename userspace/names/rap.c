// SPDX-License-Identifier: GPL-2.0-or-later
#include "rap.h"

/* [MS-RAP] 2.5.5 */
enum {
	OP_SHARE_ENUM		= 0x0000,
	OP_SERVER_ENUM2		= 0x0068,
	OP_SERVER_ENUM3		= 0x00d7,
};

#define LEVEL		1
#define SERVER_SIZE	26	/* 2.5.5.4.2 */
#define SHARE_SIZE	20	/* 2.5.6.3.2 */

static void put_text(struct wire_out *out, const char *text)
{
	wire_out_bytes(out, text, (u32)strlen(text) + 1);
}

/* 2.5.1: the call, what its parameters are, what the entries are. */
static void put_head(struct wire_out *out, u16 opcode, const char *params,
		     const char *entry)
{
	wire_out_u16(out, opcode);
	put_text(out, params);
	put_text(out, entry);
}

int rap_server_enum_encode(struct wire_out *out,
			   const struct rap_server_enum *what)
{
	bool domain = what->first || *what->domain;

	if (what->first)
		put_head(out, OP_SERVER_ENUM3, "WrLehDzz", "B16BBDz");
	else
		put_head(out, OP_SERVER_ENUM2, domain ? "WrLehDz" : "WrLehDO",
			 "B16BBDz");
	wire_out_u16(out, LEVEL);
	wire_out_u16(out, what->room);
	wire_out_u32(out, what->types);
	if (domain)
		put_text(out, what->domain);
	if (what->first)
		put_text(out, what->first);
	return out->overflow ? -EMSGSIZE : 0;
}

int rap_share_enum_encode(struct wire_out *out, u16 room)
{
	put_head(out, OP_SHARE_ENUM, "WrLeh", "B13BWz");
	wire_out_u16(out, LEVEL);
	wire_out_u16(out, room);
	return out->overflow ? -EMSGSIZE : 0;
}

int rap_answer_decode(const struct wire_blob *params, struct rap_answer *answer)
{
	struct wire_in in;

	wire_in_from(&in, params);
	answer->status = wire_in_u16(&in, "Win32ErrorCode");
	answer->converter = wire_in_u16(&in, "Converter");
	answer->count = wire_in_u16(&in, "EntriesReturned");
	answer->available = wire_in_u16(&in, "EntriesAvailable");
	return wire_in_errno(&in);
}

/* At most @len bytes, up to a null. */
static void take_name(struct wire_in *in, u32 len, char *name)
{
	const u8 *bytes = wire_in_bytes(in, len, "Name");
	u32 used = 0;

	while (!in->err && used < len && bytes[used]) {
		name[used] = (char)bytes[used];
		used++;
	}
	name[used] = '\0';
}

/* 2.3: a pointer of 16 bits and 16 of nothing, from where the server had it. */
static void take_comment(struct wire_in *in, u16 converter, char *comment)
{
	u16 at = (u16)(wire_in_u16(in, "Comment") - converter);
	u32 used = 0;

	wire_in_skip(in, 2, "CommentHigh");
	*comment = '\0';
	if (in->err || at >= in->len)
		return;		/* none, as far as one can see */
	while (used < RAP_COMMENT_ROOM - 1 && at + used < in->len &&
	       in->base[at + used]) {
		comment[used] = (char)in->base[at + used];
		used++;
	}
	comment[used] = '\0';
}

int rap_server_decode(const struct wire_blob *data,
		      const struct rap_answer *answer, unsigned int index,
		      struct rap_server *server)
{
	struct wire_in in;

	wire_in_from(&in, data);
	wire_in_skip(&in, index * SERVER_SIZE, "EntriesReturned");
	take_name(&in, 16, server->name);
	server->major = wire_in_u8(&in, "MajorVersion") & 0xf;
	server->minor = wire_in_u8(&in, "MinorVersion");
	server->types = wire_in_u32(&in, "ServerType");
	take_comment(&in, answer->converter, server->comment);
	return wire_in_errno(&in);
}

int rap_share_decode(const struct wire_blob *data,
		     const struct rap_answer *answer, unsigned int index,
		     struct rap_share *share)
{
	struct wire_in in;

	wire_in_from(&in, data);
	wire_in_skip(&in, index * SHARE_SIZE, "EntriesReturned");
	take_name(&in, 13, share->name);
	wire_in_skip(&in, 1, "Pad1");
	share->type = wire_in_u16(&in, "Type");
	take_comment(&in, answer->converter, share->comment);
	return wire_in_errno(&in);
}
