// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is locked on the server of a file.
 *
 * Locks of a server keep off every other handle, also those of the same
 * machine, while locks of Linux keep off nobody who does not ask.  So there is
 * one handle that holds the locks of all programs of this machine, and through
 * which they all read and write the file (unc_inode_open()): to each other they
 * are as on a local disk, to others they are one.
 *
 * What is wanted is told by the kernel's own lists of locks; it is compared
 * with what is held (unc_open.ranges), byte by byte but in steps from one
 * border to the next.
 */
#include <linux/filelock.h>
#include <linux/fs.h>
#include <linux/slab.h>
#include "lock.h"

/* enum how - how a byte is locked; the greater includes the lesser */
enum how {
	NOT,
	SHARED,
	EXCLUSIVE,
};

/* ---- What is wanted ---------------------------------------------------- */

/**
 * struct wants - the locks of all programs of this machine on a file
 * @n: how many
 * @at: the locks
 */
struct wants {
	unsigned int		n;
	struct unc_lock_want	at[] __counted_by(n);
};

/* Fills in as many as fit.  Return: how many there are. */
static unsigned int wants_fill(struct wants *wants, struct list_head *list,
			       unsigned int at)
{
	struct file_lock *fl;

	list_for_each_entry(fl, list, c.flc_list) {
		if (at < wants->n)
			wants->at[at] = (struct unc_lock_want){
				.from = fl->fl_start,
				.to = (u64)fl->fl_end + 1,
				.exclusive = lock_is_write(fl),
			};
		at++;
	}
	return at;
}

static unsigned int wants_collect(struct wants *wants, struct inode *inode)
{
	struct file_lock_context *ctx = locks_inode_context(inode);
	unsigned int n;

	if (!ctx)
		return 0;
	spin_lock(&ctx->flc_lock);
	n = wants_fill(wants, &ctx->flc_posix, 0);
	n = wants_fill(wants, &ctx->flc_flock, n);
	spin_unlock(&ctx->flc_lock);
	return n;
}

/* Return: to be freed by kvfree(), or NULL without memory. */
static struct wants *wants_of(struct inode *inode)
{
	struct wants *wants;
	unsigned int n = 8, room;

	for (;;) {
		room = n;
		wants = kvmalloc(struct_size(wants, at, room), GFP_KERNEL);
		if (!wants)
			return NULL;
		wants->n = room;
		n = wants_collect(wants, inode);
		if (n <= room)
			break;
		kvfree(wants);
	}
	wants->n = n;
	return wants;
}

static enum how look(u64 from, u64 to, bool exclusive, u64 pos)
{
	if (pos < from || pos >= to)
		return NOT;
	return exclusive ? EXCLUSIVE : SHARED;
}

/* The next border of [@from, @to) behind @pos, if it is before @until. */
static u64 border(u64 from, u64 to, u64 pos, u64 until)
{
	if (from > pos)
		return min(until, from);
	return to > pos ? min(until, to) : until;
}

/* How a byte is wanted; from @pos to @until all are wanted like it. */
static enum how wanted_at(const struct wants *wants, u64 pos, u64 *until)
{
	const struct unc_lock_want *want;
	enum how how = NOT;
	unsigned int i;

	for (i = 0; i < wants->n; i++) {
		want = &wants->at[i];
		how = max(how, look(want->from, want->to, want->exclusive,
				    pos));
		*until = border(want->from, want->to, pos, *until);
	}
	return how;
}

/* ---- What is held ------------------------------------------------------ */

static u64 range_end(const struct unc_range *range)
{
	return range->offset + range->length;
}

/* How a byte is held; from @pos to @until all are held like it. */
static enum how held_at(struct unc_open *open, u64 pos, u64 *until)
{
	const struct unc_range *range;
	enum how how = NOT;

	spin_lock(&open->range_lock);
	list_for_each_entry(range, &open->ranges, link) {
		how = max(how, look(range->offset, range_end(range),
				    range->exclusive, pos));
		*until = border(range->offset, range_end(range), pos, *until);
	}
	spin_unlock(&open->range_lock);
	return how;
}

static bool find_at(struct unc_open *open, u64 pos, struct unc_range *found)
{
	const struct unc_range *range;
	bool any = false;

	spin_lock(&open->range_lock);
	list_for_each_entry(range, &open->ranges, link) {
		if (pos < range->offset || pos >= range_end(range))
			continue;
		*found = *range;
		any = true;
		break;
	}
	spin_unlock(&open->range_lock);
	return any;
}

