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

#endif /* _UAPI_UNCFS_DIR_H */
