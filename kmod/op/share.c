// SPDX-License-Identifier: GPL-2.0-only
/*
 * A share as a mount or a pipe refers to it.
 */
#include <linux/cred.h>
#include <linux/jiffies.h>
#include <linux/key.h>
#include <linux/slab.h>
#include <net/net_namespace.h>
#include "../compat/wait.h"
#include "op.h"
#include "share_inner.h"

/* All shares that have a thread, which is woken when a connection is lost. */
static LIST_HEAD(all_shares);
static DEFINE_SPINLOCK(all_shares_lock);
static struct workqueue_struct *share_wq;

static void share_free(struct unc_share *share)
{
	unc_share_users_free(share->users);
	if (share->thread)
		unc_recover_stop(share);
	cancel_delayed_work_sync(&share->look);
	if (share->tree)
		unc_unreach(share->tree);
	key_put(share->target.who.key);
	put_cred(share->target.cred);
	put_net(share->target.net);
	kfree(share->target.host);
	kfree(share->target.share);
	kfree(share);
}

static void share_free_work(struct work_struct *work)
{
	share_free(container_of(work, struct unc_share, free));
}

static void share_init(struct unc_share *share)
{
	refcount_set(&share->ref, 1);
	mutex_init(&share->reach);
	init_waitqueue_head(&share->thread_wait);
	init_waitqueue_head(&share->wait);
	INIT_LIST_HEAD(&share->link);
	INIT_WORK(&share->free, share_free_work);
	spin_lock_init(&share->lock);
	INIT_LIST_HEAD(&share->opens);
	INIT_LIST_HEAD(&share->parked);
	INIT_DELAYED_WORK(&share->look, unc_parked_look);
}

static struct unc_share *share_alloc(const struct unc_target *target)
{
	struct unc_share *share = kzalloc(sizeof(*share), GFP_KERNEL);

	if (!share)
		return NULL;
	share_init(share);
	share->target = *target;
	share->target.net = get_net(target->net);
	key_get(share->target.who.key);
	get_cred(target->cred);
	share->target.host = kstrdup(target->host, GFP_KERNEL);
	share->target.share = kstrdup(target->share, GFP_KERNEL);
	if (target->multiuser)
		share->users = unc_share_users_new(target->idle_seconds);
	if (!share->target.host || !share->target.share ||
	    (target->multiuser && !share->users)) {
		share_free(share);
		return NULL;
	}
	return share;
}

static int share_make_patient(struct unc_share *share)
{
	int err;

	if (share->target.patience == UNC_PATIENCE_NONE)
		return 0;
	err = unc_recover_start(share);
	if (err)
		return err;
	spin_lock(&all_shares_lock);
	list_add(&share->link, &all_shares);
	spin_unlock(&all_shares_lock);
	return 0;
}

/**
 * unc_share_new - reach a share
 * @target: which, for whom, how; copied
 * @why: filled in on failure
 *
 * May sleep long; killable; each stage has its deadline.
 *
 * Return: the share with one reference, or ERR_PTR() of what unc_reach()
 * returns.
 */
struct unc_share *unc_share_new(const struct unc_target *target,
				struct unc_failure *why)
{
	struct unc_share *share = share_alloc(target);
	struct unc_tree *tree;
	int err;

	if (!share)
		return ERR_PTR(-ENOMEM);
	tree = unc_reach(&share->target, NULL, why);
	if (IS_ERR(tree)) {
		share_free(share);
		return ERR_CAST(tree);
	}
	share->tree = tree;
	err = share_make_patient(share);
	if (err) {
		share_free(share);
		return ERR_PTR(err);
	}
	return share;
}

/**
 * unc_share_personal - a share as another user
 * @share: of whoever mounted it
 * @uid: the user
 *
 * May sleep.  It is reached by the first unc_share_tree(), with the credential
 * that its caller has then.
 *
 * Return: the share with one reference, or NULL.
 */
struct unc_share *unc_share_personal(const struct unc_share *share, kuid_t uid)
{
	struct unc_target target = share->target;
	struct unc_share *mine;

	target.multiuser = false;
	target.patience = UNC_PATIENCE_NONE;
	target.who.uid = uid;
	target.who.key = NULL;
	target.cred = NULL;
	mine = share_alloc(&target);
	if (mine)
		mine->personal = true;
	return mine;
}

/**
 * unc_share_get - take a reference
 * @share: the share
 *
 * Any context.  Return: @share.
 */
struct unc_share *unc_share_get(struct unc_share *share)
{
	refcount_inc(&share->ref);
	return share;
}

/**
 * unc_share_put - drop a reference
 * @share: the share
 *
 * May sleep: the last put says goodbye to the server, for seconds at most.
 */
void unc_share_put(struct unc_share *share)
{
	if (!refcount_dec_and_test(&share->ref))
		return;
	spin_lock(&all_shares_lock);
	list_del_init(&share->link);
	spin_unlock(&all_shares_lock);
	/* The thread, which had the last open file, cannot wait for itself. */
	if (current == share->thread)
		queue_work(share_wq, &share->free);
	else
		share_free(share);
}

