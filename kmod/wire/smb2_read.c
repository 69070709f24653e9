// SPDX-License-Identifier: GPL-2.0-or-later
#include "smb2_read.h"

/**
 * wire_smb2_read_req_encode - write the body of a READ request
 * @o: the writer, after the header
 * @req: what to read
 *
 * Asks for the data right behind the fixed part. [MS-SMB2] 2.2.19.
 *
 * Return: 0 or -EMSGSIZE.
 */
int wire_smb2_read_req_encode(struct wire_out *o,
			      const struct wire_smb2_read_req *req)
{
	wire_out_u16(o, 49);
	wire_out_u8(o, WIRE_SMB2_READ_RSP_FIXED);	/* Padding */
	wire_out_u8(o, req->flags);
	wire_out_u32(o, req->length);
	wire_out_u64(o, req->offset);
	wire_smb2_fid_encode(o, &req->fid);
	wire_out_u32(o, req->minimum_count);
	wire_out_u32(o, 0);		/* Channel */
	wire_out_u32(o, req->remaining);
	wire_out_u16(o, 0);		/* ReadChannelInfoOffset */
	wire_out_u16(o, 0);		/* ReadChannelInfoLength */
	wire_out_u8(o, 0);		/* the buffer must not be empty */
	return wire_out_errno(o);
}

static void rsp_fixed_decode(struct wire_in *in, struct wire_smb2_read_place *place,
			     u32 *flags)
{
	wire_in_struct_size(in, 17);
	place->offset = wire_in_u8(in, "DataOffset");
	wire_in_skip(in, 1, "Reserved");
	place->length = wire_in_u32(in, "DataLength");
	place->remaining = wire_in_u32(in, "DataRemaining");
	*flags = wire_in_u32(in, "Flags");
}

/**
 * wire_smb2_read_rsp_decode - read the body of a READ response
 * @in: a reader from wire_smb2_pdu_next(), over the whole PDU
 * @rsp: the data
 *
 * [MS-SMB2] 2.2.20.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_smb2_read_rsp_decode(struct wire_in *in,
			      struct wire_smb2_read_rsp *rsp)
{
	struct wire_smb2_read_place place;

	rsp_fixed_decode(in, &place, &rsp->flags);
	rsp->data = wire_in_blob(in, place.offset, place.length, "DataOffset");
	rsp->remaining = place.remaining;
	return wire_in_errno(in);
}

/**
 * wire_smb2_read_rsp_peek - find out where the data of a READ response will be
 * @in: a reader at the body, over header and fixed part at least
 * @pdu_len: bytes that the whole PDU has or will have
 * @place: where
 *
 * For receiving the data straight to where they belong, before they are there.
 * The offset is that of the fixed part's end when there are no data.
 * [MS-SMB2] 2.2.20.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_smb2_read_rsp_peek(struct wire_in *in, u32 pdu_len,
			    struct wire_smb2_read_place *place)
{
	u32 flags;

	rsp_fixed_decode(in, place, &flags);
	if (!place->length)
		place->offset = in->pos;
	if (place->offset < in->pos || place->offset > pdu_len ||
	    place->length > pdu_len - place->offset)
		wire_in_fail(in, "DataOffset");
	return wire_in_errno(in);
}
