// SPDX-License-Identifier: GPL-2.0-or-later
#include "smb2_create.h"

static int extra_ctxs_encode(struct wire_out *o, u32 *prev,
			     const struct wire_smb2_create_req *req)
{
	u32 i;

	for (i = 0; i < req->extra_count; i++) {
		if (!req->extra[i].name)
			return -EINVAL;
		wire_smb2_create_ctx_begin(o, req->extra[i].name, prev);
		wire_out_blob(o, &req->extra[i].data);
		wire_smb2_create_ctx_end(o, *prev);
	}
	return 0;
}

static int lease_ctx_encode(struct wire_out *o, u32 *prev,
			    const struct wire_smb2_lease *lease)
{
	int ret;

	if (!lease)
		return 0;
	wire_smb2_create_ctx_begin(o, SMB2_CTX_RQLS, prev);
	ret = wire_smb2_lease_encode(o, lease);
	wire_smb2_create_ctx_end(o, *prev);
	return ret;
}

static void durable_ctxs_encode(struct wire_out *o, u32 *prev,
				const struct wire_smb2_create_req *req)
{
	if (req->durable) {
		wire_smb2_create_ctx_begin(o, SMB2_CTX_DH2Q, prev);
		wire_smb2_durable_encode(o, req->durable);
		wire_smb2_create_ctx_end(o, *prev);
	}
	if (req->reconnect) {
		wire_smb2_create_ctx_begin(o, SMB2_CTX_DH2C, prev);
		wire_smb2_durable_reconnect_encode(o, req->reconnect);
		wire_smb2_create_ctx_end(o, *prev);
	}
	if (req->durable_v1) {
		wire_smb2_create_ctx_begin(o, SMB2_CTX_DHNQ, prev);
		wire_smb2_durable_v1_encode(o, NULL);
		wire_smb2_create_ctx_end(o, *prev);
	}
	if (req->reconnect_v1) {
		wire_smb2_create_ctx_begin(o, SMB2_CTX_DHNC, prev);
		wire_smb2_durable_v1_encode(o, req->reconnect_v1);
		wire_smb2_create_ctx_end(o, *prev);
	}
}

/* What a new file shall be, and for whom. */
static void new_ctxs_encode(struct wire_out *o, u32 *prev,
			    const struct wire_smb2_create_req *req)
{
	if (req->allocation) {
		wire_smb2_create_ctx_begin(o, SMB2_CTX_ALSI, prev);
		wire_out_u64(o, req->allocation);
		wire_smb2_create_ctx_end(o, *prev);
	}
	if (req->security.len) {
		wire_smb2_create_ctx_begin(o, SMB2_CTX_SECD, prev);
		wire_out_blob(o, &req->security);
		wire_smb2_create_ctx_end(o, *prev);
	}
	if (req->app_instance) {
		wire_smb2_create_ctx_begin(o, SMB2_CTX_APP_INSTANCE, prev);
		wire_smb2_app_instance_encode(o, req->app_instance);
		wire_smb2_create_ctx_end(o, *prev);
	}
	if (req->posix_mode) {
		wire_smb2_create_ctx_begin(o, SMB2_CTX_POSIX, prev);
		wire_out_u32(o, *req->posix_mode);
		wire_smb2_create_ctx_end(o, *prev);
	}
}

static int ctxs_encode(struct wire_out *o, const struct wire_smb2_create_req *req)
{
	u32 prev = U32_MAX;
	int ret;

	ret = lease_ctx_encode(o, &prev, req->lease);
	if (ret)
		return ret;
	durable_ctxs_encode(o, &prev, req);
	if (req->want_max_access)
		wire_smb2_create_ctx_begin(o, SMB2_CTX_MXAC, &prev);
	if (req->want_disk_id)
		wire_smb2_create_ctx_begin(o, SMB2_CTX_QFID, &prev);
	new_ctxs_encode(o, &prev, req);
	return extra_ctxs_encode(o, &prev, req);
}

static bool wants_ctxs(const struct wire_smb2_create_req *req)
{
	return req->lease || req->durable || req->reconnect ||
	       req->durable_v1 || req->reconnect_v1 ||
	       req->want_max_access || req->want_disk_id || req->allocation ||
	       req->security.len || req->app_instance || req->posix_mode ||
	       req->extra_count;
}

