// SPDX-License-Identifier: GPL-2.0-only
/*
 * A share as a mount or a pipe refers to it.
 */
#include <linux/cred.h>
#include <linux/jiffies.h>
#include <linux/key.h>
#include <linux/slab.h>
#include <net/net_namespace.h>
#include "../upcall/upcall.h"
#include "share.h"

/*
 * For so long a user whom the agent or the server turned away is not tried
 * again with the same credential: a domain locks accounts that fail often.
 */
#define RETRY_AGENT_MS	1000
#define RETRY_SERVER_MS	30000

/* A user's session that was of no use for so long is given back. */
#define IDLE_SECONDS	600

/**
 * struct unc_share - a share by name, and the tree that serves it now
 * @ref: references
 * @target: how to reach it; owns its strings, key and namespace
 * @reach: serialises reaching it again; taken outside all locks of conn/
 * @lock: protects the fields below
 * @tree: current tree, a use and a reference (unc_why_reach) of it
 * @used: jiffies when somebody wanted @tree last
 * @killed: T after unc_share_kill()
 * @users: those of a multiuser share, else NULL
 * @personal: T if this is one of these: its key is the caller's
 * @retry: if @error, jiffies at which it may be tried again; by @reach
 * @error: why @personal could not be reached, or 0; by @reach
 */
struct unc_share {
	refcount_t		ref;
	struct unc_target	target;
	struct mutex		reach;
	spinlock_t		lock;
	struct unc_tree		*tree;
	unsigned long		used;
	bool			killed;
	struct unc_share_users	*users;
	bool			personal;
	unsigned long		retry;
	int			error;
};

static void share_free(struct unc_share *share)
{
	unc_share_users_free(share->users);
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
	if (target->multiuser)
		share->users = unc_share_users_new();
	if (!share->target.host || !share->target.share ||
	    (target->multiuser && !share->users)) {
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
	target.who.uid = uid;
	target.who.key = NULL;
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
	share->used = jiffies;
	if (share->killed)
		tree = ERR_PTR(-EIO);
	else if (share->tree && unc_tree_usable(share->tree))
		tree = unc_tree_get(share->tree, unc_why_io);
	else
		tree = NULL;
	spin_unlock(&share->lock);
	return tree;
}

/* The caller's credential, unless it was refused a moment ago. */
static int take_own_key(struct unc_share *share)
{
	struct unc_identity *who = &share->target.who;
	struct key *key = NULL;

	if (who->sec != UNC_SEC_NONE)
		key = unc_credential_find(share->target.host, 0);
	if (IS_ERR(key))
		return PTR_ERR(key);
	/* A session keyring may be what sudo or su left of somebody else's. */
	if (key && !uid_eq(key->uid, current_fsuid())) {
		key_put(key);
		key = NULL;
	}
	if (share->error && time_before(jiffies, share->retry) &&
	    unc_credential_equal(key, who->key)) {
		key_put(key);
		return share->error;
	}
	key_put(who->key);
	who->key = key;
	share->error = 0;
	return 0;
}

/* Who has no credential is not allowed in; that his has ended is worth saying. */
static int own_errno(int err)
{
	return err == -ENOKEY || err == -EKEYREVOKED ? -EACCES : err;
}

static int turned_away(struct unc_share *share, const struct unc_failure *why,
		       int err)
{
	u32 ms = why->stage == UNC_STAGE_SESSION ? RETRY_SERVER_MS :
						   RETRY_AGENT_MS;

	err = own_errno(err);
	if (err == -EACCES || err == -EKEYEXPIRED) {
		share->error = err;
		share->retry = jiffies + msecs_to_jiffies(ms);
	}
	return err;
}

static int share_reach_own(struct unc_share *share, struct unc_tree **tree)
{
	struct unc_failure why = {};
	int err = take_own_key(share);

	if (err)
		return own_errno(err);
	*tree = unc_reach(&share->target, &why);
	if (!IS_ERR(*tree))
		return 0;
	pr_notice_ratelimited("uncfs: //%s/%s: user %u: %s: %s (%ld)\n",
			      share->target.host, share->target.share,
			      from_kuid(&init_user_ns, share->target.who.uid),
			      unc_stage_name(why.stage), why.message,
			      PTR_ERR(*tree));
	return turned_away(share, &why, PTR_ERR(*tree));
}

static int share_reach_common(struct unc_share *share, struct unc_tree **found)
{
	struct unc_failure why = {};
	struct unc_tree *tree = unc_reach(&share->target, &why);

	*found = tree;
	if (IS_ERR(tree)) {
		pr_warn_ratelimited("uncfs: //%s/%s cannot be reached: %s: %s (%ld)\n",
				    share->target.host, share->target.share,
				    unc_stage_name(why.stage), why.message,
				    PTR_ERR(tree));
		return PTR_ERR(tree);
	}
	return 0;
}

static int share_reach_again(struct unc_share *share)
{
	struct unc_tree *tree, *old;
	int err;

	err = share->personal ? share_reach_own(share, &tree) :
				share_reach_common(share, &tree);
	if (err)
		return err;
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
 * again; killable.  Of a multiuser share it is the caller's own, by its fsuid.
 *
 * Return: a tree with a reference (unc_why_io), or ERR_PTR(): -EIO after
 * unc_share_kill(), -ERESTARTSYS, -EACCES for a user without credential, or
 * what unc_reach() returns.
 */
struct unc_tree *unc_share_tree(struct unc_share *share)
{
	struct unc_tree *tree;
	int err;

	if (share->users && !uid_eq(current_fsuid(), share->target.who.uid))
		share = unc_share_of_caller(share->users, share);
	if (!share)
		return ERR_PTR(-ENOMEM);
	tree = share_current(share);
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

	unc_share_users_kill(share->users);
	spin_lock(&share->lock);
	share->killed = true;
	tree = share->tree ? unc_tree_get(share->tree, unc_why_share) : NULL;
	spin_unlock(&share->lock);
	if (!tree)
		return;
	unc_tree_kill(tree, -EIO);
	unc_tree_put(tree, unc_why_share);
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
	    time_after(jiffies, share->used + IDLE_SECONDS * HZ))
		swap(tree, share->tree);
	spin_unlock(&share->lock);
	if (tree)
		unc_unreach(tree);
}
