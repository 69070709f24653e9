// SPDX-License-Identifier: GPL-2.0-or-later
#include "smb2_hdr.h"

enum {
	HDR_NEXT_OFFSET	= 20,
	PDU_ALIGN	= 8,
};

static void hdr_body_decode(struct wire_in *in, struct wire_smb2_hdr *hdr)
{
	u32 status;

	hdr->credit_charge = wire_in_u16(in, "CreditCharge");
	status = wire_in_u32(in, "Status");
	hdr->command = wire_in_u16(in, "Command");
	hdr->credits = wire_in_u16(in, "Credits");
	hdr->flags = wire_in_u32(in, "Flags");
	hdr->next = wire_in_u32(in, "NextCommand");
	hdr->message_id = wire_in_u64(in, "MessageId");
	if (hdr->flags & SMB2_FLAGS_ASYNC_COMMAND) {
		hdr->async_id = wire_in_u64(in, "AsyncId");
	} else {
		wire_in_skip(in, 4, "Reserved");
		hdr->tree_id = wire_in_u32(in, "TreeId");
	}
	hdr->session_id = wire_in_u64(in, "SessionId");
	wire_in_copy(in, hdr->signature, sizeof(hdr->signature), "Signature");
	if (hdr->flags & SMB2_FLAGS_SERVER_TO_REDIR)
		hdr->status = status;
	else
		hdr->channel_sequence = status & 0xffff;
}

/**
 * wire_smb2_hdr_decode - read the header of a PDU
 * @msg: a reader at the first byte of the PDU; moved to the body
 * @hdr: the header
 *
 * NextCommand is not judged here; wire_smb2_pdu_next() does.
 * [MS-SMB2] 2.2.1.1, 2.2.1.2.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_smb2_hdr_decode(struct wire_in *msg, struct wire_smb2_hdr *hdr)
{
	memset(hdr, 0, sizeof(*hdr));
	if (wire_in_u32(msg, "ProtocolId") != SMB2_PROTOCOL_ID)
		wire_in_fail(msg, "ProtocolId");
	wire_in_struct_size(msg, SMB2_HDR_SIZE);
	hdr_body_decode(msg, hdr);
	return wire_in_errno(msg);
}

/**
 * wire_smb2_hdr_encode - write the header of a PDU
 * @o: the writer
 * @hdr: the header
 *
 * [MS-SMB2] 2.2.1.1, 2.2.1.2.
 *
 * Return: 0 or -EMSGSIZE.
 */
int wire_smb2_hdr_encode(struct wire_out *o, const struct wire_smb2_hdr *hdr)
{
	bool response = hdr->flags & SMB2_FLAGS_SERVER_TO_REDIR;

	wire_out_u32(o, SMB2_PROTOCOL_ID);
	wire_out_u16(o, SMB2_HDR_SIZE);
	wire_out_u16(o, hdr->credit_charge);
	wire_out_u32(o, response ? hdr->status : hdr->channel_sequence);
	wire_out_u16(o, hdr->command);
	wire_out_u16(o, hdr->credits);
	wire_out_u32(o, hdr->flags);
	wire_out_u32(o, hdr->next);
	wire_out_u64(o, hdr->message_id);
	if (hdr->flags & SMB2_FLAGS_ASYNC_COMMAND) {
		wire_out_u64(o, hdr->async_id);
	} else {
		wire_out_u32(o, 0);
		wire_out_u32(o, hdr->tree_id);
	}
	wire_out_u64(o, hdr->session_id);
	wire_out_bytes(o, hdr->signature, sizeof(hdr->signature));
	return wire_out_errno(o);
}

/* NextCommand leads to a whole header inside the message, further down. */
static bool next_is_sane(u32 next, u32 left)
{
	return next >= SMB2_HDR_SIZE && !(next % PDU_ALIGN) &&
	       next <= left && left - next >= SMB2_HDR_SIZE;
}

