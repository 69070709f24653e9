// SPDX-License-Identifier: GPL-2.0-only
/*
 * Requests: made, answered, ended, freed.
 *
 * A request ends once: when its last part is answered, or with an error when
 * its waiter gives up, its deadline passes or its connection dies.  After an
 * error its parts stay registered if somebody must still hear of the answers
 * (an opened handle must be closed); otherwise late answers find nobody.
 */
#include <linux/mm.h>
#include <linux/slab.h>
#include "../wire/smb2_hdr.h"
#include "conn.h"
#include "dialect.h"
#include "request.h"

/* Credits to have at hand: enough for a few large reads and writes at once. */
#define CREDIT_GOAL	512

struct workqueue_struct *unc_req_wq;

static void req_work(struct work_struct *work)
{
	struct unc_req *req = container_of(work, struct unc_req, work);

	if (req->complete) {
		req->complete(req);
	} else {
		req->orphaned(req);
		unc_req_put(req, unc_why_request);
	}
}

/**
 * unc_req_new_of - make an empty request of many parts
 * @conn: where it will go
 * @session: whose it is, or NULL
 * @tree: where it belongs, or NULL
 * @room: bytes that its encoded commands need at most
 * @parts: how many commands there may be
 *
 * May sleep (GFP_NOFS).  The deadline is the policy's; a caller may change
 * it.  Return: a request with one reference (unc_why_alloc) or NULL.
 */
struct unc_req *unc_req_new_of(struct unc_conn *conn,
			       struct unc_session *session,
			       struct unc_tree *tree, u32 room, u8 parts)
{
	struct unc_req *req = kzalloc(struct_size(req, parts, parts), GFP_NOFS);

	if (!req)
		return NULL;
	req->max_parts = parts;
	/* Zeroed: padding between fields must not carry old memory away. */
	req->buf = kvzalloc(UNC_SEAL_HEADROOM + room, GFP_NOFS);
	if (!req->buf) {
		kfree(req);
		return NULL;
	}
	wire_out_init(&req->out, req->buf + UNC_SEAL_HEADROOM, room);
	refcount_set(&req->ref, 1);
	req->conn = unc_conn_get(conn, unc_why_request);
	req->session = session ? unc_session_get(session, unc_why_request) :
				 NULL;
	req->tree = tree ? unc_tree_get(tree, unc_why_request) : NULL;
	req->timeout = msecs_to_jiffies(conn->policy.timeout_ms);
	init_waitqueue_head(&req->wait);
	INIT_WORK(&req->work, req_work);
	return req;
}

/**
 * unc_req_new - unc_req_new_of() of up to UNC_REQ_PARTS
 * @conn: where it will go
 * @session: whose it is, or NULL
 * @tree: where it belongs, or NULL
 * @room: bytes that its encoded commands need at most
 *
 * May sleep (GFP_NOFS).  Return: as unc_req_new_of().
 */
struct unc_req *unc_req_new(struct unc_conn *conn, struct unc_session *session,
			    struct unc_tree *tree, u32 room)
{
	return unc_req_new_of(conn, session, tree, room, UNC_REQ_PARTS);
}

static u16 credit_wish(const struct unc_conn *conn, u32 charge)
{
	u32 have = READ_ONCE(conn->credits);

	return charge + (have < CREDIT_GOAL ? min(CREDIT_GOAL - have, 64U) : 0);
}

/* 2.0.2 has no CreditCharge ([MS-SMB2] 2.2.1.2): one credit, and zero says so. */
static u16 charge_field(const struct unc_conn *conn, u32 charge)
{
	u16 dialect = conn->dialect ?: conn->policy.dialect_max;

	return dialect < SMB2_DIALECT_210 ? 0 : charge;
}

/* Before 3.0 the field is reserved. */
static u16 channel_sequence(const struct unc_req *req)
{
	if (!req->session || req->conn->dialect < SMB2_DIALECT_300)
		return 0;
	return req->session->channel_sequence;
}

