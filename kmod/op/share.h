/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A share as a mount or a pipe refers to it: by name and credential, through
 * whatever connection, session and tree serve it at the moment.
 */
#ifndef _UNC_OP_SHARE_H
#define _UNC_OP_SHARE_H

#include <linux/mutex.h>
#include <linux/refcount.h>
#include "../conn/session.h"

/**
 * struct unc_target - which share, for whom, how
 * @net: network namespace
 * @host: server name
 * @share: share name
 * @port: TCP port, 0 for the default
 * @addr: address to use instead of resolving @host, if its family is not 0
 * @who: identity; the key, if any, is borrowed
 * @policy: of the connection and session
 * @multiuser: T if everybody else is themselves, not @who
 */
struct unc_target {
	struct net		*net;
	const char		*host;
	const char		*share;
	u16			port;
	struct sockaddr_storage	addr;
	struct unc_identity	who;
	struct unc_policy	policy;
	bool			multiuser;
};

struct unc_share;

/* share.c; unc_share_new() may sleep long, is killable, says why it failed */
struct unc_share *unc_share_new(const struct unc_target *target,
				struct unc_failure *why);
struct unc_share *unc_share_get(struct unc_share *share);
void unc_share_put(struct unc_share *share);
void unc_share_kill(struct unc_share *share);
struct unc_tree *unc_share_tree(struct unc_share *share);
const struct unc_target *unc_share_target(const struct unc_share *share);

/* share_users.c: the users of a multiuser share */
struct unc_share_users;

struct unc_share_users *unc_share_users_new(void);
void unc_share_users_free(struct unc_share_users *users);
void unc_share_users_kill(struct unc_share_users *users);
struct unc_share *unc_share_of_caller(struct unc_share_users *users,
				      struct unc_share *share);

/* share.c, for share_users.c */
struct unc_share *unc_share_personal(const struct unc_share *share,
				     kuid_t uid);
void unc_share_idle(struct unc_share *share);

/* reach.c: from a target to a usable tree; users are counted there */
struct unc_tree *unc_reach(const struct unc_target *target,
			   struct unc_failure *why);
void unc_unreach(struct unc_tree *tree);

#endif /* _UNC_OP_SHARE_H */
