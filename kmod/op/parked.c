// SPDX-License-Identifier: GPL-2.0-only
/*
 * READs and WRITEs of a share whose server is lost: they wait in a list, with
 * no thread for each, and are sent again when it is back.
 */
#include <linux/sched/signal.h>
#include "share_inner.h"
#include "verbs.h"

#define LOOK_AGAIN	HZ

static void give_up_when(struct unc_io *io, const struct unc_share *share)
{
	unsigned long ms = share->target.policy.timeout_ms;

	if (!io->give_up)
		io->give_up = (jiffies + msecs_to_jiffies(ms)) ?: 1;
}

/**
 * unc_park - keep a READ or WRITE until its share is back
 * @io: not in flight
 *
 * May sleep.
 *
 * Return: 0 and unc_io_unparked() will run; or why the share or the handle will
 * not come back.
 */
int unc_park(struct unc_io *io)
{
	struct unc_open *open = io->open;
	struct unc_share *share = open->share;
	int err = READ_ONCE(open->poisoned);

	if (err)
		return err;
	if (!share || !unc_share_patient(share))
		return -EIO;
	unc_open_get(open, unc_why_io);
	spin_lock(&share->lock);
	err = share->killed ? -EIO : share->refused;
	if (!err) {
		give_up_when(io, share);
		list_add_tail(&io->parked, &share->parked);
		queue_delayed_work(unc_req_wq, &share->look, LOOK_AGAIN);
		share->wanted = true;
	}
	spin_unlock(&share->lock);
	if (err)
		unc_op_close(open, unc_why_io);
	else
		wake_up(&share->thread_wait);
	return err;
}

/* They may be freed as soon as their work is queued. */
static void unpark_all(struct list_head *list)
{
	struct unc_io *io, *tmp;

	list_for_each_entry_safe(io, tmp, list, parked) {
		INIT_WORK(&io->work, unc_io_unparked);
		queue_work(unc_req_wq, &io->work);
	}
}

/**
 * unc_parked_resume - go on with all that waits for a share
 * @share: the share
 * @error: 0 to send it, negative errno to end it
 *
 * Any context.
 */
void unc_parked_resume(struct unc_share *share, int error)
{
	struct unc_io *io;
	LIST_HEAD(list);

	spin_lock(&share->lock);
	list_splice_init(&share->parked, &list);
	spin_unlock(&share->lock);
	list_for_each_entry(io, &list, parked)
		io->result = error;
	unpark_all(&list);
}

static int why_not_wait(const struct unc_share *share, const struct unc_io *io)
{
	bool soft = READ_ONCE(share->target.patience) == UNC_PATIENCE_SOFT;

	if (io->owner && fatal_signal_pending(io->owner))
		return -EINTR;
	if (soft && time_after_eq(jiffies, share->leave ?: io->give_up))
		return -EHOSTDOWN;
	return 0;
}

/* Nobody else is told: the mount, and who wrote, are gone. */
static void log_loss(const struct unc_share *share, size_t lost)
{
	if (READ_ONCE(share->leave) && lost)
		pr_warn("uncfs: //%s/%s: unmounted without its server: %zu bytes that were to be written are lost\n",
			share->target.host, share->target.share, lost);
}

/**
 * unc_parked_look - end what must not wait any longer
 * @work: of a share; runs again by itself while something is parked
 */
void unc_parked_look(struct work_struct *work)
{
	struct unc_share *share = container_of(to_delayed_work(work),
					       struct unc_share, look);
	struct unc_io *io, *tmp;
	size_t lost = 0;
	LIST_HEAD(list);
	int err;

	spin_lock(&share->lock);
	list_for_each_entry_safe(io, tmp, &share->parked, parked) {
		err = why_not_wait(share, io);
		if (!err)
			continue;
		lost += io->write ? io->len : 0;
		io->result = err;
		list_move_tail(&io->parked, &list);
	}
	if (!list_empty(&share->parked))
		queue_delayed_work(unc_req_wq, &share->look, LOOK_AGAIN);
	spin_unlock(&share->lock);
	log_loss(share, lost);
	unpark_all(&list);
}
