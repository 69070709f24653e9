// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is known of files: transactions with the structures of [MS-FSCC] in them,
 * by the levels that pass through to the file system ([MS-SMB] 2.2.2.3.5).
 */
#include <linux/mm.h>
#include <linux/slab.h>
#include "../wire/fscc_file.h"
#include "../wire/smb1_ea.h"
#include "../wire/smb1_file.h"
#include "smb1.h"

#define PARAMS_MAX	8
#define REPLY_PARAMS	8

/* Of FileRenameInformation for SMB 2, [MS-FSCC] 2.4.42.2 */
#define RENAME_LENGTH_AT	16
#define RENAME_NAME_AT		20

/* Where DesiredAccess is in a NT_CREATE_ANDX. */
#define CREATE_ACCESS_AT	(SMB1_WORDS_OFFSET + 15)

static struct wire_blob params_of(const struct wire_out *o)
{
	return (struct wire_blob){ o->buf, o->pos };
}

/* A transaction whose first parameter is the FID. */
static int fid_trans(struct unc_req *req, u16 like, struct wire_smb2_fid fid,
		     struct wire_smb1_trans_req *trans)
{
	struct smb1_part *p;
	int err;

	trans->max_params = REPLY_PARAMS;
	err = smb1_trans_add(req, like, trans, &p);
	return err ?: smb1_part_fid(p, fid, trans->params_at);
}

/* [MS-CIFS] 2.2.6.4.1 */
static int query_fs(struct unc_req *req,
		    const struct wire_smb2_query_info_req *args)
{
	u8 buf[PARAMS_MAX];
	struct wire_out o;
	struct wire_smb1_trans_req trans = {
		.command = SMB1_TRANSACTION2,
		.function = SMB1_QUERY_FS_INFO,
		.max_data = min_t(u32, args->max_output, U16_MAX),
	};

	wire_out_init(&o, buf, sizeof(buf));
	wire_out_u16(&o, SMB1_PASS_THROUGH + args->info_class);
	trans.params = params_of(&o);
	return smb1_trans_add(req, SMB2_QUERY_INFO, &trans, NULL);
}

/* Attributes of OS/2 do not pass through, and what is known of a file has its own. */
static u16 query_level(u8 class)
{
	if (class == FSCC_FILE_ALL)
		return SMB1_QUERY_FILE_ALL;
	if (class == FSCC_FILE_FULL_EA)
		return SMB1_INFO_QUERY_ALL_EAS;
	return SMB1_PASS_THROUGH + class;
}

/* [MS-CIFS] 2.2.6.8.1 */
static int query_file(struct unc_req *req,
		      const struct wire_smb2_query_info_req *args)
{
	bool all = args->info_class == FSCC_FILE_ALL;
	u8 buf[PARAMS_MAX];
	struct wire_out o;
	struct wire_smb1_trans_req trans = {
		.command = SMB1_TRANSACTION2,
		.function = SMB1_QUERY_FILE_INFO,
		.max_data = min_t(u32, args->max_output, U16_MAX),
	};
	int err;

	wire_out_init(&o, buf, sizeof(buf));
	wire_out_u16(&o, args->fid.volatile_id);
	wire_out_u16(&o, query_level(args->info_class));
	trans.params = params_of(&o);
	err = fid_trans(req, SMB2_QUERY_INFO, args->fid, &trans);
	if (!err && args->info_class == FSCC_FILE_FULL_EA)
		smb1_part(&req->parts[req->nparts - 1])->eas = true;
	if (err || !all)
		return err;
	/* FileAllInformation of SMB 1 has no file id: one more question */
	put_unaligned_le16(SMB1_PASS_THROUGH + FSCC_FILE_INTERNAL, buf + 2);
	return smb1_trans_second(req, &trans);
}

static void security_params(struct wire_out *o, struct wire_smb2_fid fid,
			    u32 parts)
{
	wire_out_u16(o, fid.volatile_id);
	wire_out_u16(o, 0);
	wire_out_u32(o, parts);
}

/* [MS-CIFS] 2.2.7.6.1 */
static int query_security(struct unc_req *req,
			  const struct wire_smb2_query_info_req *args)
{
	u8 buf[PARAMS_MAX];
	struct wire_out o;
	struct wire_smb1_trans_req trans = {
		.command = SMB1_NT_TRANSACT,
		.function = SMB1_NT_QUERY_SECURITY,
		.max_data = args->max_output,
	};

	wire_out_init(&o, buf, sizeof(buf));
	security_params(&o, args->fid, args->additional);
	trans.params = params_of(&o);
	return fid_trans(req, SMB2_QUERY_INFO, args->fid, &trans);
}

