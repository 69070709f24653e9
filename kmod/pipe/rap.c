// SPDX-License-Identifier: GPL-2.0-only
/*
 * UNC_IOC_RAP: a call by the Remote Administration Protocol, between user space
 * and op/.
 */

#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include "../op/pipe.h"
#include "pipe.h"

#define UNC_RAP_PIPE	"lanman"

static int unc_rap_call(const struct unc_pipe_connect *server,
			struct unc_rap_io *io)
{
	struct unc_share *share;
	const char *name;
	char *path;
	int err;

	share = unc_pipe_server(server, &name, &path);
	if (IS_ERR(share))
		return PTR_ERR(share);
	err = strcasecmp(name, UNC_RAP_PIPE) ? -EINVAL : unc_op_rap(share, io);
	unc_share_put(share);
	kfree(path);
	return err;
}

static int unc_rap_in(struct unc_rap_io *io, u8 *buf, const struct unc_rap *arg)
{
	if (copy_from_user(buf, u64_to_user_ptr(arg->params),
			   arg->params_len) ||
	    copy_from_user(buf + arg->params_len, u64_to_user_ptr(arg->data),
			   arg->data_len))
		return -EFAULT;
	io->params = buf;
	io->params_len = arg->params_len;
	io->data = buf + arg->params_len;
	io->data_len = arg->data_len;
	buf += arg->params_len + arg->data_len;
	io->out_params = buf;
	io->out_params_len = arg->out_params_len;
	io->out_data = buf + arg->out_params_len;
	io->out_data_len = arg->out_data_len;
	return 0;
}

static int unc_rap_out(struct unc_rap *arg, const struct unc_rap_io *io)
{
	if (copy_to_user(u64_to_user_ptr(arg->out_params), io->out_params,
			 io->out_params_len) ||
	    copy_to_user(u64_to_user_ptr(arg->out_data), io->out_data,
			 io->out_data_len))
		return -EFAULT;
	arg->out_params_len = io->out_params_len;
	arg->out_data_len = io->out_data_len;
	return 0;
}

/**
 * unc_rap - call a server by RAP
 * @arg: which server, what; the lengths of the answer are set; its lengths and
 *	those of the path are checked by the caller
 *
 * Context: may sleep long; killable.
 *
 * Return: 0; -EINVAL for another pipe than that of RAP; -EFAULT; -ENOMEM; or as
 * unc_pipe_server() and unc_op_rap().
 */
int unc_rap(struct unc_rap *arg)
{
	struct unc_rap_io io = {};
	size_t room = (size_t)arg->params_len + arg->data_len +
		      arg->out_params_len + arg->out_data_len;
	u8 *buf = kvzalloc(room, GFP_KERNEL_ACCOUNT);
	int err;

	if (!buf)
		return -ENOMEM;
	err = unc_rap_in(&io, buf, arg) ?: unc_rap_call(&arg->server, &io);
	if (!err)
		err = unc_rap_out(arg, &io);
	kvfree(buf);
	return err;
}
