// SPDX-License-Identifier: GPL-2.0-only
/*
 * Handles that are kept after close, while the server has promised to ask for
 * them before somebody else is refused (a handle lease): who opens the file
 * again sends nothing, and with the handle the lease lasts, and what it covers.
 *
 * An inode keeps one.  All of a mount are in a list, the least recently used
 * first, and go, many to a message: when there are too many, when they have not
 * been used for long (closetimeo=), when memory is short.
 */
#include <linux/fs.h>
#include <linux/jiffies.h>
#include <linux/shrinker.h>
#include <linux/slab.h>
#include <linux/wait_bit.h>
#include <linux/workqueue.h>
#include "vfs.h"

#define KEPT_MAX	4096
#define KEPT_BATCH	32
#define KEPT_PERIOD	(5 * HZ)

/*
 * Servers set the time of last write when a handle that wrote is closed, or a
 * while later, and never by a handle that was used to set times.  So those are
 * closed.
 */
static bool works(struct unc_open *open)
{
	return !READ_ONCE(open->spent) && unc_open_usable(open) &&
	       unc_open_leased(open, SMB2_LEASE_HANDLE_CACHING);
}

static bool is_worth_it(struct inode *inode, struct unc_open *open)
{
	const struct unc_sb *sbi = unc_sb(inode->i_sb);

	/* The next one to open it may be somebody else. */
	return inode->i_nlink && sbi->opt.closetimeo && !READ_ONCE(sbi->kept.stopped) &&
	       !sbi->opt.multiuser && works(open) &&
	       list_empty(&open->ranges) &&
	       open->lease == rcu_access_pointer(unc_inode(inode)->lease);
}

/* Caller holds the lock. */
static struct unc_open *remove(struct unc_kept *kept, struct unc_inode *ui)
{
	struct unc_open *open = ui->kept;

	lockdep_assert_held(&kept->lock);
	if (!open)
		return NULL;
	ui->kept = NULL;
	list_del_init(&ui->kept_link);
	kept->count--;
	return open;
}

static void insert(struct unc_kept *kept, struct unc_inode *ui,
		   struct unc_open *open)
{
	lockdep_assert_held(&kept->lock);
	ui->kept = open;
	ui->kept_time = jiffies;
	list_add_tail(&ui->kept_link, &kept->list);
	kept->count++;
}

static bool may_all_that(const struct unc_open *a, const struct unc_open *b)
{
	return (a->access & b->access) == b->access;
}

/**
 * unc_kept_give - a handle is not needed any more, for now
 * @inode: whose
 * @open: the handle; the reference (unc_why_open) is consumed
 *
 * Context: may sleep.
 */
void unc_kept_give(struct inode *inode, struct unc_open *open)
{
	struct unc_kept *kept = &unc_sb(inode->i_sb)->kept;
	struct unc_inode *ui = unc_inode(inode);
	struct unc_open *old = open;
	unsigned int count;

	if (is_worth_it(inode, open)) {
		spin_lock(&kept->lock);
		/* What takes a lease away comes for the handle after it. */
		if (!works(open) ||
		    (ui->kept && may_all_that(ui->kept, open))) {
			old = open;
		} else {
			old = remove(kept, ui);
			insert(kept, ui, open);
		}
		count = kept->count;
		spin_unlock(&kept->lock);
		if (count > KEPT_MAX)
			mod_delayed_work(unc_lease_wq, &kept->work, 0);
		else
			queue_delayed_work(unc_lease_wq, &kept->work,
					   KEPT_PERIOD);
		/* Broken just now: that one has not seen it. */
		if (!unc_inode_leased(inode, SMB2_LEASE_HANDLE_CACHING))
			unc_kept_drop(inode);
	}
	if (old)
		unc_op_close(old, unc_why_open);
}

/* What is kept of a file, if it is good for @access.  Caller holds the lock. */
static struct unc_open *fitting(const struct unc_kept *kept,
				const struct unc_inode *ui, u32 access)
{
	struct unc_open *open = ui->kept;

	lockdep_assert_held(&kept->lock);
	if (open && (open->access & access) == access && works(open))
		return open;
	return NULL;
}

