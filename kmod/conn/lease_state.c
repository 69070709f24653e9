// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the server promises: granted with an answer to CREATE, taken away by a
 * break notification, gone with the last handle or the connection.  With a handle
 * that comes back it is granted anew.
 *
 * A notification can overtake the handling of an answer that came before it:
 * the receive thread notes the one at once, the task that waits for the other
 * comes when it comes.  So whoever asks for a lease remembers how many
 * notifications there had been; if more have come when the answer is handled,
 * no more is taken from it than the last one left.  That may be less than the
 * server has granted, never more.
 */
#include <linux/rhashtable.h>
#include "lease.h"
#include "lease_table.h"
#include "session.h"

#define ALL_BITS	SMB2_LEASE_RWH

static void trace_state(const struct unc_lease *lease, const char *what)
{
	trace_unc_lease(get_unaligned_be64(lease->key), lease->state,
			lease->opens, what);
}

/**
 * unc_lease_notices - to be remembered from before a lease is asked for
 * @lease: the lease
 *
 * Any context.  Return: what unc_lease_granted() wants.
 */
u32 unc_lease_notices(const struct unc_lease *lease)
{
	return READ_ONCE(lease->notices);
}

/* Caller holds the lock.  Return: the tree whose reference is not needed. */
static struct unc_tree *swap_tree(struct unc_lease *lease,
				  struct unc_tree *tree)
{
	struct unc_tree *old = lease->tree;

	if (old == tree)
		return NULL;
	lease->tree = tree ? unc_tree_get(tree, unc_why_lease) : NULL;
	return old;
}

static void add_bits(struct unc_lease *lease, u32 bits)
{
	u32 state = lease->state | bits;

	lockdep_assert_held(&lease->lock);
	if (bits & ~lease->state & SMB2_LEASE_READ_CACHING)
		WRITE_ONCE(lease->since, unc_clock_tick());
	/* Pairs with unc_lease_covers(). */
	smp_store_release(&lease->state, state);
}

/* Caller holds the lock and a reference, which is consumed. */
static bool queue_break(struct unc_lease *lease)
{
	lockdep_assert_held(&lease->lock);
	/* Queued already, it has a reference already. */
	return queue_work(unc_lease_wq, &lease->work);
}

/* The same with a reference of its own; the caller's is not the last one. */
static void queue_own_break(struct unc_lease *lease)
{
	refcount_inc(&lease->ref);
	if (!queue_break(lease))
		refcount_dec(&lease->ref);
}

static bool is_lost(const struct unc_lease *lease)
{
	lockdep_assert_held(&lease->lock);
	return lease->opens && !unc_tree_usable(lease->tree);
}

/* The tree stays, since the caller may not be able to let go of it. */
static void forget(struct unc_lease *lease)
{
	lockdep_assert_held(&lease->lock);
	lease->notices++;
	lease->limit = 0;
	lease->gone |= lease->state;
	lease->lost = true;
	lease->ack = false;
	lease->opens = 0;
	WRITE_ONCE(lease->term, lease->term + 1);
	WRITE_ONCE(lease->state, 0);
	trace_state(lease, "lost");
}

/* An answer that was overtaken by a break: now there is a way to acknowledge. */
static void ack_late(struct unc_lease *lease, bool late)
{
	lockdep_assert_held(&lease->lock);
	if (late && lease->ack)
		queue_own_break(lease);
	lease->ack &= late;
}

/**
 * unc_lease_granted - an answer to CREATE named a lease
 * @lease: the lease that was asked for
 * @open: the handle, which is new and not known to others yet, or has come back;
 *	it holds the lease from now on, unless it is lost already
 * @got: what the server granted
 * @notices: unc_lease_notices() from before asking
 *
 * May sleep.  open->covered is set to the time from which on the lease covers
 * what the answer said of the file, if it does.
 */
