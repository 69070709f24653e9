// SPDX-License-Identifier: GPL-2.0-only
/*
 * lock: byte ranges that are locked on the server, and the list of them that
 * each handle keeps.  Whether a program may have a range is decided above.
 */
#include <linux/slab.h>
#include "verbs.h"

/**
 * struct lock_step - one or two LOCKs in one flight
 * @unlock: range to let go of, if its length is not 0
 * @lock: range to take after that, if its length is not 0
 * @wait: T to wait for @lock as long as it takes
 * @unlocked: what became of @unlock
 */
struct lock_step {
	struct unc_range	unlock;
	struct unc_range	lock;
	bool			wait;
	int			unlocked;
};

static u32 lock_flags(const struct lock_step *step)
{
	u32 flags = step->lock.exclusive ? SMB2_LOCKFLAG_EXCLUSIVE_LOCK :
					   SMB2_LOCKFLAG_SHARED_LOCK;

	return step->wait ? flags : flags | SMB2_LOCKFLAG_FAIL_IMMEDIATELY;
}

static int lock_add(struct unc_op *op, struct unc_req *req,
		    const struct unc_range *range, u32 flags)
{
	struct wire_smb2_lock_element element = {
		.offset = range->offset,
		.length = range->length,
		.flags = flags,
	};
	struct wire_smb2_lock_req args = {
		.fid = unc_open_fid(op->open),
		.count = 1,
		.locks = &element,
	};

	return unc_cmd(req)->lock_add(req, &args, 0);
}

static int lock_issue(struct unc_op *op, struct unc_req *req)
{
	const struct lock_step *step = op->args;
	int err = 0;

	if (step->unlock.length)
		err = lock_add(op, req, &step->unlock, SMB2_LOCKFLAG_UNLOCK);
	if (!err && step->lock.length)
		err = lock_add(op, req, &step->lock, lock_flags(step));
	return err;
}

static int lock_done(struct unc_op *op, struct unc_req *req)
{
	struct lock_step *step = op->result;
	int i = 0;

	if (step->unlock.length)
		step->unlocked = unc_cmd(req)->lock_rsp(&req->parts[i++]);
	return step->lock.length ? unc_cmd(req)->lock_rsp(&req->parts[i]) : 0;
}

/* What it locked went with the handle that was lost, so it can be done again. */
static const struct unc_verb lock_verb = {
	.name		= "lock",
	.room		= 2 * UNC_SMB2_ROOM_LOCK,
	.repeatable	= true,
	.issue		= lock_issue,
	.done		= lock_done,
};

/* Waits for somebody else to let go: ^C sends CANCEL. */
static const struct unc_verb lock_wait_verb = {
	.name		= "lock wait",
	.room		= UNC_SMB2_ROOM_LOCK,
	.repeatable	= true,
	.interruptible	= true,
	.unbounded	= true,
	.issue		= lock_issue,
	.done		= lock_done,
};

static int step_run(struct unc_open *open, struct lock_step *step)
{
	struct unc_op op = {
		.verb = step->wait ? &lock_wait_verb : &lock_verb,
		.open = open,
		.args = step,
		.result = step,
	};

	return unc_op_run(&op);
}

static struct unc_range *range_new(const struct unc_range *range)
{
	struct unc_range *copy = kmemdup(range, sizeof(*range), GFP_KERNEL);

	if (copy)
		copy->seen = true;
	return copy;
}

static void range_keep(struct unc_open *open, struct unc_range *range)
{
	spin_lock(&open->range_lock);
	list_add_tail(&range->link, &open->ranges);
	spin_unlock(&open->range_lock);
}

static void range_forget(struct unc_open *open, const struct unc_range *which)
{
	struct unc_range *range, *found = NULL;

	spin_lock(&open->range_lock);
	list_for_each_entry(range, &open->ranges, link) {
		if (range->offset != which->offset ||
		    range->length != which->length ||
		    range->exclusive != which->exclusive)
			continue;
		found = range;
		list_del(&range->link);
		break;
	}
	spin_unlock(&open->range_lock);
	kfree(found);
}

/*
 * Refused, and surely not taken.  After a signal or without an answer nobody
 * knows: then the range is kept in the list, and let go of like others that
 * nobody wants.
 */
static bool lock_was_refused(int err)
{
	return err && err != -ERESTARTSYS && err != -ETIMEDOUT;
}

