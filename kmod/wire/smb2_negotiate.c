// SPDX-License-Identifier: GPL-2.0-or-later
#include "smb2_negotiate.h"

enum {
	CTX_ALIGN	= 8,
	CTX_HDR_SIZE	= 8,
	SALT_MAX	= 0x1000,	/* of ours; the field has 16 bits */
};

static bool offers_311(const struct wire_smb2_negotiate_req *req)
{
	u16 i;

	for (i = 0; i < req->dialect_count; i++)
		if (req->dialects[i] == SMB2_DIALECT_311)
			return true;
	return false;
}

static void ctx_begin(struct wire_out *o, u16 type, u32 len)
{
	wire_out_align(o, CTX_ALIGN);
	wire_out_u16(o, type);
	wire_out_u16(o, len);
	wire_out_u32(o, 0);
}

static u16 ctx_preauth(struct wire_out *o, const struct wire_smb2_negotiate_req *req)
{
	ctx_begin(o, SMB2_PREAUTH_INTEGRITY_CAPABILITIES, 6 + req->salt.len);
	wire_out_u16(o, 1);
	wire_out_u16(o, req->salt.len);
	wire_out_u16(o, SMB2_PREAUTH_INTEGRITY_SHA512);
	wire_out_blob(o, &req->salt);
	return 1;
}

/* Ciphers and signing algorithms: a count and that many numbers. */
static u16 ctx_list(struct wire_out *o, u16 type, const u16 *list, u16 count)
{
	u16 i;

	if (!count)
		return 0;
	ctx_begin(o, type, 2 + 2 * count);
	wire_out_u16(o, count);
	for (i = 0; i < count; i++)
		wire_out_u16(o, list[i]);
	return 1;
}

static u16 ctx_netname(struct wire_out *o, const struct wire_blob *name)
{
	if (!name->len)
		return 0;
	ctx_begin(o, SMB2_NETNAME_NEGOTIATE_CONTEXT_ID, name->len);
	wire_out_blob(o, name);
	return 1;
}

static void ctxs_encode(struct wire_out *o, u32 at,
			const struct wire_smb2_negotiate_req *req)
{
	u16 count;

	wire_out_align(o, CTX_ALIGN);
	wire_out_patch_u32(o, at, wire_out_off(o));
	count = ctx_preauth(o, req);
	count += ctx_list(o, SMB2_ENCRYPTION_CAPABILITIES, req->ciphers,
			  req->cipher_count);
	count += ctx_list(o, SMB2_SIGNING_CAPABILITIES, req->signing,
			  req->signing_count);
	count += ctx_netname(o, &req->netname);
	wire_out_patch_u16(o, at + 4, count);
}

static bool req_is_sane(const struct wire_smb2_negotiate_req *req)
{
	return req->dialect_count &&
	       req->dialect_count <= WIRE_SMB2_DIALECTS_MAX &&
	       req->cipher_count <= WIRE_SMB2_CIPHERS_MAX &&
	       req->signing_count <= WIRE_SMB2_SIGNING_MAX &&
	       req->salt.len <= SALT_MAX && req->netname.len <= U16_MAX;
}

/**
 * wire_smb2_negotiate_req_encode - write the body of a NEGOTIATE request
 * @o: the writer, after the header
 * @req: what to offer
 *
 * [MS-SMB2] 2.2.3; contexts 2.2.3.1.
 *
 * Return: 0, -EMSGSIZE, -EINVAL for counts out of range.
 */
int wire_smb2_negotiate_req_encode(struct wire_out *o,
				   const struct wire_smb2_negotiate_req *req)
{
	u32 at;
	u16 i;

	if (!req_is_sane(req))
		return -EINVAL;
	wire_out_u16(o, 36);
	wire_out_u16(o, req->dialect_count);
	wire_out_u16(o, req->security_mode);
	wire_out_u16(o, 0);
	wire_out_u32(o, req->capabilities);
	wire_out_bytes(o, req->client_guid, sizeof(req->client_guid));
	at = o->pos;
	wire_out_zero(o, 8);	/* ClientStartTime, or contexts */
	for (i = 0; i < req->dialect_count; i++)
		wire_out_u16(o, req->dialects[i]);
	if (offers_311(req))
		ctxs_encode(o, at, req);
	return wire_out_errno(o);
}

/* A response names exactly one algorithm of each kind. */
static u16 one_of(struct wire_in *in, bool *has, const char *what)
{
	if (*has || wire_in_u16(in, what) != 1)
		wire_in_fail(in, what);
	*has = true;
	return wire_in_u16(in, what);
}

