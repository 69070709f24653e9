// SPDX-License-Identifier: GPL-2.0-only
/*
 * What leases are for an inode: as long as the server has promised to tell of
 * changes, what is known of the file needs no asking; when it tells, what is
 * here goes to the server or away.
 */
#include <linux/fs.h>
#include <linux/pagemap.h>
#include "vfs.h"

static bool lease_hold(void *owner)
{
	return unc_kept_hold(owner);
}

/*
 * What is dirty goes out while the server still holds the other one back; then
 * what may be out of date goes, and last the handles that are kept for later.
 * After a lost connection nothing can be sent, and whatever opens the file next
 * compares what is here with what the server says then.
 */
static void lease_broken(void *owner, u32 gone, bool lost)
{
	struct inode *inode = owner;
	bool file = S_ISREG(inode->i_mode);

	if (file && !lost && gone & (SMB2_LEASE_WRITE_CACHING |
				     SMB2_LEASE_READ_CACHING))
		unc_inode_flush(inode);
	if (gone & SMB2_LEASE_READ_CACHING)
		unc_inode_expire(inode);
	if (file && !lost && gone & SMB2_LEASE_READ_CACHING)
		invalidate_inode_pages2(inode->i_mapping);
	if (lost || gone & SMB2_LEASE_HANDLE_CACHING || !file)
		unc_kept_drop(inode);
	unc_listing_drop(inode);
	unc_kept_unhold(inode);
}

static const struct unc_lease_ops lease_ops = {
	.hold	= lease_hold,
	.broken	= lease_broken,
};

static struct unc_lease *lease_current(struct inode *inode)
{
	struct unc_lease *lease;

	rcu_read_lock();
	lease = rcu_dereference(unc_inode(inode)->lease);
	if (lease && !refcount_inc_not_zero(&lease->ref))
		lease = NULL;
	rcu_read_unlock();
	return lease;
}

/**
 * unc_inode_lease - the lease of a file or directory, if it has one
 * @inode: the inode
 *
 * Any context.  Return: the lease with a reference, or NULL.
 */
struct unc_lease *unc_inode_lease(struct inode *inode)
{
	return lease_current(inode);
}

/* Caller's reference goes to the inode, unless it has a better one. */
static bool lease_adopt(struct inode *inode, struct unc_lease *lease)
{
	struct unc_inode *ui = unc_inode(inode);
	struct unc_lease *old;
	bool adopt;

	spin_lock(&inode->i_lock);
	old = rcu_dereference_protected(ui->lease,
					lockdep_is_held(&inode->i_lock));
	adopt = !old || (old != lease && !READ_ONCE(old->opens));
	if (adopt)
		rcu_assign_pointer(ui->lease, lease);
	spin_unlock(&inode->i_lock);
	if (adopt && old) {
		unc_lease_own(old, NULL);
		unc_lease_put(old);
	}
	return adopt;
}

/**
 * unc_lease_for - a lease to ask for with a CREATE
 * @sb: super block
 * @inode: what is opened, or NULL if that is not known yet
 *
 * Context: may sleep.
 *
 * Return: a lease with a reference; NULL if the mount wants none or there is no
 * memory.
 */
struct unc_lease *unc_lease_for(struct super_block *sb, struct inode *inode)
{
	struct unc_lease *lease = inode ? lease_current(inode) : NULL;

	if (lease || unc_sb(sb)->opt.nolease)
		return lease;
	lease = unc_op_lease_new(&lease_ops, NULL);
	if (!lease || !inode)
		return lease;
	unc_lease_settle(inode, lease);
	unc_lease_put(lease);
	/* That of who was faster, perhaps. */
	return lease_current(inode);
}

/**
 * unc_lease_settle - a lease turns out to be about this inode
 * @inode: the inode
 * @lease: the lease; or NULL, and nothing happens
 *
 * If the inode has got another one meanwhile, by another name or by a race,
 * that one stays, and nobody relies on @lease.
 *
 * Context: may sleep.
 */
void unc_lease_settle(struct inode *inode, struct unc_lease *lease)
{
	if (!lease)
		return;
	unc_lease_get(lease);
	/* First the owner: a break must not find it without. */
	unc_lease_own(lease, inode);
	if (lease_adopt(inode, lease))
		return;
	if (rcu_access_pointer(unc_inode(inode)->lease) != lease)
		unc_lease_own(lease, NULL);
	unc_lease_put(lease);
}

/**
 * unc_lease_clear - an inode goes away
 * @inode: being evicted
 *
 * Context: may sleep.
 */
