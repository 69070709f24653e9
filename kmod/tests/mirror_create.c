// SPDX-License-Identifier: GPL-2.0-or-later
/* Server's half: CREATE and CLOSE. */
#include "mirror.h"

static void durable_decode(struct wire_in *in, struct wire_smb2_durable *dh)
{
	dh->timeout = wire_in_u32(in, "Timeout");
	dh->flags = wire_in_u32(in, "Flags");
	wire_in_skip(in, 8, "Reserved");
	wire_in_copy(in, dh->create_guid, 16, "CreateGuid");
}

static void reconnect_decode(struct wire_in *in,
			     struct wire_smb2_durable_reconnect *rc)
{
	rc->fid = wire_smb2_fid_decode(in);
	wire_in_copy(in, rc->create_guid, 16, "CreateGuid");
	rc->flags = wire_in_u32(in, "Flags");
}

static void extra_add(struct wire_in *in, struct mirror_smb2_create_req *req,
		      const struct wire_smb2_create_ctx *ctx)
{
	if (req->req.extra_count == MIRROR_CTXS_MAX) {
		wire_in_fail(in, "CreateContexts");
		return;
	}
	req->extra[req->req.extra_count++] = *ctx;
	req->req.extra = req->extra;
}

/* What a new file shall be, and for whom.  Return: F for other contexts. */
static bool new_ctx_decode(struct wire_in *in,
			   struct mirror_smb2_create_req *req,
			   const struct wire_smb2_create_ctx *ctx)
{
	switch (ctx->name) {
	case SMB2_CTX_ALSI:
		req->req.allocation = wire_in_u64(in, "AllocationSize");
		return true;
	case SMB2_CTX_SECD:
		req->req.security = ctx->data;
		return true;
	case SMB2_CTX_APP_INSTANCE:
		if (wire_in_u16(in, "StructureSize") != 20)
			wire_in_fail(in, "StructureSize");
		wire_in_skip(in, 2, "Reserved");
		wire_in_copy(in, req->app_instance, SMB2_GUID_SIZE,
			     "AppInstanceId");
		req->req.app_instance = req->app_instance;
		return true;
	case SMB2_CTX_POSIX:
		req->posix_mode = wire_in_u32(in, "Mode");
		req->req.posix_mode = &req->posix_mode;
		return true;
	default:
		return false;
	}
}

static void ctx_decode(struct wire_in *in, struct mirror_smb2_create_req *req,
		       const struct wire_smb2_create_ctx *ctx)
{
	switch (ctx->name) {
	case SMB2_CTX_RQLS:
		if (wire_smb2_lease_decode(&ctx->data, &req->lease))
			wire_in_fail(in, "RqLs");
		req->req.lease = &req->lease;
		break;
	case SMB2_CTX_DH2Q:
		durable_decode(in, &req->durable);
		req->req.durable = &req->durable;
		break;
	case SMB2_CTX_DH2C:
		reconnect_decode(in, &req->reconnect);
		req->req.reconnect = &req->reconnect;
		break;
	case SMB2_CTX_DHNQ:
		wire_in_skip(in, WIRE_SMB2_DURABLE_V1_SIZE, "DHnQ");
		req->req.durable_v1 = true;
		break;
	case SMB2_CTX_DHNC:
		req->fid = wire_smb2_fid_decode(in);
		req->req.reconnect_v1 = &req->fid;
		break;
	case SMB2_CTX_MXAC:
		req->req.want_max_access = true;
		break;
	case SMB2_CTX_QFID:
		req->req.want_disk_id = true;
		break;
	default:
		if (!new_ctx_decode(in, req, ctx))
			extra_add(in, req, ctx);
	}
}

static void ctxs_decode(struct wire_in *list, struct mirror_smb2_create_req *req)
{
	struct wire_smb2_create_ctx ctx;
	struct wire_in data;

	while (wire_smb2_create_ctx_next(list, &ctx) > 0) {
		wire_in_from(&data, &ctx.data);
		ctx_decode(&data, req, &ctx);
		wire_in_join(list, &data);
	}
}

int mirror_smb2_create_req_decode(struct wire_in *in,
				  struct mirror_smb2_create_req *req)
{
	struct wire_smb2_create_req *r = &req->req;
	u16 name_off, name_len;
	struct wire_in list;
	u32 off, len;

	memset(req, 0, sizeof(*req));
	wire_in_struct_size(in, 57);
	wire_in_skip(in, 1, "SecurityFlags");
	r->oplock_level = wire_in_u8(in, "RequestedOplockLevel");
	r->impersonation = wire_in_u32(in, "ImpersonationLevel");
	wire_in_skip(in, 16, "SmbCreateFlags, Reserved");
	r->access = wire_in_u32(in, "DesiredAccess");
	r->attributes = wire_in_u32(in, "FileAttributes");
	r->share_access = wire_in_u32(in, "ShareAccess");
	r->disposition = wire_in_u32(in, "CreateDisposition");
	r->options = wire_in_u32(in, "CreateOptions");
	name_off = wire_in_u16(in, "NameOffset");
	name_len = wire_in_u16(in, "NameLength");
	off = wire_in_u32(in, "CreateContextsOffset");
	len = wire_in_u32(in, "CreateContextsLength");
	r->name = wire_in_blob(in, name_off, name_len, "Name");
	if (off % 8)
		wire_in_fail(in, "CreateContextsOffset");
	list = wire_in_sub(in, off, len, "CreateContexts");
	ctxs_decode(&list, req);
	wire_in_join(in, &list);
	return wire_in_errno(in);
}

