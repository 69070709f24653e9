/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Session ([MS-SMB2] 3.2.1.3) and TreeConnect (3.2.1.4).
 */
#ifndef _UNC_CONN_SESSION_H
#define _UNC_CONN_SESSION_H

#include <linux/uidgid.h>
#include <linux/workqueue.h>
#include "../upcall/failure.h"
#include "conn.h"

struct key;
struct unc_lease;
struct unc_share;

/**
 * struct unc_identity - on whose behalf a session exists, and how it was made
 * @uid: whose session
 * @sec: authentication policy
 * @key: credential, or NULL (pins it)
 */
struct unc_identity {
	kuid_t		uid;
	enum unc_sec	sec;
	struct key	*key;
};

/**
 * struct unc_session - a Session
 * @ref: memory; trees and requests pin it
 * @users: trees that use it and callers on their way to one, under conn->lock
 * @link: in conn->session_list, under conn->lock
 * @tree_list: its trees, no reference, under conn->lock
 * @conn: its connection (pins ref; uses it while in the list)
 * @serial: for traces and status
 * @who: identity, immutable
 * @setup: serialises going from NEW to READY
 * @state: NEW, READY, DEAD
 * @id: SessionId, once the server has given one
 * @expired: T if the server wants it to authenticate again
 * @previous_id: SessionId of the one that this replaces, whose connection was
 *	lost; 0 if there is none.  The server ends that one before, so that
 *	nothing sent on it is done later.
 * @channel_sequence: [MS-SMB2] 2.2.1.2 ChannelSequence; one more than that of
 *	the one that this replaces
 * @flags: of &enum unc_session_flag
 * @keys: set once before READY, freed with the memory
 * @preauth: Session.PreauthIntegrityHashValue
 * @mech: name of the GSS mechanism
 * @principal: who the agent authenticated as
 * @renew: runs @due when it is time to authenticate again
 * @due: what to do then; set before @renew is queued
 * @rcu: freed after a grace period: the receive thread looks it up by id
 */
struct unc_session {
	refcount_t		ref;
	unsigned int		users;
	struct list_head	link;
	struct list_head	tree_list;
	struct unc_conn		*conn;
	u64			serial;
	struct unc_identity	who;
	struct mutex		setup;
	enum unc_state		state;
	u64			id;
	bool			expired;
	u64			previous_id;
	u16			channel_sequence;
	u32			flags;
	struct unc_keys		*keys;
	u8			preauth[UNC_PREAUTH_LEN];
	char			mech[32];
	char			principal[UNC_USER_MAX + UNC_DOMAIN_MAX + 2];
	struct delayed_work	renew;
	void			(*due)(struct unc_session *s);
	struct rcu_head		rcu;
};

/**
 * struct unc_tree - a TreeConnect
 * @ref: memory; opens and requests pin it
 * @users: shares that use it, under conn->lock
 * @link: in session->tree_list, under conn->lock
 * @session: its session (pins ref; uses it while in the list)
 * @serial: for traces and status
 * @share: name of the share
 * @setup: serialises going from NEW to READY
 * @state: NEW, READY, DEAD
 * @id: TreeId
 * @type: disk, pipe or printer, [MS-SMB2] 2.2.10
 * @share_flags: [MS-SMB2] 2.2.10
 * @capabilities: [MS-SMB2] 2.2.10
 * @maximal_access: [MS-SMB2] 2.2.10
 * @seal: T if the share demands encryption
 * @opens: number of Opens, for status
 * @parting: Opens without users whose CLOSE has not been sent yet, for op/
 */
struct unc_tree {
	refcount_t		ref;
	unsigned int		users;
	struct list_head	link;
	struct unc_session	*session;
	u64			serial;
	char			*share;
	struct mutex		setup;
	enum unc_state		state;
	u32			id;
	u8			type;
	u32			share_flags;
	u32			capabilities;
	u32			maximal_access;
	bool			seal;
	atomic_t		opens;
	atomic_t		parting;
};

/**
 * struct unc_range - a byte range locked on the server
 * @link: in unc_open.ranges
 * @offset: first byte
 * @length: bytes, not 0
 * @exclusive: T if nobody else may read there either
 * @seen: for whoever walks the list and changes it on the way
 */
struct unc_range {
	struct list_head	link;
	u64			offset;
	u64			length;
	bool			exclusive;
	bool			seen;
};

/**
 * struct unc_durable - what brings a handle back after a lost connection
 * @version: of the durable handle, 1 or 2; 0 if it is none
 * @persistent: T if it outlives the server, too
 * @create_guid: Open.CreateGuid, version 2
 */
