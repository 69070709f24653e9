// SPDX-License-Identifier: GPL-2.0-only
/*
 * Receiving: each message goes to the part that waits for it; those of a
 * transaction are put together before.  Whatever breaks a rule ends the
 * connection, as with SMB 2.
 */
#include <linux/mm.h>
#include <linux/slab.h>
#include "../wire/ntstatus.h"
#include "../wire/smb1_file.h"
#include "smb1.h"

/* No transaction of ours asks for more. */
#define GATHER_MAX	(256 * 1024)

#define FILE_ALL_SIZE	100	/* [MS-FSCC] 2.4.2, without a name */

/**
 * struct answer - a message that belongs to a part
 * @part: the part; we have a reference to its request
 * @rx: the message
 * @hdr: its header
 * @body: behind the header
 */
struct answer {
	struct unc_part		*part;
	struct unc_rx		*rx;
	struct wire_smb1_hdr	hdr;
	struct wire_in		body;
};

static struct unc_rx *rx_new(u32 len)
{
	struct unc_rx *rx = kvzalloc(struct_size(rx, buf, len), GFP_NOFS);

	if (!rx)
		return NULL;
	refcount_set(&rx->ref, 1);
	rx->msg = rx->buf;
	rx->len = len;
	return rx;
}

static bool is_trans(u8 command)
{
	return command == SMB1_TRANSACTION || command == SMB1_TRANSACTION2 ||
	       command == SMB1_NT_TRANSACT;
}

static int check_signature(const struct answer *a)
{
	const struct smb1_part *p = smb1_part(a->part);

	if (!p->is_signed)
		return 0;
	return smb1_verify(smb1_conn(a->part->req->conn), a->rx->msg,
			   a->rx->len, p->sequence);
}

static int gather_begin(struct smb1_part *p,
			const struct wire_smb1_trans_rsp *piece)
{
	if (piece->total_params > GATHER_MAX || piece->total_data > GATHER_MAX)
		return -EPROTO;
	p->gather = rx_new(piece->total_params + piece->total_data);
	p->params = piece->total_params;
	return p->gather ? 0 : -ENOMEM;
}

/*
 * Pieces come in order, and the totals stay as they are: anything else leaves
 * holes or says two things at once.
 */
static bool gather_fits(const struct smb1_part *p,
			const struct wire_smb1_trans_rsp *piece)
{
	return piece->total_params == p->params &&
	       piece->total_params + piece->total_data == p->gather->len &&
	       (!piece->params.len || piece->params_at == p->got_params) &&
	       (!piece->data.len || piece->data_at == p->got_data);
}

/* Return: 1 if the answer is complete, 0 if there is more to come, -errno. */
static int gather(struct answer *a, struct smb1_part *p)
{
	struct wire_smb1_trans_rsp piece;
	struct wire_in in = a->body;
	u32 total;
	int err;

	if (wire_smb1_trans_rsp_decode(&in, p->command == SMB1_NT_TRANSACT,
				       &piece))
		return -EPROTO;
	err = p->gather ? 0 : gather_begin(p, &piece);
	if (err)
		return err;
	if (!gather_fits(p, &piece))
		return -EPROTO;
	memcpy(p->gather->msg + p->got_params, piece.params.ptr,
	       piece.params.len);
	memcpy(p->gather->msg + p->params + p->got_data, piece.data.ptr,
	       piece.data.len);
	p->got_params += piece.params.len;
	p->got_data += piece.data.len;
	total = p->got_params + p->got_data;
	if (total < p->gather->len)
		return piece.params.len + piece.data.len ? 0 : -EPROTO;
	p->gathered = true;
	return 1;
}

/*
 * What SMB 1 knows of a file, in the form that newer dialects have, but for the
 * file id, which is to be asked for.
 */
