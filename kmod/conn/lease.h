/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Lease ([MS-SMB2] 3.2.1.5, File): what the server promises about one file or
 * directory, for as long as a handle is open that was opened with its key.
 */
#ifndef _UNC_CONN_LEASE_H
#define _UNC_CONN_LEASE_H

#include <linux/refcount.h>
#include <linux/rhashtable-types.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/workqueue.h>
#include "../wire/smb2_break.h"

struct unc_open;
struct unc_tree;

/**
 * struct unc_lease_ops - what the owner of a lease does about it
 * @hold: pin the owner, so that @broken can be called; with lease->lock held,
 *	so it does not sleep.  Return: F if it is going away.
 * @broken: bits of the state were taken away; from a workqueue, may sleep.
 *	Drops what @hold took.  The server waits for its return.
 */
struct unc_lease_ops {
	bool (*hold)(void *owner);
	void (*broken)(void *owner, u32 gone, bool lost);
};

/**
 * struct unc_lease - a Lease
 * @node: in the table of all, by @key
 * @key: LeaseKey; random, so that no server can guess that of another
 * @ref: its owner, its opens, and work that is queued
 * @ops: of @owner
 * @owner: who relies on it, or NULL, under @lock
 * @lock: protects all below; taken before i_lock
 * @state: enum smb2_lease_state that may be relied on; read anywhere
 * @since: unc_clock() when READ came into @state; read after @state
 * @told: unc_clock() of the last notification; read anywhere
 * @epoch: of version 2
 * @notices: break notifications that came
 * @limit: what the last of them left
 * @opens: handles that hold it
 * @term: counts how often it was lost; handles hold it for the term in which it
 *	was granted to them, even if they come back
 * @tree: where the last of them was opened (pins ref), while there are @opens
 * @gone: bits taken away that the owner does not know of yet
 * @lost: T if they went with the connection, the session or the tree
 * @ack: T if the server waits for an acknowledgment, which may have to wait for
 *	the answer that tells of a handle
 * @work: tells the owner, acknowledges; pins ref while queued
 * @rcu: freed after a grace period: the receive thread looks it up by key, and
 *	RCU walk looks at @state
 */
struct unc_lease {
	struct rhash_head		node;
	u8				key[SMB2_LEASE_KEY_SIZE];
	refcount_t			ref;
	const struct unc_lease_ops	*ops;
	void				*owner;
	spinlock_t			lock;	/* all below */
	u32				state;
	u64				since;
	u64				told;
	u16				epoch;
	u32				notices;
	u32				limit;
	u32				opens;
	u32				term;
	struct unc_tree			*tree;
	u32				gone;
	bool				lost;
	bool				ack;
	struct work_struct		work;
	struct rcu_head			rcu;
};

/* lease_object.c: the order of answers, changes made here and leases */
u64 unc_clock(void);
u64 unc_clock_tick(void);

/* lease_object.c: all else */
struct unc_lease *unc_lease_new(work_func_t work,
				const struct unc_lease_ops *ops, void *owner);
struct unc_lease *unc_lease_get(struct unc_lease *lease);
void unc_lease_put(struct unc_lease *lease);
void unc_lease_own(struct unc_lease *lease, void *owner);
extern struct workqueue_struct *unc_lease_wq;
int unc_lease_init(void);
void unc_lease_exit(void);

/* lease_state.c: granted, broken, lost */
u32 unc_lease_notices(const struct unc_lease *lease);
void unc_lease_granted(struct unc_lease *lease, struct unc_open *open,
		       const struct wire_smb2_lease *got, u32 notices);
void unc_lease_closed(struct unc_open *open);
void unc_lease_break(const struct wire_smb2_lease_break *notice);
bool unc_open_leased(const struct unc_open *open, u32 bits);
void unc_leases_lost(void);

/**
 * unc_lease_has - is there a promise to rely on?
 * @lease: the lease, or NULL
 * @bits: enum smb2_lease_state
 *
 * Any context.  Return: T if all of @bits are granted.
 */
static inline bool unc_lease_has(const struct unc_lease *lease, u32 bits)
{
	return lease && (READ_ONCE(lease->state) & bits) == bits;
}

/**
 * unc_lease_covers - would we know if it had changed since?
 * @lease: the lease, or NULL
 * @since: unc_clock() of when something was known to be so
 *
 * Any context.  Return: T if the server had promised to tell by then, and has
 * not told yet.
 */
static inline bool unc_lease_covers(const struct unc_lease *lease, u64 since)
{
	u32 state;

	if (!lease)
		return false;
	/* Pairs with the release in add_bits(): @since came before. */
	state = smp_load_acquire(&lease->state);
	return state & SMB2_LEASE_READ_CACHING &&
	       READ_ONCE(lease->since) <= since;
}

/**
 * unc_lease_told - were we told of a change?
 * @lease: the lease, or NULL
 * @since: unc_clock() of when something was known to be so
 *
 * Any context.  Return: T if the server took promises back after @since.
 */
static inline bool unc_lease_told(const struct unc_lease *lease, u64 since)
{
	return lease && READ_ONCE(lease->told) > since;
}

#endif /* _UNC_CONN_LEASE_H */
