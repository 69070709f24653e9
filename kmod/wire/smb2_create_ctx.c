// SPDX-License-Identifier: GPL-2.0-or-later
#include "smb2_create_ctx.h"

enum {
	CTX_ALIGN	= 8,
	CTX_NAME_SIZE	= 4,
	/* Offsets of fields in a context */
	CTX_DATA_OFFSET	= 10,
	CTX_DATA_LENGTH	= 12,
	CTX_FIXED	= 16,
	CTX_LONG_NAME_SIZE	= 16,
	/* Offset of NameLength, the lower byte of which says all */
	CTX_NAME_LENGTH	= 6,
};

/* [MS-SMB2] 2.2.13.2; that of the POSIX extensions is in no document of Microsoft. */
static const u8 long_names[][CTX_LONG_NAME_SIZE] = {
	{ 0x45, 0xbc, 0xa6, 0x6a, 0xef, 0xa7, 0xf7, 0x4a,
	  0x90, 0x08, 0xfa, 0x46, 0x2e, 0x14, 0x4d, 0x74 },
	{ 0x93, 0xad, 0x25, 0x50, 0x9c, 0xb4, 0x11, 0xe7,
	  0xb4, 0x23, 0x83, 0xde, 0x96, 0x8b, 0xcd, 0x7c },
};

static u32 name_of(const u8 *p)
{
	return (u32)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3];
}

/* The sixteen bytes that a name stands for, or NULL if it is one of four. */
static const u8 *long_name(u32 name)
{
	u32 i;

	for (i = 0; i < ARRAY_SIZE(long_names); i++)
		if (name_of(long_names[i]) == name)
			return long_names[i];
	return NULL;
}

/**
 * wire_smb2_lease_encode - write the data of an RqLs context
 * @o: the writer
 * @lease: the lease; @lease->version decides the layout
 *
 * [MS-SMB2] 2.2.13.2.8, 2.2.13.2.10.
 *
 * Return: 0, -EMSGSIZE, -EINVAL for a version that does not exist.
 */
int wire_smb2_lease_encode(struct wire_out *o, const struct wire_smb2_lease *lease)
{
	if (lease->version != 1 && lease->version != 2)
		return -EINVAL;
	wire_out_bytes(o, lease->key, sizeof(lease->key));
	wire_out_u32(o, lease->state);
	wire_out_u32(o, lease->flags);
	wire_out_u64(o, 0);	/* LeaseDuration */
	if (lease->version == 1)
		return wire_out_errno(o);
	wire_out_bytes(o, lease->parent_key, sizeof(lease->parent_key));
	wire_out_u16(o, lease->epoch);
	wire_out_u16(o, 0);
	return wire_out_errno(o);
}

/**
 * wire_smb2_durable_encode - write the data of a DH2Q context
 * @o: the writer
 * @dh: the durable handle
 *
 * [MS-SMB2] 2.2.13.2.11.
 *
 * Return: 0 or -EMSGSIZE.
 */
int wire_smb2_durable_encode(struct wire_out *o, const struct wire_smb2_durable *dh)
{
	wire_out_u32(o, dh->timeout);
	wire_out_u32(o, dh->flags);
	wire_out_u64(o, 0);
	wire_out_bytes(o, dh->create_guid, sizeof(dh->create_guid));
	return wire_out_errno(o);
}

/**
 * wire_smb2_durable_v1_encode - write the data of a DHnQ or DHnC context
 * @o: the writer
 * @fid: DHnC: the handle to take back; NULL for DHnQ
 *
 * [MS-SMB2] 2.2.13.2.3, 2.2.13.2.4.
 *
 * Return: 0 or -EMSGSIZE.
 */
int wire_smb2_durable_v1_encode(struct wire_out *o, const struct wire_smb2_fid *fid)
{
	if (fid)
		wire_smb2_fid_encode(o, fid);
	else
		wire_out_zero(o, WIRE_SMB2_DURABLE_V1_SIZE);
	return wire_out_errno(o);
}

/**
 * wire_smb2_durable_reconnect_encode - write the data of a DH2C context
 * @o: the writer
 * @rc: the handle to take back
 *
 * [MS-SMB2] 2.2.13.2.12.
 *
 * Return: 0 or -EMSGSIZE.
 */
int wire_smb2_durable_reconnect_encode(struct wire_out *o,
				       const struct wire_smb2_durable_reconnect *rc)
{
	wire_smb2_fid_encode(o, &rc->fid);
	wire_out_bytes(o, rc->create_guid, sizeof(rc->create_guid));
	wire_out_u32(o, rc->flags);
	return wire_out_errno(o);
}

