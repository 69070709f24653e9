// SPDX-License-Identifier: GPL-2.0-only
/*
 * One READ or WRITE of a pipe, and the buffer its data goes through.
 *
 * It lives on its own, so that nobody has to wait for the server when a
 * signal comes or the file is closed: whoever ends last frees it.
 */

#include <linux/mm.h>
#include <linux/slab.h>
#include "../compat/wait.h"
#include "pipe.h"

/**
 * unc_pipe_xfer_put - drop a reference
 * @xfer: the transfer; its memory goes with the last one
 */
void unc_pipe_xfer_put(struct unc_pipe_xfer *xfer)
{
	if (!refcount_dec_and_test(&xfer->ref))
		return;
	unc_pipe_put(xfer->pipe);
	kvfree(xfer->buf);
	kfree(xfer);
}

static void unc_pipe_xfer_done(struct unc_io *io)
{
	struct unc_pipe_xfer *xfer = io->priv;
	struct unc_pipe *pipe = xfer->pipe;

	/* Pairs with unc_pipe_xfer_finished(). */
	smp_store_release(&xfer->finished, true);
	wake_up_poll(&pipe->wait, io->write ? EPOLLOUT | EPOLLWRNORM :
					      EPOLLIN | EPOLLRDNORM | EPOLLHUP);
	unc_pipe_xfer_put(xfer);
}

/**
 * unc_pipe_xfer_new - prepare a transfer
 * @pipe: whose it is; not closed
 * @len: bytes of data
 * @write: T for a WRITE
 *
 * Context: may sleep.
 *
 * Return: the transfer with one reference, or NULL if there is no memory.
 */
struct unc_pipe_xfer *unc_pipe_xfer_new(struct unc_pipe *pipe, size_t len,
					bool write)
{
	struct unc_pipe_xfer *xfer;

	xfer = kzalloc(sizeof(*xfer), GFP_KERNEL_ACCOUNT);
	if (!xfer)
		return NULL;
	xfer->buf = kvmalloc(len, GFP_KERNEL_ACCOUNT);
	if (!xfer->buf) {
		kfree(xfer);
		return NULL;
	}
	refcount_set(&xfer->ref, 1);
	refcount_inc(&pipe->ref);
	xfer->pipe = pipe;
	xfer->vec.iov_base = xfer->buf;
	xfer->vec.iov_len = len;
	iov_iter_kvec(&xfer->io.iter, write ? ITER_SOURCE : ITER_DEST,
		      &xfer->vec, 1, len);
	xfer->io.open = pipe->open;
	xfer->io.len = len;
	xfer->io.write = write;
	xfer->io.unbounded = true;
	xfer->io.done = unc_pipe_xfer_done;
	xfer->io.priv = xfer;
	return xfer;
}

/**
 * unc_pipe_xfer_start - send it
 * @xfer: in its slot, not started yet
 *
 * A failure to send looks like an answer with that error.
 *
 * Context: may sleep.
 */
void unc_pipe_xfer_start(struct unc_pipe_xfer *xfer)
{
	struct unc_io *io = &xfer->io;
	int err;

	refcount_inc(&xfer->ref);	/* the flight's */
	err = io->write ? unc_op_write_start(io) : unc_op_read_start(io);
	if (err) {
		io->result = err;
		unc_pipe_xfer_done(io);
	}
}

/**
 * unc_pipe_xfer_wait - wait for its end, interruptible and freezable
 * @xfer: started; the caller has a reference or holds the slot's lock
 * @timeout: jiffies, or MAX_SCHEDULE_TIMEOUT
 *
 * Return: 0; -ERESTARTSYS on a signal; -ETIMEDOUT.
 */
int unc_pipe_xfer_wait(struct unc_pipe_xfer *xfer, long timeout)
{
	long left;

	left = unc_wait_event(xfer->pipe->wait, unc_pipe_xfer_finished(xfer),
			      TASK_INTERRUPTIBLE, timeout);
	if (left < 0)
		return left;
	return left ? 0 : -ETIMEDOUT;
}

/**
 * unc_pipe_xfer_drop - drop the reference of a slot, and do not care
 * @xfer: taken out of its slot, or NULL; cancelled if still in flight
 */
void unc_pipe_xfer_drop(struct unc_pipe_xfer *xfer)
{
	if (!xfer)
		return;
	if (!unc_pipe_xfer_finished(xfer))
		unc_op_io_cancel(&xfer->io);
	unc_pipe_xfer_put(xfer);
}
