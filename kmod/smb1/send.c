// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sending: the parts of a request one after the other, numbered, signed in the
 * order in which they go out.
 */
#include <linux/mm.h>
#include <linux/slab.h>
#include "../transport/transport.h"
#include "../wire/smb1_setup.h"
#include "smb1.h"

#define HDR_MID		30	/* [MS-CIFS] 2.2.3.1 */

/**
 * struct message - one on its way out
 * @part: whose
 * @msg: first byte
 * @len: bytes at @msg
 * @payload: what follows, or NULL
 */
struct message {
	struct unc_part	*part;
	u8		*msg;
	u32		len;
	struct iov_iter	*payload;
};

static bool is_last(const struct unc_part *part)
{
	return part == &part->req->parts[part->req->nparts - 1];
}

static u32 message_at(const struct unc_part *part)
{
	const struct smb1_part *p = smb1_part(part);

	return p->again ? p->second : part->at;
}

static u32 message_end(const struct unc_part *part)
{
	const struct smb1_part *p = smb1_part(part);

	if (p->second && !p->again)
		return p->second;
	return is_last(part) ? part->req->out.pos : part[1].at;
}

/* The payload of a WRITE, which is the last part, follows the message. */
static void message_make(struct unc_part *part, struct message *m)
{
	struct unc_req *req = part->req;
	struct smb1_req *own = req->own;

	*m = (struct message){
		.part = part,
		.msg = req->buf + UNC_SEAL_HEADROOM + message_at(part),
		.len = message_end(part) - message_at(part),
	};
	if (!is_last(part))
		return;
	if (own->data) {
		memcpy(own->data, m->msg, m->len);
		m->msg = own->data;
		m->len = own->data_len;
	} else if (iov_iter_count(&req->payload)) {
		m->payload = &req->payload;
	}
}

static void message_fill(const struct message *m)
{
	const struct smb1_req *own = m->part->req->own;
	const struct smb1_part *p = smb1_part(m->part);
	u8 *msg = m->part->req->buf + UNC_SEAL_HEADROOM + message_at(m->part);

	put_unaligned_le16(m->part->mid, msg + HDR_MID);
	if (p->related && p->fid_at)
		put_unaligned_le16(own->fid, msg + p->fid_at);
}

/* Answers have the number after that of the request; CANCEL has no answer. */
static int message_sign(struct unc_conn *conn, struct message *m, u32 numbers)
{
	struct smb1_conn *sc = smb1_conn(conn);
	struct smb1_part *p = smb1_part(m->part);
	u32 sequence = sc->sequence;

	lockdep_assert_held(&conn->send_lock);
	if (!sc->signing)
		return 0;
	sc->sequence += numbers;
	p->sequence = sequence + 1;
	p->is_signed = true;
	return smb1_sign(sc, m->msg, m->len, sequence);
}

static int transmit(struct unc_conn *conn, struct message *m, u32 numbers)
{
	struct kvec head;
	int err;

	mutex_lock(&conn->send_lock);
	err = unc_conn_state(conn) == UNC_STATE_DEAD ? conn->error :
	      message_sign(conn, m, numbers);
	head = (struct kvec){ .iov_base = m->msg, .iov_len = m->len };
	/* Whoever looks at it sees how it was signed, too. */
	smp_store_release(&smb1_part(m->part)->sent, true);
	if (!err)
		err = unc_transport_send(conn->tp, &head, m->payload);
	mutex_unlock(&conn->send_lock);
	return err;
}

static int part_send(struct unc_part *part)
{
	struct message m;

	message_fill(&(struct message){ .part = part });
	message_make(part, &m);
	return transmit(part->req->conn, &m, 2);
}

/*
 * A private copy of the payload where the page cache may change it under a
 * signature, or where it is sent later: who asked may be gone by then.
 */
static int payload_copy(struct unc_req *req)
{
	u32 head = req->out.pos - req->parts[req->nparts - 1].at;
	u32 data = iov_iter_count(&req->payload);
	struct smb1_req *own = req->own;

	if (!data || (req->nparts == 1 && !smb1_conn(req->conn)->wants_signing))
		return 0;
	own->data_len = head + data;
	own->data = kvmalloc(own->data_len, GFP_NOFS);
	if (!own->data)
		return -ENOMEM;
	if (!copy_from_iter_full(own->data + head, data, &req->payload))
		return -EFAULT;
	return 0;
}

/* What is known here already is answered without the server. */
static int part_answer(struct unc_part *part, u32 status)
{
	struct unc_conn *conn = part->req->conn;
	struct unc_rx *rx = kvzalloc(sizeof(*rx), GFP_NOFS);
	struct wire_in nothing;

	if (!rx)
		return -ENOMEM;
	refcount_set(&rx->ref, 1);
	wire_in_init(&nothing, rx->buf, 0);
	unc_req_answered(part, rx, &nothing, status);
	unc_rx_put(rx);
	unc_credit_give(conn, 1);
	return 0;
}

