/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The handles of a mount that are kept after close.  Included by vfs.h.
 */
#ifndef _UNC_VFS_KEPT_H
#define _UNC_VFS_KEPT_H

#include <linux/atomic.h>
#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/workqueue.h>

struct dentry;
struct inode;
struct shrinker;
struct super_block;
struct unc_open;
struct unc_sb;

/**
 * struct unc_kept - the handles of a mount that are kept after close (kept.c)
 * @lock: protects all below, and kept, kept_link and kept_time of inodes; taken
 *	before i_lock
 * @list: inodes with one, by kept_link, the least recently used first
 * @count: how many
 * @excess: how many of them have to go
 * @life: seconds after which an unused one goes
 * @stopped: T if none is kept any more
 * @holds: inodes that breaks of their leases have pinned; unmounting waits
 * @work: closes them
 * @shrinker: for when memory is short; NULL before unc_kept_start()
 */
struct unc_kept {
	spinlock_t		lock;	/* see above */
	struct list_head	list;
	unsigned int		count;
	unsigned int		excess;
	unsigned int		life;
	bool			stopped;
	atomic_t		holds;
	struct delayed_work	work;
	struct shrinker		*shrinker;
};

void unc_kept_give(struct inode *inode, struct unc_open *open);
struct unc_open *unc_kept_take(struct inode *inode, u32 access);
struct unc_open *unc_kept_look(struct inode *inode, u32 access);
void unc_kept_drop(struct inode *inode);
bool unc_kept_hold(struct inode *inode);
void unc_kept_unhold(struct inode *inode);
void unc_kept_drop_below(struct dentry *top);
int unc_kept_start(struct super_block *sb);
void unc_kept_stop(struct unc_sb *sbi);

#endif /* _UNC_VFS_KEPT_H */