static int widen(struct smb1_part *p)
{
	const struct unc_rx *old = p->gather;
	struct wire_blob data = { old->msg + p->params, old->len - p->params };
	struct unc_rx *rx = rx_new(p->params + FILE_ALL_SIZE);
	struct wire_out out;
	int err;

	if (!rx)
		return -ENOMEM;
	memcpy(rx->msg, old->msg, p->params);
	wire_out_init(&out, rx->msg + p->params, FILE_ALL_SIZE);
	err = wire_smb1_all_widen(&data, &out);
	unc_rx_put(p->gather);
	p->gather = NULL;
	p->gathered = false;
	p->got_params = 0;
	p->got_data = 0;
	p->all = rx;
	return err ? -EPROTO : 0;
}

/* Return: 0, as the part has no answer yet, or -errno. */
static int ask_again(struct answer *a, struct smb1_part *p)
{
	struct smb1_req *own = a->part->req->own;
	int err = widen(p);

	if (err)
		return err;
	p->sent = false;
	p->again = true;
	own->next = a->part - a->part->req->parts;
	smb1_go_on(a->part->req);
	return 0;
}

/* Without a file id there is still all the rest. */
static void take_id(struct answer *a, struct smb1_part *p)
{
	struct wire_blob data = {};

	if (p->gathered)
		data = (struct wire_blob){ p->gather->msg + p->params,
					   p->gather->len - p->params };
	if (!a->hdr.status && data.len >= 8)
		wire_smb1_all_id(p->all->msg + p->all->len - FILE_ALL_SIZE,
				 data.ptr);
	unc_rx_put(p->gather);
	p->gather = p->all;
	p->all = NULL;
	p->params = p->gather->len - FILE_ALL_SIZE;
	p->gathered = true;
	a->hdr.status = 0;
}

/* A search that finds nothing more says so by a number; op/ wants a status. */
static int note_found(struct answer *a, struct smb1_part *p)
{
	struct wire_blob params = { p->gather->msg, p->params };
	bool first = p->function == SMB1_FIND_FIRST2;
	struct wire_smb1_found found;

	if (wire_smb1_found_decode(&params, first, &found) ||
	    wire_smb1_found_end(p->gather->msg + p->params,
				p->gather->len - p->params, found.count))
		return -EPROTO;
	smb1_dir_found(a->part->req, &found, first);
	if (!found.count)
		a->hdr.status = NT_STATUS_NO_MORE_FILES;
	return 0;
}

static int finish_trans(struct answer *a, struct smb1_part *p)
{
	if (p->again)
		take_id(a, p);
	else if (p->command == SMB1_TRANSACTION2 &&
	    (p->function == SMB1_FIND_FIRST2 || p->function == SMB1_FIND_NEXT2))
		return note_found(a, p);
	return 0;
}

/* Return: 1 if the part has its answer, 0 if there is more to come, -errno. */
static int take_trans(struct answer *a)
{
	struct smb1_part *p = smb1_part(a->part);
	struct wire_in whole;
	int ret;

	/* One that failed has no words, whatever came before. */
	if (a->body.pos < a->body.len && !a->body.base[a->body.pos] &&
	    !p->again) {
		unc_req_answered(a->part, a->rx, &a->body, a->hdr.status);
		return 1;
	}
	ret = a->hdr.status && p->again ? 1 : gather(a, p);
	if (ret <= 0)
		return ret;
	if (p->second && !p->again)
		return ask_again(a, p);
	ret = finish_trans(a, p);
	if (ret)
		return ret;
	wire_in_init(&whole, p->gather->msg, p->gather->len);
	whole.pos = p->params;
	unc_req_answered(a->part, p->gather, &whole, a->hdr.status);
	return 1;
}

static int note_created(const struct answer *a)
{
	struct smb1_req *own = a->part->req->own;
	struct wire_smb2_create_rsp rsp;
	struct wire_in in = a->body;

	if (a->hdr.status)
		return 0;
	if (wire_smb1_create_rsp_decode(&in, &rsp))
		return -EPROTO;
	own->fid = rsp.fid.volatile_id;
	own->has_fid = true;
	if (own->lists)
		smb1_dir_opened(a->part->req);
	return 0;
}

