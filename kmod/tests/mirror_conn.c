// SPDX-License-Identifier: GPL-2.0-or-later
/* Server's half: NEGOTIATE, SESSION_SETUP, TREE_CONNECT, empty bodies. */
#include "mirror.h"

static void list_decode(struct wire_in *in, u16 *count, u16 *list, u16 max)
{
	u16 i;

	*count = wire_in_u16(in, "Count");
	if (*count > max)
		wire_in_fail(in, "Count");
	for (i = 0; i < *count && !in->err; i++)
		list[i] = wire_in_u16(in, "List");
}

static void preauth_decode(struct wire_in *in, struct wire_smb2_negotiate_req *req)
{
	u16 hashes, salt;

	hashes = wire_in_u16(in, "HashAlgorithmCount");
	salt = wire_in_u16(in, "SaltLength");
	wire_in_skip(in, 2 * hashes, "HashAlgorithms");
	req->salt = wire_in_take(in, salt, "Salt");
}

static void ctx_decode(struct wire_in *in, u16 type,
		       struct wire_smb2_negotiate_req *req)
{
	switch (type) {
	case SMB2_PREAUTH_INTEGRITY_CAPABILITIES:
		preauth_decode(in, req);
		break;
	case SMB2_ENCRYPTION_CAPABILITIES:
		list_decode(in, &req->cipher_count, req->ciphers,
			    WIRE_SMB2_CIPHERS_MAX);
		break;
	case SMB2_SIGNING_CAPABILITIES:
		list_decode(in, &req->signing_count, req->signing,
			    WIRE_SMB2_SIGNING_MAX);
		break;
	case SMB2_NETNAME_NEGOTIATE_CONTEXT_ID:
		req->netname = wire_in_take(in, in->len, "NetName");
		break;
	}
}

static void ctxs_decode(struct wire_in *in, u32 off, u16 count,
			struct wire_smb2_negotiate_req *req)
{
	struct wire_in ctx;
	u16 type, len;

	wire_in_seek(in, off, "NegotiateContextOffset");
	while (count-- && !in->err) {
		wire_in_align(in, 8, "NegotiateContext");
		type = wire_in_u16(in, "ContextType");
		len = wire_in_u16(in, "DataLength");
		wire_in_skip(in, 4, "Reserved");
		ctx = wire_in_sub(in, in->pos, len, "Data");
		ctx_decode(&ctx, type, req);
		wire_in_join(in, &ctx);
		wire_in_skip(in, len, "Data");
	}
}

int mirror_smb2_negotiate_req_decode(struct wire_in *in,
				     struct wire_smb2_negotiate_req *req)
{
	u16 i, ctx_count;
	bool has_ctxs = false;
	u32 ctx_off;

	memset(req, 0, sizeof(*req));
	wire_in_struct_size(in, 36);
	req->dialect_count = wire_in_u16(in, "DialectCount");
	req->security_mode = wire_in_u16(in, "SecurityMode");
	wire_in_skip(in, 2, "Reserved");
	req->capabilities = wire_in_u32(in, "Capabilities");
	wire_in_copy(in, req->client_guid, 16, "ClientGuid");
	ctx_off = wire_in_u32(in, "NegotiateContextOffset");
	ctx_count = wire_in_u16(in, "NegotiateContextCount");
	wire_in_skip(in, 2, "Reserved2");
	if (req->dialect_count > WIRE_SMB2_DIALECTS_MAX)
		wire_in_fail(in, "DialectCount");
	for (i = 0; i < req->dialect_count && !in->err; i++) {
		req->dialects[i] = wire_in_u16(in, "Dialects");
		has_ctxs |= req->dialects[i] == SMB2_DIALECT_311;
	}
	if (has_ctxs)
		ctxs_decode(in, ctx_off, ctx_count, req);
	return wire_in_errno(in);
}

static void ctx_encode(struct wire_out *o, u16 type, u16 len)
{
	wire_out_align(o, 8);
	wire_out_u16(o, type);
	wire_out_u16(o, len);
	wire_out_u32(o, 0);
}

static u16 rsp_ctxs_encode(struct wire_out *o,
			   const struct wire_smb2_negotiate_rsp *rsp)
{
	if (rsp->has_preauth) {
		ctx_encode(o, SMB2_PREAUTH_INTEGRITY_CAPABILITIES,
			   6 + rsp->salt.len);
		wire_out_u16(o, 1);
		wire_out_u16(o, rsp->salt.len);
		wire_out_u16(o, rsp->preauth_hash);
		wire_out_blob(o, &rsp->salt);
	}
	if (rsp->has_cipher) {
		ctx_encode(o, SMB2_ENCRYPTION_CAPABILITIES, 4);
		wire_out_u16(o, 1);
		wire_out_u16(o, rsp->cipher);
	}
	if (rsp->has_signing) {
		ctx_encode(o, SMB2_SIGNING_CAPABILITIES, 4);
		wire_out_u16(o, 1);
		wire_out_u16(o, rsp->signing);
	}
	return rsp->has_preauth + rsp->has_cipher + rsp->has_signing;
}