/**
 * unc_kept_take - a handle to open a file with
 * @inode: whose
 * @access: what it must be good for
 *
 * Context: any but interrupts.
 *
 * Return: a handle with a reference (unc_why_open), or NULL.
 */
struct unc_open *unc_kept_take(struct inode *inode, u32 access)
{
	struct unc_kept *kept = &unc_sb(inode->i_sb)->kept;
	struct unc_inode *ui = unc_inode(inode);
	struct unc_open *open;

	if (!READ_ONCE(ui->kept))
		return NULL;
	spin_lock(&kept->lock);
	open = fitting(kept, ui, access);
	if (open)
		remove(kept, ui);
	spin_unlock(&kept->lock);
	return open;
}

/**
 * unc_kept_look - a kept handle that goes on being kept
 * @inode: whose
 * @access: what it must be good for
 *
 * Context: any but interrupts.
 *
 * Return: a handle with a reference (unc_why_io), or NULL.
 */
struct unc_open *unc_kept_look(struct inode *inode, u32 access)
{
	struct unc_kept *kept = &unc_sb(inode->i_sb)->kept;
	struct unc_inode *ui = unc_inode(inode);
	struct unc_open *open;

	if (!READ_ONCE(ui->kept))
		return NULL;
	spin_lock(&kept->lock);
	open = fitting(kept, ui, access);
	if (open)
		unc_open_get(open, unc_why_io);
	spin_unlock(&kept->lock);
	return open;
}

/**
 * unc_kept_drop - close what is kept of a file
 * @inode: the inode
 *
 * Before a file is removed, since its name stays taken as long as it is open.
 *
 * Context: may sleep; does not wait for the server.
 */
void unc_kept_drop(struct inode *inode)
{
	struct unc_kept *kept = &unc_sb(inode->i_sb)->kept;
	struct unc_open *open;

	if (!READ_ONCE(unc_inode(inode)->kept))
		return;
	spin_lock(&kept->lock);
	open = remove(kept, unc_inode(inode));
	spin_unlock(&kept->lock);
	if (open)
		unc_op_close(open, unc_why_open);
}

/**
 * unc_kept_hold - pin an inode, against unmounting too
 * @inode: not evicted yet
 *
 * Any context.  Return: F if it is going away, or its mount.
 */
bool unc_kept_hold(struct inode *inode)
{
	struct unc_kept *kept = &unc_sb(inode->i_sb)->kept;

	atomic_inc(&kept->holds);
	/* Pairs with unc_kept_stop(). */
	smp_mb__after_atomic();
	if (!READ_ONCE(kept->stopped) && igrab(inode))
		return true;
	if (atomic_dec_and_test(&kept->holds))
		wake_up_var(&kept->holds);
	return false;
}

/**
 * unc_kept_unhold - undo unc_kept_hold()
 * @inode: the inode
 *
 * Context: may sleep.
 */
void unc_kept_unhold(struct inode *inode)
{
	struct unc_kept *kept = &unc_sb(inode->i_sb)->kept;

	iput(inode);
	if (atomic_dec_and_test(&kept->holds))
		wake_up_var(&kept->holds);
}

/* All that have one, pinned, since the list may change meanwhile. */
static unsigned int pick_all(struct unc_kept *kept, struct inode **inodes,
			     unsigned int max)
{
	struct unc_inode *ui;
	unsigned int n = 0;

	spin_lock(&kept->lock);
	list_for_each_entry(ui, &kept->list, kept_link) {
		if (n == max)
			break;
		/* Those being evicted close their own. */
		if (igrab(&ui->netfs.inode))
			inodes[n++] = &ui->netfs.inode;
	}
	spin_unlock(&kept->lock);
	return n;
}

/**
 * unc_kept_drop_below - close what is kept in a directory, however deep
 * @top: the directory
 *
 * Servers do not rename a directory in which something is open.
 *
 * Context: may sleep; does not wait for the server.
 */