static void rsp_ctxs_encode(struct wire_out *o,
			    const struct wire_smb2_create_rsp_ctxs *ctx)
{
	u32 prev = U32_MAX;

	if (ctx->has_lease) {
		wire_smb2_create_ctx_begin(o, SMB2_CTX_RQLS, &prev);
		wire_smb2_lease_encode(o, &ctx->lease);
		wire_smb2_create_ctx_end(o, prev);
	}
	if (ctx->has_durable) {
		wire_smb2_create_ctx_begin(o, SMB2_CTX_DH2Q, &prev);
		wire_out_u32(o, ctx->durable.timeout);
		wire_out_u32(o, ctx->durable.flags);
		wire_smb2_create_ctx_end(o, prev);
	}
	if (ctx->has_durable_v1) {
		wire_smb2_create_ctx_begin(o, SMB2_CTX_DHNQ, &prev);
		wire_out_u64(o, 0);
		wire_smb2_create_ctx_end(o, prev);
	}
	if (ctx->has_max_access) {
		wire_smb2_create_ctx_begin(o, SMB2_CTX_MXAC, &prev);
		wire_out_u32(o, ctx->max_access_status);
		wire_out_u32(o, ctx->max_access);
		wire_smb2_create_ctx_end(o, prev);
	}
	if (ctx->has_disk_id) {
		wire_smb2_create_ctx_begin(o, SMB2_CTX_QFID, &prev);
		wire_out_u64(o, ctx->disk_file_id);
		wire_out_u64(o, ctx->disk_volume_id);
		wire_out_zero(o, 16);
		wire_smb2_create_ctx_end(o, prev);
	}
	if (ctx->has_posix) {
		wire_smb2_create_ctx_begin(o, SMB2_CTX_POSIX, &prev);
		wire_out_u32(o, ctx->posix.nlink);
		wire_out_u32(o, ctx->posix.reparse_tag);
		wire_out_u32(o, ctx->posix.mode);
		wire_out_blob(o, &ctx->posix.owner);
		wire_out_blob(o, &ctx->posix.group);
		wire_smb2_create_ctx_end(o, prev);
	}
}

/* With @raw_ctxs set, these go out instead of @ctx. */
int mirror_smb2_create_rsp_encode(struct wire_out *o,
				  const struct wire_smb2_create_rsp *rsp)
{
	u32 start = o->pos;

	wire_out_u16(o, 89);
	wire_out_u8(o, rsp->oplock_level);
	wire_out_u8(o, rsp->flags);
	wire_out_u32(o, rsp->create_action);
	wire_out_u64(o, rsp->creation_time);
	wire_out_u64(o, rsp->last_access_time);
	wire_out_u64(o, rsp->last_write_time);
	wire_out_u64(o, rsp->change_time);
	wire_out_u64(o, rsp->allocation_size);
	wire_out_u64(o, rsp->end_of_file);
	wire_out_u32(o, rsp->attributes);
	wire_out_u32(o, 0);
	wire_smb2_fid_encode(o, &rsp->fid);
	wire_out_u64(o, 0);
	if (rsp->raw_ctxs.len)
		wire_out_blob(o, &rsp->raw_ctxs);
	else
		rsp_ctxs_encode(o, &rsp->ctx);
	if (o->pos > start + 88) {
		wire_out_patch_u32(o, start + 80, start + 88 - o->pdu);
		wire_out_patch_u32(o, start + 84, o->pos - start - 88);
	}
	return wire_out_errno(o);
}

int mirror_smb2_close_req_decode(struct wire_in *in,
				 struct wire_smb2_close_req *req)
{
	wire_in_struct_size(in, 24);
	req->flags = wire_in_u16(in, "Flags");
	wire_in_skip(in, 4, "Reserved");
	req->fid = wire_smb2_fid_decode(in);
	return wire_in_errno(in);
}

int mirror_smb2_close_rsp_encode(struct wire_out *o,
				 const struct wire_smb2_close_rsp *rsp)
{
	wire_out_u16(o, 60);
	wire_out_u16(o, rsp->flags);
	wire_out_u32(o, 0);
	wire_out_u64(o, rsp->creation_time);
	wire_out_u64(o, rsp->last_access_time);
	wire_out_u64(o, rsp->last_write_time);
	wire_out_u64(o, rsp->change_time);
	wire_out_u64(o, rsp->allocation_size);
	wire_out_u64(o, rsp->end_of_file);
	wire_out_u32(o, rsp->attributes);
	return wire_out_errno(o);
}
