/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Locks of programs, and what of them is locked on the server.
 */
#ifndef _UNC_VFS_LOCK_H
#define _UNC_VFS_LOCK_H

#include "vfs.h"

/**
 * struct unc_lock_want - bytes that somebody wants to lock
 * @from: first byte
 * @to: the byte behind the last one
 * @exclusive: T for writing
 * @gaps_only: T to leave alone what is locked on the server, however
 */
struct unc_lock_want {
	u64	from;
	u64	to;
	bool	exclusive;
	bool	gaps_only;
};

/**
 * struct unc_lock_miss - what could not be had
 * @range: the bytes; its length is 0 if there are none
 * @held: T if they are locked shared through our own handle
 */
struct unc_lock_miss {
	struct unc_range	range;
	bool			held;
};

/* lock_wire.c: the caller holds unc_inode.locks.mutex */
int unc_lock_wire_take(struct inode *inode, struct file *file,
		       const struct unc_lock_want *want,
		       struct unc_lock_miss *miss);
int unc_lock_wire_tidy(struct inode *inode);
void unc_lock_wire_drop(struct inode *inode);

/* lock.c: flock, POSIX and OFD locks */
int unc_lock(struct file *file, int cmd, struct file_lock *fl);
int unc_flock(struct file *file, int cmd, struct file_lock *fl);
bool unc_lock_uncached(const struct inode *inode);
void unc_lock_tidy_work(struct work_struct *work);
void unc_lock_evict(struct inode *inode);

#endif /* _UNC_VFS_LOCK_H */
