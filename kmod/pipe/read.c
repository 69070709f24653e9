// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reading from a pipe.
 *
 * A READ takes what it brings away from the server, so one that nobody waits
 * for any more (a signal, poll) is not cancelled: it stays in its slot, and
 * the next reader finds the data there.
 */

#include "pipe.h"

static struct unc_pipe_xfer *unc_pipe_rx_new(struct unc_pipe *pipe)
{
	size_t len = unc_op_io_max(pipe->open, false);

	return unc_pipe_xfer_new(pipe, min_t(size_t, len, UNC_PIPE_READ_MAX),
				 false);
}

/* Fill the slot if it may be filled; what is in it then, with a reference. */
static struct unc_pipe_xfer *unc_pipe_rx_get(struct unc_pipe *pipe,
					     struct unc_pipe_xfer *fresh)
{
	struct unc_pipe_xfer *rx;

	spin_lock(&pipe->lock);
	if (!pipe->rx && !pipe->ended && fresh)
		pipe->rx = fresh;
	rx = pipe->rx;
	if (rx)
		refcount_inc(&rx->ref);
	spin_unlock(&pipe->lock);
	return rx;
}

/*
 * The READ in the slot, started if there was none, with a reference; NULL at
 * the end of the pipe.
 */
static struct unc_pipe_xfer *unc_pipe_rx(struct unc_pipe *pipe)
{
	struct unc_pipe_xfer *rx = unc_pipe_rx_get(pipe, NULL);
	struct unc_pipe_xfer *fresh;

	if (rx || READ_ONCE(pipe->ended))
		return rx;
	fresh = unc_pipe_rx_new(pipe);
	if (!fresh)
		return ERR_PTR(-ENOMEM);
	rx = unc_pipe_rx_get(pipe, fresh);
	if (rx == fresh)
		unc_pipe_xfer_start(fresh);
	else
		unc_pipe_xfer_put(fresh);
	return rx;
}

/**
 * unc_pipe_ask - send a READ if there is none
 * @work: of the pipe
 *
 * Context: workqueue.
 */
void unc_pipe_ask(struct work_struct *work)
{
	struct unc_pipe *pipe = container_of(work, struct unc_pipe, ask);
	struct unc_pipe_xfer *rx = unc_pipe_rx(pipe);

	if (IS_ERR(rx))		/* whoever polls may try again */
		wake_up_poll(&pipe->wait, EPOLLIN | EPOLLRDNORM);
	else if (rx)
		unc_pipe_xfer_put(rx);
}

/* Empty the slot; the server closed its end if @ended. */
static void unc_pipe_rx_clear(struct unc_pipe *pipe, bool ended)
{
	struct unc_pipe_xfer *rx;

	spin_lock(&pipe->lock);
	rx = pipe->rx;
	pipe->rx = NULL;
	pipe->ended |= ended;
	spin_unlock(&pipe->lock);
	unc_pipe_xfer_drop(rx);
}

/* A READ that brought no data: the end, an empty message or an error. */
static int unc_pipe_read_end(struct unc_pipe *pipe, ssize_t result)
{
	bool lost = unc_pipe_lost(pipe);
	bool ended = result == -EPIPE && !lost;

	unc_pipe_rx_clear(pipe, ended);
	if (lost)
		return -EPIPE;
	return ended ? 0 : result;
}

static int unc_pipe_fill_nowait(struct unc_pipe *pipe)
{
	struct unc_pipe_xfer *rx;
	bool finished = false;
	bool ended;

	spin_lock(&pipe->lock);
	rx = pipe->rx;
	if (rx)
		finished = unc_pipe_xfer_finished(rx);
	ended = pipe->ended;
	spin_unlock(&pipe->lock);
	if (ended)
		return 0;
	if (!rx)
		queue_work(system_unbound_wq, &pipe->ask);
	if (!finished)
		return -EAGAIN;
	/* The slot cannot change: read_lock is held. */
	return rx->io.result > 0 ? 1 : unc_pipe_read_end(pipe, rx->io.result);
}

