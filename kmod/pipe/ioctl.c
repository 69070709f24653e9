// SPDX-License-Identifier: GPL-2.0-only
/*
 * The control codes of pipe files, between user space and this folder.
 */

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include "pipe.h"

/* Before there were dialects to choose from it ended with wait_ms. */
#define UNC_PIPE_CONNECT_OLD	offsetofend(struct unc_pipe_connect, wait_ms)

static bool unc_pipe_connect_good(const struct unc_pipe_connect *arg)
{
	return arg->wait_ms <= UNC_PIPE_WAIT_MAX_MS &&
	       arg->sec <= UNC_SEC_NONE && arg->path_len &&
	       arg->path_len <= UNC_PIPE_PATH_MAX;
}

static int unc_pipe_ioctl_connect(struct file *file, void __user *user,
				  size_t size)
{
	struct unc_pipe_connect arg;
	int err;

	err = copy_struct_from_user(&arg, sizeof(arg), user, size);
	if (err)
		return err;
	if (!unc_pipe_connect_good(&arg))
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

/* As read(), with a word more. */
static int unc_pipe_ioctl_read(struct file *file, void __user *user)
{
	struct unc_pipe *pipe = unc_pipe_of(file);
	struct unc_pipe_read arg;
	struct iov_iter to;
	ssize_t got;
	bool more;

	if (!pipe)
		return -ENOTCONN;
	if (!(file->f_mode & FMODE_READ))
		return -EBADF;
	if (copy_from_user(&arg, user, sizeof(arg)))
		return -EFAULT;
	if (!arg.out_len || arg.out_len > UNC_PIPE_IO_MAX)
		return -EINVAL;
	got = import_ubuf(ITER_DEST, u64_to_user_ptr(arg.out), arg.out_len,
			  &to);
	if (!got)
		got = unc_pipe_read(pipe, &to, file->f_flags & O_NONBLOCK,
				    &more);
	if (got < 0)
		return got;
	arg.out_len = got;
	arg.more = got && more;
	return copy_to_user(user, &arg, sizeof(arg)) ? -EFAULT : 0;
}

static int unc_pipe_ioctl_mode(struct file *file, unsigned long mode)
{
	struct unc_pipe *pipe = unc_pipe_of(file);

	if (!pipe)
		return -ENOTCONN;
	if (mode > UNC_PIPE_MODE_MESSAGE)
		return -EINVAL;
	return unc_pipe_set_mode(pipe, mode == UNC_PIPE_MODE_MESSAGE);
}

/* Who was handed a descriptor may use the pipe, not be its user elsewhere. */
static int unc_pipe_ioctl_session_key(struct file *file, void __user *user)
{
	struct unc_pipe *pipe = unc_pipe_of(file);
	struct unc_pipe_session_key arg;
	const struct unc_session *session;
	int err;

	if (!pipe)
		return -ENOTCONN;
	session = pipe->open->tree->session;
	if (!uid_eq(current_fsuid(), session->who.uid) &&
	    !capable(CAP_SYS_ADMIN))
		return -EPERM;
	if (!session->keys)
		return -ENOKEY;
	unc_keys_application(session->keys, arg.key);
	err = copy_to_user(user, &arg, sizeof(arg)) ? -EFAULT : 0;
	memzero_explicit(&arg, sizeof(arg));
	return err;
}

/* Of the device alone: a mounted IPC$ has no say in which server is meant. */
static int unc_pipe_ioctl_rap(struct file *file, void __user *user)
{
	struct unc_rap arg;
	int err;

	if (unc_pipe_of(file))
		return -EISCONN;
	if (copy_from_user(&arg, user, sizeof(arg)))
		return -EFAULT;
	if (!unc_pipe_connect_good(&arg.server) || !arg.params_len ||
	    arg.params_len > UNC_RAP_MAX || arg.data_len > UNC_RAP_MAX ||
	    arg.out_params_len > UNC_RAP_MAX || arg.out_data_len > UNC_RAP_MAX)
		return -EINVAL;
	err = unc_rap(&arg);
	if (err)
		return err;
	return copy_to_user(user, &arg, sizeof(arg)) ? -EFAULT : 0;
}

/* The number of a code says how long its argument is, too. */
#define UNC_IOC_PIPE_CONNECT_OLD \
	_IOC(_IOC_WRITE, UNC_IOC_MAGIC, 1, UNC_PIPE_CONNECT_OLD)

/**
 * unc_pipe_file_ioctl - control codes of a pipe file
 * @file: the file
 * @cmd: UNC_IOC_PIPE_*
 * @arg: see uapi/uncfs.h; the same for 32-bit callers
 *
 * Return: 0; -ENOTTY; -ENOTCONN; -EISCONN; -EINVAL; -EFAULT; -EPERM; -ENOKEY;
 * -EBADF if the file is not open for what the code does; or as the code's
 * function.
 */
long unc_pipe_file_ioctl(struct file *file, unsigned int cmd,
			 unsigned long arg)
{
	void __user *user = (void __user *)arg;

	switch (cmd) {
	case UNC_IOC_PIPE_CONNECT:
	case UNC_IOC_PIPE_CONNECT_OLD:
		return unc_pipe_ioctl_connect(file, user, _IOC_SIZE(cmd));
	case UNC_IOC_RAP:
		return unc_pipe_ioctl_rap(file, user);
	case UNC_IOC_PIPE_TRANSCEIVE:
		return unc_pipe_ioctl_transceive(file, user);
	case UNC_IOC_PIPE_PEEK:
		return unc_pipe_ioctl_peek(file, user);
	case UNC_IOC_PIPE_MODE:
		return unc_pipe_ioctl_mode(file, arg);
	case UNC_IOC_PIPE_READ:
		return unc_pipe_ioctl_read(file, user);
	case UNC_IOC_PIPE_SESSION_KEY:
		return unc_pipe_ioctl_session_key(file, user);
	default:
		return -ENOTTY;
	}
}
