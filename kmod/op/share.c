// SPDX-License-Identifier: GPL-2.0-only
/*
 * A share as a mount or a pipe refers to it.
 */
#include <linux/key.h>
#include <linux/slab.h>
#include <net/net_namespace.h>
#include "share.h"

/**
 * struct unc_share - a share by name, and the tree that serves it now
 * @ref: references
 * @target: how to reach it; owns its strings, key and namespace
 * @reach: serialises reaching it again; taken outside all locks of conn/
 * @lock: protects the fields below
 * @tree: current tree, a use and a reference (unc_why_reach) of it
 * @killed: T after unc_share_kill()
 */
struct unc_share {
	refcount_t		ref;
	struct unc_target	target;
	struct mutex		reach;
	spinlock_t		lock;
	struct unc_tree		*tree;
	bool			killed;
};

static void share_free(struct unc_share *share)
{
	if (share->tree)
		unc_unreach(share->tree);
	key_put(share->target.who.key);
	put_net(share->target.net);
	kfree(share->target.host);
	kfree(share->target.share);
	kfree(share);
}

static struct unc_share *share_alloc(const struct unc_target *target)
{
	struct unc_share *share = kzalloc(sizeof(*share), GFP_KERNEL);

	if (!share)
		return NULL;
	refcount_set(&share->ref, 1);
	mutex_init(&share->reach);
	spin_lock_init(&share->lock);
	share->target = *target;
	share->target.net = get_net(target->net);
	key_get(share->target.who.key);
	share->target.host = kstrdup(target->host, GFP_KERNEL);
	share->target.share = kstrdup(target->share, GFP_KERNEL);
	if (!share->target.host || !share->target.share) {
		share_free(share);
		return NULL;
	}
	return share;
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

	if (!share)
		return ERR_PTR(-ENOMEM);
	tree = unc_reach(&share->target, why);
	if (IS_ERR(tree)) {
		share_free(share);
		return ERR_CAST(tree);
	}
	share->tree = tree;
	return share;
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
	if (refcount_dec_and_test(&share->ref))
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

/* The current tree if it is usable, with a reference (unc_why_io). */
static struct unc_tree *share_current(struct unc_share *share)
{
	struct unc_tree *tree;

	spin_lock(&share->lock);
	if (share->killed)
		tree = ERR_PTR(-EIO);
	else if (share->tree && unc_tree_usable(share->tree))
		tree = unc_tree_get(share->tree, unc_why_io);
	else
		tree = NULL;
	spin_unlock(&share->lock);
	return tree;
}

static int share_reach_again(struct unc_share *share)
{
	struct unc_failure why = {};
	struct unc_tree *tree, *old;

	tree = unc_reach(&share->target, &why);
	if (IS_ERR(tree)) {
		pr_warn_ratelimited("uncfs: //%s/%s cannot be reached: %s: %s (%ld)\n",
				    share->target.host, share->target.share,
				    unc_stage_name(why.stage), why.message,
				    PTR_ERR(tree));
		return PTR_ERR(tree);
	}
	spin_lock(&share->lock);
	old = share->tree;
	share->tree = tree;
	spin_unlock(&share->lock);
	if (old)
		unc_unreach(old);
	return 0;
}

/**
 * unc_share_tree - the tree that serves a share now
 * @share: the share
 *
 * May sleep long, if the connection was lost and the server must be reached
 * again; killable.
 *
 * Return: a tree with a reference (unc_why_io), or ERR_PTR(): -EIO after
 * unc_share_kill(), -ERESTARTSYS, or what unc_reach() returns.
 */
struct unc_tree *unc_share_tree(struct unc_share *share)
{
	struct unc_tree *tree = share_current(share);
	int err;

	if (tree)
		return tree;
	err = mutex_lock_killable(&share->reach);
	if (err)
		return ERR_PTR(-ERESTARTSYS);
	tree = share_current(share);
	if (!tree) {
		err = share_reach_again(share);
		tree = err ? ERR_PTR(err) : share_current(share);
	}
	mutex_unlock(&share->reach);
	return tree ?: ERR_PTR(-EIO);
}

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

	spin_lock(&share->lock);
	share->killed = true;
	tree = share->tree ? unc_tree_get(share->tree, unc_why_share) : NULL;
	spin_unlock(&share->lock);
	if (!tree)
		return;
	unc_tree_kill(tree, -EIO);
	unc_tree_put(tree, unc_why_share);
}
