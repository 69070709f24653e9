/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Data in and out of a handle: READ, WRITE and FSCTLs.  Included by op.h.
 */
#ifndef _UNC_OP_IO_H
#define _UNC_OP_IO_H

#include <linux/types.h>
#include <linux/uio.h>

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
 * @asked: bytes of @len that were asked for, as many as there are credits for
 * @renewals: how often its session had to be renewed
 * @req: while in flight
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
	u32		asked;
	u8		renewals;
	struct unc_req	*req;
};

/* io.c: READ and WRITE, started here and finished by io->done */
int unc_op_read_start(struct unc_io *io);
int unc_op_write_start(struct unc_io *io);
void unc_op_io_cancel(struct unc_io *io);
size_t unc_op_io_max(const struct unc_open *open, bool write);

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

#endif /* _UNC_OP_IO_H */