static void preauth_decode(struct wire_in *ctx, struct wire_smb2_negotiate_rsp *rsp)
{
	u16 salt_len;

	if (rsp->has_preauth || wire_in_u16(ctx, "HashAlgorithmCount") != 1)
		wire_in_fail(ctx, "HashAlgorithmCount");
	rsp->has_preauth = true;
	salt_len = wire_in_u16(ctx, "SaltLength");
	rsp->preauth_hash = wire_in_u16(ctx, "HashAlgorithms");
	rsp->salt = wire_in_take(ctx, salt_len, "Salt");
}

/* Contexts not offered or not known are passed over, as the document says. */
static void ctx_decode(struct wire_in *ctx, u16 type,
		       struct wire_smb2_negotiate_rsp *rsp)
{
	switch (type) {
	case SMB2_PREAUTH_INTEGRITY_CAPABILITIES:
		preauth_decode(ctx, rsp);
		break;
	case SMB2_ENCRYPTION_CAPABILITIES:
		rsp->cipher = one_of(ctx, &rsp->has_cipher, "CipherCount");
		break;
	case SMB2_SIGNING_CAPABILITIES:
		rsp->signing = one_of(ctx, &rsp->has_signing,
				      "SigningAlgorithmCount");
		break;
	}
}

/* Each turn reads a context's header or fails: the buffer bounds the loop. */
static void ctxs_decode(struct wire_in *in, struct wire_smb2_negotiate_rsp *rsp)
{
	struct wire_in ctx;
	u16 i, type, len;

	for (i = 0; i < rsp->context_count && !in->err; i++) {
		if (i)
			wire_in_align(in, CTX_ALIGN, "NegotiateContext");
		type = wire_in_u16(in, "ContextType");
		len = wire_in_u16(in, "DataLength");
		wire_in_skip(in, 4, "Reserved");
		ctx = wire_in_sub(in, in->pos, len, "DataLength");
		ctx_decode(&ctx, type, rsp);
		wire_in_join(in, &ctx);
		wire_in_skip(in, len, "DataLength");
	}
	if (!rsp->has_preauth)
		wire_in_fail(in, "PreauthIntegrityCapabilities");
}

static u32 negotiate_fixed_decode(struct wire_in *in,
				  struct wire_smb2_negotiate_rsp *rsp)
{
	u16 token_off, token_len;
	u32 ctx_off;

	rsp->security_mode = wire_in_u16(in, "SecurityMode");
	rsp->dialect = wire_in_u16(in, "DialectRevision");
	rsp->context_count = wire_in_u16(in, "NegotiateContextCount");
	wire_in_copy(in, rsp->server_guid, sizeof(rsp->server_guid), "ServerGuid");
	rsp->capabilities = wire_in_u32(in, "Capabilities");
	rsp->max_transact = wire_in_u32(in, "MaxTransactSize");
	rsp->max_read = wire_in_u32(in, "MaxReadSize");
	rsp->max_write = wire_in_u32(in, "MaxWriteSize");
	rsp->system_time = wire_in_u64(in, "SystemTime");
	rsp->start_time = wire_in_u64(in, "ServerStartTime");
	token_off = wire_in_u16(in, "SecurityBufferOffset");
	token_len = wire_in_u16(in, "SecurityBufferLength");
	ctx_off = wire_in_u32(in, "NegotiateContextOffset");
	rsp->token = wire_in_blob(in, token_off, token_len, "SecurityBuffer");
	return ctx_off;
}

/**
 * wire_smb2_negotiate_rsp_decode - read the body of a NEGOTIATE response
 * @in: a reader from wire_smb2_pdu_next()
 * @rsp: what the server chose
 *
 * With SMB 3.1.1 there must be exactly one preauthentication integrity context,
 * no context of those we know may come twice, and each of them must name one
 * algorithm. Which algorithm, dialect or size is acceptable is the caller's to
 * say. [MS-SMB2] 2.2.4, 3.2.5.2.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_smb2_negotiate_rsp_decode(struct wire_in *in,
				   struct wire_smb2_negotiate_rsp *rsp)
{
	u32 ctx_off;

	memset(rsp, 0, sizeof(*rsp));
	wire_in_struct_size(in, 65);
	ctx_off = negotiate_fixed_decode(in, rsp);
	if (rsp->dialect != SMB2_DIALECT_311) {
		rsp->context_count = 0;
		return wire_in_errno(in);
	}
	if (ctx_off % CTX_ALIGN)
		wire_in_fail(in, "NegotiateContextOffset");
	wire_in_seek(in, ctx_off, "NegotiateContextOffset");
	ctxs_decode(in, rsp);
	return wire_in_errno(in);
}
