// SPDX-License-Identifier: GPL-2.0-only
/*
 * The way to a share: resolve, connect, negotiate, session, tree, each made
 * once and shared by all who want the same.
 *
 * Uses are counted from below: a tree in the list of its session uses that
 * session, a session in the list of its connection uses that connection.  So
 * whoever has a use of a tree has all three, and dropping the last use of one
 * drops a use of the next.
 */
#include <linux/slab.h>
#include "../conn/dialect.h"
#include "../upcall/upcall.h"
#include "dial.h"
#include "share.h"

static void drop_conn(struct unc_conn *conn)
{
	if (unc_conn_unuse(conn))
		unc_conn_stop(conn);
	unc_conn_put(conn, unc_why_reach);
}

/*
 * @quiet: say no goodbye, the server is not there or not worth the wait.
 * Every use comes with a reference, so @s->conn outlives @s here.
 */
static void drop_session(struct unc_session *s, bool quiet)
{
	struct unc_conn *conn = s->conn;
	bool last = unc_session_unuse(s);

	if (last) {
		if (!quiet && READ_ONCE(s->state) == UNC_STATE_READY &&
		    unc_conn_state(conn) == UNC_STATE_READY)
			s->conn->speaks->setup.logoff(s);
		unc_session_dead(s);
	}
	unc_session_put(s, unc_why_reach);
	if (last)
		drop_conn(conn);
}

static void drop_tree(struct unc_tree *tree, bool quiet)
{
	struct unc_session *s = tree->session;
	bool last = unc_tree_unuse(tree);

	if (last) {
		if (!quiet && unc_tree_usable(tree))
			s->conn->speaks->setup.tree_disconnect(tree);
		unc_tree_kill(tree, -ESHUTDOWN);
	}
	unc_tree_put(tree, unc_why_reach);
	if (last)
		drop_session(s, quiet);
}

static int setup_conn(struct unc_conn *conn, struct unc_failure *why)
{
	struct unc_transport *tp = unc_dial(conn, why);
	int err;

	if (IS_ERR(tp))
		return PTR_ERR(tp);
	err = unc_conn_start(conn, tp);
	if (!err)
		err = conn->speaks->setup.negotiate(conn, why);
	if (!err)
		unc_conn_ready(conn);
	return err;
}

static int setup_tree(struct unc_tree *tree, struct unc_failure *why)
{
	int err = tree->session->conn->speaks->setup.tree_connect(tree, why);

	if (!err)
		WRITE_ONCE(tree->state, UNC_STATE_READY);
	return err;
}

/* Somebody else, who came first, did not get through either. */
static int failed_before(struct unc_failure *why, enum unc_stage stage, int err)
{
	unc_failure_set(why, stage, "failed for another who waited for the same");
	return err ?: -EIO;
}

static struct unc_conn *reach_conn(const struct unc_target *target,
				   struct unc_failure *why)
{
	struct unc_conn *conn;
	int err;

	conn = unc_conn_new(target->net, target->host, target->port,
			    &target->policy);
	if (IS_ERR(conn)) {
		if (conn == ERR_PTR(-EPROTONOSUPPORT))
			unc_failure_set(why, UNC_STAGE_NEGOTIATE,
					"SMB 1 is in the module uncfs_smb1, which cannot be loaded");
		return conn;
	}
	conn->addr = target->addr;
	conn->fixed_addr = target->addr.ss_family != AF_UNSPEC;
	unc_conn_name_client(conn);
	conn = unc_conn_use(conn);
	err = mutex_lock_killable(&conn->setup);
	if (!err) {
		if (unc_conn_state(conn) == UNC_STATE_NEW) {
			err = setup_conn(conn, why);
			if (err)
				unc_conn_lost(conn, err);
		} else if (unc_conn_state(conn) == UNC_STATE_DEAD) {
			err = failed_before(why, UNC_STAGE_CONNECT,
					    conn->error);
		}
		mutex_unlock(&conn->setup);
	}
	if (!err)
		return conn;
	drop_conn(conn);
	return ERR_PTR(err);
}

/*
 * The server shall end the session that was lost with its connection before
 * anything is done on the new one: what is still on its way there would else be
 * done after it.
 */
static void session_replaces(struct unc_session *s, const struct unc_tree *old)
{
	const struct unc_session *before;

	if (!old)
		return;
	before = old->session;
	s->channel_sequence = before->channel_sequence + 1;
	if (before->conn != s->conn)
		s->previous_id = before->id;
}

