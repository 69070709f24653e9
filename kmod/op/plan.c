// SPDX-License-Identifier: GPL-2.0-only
/*
 * The frame of most plans: CREATE first, CLOSE last, and between them commands
 * on the handle that exists only for this one flight.
 */
#include <linux/minmax.h>
#include <linux/slab.h>
#include "durable.h"
#include "verbs.h"

/**
 * struct unc_plan_snapshot - the context that opens in a snapshot
 * @ctx: TWrp, [MS-SMB2] 2.2.13.2.7
 * @when: its data
 */
struct unc_plan_snapshot {
	struct wire_smb2_create_ctx	ctx;
	__le64				when;
};

static void add_snapshot(struct wire_smb2_create_req *args, u64 when,
			 struct unc_plan_snapshot *snapshot)
{
	snapshot->when = cpu_to_le64(when);
	snapshot->ctx = (struct wire_smb2_create_ctx){
		.name = SMB2_CTX_TWRP,
		.data = {
			.ptr = (const u8 *)&snapshot->when,
			.len = sizeof(snapshot->when),
		},
	};
	args->extra = &snapshot->ctx;
	args->extra_count = 1;
}

static int encode_name(const char *path, const struct unc_open_args *how,
		       struct wire_blob *name)
{
	return how->stream ? unc_stream_encode(path, how->stream, name) :
			     unc_path_encode(path, name);
}

/* The name of a snapshot is no name on the server: it becomes a context. */
static int encode_names(const char *path, const struct unc_open_args *how,
			struct wire_smb2_create_req *args,
			struct unc_plan_snapshot *snapshot)
{
	u64 when;
	char *live;
	u32 at;
	int err;

	when = unc_path_snapshot(path, &at);
	if (!when)
		return encode_name(path, how, &args->name);
	add_snapshot(args, when, snapshot);
	live = unc_path_without(path, at);
	if (!live)
		return -ENOMEM;
	err = encode_name(live, how, &args->name);
	kfree(live);
	return err;
}

/**
 * unc_plan_create - begin a plan by opening something
 * @req: the request, still empty
 * @path: as in &struct unc_op
 * @how: to open it
 *
 * Asks for no oplock, but for a lease and a durable handle if @how has them.  May
 * sleep.
 *
 * Return: 0 or -errno.
 */
int unc_plan_create(struct unc_req *req, const char *path,
		    const struct unc_open_args *how)
{
	struct wire_smb2_create_req args = {
		.oplock_level = SMB2_OPLOCK_LEVEL_NONE,
		.impersonation = SMB2_IMPERSONATION_IMPERSONATION,
		.access = how->access,
		.attributes = how->attributes,
		.share_access = SMB2_FILE_SHARE_ALL,
		.disposition = how->disposition,
		.options = how->options,
		.want_disk_id = req->tree->type == SMB2_SHARE_TYPE_DISK,
	};
	struct unc_plan_snapshot snapshot;
	struct unc_durable_ctx durable;
	struct wire_smb2_lease lease;
	int err = encode_names(path, how, &args, &snapshot);

	/* What is in a snapshot does not change. */
	if (!args.extra) {
		args.lease = unc_lease_ask(req->conn, how, &lease);
		unc_durable_add(how, &durable, &args);
	}
	if (err)
		return err;
	err = unc_cmd(req)->create_add(req, &args, 0);
	unc_path_free(&args.name);
	return err;
}

/**
 * unc_plan_close - end a plan by closing what its CREATE opened
 * @req: the request
 *
 * Return: 0 or -errno.
 */
int unc_plan_close(struct unc_req *req)
{
	struct wire_smb2_close_req args = { .fid = WIRE_SMB2_FID_RELATED };

	return unc_cmd(req)->close_add(req, &args, UNC_PART_RELATED);
}

/* Closes the handle unless the plan itself has done so. */
static void close_leftover(struct unc_req *req, struct wire_smb2_fid fid)
{
	const struct unc_part *last = &req->parts[req->nparts - 1];

	if (last->command == SMB2_CLOSE && !unc_cmd_of(last)->status(last))
		return;
	unc_close_fid(req->tree, fid);
}

/**
 * unc_plan_created_at - how the CREATE of a plan with a CLOSE ended
 * @req: the request, ended
 * @at: which of its parts the CREATE is
 * @rsp: what CREATE was answered
 *
 * When CREATE fails the server fails the others with it: this is the status to
 * report.  When it did not but CLOSE did, the handle is closed here.
 *
 * Return: 0 or -errno.
 */
int unc_plan_created_at(struct unc_req *req, unsigned int at,
			struct wire_smb2_create_rsp *rsp)
{
	int err = unc_cmd(req)->create_rsp(&req->parts[at], rsp);

	if (!err)
		close_leftover(req, rsp->fid);
	return err;
}

/**
 * unc_plan_created - unc_plan_created_at() of a plan that begins with CREATE
 * @req: the request, ended
 * @rsp: what CREATE was answered
 *
 * Return: 0 or -errno.
 */
int unc_plan_created(struct unc_req *req, struct wire_smb2_create_rsp *rsp)
{
	return unc_plan_created_at(req, 0, rsp);
}

/**
 * unc_plan_orphaned - the orphaned() of verbs whose plan begins with CREATE
 * @req: the request; nobody waits for it any more
 *
 * Closes what was opened in vain.  From a workqueue.
 */
void unc_plan_orphaned(struct unc_req *req)
{
	struct wire_smb2_create_rsp rsp;

	unc_plan_created(req, &rsp);
}

/**
 * unc_plan_reply_max - how large a reply to ask for
 * @conn: the connection
 * @wish: what would be good, bytes
 *
 * A reply of more than 64 KiB costs as many credits ([MS-SMB2] 3.2.4.1.5).
 * Asking for what is not at hand would make this one wait for all the others.
 *
 * Return: bytes, at most @wish and MaxTransactSize.
 */
u32 unc_plan_reply_max(const struct unc_conn *conn, u32 wish)
{
	u64 credits = 1;

	if (conn->capabilities & SMB2_GLOBAL_CAP_LARGE_MTU)
		credits = max(READ_ONCE(conn->credits), 1);
	wish = min3(wish, conn->max_transact, unc_credit_bytes(conn));
	return min_t(u64, wish, credits * UNC_CREDIT_BYTES);
}
