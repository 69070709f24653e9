/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Data in and out of a handle: READ, WRITE and FSCTLs.  Included by op.h.
 */
#ifndef _UNC_OP_IO_H
#define _UNC_OP_IO_H

#include <linux/list.h>
#include <linux/types.h>
#include <linux/uio.h>
#include <linux/workqueue.h>

struct task_struct;
struct unc_open;
struct unc_req;

/**
 * struct unc_io - one READ or WRITE that somebody waits for elsewhere
 * @open: the handle (pins ref while in flight)
 * @pos: offset in the file, bytes
 * @len: bytes; more than the server lets us send at once is moved in part
 * @iter: data, in or out; must stay until @done was called
 * @result: bytes moved (0 is end of file) or -errno, valid in @done
 * @done: called once, from a workqueue, and only if starting returned 0
 * @priv: the caller's
 * @unbounded: T for pipes: no deadline
 * @write: T for WRITE
 * @more: on return T if the message that was read goes on
 *	(STATUS_BUFFER_OVERFLOW of a pipe)
 * @asked: bytes of @len that were asked for, as many as there are credits for
 * @mortal: T if it ends with whoever started it, should the server be lost
 * @renewals: how often its session had to be renewed
 * @breaches: how often the answer broke the protocol
 * @req: while in flight
 * @owner: who started it, if @mortal (pins it)
 * @parked: in the list of its share, under the lock of that
 * @give_up: jiffies until which it waits for a soft share, 0 before it waits
 * @work: goes on when the share is back
 */
struct unc_io {
	struct unc_open	*open;
	loff_t		pos;
	size_t		len;
	struct iov_iter	iter;
	ssize_t		result;
	void		(*done)(struct unc_io *io);
	void		*priv;
	bool		unbounded;
	bool		write;
	bool		more;
	bool		mortal;
	u32		asked;
	u8		renewals;
	u8		breaches;
	struct unc_req	*req;
	struct task_struct *owner;
	struct list_head parked;
	unsigned long	give_up;
	struct work_struct work;
};

/* io.c: READ and WRITE, started here and finished by io->done */
int unc_op_read_start(struct unc_io *io);
int unc_op_write_start(struct unc_io *io);
void unc_op_io_cancel(struct unc_io *io);
size_t unc_op_io_max(struct unc_open *open, bool write);

/**
 * struct unc_ioctl - an FSCTL on a handle
 * @code: [MS-FSCC] 2.3
 * @in: input
 * @in_len: its length
 * @out: room for the output
 * @out_len: its size; on return the bytes stored
 * @more: on return T if the server had more (STATUS_BUFFER_OVERFLOW)
 * @unbounded: T if it may wait for somebody else
 */
struct unc_ioctl {
	u32		code;
	const void	*in;
	u32		in_len;
	void		*out;
	u32		out_len;
	bool		more;
	bool		unbounded;
};

/* ioctl.c: IOCTL */
int unc_op_ioctl(struct unc_open *open, struct unc_ioctl *ioctl);

#define UNC_RANGES	64

/**
 * struct unc_ranges - parts of a file in which there is data
 * @n: how many
 * @more: T if there are others behind the last one
 * @at: from the first byte to the one behind the last
 */
struct unc_ranges {
	unsigned int	n;
	bool		more;
	struct {
		u64	from;
		u64	to;
	} at[UNC_RANGES];
};

/* range.c: FSCTLs for holes and data; WRITE of zeros; SET_INFO */
int unc_op_set_sparse(struct unc_open *open);
int unc_op_zero(struct unc_open *open, u64 from, u64 to);
int unc_op_ranges(struct unc_open *open, u64 from, u64 to,
		  struct unc_ranges *ranges);
int unc_op_fill(struct unc_open *open, u64 from, u64 to);
int unc_op_allocate(struct unc_open *open, u64 size);

/**
 * struct unc_copy - bytes to be copied on the server
 * @from: handle of the source, with FILE_READ_DATA
 * @to: handle of the target, with FILE_WRITE_DATA, in the same session
 * @source: offset
 * @target: offset
 * @len: bytes
 * @step: bytes of a piece at most; they are copied one after the other
 * @backwards: T to begin with the last one
 */
struct unc_copy {
	struct unc_open	*from;
	struct unc_open	*to;
	u64		source;
	u64		target;
	u64		len;
	u32		step;
	bool		backwards;
};

/* copy.c: FSCTL_SRV_COPYCHUNK_WRITE, FSCTL_DUPLICATE_EXTENTS_TO_FILE */
int unc_op_copy(const struct unc_copy *copy, u64 *done);
int unc_op_clone(const struct unc_copy *copy);

#endif /* _UNC_OP_IO_H */