/**
 * unc_pipe_fill - have data in the slot
 * @pipe: the pipe; the caller holds read_lock
 * @nowait: T to fail rather than wait
 *
 * Context: may sleep long, interruptible.
 *
 * Return: 1 if there is data, 0 at the end (or for an empty message), -EPIPE
 * when the connection was lost, -EAGAIN, -ERESTARTSYS, -ENOMEM, or why the READ failed.
 */
int unc_pipe_fill(struct unc_pipe *pipe, bool nowait)
{
	struct unc_pipe_xfer *rx;
	ssize_t result;
	int err;

	if (nowait)
		return unc_pipe_fill_nowait(pipe);
	rx = unc_pipe_rx(pipe);
	if (IS_ERR_OR_NULL(rx))
		return PTR_ERR(rx);
	err = unc_pipe_xfer_wait(rx, MAX_SCHEDULE_TIMEOUT);
	result = rx->io.result;
	unc_pipe_xfer_put(rx);
	if (err)
		return err;
	return result > 0 ? 1 : unc_pipe_read_end(pipe, result);
}

/**
 * unc_pipe_take - give a reader what is in the slot
 * @pipe: the pipe; the caller holds read_lock and unc_pipe_fill() gave 1
 * @to: where to
 *
 * What does not fit stays for the next reader.
 *
 * Return: bytes, or -EFAULT.
 */
ssize_t unc_pipe_take(struct unc_pipe *pipe, struct iov_iter *to)
{
	struct unc_pipe_xfer *rx = pipe->rx;
	size_t left = rx->io.result - rx->taken;
	size_t n = copy_to_iter(rx->buf + rx->taken, left, to);

	if (!n)
		return -EFAULT;
	rx->taken += n;
	pipe->more = n < left || rx->io.more;
	if (n == left)
		unc_pipe_rx_clear(pipe, false);
	return n;
}

/*
 * A message is longer than what one READ brought, and there is room for more
 * of it: the server has the rest at hand.
 */
static ssize_t unc_pipe_read_on(struct unc_pipe *pipe, struct iov_iter *to,
				ssize_t got)
{
	ssize_t ret;

	while (pipe->more && iov_iter_count(to)) {
		ret = unc_pipe_fill(pipe, false);
		if (ret > 0)
			ret = unc_pipe_take(pipe, to);
		if (ret <= 0)	/* what came is not lost for that */
			break;
		got += ret;
	}
	return got;
}

/**
 * unc_pipe_read - read(2)
 * @pipe: the pipe
 * @to: where to
 * @nowait: T for O_NONBLOCK
 * @more: set when bytes are returned: T if the message goes on; or NULL
 *
 * In message mode a message comes as a whole if there is room; with @nowait
 * it may come in parts all the same.
 *
 * Context: may sleep long, interruptible.
 *
 * Return: bytes; 0 once the server has closed its end and everything was
 * read; -EPIPE when the connection was lost; -EAGAIN; -ERESTARTSYS; -EFAULT;
 * or why the READ failed.
 */
ssize_t unc_pipe_read(struct unc_pipe *pipe, struct iov_iter *to, bool nowait,
		      bool *more)
{
	ssize_t ret;

	if (!iov_iter_count(to))
		return 0;
	ret = unc_pipe_lock(&pipe->read_lock, nowait);
	if (ret)
		return ret;
	ret = unc_pipe_fill(pipe, nowait);
	if (ret > 0)
		ret = unc_pipe_take(pipe, to);
	if (ret > 0 && READ_ONCE(pipe->message) && !nowait)
		ret = unc_pipe_read_on(pipe, to, ret);
	if (more)
		*more = pipe->more;
	mutex_unlock(&pipe->read_lock);
	return ret;
}
