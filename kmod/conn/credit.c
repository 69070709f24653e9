// SPDX-License-Identifier: GPL-2.0-only
/*
 * Credits ([MS-SMB2] 3.2.4.1.2, 3.2.5.1.4) and the MessageIds they buy.
 */
#include "../compat/wait.h"
#include "../wire/smb2_proto.h"
#include "conn.h"
#include "request.h"

#define CREDIT_UNIT	65536	/* bytes that one credit pays for */
#define CREDIT_SPARE	1	/* kept for the ECHO of the watchdog */

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
	return (payload - 1) / CREDIT_UNIT + 1;
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
 * The last credit is spared while something is in flight that may bring more;
 * with nothing in flight no more would ever come, so it may go.
 */
static int credit_try(struct unc_conn *conn, struct unc_req *req, u32 charge)
{
	u32 spare = req->parts[0].command == SMB2_ECHO ? 0 : CREDIT_SPARE;
	int err = 0;
	int i;

	spin_lock(&conn->lock);
	if (!conn->in_flight)
		spare = 0;
	if (conn->state == UNC_STATE_DEAD) {
		err = conn->error;
	} else if (conn->credits < charge + spare) {
		err = -EAGAIN;
	} else {
		conn->credits -= charge;
		conn->in_flight++;
		for (i = 0; i < req->nparts; i++) {
			req->parts[i].mid = conn->next_mid;
			conn->next_mid += req->parts[i].charge;
		}
	}
	spin_unlock(&conn->lock);
	return err;
}

/**
 * unc_credit_take - wait until a request can be paid for, and number it
 * @conn: the connection
 * @req: the request, complete but for its MessageIds, deadline set
 *
 * May sleep; killable, freezable, until the deadline of @req.
 *
 * Return: 0, -ETIMEDOUT, -ERESTARTSYS on a fatal signal, or why the
 * connection is dead.
 */
int unc_credit_take(struct unc_conn *conn, struct unc_req *req)
{
	u32 charge = req_charge(req);
	long left = MAX_SCHEDULE_TIMEOUT;
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
