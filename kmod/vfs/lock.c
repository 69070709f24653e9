// SPDX-License-Identifier: GPL-2.0-only
/*
 * flock, POSIX and OFD locks.
 *
 * Between programs of this machine the kernel's own lists decide, as on a local
 * disk.  Then the bytes are locked on the server too, so that other machines
 * see it (lock_wire.c), unless the mount says nobrl.
 *
 * As soon as a range is locked on the server, what others wrote before is seen
 * and what is written here is there before it is unlocked; meanwhile reading
 * and writing goes past the page cache (unc_lock_uncached()), since a page may
 * hold bytes that others have locked.
 */
#include <linux/filelock.h>
#include <linux/fs.h>
#include <linux/pagemap.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include "lock.h"

/* A shared lock that cannot become exclusive is asked for that often. */
#define UPGRADE_POLL	(HZ / 10)

static bool on_server(const struct inode *inode)
{
	return !unc_sb(inode->i_sb)->opt.nobrl;
}

/**
 * unc_lock_uncached - must reading and writing go past the page cache?
 * @inode: the file
 *
 * Any context.  Return: T while something of it is locked on the server.
 */
bool unc_lock_uncached(const struct inode *inode)
{
	return READ_ONCE(unc_inode(inode)->locks.open);
}

/* ---- The kernel's lists ------------------------------------------------ */

/* With @flags besides its own; FL_ACCESS only looks for conflicts. */
static int local(struct file *file, struct file_lock *fl, unsigned int set,
		 unsigned int clear)
{
	unsigned int flags = fl->c.flc_flags;
	int err;

	fl->c.flc_flags = (flags | set) & ~clear;
	err = locks_lock_file_wait(file, fl);
	fl->c.flc_flags = flags;
	return err;
}

static int local_wait(struct file *file, struct file_lock *fl)
{
	return local(file, fl, FL_ACCESS, 0);
}

static int local_probe(struct file *file, struct file_lock *fl)
{
	return local(file, fl, FL_ACCESS, FL_SLEEP);
}

static int local_set(struct file *file, struct file_lock *fl)
{
	return local(file, fl, 0, FL_SLEEP);
}

/* ---- What a lock promises of the data ---------------------------------- */

static void take_over(struct inode *inode, const struct unc_attr_info *info,
		      u64 since)
{
	unc_inode_refresh(inode, info, since);
	spin_lock(&inode->i_lock);
	if (!mapping_tagged(inode->i_mapping, PAGECACHE_TAG_DIRTY) &&
	    !mapping_tagged(inode->i_mapping, PAGECACHE_TAG_WRITEBACK) &&
	    unc_inode(inode)->changed <= since)
		i_size_write(inode, info->size);
	spin_unlock(&inode->i_lock);
}

/*
 * Others may have written until now, also if nobody can tell by size and time.
 * Dirty pages were sent before; what became dirty since is newer and stays.
 */
static void see_others(struct inode *inode)
{
	struct unc_attr_info info;
	struct unc_open *open;
	u64 since;

	inode_lock(inode);
	since = unc_clock();
	open = unc_inode_open(inode, NULL, SMB2_FILE_READ_ATTRIBUTES);
	if (open) {
		if (!unc_op_fgetattr(open, &info))
			take_over(inode, &info, since);
		unc_op_close(open, unc_why_io);
	}
	invalidate_inode_pages2(inode->i_mapping);
	inode_unlock(inode);
}

/* ---- Locking ----------------------------------------------------------- */

static struct unc_lock_want want_of(const struct file_lock *fl)
{
	return (struct unc_lock_want){
		.from = fl->fl_start,
		.to = (u64)fl->fl_end + 1,
		.exclusive = fl->c.flc_type == F_WRLCK,
	};
}

/*
 * A task that is being killed cannot wait for the server, and must not leave
 * locks behind either.
 */
static void tidy(struct inode *inode)
{
	struct unc_locks *locks = &unc_inode(inode)->locks;

	if (fatal_signal_pending(current) || unc_lock_wire_tidy(inode))
		queue_work(unc_req_wq, &locks->tidy);
}