/**
 * wire_smb2_app_instance_encode - write the data of an AppInstanceId context
 * @o: the writer
 * @id: sixteen bytes that name the program
 *
 * [MS-SMB2] 2.2.13.2.13.
 *
 * Return: 0 or -EMSGSIZE.
 */
int wire_smb2_app_instance_encode(struct wire_out *o, const u8 *id)
{
	wire_out_u16(o, 20);	/* StructureSize */
	wire_out_u16(o, 0);
	wire_out_bytes(o, id, SMB2_GUID_SIZE);
	return wire_out_errno(o);
}

static void lease_decode(struct wire_in *in, struct wire_smb2_lease *lease)
{
	memset(lease, 0, sizeof(*lease));
	lease->version = in->len == WIRE_SMB2_LEASE_V1_SIZE ? 1 : 2;
	if (lease->version == 2 && in->len != WIRE_SMB2_LEASE_V2_SIZE)
		wire_in_fail(in, "RqLs");
	wire_in_copy(in, lease->key, sizeof(lease->key), "LeaseKey");
	lease->state = wire_in_u32(in, "LeaseState");
	lease->flags = wire_in_u32(in, "LeaseFlags");
	wire_in_skip(in, 8, "LeaseDuration");
	if (lease->version == 1)
		return;
	wire_in_copy(in, lease->parent_key, sizeof(lease->parent_key),
		     "ParentLeaseKey");
	lease->epoch = wire_in_u16(in, "Epoch");
	wire_in_skip(in, 2, "Reserved");
}

/**
 * wire_smb2_lease_decode - read the data of an RqLs context
 * @data: the data; their length tells version 1 from 2
 * @lease: the lease
 *
 * [MS-SMB2] 2.2.14.2.10, 2.2.14.2.11.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_smb2_lease_decode(const struct wire_blob *data, struct wire_smb2_lease *lease)
{
	struct wire_in in;

	wire_in_from(&in, data);
	lease_decode(&in, lease);
	return wire_in_errno(&in);
}

/**
 * wire_smb2_create_ctx_begin - write what stands before the data of a context
 * @o: the writer
 * @name: enum smb2_create_ctx_name
 * @prev: where the context before began, U32_MAX for the first; updated
 *
 * [MS-SMB2] 2.2.13.2.
 */
void wire_smb2_create_ctx_begin(struct wire_out *o, u32 name, u32 *prev)
{
	const u8 *bytes = long_name(name);

	wire_out_align(o, CTX_ALIGN);
	if (*prev != U32_MAX)
		wire_out_patch_u32(o, *prev, o->pos - *prev);
	*prev = o->pos;
	wire_out_u32(o, 0);		/* Next */
	wire_out_u16(o, CTX_FIXED);
	wire_out_u16(o, bytes ? CTX_LONG_NAME_SIZE : CTX_NAME_SIZE);
	wire_out_u16(o, 0);
	wire_out_u16(o, 0);		/* DataOffset */
	wire_out_u32(o, 0);		/* DataLength */
	if (bytes) {
		wire_out_bytes(o, bytes, CTX_LONG_NAME_SIZE);
		return;
	}
	wire_out_be32(o, name);
	wire_out_u32(o, 0);
}

/* Where its data are: after the name and padding. */
static u32 ctx_data(const struct wire_out *o, u32 prev)
{
	u8 len = o->buf[prev + CTX_NAME_LENGTH];

	return CTX_FIXED + (len + CTX_ALIGN - 1) / CTX_ALIGN * CTX_ALIGN;
}

/**
 * wire_smb2_create_ctx_end - fill in how much data a context has
 * @o: the writer, after the data
 * @prev: where the context began
 */
void wire_smb2_create_ctx_end(struct wire_out *o, u32 prev)
{
	u32 at, len;

	if (o->overflow)
		return;
	at = ctx_data(o, prev);
	len = o->pos - prev - at;
	if (!len)
		return;
	wire_out_patch_u16(o, prev + CTX_DATA_OFFSET, at);
	wire_out_patch_u32(o, prev + CTX_DATA_LENGTH, len);
}

static u32 ctx_name(const struct wire_blob *name)
{
	const u8 *known;
	u32 four;

	if (name->len != CTX_NAME_SIZE && name->len != CTX_LONG_NAME_SIZE)
		return 0;
	four = name_of(name->ptr);
	known = long_name(four);
	if (name->len == CTX_NAME_SIZE)
		return known ? 0 : four;
	return known && !memcmp(known, name->ptr, name->len) ? four : 0;
}

/**
 * wire_smb2_create_ctx_next - next create context of a list
 * @list: a reader over the list alone
 * @ctx: the context; its name and data lie within its own record
 *
 * [MS-SMB2] 2.2.13.2, 2.2.14.2.
 *
 * Return: 1 and a context, 0 at the end, -EBADMSG.
 */
