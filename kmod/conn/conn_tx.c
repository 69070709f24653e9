// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sending: a request gets its credits and MessageIds, its protection, and its
 * turn at the transport.  Signing and encryption happen before the turn, in
 * the caller's context, so that one sender's crypto delays nobody else.
 */
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/timekeeping.h>
#include "../transport/transport.h"
#include "../wire/smb2_hdr.h"
#include "../wire/smb2_simple.h"
#include "conn.h"
#include "dialect.h"
#include "request.h"

/* [MS-SMB2] 2.2.1.2 */
#define HDR_FLAGS	16
#define HDR_MID		24

/**
 * struct tx_msg - a message on its way out
 * @bounce: private copy, UNC_SEAL_HEADROOM and then the message, or NULL
 * @msg: first byte to send
 * @len: bytes at @msg
 * @payload: what follows @msg, or NULL
 */
struct tx_msg {
	u8		*bounce;
	u8		*msg;
	u32		len;
	struct iov_iter	*payload;
};

/*
 * SESSION_SETUP is never protected here (its keys do not exist yet); a request
 * may ask by itself to be signed (TREE_CONNECT of 3.1.1).
 */
static void tx_choose_protection(struct unc_req *req)
{
	const struct unc_session *s = req->session;

	if (!s || !s->keys || req->unsigned_reply) {
		req->signed_ = false;
		return;
	}
	req->sealed = s->flags & UNC_SESSION_SEAL ||
		      (req->tree && req->tree->seal);
	req->signed_ = !req->sealed &&
		       (req->signed_ || s->flags & UNC_SESSION_SIGN);
}

/*
 * A signed or encrypted message is made of a private copy of its payload: the
 * page cache may change under us, and must not be encrypted in place.
 */
static int tx_prepare(struct unc_req *req, struct tx_msg *tx)
{
	u32 head = req->out.pos, data = iov_iter_count(&req->payload);

	*tx = (struct tx_msg){
		.msg = req->buf + UNC_SEAL_HEADROOM,
		.len = head,
	};
	if (!data)
		return 0;
	if (!req->sealed && !req->signed_) {
		tx->payload = &req->payload;
		return 0;
	}
	tx->bounce = kvmalloc(UNC_SEAL_HEADROOM + head + data, GFP_NOFS);
	if (!tx->bounce)
		return -ENOMEM;
	tx->msg = tx->bounce + UNC_SEAL_HEADROOM;
	tx->len = head + data;
	if (!copy_from_iter_full(tx->msg + head, data, &req->payload))
		return -EFAULT;
	return 0;
}

static void tx_number(struct unc_req *req)
{
	u32 flags = req->signed_ ? SMB2_FLAGS_SIGNED : 0;
	int i;

	for (i = 0; i < req->nparts; i++) {
		struct unc_part *part = &req->parts[i];
		u8 *hdr = req->buf + UNC_SEAL_HEADROOM + part->at;

		if (!req->foreign) {
			put_unaligned_le32(get_unaligned_le32(hdr + HDR_FLAGS) |
					   flags, hdr + HDR_FLAGS);
			put_unaligned_le64(part->mid, hdr + HDR_MID);
		}
		part->sent = ktime_get_ns();
		trace_unc_part_send(req->conn->id,
				    req->session ? req->session->id : 0,
				    READ_ONCE(req->conn->credits), part, i);
	}
}

/**
 * unc_tx_register - a numbered request is about to be sent
 * @req: the request
 *
 * From here on the answers find the request, and unc_conn_lost() does.  Memory
 * for the few nodes is not refused: a MessageId that was taken and is never
 * sent would leave a hole that the server waits to be filled.
 *
 * May sleep.  Return: 0 or -errno.
 */
int unc_tx_register(struct unc_req *req)
{
	struct unc_conn *conn = req->conn;
	int err = 0;
	int i;

	for (i = 0; i < req->nparts && !err; i++)
		err = xa_reserve(&conn->requests, req->parts[i].mid,
				 GFP_NOFS | __GFP_NOFAIL);
	unc_req_get(req, unc_why_request);
	spin_lock(&conn->lock);
	req->unanswered = req->nparts;
	req->registered = true;
	for (i = 0; i < req->nparts; i++)
		xa_store(&conn->requests, req->parts[i].mid, &req->parts[i], 0);
	spin_unlock(&conn->lock);
	if (unc_conn_state(conn) == UNC_STATE_DEAD)
		unc_req_end(req, conn->error);
	else
		unc_conn_watch_start(conn);
	return err;
}

static int tx_sign(struct unc_req *req, struct tx_msg *tx)
{
	int err = 0;
	int i;

	for (i = 0; i < req->nparts && !err; i++) {
		u32 at = req->parts[i].at;
		u32 end = i + 1 < req->nparts ? req->parts[i + 1].at : tx->len;

		err = unc_sign_pdu(req->session->keys, tx->msg + at, end - at);
	}
	return err;
}

