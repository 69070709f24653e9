// SPDX-License-Identifier: GPL-2.0-only
/*
 * The thread of a share, which brings it back when its server was lost: the way
 * to the share first, then the handles, then those who wait.
 *
 * A thread and not work on a queue, because it can be given a signal, which ends
 * whatever it waits for on the way; and it is there from the start, because
 * making one needs memory, which may have to be written back through here.
 */
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include "../wire/ntstatus.h"
#include "op.h"
#include "share_inner.h"

#define TRY_FIRST	(HZ / 10)	/* between attempts, doubled each time */
#define TRY_LAST	(2 * HZ)
#define TRY_REFUSED	(10 * HZ)	/* lest accounts get locked */

static bool is_killed(struct unc_share *share)
{
	return READ_ONCE(share->killed) || kthread_should_stop();
}

/* Nobody may be waiting, but handles are kept by servers for a while only. */
static bool is_needed(struct unc_share *share)
{
	bool needed;

	spin_lock(&share->lock);
	needed = share->wanted ||
		 (!share->refused && !list_empty(&share->opens) &&
		  !unc_tree_usable(share->tree));
	spin_unlock(&share->lock);
	return needed;
}

/* Whoever was asked is as lost as the server may be, or has too much to do. */
static bool is_outage(int err)
{
	switch (err) {
	case -EAGAIN:
	case -EHOSTDOWN:
	case -EHOSTUNREACH:
	case -ENETUNREACH:
	case -ENOMEM:
	case -ETIMEDOUT:
		return true;
	default:
		return false;
	}
}

/*
 * Is it the server's or the agent's last word, so that trying again at once is
 * of no use?  What was lost on the way is not, nor what a server says that is not
 * ready yet, nor a KDC that does not answer.
 */
static bool is_refusal(const struct unc_failure *why, int err)
{
	switch (why->stage) {
	case UNC_STAGE_AGENT:
		/* Of the credential; an agent that is missing comes back. */
		return err == -EKEYREVOKED || err == -EKEYEXPIRED ||
		       err == -ENOKEY;
	case UNC_STAGE_MECHANISM:
	case UNC_STAGE_KDC:
		return !is_outage(err);
	case UNC_STAGE_NEGOTIATE:
		return err == -EPROTONOSUPPORT || err == -EOPNOTSUPP;
	case UNC_STAGE_SESSION:
	case UNC_STAGE_TREE:
		return why->ntstatus && !wire_ntstatus_passes(why->ntstatus);
	default:
		return false;
	}
}

/**
 * struct outage - a share is lost
 * @share: which
 * @stage: what failed last, and was said in the log; nothing is said twice
 */
struct outage {
	struct unc_share	*share;
	enum unc_stage		stage;
};

static void log_failure(struct outage *outage, const struct unc_failure *why,
			int err)
{
	const struct unc_target *target = &outage->share->target;

	if (outage->stage == why->stage)
		return;
	outage->stage = why->stage;
	pr_warn("uncfs: //%s/%s cannot be reached: %s: %s (%d)\n",
		target->host, target->share, unc_stage_name(why->stage),
		why->message, err);
}

static void be_refused(struct unc_share *share, int err)
{
	spin_lock(&share->lock);
	share->refused = err;
	share->next_try = jiffies + TRY_REFUSED;
	share->wanted = false;
	share->recovering = false;
	spin_unlock(&share->lock);
	wake_up_all(&share->wait);
	unc_parked_resume(share, err);
}

/* Return: 0; -EAGAIN to try again; or -errno when it was refused. */
static int get_tree(struct outage *outage)
{
	struct unc_share *share = outage->share;
	struct unc_failure why = {};
	struct unc_tree *tree, *old;
	int err;

	if (unc_tree_usable(share->tree))
		return 0;
	unc_share_key_again(share);
	tree = unc_reach(&share->target, share->tree, &why);
	if (IS_ERR(tree)) {
		err = PTR_ERR(tree);
		if (is_killed(share))
			return -EAGAIN;
		log_failure(outage, &why, err);
		return is_refusal(&why, err) ? err : -EAGAIN;
	}
	spin_lock(&share->lock);
	old = share->tree;
	share->tree = tree;
	spin_unlock(&share->lock);
	unc_unreach(old);
	return 0;
}

