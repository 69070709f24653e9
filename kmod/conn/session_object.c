// SPDX-License-Identifier: GPL-2.0-only
/*
 * Session objects: made, held, shared by users, found by id, freed.
 */
#include <linux/key.h>
#include <linux/slab.h>
#include "../upcall/upcall.h"
#include "lease.h"
#include "session.h"

static atomic64_t next_serial = ATOMIC64_INIT(0);

static void session_renew(struct work_struct *work)
{
	struct unc_session *s = container_of(work, struct unc_session,
					     renew.work);

	s->due(s);
}

/**
 * unc_session_new - make a session object, without touching the network
 * @conn: its connection; pinned
 * @who: for whom; copied, the key is pinned
 *
 * May sleep.  Return: a session in state NEW with one reference
 * (unc_why_alloc), or NULL.
 */
struct unc_session *unc_session_new(struct unc_conn *conn,
				    const struct unc_identity *who)
{
	struct unc_session *s = kzalloc(sizeof(*s), GFP_KERNEL);

	if (!s)
		return NULL;
	refcount_set(&s->ref, 1);
	INIT_LIST_HEAD(&s->link);
	INIT_LIST_HEAD(&s->tree_list);
	mutex_init(&s->setup);
	INIT_DELAYED_WORK(&s->renew, session_renew);
	s->conn = unc_conn_get(conn, unc_why_session);
	s->who = *who;
	key_get(s->who.key);
	s->serial = atomic64_inc_return(&next_serial);
	trace_unc_ref('S', s->serial, 1, unc_why_alloc);
	return s;
}

/**
 * unc_session_get - take a reference
 * @s: the session
 * @why: reason, to be named again by the put
 *
 * Any context.  Return: @s.
 */
struct unc_session *unc_session_get(struct unc_session *s, enum unc_why why)
{
	refcount_inc(&s->ref);
	trace_unc_ref('S', s->serial, refcount_read(&s->ref), why);
	return s;
}

/**
 * unc_session_put - drop a reference
 * @s: the session
 * @why: the reason it was taken for
 *
 * May sleep.
 */
void unc_session_put(struct unc_session *s, enum unc_why why)
{
	u64 serial = s->serial;
	bool last;
	int ref;

	last = __refcount_dec_and_test(&s->ref, &ref);
	trace_unc_ref('S', serial, ref - 1, why);
	if (!last)
		return;
	key_put(s->who.key);
	unc_keys_free(s->keys);
	unc_conn_put(s->conn, unc_why_session);
	/* unc_session_by_id() may still be looking at ->ref. */
	kfree_rcu(s, rcu);
}

static bool same_identity(const struct unc_identity *a,
			  const struct unc_identity *b)
{
	if (!uid_eq(a->uid, b->uid) || a->sec != b->sec)
		return false;
	if (!a->key || !b->key)
		return a->key == b->key;
	return unc_credential_equal(a->key, b->key);
}

/**
 * unc_session_use - find a session like this one, or make this one findable
 * @fresh: a new session; the caller's reference (unc_why_alloc) is consumed
 *
 * Sessions are alike if they are for the same user, by the same policy and
 * with the same credential, on the same connection.
 *
 * Any context.  Return: the session to use, with one use and one reference
 * (unc_why_reach) for the caller.  If it is @fresh, the session has taken
 * over the caller's use of the connection.
 */
struct unc_session *unc_session_use(struct unc_session *fresh)
{
	struct unc_conn *conn = fresh->conn;
	struct unc_session *s, *found = fresh;

	spin_lock(&conn->lock);
	list_for_each_entry(s, &conn->session_list, link) {
		if (s->state != UNC_STATE_DEAD &&
		    same_identity(&s->who, &fresh->who)) {
			found = s;
			break;
		}
	}
	if (found == fresh)
		list_add_tail(&fresh->link, &conn->session_list);
	found->users++;
	unc_session_get(found, unc_why_reach);
	spin_unlock(&conn->lock);
	unc_session_put(fresh, unc_why_alloc);
	return found;
}

/**
 * unc_session_unuse - drop a use
 * @s: the session; the caller keeps its reference
 *
 * Any context.  Return: T if it was the last one: nobody can find the session
 * any more, and the caller ends it.
 */
