// SPDX-License-Identifier: GPL-2.0-only
/*
 * TreeConnect objects: made, held, shared by users, freed.
 */
#include <linux/slab.h>
#include "../wire/ntstatus.h"
#include "lease.h"
#include "request.h"
#include "session.h"

static atomic64_t next_serial = ATOMIC64_INIT(0);

/**
 * unc_tree_new - make a tree object, without touching the network
 * @session: its session; pinned
 * @share: name of the share; copied
 *
 * May sleep.  Return: a tree in state NEW with one reference (unc_why_alloc),
 * or NULL.
 */
struct unc_tree *unc_tree_new(struct unc_session *session, const char *share)
{
	struct unc_tree *tree = kzalloc(sizeof(*tree), GFP_KERNEL);

	if (!tree)
		return NULL;
	tree->share = kstrdup(share, GFP_KERNEL);
	if (!tree->share) {
		kfree(tree);
		return NULL;
	}
	refcount_set(&tree->ref, 1);
	INIT_LIST_HEAD(&tree->link);
	mutex_init(&tree->setup);
	tree->session = unc_session_get(session, unc_why_tree);
	tree->serial = atomic64_inc_return(&next_serial);
	trace_unc_ref('T', tree->serial, 1, unc_why_alloc);
	return tree;
}

/**
 * unc_tree_get - take a reference
 * @tree: the tree
 * @why: reason, to be named again by the put
 *
 * Any context.  Return: @tree.
 */
struct unc_tree *unc_tree_get(struct unc_tree *tree, enum unc_why why)
{
	refcount_inc(&tree->ref);
	trace_unc_ref('T', tree->serial, refcount_read(&tree->ref), why);
	return tree;
}

/**
 * unc_tree_put - drop a reference
 * @tree: the tree
 * @why: the reason it was taken for
 *
 * May sleep.
 */
void unc_tree_put(struct unc_tree *tree, enum unc_why why)
{
	u64 serial = tree->serial;
	bool last;
	int ref;

	last = __refcount_dec_and_test(&tree->ref, &ref);
	trace_unc_ref('T', serial, ref - 1, why);
	if (!last)
		return;
	unc_session_put(tree->session, unc_why_tree);
	kfree(tree->share);
	kfree(tree);
}

/**
 * unc_tree_usable - can requests be sent on a tree?
 * @tree: the tree
 *
 * Any context.  The answer may be out of date at once.
 *
 * Return: T unless the tree, its session or its connection is not READY.
 */
bool unc_tree_usable(const struct unc_tree *tree)
{
	const struct unc_session *session = tree->session;

	return READ_ONCE(tree->state) == UNC_STATE_READY &&
	       READ_ONCE(session->state) == UNC_STATE_READY &&
	       unc_conn_state(session->conn) == UNC_STATE_READY;
}

/**
 * unc_tree_use - find a tree like this one, or make this one findable
 * @fresh: a new tree; the caller's reference (unc_why_alloc) is consumed
 *
 * Any context.  Return: the tree to use, with one use and one reference
 * (unc_why_reach) for the caller.  If it is @fresh, the tree has taken over
 * the caller's use of the session.
 */
struct unc_tree *unc_tree_use(struct unc_tree *fresh)
{
	struct unc_session *session = fresh->session;
	struct unc_tree *tree, *found = fresh;

	spin_lock(&session->conn->lock);
	list_for_each_entry(tree, &session->tree_list, link) {
		if (tree->state != UNC_STATE_DEAD &&
		    !strcasecmp(tree->share, fresh->share)) {
			found = tree;
			break;
		}
	}
	if (found == fresh)
		list_add_tail(&fresh->link, &session->tree_list);
	found->users++;
	unc_tree_get(found, unc_why_reach);
	spin_unlock(&session->conn->lock);
	unc_tree_put(fresh, unc_why_alloc);
	return found;
}

/**
 * unc_tree_unuse - drop a use
 * @tree: the tree; the caller keeps its reference
 *
 * Any context.  Return: T if it was the last one: nobody can find the tree
 * any more, and the caller ends it.
 */
bool unc_tree_unuse(struct unc_tree *tree)
{
	struct unc_conn *conn = tree->session->conn;
	bool last;

	spin_lock(&conn->lock);
	last = --tree->users == 0;
	if (last)
		list_del_init(&tree->link);
	spin_unlock(&conn->lock);
	return last;
}

/**
 * unc_tree_refused - the server says no to a share
 * @tree: its tree
 * @status: NTSTATUS
 * @err: what that is as an errno
 * @why: filled in, or NULL
 *
 * Any context.  Return: @err.
 */
int unc_tree_refused(const struct unc_tree *tree, u32 status, int err,
		     struct unc_failure *why)
{
	const char *text = wire_ntstatus_text(status);

	unc_failure_set(why, UNC_STAGE_TREE,
			"server refused the share \"%s\": %s",
			tree->share, text ?: "no reason known");
	if (why)
		why->ntstatus = status;
	return err;
}

/**
 * unc_tree_gone - the server does not know a tree any longer
 * @tree: the tree
 *
 * Any context but interrupts, without spinlocks.  Nothing new is sent on it, and
 * whoever needs one makes a new tree; each of those who wait is told so by the
 * server.  A tree that is not READY is left alone.
 */
void unc_tree_gone(struct unc_tree *tree)
{
	if (cmpxchg(&tree->state, UNC_STATE_READY, UNC_STATE_DEAD) ==
	    UNC_STATE_READY)
		unc_leases_lost();
}

static struct unc_req *any_request(struct unc_tree *tree)
{
	struct unc_conn *conn = tree->session->conn;
	struct unc_req *req = NULL;
	struct unc_part *part;
	unsigned long mid;

	spin_lock(&conn->lock);
	xa_for_each(&conn->requests, mid, part) {
		if (part->req->tree != tree || part->req->finished)
			continue;
		req = unc_req_get(part->req, unc_why_tree);
		break;
	}
	spin_unlock(&conn->lock);
	return req;
}

/**
 * unc_tree_kill - a tree is over
 * @tree: the tree
 * @error: negative errno for those who wait for answers on it
 *
 * May sleep, not for the network.  A request that is just being sent may still
 * go out; its deadline ends it.
 */
void unc_tree_kill(struct unc_tree *tree, int error)
{
	struct unc_req *req;

	WRITE_ONCE(tree->state, UNC_STATE_DEAD);
	unc_leases_lost();
	while ((req = any_request(tree))) {
		unc_req_end(req, error);
		unc_req_put(req, unc_why_tree);
	}
}
