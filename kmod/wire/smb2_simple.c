// SPDX-License-Identifier: GPL-2.0-or-later
#include "smb2_simple.h"

/* A body of StructureSize 4 and two reserved bytes. */
static int empty_encode(struct wire_out *o)
{
	wire_out_u16(o, 4);
	wire_out_u16(o, 0);
	return wire_out_errno(o);
}

static int empty_decode(struct wire_in *in)
{
	wire_in_struct_size(in, 4);
	wire_in_skip(in, 2, "Reserved");
	return wire_in_errno(in);
}

/**
 * wire_smb2_logoff_req_encode - write the body of a LOGOFF request
 * @o: the writer, after the header
 *
 * [MS-SMB2] 2.2.7.
 *
 * Return: 0 or -EMSGSIZE.
 */
int wire_smb2_logoff_req_encode(struct wire_out *o)
{
	return empty_encode(o);
}

/**
 * wire_smb2_logoff_rsp_decode - read the body of a LOGOFF response
 * @in: a reader from wire_smb2_pdu_next()
 *
 * [MS-SMB2] 2.2.8.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_smb2_logoff_rsp_decode(struct wire_in *in)
{
	return empty_decode(in);
}

/**
 * wire_smb2_tree_disconnect_req_encode - write the body of a request
 * @o: the writer, after the header
 *
 * [MS-SMB2] 2.2.11.
 *
 * Return: 0 or -EMSGSIZE.
 */
int wire_smb2_tree_disconnect_req_encode(struct wire_out *o)
{
	return empty_encode(o);
}

/**
 * wire_smb2_tree_disconnect_rsp_decode - read the body of a response
 * @in: a reader from wire_smb2_pdu_next()
 *
 * [MS-SMB2] 2.2.12.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_smb2_tree_disconnect_rsp_decode(struct wire_in *in)
{
	return empty_decode(in);
}

/**
 * wire_smb2_flush_req_encode - write the body of a FLUSH request
 * @o: the writer, after the header
 * @req: the file
 *
 * [MS-SMB2] 2.2.17.
 *
 * Return: 0 or -EMSGSIZE.
 */
int wire_smb2_flush_req_encode(struct wire_out *o,
			       const struct wire_smb2_flush_req *req)
{
	wire_out_u16(o, 24);
	wire_out_u16(o, 0);
	wire_out_u32(o, 0);
	wire_smb2_fid_encode(o, &req->fid);
	return wire_out_errno(o);
}

/**
 * wire_smb2_flush_rsp_decode - read the body of a FLUSH response
 * @in: a reader from wire_smb2_pdu_next()
 *
 * [MS-SMB2] 2.2.18.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_smb2_flush_rsp_decode(struct wire_in *in)
{
	return empty_decode(in);
}

/**
 * wire_smb2_cancel_req_encode - write the body of a CANCEL request
 * @o: the writer, after the header
 *
 * There is no response. [MS-SMB2] 2.2.30.
 *
 * Return: 0 or -EMSGSIZE.
 */
int wire_smb2_cancel_req_encode(struct wire_out *o)
{
	return empty_encode(o);
}

/**
 * wire_smb2_echo_req_encode - write the body of an ECHO request
 * @o: the writer, after the header
 *
 * [MS-SMB2] 2.2.28.
 *
 * Return: 0 or -EMSGSIZE.
 */
int wire_smb2_echo_req_encode(struct wire_out *o)
{
	return empty_encode(o);
}

/**
 * wire_smb2_echo_rsp_decode - read the body of an ECHO response
 * @in: a reader from wire_smb2_pdu_next()
 *
 * [MS-SMB2] 2.2.29.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_smb2_echo_rsp_decode(struct wire_in *in)
{
	return empty_decode(in);
}
