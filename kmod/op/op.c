// SPDX-License-Identifier: GPL-2.0-only
/*
 * The operation: choose the tree, issue, wait, try again if that is safe, take
 * the results.  Verbs say what; all of how is here.
 */
#include <linux/sched/signal.h>
#include "../wire/ntstatus.h"
#include "verbs.h"

#define ATTEMPTS	3
#define PAUSE		(HZ / 2)	/* before each further one */

/* The tree of this attempt, with a reference (unc_why_io). */
static struct unc_tree *op_tree(const struct unc_op *op)
{
	return op->open ? unc_share_tree_of(op->open) :
			  unc_share_tree(op->share);
}

static u32 op_room(const struct unc_op *op)
{
	/* UTF-8 to UTF-16 at most doubles; a plan names its path once. */
	u32 path = op->path ? 2 * strlen(op->path) + 8 : 0;

	return op->verb->room + path + op->room;
}

/**
 * unc_op_refused - was a request refused because of its session or tree?
 * @req: the request, ended
 *
 * Any context.  Return: T if the session, or the tree, was over before the plan
 * began: nothing of it was done, so it can be done again, whatever it is.
 */
bool unc_op_refused(const struct unc_req *req)
{
	u32 status = req->parts[0].status;

	return !req->error &&
	       (status == NT_STATUS_NETWORK_SESSION_EXPIRED ||
		status == NT_STATUS_USER_SESSION_DELETED ||
		status == NT_STATUS_NETWORK_NAME_DELETED);
}

/**
 * unc_op_renew - make an expired session usable again
 * @s: the session
 *
 * May sleep long; killable.  Return: 0, or -errno if it is over.
 */
int unc_op_renew(struct unc_session *s)
{
	struct unc_failure why = {};
	int err = mutex_lock_killable(&s->setup);

	if (err)
		return -ERESTARTSYS;
	err = s->conn->speaks->setup.session_renew(s, &why);
	mutex_unlock(&s->setup);
	if (err && why.stage != UNC_STAGE_NONE)
		pr_warn_ratelimited("uncfs: %s: expired session cannot be renewed: %s: %s (%d)\n",
				    s->conn->host, unc_stage_name(why.stage),
				    why.message, err);
	return err;
}

/* @sent: set if the server may have done it. */
static int op_attempt(struct unc_op *op, struct unc_tree *tree, bool *sent)
{
	const struct unc_verb *verb = op->verb;
	struct unc_session *session = tree->session;
	struct unc_req *req;
	int err;

	req = unc_req_new(session->conn, session, tree, op_room(op));
	if (!req)
		return -ENOMEM;
	unc_parting_before(op, tree);
	if (verb->unbounded)
		req->timeout = 0;
	req->orphaned = verb->orphaned;
	err = verb->issue(op, req);
	if (!err)
		err = unc_req_send(req);
	*sent = !err;
	if (!err)
		err = unc_req_wait(req, verb->interruptible);
	if (!err)
		err = unc_op_refused(req) ? -EKEYEXPIRED : verb->done(op, req);
	unc_req_put(req, unc_why_alloc);
	return err;
}

/* Does what it works on come back when the way to the server is lost? */
static bool op_comes_back(const struct unc_op *op)
{
	return !op->open || (op->open->path &&
			     unc_share_patient(op->open->share));
}

/*
 * Worth another try: the server has not done it, and the session that had
 * expired is as before.  Or the way to the server was lost, what it works on
 * comes back, and the server has not done it, or that does not matter, or it
 * can be told.
 */
static bool op_again(struct unc_op *op, const struct unc_tree *tree, int err,
		     bool sent)
{
	if (err == -EKEYEXPIRED && !unc_op_renew(tree->session))
		return true;
	if (!err || err == -ERESTARTSYS || unc_tree_usable(tree) ||
	    !op_comes_back(op))
		return false;
	if (!sent || err == -EKEYEXPIRED)
		return true;
	op->uncertain = true;
	return op->verb->repeatable || op->verb->checkable;
}

/*
 * A server that is lost each time that it is asked for something must not make
 * us ask as fast as we can; one that breaks the protocol each time, or somebody
 * between who makes it, is not asked for ever.  Return: F to give up.
 */
static bool op_pause(const struct unc_op *op, int attempt, int err)
{
	const struct unc_share *share = op->open ? op->open->share : op->share;

	if (attempt < ATTEMPTS)
		return true;
	if (unc_op_breach(err) || !share || !unc_share_patient(share))
		return false;
	schedule_timeout_killable(PAUSE);
	return !fatal_signal_pending(current);
}

/* Programs know what EIO means; what the socket said is in the trace. */
static int op_errno(const struct unc_tree *tree, int err)
{
	switch (err) {
	case -ECONNRESET:
	case -ECONNABORTED:
	case -EPIPE:
	case -ESHUTDOWN:
	case -ENOTCONN:
	case -EKEYEXPIRED:
		return unc_tree_usable(tree) ? err : -EIO;
	default:
		return err;
	}
}

/**
 * unc_op_run - do an operation
 * @op: what, where, with what; results go to @op->result
 *
 * May sleep; killable (or interruptible, if the verb says so); until the
 * deadline of the policy, unless the verb has none.
 *
 * Return: what the verb's done() returns; or -ENOMEM, -ETIMEDOUT,
 * -ERESTARTSYS; -EIO, -EHOSTDOWN or what reaching the share failed with when
 * the server cannot be reached.
 */
int unc_op_run(struct unc_op *op)
{
	struct unc_tree *tree;
	bool again, sent;
	int err, i;

	for (i = 1; ; i++) {
		tree = op_tree(op);
		if (IS_ERR(tree))
			return PTR_ERR(tree);
		err = op_attempt(op, tree, &sent);
		again = op_again(op, tree, err, sent) &&
			op_pause(op, i, err);
		if (!again)
			err = op_errno(tree, err);
		unc_tree_put(tree, unc_why_io);
		if (!again)
			return err;
	}
}