static void unsee_all(struct unc_open *open)
{
	struct unc_range *range;

	spin_lock(&open->range_lock);
	list_for_each_entry(range, &open->ranges, link)
		range->seen = false;
	spin_unlock(&open->range_lock);
}

/* The next one that was not looked at; those that are added meanwhile were. */
static bool find_unseen(struct unc_open *open, struct unc_range *found)
{
	struct unc_range *range;
	bool any = false;

	spin_lock(&open->range_lock);
	list_for_each_entry(range, &open->ranges, link) {
		if (range->seen)
			continue;
		range->seen = true;
		*found = *range;
		any = true;
		break;
	}
	spin_unlock(&open->range_lock);
	return any;
}

static struct unc_range range_of(u64 from, u64 to, enum how how)
{
	return (struct unc_range){
		.offset = from,
		.length = to - from,
		.exclusive = how == EXCLUSIVE,
	};
}

static int hold(struct unc_open *open, u64 from, u64 to, enum how how)
{
	struct unc_range range = range_of(from, to, how);

	return from < to ? unc_op_lock(open, &range, false) : 0;
}

/*
 * Somebody else came first in the moment in which we had let go.  What
 * programs believe to be locked is not: nobody shall go on as if it were.
 */
static void lock_lost(struct unc_open *open, const struct unc_range *range)
{
	struct unc_tree *tree = unc_open_tree(open, unc_why_io);

	pr_warn_ratelimited("uncfs: %s: a lock of %llu bytes at %llu was lost to another client\n",
			    tree->share, range->length, range->offset);
	unc_tree_put(tree, unc_why_io);
	unc_open_poison(open, -EIO);
}

/* ---- Letting go -------------------------------------------------------- */

/*
 * A lock cannot be made smaller.  Shared ones may lie upon others of the same
 * handle and are taken before the old one goes, so that nobody can come
 * between; exclusive ones can only follow it.
 */
static int keep_shared(struct unc_open *open, const struct wants *wants,
		       const struct unc_range *old)
{
	u64 pos, until, end = range_end(old);
	int err = 0;

	for (pos = old->offset; pos < end && !err; pos = until) {
		until = end;
		if (wanted_at(wants, pos, &until) == SHARED)
			err = hold(open, pos, until, SHARED);
	}
	return err;
}

static int keep_exclusive(struct unc_open *open, const struct wants *wants,
			  const struct unc_range *old)
{
	u64 pos, until, end = range_end(old);
	struct unc_range range;
	bool gone = false;
	int err = 0;

	for (pos = old->offset; pos < end; pos = until) {
		until = end;
		if (!old->exclusive ||
		    wanted_at(wants, pos, &until) != EXCLUSIVE)
			continue;
		range = range_of(pos, until, EXCLUSIVE);
		err = gone ? unc_op_lock(open, &range, false) :
			     unc_op_relock(open, old, &range);
		gone = true;
		if (err)
			lock_lost(open, &range);
	}
	return gone ? err : unc_op_unlock(open, old);
}

static int tidy_one(struct unc_open *open, const struct wants *wants,
		    const struct unc_range *range)
{
	enum how own = range->exclusive ? EXCLUSIVE : SHARED;
	u64 pos, until, end = range_end(range);

	for (pos = range->offset; pos < end; pos = until) {
		until = end;
		if (wanted_at(wants, pos, &until) != own)
			break;
	}
	if (pos == end)
		return 0;
	return keep_shared(open, wants, range) ?:
	       keep_exclusive(open, wants, range);
}

/**
 * unc_lock_wire_drop - let the handle go with its file
 * @inode: the file
 *
 * Unless something is locked through it, or somebody waits.
 *
 * Context: may sleep; the caller holds unc_inode.locks.mutex.
 */
void unc_lock_wire_drop(struct inode *inode)
{
	struct unc_locks *locks = &unc_inode(inode)->locks;
	struct unc_open *open = locks->open;

	lockdep_assert_held(&locks->mutex);
	if (!open || locks->waiters)
		return;
	if (!list_empty_careful(&open->ranges) && unc_open_usable(open))
		return;
	spin_lock(&inode->i_lock);
	locks->open = NULL;
	spin_unlock(&inode->i_lock);
	unc_op_close(open, unc_why_lock);
}

/**
 * unc_lock_wire_tidy - let go of what nobody wants any more
 * @inode: the file
 *
 * Context: may sleep, killable; the caller holds unc_inode.locks.mutex.
 *
 * Return: 0; or -errno if something is left to be done.
 */
