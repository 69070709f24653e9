// SPDX-License-Identifier: GPL-2.0-only
/*
 * Shares without patience: those of pipes, and those of the users of a multiuser
 * mount.  Who needs one that was lost reaches it again, and what was open on it
 * is lost.
 */
#include <linux/cred.h>
#include <linux/jiffies.h>
#include <linux/key.h>
#include <linux/nsproxy.h>
#include "../upcall/upcall.h"
#include "share_inner.h"

/*
 * For so long a user whom the agent or the server turned away is not tried
 * again with the same credential: a domain locks accounts that fail often.
 */
#define RETRY_AGENT_MS	1000
#define RETRY_SERVER_MS	30000

/* The caller's credential, unless it was refused a moment ago. */
static int take_own_key(struct unc_share *share)
{
	struct unc_identity *who = &share->target.who;
	struct key *key = NULL;

	if (who->sec != UNC_SEC_NONE)
		key = unc_credential_find(current->nsproxy->net_ns,
					  share->target.host, 0);
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
	*tree = unc_reach(&share->target, NULL, &why);
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
	struct unc_tree *tree;

	unc_share_key_again(share);
	tree = unc_reach(&share->target, share->tree, &why);
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

/* The tree if it can be used, with a reference (unc_why_io); else NULL. */
static struct unc_tree *share_current(struct unc_share *share)
{
	struct unc_tree *tree = NULL;
	int err;

	spin_lock(&share->lock);
	err = unc_share_state(share);
	if (!err)
		tree = unc_tree_get(share->tree, unc_why_io);
	spin_unlock(&share->lock);
	return err == -EIO ? ERR_PTR(err) : tree;
}

/**
 * unc_share_tree_once - the tree of a share that has no thread
 * @share: the share
 *
 * May sleep long, if it must be reached; killable; tries once.
 *
 * Return: as unc_share_tree().
 */
struct unc_tree *unc_share_tree_once(struct unc_share *share)
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