static int first_send(struct unc_req *req)
{
	u32 local = smb1_part(&req->parts[0])->local;

	return local ? part_answer(&req->parts[0], local) :
		       part_send(&req->parts[0]);
}

/**
 * smb1_send - unc_req_send() of SMB 1
 * @req: the request
 *
 * Return: as unc_req_send().
 */
int smb1_send(struct unc_req *req)
{
	int err = wire_out_errno(&req->out);

	if (err || !req->own)
		return err ?: -EMSGSIZE;
	req->deadline = jiffies + req->timeout;
	err = payload_copy(req);
	if (!err)
		err = unc_credit_take(req->conn, req);
	if (err)
		return err;
	err = unc_tx_register(req);
	if (!err)
		err = first_send(req);
	if (err)
		unc_conn_lost(req->conn, err);
	return 0;
}

/**
 * smb1_step - send the next part
 * @work: of a struct smb1_req, whose request it has a reference to
 */
void smb1_step(struct work_struct *work)
{
	struct smb1_req *own = container_of(work, struct smb1_req, step);
	struct unc_req *req = own->req;
	struct unc_conn *conn = req->conn;
	bool wanted;
	int err;

	spin_lock(&conn->lock);
	wanted = req->registered;
	spin_unlock(&conn->lock);
	if (wanted) {
		err = part_send(&req->parts[own->next]);
		if (err)
			unc_conn_lost(conn, err);
	} else {
		unc_credit_give(conn, 1);
	}
	unc_req_put(req, unc_why_rx);
}

/**
 * smb1_go_on - a part was answered, the next one may go
 * @req: the request; its own->next is set
 *
 * From the receive thread, which must not wait for room in the socket: the
 * server may wait for us to read.
 */
void smb1_go_on(struct unc_req *req)
{
	struct smb1_req *own = req->own;

	unc_req_get(req, unc_why_rx);
	queue_work(unc_req_wq, &own->step);
}

/* [MS-CIFS] 2.2.4.65: the same numbers as in the message that it is about */
static void part_cancel(struct unc_part *part)
{
	struct unc_req *req;
	struct message m;

	req = unc_req_new(part->req->conn, part->req->session, part->req->tree,
			  SMB1_HDR_SIZE + 8);
	if (!req)
		return;
	WRITE_ONCE(smb1_part(part)->cancelled, true);
	if (smb1_part_begin(req, SMB2_CANCEL, SMB1_NT_CANCEL, 3)) {
		wire_smb1_empty(&req->out);
		req->parts[0].mid = part->mid;
		message_fill(&(struct message){ .part = &req->parts[0] });
		message_make(&req->parts[0], &m);
		transmit(req->conn, &m, 1);
	}
	unc_req_put(req, unc_why_alloc);
}

/*
 * Samba does not cancel the READ of a pipe, and forgets it when that is closed,
 * which waits for it here.  So it ends now; its slot is free once it is answered
 * all the same, or the handle is closed.
 */
static void read_give_up(struct unc_part *part)
{
	struct unc_conn *conn = part->req->conn;
	struct xarray *lost = &smb1_conn(conn)->lost;

	xa_store(lost, part->mid, xa_mk_value(smb1_part_handle(part)),
		 GFP_NOFS);
	unc_req_end(part->req, -ECANCELED);
	/* Its answer may have overtaken us. */
	if (READ_ONCE(part->answered))
		xa_erase(lost, part->mid);
}

/**
 * smb1_cancel - unc_req_cancel() of SMB 1
 * @req: the request, sent
 */
void smb1_cancel(struct unc_req *req)
{
	const struct smb1_req *own = req->own;
	struct unc_part *part = &req->parts[own->next];

	if (READ_ONCE(part->answered))
		return;
	part_cancel(part);
	if (smb1_part(part)->command == SMB1_READ_ANDX)
		read_give_up(part);
}

/**
 * smb1_echo - unc_req_echo() of SMB 1
 * @conn: where it will go
 *
 * Return: the request, to be sent, or NULL.
 */
struct unc_req *smb1_echo(struct unc_conn *conn)
{
	struct unc_req *req = unc_req_new(conn, NULL, NULL, SMB1_HDR_SIZE + 8);

	if (!req)
		return NULL;
	if (!smb1_part_begin(req, SMB2_ECHO, SMB1_ECHO, 5)) {
		unc_req_put(req, unc_why_alloc);
		return NULL;
	}
	wire_smb1_echo_req_encode(&req->out);
	return req;
}