void unc_kept_drop_below(struct dentry *top)
{
	struct unc_kept *kept = &unc_sb(top->d_sb)->kept;
	unsigned int max = READ_ONCE(kept->count), n, i;
	struct inode **inodes;

	if (!max)
		return;
	inodes = kvmalloc_array(max, sizeof(*inodes), GFP_KERNEL);
	if (!inodes)
		return;
	n = pick_all(kept, inodes, max);
	for (i = 0; i < n; i++) {
		if (unc_inode_below(inodes[i], top))
			unc_kept_drop(inodes[i]);
		iput(inodes[i]);
	}
	kvfree(inodes);
}

static bool is_old(const struct unc_kept *kept, const struct unc_inode *ui)
{
	return kept->stopped ||
	       time_after_eq(jiffies, ui->kept_time + kept->life * HZ);
}

/* Up to KEPT_BATCH that have to go, the oldest first. */
static unsigned int take_some(struct unc_kept *kept, struct unc_open **opens)
{
	struct unc_inode *ui;
	unsigned int n = 0;

	spin_lock(&kept->lock);
	while (n < KEPT_BATCH && !list_empty(&kept->list)) {
		ui = list_first_entry(&kept->list, struct unc_inode,
				      kept_link);
		if (kept->excess)
			kept->excess--;
		else if (kept->count <= KEPT_MAX && !is_old(kept, ui))
			break;
		opens[n++] = remove(kept, ui);
	}
	if (list_empty(&kept->list))
		kept->excess = 0;
	spin_unlock(&kept->lock);
	return n;
}

static void close_old(struct unc_kept *kept)
{
	struct unc_open *opens[KEPT_BATCH];
	unsigned int n;

	while ((n = take_some(kept, opens)))
		unc_op_close_all(opens, n);
}

static void kept_work(struct work_struct *work)
{
	struct unc_kept *kept = container_of(to_delayed_work(work),
					     struct unc_kept, work);

	close_old(kept);
	if (READ_ONCE(kept->count))
		queue_delayed_work(unc_lease_wq, &kept->work, KEPT_PERIOD);
}

static unsigned long kept_count(struct shrinker *shrinker,
				struct shrink_control *sc)
{
	struct unc_kept *kept = shrinker->private_data;

	return READ_ONCE(kept->count);
}

/* Sending takes memory: others do it. */
static unsigned long kept_scan(struct shrinker *shrinker,
			       struct shrink_control *sc)
{
	struct unc_kept *kept = shrinker->private_data;

	spin_lock(&kept->lock);
	kept->excess = min_t(unsigned long, kept->count,
			     kept->excess + sc->nr_to_scan);
	spin_unlock(&kept->lock);
	mod_delayed_work(unc_lease_wq, &kept->work, 0);
	return sc->nr_to_scan;
}

/**
 * unc_kept_start - be ready to keep handles
 * @sb: new super block
 *
 * Context: may sleep.
 *
 * Return: 0 or -ENOMEM.
 */
int unc_kept_start(struct super_block *sb)
{
	struct unc_kept *kept = &unc_sb(sb)->kept;

	spin_lock_init(&kept->lock);
	INIT_LIST_HEAD(&kept->list);
	INIT_DELAYED_WORK(&kept->work, kept_work);
	kept->life = unc_sb(sb)->opt.closetimeo;
	kept->shrinker = shrinker_alloc(0, "uncfs-kept:%s", sb->s_id);
	if (!kept->shrinker)
		return -ENOMEM;
	kept->shrinker->count_objects = kept_count;
	kept->shrinker->scan_objects = kept_scan;
	kept->shrinker->private_data = kept;
	shrinker_register(kept->shrinker);
	return 0;
}

/**
 * unc_kept_stop - close all, and keep none any more
 * @sbi: being unmounted; may never have been started
 *
 * Context: may sleep; waits for breaks of leases that are being worked on.
 */
void unc_kept_stop(struct unc_sb *sbi)
{
	struct unc_kept *kept = &sbi->kept;

	if (!kept->shrinker)
		return;
	shrinker_free(kept->shrinker);
	kept->shrinker = NULL;
	spin_lock(&kept->lock);
	WRITE_ONCE(kept->stopped, true);
	spin_unlock(&kept->lock);
	/* Pairs with unc_kept_hold(). */
	smp_mb();
	wait_var_event(&kept->holds, !atomic_read(&kept->holds));
	cancel_delayed_work_sync(&kept->work);
	close_old(kept);
}