/**
 * unc_share_target - how a share is reached
 * @share: the share
 *
 * Return: its target, which lives as long as @share.
 */
const struct unc_target *unc_share_target(const struct unc_share *share)
{
	return &share->target;
}

/**
 * unc_share_patient - does what was open on it come back?
 * @share: the share
 *
 * Any context.  Return: T if a thread brings it back.
 */
bool unc_share_patient(const struct unc_share *share)
{
	return share->thread;
}

/**
 * unc_share_set_patience - change between soft and hard
 * @share: a share with patience
 * @patience: SOFT or HARD; counts for those who wait from now on
 *
 * Any context.
 */
void unc_share_set_patience(struct unc_share *share,
			    enum unc_patience patience)
{
	WRITE_ONCE(share->target.patience, patience);
}

/**
 * unc_share_leave - nobody is left who could stop waiting for a lost server
 * @share: a share that is being unmounted
 *
 * Whatever is still to be written, and a mount that is gone has no umount -f any
 * more: from now on all together wait no longer than one request may take.
 * Those who wrote it have been told by close(), or were killed.
 *
 * Any context.
 */
void unc_share_leave(struct unc_share *share)
{
	unsigned long ms = share->target.policy.timeout_ms;

	spin_lock(&share->lock);
	share->leave = (jiffies + msecs_to_jiffies(ms)) ?: 1;
	spin_unlock(&share->lock);
	unc_share_set_patience(share, UNC_PATIENCE_SOFT);
}

/**
 * unc_share_state - can the tree of a share be used?
 * @share: the share, with its lock held
 *
 * Return: 0, -EAGAIN if it must be reached, or -EIO.
 */
int unc_share_state(struct unc_share *share)
{
	lockdep_assert_held(&share->lock);
	share->used = jiffies;
	if (share->killed)
		return -EIO;
	if (share->recovering || !share->tree || !unc_tree_usable(share->tree))
		return -EAGAIN;
	return 0;
}

/* ---- The tree ---------------------------------------------------------- */

static int open_state(struct unc_open *open)
{
	int poisoned = READ_ONCE(open->poisoned);

	return poisoned ?: unc_open_usable(open) ? 0 : -EAGAIN;
}

/* Who was refused may try again, but not at once. */
static int share_refusal(struct unc_share *share)
{
	lockdep_assert_held(&share->lock);
	if (share->refused && time_before(jiffies, share->next_try))
		return share->refused;
	share->refused = 0;
	return 0;
}

/*
 * The tree of @open, or of the share if it is NULL: usable, with a reference
 * (unc_why_io); ERR_PTR() if there is none to come; NULL to wait for it.
 */
static struct unc_tree *share_poll(struct unc_share *share,
				   struct unc_open *open)
{
	struct unc_tree *tree = NULL;
	int err;

	spin_lock(&share->lock);
	err = unc_share_state(share);
	if (!err && !open)
		tree = unc_tree_get(share->tree, unc_why_io);
	else if (!err)
		err = open_state(open);
	if (!err && open)
		tree = unc_open_tree(open, unc_why_io);
	if (err == -EAGAIN)
		err = share_refusal(share);
	if (!err && !tree)
		share->wanted = true;
	spin_unlock(&share->lock);
	if (!err && !tree)
		wake_up(&share->thread_wait);
	return err ? ERR_PTR(err) : tree;
}

/* How long to wait for a share that is lost, at least a moment. */
static long share_patience(const struct unc_share *share)
{
	unsigned long leave = READ_ONCE(share->leave);

	if (READ_ONCE(share->target.patience) != UNC_PATIENCE_SOFT)
		return MAX_SCHEDULE_TIMEOUT;
	if (leave)
		return max_t(long, leave - jiffies, 1);
	return msecs_to_jiffies(share->target.policy.timeout_ms);
}

static struct unc_tree *share_wait(struct unc_share *share,
				   struct unc_open *open)
{
	struct unc_tree *tree = NULL;
	long left = share_patience(share);

	left = unc_wait_event(share->wait, (tree = share_poll(share, open)),
			      TASK_KILLABLE, left);
	if (left < 0)
		return ERR_PTR(-ERESTARTSYS);
	return left ? tree : ERR_PTR(-EHOSTDOWN);
}

/**
 * unc_share_tree - the tree that serves a share now
 * @share: the share
 *
 * May sleep long, if the connection was lost and the server must be reached
 * again; killable.  Of a multiuser share it is the caller's own, by its fsuid.
 *
 * Return: a tree with a reference (unc_why_io), or ERR_PTR(): -EIO after
 * unc_share_kill(), -ERESTARTSYS, -EHOSTDOWN for want of patience, -EACCES for
 * a user without credential, or what unc_reach() returns.
 */
struct unc_tree *unc_share_tree(struct unc_share *share)
{
	if (share->users && !uid_eq(current_fsuid(), share->target.who.uid))
		share = unc_share_of_caller(share->users, share);
	if (!share)
		return ERR_PTR(-ENOMEM);
	if (!share->thread)
		return unc_share_tree_once(share);
	return share_wait(share, NULL);
}