/* context_count is not looked at: the has_ members say what there is. */
int mirror_smb2_negotiate_rsp_encode(struct wire_out *o,
				     const struct wire_smb2_negotiate_rsp *rsp)
{
	u32 start = o->pos;

	wire_out_u16(o, 65);
	wire_out_u16(o, rsp->security_mode);
	wire_out_u16(o, rsp->dialect);
	wire_out_u16(o, 0);
	wire_out_bytes(o, rsp->server_guid, 16);
	wire_out_u32(o, rsp->capabilities);
	wire_out_u32(o, rsp->max_transact);
	wire_out_u32(o, rsp->max_read);
	wire_out_u32(o, rsp->max_write);
	wire_out_u64(o, rsp->system_time);
	wire_out_u64(o, rsp->start_time);
	wire_out_u16(o, wire_out_off(o) + 8);
	wire_out_u16(o, rsp->token.len);
	wire_out_u32(o, 0);
	wire_out_blob(o, &rsp->token);
	if (rsp->dialect == SMB2_DIALECT_311) {
		wire_out_align(o, 8);
		wire_out_patch_u32(o, start + 60, wire_out_off(o));
		wire_out_patch_u16(o, start + 6, rsp_ctxs_encode(o, rsp));
	}
	return wire_out_errno(o);
}

int mirror_smb2_session_setup_req_decode(struct wire_in *in,
					 struct wire_smb2_session_setup_req *req)
{
	u16 off, len;

	wire_in_struct_size(in, 25);
	req->flags = wire_in_u8(in, "Flags");
	req->security_mode = wire_in_u8(in, "SecurityMode");
	req->capabilities = wire_in_u32(in, "Capabilities");
	wire_in_skip(in, 4, "Channel");
	off = wire_in_u16(in, "SecurityBufferOffset");
	len = wire_in_u16(in, "SecurityBufferLength");
	req->previous_session_id = wire_in_u64(in, "PreviousSessionId");
	req->token = wire_in_blob(in, off, len, "SecurityBuffer");
	return wire_in_errno(in);
}

int mirror_smb2_session_setup_rsp_encode(struct wire_out *o,
					 const struct wire_smb2_session_setup_rsp *rsp)
{
	wire_out_u16(o, 9);
	wire_out_u16(o, rsp->flags);
	wire_out_u16(o, wire_out_off(o) + 4);
	wire_out_u16(o, rsp->token.len);
	wire_out_blob(o, &rsp->token);
	return wire_out_errno(o);
}

int mirror_smb2_tree_connect_req_decode(struct wire_in *in,
					struct wire_smb2_tree_connect_req *req)
{
	u16 off, len;

	wire_in_struct_size(in, 9);
	req->flags = wire_in_u16(in, "Flags");
	off = wire_in_u16(in, "PathOffset");
	len = wire_in_u16(in, "PathLength");
	req->path = wire_in_blob(in, off, len, "Path");
	return wire_in_errno(in);
}

int mirror_smb2_tree_connect_rsp_encode(struct wire_out *o,
					const struct wire_smb2_tree_connect_rsp *rsp)
{
	wire_out_u16(o, 16);
	wire_out_u8(o, rsp->share_type);
	wire_out_u8(o, 0);
	wire_out_u32(o, rsp->share_flags);
	wire_out_u32(o, rsp->capabilities);
	wire_out_u32(o, rsp->maximal_access);
	return wire_out_errno(o);
}

int mirror_smb2_empty_req_decode(struct wire_in *in)
{
	wire_in_struct_size(in, 4);
	wire_in_skip(in, 2, "Reserved");
	return wire_in_errno(in);
}

int mirror_smb2_empty_rsp_encode(struct wire_out *o)
{
	wire_out_u16(o, 4);
	wire_out_u16(o, 0);
	return wire_out_errno(o);
}

static bool one_dialect(struct wire_in *in, struct wire_smb2_multi_req *req)
{
	const char *name;

	if (wire_in_u8(in, "BufferFormat") != 2)
		wire_in_fail(in, "BufferFormat");
	name = (const char *)wire_in_bytes(in, sizeof("SMB 2.???"), "Dialect");
	if (!name)
		return false;
	if (!memcmp(name, "SMB 2.002", sizeof("SMB 2.002")) &&
	    !req->offers_202 && !req->offers_any)
		req->offers_202 = true;
	else if (!memcmp(name, "SMB 2.???", sizeof("SMB 2.???")) &&
		 !req->offers_any)
		req->offers_any = true;
	else
		wire_in_fail(in, "Dialect");
	return true;
}

/* [MS-CIFS] 2.2.3.1 and 2.2.4.52.1, as strict as our own message is exact */
int mirror_smb2_multi_req_decode(const struct wire_blob *msg,
				 struct wire_smb2_multi_req *req)
{
	struct wire_in in;
	u16 flags2;

	*req = (struct wire_smb2_multi_req){};
	wire_in_from(&in, msg);
	if (wire_in_u32(&in, "Protocol") != 0x424d53ff ||
	    wire_in_u8(&in, "Command") != 0x72 ||
	    wire_in_u32(&in, "Status") || wire_in_u8(&in, "Flags") != 0x18)
		wire_in_fail(&in, "Protocol");
	flags2 = wire_in_u16(&in, "Flags2");
	req->must_sign = flags2 & 0x10;
	if ((flags2 & ~0x10) != 0xc805)
		wire_in_fail(&in, "Flags2");
	wire_in_skip(&in, 20, "PIDHigh");
	if (wire_in_u8(&in, "WordCount") ||
	    wire_in_u16(&in, "ByteCount") != wire_in_left(&in) ||
	    !wire_in_left(&in))
		wire_in_fail(&in, "ByteCount");
	while (wire_in_left(&in) && one_dialect(&in, req))
		;
	return wire_in_errno(&in);
}
