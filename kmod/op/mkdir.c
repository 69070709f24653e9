// SPDX-License-Identifier: GPL-2.0-only
/*
 * mkdir: make a directory, and learn all about it in the same flight.
 */
#include <linux/timekeeping.h>
#include "verbs.h"

static const struct unc_verb mkdir_verb = {
	.name		= "mkdir",
	.room		= UNC_QUERY_ROOM,
	.checkable	= true,
	.issue		= unc_query_issue,
	.done		= unc_getattr_done,
	.orphaned	= unc_plan_orphaned,
};

/**
 * unc_op_mkdir - make a directory
 * @share: where
 * @path: its name
 * @ours: leases not to break
 * @info: filled in on success
 *
 * May sleep, killable.  Return: 0, -EEXIST, or another -errno.
 */
int unc_op_mkdir(struct unc_share *share, const char *path,
		 const struct unc_ours *ours, struct unc_attr_info *info)
{
	struct unc_query query = {
		.how = {
			.access = SMB2_FILE_READ_ATTRIBUTES,
			.disposition = SMB2_FILE_CREATE,
			.options = SMB2_FILE_DIRECTORY_FILE,
			.attributes = FSCC_ATTR_DIRECTORY,
			.parent = ours->dir,
		},
		.type = SMB2_0_INFO_FILE,
		.class = FSCC_FILE_ALL,
		.max = 1024,
	};
	struct unc_op op = {
		.verb = &mkdir_verb,
		.share = share,
		.path = path,
		.args = &query,
		.result = info,
		.apart = true,
	};

	u64 since = ktime_get_real_ns();
	int err = unc_op_run(&op);

	if (err == -EEXIST && op.uncertain &&
	    unc_made_by_us(share, path, since, info) &&
	    info->attributes & FSCC_ATTR_DIRECTORY)
		return 0;
	return err;
}
