// SPDX-License-Identifier: GPL-2.0-or-later
#include "smb2_transform.h"

/**
 * wire_msg_kind - tell what a message is
 * @msg: its first bytes
 * @len: how many there are
 *
 * Return: the kind; one that is unknown is no reason to read on.
 */
enum wire_msg_kind wire_msg_kind(const void *msg, u32 len)
{
	if (len < 4)
		return WIRE_MSG_UNKNOWN;
	switch (get_unaligned_le32(msg)) {
	case SMB1_PROTOCOL_ID:
		return WIRE_MSG_SMB1;
	case SMB2_PROTOCOL_ID:
		return WIRE_MSG_SMB2;
	case SMB2_PROTOCOL_ID_TRANSFORM:
		return WIRE_MSG_TRANSFORM;
	case SMB2_PROTOCOL_ID_COMPRESSED:
		return WIRE_MSG_COMPRESSED;
	}
	return WIRE_MSG_UNKNOWN;
}

/**
 * wire_smb2_transform_encode - write the header of an encrypted message
 * @o: the writer
 * @hdr: the header
 *
 * [MS-SMB2] 2.2.41.
 *
 * Return: 0 or -EMSGSIZE.
 */
int wire_smb2_transform_encode(struct wire_out *o,
			       const struct wire_smb2_transform *hdr)
{
	wire_out_u32(o, SMB2_PROTOCOL_ID_TRANSFORM);
	wire_out_bytes(o, hdr->signature, sizeof(hdr->signature));
	wire_out_bytes(o, hdr->nonce, sizeof(hdr->nonce));
	wire_out_u32(o, hdr->original_size);
	wire_out_u16(o, 0);
	wire_out_u16(o, hdr->flags);
	wire_out_u64(o, hdr->session_id);
	return wire_out_errno(o);
}

/**
 * wire_smb2_transform_decode - read the header of an encrypted message
 * @in: a reader at the first byte; moved to the encrypted bytes
 * @msg_len: bytes of the whole message, as the transport says, whether they
 *	have come already or not
 * @hdr: the header
 *
 * The message inside must be as long as what follows, and long enough for an
 * SMB2 header: nothing shorter can be one. [MS-SMB2] 2.2.41, 3.2.5.1.1.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_smb2_transform_decode(struct wire_in *in, u32 msg_len,
			       struct wire_smb2_transform *hdr)
{
	if (wire_in_u32(in, "ProtocolId") != SMB2_PROTOCOL_ID_TRANSFORM)
		wire_in_fail(in, "ProtocolId");
	wire_in_copy(in, hdr->signature, sizeof(hdr->signature), "Signature");
	wire_in_copy(in, hdr->nonce, sizeof(hdr->nonce), "Nonce");
	hdr->original_size = wire_in_u32(in, "OriginalMessageSize");
	wire_in_skip(in, 2, "Reserved");
	hdr->flags = wire_in_u16(in, "Flags");
	hdr->session_id = wire_in_u64(in, "SessionId");
	if (hdr->flags != SMB2_TRANSFORM_FLAG_ENCRYPTED)
		wire_in_fail(in, "Flags");
	if (msg_len < SMB2_TRANSFORM_SIZE + SMB2_HDR_SIZE ||
	    hdr->original_size != msg_len - SMB2_TRANSFORM_SIZE)
		wire_in_fail(in, "OriginalMessageSize");
	return wire_in_errno(in);
}
