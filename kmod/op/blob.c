// SPDX-License-Identifier: GPL-2.0-only
/*
 * blob: information of any length about a file, as the server has it: extended
 * attributes, streams, security descriptors.
 */
#include <linux/mm.h>
#include <linux/slab.h>
#include "verbs.h"

static int blob_done(struct unc_op *op, struct unc_req *req)
{
	struct wire_smb2_query_info_rsp rsp;
	struct wire_smb2_create_rsp created;
	struct wire_blob *blob = op->result;
	int err;

	err = unc_plan_created(req, &created);
	if (!err)
		err = unc_cmd(req)->query_info_rsp(&req->parts[1], &rsp);
	if (err)
		return err;
	blob->ptr = kvmalloc(rsp.data.len + 1, GFP_KERNEL);
	blob->len = rsp.data.len;
	if (!blob->ptr)
		return -ENOMEM;
	memcpy((void *)blob->ptr, rsp.data.ptr, rsp.data.len);
	return 0;
}

static const struct unc_verb blob_verb = {
	.name		= "query",
	.room		= UNC_QUERY_ROOM,
	.repeatable	= true,
	.issue		= unc_query_issue,
	.done		= blob_done,
	.orphaned	= unc_plan_orphaned,
};

/**
 * unc_query_blob - ask for information of any length
 * @share: where
 * @path: of what; links are not followed
 * @query: what to ask
 * @blob: set on success; to be freed by kvfree()
 *
 * May sleep, killable.  Return: 0 or -errno.
 */
int unc_query_blob(struct unc_share *share, const char *path,
		   const struct unc_query *query, struct wire_blob *blob)
{
	struct unc_op op = {
		.verb = &blob_verb,
		.share = share,
		.path = path,
		.args = query,
		.result = blob,
	};

	return unc_op_run(&op);
}
