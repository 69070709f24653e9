// SPDX-License-Identifier: GPL-2.0-only
/*
 * statfs: how much room there is on the volume behind a share.
 */
#include "../wire/fscc_fs.h"
#include "verbs.h"

static const struct unc_query query = {
	.how = {
		.access = SMB2_FILE_READ_ATTRIBUTES,
		.disposition = SMB2_FILE_OPEN,
		.options = SMB2_FILE_DIRECTORY_FILE,
	},
	.type = SMB2_0_INFO_FILESYSTEM,
	.class = FSCC_FS_FULL_SIZE,
	.max = 32,	/* [MS-FSCC] 2.5.4 */
};

static int statfs_done(struct unc_op *op, struct unc_req *req)
{
	struct unc_statfs *st = op->result;
	struct wire_smb2_query_info_rsp rsp;
	struct wire_smb2_create_rsp created;
	struct wire_fscc_fs_full_size size;
	int err;

	err = unc_plan_created(req, &created);
	if (!err)
		err = unc_cmd(req)->query_info_rsp(&req->parts[1], &rsp);
	if (err)
		return err;
	if (wire_fscc_fs_full_size_decode(&rsp.data, &size))
		return -EIO;
	*st = (struct unc_statfs){
		.unit = (u64)size.sectors_per_unit * size.bytes_per_sector,
		.total = size.total,
		.available = size.caller_available,
		.free = size.actual_available,
	};
	return 0;
}

static const struct unc_verb statfs_verb = {
	.name		= "statfs",
	.room		= UNC_QUERY_ROOM,
	.repeatable	= true,
	.issue		= unc_query_issue,
	.done		= statfs_done,
	.orphaned	= unc_plan_orphaned,
};

/**
 * unc_op_statfs - how much room there is
 * @share: where
 * @st: filled in on success
 *
 * May sleep, killable.  Return: 0 or -errno.
 */
int unc_op_statfs(struct unc_share *share, struct unc_statfs *st)
{
	struct unc_op op = {
		.verb = &statfs_verb,
		.share = share,
		.path = "",
		.args = &query,
		.result = st,
	};

	return unc_op_run(&op);
}