void unc_lease_granted(struct unc_lease *lease, struct unc_open *open,
		       const struct wire_smb2_lease *got, u32 notices)
{
	bool late = got->flags & SMB2_LEASE_FLAG_BREAK_IN_PROGRESS;
	u32 bits = got->state & ALL_BITS;
	struct unc_tree *old;
	bool counted;

	spin_lock(&lease->lock);
	/* Those who tell of a lost tree come after it became unusable. */
	if (!unc_tree_usable(open->tree)) {
		spin_unlock(&lease->lock);
		return;
	}
	if (is_lost(lease)) {
		forget(lease);
		queue_own_break(lease);
	}
	late |= lease->notices != notices;
	if (late)
		bits &= lease->limit;
	counted = open->lease && open->lease_term == lease->term;
	WRITE_ONCE(open->lease_term, lease->term);
	if (!lease->notices || (s16)(got->epoch - lease->epoch) > 0)
		lease->epoch = got->epoch;
	old = swap_tree(lease, open->tree);
	if (!counted && !lease->opens++)
		ack_late(lease, late);
	add_bits(lease, bits);
	if (!late && bits & SMB2_LEASE_READ_CACHING)
		open->covered = lease->since;
	trace_state(lease, "granted");
	spin_unlock(&lease->lock);
	if (!open->lease)
		open->lease = unc_lease_get(lease);
	if (old)
		unc_tree_put(old, unc_why_lease);
}

/**
 * unc_lease_closed - a handle is about to be closed
 * @open: the handle; may have no lease
 *
 * With the last handle the lease goes, at the server too.  May sleep.
 */
void unc_lease_closed(struct unc_open *open)
{
	struct unc_lease *lease = open->lease;
	struct unc_tree *old = NULL;

	if (!lease)
		return;
	open->lease = NULL;
	spin_lock(&lease->lock);
	if (open->lease_term == lease->term && !--lease->opens) {
		WRITE_ONCE(lease->state, 0);
		lease->limit = 0;
		old = swap_tree(lease, NULL);
	}
	trace_state(lease, "closed");
	spin_unlock(&lease->lock);
	if (old)
		unc_tree_put(old, unc_why_lease);
	unc_lease_put(lease);
}

/**
 * unc_open_leased - does a handle hold a lease?
 * @open: the handle
 * @bits: enum smb2_lease_state
 *
 * Any context.  Return: T if all of @bits are granted, and to this handle.
 */
bool unc_open_leased(const struct unc_open *open, u32 bits)
{
	const struct unc_lease *lease = open->lease;

	return unc_lease_has(lease, bits) &&
	       READ_ONCE(lease->term) == READ_ONCE(open->lease_term);
}

/**
 * unc_lease_break - the server takes promises back
 * @notice: LEASE_BREAK notification
 *
 * From the receive thread.  Nobody relies any more on what is taken back when
 * this returns; what follows from it is done by lease->work.  A lease that is
 * not known, or has no handle any more, needs no acknowledgment: CLOSE was it.
 */
void unc_lease_break(const struct wire_smb2_lease_break *notice)
{
	struct unc_lease *lease = unc_lease_find(notice->key);
	u32 left = notice->new_state & ALL_BITS;
	bool queued;

	if (!lease)
		return;
	spin_lock(&lease->lock);
	lease->notices++;
	lease->limit = left;
	lease->epoch = notice->epoch;
	lease->gone |= lease->state & ~left;
	WRITE_ONCE(lease->told, unc_clock_tick());
	WRITE_ONCE(lease->state, lease->state & left);
	if (notice->flags & SMB2_NOTIFY_BREAK_LEASE_FLAG_ACK_REQUIRED)
		lease->ack = true;
	queued = queue_break(lease);
	trace_state(lease, "broken");
	spin_unlock(&lease->lock);
	if (!queued)
		unc_lease_put(lease);
}

static void lose(struct unc_lease *lease)
{
	spin_lock(&lease->lock);
	if (is_lost(lease) && refcount_inc_not_zero(&lease->ref)) {
		forget(lease);
		if (!queue_break(lease))
			/* Its work has another one, so this is not the last. */
			refcount_dec(&lease->ref);
	}
	spin_unlock(&lease->lock);
}

/**
 * unc_leases_lost - nobody will tell of changes any more
 *
 * To be called when a connection, session or tree has become unusable, with no
 * lock held.  What holds on to one that is not usable is lost.
 *
 * Any context but interrupts.
 */
void unc_leases_lost(void)
{
	struct rhashtable_iter iter;
	struct unc_lease *lease;

	rhashtable_walk_enter(&unc_lease_table, &iter);
	rhashtable_walk_start(&iter);
	while ((lease = rhashtable_walk_next(&iter))) {
		/* Resized meanwhile: some are seen twice. */
		if (!IS_ERR(lease))
			lose(lease);
	}
	rhashtable_walk_stop(&iter);
	rhashtable_walk_exit(&iter);
}
