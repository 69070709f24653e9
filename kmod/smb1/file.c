// SPDX-License-Identifier: GPL-2.0-only
/*
 * NT_CREATE_ANDX, CLOSE, FLUSH, READ_ANDX, WRITE_ANDX and LOCKING_ANDX.
 */
#include "../wire/ntstatus.h"
#include "../wire/smb1_file.h"
#include "smb1.h"

/* Bytes behind the header at most, without names and data. */
enum room {
	ROOM_CREATE	= 1 + 48 + 2 + 1 + 2 + 2,
	ROOM_SHORT	= 1 + 6 + 2,
	ROOM_READ	= 1 + 24 + 2,
	ROOM_WRITE	= 1 + 28 + 2 + 1,
	ROOM_LOCK	= 1 + 16 + 2 + 20,
	/* where the name is: behind padding and the root */
	CREATE_NAME_AT	= SMB1_HDR_SIZE + 1 + 48 + 2 + 1 + 2,
};

/**
 * smb1_create_add - put a NT_CREATE_ANDX into a request
 * @req: the request, not sent yet
 * @args: what to open, how; leases and durable handles are not asked for
 * @flags: UNC_PART_*
 *
 * Return: 0 or -errno.
 */
int smb1_create_add(struct unc_req *req,
		    const struct wire_smb2_create_req *args, unsigned int flags)
{
	struct smb1_part *p = smb1_part_begin(req, SMB2_CREATE,
					      SMB1_NT_CREATE_ANDX,
					      ROOM_CREATE + args->name.len);
	struct smb1_req *own = req->own;

	if (!p)
		return -ENOMEM;
	own->name_at = req->parts[req->nparts - 1].at + CREATE_NAME_AT;
	own->name_len = args->name.len;
	own->lists = args->options & SMB2_FILE_DIRECTORY_FILE &&
		     args->access & SMB2_FILE_LIST_DIRECTORY;
	return wire_smb1_create_req_encode(&req->out, args);
}

/**
 * smb1_create_rsp - what NT_CREATE_ANDX was answered
 * @part: the command, of a request that has ended
 * @rsp: filled in
 *
 * Return: 0 or -errno.
 */
int smb1_create_rsp(const struct unc_part *part,
		    struct wire_smb2_create_rsp *rsp)
{
	struct wire_in in;
	int err = smb1_body(part, &in);

	return err ?: smb1_decoded(part, wire_smb1_create_rsp_decode(&in, rsp));
}

/**
 * smb1_close_add - put a CLOSE into a request
 * @req: the request, not sent yet
 * @args: which handle; WIRE_SMB2_FID_RELATED for that of the part before
 * @flags: UNC_PART_*
 *
 * Return: 0 or -errno.
 */
int smb1_close_add(struct unc_req *req, const struct wire_smb2_close_req *args,
		   unsigned int flags)
{
	struct smb1_part *p = smb1_part_begin(req, SMB2_CLOSE, SMB1_CLOSE,
					      ROOM_SHORT);

	if (!p)
		return -ENOMEM;
	smb1_part_fid(p, args->fid, WIRE_SMB1_FID_OFFSET);
	if (!p->related)
		smb1_dir_closed(req->tree, args->fid.volatile_id);
	return wire_smb1_close_req_encode(&req->out, args->fid.volatile_id);
}

/**
 * smb1_flush_add - put a FLUSH into a request
 * @req: the request, not sent yet
 * @args: which handle
 * @flags: UNC_PART_*
 *
 * Return: 0 or -errno.
 */
int smb1_flush_add(struct unc_req *req, const struct wire_smb2_flush_req *args,
		   unsigned int flags)
{
	struct smb1_part *p = smb1_part_begin(req, SMB2_FLUSH, SMB1_FLUSH,
					      ROOM_SHORT);

	if (!p)
		return -ENOMEM;
	smb1_part_fid(p, args->fid, WIRE_SMB1_FID_OFFSET);
	return wire_smb1_word_req_encode(&req->out, args->fid.volatile_id);
}

