// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the files of /dev/npipe and of a mounted IPC$ do.
 *
 * file->private_data is the struct unc_pipe; NULL for a device file that was
 * not connected yet.
 */

#include <linux/mm.h>
#include <linux/uaccess.h>
#include "pipe.h"

static struct unc_pipe *unc_pipe_of(struct file *file)
{
	/* Pairs with cmpxchg_release() in unc_pipe_connect_path(). */
	return smp_load_acquire((struct unc_pipe **)&file->private_data);
}

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
	return unc_pipe_read(pipe, to, unc_pipe_nowait(iocb));
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

static int unc_pipe_ioctl_connect(struct file *file, void __user *user)
{
	struct unc_pipe_connect arg;

	if (copy_from_user(&arg, user, sizeof(arg)))
		return -EFAULT;
	if (arg.reserved || arg.sec > UNC_SEC_NONE || !arg.path_len ||
	    arg.path_len > UNC_PIPE_PATH_MAX)
		return -EINVAL;
	if (unc_pipe_of(file))
		return -EISCONN;
	return unc_pipe_connect(file, &arg);
}

/* Between buffers in the kernel: a message is written as a whole or not. */
static int unc_pipe_talk(struct unc_pipe *pipe,
			 struct unc_pipe_transceive *arg)
{
	struct unc_ioctl talk = {
		.in_len		= arg->in_len,
		.out_len	= arg->out_len,
	};
	void *in = vmemdup_user(u64_to_user_ptr(arg->in), arg->in_len);
	int err;

	if (IS_ERR(in))
		return PTR_ERR(in);
	err = -ENOMEM;
	talk.in = in;
	talk.out = kvmalloc(arg->out_len, GFP_KERNEL_ACCOUNT);
	if (!talk.out)
		goto out;
	err = unc_pipe_transceive(pipe, &talk);
	if (err)
		goto out;
	arg->out_len = talk.out_len;
	arg->more = talk.more;
	if (copy_to_user(u64_to_user_ptr(arg->out), talk.out, talk.out_len))
		err = -EFAULT;
out:
	kvfree(talk.out);
	kvfree(in);
	return err;
}

static int unc_pipe_ioctl_transceive(struct file *file, void __user *user)
{
	struct unc_pipe *pipe = unc_pipe_of(file);
	struct unc_pipe_transceive arg;
	int err;

	if (!pipe)
		return -ENOTCONN;
	if (!(file->f_mode & FMODE_READ) || !(file->f_mode & FMODE_WRITE))
		return -EBADF;
	if (copy_from_user(&arg, user, sizeof(arg)))
		return -EFAULT;
	if (arg.reserved || !arg.in_len || arg.in_len > UNC_PIPE_IO_MAX ||
	    !arg.out_len || arg.out_len > UNC_PIPE_IO_MAX)
		return -EINVAL;
	err = unc_pipe_talk(pipe, &arg);
	if (err)
		return err;
	return copy_to_user(user, &arg, sizeof(arg)) ? -EFAULT : 0;
}

static int unc_pipe_ioctl_peek(struct file *file, void __user *user)
{
	struct unc_pipe *pipe = unc_pipe_of(file);
	struct unc_pipe_peek peek = {};
	int err;

	if (!pipe)
		return -ENOTCONN;
	if (!(file->f_mode & FMODE_READ))
		return -EBADF;
	err = unc_pipe_peek(pipe, &peek);
	if (err)
		return err;
	return copy_to_user(user, &peek, sizeof(peek)) ? -EFAULT : 0;
}

/**
 * unc_pipe_file_ioctl - control codes of a pipe file
 * @file: the file
 * @cmd: UNC_IOC_PIPE_*
 * @arg: see uapi/uncfs.h; the same for 32-bit callers
 *
 * Return: 0; -ENOTTY; -ENOTCONN; -EISCONN; -EINVAL; -EFAULT; -EBADF if the
 * file is not open for what the code does; or as the code's function.
 */
long unc_pipe_file_ioctl(struct file *file, unsigned int cmd,
			 unsigned long arg)
{
	void __user *user = (void __user *)arg;

	switch (cmd) {
	case UNC_IOC_PIPE_CONNECT:
		return unc_pipe_ioctl_connect(file, user);
	case UNC_IOC_PIPE_TRANSCEIVE:
		return unc_pipe_ioctl_transceive(file, user);
	case UNC_IOC_PIPE_PEEK:
		return unc_pipe_ioctl_peek(file, user);
	default:
		return -ENOTTY;
	}
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