/**
 * smb1_query_info_add - put a query into a request
 * @req: the request, not sent yet
 * @args: what to ask for
 * @flags: UNC_PART_*
 *
 * Return: 0, -EOPNOTSUPP for what SMB 1 has no query for, or another -errno.
 */
int smb1_query_info_add(struct unc_req *req,
			const struct wire_smb2_query_info_req *args,
			unsigned int flags)
{
	switch (args->info_type) {
	case SMB2_0_INFO_FILE:
		return query_file(req, args);
	case SMB2_0_INFO_FILESYSTEM:
		return query_fs(req, args);
	case SMB2_0_INFO_SECURITY:
		return query_security(req, args);
	default:
		return -EOPNOTSUPP;
	}
}

/* The list in its new form, kept with the part. */
static int widen_eas(const struct unc_part *part, struct wire_blob *data)
{
	struct smb1_part *p = smb1_part(part);
	u32 room = WIRE_SMB1_EA_WIDE(data->len);
	struct wire_out o;
	int err;

	kvfree(p->wide);
	p->wide = kvmalloc(room, GFP_NOFS);
	if (!p->wide)
		return -ENOMEM;
	wire_out_init(&o, p->wide, room);
	err = wire_smb1_ea_widen(data, &o);
	*data = (struct wire_blob){ p->wide, o.pos };
	return smb1_decoded(part, err) ?: o.pos ? 0 : -ENODATA;
}

/**
 * smb1_query_info_rsp - what a query was answered
 * @part: the command, of a request that has ended
 * @rsp: filled in
 *
 * May sleep (GFP_NOFS).
 *
 * Return: 0; -ENODATA for a file without extended attributes; or another
 * -errno.
 */
int smb1_query_info_rsp(const struct unc_part *part,
			struct wire_smb2_query_info_rsp *rsp)
{
	struct wire_blob params;
	int err = smb1_trans_rsp(part, &params, &rsp->data);

	if (err || !smb1_part(part)->eas)
		return err;
	return widen_eas(part, &rsp->data);
}

static int set_security(struct unc_req *req,
			const struct wire_smb2_set_info_req *args)
{
	u8 buf[PARAMS_MAX];
	struct wire_out o;
	struct wire_smb1_trans_req trans = {
		.command = SMB1_NT_TRANSACT,
		.function = SMB1_NT_SET_SECURITY,
		.data = args->data,
	};

	wire_out_init(&o, buf, sizeof(buf));
	security_params(&o, args->fid, args->additional);
	trans.params = params_of(&o);
	return fid_trans(req, SMB2_SET_INFO, args->fid, &trans);
}

/* [MS-CIFS] 2.2.6.9.1 */
static int set_level(struct unc_req *req, u16 level, struct wire_smb2_fid fid,
		     const struct wire_blob *data)
{
	u8 buf[PARAMS_MAX];
	struct wire_out o;
	struct wire_smb1_trans_req trans = {
		.command = SMB1_TRANSACTION2,
		.function = SMB1_SET_FILE_INFO,
		.data = *data,
	};

	wire_out_init(&o, buf, sizeof(buf));
	wire_out_u16(&o, fid.volatile_id);
	wire_out_u16(&o, level);
	wire_out_u16(&o, 0);
	trans.params = params_of(&o);
	return fid_trans(req, SMB2_SET_INFO, fid, &trans);
}

static int set_file(struct unc_req *req, u8 class, struct wire_smb2_fid fid,
		    const struct wire_blob *data)
{
	return set_level(req, SMB1_PASS_THROUGH + class, fid, data);
}

static int set_eas(struct unc_req *req,
		   const struct wire_smb2_set_info_req *args)
{
	u32 room = args->data.len + 4;
	u8 *buf = kvmalloc(room, GFP_NOFS);
	struct wire_blob list;
	struct wire_out o;
	int err;

	if (!buf)
		return -ENOMEM;
	wire_out_init(&o, buf, room);
	err = wire_smb1_ea_narrow(&args->data, &o) ? -EINVAL : 0;
	list = (struct wire_blob){ buf, o.pos };
	if (!err)
		err = set_level(req, SMB1_INFO_SET_EAS, args->fid, &list);
	kvfree(buf);
	return err == -EMSGSIZE ? -E2BIG : err;
}

/* The length of the directory at the beginning of a path. */
static u32 dir_len(const struct wire_blob *path)
{
	u32 len = path->len;

	while (len && get_unaligned_le16(path->ptr + len - 2) != '\\')
		len -= 2;
	return len;
}