/**
 * unc_lock_tidy_work - let go of what a task left behind that was killed
 * @work: in an inode, which waits for it before it goes
 */
void unc_lock_tidy_work(struct work_struct *work)
{
	struct unc_locks *locks = container_of(work, struct unc_locks, tidy);
	struct unc_inode *ui = container_of(locks, struct unc_inode, locks);
	/* Memory for this must not come from an inode that waits for it. */
	unsigned int nofs = memalloc_nofs_save();

	mutex_lock(&locks->mutex);
	unc_lock_wire_tidy(&ui->netfs.inode);
	mutex_unlock(&locks->mutex);
	memalloc_nofs_restore(nofs);
}

/**
 * unc_lock_evict - the last of what was locked goes with the inode
 * @inode: nobody has it open
 *
 * Context: may sleep.
 */
void unc_lock_evict(struct inode *inode)
{
	struct unc_locks *locks = &unc_inode(inode)->locks;

	flush_work(&locks->tidy);
	if (locks->open)
		unc_op_close(locks->open, unc_why_lock);
	locks->open = NULL;
}

/* The caller holds the mutex.  Return: as unc_lock_wire_take(). */
static int try_lock(struct file *file, struct file_lock *fl,
		    struct unc_lock_miss *miss)
{
	struct inode *inode = file_inode(file);
	struct unc_lock_want want = want_of(fl);
	int err, asked;

	*miss = (struct unc_lock_miss){};
	err = local_probe(file, fl);
	if (err)
		return err;
	asked = unc_lock_wire_take(inode, file, &want, miss);
	err = asked < 0 ? asked : local_set(file, fl);
	tidy(inode);
	return err ?: asked;
}

/* Without the mutex, lest those who could help are kept out. */
static int wait_for(struct inode *inode, struct unc_open *open,
		    const struct unc_lock_miss *miss)
{
	struct unc_locks *locks = &unc_inode(inode)->locks;
	int err = 0;

	if (!miss->held)
		err = unc_op_lock(open, &miss->range, true);
	else if (schedule_timeout_interruptible(UPGRADE_POLL) &&
		 signal_pending(current))
		err = -ERESTARTSYS;
	mutex_lock(&locks->mutex);
	locks->waiters--;
	if (err)
		tidy(inode);
	mutex_unlock(&locks->mutex);
	unc_op_close(open, unc_why_lock);
	return err;
}

/* Return: 0, to try again; 1 with the lock; or -errno. */
static int lock_step(struct file *file, struct file_lock *fl)
{
	struct inode *inode = file_inode(file);
	struct unc_locks *locks = &unc_inode(inode)->locks;
	struct unc_open *open = NULL;
	struct unc_lock_miss miss;
	int got;

	if (mutex_lock_killable(&locks->mutex))
		return -ERESTARTSYS;
	/* Counted before, lest the handle to wait through goes meanwhile. */
	locks->waiters++;
	got = try_lock(file, fl, &miss);
	if (got == -EAGAIN && fl->c.flc_flags & FL_SLEEP &&
	    miss.range.length && locks->open) {
		open = unc_open_get(locks->open, unc_why_lock);
	} else {
		locks->waiters--;
		unc_lock_wire_drop(inode);
	}
	mutex_unlock(&locks->mutex);
	if (got > 0)
		see_others(inode);
	if (got >= 0)
		return 1;
	if (got != -EAGAIN || !(fl->c.flc_flags & FL_SLEEP))
		return got;
	return open ? wait_for(inode, open, &miss) : 0;
}

static int lock(struct file *file, struct file_lock *fl)
{
	int done = 0;

	/* A page written after a shared lock was taken would be refused. */
	unc_inode_flush(file_inode(file));
	while (!done) {
		if (fl->c.flc_flags & FL_SLEEP)
			done = local_wait(file, fl);
		if (!done)
			done = lock_step(file, fl);
	}
	return min(done, 0);
}

