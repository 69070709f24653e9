// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is the same for every command: how its message begins, and the way from
 * its answer to an errno and something that can be decoded.
 */
#include <linux/mm.h>
#include <linux/slab.h>
#include "../wire/ntstatus.h"
#include "smb1.h"

/* Locks belong to a process of ours; all are one, the kernel has sorted it. */
#define OUR_PID		1

static struct smb1_req *req_own(struct unc_req *req)
{
	struct smb1_req *own = req->own;

	if (own)
		return own;
	own = kzalloc(sizeof(*own), GFP_NOFS);
	if (!own)
		return NULL;
	own->req = req;
	INIT_WORK(&own->step, smb1_step);
	req->own = own;
	return own;
}

static u16 flags2(const struct unc_conn *conn)
{
	const struct smb1_conn *sc = smb1_conn(conn);
	u16 flags = SMB1_FLAGS2_LONG_NAMES | SMB1_FLAGS2_EAS |
		    SMB1_FLAGS2_IS_LONG_NAME |
		    SMB1_FLAGS2_EXTENDED_SECURITY | SMB1_FLAGS2_NT_STATUS |
		    SMB1_FLAGS2_UNICODE;

	if (sc->wants_signing)
		flags |= SMB1_FLAGS2_SIGNED | SMB1_FLAGS2_SIGNING_REQUIRED;
	return flags;
}

static void hdr_add(struct unc_req *req, u8 command)
{
	struct wire_smb1_hdr hdr = {
		.command = command,
		.flags = SMB1_FLAGS_CASE_INSENSITIVE,
		.flags2 = flags2(req->conn),
		.pid = OUR_PID,
		.tid = req->tree ? req->tree->id : 0,
		.uid = req->session ? req->session->id : 0,
	};

	wire_smb1_hdr_encode(&req->out, &hdr);
}

/**
 * smb1_part_begin - begin a message
 * @req: the request, not sent yet
 * @like: the command of [MS-SMB2] that does the same
 * @command: enum smb1_command
 * @room: bytes behind the header that will be encoded at most
 *
 * May sleep (GFP_NOFS).  The caller encodes the body with @req->out next.
 *
 * Return: the part, or NULL without memory or with too many of them.
 */
struct smb1_part *smb1_part_begin(struct unc_req *req, u16 like, u8 command,
				  u32 room)
{
	struct smb1_req *own = req_own(req);
	struct unc_part *part;
	struct smb1_part *p;

	if (!own || req->nparts == UNC_REQ_PARTS ||
	    unc_req_grow(req, SMB1_HDR_SIZE + room))
		return NULL;
	/* One slot for all, as only one is under way at a time. */
	part = unc_req_part_new(req, like, !req->nparts);
	p = smb1_part(part);
	p->command = command;
	hdr_add(req, command);
	return p;
}

/**
 * smb1_part_fid - the part that was encoded last is about a handle
 * @p: the part
 * @fid: the handle, or WIRE_SMB2_FID_RELATED
 * @at: where it is in the message
 *
 * Return: 0.
 */
int smb1_part_fid(struct smb1_part *p, struct wire_smb2_fid fid, u32 at)
{
	p->related = fid.persistent_id == U64_MAX;
	p->fid_at = at;
	return 0;
}

/**
 * smb1_part_handle - which handle a part is about
 * @part: of a request that was sent
 *
 * Return: the FID, 0 for none.
 */
u16 smb1_part_handle(const struct unc_part *part)
{
	const struct smb1_part *p = smb1_part(part);

	if (!p->fid_at)
		return 0;
	return get_unaligned_le16(part->req->buf + UNC_SEAL_HEADROOM +
				  part->at + p->fid_at);
}

/**
 * smb1_trans_add - put a transaction into a request
 * @req: the request, not sent yet
 * @like: the command of [MS-SMB2] that does the same
 * @trans: what to ask
 * @part: set to the part, if not NULL
 *
 * May sleep (GFP_NOFS).
 *
 * Return: 0, -ENOMEM, or -EMSGSIZE if the server takes no message of that size.
 */
int smb1_trans_add(struct unc_req *req, u16 like,
		   struct wire_smb1_trans_req *trans, struct smb1_part **part)
{
	u32 room = WIRE_SMB1_TRANS_ROOM + trans->params.len + trans->data.len;
	struct smb1_part *p;

