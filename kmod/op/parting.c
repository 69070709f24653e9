// SPDX-License-Identifier: GPL-2.0-only
/*
 * CLOSE that has time.  A server that has granted a handle lease asks for the
 * handle before it refuses somebody else, so a CLOSE that nobody waits for need
 * not be sent at once: those of a while go many to a message, behind what
 * programs do wait for.
 *
 * They go before anything that could notice: an operation of ours on more than
 * the handle or the name that it makes, the end of a lease, the end of a mount.
 */
#include <linux/ctype.h>
#include <linux/wait_bit.h>
#include "share_inner.h"
#include "verbs.h"

#define WHILE		HZ

static LIST_HEAD(parting);
static unsigned int parting_count;
static DEFINE_SPINLOCK(parting_lock);

static void send_all(struct work_struct *work);
static DECLARE_DELAYED_WORK(parting_work, send_all);

/* Locks end with their handle, and others may be waiting for them. */
static bool has_time(struct unc_open *open)
{
	return open->share && open->path && list_empty(&open->ranges) &&
	       unc_open_usable(open) && open->lease &&
	       unc_open_leased(open, SMB2_LEASE_HANDLE_CACHING);
}

/**
 * unc_parting_add - take over a handle that has to be closed
 * @open: without references
 *
 * May sleep.  Return: F if it has to be closed at once, by the caller.
 */
bool unc_parting_add(struct unc_open *open)
{
	bool now;

	if (!has_time(open))
		return false;
	unc_share_closed(open);
	spin_lock(&parting_lock);
	list_add_tail(&open->link, &parting);
	atomic_inc(&open->tree->parting);
	/* Whoever takes the lease away has not seen it, perhaps. */
	now = ++parting_count >= UNC_CLOSE_PARTS || !has_time(open);
	spin_unlock(&parting_lock);
	if (now)
		mod_delayed_work(unc_req_wq, &parting_work, 0);
	else
		queue_delayed_work(unc_req_wq, &parting_work, WHILE);
	return true;
}

/* Some of one tree: of @tree, or if that is NULL of the first one of @share. */
static unsigned int take_some(const struct unc_tree *tree,
			      const struct unc_share *share,
			      struct unc_open **opens)
{
	struct unc_open *open, *next;
	unsigned int n = 0;

	spin_lock(&parting_lock);
	list_for_each_entry_safe(open, next, &parting, link) {
		if ((tree && open->tree != tree) ||
		    (share && open->share != share))
			continue;
		tree = open->tree;
		list_del_init(&open->link);
		parting_count--;
		opens[n++] = open;
		if (n == UNC_CLOSE_PARTS)
			break;
	}
	spin_unlock(&parting_lock);
	return n;
}

static void send_some(struct unc_open **opens, unsigned int n)
{
	struct unc_tree *tree = unc_tree_get(opens[0]->tree, unc_why_open);

	unc_close_dead(opens, n);
	if (atomic_sub_and_test(n, &tree->parting))
		wake_up_var(&tree->parting);
	unc_tree_put(tree, unc_why_open);
}

static void send_all(struct work_struct *work)
{
	struct unc_open *opens[UNC_CLOSE_PARTS];
	unsigned int n;

	while ((n = take_some(NULL, NULL, opens)))
		send_some(opens, n);
}

/**
 * unc_parting_send - what of a tree waits to be closed goes now
 * @tree: the tree
 *
 * May sleep, not for the server's answers; killable.
 */
void unc_parting_send(struct unc_tree *tree)
{
	struct unc_open *opens[UNC_CLOSE_PARTS];
	unsigned int n;

	while ((n = take_some(tree, NULL, opens)))
		send_some(opens, n);
	/* Somebody else may be about to send the last of them. */
	wait_var_event_killable(&tree->parting, !atomic_read(&tree->parting));
}

/* The same name?  What is not ASCII may be, in another case. */
static bool may_be(const char *path, const char *other)
{
	for (; *path && *other && isascii(*path); path++, other++)
		if (tolower(*path) != tolower(*other))
			return false;
	return *path ? !isascii(*path) : !*other;
}

static bool is_parting(const struct unc_tree *tree, const char *path)
{
	const struct unc_open *open;
	bool found = false;

	spin_lock(&parting_lock);
	list_for_each_entry(open, &parting, link) {
		found = open->tree == tree && may_be(open->path, path);
		if (found)
			break;
	}
	spin_unlock(&parting_lock);
	return found;
}

/**
 * unc_parting_before - before an operation, send what it could notice
 * @op: the operation
 * @tree: where it goes
 *
 * May sleep, not for the server's answers; killable.
 */
void unc_parting_before(const struct unc_op *op, struct unc_tree *tree)
{
	if (!atomic_read(&tree->parting))
		return;
	if (!op->apart || (!op->open && is_parting(tree, op->path)))
		unc_parting_send(tree);
}

/**
 * unc_op_parting_send - what of a share waits to be closed goes now
 * @share: the share, which is used no more
 *
 * Context: may sleep, not for the server's answers.
 */
void unc_op_parting_send(struct unc_share *share)
{
	struct unc_open *opens[UNC_CLOSE_PARTS];
	unsigned int n;

	while ((n = take_some(NULL, share, opens)))
		send_some(opens, n);
}

/**
 * unc_op_parting_exit - nothing parts any more
 *
 * Context: the module is going; may sleep.
 */
void unc_op_parting_exit(void)
{
	flush_delayed_work(&parting_work);
}
