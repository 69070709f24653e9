// SPDX-License-Identifier: GPL-2.0-or-later
#include "gposec.h"

#include <errno.h>
#include <string.h>

#include "cursor.h"

#define DACL_PRESENT	0x0004		/* Control, 2.4.6 */
#define HEADER_LEN	20
#define ALLOWED		0x00		/* AceType, 2.4.4.1 */
#define DENIED		0x01
#define ALLOWED_OBJECT	0x05
#define DENIED_OBJECT	0x06
#define INHERIT_ONLY	0x08		/* AceFlags: not for the object itself */
#define HAS_TYPE	0x1		/* of an object entry, 2.4.4.3 */
#define HAS_INHERITED	0x2
#define GUID_LEN	16
#define SID_HEAD	8
#define CONTROL_ACCESS	0x00000100u	/* RIGHT_DS_CONTROL_ACCESS */
#define GENERIC_ALL	0x10000000u

/* edacfd8f-ffb3-11d1-b41d-00a0c968f939, Apply Group Policy */
static const uint8_t apply_right[GUID_LEN] = {
	0x8f, 0xfd, 0xac, 0xed, 0xb3, 0xff, 0xd1, 0x11,
	0xb4, 0x1d, 0x00, 0xa0, 0xc9, 0x68, 0xf9, 0x39,
};

static bool is_in(const struct gpo_token *token, const char *sid)
{
	for (size_t i = 0; i < token->count; i++)
		if (strcmp(token->sids[i], sid) == 0)
			return true;
	return false;
}

/* What follows the mask of an object entry: is it about this right? */
static bool is_about_it(struct wire_in *ace)
{
	uint32_t flags = wire_in_u32(ace, "Flags");
	const u8 *type = NULL;

	if (flags & HAS_TYPE)
		type = wire_in_bytes(ace, GUID_LEN, "ObjectType");
	if (flags & HAS_INHERITED)
		wire_in_skip(ace, GUID_LEN, "InheritedObjectType");
	return !type || memcmp(type, apply_right, GUID_LEN) == 0;
}

/* Its SID goes up to the end of the entry, which may be longer. */
static bool take_sid(struct wire_in *ace, char sid[SID_TEXT_ROOM])
{
	uint32_t left = wire_in_left(ace), len;
	const u8 *bytes = wire_in_bytes(ace, left, "Sid");

	if (!bytes || left < SID_HEAD)
		return false;
	len = SID_HEAD + 4u * bytes[1];
	return len <= left && sid_format(bytes, len, sid);
}

/* 1: it decides; 0: it is not about this; -EBADMSG. */
static int take_ace(struct wire_in *ace, uint8_t type, uint8_t flags,
		    const struct gpo_token *token, struct gpo_verdict *verdict)
{
	bool object = type == ALLOWED_OBJECT || type == DENIED_OBJECT;
	char sid[SID_TEXT_ROOM];
	uint32_t mask;

	if (!object && type != ALLOWED && type != DENIED)
		return 0;
	mask = wire_in_u32(ace, "Mask");
	if (object && !is_about_it(ace))
		mask = 0;
	if (!take_sid(ace, sid) || ace->err)
		return -EBADMSG;
	if ((flags & INHERIT_ONLY) || !(mask & (CONTROL_ACCESS | GENERIC_ALL)) ||
	    !is_in(token, sid))
		return 0;
	verdict->access = type == DENIED || type == DENIED_OBJECT ?
			  GPO_DENIED : GPO_GRANTED;
	strcpy(verdict->sid, sid);
	return 1;
}

static int take_list(struct wire_in *in, const struct gpo_token *token,
		     struct gpo_verdict *verdict)
{
	uint16_t count;
	int ret = 0;

	wire_in_skip(in, 4, "AclRevision, AclSize");
	count = wire_in_u16(in, "AceCount");
	wire_in_skip(in, 2, "Sbz2");
	for (uint16_t i = 0; i < count && !in->err && !ret; i++) {
		uint8_t type = wire_in_u8(in, "AceType");
		uint8_t flags = wire_in_u8(in, "AceFlags");
		uint16_t size = wire_in_u16(in, "AceSize");
		const u8 *body = size < 4 ? NULL :
				 wire_in_bytes(in, size - 4u, "Ace");
		struct wire_in ace;

		if (!body)
			return -EBADMSG;
		wire_in_init(&ace, body, size - 4u);
		ret = take_ace(&ace, type, flags, token, verdict);
	}
	return in->err ? -EBADMSG : ret < 0 ? ret : 0;
}

int gpo_may_apply(const void *descriptor, size_t len,
		  const struct gpo_token *token, struct gpo_verdict *verdict)
{
	struct wire_in in;
	uint16_t control;
	uint32_t at;

	*verdict = (struct gpo_verdict){ .access = GPO_NOT_GRANTED };
	if (len > UINT32_MAX)
		return -EBADMSG;
	wire_in_init(&in, descriptor, (u32)len);
	if (wire_in_u8(&in, "Revision") != 1)
		return -EBADMSG;
	wire_in_skip(&in, 1, "Sbz1");
	control = wire_in_u16(&in, "Control");
	wire_in_skip(&in, 12, "OffsetOwner, OffsetGroup, OffsetSacl");
	at = wire_in_u32(&in, "OffsetDacl");
	if (in.err)
		return -EBADMSG;
	if (!(control & DACL_PRESENT) || !at) {
		verdict->access = GPO_GRANTED;
		return 0;
	}
	if (at < HEADER_LEN)
		return -EBADMSG;
	wire_in_seek(&in, at, "Dacl");
	return take_list(&in, token, verdict);
}
