// SPDX-License-Identifier: GPL-2.0-only
/*
 * Credits ([MS-SMB2] 3.2.4.1.2, 3.2.5.1.4) and the MessageIds they buy.
 */
#include "../compat/wait.h"
#include "../wire/smb2_proto.h"
#include "conn.h"
#include "dialect.h"
#include "request.h"

#define CREDIT_SPARE	1	/* kept for the ECHO of the watchdog */
#define CREDIT_PLEAS	4	/* to ask for more, before giving up */

/**
 * unc_credit_charge - what a command costs
 * @conn: the connection
 * @payload: bytes to be sent or received, whichever is more
 *
 * Any context.  Return: the CreditCharge of [MS-SMB2] 3.2.4.1.5.
 */
u32 unc_credit_charge(const struct unc_conn *conn, u32 payload)
{
	if (!(conn->capabilities & SMB2_GLOBAL_CAP_LARGE_MTU) || !payload)
		return 1;
	return (payload - 1) / UNC_CREDIT_BYTES + 1;
}

/*
 * What the server lets us have: credits at hand, and those that the answers to
 * what is in flight will bring back if it grants as many as were spent.
 */
static u32 credit_window(const struct unc_conn *conn)
{
	return READ_ONCE(conn->credits) + READ_ONCE(conn->charged);
}

/**
 * unc_credit_bytes - how much one READ or WRITE may carry now
 * @conn: the connection
 *
 * Half of what the server lets us have, so that two can be under way; what
 * asked for more than it ever grants would wait for ever.
 *
 * Any context.  Return: bytes, at least what one credit pays for.
 */
u32 unc_credit_bytes(const struct unc_conn *conn)
{
	if (!(conn->capabilities & SMB2_GLOBAL_CAP_LARGE_MTU))
		return UNC_CREDIT_BYTES;
	return clamp(credit_window(conn) / 2, 1, U16_MAX) * UNC_CREDIT_BYTES;
}

static u32 req_charge(const struct unc_req *req)
{
	u32 sum = 0;
	int i;

	for (i = 0; i < req->nparts; i++)
		sum += req->parts[i].charge;
	return sum;
}

/*
 * The MessageIds of SMB 1 have 16 bits.  None belongs to two requests at a time,
 * and 0xffff is for what the server says unasked ([MS-CIFS] 2.2.1.6.3).
 */
static u64 short_mid(struct unc_conn *conn)
{
	u64 mid;

	do {
		mid = conn->next_mid++ & U16_MAX;
	} while (!mid || mid == U16_MAX || xa_load(&conn->requests, mid));
	return mid;
}

static void req_number(struct unc_conn *conn, struct unc_req *req)
{
	int i;

	for (i = 0; i < req->nparts; i++) {
		if (conn->speaks->smb1) {
			req->parts[i].mid = short_mid(conn);
			continue;
		}
		req->parts[i].mid = conn->next_mid;
		conn->next_mid += req->parts[i].charge;
	}
}

/*
 * The last credit is spared while something is in flight that may bring more;
 * with nothing in flight no more would ever come, so it may go.
 *
 * Return: 0; -EAGAIN to wait; -ENOBUFS if waiting is of no use, but there is a
 * credit to ask for more with.
 */
static int credit_try(struct unc_conn *conn, struct unc_req *req, u32 charge)
{
	u32 spare = req->parts[0].command == SMB2_ECHO ? 0 : CREDIT_SPARE;
	int err = 0;

	spin_lock(&conn->lock);
	if (!conn->in_flight)
		spare = 0;
	if (conn->state == UNC_STATE_DEAD) {
		err = conn->error;
	} else if (conn->credits < charge + spare) {
		err = conn->credits && credit_window(conn) < charge ?
		      -ENOBUFS : -EAGAIN;
	} else {
		conn->credits -= charge;
		conn->charged += charge;
		conn->in_flight++;
		req_number(conn, req);
	}
	spin_unlock(&conn->lock);
	return err;
}

/* An ECHO costs one credit and wishes for many. */
static int credit_plead(struct unc_conn *conn)
{
	struct unc_req *req = unc_req_echo(conn);
	int err;

	if (!req)
		return -ENOMEM;
	err = unc_req_call(req);
	unc_req_put(req, unc_why_alloc);
	return err;
}

/*
 * What may be answered at any time is paid for by the policy's deadline all the
 * same: with nothing in flight nobody else would notice that no credits come.
 */
static int credit_wait(struct unc_conn *conn, struct unc_req *req, u32 charge)
{
	long left = msecs_to_jiffies(conn->policy.timeout_ms);
	int err = -EAGAIN;

	if (req->timeout)
		left = max_t(long, 1, req->deadline - jiffies);
	left = unc_wait_event(conn->credit_wait,
			      (err = credit_try(conn, req, charge)) != -EAGAIN,
			      TASK_KILLABLE, left);
	if (left < 0)
		return left;
	return left ? err : -ETIMEDOUT;
}

/**
 * unc_credit_take - wait until a request can be paid for, and number it
 * @conn: the connection
 * @req: the request, complete but for its MessageIds, deadline set
 *
 * May sleep; killable, freezable, until the deadline of @req, or that of the
 * policy if it has none.
 *
 * A server that grants fewer than @req needs is asked for more a few times; if
 * it stays with that, @req fails at once: it would wait for nothing.
 *
 * Return: 0, -ENOBUFS, -ETIMEDOUT, -ERESTARTSYS on a fatal signal, -ENOMEM, or
 * why the connection is dead.
 */
int unc_credit_take(struct unc_conn *conn, struct unc_req *req)
{
	u32 charge = req_charge(req);
	int err, i;

	for (i = 0; i < CREDIT_PLEAS; i++) {
		err = credit_wait(conn, req, charge);
		if (err != -ENOBUFS)
			return err;
		err = credit_plead(conn);
		if (err)
			return err;
	}
	err = credit_wait(conn, req, charge);
	if (err == -ENOBUFS)
		pr_warn_ratelimited("uncfs: %s: a request costs %u credits, the server grants no more than %u\n",
				    conn->host, charge, credit_window(conn));
	return err;
}

/**
 * unc_credit_ended - a request is not in flight any more
 * @conn: the connection, with its lock held
 * @req: the request
 */
void unc_credit_ended(struct unc_conn *conn, const struct unc_req *req)
{
	lockdep_assert_held(&conn->lock);
	conn->charged -= req_charge(req);
	conn->in_flight--;
}

/**
 * unc_credit_give - a response granted credits
 * @conn: the connection
 * @credits: how many, straight from the wire
 *
 * Any context.
 */
void unc_credit_give(struct unc_conn *conn, u32 credits)
{
	spin_lock(&conn->lock);
	/* Each response adds at most 65535; a liar gains nothing by more. */
	conn->credits = min_t(u32, conn->credits + credits, U16_MAX);
	spin_unlock(&conn->lock);
	wake_up(&conn->credit_wait);
}
