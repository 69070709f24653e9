// SPDX-License-Identifier: GPL-2.0-or-later
#include "smb1_setup.h"

static const char dialect[] = "NT LM 0.12";

/* [MS-CIFS] 2.2.4.55.1 Flags: the answer tells the rights */
#define TREE_EXTENDED_RESPONSE	0x0008

/**
 * wire_smb1_negotiate_req_encode - offer the one dialect
 * @o: the writer, after the header
 *
 * [MS-CIFS] 2.2.4.52.1.  Return: 0 or -EMSGSIZE.
 */
int wire_smb1_negotiate_req_encode(struct wire_out *o)
{
	u32 at;

	wire_out_u8(o, 0);
	at = wire_smb1_bytes_begin(o);
	wire_out_u8(o, 2);	/* BufferFormat: a dialect */
	wire_out_bytes(o, dialect, sizeof(dialect));
	wire_smb1_bytes_end(o, at);
	return wire_out_errno(o);
}

/**
 * wire_smb1_negotiate_rsp_decode - what the server can do
 * @in: the reader, after the header
 * @rsp: filled in
 *
 * [MS-SMB] 2.2.4.5.2.  Return: 0, or -EBADMSG, also if it chose no dialect.
 */
int wire_smb1_negotiate_rsp_decode(struct wire_in *in,
				   struct wire_smb1_negotiate_rsp *rsp)
{
	u8 words = wire_smb1_words(in, 17);
	struct wire_blob bytes;

	if (wire_in_u16(in, "DialectIndex"))
		wire_in_fail(in, "DialectIndex");
	rsp->security_mode = wire_in_u8(in, "SecurityMode");
	rsp->max_mpx = wire_in_u16(in, "MaxMpxCount");
	wire_in_skip(in, 2, "MaxNumberVcs");
	rsp->max_buffer = wire_in_u32(in, "MaxBufferSize");
	wire_in_skip(in, 4, "MaxRawSize");
	rsp->session_key = wire_in_u32(in, "SessionKey");
	rsp->capabilities = wire_in_u32(in, "Capabilities");
	rsp->system_time = wire_in_u64(in, "SystemTime");
	bytes = wire_smb1_bytes(in, words);
	rsp->token = (struct wire_blob){ .ptr = bytes.ptr };
	if (!(rsp->capabilities & SMB1_CAP_EXTENDED_SECURITY))
		return wire_in_errno(in);
	if (bytes.len < 16)
		wire_in_fail(in, "ServerGUID");
	else
		rsp->token = (struct wire_blob){ bytes.ptr + 16,
						 bytes.len - 16 };
	return wire_in_errno(in);
}

/* Strings of 16 bits begin at an even place, [MS-CIFS] 2.2.1.1. */
static void empty_string(struct wire_out *o)
{
	wire_out_align(o, 2);
	wire_out_u16(o, 0);
}

/**
 * wire_smb1_session_req_encode - one leg of an authentication
 * @o: the writer, after the header
 * @req: what to say
 *
 * [MS-SMB] 2.2.4.6.1.  Return: 0 or -EMSGSIZE.
 */
int wire_smb1_session_req_encode(struct wire_out *o,
				 const struct wire_smb1_session_req *req)
{
	u32 at;

	if (req->token.len > U16_MAX)
		o->overflow = true;
	wire_out_u8(o, 12);
	wire_smb1_andx(o);
	wire_out_u16(o, req->max_buffer);
	wire_out_u16(o, req->max_mpx);
	wire_out_u16(o, 1);	/* VcNumber: not the first, others stay */
	wire_out_u32(o, req->session_key);
	wire_out_u16(o, req->token.len);
	wire_out_u32(o, 0);
	wire_out_u32(o, req->capabilities);
	at = wire_smb1_bytes_begin(o);
	wire_out_blob(o, &req->token);
	empty_string(o);	/* NativeOS */
	empty_string(o);	/* NativeLanMan */
	wire_smb1_bytes_end(o, at);
	return wire_out_errno(o);
}

/**
 * wire_smb1_session_rsp_decode - the server's leg
 * @in: the reader, after the header
 * @rsp: filled in
 *
 * [MS-SMB] 2.2.4.6.2.  Return: 0 or -EBADMSG.
 */
int wire_smb1_session_rsp_decode(struct wire_in *in,
				 struct wire_smb1_session_rsp *rsp)
{
	u8 words = wire_smb1_words(in, 4);
	struct wire_blob bytes;
	u32 len;

	wire_in_skip(in, 4, "AndX");
	rsp->guest = wire_in_u16(in, "Action") & 1;
	len = wire_in_u16(in, "SecurityBlobLength");
	bytes = wire_smb1_bytes(in, words);
	if (len > bytes.len)
		wire_in_fail(in, "SecurityBlobLength");
	rsp->token = (struct wire_blob){ bytes.ptr, len };
	return wire_in_errno(in);
}

/**
 * wire_smb1_tree_req_encode - ask for a share
 * @o: the writer, after the header
 * @path: "\\server\share" in UTF-16, not terminated
 *
 * [MS-SMB] 2.2.4.7.1.  Return: 0 or -EMSGSIZE.
 */
int wire_smb1_tree_req_encode(struct wire_out *o, const struct wire_blob *path)
{
	static const char any_service[] = "?????";
	u32 at;

	wire_out_u8(o, 4);
	wire_smb1_andx(o);
	wire_out_u16(o, TREE_EXTENDED_RESPONSE);
	wire_out_u16(o, 1);	/* PasswordLength */
	at = wire_smb1_bytes_begin(o);
	wire_out_u8(o, 0);
	wire_out_align(o, 2);
	wire_out_blob(o, path);
	wire_out_u16(o, 0);
	wire_out_bytes(o, any_service, sizeof(any_service));
	wire_smb1_bytes_end(o, at);
	return wire_out_errno(o);
}

/**
 * wire_smb1_tree_rsp_decode - a share
 * @in: the reader, after the header
 * @rsp: filled in
 *
 * [MS-CIFS] 2.2.4.55.2, [MS-SMB] 2.2.4.7.2.  Return: 0 or -EBADMSG.
 */
int wire_smb1_tree_rsp_decode(struct wire_in *in,
			      struct wire_smb1_tree_rsp *rsp)
{
	u8 words = wire_smb1_words(in, 3);
	u32 len = 0;

	wire_in_skip(in, 4, "AndX");
	rsp->support = wire_in_u16(in, "OptionalSupport");
	rsp->service = wire_smb1_bytes(in, words);
	while (len < rsp->service.len && rsp->service.ptr[len])
		len++;
	if (len == rsp->service.len)
		wire_in_fail(in, "Service");
	rsp->service.len = len;
	return wire_in_errno(in);
}

/**
 * wire_smb1_logoff_req_encode - end a session
 * @o: the writer, after the header
 *
 * [MS-CIFS] 2.2.4.54.1.
 */
void wire_smb1_logoff_req_encode(struct wire_out *o)
{
	wire_out_u8(o, 2);
	wire_smb1_andx(o);
	wire_out_u16(o, 0);
}

/**
 * wire_smb1_echo_req_encode - is anybody there?
 * @o: the writer, after the header
 *
 * [MS-CIFS] 2.2.4.39.1.
 */
void wire_smb1_echo_req_encode(struct wire_out *o)
{
	wire_out_u8(o, 1);
	wire_out_u16(o, 1);	/* EchoCount */
	wire_out_u16(o, 0);
}