/**
 * unc_op_lock - lock a byte range on the server
 * @open: the handle
 * @range: which, how
 * @wait: T to wait until nobody else has it
 *
 * May sleep; killable; interruptible, and without a deadline, if @wait.  The
 * range is in @open->ranges afterwards, unless it was surely refused.
 *
 * Return: 0; -EAGAIN if somebody else has it; -ERESTARTSYS on a signal, or
 * another -errno.
 */
int unc_op_lock(struct unc_open *open, const struct unc_range *range,
		bool wait)
{
	struct lock_step step = { .lock = *range, .wait = wait };
	struct unc_range *kept = range_new(range);
	int err;

	if (!kept)
		return -ENOMEM;
	err = step_run(open, &step);
	if (lock_was_refused(err))
		kfree(kept);
	else
		range_keep(open, kept);
	return err;
}

/**
 * unc_op_unlock - let go of a byte range on the server
 * @open: the handle
 * @range: exactly as it was locked
 *
 * May sleep, killable.  Return: 0 or -errno; what the server does not know or
 * lost with the connection is unlocked.
 */
int unc_op_unlock(struct unc_open *open, const struct unc_range *range)
{
	struct lock_step step = { .unlock = *range };
	int err = step_run(open, &step);

	if (!err && step.unlocked != -ENOLCK)
		err = step.unlocked;
	if (!err || !unc_open_usable(open))
		range_forget(open, range);
	return err;
}

/**
 * unc_op_relock - let go of one range and take another in the same flight
 * @open: the handle
 * @from: exactly as it was locked
 * @to: what to lock, without waiting
 *
 * There is no way to change a lock in place; this keeps the moment in which
 * others may come first short.  May sleep, killable.
 *
 * Return: 0; -EAGAIN if somebody else has @to, and @from is unlocked; or
 * another -errno.
 */
int unc_op_relock(struct unc_open *open, const struct unc_range *from,
		  const struct unc_range *to)
{
	struct lock_step step = { .unlock = *from, .lock = *to };
	struct unc_range *kept = range_new(to);
	int err;

	if (!kept)
		return -ENOMEM;
	err = step_run(open, &step);
	if (err != -ERESTARTSYS && err != -ETIMEDOUT)
		range_forget(open, from);
	if (lock_was_refused(err))
		kfree(kept);
	else
		range_keep(open, kept);
	return err;
}

/* The range with that number, if there are so many. */
static bool range_at(struct unc_open *open, unsigned int index,
		     struct unc_range *copy)
{
	struct unc_range *range;
	bool found = false;

	spin_lock(&open->range_lock);
	list_for_each_entry(range, &open->ranges, link) {
		found = !index--;
		if (!found)
			continue;
		*copy = *range;
		break;
	}
	spin_unlock(&open->range_lock);
	return found;
}

static int retake(struct unc_tree *tree, struct wire_smb2_fid fid,
		  const struct unc_range *range)
{
	struct lock_step step = { .lock = *range };
	struct wire_smb2_lock_element element = {
		.offset = range->offset,
		.length = range->length,
		.flags = lock_flags(&step),
	};
	struct wire_smb2_lock_req args = {
		.fid = fid,
		.count = 1,
		.locks = &element,
	};
	struct unc_req *req;
	int err;

	req = unc_req_new(tree->session->conn, tree->session, tree,
			  UNC_SMB2_ROOM_LOCK);
	if (!req)
		return -ENOMEM;
	err = unc_cmd(req)->lock_add(req, &args, 0);
	if (!err)
		err = unc_req_call(req);
	if (!err && unc_cmd(req)->lock_rsp(&req->parts[0]))
		err = -ENOLCK;
	unc_req_put(req, unc_why_alloc);
	return err;
}

/**
 * unc_locks_retake - lock again what was locked through a lost handle
 * @open: the handle; nobody can use it yet
 * @tree: where it was opened anew
 * @fid: as what
 *
 * May sleep, killable.
 *
 * Return: 0; -ENOLCK if a range could not be had again: then it is the caller's
 * to poison @open; or another -errno if the server was lost again.
 */
int unc_locks_retake(struct unc_open *open, struct unc_tree *tree,
		     struct wire_smb2_fid fid)
{
	struct unc_range range;
	unsigned int i;
	int err = 0;

	for (i = 0; !err && range_at(open, i, &range); i++)
		err = retake(tree, fid, &range);
	return err;
}