/* Returns the position of CreateContextsOffset, 0 for now. */
static u32 req_fixed_encode(struct wire_out *o, const struct wire_smb2_create_req *req)
{
	u32 at;

	wire_out_u16(o, 57);
	wire_out_u8(o, 0);		/* SecurityFlags */
	wire_out_u8(o, req->lease ? SMB2_OPLOCK_LEVEL_LEASE : req->oplock_level);
	wire_out_u32(o, req->impersonation);
	wire_out_u64(o, 0);		/* SmbCreateFlags */
	wire_out_u64(o, 0);
	wire_out_u32(o, req->access);
	wire_out_u32(o, req->attributes);
	wire_out_u32(o, req->share_access);
	wire_out_u32(o, req->disposition);
	wire_out_u32(o, req->options);
	wire_out_u16(o, SMB2_HDR_SIZE + 56);
	wire_out_u16(o, req->name.len);
	at = o->pos;
	wire_out_u32(o, 0);		/* CreateContextsOffset */
	wire_out_u32(o, 0);		/* CreateContextsLength */
	return at;
}

/**
 * wire_smb2_create_req_encode - write the body of a CREATE request
 * @o: the writer, after the header
 * @req: what to open
 *
 * [MS-SMB2] 2.2.13.
 *
 * Return: 0, -EMSGSIZE, -EINVAL for a lease version or a name of a context
 * that does not exist.
 */
int wire_smb2_create_req_encode(struct wire_out *o,
				const struct wire_smb2_create_req *req)
{
	u32 at, start;
	int ret;

	if (req->name.len > U16_MAX)
		return -EMSGSIZE;
	at = req_fixed_encode(o, req);
	wire_out_blob(o, &req->name);
	if (!req->name.len)
		wire_out_zero(o, 8);	/* the buffer must not be empty */
	if (!wants_ctxs(req))
		return wire_out_errno(o);
	wire_out_align(o, 8);
	start = o->pos;
	wire_out_patch_u32(o, at, wire_out_off(o));
	ret = ctxs_encode(o, req);
	if (ret)
		return ret;
	wire_out_patch_u32(o, at + 4, o->pos - start);
	return wire_out_errno(o);
}

static void rsp_file_decode(struct wire_in *in, struct wire_smb2_create_rsp *rsp)
{
	rsp->oplock_level = wire_in_u8(in, "OplockLevel");
	rsp->flags = wire_in_u8(in, "Flags");
	rsp->create_action = wire_in_u32(in, "CreateAction");
	rsp->creation_time = wire_in_u64(in, "CreationTime");
	rsp->last_access_time = wire_in_u64(in, "LastAccessTime");
	rsp->last_write_time = wire_in_u64(in, "LastWriteTime");
	rsp->change_time = wire_in_u64(in, "ChangeTime");
	rsp->allocation_size = wire_in_u64(in, "AllocationSize");
	rsp->end_of_file = wire_in_u64(in, "EndofFile");
	rsp->attributes = wire_in_u32(in, "FileAttributes");
	wire_in_skip(in, 4, "Reserved2");
	rsp->fid = wire_smb2_fid_decode(in);
}

/**
 * wire_smb2_create_rsp_decode - read the body of a CREATE response
 * @in: a reader from wire_smb2_pdu_next()
 * @rsp: the opened file
 *
 * [MS-SMB2] 2.2.14.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_smb2_create_rsp_decode(struct wire_in *in,
				struct wire_smb2_create_rsp *rsp)
{
	struct wire_in list;
	u32 off, len;

	wire_in_struct_size(in, 89);
	rsp_file_decode(in, rsp);
	off = wire_in_u32(in, "CreateContextsOffset");
	len = wire_in_u32(in, "CreateContextsLength");
	rsp->raw_ctxs = wire_in_blob(in, off, len, "CreateContexts");
	wire_in_from(&list, &rsp->raw_ctxs);
	wire_smb2_create_rsp_ctxs_decode(&list, &rsp->ctx);
	wire_in_join(in, &list);
	return wire_in_errno(in);
}
