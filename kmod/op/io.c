// SPDX-License-Identifier: GPL-2.0-only
/*
 * READ and WRITE that are started here and end in a worker, so that any number
 * of them can be in flight for one reader or writer.
 */
#include <linux/atomic.h>
#include <linux/minmax.h>
#include <linux/sched/task.h>
#include <linux/sizes.h>
#include "../wire/ntstatus.h"
#include "share_inner.h"
#include "verbs.h"

#define IO_MAX		SZ_4M
#define RENEWALS_MAX	2	/* of a session that expires at once */
#define BREACHES_MAX	2	/* answers that break the protocol */

static ssize_t io_read_result(struct unc_io *io, const struct unc_part *part)
{
	struct wire_smb2_read_rsp rsp;
	int err = unc_cmd_of(part)->read_rsp(part, &rsp);

	if (err)
		return err;
	if (rsp.data.len > io->asked)
		return -EIO;
	if (copy_to_iter(rsp.data.ptr, rsp.data.len, &io->iter) != rsp.data.len)
		return -EFAULT;
	io->more = part->status == NT_STATUS_BUFFER_OVERFLOW;
	return rsp.data.len;
}

/* No progress without a reason would make the caller try for ever. */
static ssize_t io_write_result(struct unc_io *io, const struct unc_part *part)
{
	struct wire_smb2_write_rsp rsp;
	int err = unc_cmd_of(part)->write_rsp(part, &rsp);

	if (err)
		return err;
	if (rsp.count > io->asked || (io->asked && !rsp.count))
		return -EIO;
	return rsp.count;
}

/*
 * io->req has a reference of its own; whoever takes it out drops it.  This is
 * how cancelling and completing can meet.
 */
static void io_forget(struct unc_io *io)
{
	struct unc_req *req = xchg(&io->req, NULL);

	if (req)
		unc_req_put(req, unc_why_io);
}

static int io_start(struct unc_io *io);

/*
 * Its share is lost, so it waits for it to be back.
 * Return: 0, or -errno if it never will be.
 */
static int io_start_or_park(struct unc_io *io)
{
	int err = io_start(io);

	return err == -ENOTCONN ? unc_park(io) : err;
}

/* Nothing was done: the same once more, after the session was renewed. */
static bool io_renewed(struct unc_io *io, const struct unc_req *req)
{
	if (!unc_op_refused(req) || io->renewals == RENEWALS_MAX ||
	    unc_op_renew(req->session))
		return false;
	io->renewals++;
	return true;
}

/*
 * Perhaps it was done; the same once more does no harm.  But who breaks the
 * protocol each time is not asked for ever.
 */
static bool io_lost(struct unc_io *io, const struct unc_req *req)
{
	if (unc_op_breach(req->error) && io->breaches++ == BREACHES_MAX)
		return false;
	return (req->error || unc_op_refused(req)) &&
	       req->error != -ERESTARTSYS && !unc_tree_usable(req->tree);
}

static bool io_again(struct unc_io *io, const struct unc_req *req)
{
	if (!io_renewed(io, req) && !io_lost(io, req))
		return false;
	io_forget(io);
	return !io_start_or_park(io);
}

/* The caller may free @io from here on. */
static void io_done(struct unc_io *io)
{
	if (io->owner)
		put_task_struct(io->owner);
	io->done(io);
}

static void io_complete(struct unc_req *req)
{
	struct unc_io *io = req->priv;
	struct unc_open *open = io->open;

	if (io_again(io, req)) {
		/* it has references of its own */
		unc_op_close(open, unc_why_io);
		unc_req_put(req, unc_why_alloc);
		return;
	}
	if (req->error)
		io->result = req->error;
	else if (io->write)
		io->result = io_write_result(io, &req->parts[0]);
	else
		io->result = io_read_result(io, &req->parts[0]);
	io_forget(io);
	io_done(io);
	unc_op_close(open, unc_why_io);
	unc_req_put(req, unc_why_alloc);
}

static int io_add_read(struct unc_io *io, struct unc_req *req)
{
	struct wire_smb2_read_req args = {
		.length = io->asked,
		.offset = io->pos,
		.fid = unc_open_fid(io->open),
	};

	return unc_cmd(req)->read_add(req, &args, 0);
}

static int io_add_write(struct unc_io *io, struct unc_req *req)
{
	struct wire_smb2_write_req args = {
		.length = io->asked,
		.offset = io->pos,
		.fid = unc_open_fid(io->open),
	};

	req->payload = io->iter;
	iov_iter_truncate(&req->payload, io->asked);
	if (iov_iter_count(&req->payload) != io->asked)
		return -EINVAL;
	return unc_cmd(req)->write_add(req, &args, 0);
}

