/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Request ([MS-SMB2] 3.2.1.7): one message of one or more commands, sent in
 * one flight, and what came back for each of them.
 */
#ifndef _UNC_CONN_REQUEST_H
#define _UNC_CONN_REQUEST_H

#include <linux/refcount.h>
#include <linux/types.h>
#include <linux/uio.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#include "../wire/cursor.h"
#include "session.h"

#define UNC_REQ_PARTS	8	/* of an ordinary request */

struct unc_req;

/**
 * struct unc_rx - a received message, shared by the parts it answers
 * @ref: one for each part, one for the receive thread
 * @len: bytes at @msg
 * @sealed: T if it came encrypted
 * @msg: the message, plain
 * @buf: what was received
 */
struct unc_rx {
	refcount_t	ref;
	u32		len;
	bool		sealed;
	u8		*msg;
	u8		buf[];
};

/**
 * struct unc_part - one command of a request
 * @req: its request
 * @at: where its PDU starts in the request's buffer
 * @command: [MS-SMB2] 2.2.1.2 Command
 * @charge: CreditCharge, at least 1
 * @mid: MessageId
 * @sent: ktime_get_ns() when it was about to be sent
 * @async_id: from the interim response, 0 before one came
 * @answered: T once the final response is here
 * @status: NTSTATUS of the final response
 * @rsp: body of the final response, if @answered
 * @rx: the message that @rsp points into (pins ref)
 */
struct unc_part {
	struct unc_req	*req;
	u32		at;
	u16		command;
	u16		charge;
	u64		mid;
	u64		sent;
	u64		async_id;
	bool		answered;
	u32		status;
	struct wire_in	rsp;
	struct unc_rx	*rx;
};

/**
 * struct unc_req - a Request
 * @ref: the owner has one, the connection another while it is in flight
 * @conn: where it goes (pins ref)
 * @session: whose it is (pins ref), or NULL before there is one
 * @tree: where it belongs (pins ref), or NULL
 * @nparts: how many commands
 * @max_parts: how many there may be
 * @unanswered: parts without a final response, under conn->lock
 * @sealed: T if it was sent encrypted, so the answer must be too
 * @signed_: T if it was sent signed, so the answer must be too
 * @foreign: T if what is sent has no SMB2 header (multi-protocol NEGOTIATE)
 * @unsigned_reply: T for the command whose answer is checked by its caller
 *	(SESSION_SETUP: the key follows from the answer)
 * @buf: UNC_SEAL_HEADROOM bytes, then the message without its payload
 * @out: encoder over @buf behind the headroom
 * @payload: data of a WRITE, after the last part; empty for others
 * @sink: where the receive thread puts the data of a READ, or NULL
 * @timeout: jiffies it may take; 0 means no deadline (blocking pipe, lock)
 * @deadline: jiffies at which it ends with -ETIMEDOUT, if @timeout
 * @registered: T while conn->requests knows it, under conn->lock
 * @finished: T once it has ended, under conn->lock
 * @error: 0 or why it ended without all answers, valid once @finished
 * @wait: woken at the end
 * @complete: called once at the end, from a workqueue, if not NULL; not
 *	called when unc_req_send() fails
 * @orphaned: called once, from a workqueue, when all answers come after the
 *	request had ended with an error: closes what was opened in vain.  Not
 *	together with @complete.
 * @priv: for @complete and @orphaned
 * @own: what else the dialect has to remember, or NULL
 * @work: runs them
 * @parts: the commands
 */
struct unc_req {
	refcount_t		ref;
	struct unc_conn		*conn;
	struct unc_session	*session;
	struct unc_tree		*tree;
	u8			nparts;
	u8			max_parts;
	u8			unanswered;
	bool			sealed;
	bool			signed_;
	bool			foreign;
	bool			unsigned_reply;
	u8			*buf;
	struct wire_out		out;
	struct iov_iter		payload;
	struct iov_iter		*sink;
	unsigned long		timeout;
	unsigned long		deadline;
	bool			registered;
	bool			finished;
	int			error;
	wait_queue_head_t	wait;
	void			(*complete)(struct unc_req *req);
	void			(*orphaned)(struct unc_req *req);
	void			*priv;
	void			*own;
	struct work_struct	work;
	struct unc_part		parts[] __counted_by(max_parts);
};

/* Flags of unc_req_part() */
#define UNC_PART_RELATED	0x1	/* uses the FileId of the part before */

/* request.c: making and ending */
struct unc_req *unc_req_new_of(struct unc_conn *conn,
			       struct unc_session *session,
			       struct unc_tree *tree, u32 room, u8 parts);
struct unc_req *unc_req_new(struct unc_conn *conn, struct unc_session *session,
			    struct unc_tree *tree, u32 room);
struct unc_part *unc_req_part(struct unc_req *req, u16 command, u32 payload,
			      unsigned int flags);
struct unc_part *unc_req_part_new(struct unc_req *req, u16 command, u16 charge);
int unc_req_grow(struct unc_req *req, u32 room);
void unc_req_foreign(struct unc_req *req, u16 command);
struct unc_req *unc_req_get(struct unc_req *req, enum unc_why why);
void unc_req_put(struct unc_req *req, enum unc_why why);
void unc_req_end(struct unc_req *req, int error);
void unc_req_answered(struct unc_part *part, struct unc_rx *rx,
		      const struct wire_in *pdu, u32 status);
void unc_rx_put(struct unc_rx *rx);

/* conn_tx.c: sending; unc_tx_*() are for dialects */
int unc_req_send(struct unc_req *req);
void unc_req_cancel(struct unc_req *req);
int unc_tx_register(struct unc_req *req);
int unc_tx_send(struct unc_req *req);
void unc_tx_cancel(struct unc_req *req);

/* conn_rx.c: for dialects */
struct unc_part *unc_rx_find(struct unc_conn *conn, u64 mid);
int unc_rx_message(struct unc_conn *conn, struct unc_rx *rx);

/* request_wait.c: waiting */
int unc_req_wait(struct unc_req *req, bool interruptible);
int unc_req_call(struct unc_req *req);

/* conn_watch.c: an ECHO, to be sent */
struct unc_req *unc_req_echo(struct unc_conn *conn);

#define UNC_CREDIT_BYTES	65536	/* that one credit pays for */

/* credit.c */
int unc_credit_take(struct unc_conn *conn, struct unc_req *req);
void unc_credit_give(struct unc_conn *conn, u32 credits);
void unc_credit_ended(struct unc_conn *conn, const struct unc_req *req);
u32 unc_credit_charge(const struct unc_conn *conn, u32 payload);
u32 unc_credit_bytes(const struct unc_conn *conn);

extern struct workqueue_struct *unc_req_wq;
int unc_req_init(void);
void unc_req_exit(void);

#endif /* _UNC_CONN_REQUEST_H */
