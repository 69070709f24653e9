// SPDX-License-Identifier: GPL-2.0-or-later
#include "smb1_hdr.h"
#include "smb2_proto.h"
#include "ntstatus.h"

/* [MS-CIFS] 2.2.2.4: those of DOS's errors that mean something to a client */
static const struct {
	u8 class;
	u16 code;
	u32 status;
} dos_errors[] = {
	{ 1, 2, NT_STATUS_NO_SUCH_FILE },
	{ 1, 3, NT_STATUS_OBJECT_PATH_NOT_FOUND },
	{ 1, 5, NT_STATUS_ACCESS_DENIED },
	{ 1, 18, NT_STATUS_NO_MORE_FILES },
	{ 1, 32, NT_STATUS_SHARING_VIOLATION },
	{ 1, 80, NT_STATUS_OBJECT_NAME_COLLISION },
	{ 2, 2, NT_STATUS_LOGON_FAILURE },
	{ 2, 6, NT_STATUS_BAD_NETWORK_NAME },
};

static u32 dos_status(u8 class, u16 code)
{
	u32 i;

	if (!class && !code)
		return NT_STATUS_SUCCESS;
	for (i = 0; i < ARRAY_SIZE(dos_errors); i++)
		if (dos_errors[i].class == class && dos_errors[i].code == code)
			return dos_errors[i].status;
	return NT_STATUS_UNSUCCESSFUL;
}

/**
 * wire_smb1_hdr_encode - begin a message
 * @o: the writer; offsets count from here
 * @hdr: the header; the signature is left zero
 *
 * [MS-CIFS] 2.2.3.1.  Return: 0 or -EMSGSIZE.
 */
int wire_smb1_hdr_encode(struct wire_out *o, const struct wire_smb1_hdr *hdr)
{
	o->pdu = o->pos;
	wire_out_u32(o, SMB1_PROTOCOL_ID);
	wire_out_u8(o, hdr->command);
	wire_out_u32(o, hdr->status);
	wire_out_u8(o, hdr->flags);
	wire_out_u16(o, hdr->flags2);
	wire_out_u16(o, hdr->pid >> 16);
	wire_out_zero(o, SMB1_HDR_SIGNATURE_SIZE);
	wire_out_u16(o, 0);
	wire_out_u16(o, hdr->tid);
	wire_out_u16(o, hdr->pid & 0xffff);
	wire_out_u16(o, hdr->uid);
	wire_out_u16(o, hdr->mid);
	return wire_out_errno(o);
}

/**
 * wire_smb1_hdr_decode - read a header
 * @in: a reader over the whole message, at its start
 * @hdr: filled in
 *
 * [MS-CIFS] 2.2.3.1.  Return: 0 or -EBADMSG.
 */
int wire_smb1_hdr_decode(struct wire_in *in, struct wire_smb1_hdr *hdr)
{
	if (wire_in_u32(in, "Protocol") != SMB1_PROTOCOL_ID)
		wire_in_fail(in, "Protocol");
	hdr->command = wire_in_u8(in, "Command");
	hdr->status = wire_in_u32(in, "Status");
	hdr->flags = wire_in_u8(in, "Flags");
	hdr->flags2 = wire_in_u16(in, "Flags2");
	hdr->pid = (u32)wire_in_u16(in, "PIDHigh") << 16;
	wire_in_skip(in, SMB1_HDR_SIGNATURE_SIZE + 2, "SecurityFeatures");
	hdr->tid = wire_in_u16(in, "TID");
	hdr->pid |= wire_in_u16(in, "PIDLow");
	hdr->uid = wire_in_u16(in, "UID");
	hdr->mid = wire_in_u16(in, "MID");
	if (!(hdr->flags2 & SMB1_FLAGS2_NT_STATUS))
		hdr->status = dos_status(hdr->status & 0xff, hdr->status >> 16);
	return wire_in_errno(in);
}

/**
 * wire_smb1_andx - the words by which a command that is last of its chain begins
 * @o: the writer, after WordCount
 */
void wire_smb1_andx(struct wire_out *o)
{
	wire_out_u8(o, SMB1_NO_FURTHER);
	wire_out_u8(o, 0);
	wire_out_u16(o, 0);
}

/**
 * wire_smb1_bytes_begin - begin the block of bytes
 * @o: the writer, after the words
 *
 * Return: for wire_smb1_bytes_end().
 */
u32 wire_smb1_bytes_begin(struct wire_out *o)
{
	u32 at = o->pos;

	wire_out_u16(o, 0);
	return at;
}

/**
 * wire_smb1_bytes_end - the block of bytes is complete
 * @o: the writer
 * @at: from wire_smb1_bytes_begin()
 */
void wire_smb1_bytes_end(struct wire_out *o, u32 at)
{
	u32 len = o->pos - at - 2;

	if (len > U16_MAX)
		o->overflow = true;
	wire_out_patch_u16(o, at, len);
}

/**
 * wire_smb1_empty - no words, no bytes
 * @o: the writer, after the header
 */
void wire_smb1_empty(struct wire_out *o)
{
	wire_out_u8(o, 0);
	wire_out_u16(o, 0);
}

/**
 * wire_smb1_words - begin to read an answer
 * @in: the reader, after the header
 * @min: words that it has at least
 *
 * Return: how many there are; at least @min, or @in has failed.
 */
u8 wire_smb1_words(struct wire_in *in, u8 min)
{
	u8 words = wire_in_u8(in, "WordCount");

	if (words < min || words * 2U > wire_in_left(in))
		wire_in_fail(in, "WordCount");
	return words;
}

/**
 * wire_smb1_bytes - the block of bytes
 * @in: the reader of a whole message
 * @words: how many words come before
 *
 * Return: the block; empty if @in has failed.
 */
struct wire_blob wire_smb1_bytes(struct wire_in *in, u8 words)
{
	wire_in_seek(in, SMB1_WORDS_OFFSET + words * 2U, "WordCount");
	return wire_in_take(in, wire_in_u16(in, "ByteCount"), "Bytes");
}

/**
 * wire_smb1_plain_rsp_decode - an answer that says nothing
 * @in: the reader, after the header
 *
 * CLOSE, FLUSH, RENAME, FIND_CLOSE2, TREE_DISCONNECT and others.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_smb1_plain_rsp_decode(struct wire_in *in)
{
	wire_smb1_bytes(in, wire_smb1_words(in, 0));
	return wire_in_errno(in);
}
