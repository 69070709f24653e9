// SPDX-License-Identifier: GPL-2.0-only
/*
 * Something was to be made that must not exist, the connection was lost before
 * the answer came, and the second try found that it exists: by whom was it made?
 *
 * The protocol does not tell.  We take it for ours if the server's clock says
 * that it is as old as our first try, and there is nothing in it.  Two machines
 * could be wrong about this only by trying the same name, with the same server
 * lost under both of them, within SLACK.
 */
#include <linux/timekeeping.h>
#include "../wire/fscc.h"
#include "verbs.h"

#define SLACK	(2 * NSEC_PER_SEC)	/* between two readings of its clock */

static s64 server_offset(struct unc_share *share)
{
	struct unc_tree *tree = unc_share_tree(share);
	s64 offset;

	if (IS_ERR(tree))
		return S64_MAX;
	offset = tree->session->conn->clock_offset;
	unc_tree_put(tree, unc_why_io);
	return offset;
}

/**
 * unc_made_by_us - is what exists what we made?
 * @share: where
 * @path: which
 * @since: ktime_get_real_ns() from before the first try
 * @info: filled in if it is
 *
 * May sleep, killable.  Return: T if it is.
 */
bool unc_made_by_us(struct unc_share *share, const char *path, u64 since,
		    struct unc_attr_info *info)
{
	s64 offset = server_offset(share);

	if (offset == S64_MAX || unc_op_getattr(share, path, info))
		return false;
	return info->btime >= wire_time_from_ns(since - SLACK) + offset &&
	       (info->attributes & FSCC_ATTR_DIRECTORY || !info->size);
}
