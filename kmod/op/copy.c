// SPDX-License-Identifier: GPL-2.0-only
/*
 * copy: bytes that go from file to file on the server, without coming here.
 */
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/sizes.h>
#include "../wire/fscc_range.h"
#include "../wire/ntstatus.h"
#include "../wire/smb2_copychunk.h"
#include "../wire/smb2_error.h"
#include "../wire/smb2_fsctl.h"
#include "verbs.h"

/* What every server takes, [MS-SMB2] 3.3.3: 256 chunks, 1 MiB, 16 MiB. */
#define CHUNKS_MAX	16
#define CHUNK_MAX	SZ_1M
#define CHUNKS_SIZE	(WIRE_SMB2_COPYCHUNK_FIXED + \
			 CHUNKS_MAX * WIRE_SMB2_COPYCHUNK_CHUNK)

/**
 * struct job - a copy on its way
 * @copy: what the caller wants
 * @done: bytes that are done
 * @chunks: pieces in one request at most
 * @chunk: bytes in one piece at most
 * @bytes: in one request at most
 * @now: bytes of the request that is under way
 * @list: the key of the source, and the pieces
 * @at: the pieces
 * @rsp: its answer
 * @limits: T if @rsp says what the server would take
 */
struct job {
	const struct unc_copy		*copy;
	u64				done;
	u32				chunks;
	u32				chunk;
	u32				bytes;
	u32				now;
	struct wire_smb2_copychunk	list;
	struct wire_smb2_chunk		at[CHUNKS_MAX];
	struct wire_smb2_copychunk_rsp	rsp;
	bool				limits;
};

static int get_key(struct unc_open *open, u8 key[WIRE_SMB2_RESUME_KEY_SIZE])
{
	u8 buf[WIRE_SMB2_RESUME_KEY_RSP_SIZE];
	struct unc_ioctl ioctl = {
		.code = FSCTL_SRV_REQUEST_RESUME_KEY,
		.out = buf,
		.out_len = sizeof(buf),
	};
	struct wire_blob output = { .ptr = buf };
	int err = unc_op_ioctl(open, &ioctl);

	if (err)
		return err;
	output.len = ioctl.out_len;
	return wire_smb2_resume_key_decode(&output, key) ? -EIO : 0;
}

static void job_next(struct job *job)
{
	const struct unc_copy *copy = job->copy;
	u32 most = min(job->chunk, copy->step), len;
	u64 at;

	job->now = 0;
	for (job->list.count = 0; job->list.count < job->chunks;
	     job->list.count++) {
		len = min3((u64)most, copy->len - job->done - job->now,
			   (u64)job->bytes - job->now);
		if (!len)
			break;
		at = job->done + job->now;
		if (copy->backwards)
			at = copy->len - at - len;
		job->at[job->list.count] = (struct wire_smb2_chunk){
			.source = copy->source + at,
			.target = copy->target + at,
			.length = len,
		};
		job->now += len;
	}
}

static int copy_issue(struct unc_op *op, struct unc_req *req)
{
	const struct job *job = op->args;
	struct wire_smb2_ioctl_req args = {
		.ctl_code = FSCTL_SRV_COPYCHUNK_WRITE,
		.fid = unc_open_fid(op->open),
		.max_output = WIRE_SMB2_COPYCHUNK_RSP_SIZE,
		.flags = SMB2_IOCTL_IS_FSCTL,
	};
	struct wire_out out;
	u8 buf[CHUNKS_SIZE];
	int err;

	wire_out_init(&out, buf, sizeof(buf));
	err = wire_smb2_copychunk_encode(&out, &job->list);
	args.input = (struct wire_blob){ .ptr = buf, .len = out.pos };
	return err ?: unc_cmd(req)->ioctl_add(req, &args, 0);
}

/* Refused for its size: the answer says what would be taken, 3.3.5.15.6.2. */
static bool has_limits(const struct unc_part *part)
{
	return part->answered && part->status == NT_STATUS_INVALID_PARAMETER &&
	       !wire_smb2_is_error(&part->rsp, SMB2_IOCTL, part->status);
}

