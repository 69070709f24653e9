// SPDX-License-Identifier: GPL-2.0-only
/*
 * Open objects: made, held, freed.  Closing the handle on the server is for
 * whoever drops the last reference: unc_op_close().
 */
#include <linux/slab.h>
#include "lease.h"
#include "session.h"

/**
 * unc_open_new - make an open object
 * @tree: where the handle is; pinned
 * @gfp: for the memory
 *
 * Return: an object with one reference (unc_why_open), or NULL.
 */
struct unc_open *unc_open_new(struct unc_tree *tree, gfp_t gfp)
{
	struct unc_open *open = kzalloc(sizeof(*open), gfp);

	if (!open)
		return NULL;
	refcount_set(&open->ref, 1);
	spin_lock_init(&open->range_lock);
	INIT_LIST_HEAD(&open->ranges);
	spin_lock_init(&open->lock);
	INIT_LIST_HEAD(&open->link);
	open->tree = unc_tree_get(tree, unc_why_open);
	atomic_inc(&tree->opens);
	trace_unc_ref('O', open->volatile_id, 1, unc_why_open);
	return open;
}

/**
 * unc_open_get - take a reference
 * @open: the open
 * @why: reason, to be named again by the put
 *
 * Any context.  Return: @open.
 */
struct unc_open *unc_open_get(struct unc_open *open, enum unc_why why)
{
	refcount_inc(&open->ref);
	trace_unc_ref('O', open->volatile_id, refcount_read(&open->ref), why);
	return open;
}

/**
 * unc_open_tree - where a handle is open now
 * @open: the open
 * @why: reason, to be named again by the put
 *
 * Whoever sends a request takes the tree first and the FileId after it: both
 * change together when the handle has come back, and an old tree refuses.
 *
 * Any context.  Return: the tree, with a reference.
 */
struct unc_tree *unc_open_tree(struct unc_open *open, enum unc_why why)
{
	struct unc_tree *tree;

	spin_lock(&open->lock);
	tree = unc_tree_get(open->tree, why);
	spin_unlock(&open->lock);
	return tree;
}

/**
 * unc_open_usable - can requests be sent for a handle?
 * @open: the open
 *
 * Any context.  The answer may be out of date at once.
 *
 * Return: T unless it is poisoned or its tree is not READY.
 */
bool unc_open_usable(struct unc_open *open)
{
	bool usable;

	spin_lock(&open->lock);
	usable = !open->poisoned && unc_tree_usable(open->tree);
	spin_unlock(&open->lock);
	return usable;
}

/**
 * unc_open_is_of - whose is a handle?
 * @open: the open
 * @uid: a user
 *
 * Any context.  Return: T if @uid opened it.
 */
bool unc_open_is_of(struct unc_open *open, kuid_t uid)
{
	bool is;

	spin_lock(&open->lock);
	is = uid_eq(open->tree->session->who.uid, uid);
	spin_unlock(&open->lock);
	return is;
}

/**
 * unc_open_move - a handle has come back
 * @open: the open
 * @tree: where it is open now; pinned
 * @persistent: FileId.Persistent
 * @volatile_id: FileId.Volatile
 *
 * May sleep.
 */
void unc_open_move(struct unc_open *open, struct unc_tree *tree,
		   u64 persistent, u64 volatile_id)
{
	struct unc_tree *old;

	unc_tree_get(tree, unc_why_open);
	atomic_inc(&tree->opens);
	spin_lock(&open->lock);
	old = open->tree;
	open->tree = tree;
	open->persistent = persistent;
	open->volatile_id = volatile_id;
	spin_unlock(&open->lock);
	atomic_dec(&old->opens);
	unc_tree_put(old, unc_why_open);
}

/**
 * unc_open_poison - a handle must not be used any more
 * @open: the open
 * @error: negative errno for whoever tries
 *
 * Any context.  Return: T if it was not poisoned before.
 */
bool unc_open_poison(struct unc_open *open, int error)
{
	bool first;

	spin_lock(&open->lock);
	first = !open->poisoned;
	if (first)
		WRITE_ONCE(open->poisoned, error);
	spin_unlock(&open->lock);
	return first;
}

/**
 * unc_open_put_last - drop a reference
 * @open: the open
 * @why: the reason it was taken for
 *
 * Any context.  Return: T if it was the last one; the caller then owns the
 * object, closes the handle and calls unc_open_free().
 */
bool unc_open_put_last(struct unc_open *open, enum unc_why why)
{
	u64 id = open->volatile_id;
	bool last;
	int ref;

	last = __refcount_dec_and_test(&open->ref, &ref);
	trace_unc_ref('O', id, ref - 1, why);
	return last;
}

/**
 * unc_open_free - free an open whose handle is closed or lost
 * @open: the open, without references
 *
 * May sleep.
 */
void unc_open_free(struct unc_open *open)
{
	struct unc_range *range, *next;

	/* The server has let go of them with the handle. */
	list_for_each_entry_safe(range, next, &open->ranges, link)
		kfree(range);

	unc_lease_closed(open);
	atomic_dec(&open->tree->opens);
	unc_tree_put(open->tree, unc_why_open);
	kfree(open->path);
	kfree(open);
}
