// SPDX-License-Identifier: GPL-2.0-only
/*
 * /dev/npipe: an open file of it becomes a remote pipe by an ioctl, without a
 * mount.  Opening is free to all; what one reaches is decided by the server,
 * from one's own credential.
 */

#include <linux/miscdevice.h>
#include <linux/module.h>
#include "pipe.h"

static int unc_npipe_open(struct inode *inode, struct file *file)
{
	file->private_data = NULL;	/* the misc device was here */
	return stream_open(inode, file);
}

static const struct file_operations unc_npipe_fops = {
	.owner		= THIS_MODULE,
	.open		= unc_npipe_open,
	.release	= unc_pipe_file_release,
	.read_iter	= unc_pipe_file_read_iter,
	.write_iter	= unc_pipe_file_write_iter,
	.poll		= unc_pipe_file_poll,
	.unlocked_ioctl	= unc_pipe_file_ioctl,
	.compat_ioctl	= compat_ptr_ioctl,
	.splice_read	= copy_splice_read,
	.splice_write	= iter_file_splice_write,
};

static struct miscdevice unc_npipe = {
	.minor	= MISC_DYNAMIC_MINOR,
	.name	= "npipe",
	.fops	= &unc_npipe_fops,
	.mode	= 0666,
};

/**
 * unc_pipe_init - make /dev/npipe and allow IPC$ to be mounted
 *
 * Context: module init, after op/, before the file system is registered.
 *
 * Return: 0 or -errno.
 */
int unc_pipe_init(void)
{
	int err = misc_register(&unc_npipe);

	if (!err)
		unc_pipe_root_register(unc_pipe_root_make);
	return err;
}

/**
 * unc_pipe_exit - undo unc_pipe_init()
 *
 * Context: module exit; no file is open.
 */
void unc_pipe_exit(void)
{
	unc_pipe_root_register(NULL);
	misc_deregister(&unc_npipe);
}
