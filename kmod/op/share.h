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
 * enum unc_patience - what to do when a share's server is lost
 * @UNC_PATIENCE_NONE: try once to reach it again when it is needed; what was
 *	open is lost
 * @UNC_PATIENCE_SOFT: a thread reaches it again and brings back what was open;
 *	who waits longer than a request may take gets -EHOSTDOWN
 * @UNC_PATIENCE_HARD: the same, and all wait until they are killed
 */
enum unc_patience {
	UNC_PATIENCE_NONE,
	UNC_PATIENCE_SOFT,
	UNC_PATIENCE_HARD,
};

/**
 * struct unc_target - which share, for whom, how
 * @net: network namespace
 * @host: server name
 * @share: share name
 * @port: TCP port, 0 for the default
 * @addr: address to use instead of resolving @host, if its family is not 0
 * @who: identity; the key, if any, is borrowed
 * @cred: whose keyrings may have another key when this one is withdrawn; NULL if
 *	it was not found by the name of @host
 * @policy: of the connection and session
 * @multiuser: T if everybody else is themselves, not @who
 * @idle_seconds: a user's session that was of no use for so long is given back
 * @patience: what to do when the server is lost
 */
struct unc_target {
	struct net		*net;
	const char		*host;
	const char		*share;
	u16			port;
	struct sockaddr_storage	addr;
	struct unc_identity	who;
	const struct cred	*cred;
	struct unc_policy	policy;
	bool			multiuser;
	u32			idle_seconds;
	enum unc_patience	patience;
};

struct unc_share;

/* share.c; unc_share_new() may sleep long, is killable, says why it failed */
struct unc_share *unc_share_new(const struct unc_target *target,
				struct unc_failure *why);
struct unc_share *unc_share_get(struct unc_share *share);
void unc_share_put(struct unc_share *share);
void unc_share_kill(struct unc_share *share);
struct unc_tree *unc_share_tree(struct unc_share *share);
struct unc_tree *unc_share_tree_of(struct unc_open *open);
void unc_share_set_patience(struct unc_share *share,
			    enum unc_patience patience);
void unc_share_leave(struct unc_share *share);
bool unc_share_patient(const struct unc_share *share);
void unc_share_opened(struct unc_share *share, struct unc_open *open);
void unc_share_closed(struct unc_open *open);
void unc_share_renamed(struct unc_share *share, const char *from,
		       const char *to);
int unc_share_init(void);
void unc_share_exit(void);
const struct unc_target *unc_share_target(const struct unc_share *share);

/* share_users.c: the users of a multiuser share */
struct unc_share_users;

struct unc_share_users *unc_share_users_new(u32 idle_seconds);
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
			   const struct unc_tree *old, struct unc_failure *why);
void unc_unreach(struct unc_tree *tree);

#endif /* _UNC_OP_SHARE_H */
