// SPDX-License-Identifier: GPL-2.0-only
/*
 * Opening a pipe of which all instances may be in use: WAIT ([MS-FSCC]
 * FSCTL_PIPE_WAIT) until one is free, and try again.
 */

#include <linux/jiffies.h>
#include <linux/minmax.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include "../op/pipe.h"
#include "pipe.h"

/* One WAIT lasts so long at most: an answer must come in a request's time. */
#define UNC_PIPE_WAIT_MS	5000U
/* Where the server knows no WAIT, the pipe is tried again after this time. */
#define UNC_PIPE_RETRY_MS	100U

static int unc_pipe_retry_later(unsigned int left_ms)
{
	unsigned int pause = min(left_ms, UNC_PIPE_RETRY_MS);

	schedule_timeout_killable(msecs_to_jiffies(pause));
	return fatal_signal_pending(current) ? -EINTR : 0;
}

/* Zero: worth trying again. */
static int unc_pipe_wait_free(struct unc_share *share, const char *name,
			      unsigned int left_ms)
{
	int err;

	err = unc_op_pipe_wait(share, name, min(left_ms, UNC_PIPE_WAIT_MS));
	if (err == -EOPNOTSUPP || err == -EINVAL)
		return unc_pipe_retry_later(left_ms);
	return err == -ETIMEDOUT ? 0 : err;
}

/**
 * unc_pipe_open_busy - open a pipe, waiting for a free instance
 * @share: of type pipe
 * @name: of the pipe, UTF-8
 * @args: how to open
 * @wait_ms: how long to wait, 0 not to
 * @open: on success the handle, with one reference (unc_why_open)
 *
 * Context: may sleep that long; killable.
 *
 * Return: 0; -EBUSY when no instance was free in time; as unc_op_open() and
 * unc_op_pipe_wait().
 */
int unc_pipe_open_busy(struct unc_share *share, const char *name,
		       const struct unc_open_args *args, unsigned int wait_ms,
		       struct unc_open **open)
{
	unsigned long end = jiffies + msecs_to_jiffies(wait_ms);
	long left;
	int err;

	for (;;) {
		err = unc_op_open(share, name, args, open, NULL, NULL);
		left = end - jiffies;
		if (err != -EBUSY || left <= 0)
			return err;
		err = unc_pipe_wait_free(share, name, jiffies_to_msecs(left));
		if (err)
			return err;
	}
}
