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
	struct unc_open *open = unc_dir_watch(file);
	int ret;

	if (IS_ERR(open))
		return PTR_ERR(open);
	ret = unc_op_snapshots(open, times, room);
	unc_op_close(open, unc_why_io);
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
 * struct events - changes on their way to a program
 * @sb: super block
 * @buf: struct unc_notify_event one after the other
 * @room: its bytes
 * @len: bytes in use
 * @lost: T if there were more
 */
struct events {
	struct super_block	*sb;
	u8			*buf;
	u32			room;
	u32			len;
	bool			lost;
};

static void keep_event(void *ctx, u32 action, char *name, u32 len)
{
	struct events *events = ctx;
	struct unc_notify_event *event = (void *)(events->buf + events->len);
	u32 size;

	unc_names_unmap(events->sb, name);
	len = strlen(name) + 1;
	size = ALIGN(sizeof(*event) + len, 4);
	if (size > events->room - events->len) {
		events->lost = true;
		return;
	}
	event->action = action;
	event->name_len = len;
	memcpy(event->name, name, len);
	events->len += size;
}

static int wait_for_events(struct file *file, const struct unc_notify *notify,
			   struct events *events)
{
	struct unc_notify_args args = {
		.filter = notify->filter,
		.tree = notify->tree,
		.max = notify->room,
		.emit = keep_event,
		.ctx = events,
	};
	struct unc_open *open = unc_dir_watch(file);
	int err;

	if (IS_ERR(open))
		return PTR_ERR(open);
	err = unc_op_notify(open, &args);
	unc_op_close(open, unc_why_io);
	if (!err && events->lost)
		err = -EOVERFLOW;
	return err == -ERESTARTSYS ? -EINTR : err;
}

static long ioctl_notify(struct file *file, struct unc_notify __user *arg)
{
	struct events events = { .sb = file_inode(file)->i_sb };
	struct unc_notify notify;
	int err;

	if (copy_from_user(&notify, arg, sizeof(notify)))
		return -EFAULT;
	if (notify.room < sizeof(struct unc_notify_event) ||
	    notify.room > UNC_NOTIFY_ROOM_MAX || notify.tree > 1 ||
	    !notify.filter)
		return -EINVAL;
	events.room = notify.room;
	events.buf = kvzalloc(notify.room, GFP_KERNEL);
	if (!events.buf)
		return -ENOMEM;
	err = wait_for_events(file, &notify, &events);
	if (!err && copy_to_user(u64_to_user_ptr(notify.events), events.buf,
				 events.len))
		err = -EFAULT;
	kvfree(events.buf);
	return err ?: put_user(events.len, &arg->len);
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
	case UNC_IOC_NOTIFY:
		return ioctl_notify(file, (void __user *)arg);
	default:
		return -ENOTTY;
	}
}