	if (room + SMB1_HDR_SIZE > smb1_conn(req->conn)->max_buffer)
		return -EMSGSIZE;
	p = smb1_part_begin(req, like, trans->command, room);
	if (!p)
		return -ENOMEM;
	p->function = trans->function;
	if (part)
		*part = p;
	return wire_smb1_trans_req_encode(&req->out, trans);
}

/**
 * smb1_trans_second - what else is asked before the last part is answered
 * @req: the request, not sent yet
 * @trans: of the same form as the part's own
 *
 * May sleep (GFP_NOFS).  Return: 0 or -errno.
 */
int smb1_trans_second(struct unc_req *req, struct wire_smb1_trans_req *trans)
{
	struct smb1_part *p = smb1_part(&req->parts[req->nparts - 1]);
	int err = unc_req_grow(req, SMB1_HDR_SIZE + WIRE_SMB1_TRANS_ROOM +
			       trans->params.len + trans->data.len);

	if (err)
		return err;
	p->second = req->out.pos;
	hdr_add(req, trans->command);
	return wire_smb1_trans_req_encode(&req->out, trans);
}

/* [MS-ERREF] 2.3: the two highest bits; both set is an error. */
static bool nt_is_error(u32 status)
{
	return status >> 30 == 3;
}

/* A warning comes with an answer or without. */
static bool has_words(const struct unc_part *part)
{
	return part->rsp.pos < part->rsp.len && part->rsp.base[part->rsp.pos];
}

/**
 * smb1_status - how a command ended, as an errno
 * @part: a command of a request that has ended
 *
 * Return: 0 if there is a regular answer, else -errno.
 */
int smb1_status(const struct unc_part *part)
{
	if (!part->answered)
		return -EIO;
	if (!part->status || (!nt_is_error(part->status) &&
			      (smb1_part(part)->gathered || has_words(part))))
		return 0;
	return wire_ntstatus_errno(part->status) ?: -EIO;
}

/**
 * smb1_body - the regular answer to a command, to be decoded
 * @part: a command of a request that has ended
 * @in: set to it, after the header
 *
 * Return: 0, or -errno as of smb1_status().
 */
int smb1_body(const struct unc_part *part, struct wire_in *in)
{
	int err = smb1_status(part);

	if (!err)
		*in = part->rsp;
	return err;
}

/**
 * smb1_decoded - the end of every decoding
 * @part: whose answer it was
 * @err: what the decoder returned
 *
 * Return: 0 or -EIO.
 */
int smb1_decoded(const struct unc_part *part, int err)
{
	if (likely(!err))
		return 0;
	pr_warn_ratelimited("uncfs_smb1: malformed response to command %#x\n",
			    smb1_part(part)->command);
	return -EIO;
}

/**
 * smb1_plain_rsp - how a command ended that has nothing to tell
 * @part: a command of a request that has ended
 *
 * Return: 0 or -errno.
 */
int smb1_plain_rsp(const struct unc_part *part)
{
	struct wire_in in;
	int err = smb1_body(part, &in);

	return err ?: smb1_decoded(part, wire_smb1_plain_rsp_decode(&in));
}

/**
 * smb1_trans_rsp - what a transaction was answered
 * @part: a command of a request that has ended
 * @params: set to the parameters
 * @data: set to the data
 *
 * Return: 0 or -errno.
 */
int smb1_trans_rsp(const struct unc_part *part, struct wire_blob *params,
		   struct wire_blob *data)
{
	const struct wire_in *in = &part->rsp;
	int err = smb1_status(part);

	if (err)
		return err;
	if (!smb1_part(part)->gathered)
		return -EIO;
	*params = (struct wire_blob){ in->base, in->pos };
	*data = (struct wire_blob){ in->base + in->pos, in->len - in->pos };
	return 0;
}

/**
 * smb1_forget - free what a request remembers besides
 * @req: the request, about to be freed
 */
void smb1_forget(struct unc_req *req)
{
	struct smb1_req *own = req->own;
	int i;

	for (i = 0; i < UNC_REQ_PARTS; i++) {
		unc_rx_put(own->parts[i].gather);
		unc_rx_put(own->parts[i].all);
		kvfree(own->parts[i].wide);
	}
	if (own->watches)
		atomic_dec(&smb1_conn(req->conn)->watches);
	kvfree(own->data);
	kfree(own);
}