/**
 * smb1_read_add - put a READ_ANDX into a request
 * @req: the request, not sent yet
 * @args: what to read
 * @flags: UNC_PART_*
 *
 * Return: 0 or -errno.
 */
int smb1_read_add(struct unc_req *req, const struct wire_smb2_read_req *args,
		  unsigned int flags)
{
	struct smb1_part *p = smb1_part_begin(req, SMB2_READ, SMB1_READ_ANDX,
					      ROOM_READ);
	struct wire_smb2_read_req most = *args;

	if (!p)
		return -ENOMEM;
	most.length = min(most.length, req->conn->max_read);
	smb1_part_fid(p, args->fid, WIRE_SMB1_ANDX_FID_OFFSET);
	return wire_smb1_read_req_encode(&req->out, &most);
}

/**
 * smb1_read_rsp - what READ_ANDX was answered
 * @part: the command, of a request that has ended
 * @rsp: filled in; the data is within @part's message
 *
 * Return: 0 or -errno; no data at the end of the file.
 */
int smb1_read_rsp(const struct unc_part *part, struct wire_smb2_read_rsp *rsp)
{
	struct wire_in in;
	int err = smb1_body(part, &in);

	return err ?: smb1_decoded(part, wire_smb1_read_rsp_decode(&in, rsp));
}

/**
 * smb1_write_add - put a WRITE_ANDX into a request, as its last part
 * @req: the request, not sent yet; the caller sets req->payload
 * @args: where to write, how much
 * @flags: UNC_PART_*
 *
 * Return: 0 or -errno.
 */
int smb1_write_add(struct unc_req *req, const struct wire_smb2_write_req *args,
		   unsigned int flags)
{
	struct smb1_part *p = smb1_part_begin(req, SMB2_WRITE, SMB1_WRITE_ANDX,
					      ROOM_WRITE);

	if (!p)
		return -ENOMEM;
	smb1_part_fid(p, args->fid, WIRE_SMB1_ANDX_FID_OFFSET);
	return wire_smb1_write_req_encode(&req->out, args);
}

/**
 * smb1_write_rsp - what WRITE_ANDX was answered
 * @part: the command, of a request that has ended
 * @rsp: filled in
 *
 * Return: 0 or -errno.
 */
int smb1_write_rsp(const struct unc_part *part, struct wire_smb2_write_rsp *rsp)
{
	struct wire_in in;
	int err = smb1_body(part, &in);

	return err ?: smb1_decoded(part, wire_smb1_write_rsp_decode(&in, rsp));
}

/**
 * smb1_lock_add - put a LOCKING_ANDX into a request
 * @req: the request, not sent yet
 * @args: one range
 * @flags: UNC_PART_*
 *
 * Return: 0, -ENOMEM, or -EOPNOTSUPP for several ranges, which nobody asks for.
 */
int smb1_lock_add(struct unc_req *req, const struct wire_smb2_lock_req *args,
		  unsigned int flags)
{
	struct smb1_part *p;

	if (args->count != 1)
		return -EOPNOTSUPP;
	p = smb1_part_begin(req, SMB2_LOCK, SMB1_LOCKING_ANDX, ROOM_LOCK);
	if (!p)
		return -ENOMEM;
	smb1_part_fid(p, args->fid, WIRE_SMB1_ANDX_FID_OFFSET);
	return wire_smb1_lock_req_encode(&req->out, args->fid.volatile_id,
					 args->locks);
}

/**
 * smb1_lock_rsp - what LOCKING_ANDX was answered
 * @part: the command, of a request that has ended
 *
 * A lock that somebody else has is the same conflict to SMB 1 as reading what is
 * locked, and so is a wait that was given up ([MS-CIFS] 3.3.5.30, 3.3.5.51).
 *
 * Return: 0; -EAGAIN if somebody has a lock there; -EINTR if the wait was given
 * up; or another -errno.
 */
int smb1_lock_rsp(const struct unc_part *part)
{
	if (part->answered && part->status == NT_STATUS_FILE_LOCK_CONFLICT)
		return READ_ONCE(smb1_part(part)->cancelled) ? -EINTR : -EAGAIN;
	return smb1_plain_rsp(part);
}