bool unc_session_unuse(struct unc_session *s)
{
	bool last;

	spin_lock(&s->conn->lock);
	last = --s->users == 0;
	if (last)
		list_del_init(&s->link);
	spin_unlock(&s->conn->lock);
	return last;
}

/**
 * unc_session_ready - authentication has succeeded
 * @s: session in state NEW with its id, flags and keys, @s->setup held
 *
 * May sleep.  From here on encrypted messages with its id are understood.
 *
 * Return: 0, -ENOMEM, or -EPROTO if the server gave out an id twice.
 */
int unc_session_ready(struct unc_session *s)
{
	int err;

	lockdep_assert_held(&s->setup);
	err = xa_insert(&s->conn->sessions, s->id, s, GFP_KERNEL);
	if (err)
		return err == -EBUSY ? -EPROTO : err;
	spin_lock(&s->conn->lock);
	WRITE_ONCE(s->state, UNC_STATE_READY);
	spin_unlock(&s->conn->lock);
	return 0;
}

/**
 * unc_session_renew_in - have a session authenticate again before it must
 * @s: READY session, @s->setup held
 * @seconds: from now
 * @due: called once, in a work queue; may sleep, and take @s->setup
 *
 * unc_session_dead() waits for it, so @due needs no reference.
 */
void unc_session_renew_in(struct unc_session *s, u32 seconds,
			  void (*due)(struct unc_session *s))
{
	lockdep_assert_held(&s->setup);
	s->due = due;
	mod_delayed_work(system_long_wq, &s->renew, seconds * HZ);
}

/**
 * unc_session_dead - a session is over
 * @s: the session; @s->setup may be held only if it never was READY
 *
 * May sleep.  Nothing new is sent on it; encrypted messages with its id are
 * no longer understood.
 */
void unc_session_dead(struct unc_session *s)
{
	bool was_ready;

	spin_lock(&s->conn->lock);
	was_ready = s->state != UNC_STATE_NEW;
	WRITE_ONCE(s->state, UNC_STATE_DEAD);
	spin_unlock(&s->conn->lock);
	if (was_ready)
		cancel_delayed_work_sync(&s->renew);
	/* The id may never have been taken, or be another's. */
	xa_cmpxchg(&s->conn->sessions, s->id, s, NULL, GFP_KERNEL);
}

/**
 * unc_session_expired - the server wants a session to authenticate again
 * @s: the session
 *
 * Any context.  Whoever is refused for this renews it, or gives it up.
 */
void unc_session_expired(struct unc_session *s)
{
	if (READ_ONCE(s->state) == UNC_STATE_READY)
		WRITE_ONCE(s->expired, true);
}

/**
 * unc_session_refused - the server will not serve a session any longer
 * @s: the session
 *
 * Any context but interrupts, without spinlocks.  Nothing new is sent on it, and
 * whoever needs one makes a new session; answers that are still on their way are
 * understood.  A session that is not READY is left alone.
 */
void unc_session_refused(struct unc_session *s)
{
	bool first;

	spin_lock(&s->conn->lock);
	first = s->state == UNC_STATE_READY;
	if (first)
		WRITE_ONCE(s->state, UNC_STATE_DEAD);
	spin_unlock(&s->conn->lock);
	if (!first)
		return;
	unc_leases_lost();
	pr_info_ratelimited("uncfs: %s: a session has ended, open files are lost\n",
			    s->conn->host);
}

/**
 * unc_session_by_id - the session that a received message names
 * @conn: where the message came from
 * @id: SessionId
 *
 * Any context.  Return: the session with a reference (unc_why_rx), or NULL.
 */
struct unc_session *unc_session_by_id(struct unc_conn *conn, u64 id)
{
	struct unc_session *s;

	rcu_read_lock();
	s = xa_load(&conn->sessions, id);
	if (s && !refcount_inc_not_zero(&s->ref))
		s = NULL;
	rcu_read_unlock();
	if (s)
		trace_unc_ref('S', s->serial, refcount_read(&s->ref),
			      unc_why_rx);
	return s;
}
