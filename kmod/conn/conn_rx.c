// SPDX-License-Identifier: GPL-2.0-only
/*
 * Receiving: one thread takes messages from the transport, makes plain ones of
 * encrypted ones, and gives each PDU to the part of a request that waits for
 * it.  Whatever breaks a rule of [MS-SMB2] 3.2.5.1 ends the connection: a peer
 * that does so once cannot be trusted with the rest.
 */
#include <linux/kthread.h>
#include <linux/math64.h>
#include <linux/slab.h>
#include <linux/timekeeping.h>
#include "../transport/transport.h"
#include "../wire/ntstatus.h"
#include "../wire/smb2_break.h"
#include "../wire/smb2_error.h"
#include "../wire/smb2_hdr.h"
#include "../wire/smb2_transform.h"
#include "conn.h"
#include "dialect.h"
#include "lease.h"
#include "request.h"

/* Room for headers, contexts and tokens besides the negotiated data sizes. */
#define RX_SLACK	(128 * 1024)

void unc_rx_put(struct unc_rx *rx)
{
	if (rx && refcount_dec_and_test(&rx->ref))
		kvfree(rx);
}

static u32 rx_limit(const struct unc_conn *conn)
{
	u32 most = max3(conn->max_read, conn->max_transact, conn->max_write);

	return min_t(u32, most + RX_SLACK, UNC_TRANSPORT_MSG_MAX);
}

/* Turns an encrypted message into a plain one, in place. */
static int rx_unseal(struct unc_conn *conn, struct unc_rx *rx, u64 *session_id)
{
	struct wire_smb2_transform hdr;
	struct unc_session *session;
	struct wire_in in;
	int err;

	wire_in_init(&in, rx->msg, rx->len);
	err = wire_smb2_transform_decode(&in, rx->len, &hdr);
	if (err)
		return err;
	session = unc_session_by_id(conn, hdr.session_id);
	if (!session)
		return -EPROTO;
	err = unc_unseal(session->keys, rx->msg, rx->len, &rx->msg, &rx->len);
	unc_session_put(session, unc_why_rx);
	if (err)
		return err;
	rx->sealed = true;
	*session_id = hdr.session_id;
	return 0;
}

/* [MS-SMB2] 3.2.5.1.5: not the answer yet. */
static bool rx_is_interim(const struct wire_smb2_hdr *hdr)
{
	return hdr->status == NT_STATUS_PENDING &&
	       hdr->flags & SMB2_FLAGS_ASYNC_COMMAND;
}

/*
 * Is this answer as well protected as its question?  The interim response is
 * exempt ([MS-SMB2] 3.2.5.1.3); all it can do is to say "wait".  What is
 * encrypted was made by whoever has the keys of the session that it names, and
 * another user of this connection may not answer for the server.
 */
static int rx_check_protection(struct unc_req *req, struct unc_rx *rx,
			       const struct wire_in *pdu,
			       const struct wire_smb2_hdr *hdr)
{
	if (rx->sealed && req->session && req->session->id != hdr->session_id)
		return -EPROTO;
	if (req->sealed)
		return rx->sealed ? 0 : -EPROTO;
	if (!req->signed_ || rx->sealed || req->unsigned_reply)
		return 0;
	if (!(hdr->flags & SMB2_FLAGS_SIGNED))
		return rx_is_interim(hdr) ? 0 : -EPROTO;
	return unc_sign_verify(req->session->keys, (u8 *)pdu->base, pdu->len);
}

/**
 * unc_rx_find - the part that waits for an answer
 * @conn: where the answer came
 * @mid: its MessageId
 *
 * From the receive thread.
 *
 * Return: the part, with a reference to its request (unc_why_rx), or NULL if
 * nobody waits for it any more.
 */
struct unc_part *unc_rx_find(struct unc_conn *conn, u64 mid)
{
	struct unc_part *part;

	spin_lock(&conn->lock);
	part = xa_load(&conn->requests, mid);
	if (part)
		unc_req_get(part->req, unc_why_rx);
	spin_unlock(&conn->lock);
	return part;
}

/*
 * [MS-SMB2] 3.2.5.1.6, 3.3.5.2.11: the command was not done, nor will others be in
 * this session, or tree.
 */
static void rx_check_session(const struct unc_req *req, u32 status)
{
	if (status == NT_STATUS_NETWORK_NAME_DELETED && req->tree)
		unc_tree_gone(req->tree);
	if (!req->session)
		return;
	if (status == NT_STATUS_NETWORK_SESSION_EXPIRED)
		unc_session_expired(req->session);
	else if (status == NT_STATUS_USER_SESSION_DELETED)
		unc_session_refused(req->session);
}