void unc_lease_clear(struct inode *inode)
{
	struct unc_inode *ui = unc_inode(inode);
	struct unc_lease *lease = rcu_dereference_protected(ui->lease, true);

	if (!lease)
		return;
	RCU_INIT_POINTER(ui->lease, NULL);
	unc_lease_own(lease, NULL);
	unc_lease_put(lease);
}

/**
 * unc_inode_leased - does the server promise something about an inode?
 * @inode: the inode, or NULL
 * @bits: enum smb2_lease_state
 *
 * Context: any, RCU walk included.
 *
 * Return: T if all of @bits are granted.
 */
bool unc_inode_leased(const struct inode *inode, u32 bits)
{
	bool has;

	if (!inode)
		return false;
	rcu_read_lock();
	has = unc_lease_has(rcu_dereference(unc_inode(inode)->lease), bits);
	rcu_read_unlock();
	return has;
}

/**
 * unc_inode_covers - would we have been told if a file had changed?
 * @inode: the inode, or NULL
 * @since: unc_clock() of when something was known of it, or of what is in it
 *
 * Context: any, RCU walk included.
 *
 * Return: T if it is still so.
 */
bool unc_inode_covers(const struct inode *inode, u64 since)
{
	bool covers;

	if (!inode)
		return false;
	rcu_read_lock();
	covers = unc_lease_covers(rcu_dereference(unc_inode(inode)->lease),
				  since);
	rcu_read_unlock();
	return covers;
}

/**
 * unc_inode_told - were we told of a change of a file, or of what is in it?
 * @inode: the inode, or NULL
 * @since: unc_clock() of when something was known of it
 *
 * Context: any, RCU walk included.
 *
 * Return: T if it may not be so any more, however short ago that was.
 */
bool unc_inode_told(const struct inode *inode, u64 since)
{
	bool told;

	if (!inode)
		return false;
	rcu_read_lock();
	told = unc_lease_told(rcu_dereference(unc_inode(inode)->lease), since);
	rcu_read_unlock();
	return told;
}

/**
 * unc_inode_shared - do others have a file open, too?
 * @inode: of a regular file
 *
 * Any context.
 *
 * Return: T if the server knows leases, and does not let us keep what is
 * written here to ourselves.
 */
bool unc_inode_shared(const struct inode *inode)
{
	const struct unc_lease *lease;
	bool shared;

	rcu_read_lock();
	lease = rcu_dereference(unc_inode(inode)->lease);
	shared = lease && READ_ONCE(lease->opens) &&
		 !unc_lease_has(lease, SMB2_LEASE_WRITE_CACHING);
	rcu_read_unlock();
	return shared;
}

/**
 * unc_dentry_covered - would the lease of the directory have told of a change?
 * @dentry: a name
 * @since: unc_clock() of when something was known of it
 *
 * Context: any; in RCU walk it may lose its parent's inode while we look.
 *
 * Return: T if it is still so.
 */
bool unc_dentry_covered(const struct dentry *dentry, u64 since)
{
	bool covers;

	rcu_read_lock();
	covers = unc_inode_covers(d_inode_rcu(READ_ONCE(dentry->d_parent)),
				  since);
	rcu_read_unlock();
	return covers;
}

/*
 * A server that keeps lost handles may have some with the key of a lease that is
 * lost here: those shall go.
 */
static struct unc_lease *lease_held(struct inode *inode)
{
	struct unc_lease *lease = lease_current(inode);

	if (!lease || READ_ONCE(lease->opens))
		return lease;
	unc_lease_put(lease);
	return NULL;
}

/**
 * unc_dentry_told - were we told of a change in the directory?
 * @dentry: a name
 * @since: unc_clock() of when something was known of it
 *
 * Context: any, RCU walk included.
 *
 * Return: T if it may not be so any more, however short ago that was.
 */
bool unc_dentry_told(const struct dentry *dentry, u64 since)
{
	bool told;

	rcu_read_lock();
	told = unc_inode_told(d_inode_rcu(READ_ONCE(dentry->d_parent)), since);
	rcu_read_unlock();
	return told;
}

/**
 * unc_ours_take - the leases that an operation on a name must not break
 * @ours: filled in; unc_ours_drop() releases them
 * @dentry: the name
 *
 * Context: may sleep.
 */
void unc_ours_take(struct unc_ours *ours, struct dentry *dentry)
{
	struct dentry *parent = dget_parent(dentry);

	ours->dir = lease_current(d_inode(parent));
	ours->file = d_really_is_positive(dentry) ?
		     lease_held(d_inode(dentry)) : NULL;
	dput(parent);
}

/**
 * unc_ours_drop - release what unc_ours_take() took
 * @ours: the leases
 *
 * Context: may sleep.
 */
void unc_ours_drop(struct unc_ours *ours)
{
	unc_lease_put(ours->dir);
	unc_lease_put(ours->file);
}