static int unlock(struct file *file, struct file_lock *fl)
{
	struct inode *inode = file_inode(file);
	struct unc_locks *locks = &unc_inode(inode)->locks;
	int err;

	unc_inode_flush(inode);
	err = local_set(file, fl);
	if (!READ_ONCE(locks->open))
		return err;
	if (mutex_lock_killable(&locks->mutex)) {
		queue_work(unc_req_wq, &locks->tidy);
		return err;
	}
	tidy(inode);
	mutex_unlock(&locks->mutex);
	return err;
}

static int test(struct file *file, struct file_lock *fl)
{
	struct inode *inode = file_inode(file);
	struct unc_locks *locks = &unc_inode(inode)->locks;
	struct unc_lock_want want = want_of(fl);
	struct unc_lock_miss miss;
	int err;

	posix_test_lock(file, fl);
	if (fl->c.flc_type != F_UNLCK || !on_server(inode))
		return 0;
	if (mutex_lock_killable(&locks->mutex))
		return -ERESTARTSYS;
	want.gaps_only = true;
	err = unc_lock_wire_take(inode, file, &want, &miss);
	tidy(inode);
	mutex_unlock(&locks->mutex);
	if (err != -EAGAIN)
		return min(err, 0);
	/* The server says neither who nor how. */
	fl->c.flc_type = F_WRLCK;
	fl->c.flc_pid = -1;
	return 0;
}

/**
 * unc_lock - fcntl: F_GETLK, F_SETLK, F_SETLKW and those of OFD
 * @file: open file
 * @cmd: one of them
 * @fl: what to lock, unlock or test
 *
 * Context: may sleep; a wait ends with any signal.
 *
 * Return: 0, -EAGAIN, -EDEADLK (between programs of this machine),
 * -ERESTARTSYS, or another -errno.
 */
int unc_lock(struct file *file, int cmd, struct file_lock *fl)
{
	if (cmd == F_GETLK)
		return test(file, fl);
	if (!on_server(file_inode(file)))
		return locks_lock_file_wait(file, fl);
	return fl->c.flc_type == F_UNLCK ? unlock(file, fl) : lock(file, fl);
}

/* Return: F_RDLCK, F_WRLCK, or F_UNLCK if @file has none. */
static int flock_held(struct file *file)
{
	struct file_lock_context *ctx = locks_inode_context(file_inode(file));
	struct file_lock *fl;
	int type = F_UNLCK;

	if (!ctx)
		return type;
	spin_lock(&ctx->flc_lock);
	list_for_each_entry(fl, &ctx->flc_flock, c.flc_list)
		if (fl->c.flc_file == file)
			type = fl->c.flc_type;
	spin_unlock(&ctx->flc_lock);
	return type;
}

/* As flock(2) has it, a conversion lets go of the old lock first. */
static int flock_drop(struct file *file, const struct file_lock *fl)
{
	struct file_lock drop;
	int err;

	locks_init_lock(&drop);
	locks_copy_lock(&drop, (struct file_lock *)fl);
	drop.c.flc_type = F_UNLCK;
	err = local_set(file, &drop);
	locks_release_private(&drop);
	return err;
}

/**
 * unc_flock - flock: the file as a whole
 * @file: open file
 * @cmd: F_SETLK or F_SETLKW
 * @fl: lock or unlock
 *
 * On the server it is a lock of all bytes, as other SMB clients have it.
 *
 * Context: may sleep; a wait ends with any signal.
 *
 * Return: 0, -EAGAIN (EWOULDBLOCK), -ERESTARTSYS, or another -errno.
 */
int unc_flock(struct file *file, int cmd, struct file_lock *fl)
{
	int held, err = 0;

	if (!on_server(file_inode(file)))
		return locks_lock_file_wait(file, fl);
	if (fl->c.flc_type == F_UNLCK)
		return unlock(file, fl);
	held = flock_held(file);
	if (held == fl->c.flc_type)
		return 0;
	if (held != F_UNLCK)
		err = flock_drop(file, fl);
	return err ?: lock(file, fl);
}