static int rx_answer(struct unc_part *part, struct unc_rx *rx,
		     const struct wire_in *pdu, const struct wire_smb2_hdr *hdr)
{
	struct unc_req *req = part->req;
	int err;

	if (hdr->command != part->command)
		return -EPROTO;
	err = rx_check_protection(req, rx, pdu, hdr);
	if (err)
		return err;
	trace_unc_part_reply(req->conn->id, req->session ? req->session->id : 0,
			     div_u64(ktime_get_ns() - part->sent, NSEC_PER_USEC),
			     part, hdr);
	if (rx_is_interim(hdr)) {
		WRITE_ONCE(part->async_id, hdr->async_id);
		return 0;
	}
	rx_check_session(req, hdr->status);
	unc_req_answered(part, rx, pdu, hdr->status);
	return 0;
}

/*
 * Notifications are never signed ([MS-SMB2] 3.2.5.1.3) and belong to no session.
 * All that a forger of them could do, knowing the key, is to make us rely on
 * less.  Oplocks are never asked for.
 */
static int rx_break(const struct wire_in *pdu, const struct wire_smb2_hdr *hdr)
{
	struct wire_smb2_break notice;
	struct wire_in in = *pdu;
	int err;

	if (hdr->command != SMB2_OPLOCK_BREAK)
		return 0;
	err = wire_smb2_break_notify_decode(&in, &notice);
	if (!err && notice.is_lease)
		unc_lease_break(&notice.lease);
	return err;
}

static int rx_pdu(struct unc_conn *conn, struct unc_rx *rx,
		  const struct wire_in *pdu, const struct wire_smb2_hdr *hdr)
{
	struct unc_part *part;
	int err;

	if (!(hdr->flags & SMB2_FLAGS_SERVER_TO_REDIR))
		return -EPROTO;
	if (hdr->message_id == U64_MAX)
		return rx_break(pdu, hdr);
	part = unc_rx_find(conn, hdr->message_id);
	if (part) {
		struct unc_req *req = part->req;

		err = rx_answer(part, rx, pdu, hdr);
		unc_req_put(req, unc_why_rx);
		if (err)
			return err;
	}
	/* Late answers are dropped, but what they grant is ours. */
	unc_credit_give(conn, hdr->credits);
	return 0;
}

/**
 * unc_rx_message - take a message of SMB 2 and 3 apart
 * @conn: where it came
 * @rx: the message, perhaps encrypted
 *
 * From the receive thread.
 *
 * Return: 0; -EPROTO or -EBADMSG if it breaks the protocol; -ENOMEM.
 */
int unc_rx_message(struct unc_conn *conn, struct unc_rx *rx)
{
	u64 sealed_id = 0;
	struct wire_smb2_hdr hdr;
	struct wire_in msg, pdu;
	int err;

	if (wire_msg_kind(rx->msg, rx->len) == WIRE_MSG_TRANSFORM) {
		err = rx_unseal(conn, rx, &sealed_id);
		if (err)
			return err;
	}
	if (wire_msg_kind(rx->msg, rx->len) != WIRE_MSG_SMB2)
		return -EPROTO;
	wire_in_init(&msg, rx->msg, rx->len);
	while ((err = wire_smb2_pdu_next(&msg, &pdu, &hdr)) > 0) {
		if (rx->sealed && hdr.session_id != sealed_id &&
		    hdr.message_id != U64_MAX)
			return -EPROTO;
		err = rx_pdu(conn, rx, &pdu, &hdr);
		if (err)
			return err;
	}
	return err;
}

static int rx_one(struct unc_conn *conn)
{
	struct unc_rx *rx;
	u32 len;
	int err;

	err = unc_transport_next(conn->tp, &len);
	if (err)
		return err;
	if (len > rx_limit(conn))
		return -EPROTO;
	rx = kvmalloc(struct_size(rx, buf, len), GFP_NOFS);
	if (!rx)
		return -ENOMEM;
	refcount_set(&rx->ref, 1);
	rx->msg = rx->buf;
	rx->len = len;
	rx->sealed = false;
	err = unc_transport_recv(conn->tp, rx->buf, len);
	if (!err)
		err = conn->speaks->messages.receive(conn, rx);
	unc_rx_put(rx);
	return err;
}

/**
 * unc_conn_rx - the receive thread
 * @data: the connection; unc_conn_stop() keeps it alive until this returns
 *
 * Runs until the transport fails or is shut down, then waits to be stopped.
 *
 * Return: 0.
 */
int unc_conn_rx(void *data)
{
	struct unc_conn *conn = data;
	unsigned int nofs = memalloc_nofs_save();
	int err;

	do {
		err = rx_one(conn);
	} while (!err);
	/* A rule broken by the peer is an I/O error to those who wait. */
	if (err == -EPROTO || err == -EBADMSG)
		pr_warn_ratelimited("uncfs: %s: connection closed, the server broke the protocol (%d)\n",
				    conn->host, err);
	unc_conn_lost(conn, err == -EBADMSG || err == -EPROTO ? -EIO : err);
	memalloc_nofs_restore(nofs);

	while (!kthread_should_stop()) {
		set_current_state(TASK_IDLE);
		if (!kthread_should_stop())
			schedule();
		__set_current_state(TASK_RUNNING);
	}
	return 0;
}
