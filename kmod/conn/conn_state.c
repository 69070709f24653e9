// SPDX-License-Identifier: GPL-2.0-only
/*
 * The life of a connection: NEW, READY, DEAD, and nothing back.
 *
 *	NEW --unc_conn_start, NEGOTIATE, unc_conn_ready--> READY
 *	NEW, READY --unc_conn_lost--> DEAD
 *
 * Anybody may report a connection lost; unc_conn_stop() is for the one who
 * drops the last use of it, and ends its thread.
 */
#include <linux/kthread.h>
#include <linux/sched/task.h>
#include "../transport/transport.h"
#include "conn.h"
#include "lease.h"
#include "request.h"

void (*unc_conn_lost_event)(struct unc_conn *conn);

/**
 * unc_conn_start - give a new connection its transport and receive thread
 * @conn: connection in state NEW, with @conn->setup held
 * @tp: transport, owned by @conn from now on, also on failure
 *
 * May sleep.  Return: 0, or -ENOMEM or -EINTR if the thread could not start.
 */
int unc_conn_start(struct unc_conn *conn, struct unc_transport *tp)
{
	struct task_struct *task;

	lockdep_assert_held(&conn->setup);
	conn->tp = tp;
	task = kthread_create(unc_conn_rx, conn, "uncfs-rx/%llu", conn->id);
	if (IS_ERR(task))
		return PTR_ERR(task);
	/* The thread may end by itself; unc_conn_stop() still looks at it. */
	conn->rx_task = get_task_struct(task);
	wake_up_process(task);
	return 0;
}

/**
 * unc_conn_ready - NEGOTIATE has succeeded
 * @conn: connection in state NEW, with @conn->setup held
 *
 * Any context.  What was negotiated is immutable from here on.
 */
void unc_conn_ready(struct unc_conn *conn)
{
	lockdep_assert_held(&conn->setup);
	spin_lock(&conn->lock);
	if (conn->state == UNC_STATE_NEW)
		WRITE_ONCE(conn->state, UNC_STATE_READY);
	spin_unlock(&conn->lock);
}

static struct unc_req *any_request(struct unc_conn *conn)
{
	struct unc_req *req = NULL;
	struct unc_part *part;
	unsigned long mid = 0;

	spin_lock(&conn->lock);
	part = xa_find(&conn->requests, &mid, ULONG_MAX, XA_PRESENT);
	if (part)
		req = unc_req_get(part->req, unc_why_rx);
	spin_unlock(&conn->lock);
	return req;
}

/*
 * A request that is registered after this has run looks at the state itself,
 * after registering: see unc_req_send().
 */
static void end_all_requests(struct unc_conn *conn)
{
	struct unc_req *req;

	while ((req = any_request(conn))) {
		unc_req_end(req, conn->error);
		unc_req_put(req, unc_why_rx);
	}
}

/**
 * unc_conn_lost - a connection cannot be used any more
 * @conn: the connection
 * @error: negative errno for those who wait on it; the first one counts
 *
 * May sleep.  Ends all requests on it, and then tells those above.  Does
 * nothing on a DEAD connection.
 */
void unc_conn_lost(struct unc_conn *conn, int error)
{
	bool first;

	spin_lock(&conn->lock);
	first = conn->state != UNC_STATE_DEAD;
	if (first) {
		conn->error = error;
		WRITE_ONCE(conn->state, UNC_STATE_DEAD);
	}
	spin_unlock(&conn->lock);
	if (!first)
		return;
	trace_unc_conn_lost(conn->id, error);
	if (conn->tp)
		unc_transport_shutdown(conn->tp);
	unc_leases_lost();
	end_all_requests(conn);
	wake_up_all(&conn->credit_wait);
	if (unc_conn_lost_event)
		unc_conn_lost_event(conn);
}

/**
 * unc_conn_stop - end a connection and its thread
 * @conn: the connection, which nobody can find any more
 *
 * May sleep, not for the network.  Not to be called from the receive thread
 * or the watchdog.
 */
void unc_conn_stop(struct unc_conn *conn)
{
	unc_conn_lost(conn, -ESHUTDOWN);
	if (conn->rx_task) {
		kthread_stop(conn->rx_task);
		put_task_struct(conn->rx_task);
		conn->rx_task = NULL;
	}
	cancel_delayed_work_sync(&conn->watchdog);
}
