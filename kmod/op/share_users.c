// SPDX-License-Identifier: GPL-2.0-only
/*
 * The users of a multiuser share: for each, by its uid, a share of its own on
 * the same connection, made when it comes here first.
 */
#include <linux/cred.h>
#include <linux/slab.h>
#include <linux/workqueue.h>
#include <linux/xarray.h>
#include "share.h"

#define SWEEP_SECONDS_MAX	60

/**
 * struct unc_share_users - what a multiuser share has of its users
 * @shares: by uid; an entry stays until all of them go, its session need not
 * @sweep: gives idle sessions back
 * @pause: between two sweeps, jiffies
 */
struct unc_share_users {
	struct xarray		shares;
	struct delayed_work	sweep;
	unsigned long		pause;
};

static void users_sweep(struct work_struct *work)
{
	struct unc_share_users *users =
		container_of(work, struct unc_share_users, sweep.work);
	struct unc_share *share;
	unsigned long uid;

	xa_for_each(&users->shares, uid, share)
		unc_share_idle(share);
	schedule_delayed_work(&users->sweep, users->pause);
}

/**
 * unc_share_users_new - no users yet
 * @idle_seconds: after which their sessions are given back, nearly
 *
 * May sleep.  Return: for unc_share_users_free(), or NULL.
 */
struct unc_share_users *unc_share_users_new(u32 idle_seconds)
{
	struct unc_share_users *users = kzalloc(sizeof(*users), GFP_KERNEL);

	if (!users)
		return NULL;
	xa_init(&users->shares);
	INIT_DELAYED_WORK(&users->sweep, users_sweep);
	users->pause = min(idle_seconds, SWEEP_SECONDS_MAX) * HZ;
	schedule_delayed_work(&users->sweep, users->pause);
	return users;
}

/**
 * unc_share_users_free - the share is no more
 * @users: may be NULL; nobody uses it any more
 *
 * May sleep: each user says goodbye to the server.
 */
void unc_share_users_free(struct unc_share_users *users)
{
	struct unc_share *share;
	unsigned long uid;

	if (!users)
		return;
	cancel_delayed_work_sync(&users->sweep);
	xa_for_each(&users->shares, uid, share)
		unc_share_put(share);
	xa_destroy(&users->shares);
	kfree(users);
}

/**
 * unc_share_users_kill - unc_share_kill() for each of them
 * @users: may be NULL
 *
 * Does not wait for the network.
 */
void unc_share_users_kill(struct unc_share_users *users)
{
	struct unc_share *share;
	unsigned long uid;

	if (!users)
		return;
	xa_for_each(&users->shares, uid, share)
		unc_share_kill(share);
}

static struct unc_share *users_add(struct unc_share_users *users,
				   const struct unc_share *share, kuid_t uid)
{
	struct unc_share *mine = unc_share_personal(share, uid), *other;

	if (!mine)
		return NULL;
	other = xa_cmpxchg(&users->shares, __kuid_val(uid), NULL, mine,
			   GFP_KERNEL);
	if (!other)
		return mine;
	unc_share_put(mine);
	return xa_is_err(other) ? NULL : other;
}

/**
 * unc_share_of_caller - the share as the caller's own
 * @users: of @share
 * @share: a multiuser share
 *
 * May sleep.  The caller is who its fsuid says, whatever its name.
 *
 * Return: a share that lives as long as @share, without a reference; NULL if
 * there is no memory.
 */
struct unc_share *unc_share_of_caller(struct unc_share_users *users,
				      struct unc_share *share)
{
	kuid_t uid = current_fsuid();
	struct unc_share *mine = xa_load(&users->shares, __kuid_val(uid));

	return mine ?: users_add(users, share, uid);
}
