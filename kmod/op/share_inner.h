/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The inside of a share, for those who bring it back: share.c, recover.c,
 * reopen.c and parked.c.
 */
#ifndef _UNC_OP_SHARE_INNER_H
#define _UNC_OP_SHARE_INNER_H

#include <linux/list.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#include "share.h"

struct task_struct;
struct unc_io;

/**
 * struct unc_share - a share by name, and the tree that serves it now
 * @ref: references
 * @target: how to reach it; owns its strings, key, cred and namespace
 * @reach: serialises reaching it again without a thread; taken outside all
 *	locks of conn/
 * @thread: brings it back, if it has patience
 * @thread_wait: where @thread waits for something to do
 * @wait: for the share to be back, or to be given up
 * @link: in the list of all shares, under the lock of that
 * @free: frees it when @thread itself dropped the last reference
 * @lock: protects the fields below
 * @tree: current tree, a use and a reference (unc_why_reach) of it
 * @used: jiffies when somebody wanted @tree last
 * @killed: T after unc_share_kill()
 * @wanted: T if somebody waits for it to be back
 * @recovering: T while @tree is not to be used but by @thread
 * @refused: negative errno if the server, or who has the credentials, refuses
 *	to let us in again
 * @next_try: jiffies before which who refused is not asked again
 * @leave: jiffies at which nobody waits any more for a lost server, or 0: only
 *	set when it is unmounted (unc_share_leave())
 * @opens: handles that are to come back
 * @parked: READs and WRITEs to be sent when it is back
 * @look: looks after those of them that must not wait any longer
 * @users: those of a multiuser share, else NULL
 * @personal: T if this is one of these: its key is the caller's
 * @retry: if @error, jiffies at which it may be tried again; by @reach
 * @error: why @personal could not be reached, or 0; by @reach
 */
struct unc_share {
	refcount_t		ref;
	struct unc_target	target;
	struct mutex		reach;
	struct task_struct	*thread;
	wait_queue_head_t	thread_wait;
	wait_queue_head_t	wait;
	struct list_head	link;
	struct work_struct	free;
	spinlock_t		lock;
	struct unc_tree		*tree;
	unsigned long		used;
	bool			killed;
	bool			wanted;
	bool			recovering;
	int			refused;
	unsigned long		next_try;
	unsigned long		leave;
	struct list_head	opens;
	struct list_head	parked;
	struct delayed_work	look;
	struct unc_share_users	*users;
	bool			personal;
	unsigned long		retry;
	int			error;
};

/* share.c */
int unc_share_state(struct unc_share *share);

/* share_key.c: the credential by which it is reached */
void unc_share_key_again(struct unc_share *share);

/* share_once.c: without a thread */
struct unc_tree *unc_share_tree_once(struct unc_share *share);

/* recover.c: the thread */
int unc_recover_start(struct unc_share *share);
void unc_recover_stop(struct unc_share *share);

/* reopen.c: one handle */
int unc_reopen(struct unc_share *share, struct unc_tree *tree,
	       struct unc_open *open);

/* io.c: the work of what was parked */
void unc_io_unparked(struct work_struct *work);

/* parked.c: READs and WRITEs that wait for the share */
int unc_park(struct unc_io *io);
void unc_parked_resume(struct unc_share *share, int error);
void unc_parked_look(struct work_struct *work);

#endif /* _UNC_OP_SHARE_INNER_H */