/**
 * unc_req_part_new - one more command, whatever its header looks like
 * @req: the request
 * @command: [MS-SMB2] 2.2.1.2 Command, or what comes nearest
 * @charge: credits
 *
 * The caller encodes it with @req->out next.  Any context.
 *
 * Return: the part; with too many of them the last one, and unc_req_send()
 * will refuse the request.
 */
struct unc_part *unc_req_part_new(struct unc_req *req, u16 command, u16 charge)
{
	struct unc_part *part;

	if (req->nparts == req->max_parts) {
		req->out.overflow = true;
		return &req->parts[req->nparts - 1];
	}
	part = &req->parts[req->nparts++];
	part->req = req;
	part->at = req->out.pos;
	part->command = command;
	part->charge = charge;
	return part;
}

/**
 * unc_req_grow - make room for what unc_req_new() was not told of
 * @req: the request, not sent yet
 * @room: bytes that will be encoded next at most
 *
 * May sleep (GFP_NOFS).  Return: 0 or -ENOMEM.
 */
int unc_req_grow(struct unc_req *req, u32 room)
{
	u32 cap = req->out.pos + room;
	u8 *buf;

	if (cap <= req->out.cap)
		return 0;
	buf = kvzalloc(UNC_SEAL_HEADROOM + cap, GFP_NOFS);
	if (!buf)
		return -ENOMEM;
	memcpy(buf, req->buf, UNC_SEAL_HEADROOM + req->out.pos);
	kvfree(req->buf);
	req->buf = buf;
	req->out.buf = buf + UNC_SEAL_HEADROOM;
	req->out.cap = cap;
	return 0;
}

/**
 * unc_req_part - begin a command of SMB 2 or 3
 * @req: the request
 * @command: [MS-SMB2] 2.2.1.2 Command
 * @payload: bytes of data it sends or may receive, whichever is more
 * @flags: UNC_PART_RELATED or 0
 *
 * The caller encodes the body with @req->out next.  The command before is
 * padded and linked.  Any context.
 *
 * Return: the part; with too many of them the last one, and unc_req_send()
 * will refuse the request.
 */
struct unc_part *unc_req_part(struct unc_req *req, u16 command, u32 payload,
			      unsigned int flags)
{
	u32 charge = unc_credit_charge(req->conn, payload);
	struct wire_smb2_hdr hdr = {
		.command = command,
		.credit_charge = charge_field(req->conn, charge),
		.credits = credit_wish(req->conn, charge),
		.channel_sequence = channel_sequence(req),
		.flags = flags & UNC_PART_RELATED ?
			 SMB2_FLAGS_RELATED_OPERATIONS : 0,
		.tree_id = req->tree ? req->tree->id : 0,
		.session_id = req->session ? req->session->id : 0,
	};
	struct unc_part *part;

	if (req->nparts)
		wire_smb2_pdu_end(&req->out, true);
	part = unc_req_part_new(req, command, charge);
	wire_smb2_pdu_begin(&req->out, &hdr);
	return part;
}

/**
 * unc_req_foreign - begin a request that has no SMB2 header
 * @req: the request, empty
 * @command: [MS-SMB2] 2.2.1.2 Command of the answer
 *
 * The caller encodes the whole message with @req->out next.  It costs one credit,
 * and is answered by the MessageId that it would have had.  Any context.
 */
void unc_req_foreign(struct unc_req *req, u16 command)
{
	req->foreign = true;
	unc_req_part_new(req, command, 1);
}

/**
 * unc_req_get - take a reference
 * @req: the request
 * @why: reason, to be named again by the put
 *
 * Any context.  Return: @req.
 */
struct unc_req *unc_req_get(struct unc_req *req, enum unc_why why)
{
	refcount_inc(&req->ref);
	trace_unc_ref('R', req->parts[0].mid, refcount_read(&req->ref), why);
	return req;
}