static int tx_protect(struct unc_req *req, struct tx_msg *tx)
{
	int err;

	if (tx->bounce)
		memcpy(tx->msg, req->buf + UNC_SEAL_HEADROOM, req->out.pos);
	if (!req->sealed)
		return req->signed_ ? tx_sign(req, tx) : 0;
	err = unc_seal(req->session->keys, req->session->id, tx->msg, tx->len);
	tx->msg -= UNC_SEAL_HEADROOM;
	tx->len += UNC_SEAL_HEADROOM;
	return err;
}

static int tx_transmit(struct unc_conn *conn, struct tx_msg *tx)
{
	struct kvec head = { .iov_base = tx->msg, .iov_len = tx->len };
	int err;

	mutex_lock(&conn->send_lock);
	err = unc_conn_state(conn) == UNC_STATE_DEAD ? conn->error :
	      unc_transport_send(conn->tp, &head, tx->payload);
	mutex_unlock(&conn->send_lock);
	return err;
}

static int tx_close_message(struct unc_req *req)
{
	u32 data = iov_iter_count(&req->payload);

	if (data)
		wire_smb2_pdu_end_payload(&req->out, data, false);
	else if (!req->foreign)
		wire_smb2_pdu_end(&req->out, false);
	return wire_out_errno(&req->out);
}

/**
 * unc_tx_send - unc_req_send() of SMB 2 and 3
 * @req: the request
 *
 * Return: as unc_req_send().
 */
int unc_tx_send(struct unc_req *req)
{
	struct tx_msg tx;
	int err;

	err = tx_close_message(req);
	if (err)
		return err;
	tx_choose_protection(req);
	req->deadline = jiffies + req->timeout;
	err = tx_prepare(req, &tx);
	if (!err)
		err = unc_credit_take(req->conn, req);
	if (err)
		goto out;
	tx_number(req);
	err = unc_tx_register(req);
	if (!err)
		err = tx_protect(req, &tx);
	if (!err)
		err = tx_transmit(req->conn, &tx);
	/* Numbered and not sent: the connection cannot go on without it. */
	if (err)
		unc_conn_lost(req->conn, err);
	err = 0;
out:
	kvfree(tx.bounce);
	return err;
}

/*
 * CANCEL costs no credit and has no answer.  It names the request by its
 * MessageId, or by the AsyncId once there is one ([MS-SMB2] 3.2.4.24).
 */
static struct unc_req *cancel_new(const struct unc_part *part)
{
	struct wire_smb2_hdr hdr = {
		.command = SMB2_CANCEL,
		.message_id = part->mid,
		.async_id = READ_ONCE(part->async_id),
		.session_id = part->req->session ? part->req->session->id : 0,
	};
	struct unc_req *req;

	req = unc_req_new(part->req->conn, part->req->session, part->req->tree,
			  SMB2_HDR_SIZE + 8);
	if (!req)
		return NULL;
	if (hdr.async_id)
		hdr.flags = SMB2_FLAGS_ASYNC_COMMAND;
	else
		hdr.tree_id = req->tree ? req->tree->id : 0;
	req->nparts = 1;
	req->parts[0] = (struct unc_part){ .req = req, .mid = part->mid,
					   .command = SMB2_CANCEL };
	wire_smb2_pdu_begin(&req->out, &hdr);
	wire_smb2_cancel_req_encode(&req->out);
	wire_smb2_pdu_end(&req->out, false);
	return req;
}

static void cancel_part(const struct unc_part *part)
{
	struct unc_req *req = cancel_new(part);
	struct tx_msg tx;

	if (!req)
		return;
	tx_choose_protection(req);
	tx_number(req);
	if (!tx_prepare(req, &tx) && !tx_protect(req, &tx))
		tx_transmit(req->conn, &tx);
	unc_req_put(req, unc_why_alloc);
}

/**
 * unc_tx_cancel - unc_req_cancel() of SMB 2 and 3
 * @req: the request, sent
 */
void unc_tx_cancel(struct unc_req *req)
{
	int i;

	for (i = 0; i < req->nparts; i++)
		if (!READ_ONCE(req->parts[i].answered))
			cancel_part(&req->parts[i]);
}

/**
 * unc_req_send - send a request
 * @req: the request, fully encoded
 *
 * May sleep: for credits (killable, until the deadline) and for room in the
 * socket.  The deadline counts from here.
 *
 * Return: 0, and then the request ends once, by its answers or otherwise; or
 * -EMSGSIZE, -ENOMEM, -EFAULT, -ETIMEDOUT, -ERESTARTSYS or why the connection
 * is dead, and then it never was in flight.
 */
int unc_req_send(struct unc_req *req)
{
	return req->conn->speaks->messages.send(req);
}

/**
 * unc_req_cancel - ask the server to give up what is unanswered of a request
 * @req: the request, sent
 *
 * May sleep for room in the socket.  The answers still come, or the
 * connection ends.  A CANCEL that could not be sent is no error: it is a
 * courtesy.
 */
void unc_req_cancel(struct unc_req *req)
{
	req->conn->speaks->messages.cancel(req);
}
