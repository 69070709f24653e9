// SPDX-License-Identifier: GPL-2.0-only
/*
 * CLOSE that nobody waits for: of handles whose last user is gone, and of
 * those that were opened in vain.
 */
#include <linux/minmax.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include "verbs.h"

/**
 * struct late_close - a CLOSE to be sent by somebody else
 * @work: sends it
 * @tree: where (pins ref)
 * @fid: what
 */
struct late_close {
	struct work_struct	work;
	struct unc_tree		*tree;
	struct wire_smb2_fid	fid;
};

/* Nothing could be done about a CLOSE that failed. */
static void close_complete(struct unc_req *req)
{
	unc_req_put(req, unc_why_alloc);
}

static int close_send(struct unc_tree *tree, struct wire_smb2_fid fid)
{
	struct wire_smb2_close_req args = { .fid = fid };
	struct unc_session *session = tree->session;
	struct unc_req *req;
	int err;

	req = unc_req_new(session->conn, session, tree, UNC_SMB2_ROOM_CLOSE);
	if (!req)
		return -ENOMEM;
	req->complete = close_complete;
	err = unc_cmd(req)->close_add(req, &args, 0);
	if (!err)
		err = unc_req_send(req);
	if (err)
		unc_req_put(req, unc_why_alloc);
	return err;
}

/* As many of the handles as fit into one message; returns how many. */
static unsigned int close_send_some(struct unc_open **opens, unsigned int n)
{
	struct unc_tree *tree = opens[0]->tree;
	struct unc_session *session = tree->session;
	struct unc_req *req;
	unsigned int i;
	int err = 0;

	n = min(n, UNC_CLOSE_PARTS);
	req = unc_req_new_of(session->conn, session, tree,
			     n * UNC_SMB2_ROOM_CLOSE, n);
	for (i = 0; req && i < n && !err; i++) {
		struct wire_smb2_close_req args = {
			.fid = unc_open_fid(opens[i]),
		};

		if (opens[i]->tree != tree)
			break;
		err = unc_cmd(req)->close_add(req, &args, 0);
	}
	if (!req)
		return 1;
	req->complete = close_complete;
	if (!err && unc_tree_usable(tree))
		err = unc_req_send(req);
	else
		err = -EIO;
	if (err)
		unc_req_put(req, unc_why_alloc);
	return i;
}

/* A handle has no references any more, but the server still has it. */
static void close_begin(struct unc_open *open)
{
	unc_share_closed(open);
	/* Before the server lets go of it. */
	unc_lease_closed(open);
}

static void close_end(struct unc_open *open)
{
	struct unc_share *share = open->share;

	unc_open_free(open);
	if (share)
		unc_share_put(share);
}

/**
 * unc_close_dead - close handles without references, many to a message
 * @opens: the handles, after unc_open_put_last()
 * @n: how many
 *
 * May sleep, but not for the server's answers.
 */
void unc_close_dead(struct unc_open **opens, unsigned int n)
{
	unsigned int i, sent;

	for (i = 0; i < n; i++)
		close_begin(opens[i]);
	for (i = 0; i < n; i += sent)
		sent = close_send_some(opens + i, n - i);
	for (i = 0; i < n; i++)
		close_end(opens[i]);
}

/**
 * unc_op_close_all - unc_op_close() of several, many to a message
 * @opens: the handles; a reference (unc_why_open) of each is consumed
 * @n: how many
 *
 * May sleep, but not for the server's answers.
 */
void unc_op_close_all(struct unc_open **opens, unsigned int n)
{
	unsigned int i, last = 0;

	for (i = 0; i < n; i++)
		if (unc_open_put_last(opens[i], unc_why_open))
			opens[last++] = opens[i];
	unc_close_dead(opens, last);
}

static void late_close_work(struct work_struct *work)
{
	struct late_close *late = container_of(work, struct late_close, work);

	close_send(late->tree, late->fid);
	unc_tree_put(late->tree, unc_why_open);
	kfree(late);
}

/* The handle is lost until the session ends if there is no memory for this. */
static void close_later(struct unc_tree *tree, struct wire_smb2_fid fid)
{
	struct late_close *late = kmalloc(sizeof(*late), GFP_NOFS);

	if (!late)
		return;
	INIT_WORK(&late->work, late_close_work);
	late->tree = unc_tree_get(tree, unc_why_open);
	late->fid = fid;
	queue_work(unc_req_wq, &late->work);
}

/**
 * unc_close_fid - close a handle without waiting for the answer
 * @tree: where it was opened
 * @fid: the handle
 *
 * Sent from here if possible, so that an unlink that follows finds the file
 * closed; a task that is being killed cannot wait for credits, and leaves it
 * to a worker.  If the tree is dead the handle is gone already.  May sleep.
 */
void unc_close_fid(struct unc_tree *tree, struct wire_smb2_fid fid)
{
	int err = -EINTR;

	if (!unc_tree_usable(tree))
		return;
	if (!fatal_signal_pending(current))
		err = close_send(tree, fid);
	if (err == -EINTR || err == -ERESTARTSYS)
		close_later(tree, fid);
}

/**
 * unc_op_close - drop a reference to an Open; the last one closes the handle
 * @open: the open
 * @why: the reason the reference was taken for
 *
 * May sleep, but not for the server's answer.  The CLOSE itself may be sent
 * later, see parting.c.
 */
void unc_op_close(struct unc_open *open, enum unc_why why)
{
	if (!unc_open_put_last(open, why) || unc_parting_add(open))
		return;
	close_begin(open);
	unc_close_fid(open->tree, unc_open_fid(open));
	close_end(open);
}
