// SPDX-License-Identifier: GPL-2.0-only
/*
 * The pipe object: from opening to closing, and poll.
 */

#include <linux/slab.h>
#include "../wire/smb2_create.h"
#include "pipe.h"

/* What reading, writing and the control codes need, and nothing more. */
static u32 unc_pipe_access(fmode_t mode)
{
	u32 access = SMB2_FILE_READ_ATTRIBUTES | SMB2_SYNCHRONIZE;

	if (mode & FMODE_READ)
		access |= SMB2_FILE_READ_DATA;
	if (mode & FMODE_WRITE)
		access |= SMB2_FILE_WRITE_DATA;
	return access;
}

static struct unc_pipe *unc_pipe_new(void)
{
	struct unc_pipe *pipe = kzalloc(sizeof(*pipe), GFP_KERNEL_ACCOUNT);

	if (!pipe)
		return NULL;
	refcount_set(&pipe->ref, 1);
	mutex_init(&pipe->read_lock);
	mutex_init(&pipe->write_lock);
	spin_lock_init(&pipe->lock);
	init_waitqueue_head(&pipe->wait);
	INIT_WORK(&pipe->ask, unc_pipe_ask);
	return pipe;
}

/**
 * unc_pipe_open - open a pipe on a share of type pipe
 * @share: the share; the pipe takes a reference of its own
 * @name: name of the pipe, UTF-8, not empty
 * @mode: FMODE_READ, FMODE_WRITE
 * @wait_ms: how long to wait for a free instance of it
 *
 * Context: may sleep that long; killable.  [MS-SMB2] 3.2.4.3.
 *
 * Return: the pipe, to be given to unc_pipe_close(); or ERR_PTR of -ENOMEM or
 * of what unc_op_open() says, -ENOENT if the server has no such pipe, -EBUSY if
 * all its instances are in use.
 */
struct unc_pipe *unc_pipe_open(struct unc_share *share, const char *name,
			       fmode_t mode, unsigned int wait_ms)
{
	const struct unc_open_args args = {
		.access		= unc_pipe_access(mode),
		.disposition	= SMB2_FILE_OPEN,
		.options	= SMB2_FILE_NON_DIRECTORY_FILE,
	};
	struct unc_pipe *pipe = unc_pipe_new();
	int err;

	if (!pipe)
		return ERR_PTR(-ENOMEM);
	err = unc_pipe_open_busy(share, name, &args, wait_ms, &pipe->open);
	if (err) {
		unc_pipe_put(pipe);
		return ERR_PTR(err);
	}
	pipe->share = unc_share_get(share);
	pipe->readable = mode & FMODE_READ;
	return pipe;
}

/**
 * unc_pipe_lost - is the way to the server gone?
 * @pipe: the pipe
 *
 * A pipe is a conversation: when its connection is lost it is over, and is
 * never opened again behind its user's back.
 *
 * Context: any.
 */
bool unc_pipe_lost(const struct unc_pipe *pipe)
{
	return !unc_open_usable(pipe->open);
}

/**
 * unc_pipe_put - drop a reference to the memory
 * @pipe: the pipe
 */
void unc_pipe_put(struct unc_pipe *pipe)
{
	if (refcount_dec_and_test(&pipe->ref))
		kfree(pipe);
}

/**
 * unc_pipe_close - the file is gone
 * @pipe: the pipe, or NULL; nobody reads, writes or polls any more
 *
 * Takes the handle back and drops the caller's reference.  Does not wait for
 * what is in flight: that is cancelled and frees itself.
 *
 * Context: may sleep.
 */
void unc_pipe_close(struct unc_pipe *pipe)
{
	struct unc_pipe_xfer *rx, *tx;

	if (!pipe)
		return;
	cancel_work_sync(&pipe->ask);
	spin_lock(&pipe->lock);
	rx = pipe->rx;
	tx = pipe->tx;
	pipe->rx = NULL;
	pipe->tx = NULL;
	spin_unlock(&pipe->lock);
	unc_pipe_xfer_drop(rx);
	unc_pipe_xfer_drop(tx);
	unc_op_close(pipe->open, unc_why_open);
	unc_share_put(pipe->share);
	unc_pipe_put(pipe);
}

/**
 * unc_pipe_lock - take the lock of one direction
 * @lock: read_lock or write_lock
 * @nowait: T to fail rather than wait
 *
 * Return: 0, -EAGAIN, or -ERESTARTSYS on a signal.
 */
int unc_pipe_lock(struct mutex *lock, bool nowait)
{
	if (nowait)
		return mutex_trylock(lock) ? 0 : -EAGAIN;
	return mutex_lock_interruptible(lock) ? -ERESTARTSYS : 0;
}

/* What is true now.  *ask: only a READ can tell whether there is data. */
static __poll_t unc_pipe_events(struct unc_pipe *pipe, bool *ask)
{
	__poll_t events = 0;

	spin_lock(&pipe->lock);
	if (pipe->ended)
		events |= EPOLLIN | EPOLLRDNORM | EPOLLHUP;
	else if (!pipe->rx)
		*ask = true;
	else if (unc_pipe_xfer_finished(pipe->rx))
		events |= EPOLLIN | EPOLLRDNORM;
	if (!pipe->tx || unc_pipe_xfer_finished(pipe->tx))
		events |= EPOLLOUT | EPOLLWRNORM;
	spin_unlock(&pipe->lock);
	if (unc_pipe_lost(pipe))
		events |= EPOLLIN | EPOLLRDNORM | EPOLLHUP | EPOLLERR;
	return events;
}

/**
 * unc_pipe_poll - what can be done without waiting
 * @pipe: the pipe
 * @file: the file that is polled
 * @table: of the poll
 *
 * Somebody who wants to know of data has a READ sent ahead: SMB has no other
 * way to be told.  What it brings is kept for read().
 *
 * Context: does not wait for the network.
 *
 * Return: EPOLL* events.
 */
__poll_t unc_pipe_poll(struct unc_pipe *pipe, struct file *file,
		       poll_table *table)
{
	bool ask = false;
	__poll_t events;

	poll_wait(file, &pipe->wait, table);
	events = unc_pipe_events(pipe, &ask);
	if (ask && pipe->readable &&
	    poll_requested_events(table) & (EPOLLIN | EPOLLRDNORM))
		queue_work(system_unbound_wq, &pipe->ask);
	return events;
}
