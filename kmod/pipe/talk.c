// SPDX-License-Identifier: GPL-2.0-only
/*
 * The control codes of pipes: TRANSCEIVE ([MS-FSCC] 2.3.45) and PEEK (2.3.29);
 * the read mode (FilePipeInformation).
 */

#include "../op/pipe.h"
#include "../wire/smb2_fsctl.h"
#include "pipe.h"

/* State, counts and no data. */
#define UNC_PIPE_PEEK_LEN	16

/**
 * enum unc_pipe_have - what is known here, without asking the server
 * @UNC_PIPE_NOTHING: no READ was sent, so the server has all there is
 * @UNC_PIPE_FLYING: a READ waits there and gets whatever comes next
 * @UNC_PIPE_DATA: not all that a READ brought has been read
 * @UNC_PIPE_FAILED: a READ brought an error, or no data
 * @UNC_PIPE_ENDED: the server has closed its end
 */
enum unc_pipe_have {
	UNC_PIPE_NOTHING,
	UNC_PIPE_FLYING,
	UNC_PIPE_DATA,
	UNC_PIPE_FAILED,
	UNC_PIPE_ENDED,
};

static enum unc_pipe_have unc_pipe_have(struct unc_pipe *pipe, u32 *available)
{
	enum unc_pipe_have have = UNC_PIPE_NOTHING;
	const struct unc_pipe_xfer *rx;

	*available = 0;
	spin_lock(&pipe->lock);
	rx = pipe->rx;
	if (pipe->ended) {
		have = UNC_PIPE_ENDED;
	} else if (rx && !unc_pipe_xfer_finished(rx)) {
		have = UNC_PIPE_FLYING;
	} else if (rx && rx->io.result > 0) {
		*available = rx->io.result - rx->taken;
		have = UNC_PIPE_DATA;
	} else if (rx) {
		have = rx->io.result == -EPIPE ? UNC_PIPE_ENDED :
						 UNC_PIPE_FAILED;
	}
	spin_unlock(&pipe->lock);
	return have;
}

/*
 * A READ is in flight, and would get the answer.  So let it: write, then wait
 * for it.
 */
static int unc_pipe_write_read(struct unc_pipe *pipe, struct unc_ioctl *talk)
{
	struct kvec in = { (void *)talk->in, talk->in_len };
	struct kvec out = { talk->out, talk->out_len };
	struct iov_iter iter;
	ssize_t ret;

	iov_iter_kvec(&iter, ITER_SOURCE, &in, 1, in.iov_len);
	ret = unc_pipe_write_locked(pipe, &iter, false);
	if (ret < 0)
		return ret;
	if (ret != talk->in_len)
		return -EMSGSIZE;
	ret = unc_pipe_fill(pipe, false);
	if (ret <= 0)
		return ret == -ERESTARTSYS ? -EINTR : (ret ? ret : -EPIPE);
	iov_iter_kvec(&iter, ITER_DEST, &out, 1, out.iov_len);
	ret = unc_pipe_take(pipe, &iter);
	if (ret < 0)
		return ret;
	talk->out_len = ret;
	talk->more = unc_pipe_have(pipe, &talk->in_len) == UNC_PIPE_DATA;
	return 0;
}

/* SMB 1 carries more in a WRITE than in a transaction. */
static int unc_pipe_exchange(struct unc_pipe *pipe, struct unc_ioctl *talk)
{
	int err = unc_op_ioctl(pipe->open, talk);

	if (err != -EMSGSIZE || talk->in_len > unc_op_io_max(pipe->open, true))
		return err;
	return unc_pipe_write_read(pipe, talk);
}

static int unc_pipe_transceive_locked(struct unc_pipe *pipe,
				      struct unc_ioctl *talk)
{
	u32 available;

	switch (unc_pipe_have(pipe, &available)) {
	case UNC_PIPE_DATA:
		return -EBUSY;
	case UNC_PIPE_ENDED:
		return -EPIPE;
	case UNC_PIPE_FLYING:
		return unc_pipe_write_read(pipe, talk);
	default:
		return unc_pipe_exchange(pipe, talk);
	}
}

/**
 * unc_pipe_transceive - write one message and read one
 * @pipe: the pipe, open for reading and writing
 * @talk: message, room and results; its code is set here
 *
 * What does not fit stays at the server, or here, for read().
 *
 * Context: may sleep long.
 *
 * Return: 0; -EBUSY while an earlier message has not been read out; -EPIPE
 * when the server has closed its end; -EINTR, -ERESTARTSYS on a signal; or
 * why the exchange failed.
 */
