/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/*
 * The ioctls of directories of a mounted share.
 */
#ifndef _UAPI_UNCFS_DIR_H
#define _UAPI_UNCFS_DIR_H

#include "uncfs.h"

#define UNC_SNAPSHOTS_MAX	4096

/**
 * struct unc_snapshots - argument of UNC_IOC_SNAPSHOTS
 * @times: address of room for __s64: when each snapshot was made, in seconds
 *	since 1970, in the order of the server
 * @room: how many fit there, at most UNC_SNAPSHOTS_MAX
 * @count: on return how many were stored
 */
struct unc_snapshots {
	__u64	times;
	__u32	room;
	__u32	count;
};

/*
 * UNC_IOC_SNAPSHOTS: list the snapshots of the volume of an open directory
 * (FSCTL_SRV_ENUMERATE_SNAPSHOTS).  EOPNOTSUPP if the server has none.
 */
#define UNC_IOC_SNAPSHOTS	_IOWR(UNC_IOC_MAGIC, 16, struct unc_snapshots)

#define UNC_NOTIFY_ROOM_MAX	65536

/**
 * struct unc_notify_event - a change
 * @action: FILE_ACTION_* of [MS-FSCC] 2.7.1: 1 added, 2 removed, 3 modified,
 *	4 and 5 old and new name of what was renamed
 * @name_len: bytes of @name with the NUL at its end; the next event follows at
 *	the next multiple of four
 * @name: path below the directory in UTF-8, names separated by '/'
 */
struct unc_notify_event {
	__u32	action;
	__u32	name_len;
	char	name[];
};

/**
 * struct unc_notify - argument of UNC_IOC_NOTIFY
 * @events: address of room for struct unc_notify_event
 * @room: its bytes, at most UNC_NOTIFY_ROOM_MAX
 * @filter: FILE_NOTIFY_CHANGE_* of [MS-SMB2] 2.2.35
 * @tree: 1 to watch all below the directory, otherwise 0
 * @len: on return the bytes stored
 */
struct unc_notify {
	__u64	events;
	__u32	room;
	__u32	filter;
	__u32	tree;
	__u32	len;
};

/*
 * UNC_IOC_NOTIFY: wait until something in an open directory changes on the
 * server, whoever does it.  What changes between two calls is not lost as long
 * as the directory stays open, and filter and tree stay as in the first call.
 * EOVERFLOW if more changed than the server or @room could hold: list the
 * directory again; EINTR by a signal.
 */
#define UNC_IOC_NOTIFY		_IOWR(UNC_IOC_MAGIC, 17, struct unc_notify)

#endif /* _UAPI_UNCFS_DIR_H */
