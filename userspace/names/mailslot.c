// SPDX-License-Identifier: GPL-2.0-or-later
#include "mailslot.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "smb1_hdr.h"

/* [MS-MAIL] 2.2.1 */
#define OPCODE_WRITE	1
#define CLASS_UNRELIABLE 2	/* the other class is [MS-SMB]'s, and dead */
#define WORDS		17
#define SETUPS		3
#define PRIORITY_MAX	9

bool mailslot_name_good(const char *name)
{
	size_t prefix = strlen(MAILSLOT_PREFIX);

	if (strncasecmp(name, MAILSLOT_PREFIX, prefix) != 0 || !name[prefix] ||
	    strlen(name) >= MAILSLOT_NAME_ROOM)
		return false;
	for (; *name; name++)
		if (!isascii(*name) || !isprint((unsigned char)*name))
			return false;
	return true;
}

static void write_words(struct wire_out *o, const struct mailslot *slot,
			u16 offset)
{
	wire_out_u8(o, WORDS);
	wire_out_u16(o, 0);			/* TotalParameterCount */
	wire_out_u16(o, (u16)slot->data.len);	/* TotalDataCount */
	wire_out_zero(o, 2 + 2 + 1 + 1);	/* MaxParameterCount to Reserved */
	wire_out_u16(o, 0);			/* Flags */
	wire_out_u32(o, 0);			/* Timeout */
	wire_out_u16(o, 0);			/* Reserved2 */
	wire_out_u16(o, 0);			/* ParameterCount */
	wire_out_u16(o, 0);			/* ParameterOffset */
	wire_out_u16(o, (u16)slot->data.len);
	wire_out_u16(o, offset);
	wire_out_u8(o, SETUPS);
	wire_out_u8(o, 0);
	wire_out_u16(o, OPCODE_WRITE);
	wire_out_u16(o, slot->priority);
	wire_out_u16(o, CLASS_UNRELIABLE);
}

int mailslot_encode(void *buf, u32 cap, const struct mailslot *slot)
{
	struct wire_smb1_hdr hdr = { .command = SMB1_TRANSACTION };
	u32 len = (u32)strlen(slot->name), at;
	struct wire_out out;

	if (!mailslot_name_good(slot->name) || slot->priority > PRIORITY_MAX)
		return -EINVAL;
	if (slot->data.len > cap)
		return -EMSGSIZE;
	wire_out_init(&out, buf, cap);
	wire_smb1_hdr_encode(&out, &hdr);
	write_words(&out, slot, (u16)(MAILSLOT_OVERHEAD + len));
	at = wire_smb1_bytes_begin(&out);
	wire_out_bytes(&out, slot->name, len + 1);
	wire_out_blob(&out, &slot->data);
	wire_smb1_bytes_end(&out, at);
	return out.overflow ? -EMSGSIZE : (int)out.pos;
}

/* Where the data is; all else of the words must be what a write has. */
static void read_words(struct wire_in *in, struct mailslot *slot)
{
	u16 total, count, offset;

	if (wire_smb1_words(in, WORDS) != WORDS)
		wire_in_fail(in, "WordCount");
	wire_in_skip(in, 2, "TotalParameterCount");
	total = wire_in_u16(in, "TotalDataCount");
	wire_in_skip(in, 14, "MaxParameterCount");
	wire_in_skip(in, 4, "ParameterCount");
	count = wire_in_u16(in, "DataCount");
	offset = wire_in_u16(in, "DataOffset");
	if (wire_in_u8(in, "SetupCount") != SETUPS)
		wire_in_fail(in, "SetupCount");
	wire_in_skip(in, 1, "Reserved3");
	if (wire_in_u16(in, "MailslotOpcode") != OPCODE_WRITE)
		wire_in_fail(in, "MailslotOpcode");
	slot->priority = wire_in_u16(in, "Priority");
	if (wire_in_u16(in, "Class") != CLASS_UNRELIABLE)
		wire_in_fail(in, "Class");
	if (total != count)
		wire_in_fail(in, "DataCount");
	slot->data = wire_in_blob(in, offset, count, "DataOffset");
}

static void read_name(struct wire_in *in, struct mailslot *slot)
{
	struct wire_blob bytes = wire_smb1_bytes(in, WORDS);
	const u8 *end = bytes.len ? memchr(bytes.ptr, 0, bytes.len) : NULL;
	size_t len = end ? (size_t)(end - bytes.ptr) : 0;

	if (end && len < sizeof(slot->name))
		memcpy(slot->name, bytes.ptr, len);
	if (!mailslot_name_good(slot->name))
		wire_in_fail(in, "MailslotName");
}

int mailslot_decode(const void *msg, u32 len, struct mailslot *slot,
		    const char **why)
{
	struct wire_smb1_hdr hdr;
	struct wire_in in;

	memset(slot, 0, sizeof(*slot));
	wire_in_init(&in, msg, len);
	wire_smb1_hdr_decode(&in, &hdr);
	if (!in.err && hdr.command != SMB1_TRANSACTION)
		wire_in_fail(&in, "Command");
	read_words(&in, slot);
	read_name(&in, slot);
	if (why)
		*why = in.err;
	return wire_in_errno(&in);
}
