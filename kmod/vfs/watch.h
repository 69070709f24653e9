/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The directories of a mount that somebody watches.  Included by vfs.h.
 */
#ifndef _UNC_VFS_WATCH_H
#define _UNC_VFS_WATCH_H

#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/workqueue.h>

struct dentry;
struct inode;
struct qstr;
struct unc_sb;
struct watch;

/**
 * struct unc_watches - the directories of a mount that are watched (watch.c)
 * @lock: protects all below, and watch of inodes
 * @list: struct watch
 * @count: how many
 * @pausing: how many are to let go of their handle, and have not yet
 * @stopped: T if there shall be no more
 * @work: ends those that nobody watches any more
 */
struct unc_watches {
	spinlock_t		lock;	/* see above */
	struct list_head	list;
	unsigned int		count;
	unsigned int		pausing;
	bool			stopped;
	struct delayed_work	work;
};

void unc_watch_notice(struct inode *dir);
void unc_watch_own(struct inode *dir, const struct qstr *name);
void unc_watch_drop_below(struct dentry *top);
void unc_watch_start(struct unc_sb *sbi);
void unc_watch_stop(struct unc_sb *sbi);

#endif /* _UNC_VFS_WATCH_H */