/**
 * unc_share_tree_of - the tree that a handle is open on
 * @open: the handle
 *
 * As unc_share_tree().  Take the FileId after it, see unc_open_tree().
 *
 * Return: a tree with a reference (unc_why_io), or ERR_PTR(), also of why the
 * handle must not be used.
 */
struct unc_tree *unc_share_tree_of(struct unc_open *open)
{
	int poisoned = READ_ONCE(open->poisoned);

	if (poisoned)
		return ERR_PTR(poisoned);
	if (unc_open_usable(open))
		return unc_open_tree(open, unc_why_io);
	if (!open->share || !open->share->thread)
		return ERR_PTR(-EIO);
	return share_wait(open->share, open);
}

/* ---- Handles ----------------------------------------------------------- */

/**
 * unc_share_opened - a handle is there
 * @share: where; pinned by the handle
 * @open: the handle, complete
 *
 * Any context.
 */
void unc_share_opened(struct unc_share *share, struct unc_open *open)
{
	open->share = unc_share_get(share);
	spin_lock(&share->lock);
	list_add_tail(&open->link, &share->opens);
	spin_unlock(&share->lock);
}

/**
 * unc_share_closed - a handle has no references any more
 * @open: the handle
 *
 * May sleep.
 */
void unc_share_closed(struct unc_open *open)
{
	struct unc_share *share = open->share;

	if (!share)
		return;
	spin_lock(&share->lock);
	list_del_init(&open->link);
	spin_unlock(&share->lock);
}

/* What @path, which is @from or below it, is called afterwards, or NULL. */
static char *renamed(const char *path, const char *from, const char *to)
{
	size_t len = strlen(from);

	if (strncmp(path, from, len) || (path[len] && path[len] != '/'))
		return NULL;
	return kasprintf(GFP_ATOMIC, "%s%s", to, path + len);
}

/**
 * unc_share_renamed - a file or directory has got another name
 * @share: where
 * @from: its path before
 * @to: its path now
 *
 * What is open below it is found by its new name when it has to come back.  A
 * path that cannot be kept up leads to nothing, or to a file of another id.
 *
 * Any context.
 */
void unc_share_renamed(struct unc_share *share, const char *from,
		       const char *to)
{
	struct unc_open *open;
	char *path;

	spin_lock(&share->lock);
	list_for_each_entry(open, &share->opens, link) {
		path = open->path ? renamed(open->path, from, to) : NULL;
		if (!path)
			continue;
		kfree(open->path);
		open->path = path;
	}
	spin_unlock(&share->lock);
}

/* ---- The end ----------------------------------------------------------- */

/**
 * unc_share_kill - give a share up at once (umount -f)
 * @share: the share
 *
 * Does not wait for the network.  Everything under way and everything later
 * fails with -EIO.  Others who use the same tree lose it too, and reach the
 * server again.
 */
void unc_share_kill(struct unc_share *share)
{
	struct unc_tree *tree;

	unc_share_users_kill(share->users);
	spin_lock(&share->lock);
	share->killed = true;
	tree = share->tree ? unc_tree_get(share->tree, unc_why_share) : NULL;
	spin_unlock(&share->lock);
	/* Ends whatever the thread waits for. */
	if (share->thread)
		send_sig(SIGKILL, share->thread, 1);
	wake_up_all(&share->wait);
	if (tree) {
		unc_tree_kill(tree, -EIO);
		unc_tree_put(tree, unc_why_share);
	}
	unc_parked_resume(share, -EIO);
}

/**
 * unc_share_idle - give back what nobody has used for long
 * @share: of one user
 *
 * May sleep: says goodbye to the server, for a few seconds at most.  Nothing
 * under way takes as long as it must have been idle; open files keep it.
 */
void unc_share_idle(struct unc_share *share)
{
	struct unc_tree *tree = NULL;

	spin_lock(&share->lock);
	if (share->tree && !atomic_read(&share->tree->opens) &&
	    time_after(jiffies, share->used +
				(unsigned long)share->target.idle_seconds * HZ))
		swap(tree, share->tree);
	spin_unlock(&share->lock);
	if (tree)
		unc_unreach(tree);
}

static void share_conn_lost(struct unc_conn *conn)
{
	struct unc_share *share;

	spin_lock(&all_shares_lock);
	list_for_each_entry(share, &all_shares, link)
		wake_up(&share->thread_wait);
	spin_unlock(&all_shares_lock);
}

/**
 * unc_share_init - be told of lost connections
 *
 * Return: 0 or -ENOMEM.
 */
int unc_share_init(void)
{
	share_wq = alloc_workqueue("uncfs_share", WQ_UNBOUND, 0);
	if (!share_wq)
		return -ENOMEM;
	unc_conn_lost_event = share_conn_lost;
	return 0;
}

/**
 * unc_share_exit - the opposite of unc_share_init()
 *
 * Context: nothing is mounted.
 */
void unc_share_exit(void)
{
	unc_op_parting_exit();
	destroy_workqueue(share_wq);
	unc_conn_lost_event = NULL;
}
