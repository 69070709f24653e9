// SPDX-License-Identifier: GPL-2.0-only
/*
 * The ioctls of directories; see uapi/uncfs_dir.h.
 */
#include <linux/fs.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include "../uapi/uncfs_dir.h"
#include "vfs.h"

static int list_snapshots(struct file *file, s64 *times, u32 room)
{
	struct unc_open_args args = {
		.access = SMB2_FILE_LIST_DIRECTORY |
			  SMB2_FILE_READ_ATTRIBUTES | SMB2_SYNCHRONIZE,
		.disposition = SMB2_FILE_OPEN,
		.options = SMB2_FILE_DIRECTORY_FILE,
	};
	struct unc_open *open;
	struct unc_dpath path;
	int ret;

	ret = unc_dpath_make(&path, file_dentry(file));
	if (ret)
		return ret;
	ret = unc_op_open(unc_sb(file_inode(file)->i_sb)->share, path.name,
			  &args, &open, NULL, NULL);
	unc_dpath_free(&path);
	if (ret)
		return ret;
	ret = unc_op_snapshots(open, times, room);
	unc_op_close(open, unc_why_open);
	return ret;
}

static long ioctl_snapshots(struct file *file,
			    struct unc_snapshots __user *arg)
{
	struct unc_snapshots list;
	s64 *times;
	int n;

	if (copy_from_user(&list, arg, sizeof(list)))
		return -EFAULT;
	if (!list.room || list.room > UNC_SNAPSHOTS_MAX)
		return -EINVAL;
	times = kvcalloc(list.room, sizeof(*times), GFP_KERNEL);
	if (!times)
		return -ENOMEM;
	n = list_snapshots(file, times, list.room);
	if (n > 0 && copy_to_user(u64_to_user_ptr(list.times), times,
				  n * sizeof(*times)))
		n = -EFAULT;
	kvfree(times);
	if (n < 0)
		return n;
	return put_user((u32)n, &arg->count);
}

/**
 * unc_dir_ioctl - ioctl() on a directory
 * @file: the directory
 * @cmd: UNC_IOC_*
 * @arg: address of its argument
 *
 * Context: may sleep, killable.
 *
 * Return: 0, -ENOTTY for a command of others, or another -errno.
 */
long unc_dir_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	switch (cmd) {
	case UNC_IOC_SNAPSHOTS:
		return ioctl_snapshots(file, (void __user *)arg);
	default:
		return -ENOTTY;
	}
}