struct unc_durable {
	u8	version;
	bool	persistent;
	u8	create_guid[16];
};

/**
 * struct unc_open - an Open ([MS-SMB2] 3.2.1.6)
 * @ref: memory; whoever may use the handle pins it
 * @access: access mask that was asked for
 * @lease: Open.LeaseKey as an object (pins ref), or NULL; immutable
 * @lease_term: when @lease was granted to it, see &struct unc_lease
 * @covered: unc_clock() since when @lease covers what CREATE said, or 0
 * @spent: T if it has changed data or times: what the server makes of the times
 *	then is settled by closing it
 * @lock: protects the fields below
 * @tree: where it is open (pins ref)
 * @persistent: FileId.Persistent
 * @volatile_id: FileId.Volatile
 * @snapshot: when the snapshot was made that it is in, as on the wire, or 0
 * @poisoned: negative errno if the handle must not be used any more
 * @range_lock: protects @ranges; nothing that sleeps
 * @ranges: what is locked through it on the server: to be locked again when
 *	the handle was lost and opened anew (unc_locks_retake())
 * @share: of op/: by which it can come back (pins ref), or NULL; immutable
 * @link: in the list of @share, under the lock of that
 * @path: of the file, followed by renames made here, or NULL if the handle is
 *	not to come back; under the lock of @share
 * @options: [MS-SMB2] 2.2.13 CreateOptions of a CREATE that opens it again
 * @file_id: 64-bit file id, 0 if the server gave none
 * @btime: CreationTime, on the wire
 * @durable: how it comes back as the same handle; changed only while nobody can use it
 *
 * Whoever drops the last reference closes the handle on the server: that is
 * unc_op_close() in op/, the only caller of unc_open_put_last().
 */
struct unc_open {
	refcount_t		ref;
	u32			access;
	struct unc_lease	*lease;
	u32			lease_term;
	u64			covered;
	bool			spent;
	spinlock_t		lock;
	struct unc_tree		*tree;
	u64			persistent;
	u64			volatile_id;
	u64			snapshot;
	int			poisoned;
	spinlock_t		range_lock;
	struct list_head	ranges;
	struct unc_share	*share;
	struct list_head	link;
	char			*path;
	u32			options;
	u64			file_id;
	u64			btime;
	struct unc_durable	durable;
};

/* session_object.c */
struct unc_session *unc_session_new(struct unc_conn *conn,
				    const struct unc_identity *who);
struct unc_session *unc_session_get(struct unc_session *s, enum unc_why why);
void unc_session_put(struct unc_session *s, enum unc_why why);
struct unc_session *unc_session_use(struct unc_session *fresh);
bool unc_session_unuse(struct unc_session *s);
int unc_session_ready(struct unc_session *s);
void unc_session_dead(struct unc_session *s);
void unc_session_renew_in(struct unc_session *s, u32 seconds,
			  void (*due)(struct unc_session *s));
void unc_session_expired(struct unc_session *s);
void unc_session_refused(struct unc_session *s);
struct unc_session *unc_session_by_id(struct unc_conn *conn, u64 id);

/* tree_object.c */
struct unc_tree *unc_tree_new(struct unc_session *session, const char *share);
struct unc_tree *unc_tree_get(struct unc_tree *tree, enum unc_why why);
void unc_tree_put(struct unc_tree *tree, enum unc_why why);
struct unc_tree *unc_tree_use(struct unc_tree *fresh);
bool unc_tree_unuse(struct unc_tree *tree);
int unc_tree_refused(const struct unc_tree *tree, u32 status, int err,
		     struct unc_failure *why);
void unc_tree_gone(struct unc_tree *tree);
void unc_tree_kill(struct unc_tree *tree, int error);
bool unc_tree_usable(const struct unc_tree *tree);

/* open_object.c */
struct unc_open *unc_open_new(struct unc_tree *tree, gfp_t gfp);
struct unc_open *unc_open_get(struct unc_open *open, enum unc_why why);
struct unc_tree *unc_open_tree(struct unc_open *open, enum unc_why why);
bool unc_open_usable(struct unc_open *open);
bool unc_open_is_of(struct unc_open *open, kuid_t uid);
void unc_open_move(struct unc_open *open, struct unc_tree *tree,
		   u64 persistent, u64 volatile_id);
bool unc_open_poison(struct unc_open *open, int error);
bool unc_open_put_last(struct unc_open *open, enum unc_why why);
void unc_open_free(struct unc_open *open);

#endif /* _UNC_CONN_SESSION_H */
