// SPDX-License-Identifier: GPL-2.0-only
/*
 * Waiting for the end of a request.
 */
#include "../compat/wait.h"
#include "request.h"

static bool req_is_finished(const struct unc_req *req)
{
	return smp_load_acquire(&req->finished);
}

/**
 * unc_req_wait - wait until a request has ended
 * @req: the request, sent
 * @interruptible: T if any signal ends the wait, not only a fatal one
 *
 * May sleep; freezable.  The watchdog of the connection ends requests whose
 * deadline has passed, so there is no deadline here.  On a signal CANCEL is
 * sent and the request is given up.
 *
 * Return: 0 if every part was answered; -ERESTARTSYS on a signal; -ETIMEDOUT;
 * or why the connection was lost.
 */
int unc_req_wait(struct unc_req *req, bool interruptible)
{
	long left;

	left = unc_wait_event(req->wait, req_is_finished(req),
			      interruptible ? TASK_INTERRUPTIBLE :
					      TASK_KILLABLE,
			      MAX_SCHEDULE_TIMEOUT);
	if (left < 0) {
		unc_req_cancel(req);
		unc_req_end(req, left);
	}
	return req->error;
}

/**
 * unc_req_call - send a request and wait for it, killable
 * @req: the request
 *
 * May sleep.  Return: as unc_req_send() and unc_req_wait().
 */
int unc_req_call(struct unc_req *req)
{
	int err = unc_req_send(req);

	return err ? err : unc_req_wait(req, false);
}
