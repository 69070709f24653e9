// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the files of /dev/npipe and of a mounted IPC$ do.
 *
 * file->private_data is the struct unc_pipe; NULL for a device file that was
 * not connected yet.
 */

#include "pipe.h"

static bool unc_pipe_nowait(const struct kiocb *iocb)
{
	return iocb->ki_flags & IOCB_NOWAIT ||
	       iocb->ki_filp->f_flags & O_NONBLOCK;
}

/**
 * unc_pipe_file_read_iter - read from a pipe file
 * @iocb: file and flags
 * @to: where to
 *
 * Return: as unc_pipe_read(); -ENOTCONN.
 */
ssize_t unc_pipe_file_read_iter(struct kiocb *iocb, struct iov_iter *to)
{
	struct unc_pipe *pipe = unc_pipe_of(iocb->ki_filp);

	if (!pipe)
		return -ENOTCONN;
	return unc_pipe_read(pipe, to, unc_pipe_nowait(iocb), NULL);
}

/**
 * unc_pipe_file_write_iter - write to a pipe file
 * @iocb: file and flags
 * @from: the message
 *
 * Return: as unc_pipe_write(); -ENOTCONN.
 */
ssize_t unc_pipe_file_write_iter(struct kiocb *iocb, struct iov_iter *from)
{
	struct unc_pipe *pipe = unc_pipe_of(iocb->ki_filp);

	if (!pipe)
		return -ENOTCONN;
	return unc_pipe_write(pipe, from, unc_pipe_nowait(iocb));
}

/**
 * unc_pipe_file_poll - poll a pipe file
 * @file: the file
 * @table: of the poll
 *
 * Return: as unc_pipe_poll(); EPOLLHUP for a device that is not connected, as
 * for a socket.
 */
__poll_t unc_pipe_file_poll(struct file *file, poll_table *table)
{
	struct unc_pipe *pipe = unc_pipe_of(file);

	return pipe ? unc_pipe_poll(pipe, file, table) : EPOLLHUP;
}

/**
 * unc_pipe_file_release - the last descriptor is gone
 * @inode: of the file
 * @file: the file
 *
 * Return: 0.
 */
int unc_pipe_file_release(struct inode *inode, struct file *file)
{
	unc_pipe_close(file->private_data);
	return 0;
}