/* Whatever was asked about a handle that is closed now is never answered. */
static void forget_lost(const struct unc_part *part)
{
	struct unc_conn *conn = part->req->conn;
	struct xarray *lost = &smb1_conn(conn)->lost;
	u16 fid = smb1_part_handle(part);
	unsigned long mid;
	void *entry;

	xa_for_each(lost, mid, entry) {
		if (xa_to_value(entry) != fid)
			continue;
		xa_erase(lost, mid);
		unc_credit_give(conn, 1);
	}
}

/* @next: what comes after the part that was answered. */
static void next_part(const struct answer *a, int next)
{
	struct unc_req *req = a->part->req;
	struct smb1_req *own = req->own;

	/* What needs a handle that there is not fails with it. */
	while (next < req->nparts && own->parts[next].related && !own->has_fid)
		unc_req_answered(&req->parts[next++], a->rx, &a->body,
				 a->hdr.status);
	if (next == req->nparts) {
		xa_erase(&smb1_conn(req->conn)->lost, a->hdr.mid);
		unc_credit_give(req->conn, 1);
		return;
	}
	own->next = next;
	smb1_go_on(req);
}

/* Return: as take_trans(). */
static int take(struct answer *a)
{
	u8 command = smb1_part(a->part)->command;
	int err;

	if (is_trans(command))
		return take_trans(a);
	if (command == SMB1_CLOSE)
		forget_lost(a->part);
	err = command == SMB1_NT_CREATE_ANDX ? note_created(a) : 0;
	if (err)
		return err;
	unc_req_answered(a->part, a->rx, &a->body, a->hdr.status);
	return 1;
}

static void check_session(struct unc_session *session, u32 status)
{
	if (!session)
		return;
	if (status == NT_STATUS_NETWORK_SESSION_EXPIRED)
		unc_session_expired(session);
	else if (status == NT_STATUS_USER_SESSION_DELETED)
		unc_session_refused(session);
}

static int answer(struct answer *a)
{
	struct unc_req *req = a->part->req;
	int at = a->part - req->parts;
	int ret;

	if (a->hdr.command != smb1_part(a->part)->command ||
	    a->part->answered || !smp_load_acquire(&smb1_part(a->part)->sent))
		return -EPROTO;
	ret = check_signature(a);
	if (ret)
		return ret;
	check_session(req->session, a->hdr.status);
	ret = take(a);
	if (ret > 0)
		next_part(a, at + 1);
	return min(ret, 0);
}

/**
 * smb1_receive - a message has come
 * @conn: where
 * @rx: the message
 *
 * From the receive thread.
 *
 * Return: 0; -EPROTO or -EBADMSG if it breaks the protocol; -ENOMEM.
 */
int smb1_receive(struct unc_conn *conn, struct unc_rx *rx)
{
	struct answer a = { .rx = rx };
	struct unc_req *req;
	int err;

	wire_in_init(&a.body, rx->msg, rx->len);
	if (wire_smb1_hdr_decode(&a.body, &a.hdr))
		return -EPROTO;
	/* Unasked, the server says only that an oplock breaks: we have none. */
	if (!(a.hdr.flags & SMB1_FLAGS_REPLY))
		return a.hdr.mid == U16_MAX ? 0 : -EPROTO;
	a.part = unc_rx_find(conn, a.hdr.mid);
	if (!a.part) {
		/* Late; nobody goes on with the request, its slot is free. */
		xa_erase(&smb1_conn(conn)->lost, a.hdr.mid);
		unc_credit_give(conn, 1);
		return 0;
	}
	req = a.part->req;
	err = answer(&a);
	unc_req_put(req, unc_why_rx);
	return err;
}
