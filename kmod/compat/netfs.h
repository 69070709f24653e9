/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * netfs, whose newer state has been taken back into the 6.12 series: what is
 * there is told by its headers, not by the number of the version.
 */
#ifndef _UNC_COMPAT_NETFS_H
#define _UNC_COMPAT_NETFS_H

#include <linux/netfs.h>

/**
 * unc_netfs_read_terminated - tell netfs that a part of a read has ended
 * @subreq: the part
 *
 * Context: process.
 */
static inline void unc_netfs_read_terminated(struct netfs_io_subrequest *subreq)
{
#if __has_include("linux/rolling_buffer.h")
	netfs_read_subreq_terminated(subreq);
#else
	netfs_read_subreq_terminated(subreq, false);
#endif
}

#endif /* _UNC_COMPAT_NETFS_H */