int unc_lock_wire_tidy(struct inode *inode)
{
	struct unc_open *open = unc_inode(inode)->locks.open;
	struct unc_range range;
	struct wants *wants;
	int err = 0;

	lockdep_assert_held(&unc_inode(inode)->locks.mutex);
	if (!open)
		return 0;
	wants = wants_of(inode);
	if (!wants)
		return -ENOMEM;
	unsee_all(open);
	while (!err && find_unseen(open, &range))
		err = tidy_one(open, wants, &range);
	kvfree(wants);
	unc_lock_wire_drop(inode);
	return err;
}

/* ---- Taking ------------------------------------------------------------ */

/*
 * From shared to exclusive: all that lies upon these bytes must go, and what it
 * locks beside them must stay.
 */
static int upgrade(struct unc_open *open, const struct unc_range *want)
{
	u64 from = want->offset, to = range_end(want), unused = U64_MAX;
	struct unc_range old, back = range_of(from, to, SHARED);
	int err = 0;

	while (!err && find_at(open, from, &old)) {
		err = hold(open, old.offset, from, SHARED) ?:
		      hold(open, to, range_end(&old), SHARED);
		if (err)
			return err;
		err = unc_op_relock(open, &old, want);
		if (!err || held_at(open, from, &unused) == NOT)
			break;
		/* There was another one below it. */
		if (err == -EAGAIN)
			err = 0;
	}
	if (err && held_at(open, from, &unused) == NOT &&
	    unc_op_lock(open, &back, false))
		lock_lost(open, &back);
	return err;
}

static int take_piece(struct unc_open *open, u64 from, u64 to,
		      const struct unc_lock_want *want,
		      struct unc_lock_miss *miss)
{
	struct unc_range range = range_of(from, to, want->exclusive ?
					  EXCLUSIVE : SHARED);
	u64 unused = U64_MAX;
	int err;

	miss->held = held_at(open, from, &unused) != NOT;
	err = miss->held ? upgrade(open, &range) :
			   unc_op_lock(open, &range, false);
	if (err)
		miss->range = range;
	return err;
}

/* One that may read and write serves all programs best. */
static struct unc_open *choose_handle(struct inode *inode, struct file *file)
{
	return unc_inode_open(inode, NULL, SMB2_FILE_READ_DATA |
			      SMB2_FILE_WRITE_DATA) ?:
	       unc_inode_open(inode, file, SMB2_FILE_READ_DATA) ?:
	       unc_inode_open(inode, file, SMB2_FILE_WRITE_DATA);
}

static struct unc_open *the_handle(struct inode *inode, struct file *file)
{
	struct unc_locks *locks = &unc_inode(inode)->locks;
	struct unc_open *open = locks->open;

	if (open && unc_open_usable(open))
		return open;
	open = choose_handle(inode, file);
	if (!open)
		return NULL;
	unc_open_get(open, unc_why_lock);
	unc_op_close(open, unc_why_io);
	spin_lock(&inode->i_lock);
	swap(open, locks->open);
	spin_unlock(&inode->i_lock);
	/* Its locks are gone with its connection. */
	if (open)
		unc_op_close(open, unc_why_lock);
	return locks->open;
}

/**
 * unc_lock_wire_take - lock bytes of a file on the server
 * @inode: the file
 * @file: on whose behalf
 * @want: which, how; what is locked already costs nothing
 * @miss: what somebody else has, if this returns -EAGAIN
 *
 * More may be locked afterwards than is wanted, also on failure:
 * unc_lock_wire_tidy() follows.
 *
 * Context: may sleep, killable; the caller holds unc_inode.locks.mutex.
 *
 * Return: 0; 1 if the server was asked, so that others may have changed the
 * file until now; -EAGAIN; or another -errno.
 */
int unc_lock_wire_take(struct inode *inode, struct file *file,
		       const struct unc_lock_want *want,
		       struct unc_lock_miss *miss)
{
	enum how need = want->exclusive && !want->gaps_only ? EXCLUSIVE :
							      SHARED;
	struct unc_open *open = the_handle(inode, file);
	u64 pos, until;
	int err, asked = 0;

	lockdep_assert_held(&unc_inode(inode)->locks.mutex);
	*miss = (struct unc_lock_miss){};
	if (!open)
		return -EBADF;
	for (pos = want->from; pos < want->to; pos = until) {
		until = want->to;
		if (held_at(open, pos, &until) >= need)
			continue;
		asked = 1;
		err = take_piece(open, pos, until, want, miss);
		if (err)
			return err;
	}
	return asked;
}