int wire_smb2_create_ctx_next(struct wire_in *list,
			      struct wire_smb2_create_ctx *ctx)
{
	u16 name_off, name_len, data_off;
	struct wire_in rec;
	u32 data_len;
	int ret;

	ret = wire_in_chain(list, &rec, CTX_FIXED, "CreateContext.Next");
	if (ret <= 0)
		return ret;
	name_off = wire_in_u16(&rec, "NameOffset");
	name_len = wire_in_u16(&rec, "NameLength");
	wire_in_skip(&rec, 2, "Reserved");
	data_off = wire_in_u16(&rec, "DataOffset");
	data_len = wire_in_u32(&rec, "DataLength");
	ctx->name_bytes = wire_in_blob(&rec, name_off, name_len, "Name");
	ctx->data = wire_in_blob(&rec, data_off, data_len, "Data");
	wire_in_join(list, &rec);
	if (list->err)
		return -EBADMSG;
	ctx->name = ctx_name(&ctx->name_bytes);
	return 1;
}

/* Each context may come once. */
static void once(struct wire_in *in, bool *has, const char *what)
{
	if (*has)
		wire_in_fail(in, what);
	*has = true;
}

static void durable_decode(struct wire_in *in, struct wire_smb2_durable *dh)
{
	memset(dh, 0, sizeof(*dh));
	dh->timeout = wire_in_u32(in, "Timeout");
	dh->flags = wire_in_u32(in, "Flags");
}

/* [MS-DTYP] 2.4.2.2 */
static struct wire_blob sid_decode(struct wire_in *in)
{
	struct wire_blob sid = { .ptr = in->base + in->pos };
	u8 subs;

	if (wire_in_u8(in, "Sid.Revision") != 1)
		wire_in_fail(in, "Sid.Revision");
	subs = wire_in_u8(in, "Sid.SubAuthorityCount");
	if (subs > WIRE_SMB2_SID_SUBS_MAX)
		wire_in_fail(in, "Sid.SubAuthorityCount");
	sid.len = 8 + 4 * subs;
	wire_in_skip(in, sid.len - 2, "Sid");
	return sid;
}

static void posix_decode(struct wire_in *in, struct wire_smb2_posix *posix)
{
	posix->nlink = wire_in_u32(in, "NumberOfLinks");
	posix->reparse_tag = wire_in_u32(in, "ReparseTag");
	posix->mode = wire_in_u32(in, "Mode");
	posix->owner = sid_decode(in);
	posix->group = sid_decode(in);
}

static void rsp_ctx_decode(struct wire_in *in, u32 name,
			   struct wire_smb2_create_rsp_ctxs *out)
{
	switch (name) {
	case SMB2_CTX_RQLS:
		once(in, &out->has_lease, "RqLs");
		lease_decode(in, &out->lease);
		break;
	case SMB2_CTX_DH2Q:
		once(in, &out->has_durable, "DH2Q");
		durable_decode(in, &out->durable);
		break;
	case SMB2_CTX_DHNQ:
		once(in, &out->has_durable_v1, "DHnQ");
		wire_in_skip(in, 8, "Reserved");
		break;
	case SMB2_CTX_MXAC:
		once(in, &out->has_max_access, "MxAc");
		out->max_access_status = wire_in_u32(in, "QueryStatus");
		out->max_access = wire_in_u32(in, "MaximalAccess");
		break;
	case SMB2_CTX_QFID:
		once(in, &out->has_disk_id, "QFid");
		out->disk_file_id = wire_in_u64(in, "DiskFileId");
		out->disk_volume_id = wire_in_u64(in, "VolumeId");
		wire_in_skip(in, 16, "Reserved");
		break;
	case SMB2_CTX_POSIX:
		once(in, &out->has_posix, "POSIX");
		posix_decode(in, &out->posix);
		break;
	}
}

/**
 * wire_smb2_create_rsp_ctxs_decode - read the contexts of a CREATE response
 * @list: a reader over the list alone
 * @out: those that we know; others are passed over
 *
 * [MS-SMB2] 2.2.14.2.
 *
 * Return: 0 or -EBADMSG, also when one comes twice.
 */
int wire_smb2_create_rsp_ctxs_decode(struct wire_in *list,
				     struct wire_smb2_create_rsp_ctxs *out)
{
	struct wire_smb2_create_ctx ctx;
	struct wire_in data;
	int ret;

	memset(out, 0, sizeof(*out));
	while ((ret = wire_smb2_create_ctx_next(list, &ctx)) > 0) {
		wire_in_from(&data, &ctx.data);
		rsp_ctx_decode(&data, ctx.name, out);
		wire_in_join(list, &data);
	}
	return ret;
}