static void req_free(struct unc_req *req)
{
	int i;

	if (req->own)
		req->conn->speaks->messages.forget(req);
	for (i = 0; i < req->nparts; i++)
		unc_rx_put(req->parts[i].rx);
	if (req->tree)
		unc_tree_put(req->tree, unc_why_request);
	if (req->session)
		unc_session_put(req->session, unc_why_request);
	unc_conn_put(req->conn, unc_why_request);
	kvfree(req->buf);
	kfree(req);
}

/**
 * unc_req_put - drop a reference
 * @req: the request
 * @why: the reason it was taken for
 *
 * May sleep.
 */
void unc_req_put(struct unc_req *req, enum unc_why why)
{
	u64 mid = req->parts[0].mid;
	bool last;
	int ref;

	last = __refcount_dec_and_test(&req->ref, &ref);
	trace_unc_ref('R', mid, ref - 1, why);
	if (last)
		req_free(req);
}

/* Takes the parts out of the connection; the in-flight reference is freed. */
static void req_unregister(struct unc_req *req)
{
	struct unc_conn *conn = req->conn;
	int i;

	lockdep_assert_held(&conn->lock);
	for (i = 0; i < req->nparts; i++)
		xa_erase(&conn->requests, req->parts[i].mid);
	req->registered = false;
	unc_credit_ended(conn, req);
}

static void req_finish(struct unc_req *req, int error)
{
	lockdep_assert_held(&req->conn->lock);
	req->error = error;
	/* Pairs with req_is_finished(): results before the flag. */
	smp_store_release(&req->finished, true);
}

static void req_tell(struct unc_req *req)
{
	if (req->complete)
		queue_work(unc_req_wq, &req->work);
	else
		wake_up_all(&req->wait);
}

/**
 * unc_req_end - end a request without its answers
 * @req: the request, which the caller has a reference to
 * @error: negative errno
 *
 * May sleep.  Does nothing if it has ended.
 */
void unc_req_end(struct unc_req *req, int error)
{
	struct unc_conn *conn = req->conn;
	bool first, gone = false;

	spin_lock(&conn->lock);
	first = !req->finished;
	if (first)
		req_finish(req, error);
	if (req->registered &&
	    (!req->orphaned || conn->state == UNC_STATE_DEAD)) {
		req_unregister(req);
		gone = true;
	}
	spin_unlock(&conn->lock);
	if (first)
		req_tell(req);
	if (gone)
		unc_req_put(req, unc_why_request);
}

/**
 * unc_req_answered - a part has got its final response
 * @part: the part; the caller has a reference to its request
 * @rx: the message with the response
 * @pdu: the response, its position at the body
 * @status: its NTSTATUS
 *
 * May sleep.  A second answer to the same part is ignored.
 */
void unc_req_answered(struct unc_part *part, struct unc_rx *rx,
		      const struct wire_in *pdu, u32 status)
{
	struct unc_req *req = part->req;
	struct unc_conn *conn = req->conn;
	bool orphan = false, last = false;

	spin_lock(&conn->lock);
	if (req->registered && !part->answered) {
		part->answered = true;
		part->status = status;
		part->rsp = *pdu;
		part->rx = rx;
		refcount_inc(&rx->ref);
		last = --req->unanswered == 0;
	}
	if (last) {
		req_unregister(req);
		orphan = req->finished;
		if (!orphan)
			req_finish(req, 0);
	}
	spin_unlock(&conn->lock);
	if (!last)
		return;
	if (orphan) {
		/* The worker drops the in-flight reference. */
		queue_work(unc_req_wq, &req->work);
		return;
	}
	req_tell(req);
	unc_req_put(req, unc_why_request);
}

/**
 * unc_req_init - make the workqueue that completes requests
 *
 * Writeback waits for it, so it must not itself wait for memory.
 *
 * Return: 0 or -ENOMEM.
 */
int unc_req_init(void)
{
	unc_req_wq = alloc_workqueue("uncfs", WQ_MEM_RECLAIM | WQ_UNBOUND, 0);
	return unc_req_wq ? 0 : -ENOMEM;
}

/**
 * unc_req_exit - the opposite of unc_req_init()
 */
void unc_req_exit(void)
{
	destroy_workqueue(unc_req_wq);
}
