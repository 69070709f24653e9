// SPDX-License-Identifier: GPL-2.0-only
/*
 * How a handle comes back after its connection was lost: by what the server kept
 * of it, or by its name, if what has that name is the same file.
 *
 * What cannot come back is poisoned: no data may reach another file, and whoever
 * has it open is to know.
 */
#include <linux/slab.h>
#include "../wire/ntstatus.h"
#include "durable.h"
#include "share_inner.h"
#include "verbs.h"

/* Ways to ask for a handle, from best to worst. */
enum way {
	CLAIM,		/* what the server kept */
	NAMED,		/* by name, with the lease */
	BARE,		/* by name */
};

/**
 * struct reopen - an attempt
 * @open: the handle
 * @tree: where it shall be open
 * @path: its name now
 * @way: how to ask for it
 * @notices: of its lease, from before asking
 * @wish: for it to be durable again, when opened by name
 */
struct reopen {
	struct unc_open	*open;
	struct unc_tree	*tree;
	const char	*path;
	enum way	way;
	u32		notices;
	struct unc_durable wish;
};

/* The path as it is now; renames change it. */
static char *path_of(struct unc_share *share, const struct unc_open *open)
{
	char *path;

	spin_lock(&share->lock);
	path = kstrdup(open->path, GFP_ATOMIC);
	spin_unlock(&share->lock);
	return path;
}

/* Options that only make sense once are not among those of the open. */
static int add_create(struct reopen *re, struct unc_req *req)
{
	struct unc_open *open = re->open;
	struct unc_open_args how = {
		.access = open->access,
		.disposition = SMB2_FILE_OPEN,
		.options = open->options,
		.lease = re->way == BARE ? NULL : open->lease,
		.lease_state = SMB2_LEASE_RWH,
		.claim = re->way == CLAIM ? open : NULL,
	};

	if (how.lease)
		re->notices = unc_lease_notices(how.lease);
	if (!how.claim) {
		unc_durable_wish(re->tree, &how, &re->wish);
		how.durable = &re->wish;
	}
	return unc_plan_create(req, re->path, &how);
}

/* Is it the file that was open? */
static bool is_same(const struct unc_open *open,
		    const struct wire_smb2_create_rsp *rsp)
{
	struct unc_attr_info info;

	unc_attr_from_create(&info, rsp);
	return info.btime == open->btime && info.id == open->file_id;
}

static void poison(const struct reopen *re, int error, const char *why)
{
	if (unc_open_poison(re->open, error))
		pr_warn("uncfs: //%s/%s/%s: open file is lost: %s (%d)\n",
			re->tree->session->conn->host, re->tree->share,
			re->path, why, error);
}

static void be_back(const struct reopen *re,
		    const struct wire_smb2_create_rsp *rsp, const char *how)
{
	struct unc_open *open = re->open;

	unc_open_move(open, re->tree, rsp->fid.persistent_id,
		      rsp->fid.volatile_id);
	unc_lease_take(open->lease, open, rsp, re->notices);
	trace_unc_open_back(open->volatile_id, how);
}

/*
 * The server did not say that it will not, but that it cannot yet; or not in this
 * session, which has expired meanwhile.
 */
static bool is_not_yet(const struct reopen *re, const struct unc_req *req)
{
	if (unc_op_refused(req))
		unc_op_renew(re->tree->session);
	return wire_ntstatus_passes(req->parts[0].status);
}

/*
 * What the server kept is back as it was, locks and all, unless it has been
 * dropped meanwhile: -ENOENT, and the name is what is left.
 */
static int take_claimed(const struct reopen *re, struct unc_req *req)
{
	struct wire_smb2_create_rsp rsp;

	if (unc_cmd(req)->create_rsp(&req->parts[0], &rsp))
		return is_not_yet(re, req) ? -EAGAIN : -ENOENT;
	/* It names the file by the handle; that one is what we asked for. */
	if (rsp.creation_time != re->open->btime) {
		unc_close_fid(re->tree, rsp.fid);
		poison(re, -ESTALE, "the server gave another file back");
		return 0;
	}
	be_back(re, &rsp, "claimed");
	return 0;
}

/* The server has answered: the handle is back, or it is lost for good. */
static int take_named(const struct reopen *re, struct unc_req *req)
{
	struct wire_smb2_create_rsp rsp;
	int err = unc_cmd(req)->create_rsp(&req->parts[0], &rsp);

	if (err && is_not_yet(re, req))
		return -EAGAIN;
	/* The lease key is that of another file by now. */
	if (err == -EINVAL && re->way == NAMED)
		return -ENOENT;
	if (err) {
		poison(re, -ESTALE, "it cannot be opened again");
		return 0;
	}
	if (!is_same(re->open, &rsp)) {
		unc_close_fid(re->tree, rsp.fid);
		poison(re, -ESTALE, "its name stands for another file");
		return 0;
	}
	err = unc_locks_retake(re->open, re->tree, rsp.fid);
	if (!err) {
		re->open->durable = unc_durable_granted(&re->wish, &rsp);
		be_back(re, &rsp, "by name");
		return 0;
	}
	unc_close_fid(re->tree, rsp.fid);
	if (err != -ENOLCK)
		return -EAGAIN;
	poison(re, -EIO, "another has what was locked");
	return 0;
}

static int try_once(struct reopen *re)
{
	struct unc_session *session = re->tree->session;
	struct unc_req *req;
	int err;

	req = unc_req_new(session->conn, session, re->tree,
			  UNC_SMB2_ROOM_CREATE + 2 * strlen(re->path) + 8);
	if (!req)
		return -EAGAIN;
	req->orphaned = unc_plan_orphaned;
	err = add_create(re, req);
	if (!err)
		err = unc_req_call(req);
	if (err)
		/* Nobody knows yet: the way to the server is lost again. */
		err = -EAGAIN;
	else
		err = re->way == CLAIM ? take_claimed(re, req) :
					 take_named(re, req);
	unc_req_put(req, unc_why_alloc);
	return err;
}

/**
 * unc_reopen - bring a handle back
 * @share: its share
 * @tree: where it shall be open, usable
 * @open: the handle, with a reference
 *
 * May sleep; for the thread of @share.
 *
 * Return: 0 and the handle is usable or poisoned, or -EAGAIN.
 */
int unc_reopen(struct unc_share *share, struct unc_tree *tree,
	       struct unc_open *open)
{
	struct reopen re = { .open = open, .tree = tree };
	char *path;
	int err;

	/* Whoever has it opens it again: a directory, from its start. */
	if (!open->path) {
		unc_open_poison(open, -ESTALE);
		return 0;
	}
	path = path_of(share, open);
	if (!path)
		return -EAGAIN;
	re.path = path;
	re.way = open->durable.version ? CLAIM : NAMED;
	while ((err = try_once(&re)) == -ENOENT && re.way != BARE)
		re.way++;
	kfree(path);
	return err;
}