/* Takes over the caller's use of @conn, also on failure. */
static struct unc_session *reach_session(struct unc_conn *conn,
					 const struct unc_target *target,
					 const struct unc_tree *old,
					 struct unc_failure *why)
{
	struct unc_session *s, *fresh;
	int err;

	fresh = unc_session_new(conn, &target->who);
	if (!fresh) {
		drop_conn(conn);
		return ERR_PTR(-ENOMEM);
	}
	session_replaces(fresh, old);
	s = unc_session_use(fresh);
	if (s != fresh)
		drop_conn(conn);
	err = mutex_lock_killable(&s->setup);
	if (!err) {
		if (READ_ONCE(s->state) == UNC_STATE_NEW) {
			err = s->conn->speaks->setup.session_setup(s, why);
			if (err)
				unc_session_dead(s);
		} else if (READ_ONCE(s->state) == UNC_STATE_DEAD) {
			err = failed_before(why, UNC_STAGE_SESSION, -EACCES);
		} else {
			err = s->conn->speaks->setup.session_renew(s, why);
		}
		mutex_unlock(&s->setup);
	}
	if (!err)
		return s;
	drop_session(s, false);
	return ERR_PTR(err);
}

/* Takes over the caller's use of @s, also on failure. */
static struct unc_tree *reach_tree(struct unc_session *s,
				   const struct unc_target *target,
				   struct unc_failure *why)
{
	struct unc_tree *tree, *fresh;
	int err;

	fresh = unc_tree_new(s, target->share);
	if (!fresh) {
		drop_session(s, false);
		return ERR_PTR(-ENOMEM);
	}
	tree = unc_tree_use(fresh);
	if (tree != fresh)
		drop_session(s, false);
	err = mutex_lock_killable(&tree->setup);
	if (!err) {
		if (READ_ONCE(tree->state) == UNC_STATE_NEW) {
			err = setup_tree(tree, why);
			if (err)
				unc_tree_kill(tree, err);
		} else if (READ_ONCE(tree->state) == UNC_STATE_DEAD) {
			err = failed_before(why, UNC_STAGE_TREE, -ENOENT);
		}
		mutex_unlock(&tree->setup);
	}
	if (!err)
		return tree;
	drop_tree(tree, false);
	return ERR_PTR(err);
}

/*
 * @refused: set if the session, which others had made, has turned out to be
 * over; a new or a renewed one will not be.
 */
static struct unc_tree *reach_once(const struct unc_target *target,
				   const struct unc_tree *old,
				   struct unc_failure *why, bool *refused)
{
	struct unc_session *s;
	struct unc_conn *conn;
	struct unc_tree *tree;

	conn = reach_conn(target, why);
	if (IS_ERR(conn))
		return ERR_CAST(conn);
	s = reach_session(conn, target, old, why);
	if (IS_ERR(s))
		return ERR_CAST(s);
	tree = reach_tree(s, target, why);
	*refused = tree == ERR_PTR(-EKEYEXPIRED) || tree == ERR_PTR(-ESTALE);
	return tree;
}

/**
 * unc_reach - find or make the way to a share
 * @target: which share, for whom, how
 * @old: the tree that was lost and is to be replaced, or NULL
 * @why: on failure, the stage and the reason
 *
 * May sleep long; killable; every stage has its own deadline.
 *
 * Return: a READY tree with one use and one reference (unc_why_reach), or
 * ERR_PTR(): -ERESTARTSYS on a fatal signal, -ENOMEM, and what
 * unc_dial() and the functions of &struct unc_dialect_setup return.
 */
struct unc_tree *unc_reach(const struct unc_target *target,
			   const struct unc_tree *old, struct unc_failure *why)
{
	bool refused = false;
	struct unc_tree *tree;

	tree = reach_once(target, old, why, &refused);
	if (!refused)
		return tree;
	if (why)
		memset(why, 0, sizeof(*why));
	return reach_once(target, old, why, &refused);
}

/**
 * unc_unreach - give a tree back
 * @tree: the tree; the use and the reference are consumed
 *
 * May sleep: the last user says goodbye, for a few seconds at most, unless the
 * tree was killed.
 */
void unc_unreach(struct unc_tree *tree)
{
	drop_tree(tree, READ_ONCE(tree->state) == UNC_STATE_DEAD);
}
