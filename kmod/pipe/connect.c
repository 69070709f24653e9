// SPDX-License-Identifier: GPL-2.0-only
/*
 * UNC_IOC_PIPE_CONNECT: from a path to an open pipe, with the caller's own
 * credential.
 */

#define pr_fmt(fmt) "uncfs: " fmt

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/key.h>
#include <linux/nsproxy.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include "../conn/dialect.h"
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

static struct key *unc_pipe_key(const struct unc_target *target,
				const struct unc_pipe_connect *arg)
{
	if (arg->sec == UNC_SEC_NONE)
		return NULL;
	return unc_credential_find(target->net, target->host, arg->key);
}

/* SMB 1 may need a module, and whoever asks for it knows what they do. */
static int unc_pipe_policy(struct unc_policy *policy,
			   const struct unc_pipe_connect *arg)
{
	*policy = (struct unc_policy){
		.dialect_min	= SMB2_DIALECT_210,
		.dialect_max	= SMB2_DIALECT_311,
		.timeout_ms	= UNC_PIPE_TIMEOUT_MS,
	};
	if (arg->port > U16_MAX)
		return -EINVAL;
	if (arg->vers == UNC_PIPE_VERS_ANY)
		return 0;
	if (arg->vers != UNC_PIPE_VERS_SMB1)
		return -EINVAL;
	policy->dialect_min = UNC_DIALECT_SMB1;
	policy->dialect_max = UNC_DIALECT_SMB1;
	return capable(CAP_SYS_ADMIN) ? 0 : -EPERM;
}

/* The path of a pipe, for kfree(). */
static char *unc_pipe_path(const struct unc_pipe_connect *arg)
{
	char *path = memdup_user_nul(u64_to_user_ptr(arg->path), arg->path_len);

	if (!IS_ERR(path) && strlen(path) != arg->path_len) {
		kfree(path);
		return ERR_PTR(-EINVAL);
	}
	return path;
}

static struct unc_share *unc_pipe_share_by(char *path,
					   const struct unc_pipe_connect *arg,
					   const char **name)
{
	struct unc_target target = {
		.net	= current->nsproxy->net_ns,
		.share	= "IPC$",
		.port	= arg->port,
		.who	= { .uid = current_fsuid(), .sec = arg->sec },
	};
	struct unc_share *share;
	int err;

	err = unc_pipe_path_split(path, &target.host, name) ?:
	      unc_pipe_policy(&target.policy, arg);
	if (err)
		return ERR_PTR(err);
	target.who.key = unc_pipe_key(&target, arg);
	if (IS_ERR(target.who.key))
		return ERR_CAST(target.who.key);
	share = unc_pipe_share(&target);
	key_put(target.who.key);
	return share;
}

/**
 * unc_pipe_server - reach the pipes of a server, with the caller's credential
 * @arg: which and how; from user space, its size and sum limits checked
 * @name: on return the name of a pipe, in memory of @path
 * @path: on return the path, for kfree()
 *
 * Context: may sleep long; killable.
 *
 * Return: the share, to be given back, or ERR_PTR: of -EINVAL for a path that
 * names no pipe or an unknown dialect, -EFAULT, -EPERM for SMB 1 without
 * CAP_SYS_ADMIN, -ENOKEY if @arg names a key that is not the caller's; or as
 * unc_share_new().
 */
struct unc_share *unc_pipe_server(const struct unc_pipe_connect *arg,
				  const char **name, char **path)
{
	struct unc_share *share;
	char *text = unc_pipe_path(arg);

	if (IS_ERR(text))
		return ERR_CAST(text);
	share = unc_pipe_share_by(text, arg, name);
	if (IS_ERR(share))
		kfree(text);
	else
		*path = text;
	return share;
}

/**
 * unc_pipe_connect - connect an open device file to a remote pipe
 * @file: the file
 * @arg: checked, except for the path
 *
 * Context: may sleep long; killable.
 *
 * Return: 0; -EISCONN; -ENOENT; -EACCES; or as unc_pipe_server() and
 * unc_pipe_open().
 */
int unc_pipe_connect(struct file *file, const struct unc_pipe_connect *arg)
{
	struct unc_share *share;
	struct unc_pipe *pipe;
	const char *name;
	char *path;

	share = unc_pipe_server(arg, &name, &path);
	if (IS_ERR(share))
		return PTR_ERR(share);
	/* The share stays with the pipe, if there is one. */
	pipe = unc_pipe_open(share, name, file->f_mode, arg->wait_ms);
	unc_share_put(share);
	kfree(path);
	if (IS_ERR(pipe))
		return PTR_ERR(pipe);
	/* Two threads may have come this far; one wins. */
	if (!cmpxchg_release(&file->private_data, NULL, pipe))
		return 0;
	unc_pipe_close(pipe);
	return -EISCONN;
}
