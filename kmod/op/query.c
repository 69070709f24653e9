// SPDX-License-Identifier: GPL-2.0-only
/*
 * The plan CREATE + QUERY_INFO + CLOSE, and QUERY_INFO on a handle: whoever
 * wants to know something of a file or of the volume it is on.
 */
#include "verbs.h"

static int query_add(struct unc_req *req, const struct unc_query *query,
		     struct wire_smb2_fid fid, unsigned int flags)
{
	struct wire_smb2_query_info_req args = {
		.info_type = query->type,
		.info_class = query->class,
		.max_output = query->max,
		.additional = query->additional,
		.flags = query->flags,
		.fid = fid,
	};

	return unc_cmd(req)->query_info_add(req, &args, flags);
}

/**
 * unc_query_issue - issue() of queries by path
 * @op: the operation; its args are a struct unc_query
 * @req: the request, still empty
 *
 * Return: 0 or -errno.
 */
int unc_query_issue(struct unc_op *op, struct unc_req *req)
{
	const struct unc_query *query = op->args;
	int err;

	err = unc_plan_create(req, op->path, &query->how);
	if (!err)
		err = query_add(req, query, WIRE_SMB2_FID_RELATED,
				UNC_PART_RELATED);
	return err ?: unc_plan_close(req);
}

/**
 * unc_query_open_issue - issue() of queries by handle
 * @op: the operation; its args are a struct unc_query
 * @req: the request, still empty
 *
 * Return: 0 or -errno.
 */
int unc_query_open_issue(struct unc_op *op, struct unc_req *req)
{
	return query_add(req, op->args, unc_open_fid(op->open), 0);
}