/* A handle that has to come back, with a reference (unc_why_share), or NULL. */
static struct unc_open *next_open(struct unc_share *share)
{
	struct unc_open *open, *found = NULL;

	spin_lock(&share->lock);
	list_for_each_entry(open, &share->opens, link) {
		if (READ_ONCE(open->poisoned) || unc_open_usable(open) ||
		    !refcount_inc_not_zero(&open->ref))
			continue;
		trace_unc_ref('O', open->volatile_id,
			      refcount_read(&open->ref), unc_why_share);
		found = open;
		/* Those that are done gather at the end. */
		list_move_tail(&open->link, &share->opens);
		break;
	}
	spin_unlock(&share->lock);
	return found;
}

/* Return: 0 when all are back or poisoned, -EAGAIN if the server is lost. */
static int get_opens(struct unc_share *share)
{
	struct unc_open *open;
	int err = 0;

	while (!err && (open = next_open(share))) {
		err = unc_reopen(share, share->tree, open);
		unc_op_close(open, unc_why_share);
	}
	return err;
}

static void be_back(const struct outage *outage)
{
	struct unc_share *share = outage->share;

	if (outage->stage != UNC_STAGE_NONE)
		pr_info("uncfs: //%s/%s is back\n", share->target.host,
			share->target.share);
	spin_lock(&share->lock);
	share->recovering = false;
	share->wanted = false;
	share->refused = 0;
	spin_unlock(&share->lock);
	wake_up_all(&share->wait);
	unc_parked_resume(share, 0);
}

static void recover(struct unc_share *share)
{
	struct outage outage = { .share = share };
	ktime_t since = ktime_get();
	long delay = TRY_FIRST;
	u32 attempt = 0;
	int err;

	spin_lock(&share->lock);
	share->recovering = true;
	spin_unlock(&share->lock);
	while (!is_killed(share)) {
		err = get_tree(&outage);
		if (!err)
			err = get_opens(share);
		trace_unc_reconnect(share->target.share, ++attempt,
				    ktime_ms_delta(ktime_get(), since), err);
		if (!err)
			return be_back(&outage);
		if (err != -EAGAIN)
			return be_refused(share, err);
		wait_event_interruptible_timeout(share->thread_wait,
						 is_killed(share), delay);
		delay = min_t(long, 2 * delay, TRY_LAST);
	}
}

static int recover_thread(void *data)
{
	struct unc_share *share = data;
	unsigned int noio = memalloc_noio_save();

	allow_signal(SIGKILL);
	while (!is_killed(share)) {
		wait_event_interruptible(share->thread_wait,
					 is_killed(share) || is_needed(share));
		if (!is_killed(share))
			recover(share);
	}
	memalloc_noio_restore(noio);
	while (!kthread_should_stop()) {
		set_current_state(TASK_IDLE);
		if (!kthread_should_stop())
			schedule();
		__set_current_state(TASK_RUNNING);
	}
	return 0;
}

/**
 * unc_recover_start - give a share its thread
 * @share: the share
 *
 * May sleep.  Return: 0 or -errno.
 */
int unc_recover_start(struct unc_share *share)
{
	struct task_struct *task;

	task = kthread_create(recover_thread, share, "uncfs/%s",
			      share->target.share);
	if (IS_ERR(task))
		return PTR_ERR(task);
	share->thread = get_task_struct(task);
	wake_up_process(task);
	return 0;
}

/**
 * unc_recover_stop - end the thread of a share
 * @share: the share, without references
 *
 * May sleep, not for the network.
 */
void unc_recover_stop(struct unc_share *share)
{
	send_sig(SIGKILL, share->thread, 1);
	kthread_stop(share->thread);
	put_task_struct(share->thread);
}