static size_t io_max(const struct unc_conn *conn, bool write)
{
	u32 limit = write ? conn->max_write : conn->max_read;

	return min3(limit, unc_credit_bytes(conn), (u32)IO_MAX);
}

static int io_send(struct unc_io *io, struct unc_req *req)
{
	int err;

	req->complete = io_complete;
	req->priv = io;
	if (io->unbounded)
		req->timeout = 0;
	io->req = unc_req_get(req, unc_why_io);
	unc_open_get(io->open, unc_why_io);
	err = unc_req_send(req);
	if (err) {
		io_forget(io);
		unc_op_close(io->open, unc_why_io);
	}
	return err;
}

static int io_start_on(struct unc_io *io, struct unc_tree *tree)
{
	struct unc_session *session = tree->session;
	u32 room = io->write ? UNC_SMB2_ROOM_WRITE : UNC_SMB2_ROOM_READ;
	struct unc_req *req;
	int err;

	/* There may be fewer credits than when the caller chose the length. */
	io->asked = min(io->len, io_max(session->conn, io->write));
	req = unc_req_new(session->conn, session, tree, room);
	if (!req)
		return -ENOMEM;
	err = io->write ? io_add_write(io, req) : io_add_read(io, req);
	if (!err)
		err = io_send(io, req);
	if (err)
		unc_req_put(req, unc_why_alloc);
	return err;
}

/* -ENOTCONN is for a way to the server that is lost, and nothing else. */
static int io_start(struct unc_io *io)
{
	struct unc_tree *tree;
	int err = READ_ONCE(io->open->poisoned);

	if (err)
		return err;
	tree = unc_open_tree(io->open, unc_why_io);
	err = unc_tree_usable(tree) ? io_start_on(io, tree) : -ENOTCONN;
	if (err && err != -ERESTARTSYS && !unc_tree_usable(tree))
		err = -ENOTCONN;
	else if (err == -ENOTCONN)
		err = -EIO;
	unc_tree_put(tree, unc_why_io);
	return err;
}

static int io_first(struct unc_io *io)
{
	int err;

	io->renewals = 0;
	io->breaches = 0;
	io->give_up = 0;
	io->owner = io->mortal ? get_task_struct(current) : NULL;
	err = io_start_or_park(io);
	if (err && io->owner)
		put_task_struct(io->owner);
	return err;
}

/**
 * unc_io_unparked - go on with a READ or WRITE whose share is back
 * @work: of the io, whose handle is pinned; result is an errno if it shall end
 */
void unc_io_unparked(struct work_struct *work)
{
	struct unc_io *io = container_of(work, struct unc_io, work);
	struct unc_open *open = io->open;
	int err = io->result ?: io_start_or_park(io);

	if (err) {
		io->result = err;
		io_done(io);
	}
	unc_op_close(open, unc_why_io);
}

/**
 * unc_op_read_start - send a READ
 * @io: what to read, and whom to tell
 *
 * May sleep, killable, for credits and for room in the socket; does not wait
 * for a lost server, as io->done() will.
 *
 * Return: 0 if io->done() will be called, perhaps before this returns; or
 * -errno, and it will not.
 */
int unc_op_read_start(struct unc_io *io)
{
	io->write = false;
	return io_first(io);
}

/**
 * unc_op_write_start - send a WRITE
 * @io: what to write, and whom to tell
 *
 * As unc_op_read_start().  A short write is a success; the caller goes on.
 *
 * Return: 0 if io->done() will be called, perhaps before this returns; or
 * -errno, and it will not.
 */
int unc_op_write_start(struct unc_io *io)
{
	io->write = true;
	WRITE_ONCE(io->open->spent, true);
	return io_first(io);
}

/**
 * unc_op_io_cancel - ask the server to give up
 * @io: started; may have ended, but must still be there
 *
 * io->done() comes all the same, soon, and says what became of it.  May sleep.
 */
void unc_op_io_cancel(struct unc_io *io)
{
	struct unc_req *req = xchg(&io->req, NULL);

	if (!req)
		return;
	unc_req_cancel(req);
	unc_req_put(req, unc_why_io);
}

/**
 * unc_op_io_max - how much one READ or WRITE may carry now
 * @open: the handle
 * @write: T for WRITE
 *
 * May sleep.  Return: bytes.
 */
size_t unc_op_io_max(struct unc_open *open, bool write)
{
	struct unc_tree *tree = unc_open_tree(open, unc_why_io);
	size_t max = io_max(tree->session->conn, write);

	unc_tree_put(tree, unc_why_io);
	return max;
}