int unc_pipe_transceive(struct unc_pipe *pipe, struct unc_ioctl *talk)
{
	int err;

	talk->code = FSCTL_PIPE_TRANSCEIVE;
	talk->unbounded = true;
	err = unc_pipe_lock(&pipe->write_lock, false);
	if (err)
		return err;
	err = unc_pipe_lock(&pipe->read_lock, false);
	if (!err) {
		err = unc_pipe_transceive_locked(pipe, talk);
		mutex_unlock(&pipe->read_lock);
	}
	mutex_unlock(&pipe->write_lock);
	return err && unc_pipe_lost(pipe) ? -EPIPE : err;
}

/* Samba has no read modes: messages keep their boundaries there anyway. */
static bool unc_pipe_mode_unknown(int err)
{
	return err == -EOPNOTSUPP || err == -EINVAL;
}

/**
 * unc_pipe_set_mode - read messages, or bytes
 * @pipe: the pipe
 * @message: T for messages
 *
 * Context: may sleep; killable.  [MS-FSCC] FilePipeInformation.
 *
 * Return: 0; -EPIPE when the connection was lost; or why the server refuses.
 */
int unc_pipe_set_mode(struct unc_pipe *pipe, bool message)
{
	int err = unc_op_pipe_mode(pipe->open, message);

	if (err && unc_pipe_lost(pipe))
		return -EPIPE;
	if (err && !unc_pipe_mode_unknown(err))
		return err;
	WRITE_ONCE(pipe->message, message);
	return 0;
}

static int unc_pipe_peek_server(struct unc_pipe *pipe,
				struct unc_pipe_peek *peek)
{
	u8 room[UNC_PIPE_PEEK_LEN];
	struct unc_ioctl fsctl = {
		.code		= FSCTL_PIPE_PEEK,
		.out		= room,
		.out_len	= sizeof(room),
	};
	struct wire_pipe_peek_rsp rsp;
	struct wire_blob output;
	int err;

	err = unc_op_ioctl(pipe->open, &fsctl);
	if (err)
		return unc_pipe_lost(pipe) ? -EPIPE : err;
	output = (struct wire_blob){ room, fsctl.out_len };
	err = wire_pipe_peek_rsp_decode(&output, &rsp);
	if (err)
		return err;
	peek->state = rsp.state;
	peek->available = rsp.available;
	peek->messages = rsp.messages;
	peek->message_len = rsp.message_length;
	return 0;
}

/*
 * Some servers (Samba) have no PEEK.  Send a READ ahead there, and give it
 * the time in which an answer to PEEK might have come.
 */
static void unc_pipe_peek_ahead(struct unc_pipe *pipe)
{
	u32 available;

	queue_work(system_unbound_wq, &pipe->ask);
	wait_event_interruptible_timeout(pipe->wait,
					 unc_pipe_have(pipe, &available) >
					 UNC_PIPE_FLYING,
					 msecs_to_jiffies(UNC_PIPE_PEEK_MS));
}

static void unc_pipe_peek_here(struct unc_pipe *pipe,
			       struct unc_pipe_peek *peek)
{
	enum unc_pipe_have have = unc_pipe_have(pipe, &peek->available);

	peek->state = have == UNC_PIPE_ENDED ? FSCC_PIPE_CLOSING_STATE :
					       FSCC_PIPE_CONNECTED_STATE;
	peek->messages = peek->available ? 1 : 0;
	peek->message_len = peek->available;
}

/**
 * unc_pipe_peek - what could be read without waiting
 * @pipe: the pipe, open for reading
 * @peek: the answer
 *
 * Context: may sleep for a round trip; killable.
 *
 * Return: 0, or why the server could not say.
 */
int unc_pipe_peek(struct unc_pipe *pipe, struct unc_pipe_peek *peek)
{
	int err;

	if (unc_pipe_have(pipe, &peek->available) == UNC_PIPE_NOTHING) {
		if (!READ_ONCE(pipe->no_peek)) {
			err = unc_pipe_peek_server(pipe, peek);
			if (err != -EOPNOTSUPP)
				return err;
			WRITE_ONCE(pipe->no_peek, true);
		}
		unc_pipe_peek_ahead(pipe);
	}
	unc_pipe_peek_here(pipe, peek);
	return 0;
}