static int copy_done(struct unc_op *op, struct unc_req *req)
{
	const struct unc_part *part = &req->parts[0];
	struct wire_smb2_ioctl_rsp rsp;
	struct job *job = op->result;
	struct wire_in in = part->rsp;
	int err;

	job->limits = has_limits(part);
	err = job->limits ? wire_smb2_ioctl_rsp_decode(&in, &rsp) :
			    unc_cmd_of(part)->ioctl_rsp(part, &rsp);
	if (err)
		return err == -EBADMSG ? -EIO : err;
	if (wire_smb2_copychunk_rsp_decode(&rsp.output, &job->rsp))
		return -EIO;
	return job->limits ? -EINVAL : 0;
}

static const struct unc_verb copy_verb = {
	.name		= "copy",
	.room		= UNC_SMB2_ROOM_IOCTL + CHUNKS_SIZE,
	.issue		= copy_issue,
	.done		= copy_done,
};

/* Less at once than before; F if that was not the reason. */
static bool job_shrink(struct job *job)
{
	bool less = job->rsp.chunks < job->chunks ||
		    job->rsp.chunk_bytes < job->chunk ||
		    job->rsp.bytes < job->bytes;

	if (!job->limits || !less || !job->rsp.chunks ||
	    !job->rsp.chunk_bytes || !job->rsp.bytes)
		return false;
	job->chunks = min(job->chunks, job->rsp.chunks);
	job->chunk = min(job->chunk, job->rsp.chunk_bytes);
	job->bytes = min(job->bytes, job->rsp.bytes);
	return true;
}

static int job_run(struct job *job)
{
	struct unc_op op = {
		.verb = &copy_verb,
		.open = job->copy->to,
		.args = job,
		.result = job,
	};
	int err;

	while (job->done < job->copy->len) {
		job_next(job);
		err = unc_op_run(&op);
		if (err == -EINVAL && job_shrink(job))
			continue;
		if (err)
			return err;
		if (job->rsp.bytes > job->now || !job->rsp.bytes)
			return -EIO;
		job->done += job->rsp.bytes;
		/* From the end there is no telling which bytes are missing. */
		if (job->copy->backwards && job->rsp.bytes < job->now)
			return -EIO;
	}
	return 0;
}

/**
 * unc_op_copy - copy bytes on the server
 * @copy: from where to where
 * @done: bytes that were copied, also on failure; with @copy->backwards not
 *	of use then
 *
 * [MS-SMB2] 3.2.4.20.2.  Pieces are copied in order, so that a copy within one
 * file is right if no piece overlaps itself.  May sleep long, killable between
 * requests.
 *
 * Return: 0; -EOPNOTSUPP or -EINVAL if the server does not do that; or another
 * -errno.
 */
int unc_op_copy(const struct unc_copy *copy, u64 *done)
{
	struct job job = {
		.copy = copy,
		.chunks = CHUNKS_MAX,
		.chunk = CHUNK_MAX,
		.bytes = CHUNKS_MAX * CHUNK_MAX,
	};
	int err = get_key(copy->from, job.list.key);

	job.list.chunks = job.at;
	if (!err)
		err = job_run(&job);
	*done = job.done;
	return err;
}

/**
 * unc_op_clone - let two files share bytes
 * @copy: from where to where; the target has at least that size
 *
 * [MS-FSCC] 2.3.7.  May sleep, killable.
 *
 * Return: 0; -EOPNOTSUPP, -EINVAL if the server or its file system does not do
 * that; or another -errno.
 */
int unc_op_clone(const struct unc_copy *copy)
{
	struct wire_fscc_duplicate dup = {
		.source = unc_open_fid(copy->from),
		.source_offset = copy->source,
		.target_offset = copy->target,
		.length = copy->len,
	};
	u8 buf[WIRE_FSCC_DUPLICATE_SIZE];
	struct unc_ioctl ioctl = { .code = FSCTL_DUPLICATE_EXTENTS_TO_FILE };
	struct wire_out in;
	int err;

	wire_out_init(&in, buf, sizeof(buf));
	err = wire_fscc_duplicate_encode(&in, &dup);
	ioctl.in = in.buf;
	ioctl.in_len = in.pos;
	return err ?: unc_op_ioctl(copy->to, &ioctl);
}
