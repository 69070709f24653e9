// SPDX-License-Identifier: GPL-2.0-only
/*
 * Open objects: made, held, freed.  Closing the handle on the server is for
 * whoever drops the last reference: unc_op_close().
 */
#include <linux/slab.h>
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
	atomic_dec(&open->tree->opens);
	unc_tree_put(open->tree, unc_why_open);
	kfree(open);
}
