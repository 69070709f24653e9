// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lease objects: made, found by key, freed; and the clock that tells what is
 * older than a lease.
 */
#include <linux/random.h>
#include <linux/rhashtable.h>
#include <linux/slab.h>
#include "lease.h"
#include "lease_table.h"
#include "session.h"

static const struct rhashtable_params by_key = {
	.key_len		= SMB2_LEASE_KEY_SIZE,
	.key_offset		= offsetof(struct unc_lease, key),
	.head_offset		= offsetof(struct unc_lease, node),
	.automatic_shrinking	= true,
};

struct rhashtable unc_lease_table;
struct workqueue_struct *unc_lease_wq;

/* Counts changes made here and leases granted. */
static atomic64_t clock = ATOMIC64_INIT(1);

/**
 * unc_clock - the time by which answers of the server are ordered
 *
 * Taken before asking and kept with the answer.  Any context.
 *
 * Return: a number that grows with every change made here and every lease.
 */
u64 unc_clock(void)
{
	return atomic64_read(&clock);
}

/**
 * unc_clock_tick - something happens that answers must be told apart by
 *
 * Any context.  Return: the new time.
 */
u64 unc_clock_tick(void)
{
	return atomic64_inc_return(&clock);
}

/**
 * unc_lease_new - make a lease, without asking the server for it
 * @work: what happens when it is broken; see unc_lease_take_break()
 * @ops: of @owner
 * @owner: who relies on it
 *
 * May sleep.  Return: a lease with one reference, or NULL.
 */
struct unc_lease *unc_lease_new(work_func_t work,
				const struct unc_lease_ops *ops, void *owner)
{
	struct unc_lease *lease = kzalloc(sizeof(*lease), GFP_KERNEL);

	if (!lease)
		return NULL;
	refcount_set(&lease->ref, 1);
	spin_lock_init(&lease->lock);
	get_random_bytes(lease->key, sizeof(lease->key));
	lease->ops = ops;
	lease->owner = owner;
	INIT_WORK(&lease->work, work);
	if (rhashtable_insert_fast(&unc_lease_table, &lease->node, by_key)) {
		kfree(lease);
		return NULL;
	}
	return lease;
}

/**
 * unc_lease_get - take a reference
 * @lease: the lease
 *
 * Any context.  Return: @lease.
 */
struct unc_lease *unc_lease_get(struct unc_lease *lease)
{
	refcount_inc(&lease->ref);
	return lease;
}

/**
 * unc_lease_put - drop a reference
 * @lease: the lease, or NULL
 *
 * May sleep.
 */
void unc_lease_put(struct unc_lease *lease)
{
	if (!lease || !refcount_dec_and_test(&lease->ref))
		return;
	rhashtable_remove_fast(&unc_lease_table, &lease->node, by_key);
	if (lease->tree)
		unc_tree_put(lease->tree, unc_why_lease);
	kfree_rcu(lease, rcu);
}

/**
 * unc_lease_find - the lease with a key
 * @key: SMB2_LEASE_KEY_SIZE bytes
 *
 * Any context.  Return: a lease with a reference, or NULL.
 */
struct unc_lease *unc_lease_find(const u8 *key)
{
	struct unc_lease *lease;

	rcu_read_lock();
	lease = rhashtable_lookup(&unc_lease_table, key, by_key);
	if (lease && !refcount_inc_not_zero(&lease->ref))
		lease = NULL;
	rcu_read_unlock();
	return lease;
}

/**
 * unc_lease_own - change who relies on a lease
 * @lease: the lease
 * @owner: for its ops, or NULL if nobody does any more
 *
 * Any context.  A break that is just being told to the old owner goes on; it
 * has pinned it.
 */
void unc_lease_own(struct unc_lease *lease, void *owner)
{
	spin_lock(&lease->lock);
	lease->owner = owner;
	spin_unlock(&lease->lock);
}

/**
 * unc_lease_init - get ready for leases
 *
 * Return: 0 or -ENOMEM.
 */
int unc_lease_init(void)
{
	int err = rhashtable_init(&unc_lease_table, &by_key);

	if (err)
		return err;
	/* Data is written back on it, for which others may wait for memory. */
	unc_lease_wq = alloc_workqueue("uncfs_lease",
				       WQ_MEM_RECLAIM | WQ_UNBOUND, 0);
	if (unc_lease_wq)
		return 0;
	rhashtable_destroy(&unc_lease_table);
	return -ENOMEM;
}

/**
 * unc_lease_exit - undo unc_lease_init()
 *
 * Context: nobody has a lease any more.
 */
void unc_lease_exit(void)
{
	destroy_workqueue(unc_lease_wq);
	rhashtable_destroy(&unc_lease_table);
}
