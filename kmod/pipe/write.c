// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writing into a pipe.
 *
 * One write() is one WRITE, because the server may take each for a message.
 * Without O_NONBLOCK it returns when the server has answered; with it the
 * WRITE goes on alone, the next write() gives -EAGAIN until it has ended, and
 * tells its error if it had one.
 */

#include <linux/sched/signal.h>
#include "pipe.h"

static void unc_pipe_tx_set(struct unc_pipe *pipe, struct unc_pipe_xfer *tx)
{
	spin_lock(&pipe->lock);
	pipe->tx = tx;
	spin_unlock(&pipe->lock);
}

/* Take a finished WRITE out of the slot; its result. */
static ssize_t unc_pipe_tx_result(struct unc_pipe *pipe)
{
	struct unc_pipe_xfer *tx = pipe->tx;
	ssize_t result = tx->io.result;

	unc_pipe_tx_set(pipe, NULL);
	unc_pipe_xfer_put(tx);
	return result;
}

/*
 * A signal came.  Only the server knows whether it still took the data, so
 * wait for its word, but not for ever.
 */
static ssize_t unc_pipe_tx_cancel(struct unc_pipe *pipe)
{
	struct unc_pipe_xfer *tx = pipe->tx;
	long timeout = msecs_to_jiffies(UNC_PIPE_CANCEL_MS);
	ssize_t result;

	unc_op_io_cancel(&tx->io);
	wait_event_killable_timeout(pipe->wait, unc_pipe_xfer_finished(tx),
				    timeout);
	if (!unc_pipe_xfer_finished(tx))
		return -EINTR;
	result = unc_pipe_tx_result(pipe);
	return result == -ECANCELED || result == -EINTR ? -ERESTARTSYS : result;
}

/* Make the slot free: wait for a WRITE that went alone, tell its error. */
static int unc_pipe_tx_free(struct unc_pipe *pipe, bool nowait)
{
	struct unc_pipe_xfer *tx = pipe->tx;
	ssize_t result, len;
	int err;

	if (!tx)
		return 0;
	if (nowait && !unc_pipe_xfer_finished(tx))
		return -EAGAIN;
	err = unc_pipe_xfer_wait(tx, MAX_SCHEDULE_TIMEOUT);
	if (err)
		return err;
	len = tx->io.len;
	result = unc_pipe_tx_result(pipe);
	if (result < 0)
		return result;
	return result < len ? -EIO : 0;
}

static struct unc_pipe_xfer *unc_pipe_tx_new(struct unc_pipe *pipe,
					     struct iov_iter *from)
{
	struct unc_pipe_xfer *tx;
	size_t len;

	len = min3(iov_iter_count(from), unc_op_io_max(pipe->open, true),
		   (size_t)UNC_PIPE_WRITE_MAX);
	tx = unc_pipe_xfer_new(pipe, len, true);
	if (!tx)
		return ERR_PTR(-ENOMEM);
	if (READ_ONCE(pipe->message) && len < iov_iter_count(from)) {
		unc_pipe_xfer_put(tx);
		return ERR_PTR(-EMSGSIZE);
	}
	if (!copy_from_iter_full(tx->buf, len, from)) {
		unc_pipe_xfer_put(tx);
		return ERR_PTR(-EFAULT);
	}
	return tx;
}

/**
 * unc_pipe_write_locked - write one message
 * @pipe: the pipe; the caller holds write_lock
 * @from: the message, not empty
 * @nowait: T for O_NONBLOCK
 *
 * Context, return: as unc_pipe_write().
 */
ssize_t unc_pipe_write_locked(struct unc_pipe *pipe, struct iov_iter *from,
			      bool nowait)
{
	struct unc_pipe_xfer *tx;
	int err;

	err = unc_pipe_tx_free(pipe, nowait);
	if (err)
		return err;
	tx = unc_pipe_tx_new(pipe, from);
	if (IS_ERR(tx))
		return PTR_ERR(tx);
	unc_pipe_tx_set(pipe, tx);
	unc_pipe_xfer_start(tx);
	if (nowait && !unc_pipe_xfer_finished(tx))
		return tx->io.len;
	err = unc_pipe_xfer_wait(tx, MAX_SCHEDULE_TIMEOUT);
	return err ? unc_pipe_tx_cancel(pipe) : unc_pipe_tx_result(pipe);
}

/**
 * unc_pipe_write - write(2)
 * @pipe: the pipe
 * @from: one message
 * @nowait: T for O_NONBLOCK
 *
 * Sends SIGPIPE along with -EPIPE, as local pipes do.
 *
 * Context: may sleep long, interruptible.
 *
 * Return: bytes, fewer than asked for if more than one WRITE carries; -EPIPE
 * when the server has closed its end or the connection was lost; -EMSGSIZE in
 * message mode for more than one WRITE carries; -EAGAIN; -ERESTARTSYS if nothing was
 * written; -EINTR if that is not known; -EFAULT; -ENOMEM; or why it failed.
 */
ssize_t unc_pipe_write(struct unc_pipe *pipe, struct iov_iter *from,
		       bool nowait)
{
	ssize_t ret;

	if (!iov_iter_count(from))
		return 0;
	ret = unc_pipe_lock(&pipe->write_lock, nowait);
	if (ret)
		return ret;
	ret = unc_pipe_write_locked(pipe, from, nowait);
	mutex_unlock(&pipe->write_lock);
	if (ret < 0 && ret != -EAGAIN && unc_pipe_lost(pipe))
		ret = -EPIPE;
	if (ret == -EPIPE)
		send_sig(SIGPIPE, current, 0);
	return ret;
}