static bool is_same_dir(const struct wire_blob *a, const struct wire_blob *b)
{
	u32 len = dir_len(a);

	return len == dir_len(b) && !memcmp(a->ptr, b->ptr, len);
}

/* [MS-FSCC] 2.4.42.1, which takes a name but no path ([MS-SMB] 3.3.5.10.6) */
static int rename_here(struct unc_req *req,
		       const struct wire_smb2_set_info_req *args,
		       const struct wire_blob *to)
{
	u32 skip = dir_len(to), cap = 12 + to->len - skip;
	u8 *buf = kmalloc(cap, GFP_NOFS);
	struct wire_blob data = { buf, cap };
	struct wire_out o;
	int err;

	if (!buf)
		return -ENOMEM;
	wire_out_init(&o, buf, cap);
	wire_out_u32(&o, args->data.ptr[0]);	/* ReplaceIfExists */
	wire_out_u32(&o, 0);			/* RootDirectory */
	wire_out_u32(&o, to->len - skip);
	wire_out_bytes(&o, to->ptr + skip, to->len - skip);
	err = set_file(req, FSCC_FILE_RENAME, args->fid, &data);
	kfree(buf);
	return err;
}

/* The handle that SMB 2 needs for it keeps others from opening to rename. */
static void create_harmless(struct unc_req *req)
{
	put_unaligned_le32(SMB2_FILE_READ_ATTRIBUTES,
			   req->out.buf + req->parts[0].at + CREATE_ACCESS_AT);
}

/* By names, the one of the CREATE in the same request and the new one. */
static int rename_there(struct unc_req *req, bool link,
			const struct wire_blob *from,
			const struct wire_blob *to)
{
	struct smb1_part *p;
	u8 *old = kmemdup(from->ptr, from->len, GFP_NOFS);
	struct wire_blob copy = { old, from->len };
	int err = -ENOMEM;

	/* the request's buffer may move */
	if (!old)
		return -ENOMEM;
	p = smb1_part_begin(req, SMB2_SET_INFO,
			    link ? SMB1_NT_RENAME : SMB1_RENAME,
			    32 + from->len + to->len);
	if (p) {
		/* needs the CREATE to have gone well, though not its FID */
		p->related = true;
		p->fid_at = 0;
		create_harmless(req);
		err = wire_smb1_rename_req_encode(&req->out, link, &copy, to);
	}
	kfree(old);
	return err;
}

static int rename_add(struct unc_req *req,
		      const struct wire_smb2_set_info_req *args)
{
	const struct smb1_req *own = req->own;
	struct wire_blob to, from;

	if (!own || !own->name_at || args->data.len < RENAME_NAME_AT)
		return -EOPNOTSUPP;
	from = (struct wire_blob){ req->out.buf + own->name_at, own->name_len };
	to.ptr = args->data.ptr + RENAME_NAME_AT;
	to.len = get_unaligned_le32(args->data.ptr + RENAME_LENGTH_AT);
	if (to.len > args->data.len - RENAME_NAME_AT)
		return -EINVAL;
	if (args->info_class == FSCC_FILE_RENAME && args->data.ptr[0] &&
	    is_same_dir(&from, &to))
		return rename_here(req, args, &to);
	return rename_there(req, args->info_class == FSCC_FILE_LINK, &from,
			    &to);
}

/**
 * smb1_set_info_add - put a change into a request
 * @req: the request, not sent yet
 * @args: what to set
 * @flags: UNC_PART_*
 *
 * Return: 0, -EOPNOTSUPP for what SMB 1 cannot set, or another -errno.
 */
int smb1_set_info_add(struct unc_req *req,
		      const struct wire_smb2_set_info_req *args,
		      unsigned int flags)
{
	if (args->info_type == SMB2_0_INFO_SECURITY)
		return set_security(req, args);
	if (args->info_type != SMB2_0_INFO_FILE)
		return -EOPNOTSUPP;
	if (args->info_class == FSCC_FILE_RENAME ||
	    args->info_class == FSCC_FILE_LINK)
		return rename_add(req, args);
	if (args->info_class == FSCC_FILE_FULL_EA)
		return set_eas(req, args);
	if (args->info_class == FSCC_FILE_PIPE)
		return smb1_pipe_state_add(req, args);
	return set_file(req, args->info_class, args->fid, &args->data);
}

/**
 * smb1_set_info_rsp - what a change was answered
 * @part: the command, of a request that has ended
 *
 * Return: 0 or -errno.
 */
int smb1_set_info_rsp(const struct unc_part *part)
{
	return smb1_status(part);
}
