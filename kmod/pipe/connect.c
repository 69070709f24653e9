// SPDX-License-Identifier: GPL-2.0-only
/*
 * UNC_IOC_PIPE_CONNECT: from a path to an open pipe, with the caller's own
 * credential.
 */

#define pr_fmt(fmt) "uncfs: " fmt

#include <linux/cred.h>
#include <linux/key.h>
#include <linux/nsproxy.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include "../upcall/upcall.h"
#include "../wire/smb2_proto.h"
#include "pipe.h"

#define UNC_PIPE_TIMEOUT_MS	30000

/* The ioctl has nothing but an errno to answer with; the rest goes here. */
static void unc_pipe_complain(const struct unc_target *target,
			      const struct unc_failure *why, int err)
{
	pr_notice_ratelimited("//%s/%s: %s: %s (%d)\n", target->host,
			      target->share, unc_stage_name(why->stage),
			      why->message, err);
}

static struct unc_share *unc_pipe_share(const struct unc_target *target)
{
	struct unc_failure *why;
	struct unc_share *share;

	why = kzalloc(sizeof(*why), GFP_KERNEL);
	if (!why)
		return ERR_PTR(-ENOMEM);
	share = unc_share_new(target, why);
	if (IS_ERR(share))
		unc_pipe_complain(target, why, PTR_ERR(share));
	kfree(why);
	return share;
}

/* The share stays with the pipe, if there is one. */
static struct unc_pipe *unc_pipe_reach(const struct unc_target *target,
				       const char *name, fmode_t mode,
				       unsigned int wait_ms)
{
	struct unc_share *share = unc_pipe_share(target);
	struct unc_pipe *pipe;

	if (IS_ERR(share))
		return ERR_CAST(share);
	pipe = unc_pipe_open(share, name, mode, wait_ms);
	unc_share_put(share);
	return pipe;
}

static struct key *unc_pipe_key(const struct unc_target *target,
				const struct unc_pipe_connect *arg)
{
	if (arg->sec == UNC_SEC_NONE)
		return NULL;
	return unc_credential_find(target->net, target->host, arg->key);
}

static int unc_pipe_connect_path(struct file *file, char *path,
				 const struct unc_pipe_connect *arg)
{
	struct unc_target target = {
		.net	= current->nsproxy->net_ns,
		.share	= "IPC$",
		.who	= { .uid = current_fsuid(), .sec = arg->sec },
		.policy	= {
			.dialect_min	= SMB2_DIALECT_210,
			.dialect_max	= SMB2_DIALECT_311,
			.timeout_ms	= UNC_PIPE_TIMEOUT_MS,
		},
	};
	struct unc_pipe *pipe;
	const char *name;
	int err;

	err = unc_pipe_path_split(path, &target.host, &name);
	if (err)
		return err;
	target.who.key = unc_pipe_key(&target, arg);
	if (IS_ERR(target.who.key))
		return PTR_ERR(target.who.key);
	pipe = unc_pipe_reach(&target, name, file->f_mode, arg->wait_ms);
	key_put(target.who.key);
	if (IS_ERR(pipe))
		return PTR_ERR(pipe);
	/* Two threads may have come this far; one wins. */
	if (!cmpxchg_release(&file->private_data, NULL, pipe))
		return 0;
	unc_pipe_close(pipe);
	return -EISCONN;
}

/**
 * unc_pipe_connect - connect an open device file to a remote pipe
 * @file: the file
 * @arg: checked, except for the path
 *
 * Context: may sleep long; killable.
 *
 * Return: 0; -EISCONN; -EINVAL for a path that names no pipe; -EFAULT;
 * -ENOENT; -EACCES; -ENOKEY if @arg names a key that is not the caller's; or
 * as unc_share_new().
 */
int unc_pipe_connect(struct file *file, const struct unc_pipe_connect *arg)
{
	char *path;
	int err;

	path = memdup_user_nul(u64_to_user_ptr(arg->path), arg->path_len);
	if (IS_ERR(path))
		return PTR_ERR(path);
	err = strlen(path) == arg->path_len ?
	      unc_pipe_connect_path(file, path, arg) : -EINVAL;
	kfree(path);
	return err;
}