/**
 * wire_smb2_pdu_next - next PDU of a message
 * @msg: the message, at first positioned at its start
 * @pdu: a reader over this PDU alone, based at its header, at its body
 * @hdr: its header
 *
 * Each call moves @msg by at least a header, so a walk ends. [MS-SMB2] 2.2.1,
 * 3.2.5.1.9.
 *
 * Return: 1 and a PDU, 0 after the last one, -EBADMSG with the reason in @msg;
 * an empty message is bad, too.
 */
int wire_smb2_pdu_next(struct wire_in *msg, struct wire_in *pdu,
		       struct wire_smb2_hdr *hdr)
{
	u32 left = wire_in_left(msg);

	if (!msg->err && !left && msg->pos)
		return 0;
	*pdu = wire_in_sub(msg, msg->pos, left, "PDU");
	if (wire_smb2_hdr_decode(pdu, hdr)) {
		wire_in_join(msg, pdu);
		return -EBADMSG;
	}
	if (hdr->next && !next_is_sane(hdr->next, left)) {
		wire_in_fail(msg, "NextCommand");
		return -EBADMSG;
	}
	if (hdr->next)
		pdu->len = hdr->next;
	msg->pos += pdu->len;
	return 1;
}

/**
 * wire_smb2_pdu_begin - begin a PDU where the writer stands
 * @o: the writer
 * @hdr: its header
 *
 * Return: 0 or -EMSGSIZE.
 */
int wire_smb2_pdu_begin(struct wire_out *o, const struct wire_smb2_hdr *hdr)
{
	o->pdu = o->pos;
	return wire_smb2_hdr_encode(o, hdr);
}

/**
 * wire_smb2_pdu_end - end a PDU
 * @o: the writer
 * @more: another PDU follows in the same message: pad, fill in NextCommand
 *
 * Return: bytes of the PDU, padding included: what a signature covers.
 */
u32 wire_smb2_pdu_end(struct wire_out *o, bool more)
{
	u32 size;

	if (more)
		wire_out_align(o, PDU_ALIGN);
	size = wire_out_off(o);
	wire_out_patch_u32(o, o->pdu + HDR_NEXT_OFFSET, more ? size : 0);
	return size;
}

/**
 * wire_smb2_pdu_end_payload - end a PDU whose data go out from elsewhere
 * @o: the writer, after the fixed part of a WRITE
 * @payload: bytes that will follow
 * @more: another PDU follows in the same message: fill in NextCommand
 *
 * The caller sends what is in the buffer up to here, the payload, and as many
 * zeroes as this returns; then the next PDU, which is written right here.
 *
 * Return: bytes of padding after the payload.
 */
u32 wire_smb2_pdu_end_payload(struct wire_out *o, u32 payload, bool more)
{
	u32 size = wire_out_off(o);
	u32 pad;

	if (payload > U32_MAX - PDU_ALIGN - size) {
		o->overflow = true;
		return 0;
	}
	size += payload;
	pad = more ? -size % PDU_ALIGN : 0;
	wire_out_patch_u32(o, o->pdu + HDR_NEXT_OFFSET, more ? size + pad : 0);
	return pad;
}

/**
 * wire_smb2_fid_decode - read a FileId
 * @in: the reader
 *
 * [MS-SMB2] 2.2.14.1.
 *
 * Return: the FileId, zero after an error.
 */
struct wire_smb2_fid wire_smb2_fid_decode(struct wire_in *in)
{
	struct wire_smb2_fid fid;

	fid.persistent_id = wire_in_u64(in, "FileId");
	fid.volatile_id = wire_in_u64(in, "FileId");
	return fid;
}

/**
 * wire_smb2_fid_encode - write a FileId
 * @o: the writer
 * @fid: the FileId
 *
 * [MS-SMB2] 2.2.14.1.
 */
void wire_smb2_fid_encode(struct wire_out *o, const struct wire_smb2_fid *fid)
{
	wire_out_u64(o, fid->persistent_id);
	wire_out_u64(o, fid->volatile_id);
}
