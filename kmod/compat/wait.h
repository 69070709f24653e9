/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Waiting in a given task state with a deadline: <linux/wait.h> has each of
 * killable, freezable and timeout, but not the three together.
 */
#ifndef _UNC_COMPAT_WAIT_H
#define _UNC_COMPAT_WAIT_H

#include <linux/sched/signal.h>
#include <linux/wait.h>

/**
 * unc_wait_event - wait for a condition, a signal or a deadline
 * @wq_head: what the waker wakes
 * @condition: C expression, evaluated again after each wake-up
 * @state: TASK_KILLABLE or TASK_INTERRUPTIBLE; the wait is freezable
 * @timeout: jiffies, MAX_SCHEDULE_TIMEOUT for none
 *
 * Return: jiffies left, at least 1, if @condition came true; 0 at the
 * deadline; -ERESTARTSYS on a signal.
 */
#define unc_wait_event(wq_head, condition, state, timeout)		\
({									\
	long __ret = (timeout);						\
									\
	might_sleep();							\
	if (!___wait_cond_timeout(condition))				\
		__ret = ___wait_event(wq_head,				\
				      ___wait_cond_timeout(condition),	\
				      ((state) | TASK_FREEZABLE), 0,	\
				      timeout,				\
				      __ret = schedule_timeout(__ret));	\
	__ret;								\
})

#endif /* _UNC_COMPAT_WAIT_H */
