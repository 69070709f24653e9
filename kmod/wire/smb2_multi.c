// SPDX-License-Identifier: GPL-2.0-or-later
#include "smb2_multi.h"

/* [MS-CIFS] 2.2.3.1 */
enum {
	SMB1_COM_NEGOTIATE		= 0x72,
	SMB1_FLAGS_CASE_INSENSITIVE	= 0x08,
	SMB1_FLAGS_CANONICALIZED_PATHS	= 0x10,
	SMB1_FLAGS2_LONG_NAMES		= 0x0001,
	SMB1_FLAGS2_SIGNATURE		= 0x0004,
	SMB1_FLAGS2_SIGNATURE_REQUIRED	= 0x0010,
	SMB1_FLAGS2_EXTENDED_SECURITY	= 0x0800,
	SMB1_FLAGS2_NT_STATUS		= 0x4000,
	SMB1_FLAGS2_UNICODE		= 0x8000,
	SMB1_NO_TID			= 0xffff,
	SMB1_BUFFER_DIALECT		= 0x02,	/* 2.2.4.52.1 */
};

static void hdr_encode(struct wire_out *o, const struct wire_smb2_multi_req *req)
{
	static const u8 protocol[] = { 0xff, 'S', 'M', 'B' };
	u16 flags2 = SMB1_FLAGS2_LONG_NAMES | SMB1_FLAGS2_SIGNATURE |
		     SMB1_FLAGS2_EXTENDED_SECURITY | SMB1_FLAGS2_NT_STATUS |
		     SMB1_FLAGS2_UNICODE;

	if (req->must_sign)
		flags2 |= SMB1_FLAGS2_SIGNATURE_REQUIRED;
	wire_out_bytes(o, protocol, sizeof(protocol));
	wire_out_u8(o, SMB1_COM_NEGOTIATE);
	wire_out_u32(o, 0);	/* Status */
	wire_out_u8(o, SMB1_FLAGS_CASE_INSENSITIVE |
		    SMB1_FLAGS_CANONICALIZED_PATHS);
	wire_out_u16(o, flags2);
	wire_out_zero(o, 12);	/* PIDHigh, SecurityFeatures, Reserved */
	wire_out_u16(o, SMB1_NO_TID);
	wire_out_zero(o, 6);	/* PIDLow, UID, MID */
}

static void dialect_encode(struct wire_out *o, const char *name)
{
	wire_out_u8(o, SMB1_BUFFER_DIALECT);
	wire_out_bytes(o, name, strlen(name) + 1);
}

/**
 * wire_smb2_multi_req_encode - write a multi-protocol NEGOTIATE
 * @o: the writer, at the start of the message
 * @req: what to offer
 *
 * Dialects of SMB 1 are not offered: a server that has no other ones says so.
 *
 * Return: 0, -EMSGSIZE, -EINVAL if nothing is offered.
 */
int wire_smb2_multi_req_encode(struct wire_out *o,
			       const struct wire_smb2_multi_req *req)
{
	u32 at;

	if (!req->offers_202 && !req->offers_any)
		return -EINVAL;
	hdr_encode(o, req);
	wire_out_u8(o, 0);	/* WordCount */
	at = o->pos;
	wire_out_u16(o, 0);	/* ByteCount */
	if (req->offers_202)
		dialect_encode(o, "SMB 2.002");
	if (req->offers_any)
		dialect_encode(o, "SMB 2.???");
	wire_out_patch_u16(o, at, o->pos - at - 2);
	return wire_out_errno(o);
}
