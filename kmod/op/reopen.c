// SPDX-License-Identifier: GPL-2.0-only
/*
 * How a handle comes back after its connection was lost: by what the server kept
 * of it, or by its name, if what has that name is the same file.
 *
 * What cannot come back is poisoned: no data may reach another file, and whoever
 * has it open is to know.
 */
#include <linux/slab.h>
#include "share_inner.h"
#include "verbs.h"

/**
 * struct reopen - an attempt
 * @open: the handle
 * @tree: where it shall be open
 * @path: its name now
 */
struct reopen {
	struct unc_open	*open;
	struct unc_tree	*tree;
	const char	*path;
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
static int add_create(const struct reopen *re, struct unc_req *req)
{
	const struct unc_open_args how = {
		.access = re->open->access,
		.disposition = SMB2_FILE_OPEN,
		.options = re->open->options,
	};

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

/* The server has answered: the handle is back, or it is lost for good. */
static int take_answer(const struct reopen *re, struct unc_req *req)
{
	struct wire_smb2_create_rsp rsp;
	int err = unc_smb2_create_rsp(&req->parts[0], &rsp);

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
		unc_open_move(re->open, re->tree, rsp.fid.persistent_id,
			      rsp.fid.volatile_id);
		return 0;
	}
	unc_close_fid(re->tree, rsp.fid);
	if (err != -ENOLCK)
		return -EAGAIN;
	poison(re, -EIO, "another has what was locked");
	return 0;
}

static int try_by_name(const struct reopen *re)
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
	/* Nobody knows yet: the way to the server is lost again. */
	err = err ? -EAGAIN : take_answer(re, req);
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
	err = try_by_name(&re);
	kfree(path);
	return err;
}
