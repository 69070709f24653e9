// SPDX-License-Identifier: GPL-2.0-only
/*
 * The watchdog of a connection: while requests are in flight it looks once a
 * second for those whose deadline has passed, and asks a silent server by
 * ECHO whether it is still there.
 */
#include "../transport/transport.h"
#include "conn.h"
#include "dialect.h"
#include "request.h"

#define WATCH_PERIOD	HZ
#define WATCH_SILENCE	(5 * HZ)	/* before an ECHO is sent */

/* One whose deadline has passed, with a reference, or NULL. */
static struct unc_req *overdue(struct unc_conn *conn)
{
	struct unc_req *req = NULL;
	struct unc_part *part;
	unsigned long mid;

	spin_lock(&conn->lock);
	xa_for_each(&conn->requests, mid, part) {
		req = part->req;
		if (!req->finished && req->timeout &&
		    time_after_eq(jiffies, req->deadline))
			break;
		req = NULL;
	}
	if (req)
		unc_req_get(req, unc_why_watch);
	spin_unlock(&conn->lock);
	return req;
}

/*
 * Is it the server, and not only this request?  Then it is lost with all that
 * waits on it, and those who have the patience begin anew.
 */
static bool is_gone(const struct unc_conn *conn, const struct unc_req *req)
{
	unsigned long silence = jiffies - unc_transport_last_heard(conn->tp);

	return req->tree && unc_conn_state(conn) == UNC_STATE_READY &&
	       silence >= msecs_to_jiffies(conn->policy.timeout_ms);
}

static void end_overdue(struct unc_conn *conn)
{
	struct unc_req *req;

	while ((req = overdue(conn))) {
		if (is_gone(conn, req)) {
			unc_conn_lost(conn, -EHOSTDOWN);
		} else {
			unc_req_end(req, -ETIMEDOUT);
			unc_req_cancel(req);
		}
		unc_req_put(req, unc_why_watch);
	}
}

static void echo_complete(struct unc_req *req)
{
	struct unc_conn *conn = req->conn;

	if (req->error == -ETIMEDOUT)
		unc_conn_lost(conn, -EHOSTDOWN);
	WRITE_ONCE(conn->echo_sent, false);
	unc_req_put(req, unc_why_alloc);
}

/**
 * unc_req_echo - make an ECHO
 * @conn: where it will go
 *
 * May sleep.  Return: the request, to be sent, or NULL.
 */
struct unc_req *unc_req_echo(struct unc_conn *conn)
{
	return conn->speaks->messages.echo(conn);
}

/*
 * Without a credit there is nothing to ask with, and waiting for one here
 * would keep the others from their deadlines, which will tell all the same.
 */
static void echo_send(struct unc_conn *conn)
{
	struct unc_req *req;

	if (!READ_ONCE(conn->credits))
		return;
	req = unc_req_echo(conn);
	if (!req)
		return;
	req->complete = echo_complete;
	WRITE_ONCE(conn->echo_sent, true);
	if (unc_req_send(req)) {
		WRITE_ONCE(conn->echo_sent, false);
		unc_req_put(req, unc_why_alloc);
	}
}

/**
 * unc_conn_watch - the watchdog
 * @work: conn->watchdog
 *
 * Runs again by itself while something is in flight.
 */
void unc_conn_watch(struct work_struct *work)
{
	struct unc_conn *conn = container_of(to_delayed_work(work),
					     struct unc_conn, watchdog);
	unsigned long heard;

	if (unc_conn_state(conn) == UNC_STATE_DEAD)
		return;
	end_overdue(conn);
	heard = unc_transport_last_heard(conn->tp);
	if (unc_conn_state(conn) == UNC_STATE_READY && !conn->echo_sent &&
	    READ_ONCE(conn->in_flight) &&
	    time_after(jiffies, heard + WATCH_SILENCE))
		echo_send(conn);
	if (READ_ONCE(conn->in_flight))
		unc_conn_watch_start(conn);
}

/**
 * unc_conn_watch_start - something is in flight
 * @conn: the connection; whoever stops it also stops the watchdog
 *
 * Any context.
 */
void unc_conn_watch_start(struct unc_conn *conn)
{
	queue_delayed_work(system_unbound_wq, &conn->watchdog, WATCH_PERIOD);
}
