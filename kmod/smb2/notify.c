// SPDX-License-Identifier: GPL-2.0-only
/*
 * CHANGE_NOTIFY ([MS-SMB2] 2.2.35, 2.2.36): tell when a directory changes.
 */
#include "../wire/ntstatus.h"
#include "smb2.h"

/**
 * unc_smb2_notify_add - put a CHANGE_NOTIFY into a request
 * @req: the request, not sent yet
 * @args: what to watch
 * @flags: UNC_PART_*
 *
 * Return: 0 or -errno.
 */
int unc_smb2_notify_add(struct unc_req *req,
			const struct wire_smb2_notify_req *args,
			unsigned int flags)
{
	unc_req_part(req, SMB2_CHANGE_NOTIFY, args->max_output, flags);
	return wire_smb2_notify_req_encode(&req->out, args);
}

/**
 * unc_smb2_notify_rsp - what CHANGE_NOTIFY was answered
 * @part: the command, of a request that has ended
 * @rsp: filled in; the entries are within @part's message
 *
 * Return: 0; -EOVERFLOW if more changed than the server could say; or another
 * -errno.
 */
int unc_smb2_notify_rsp(const struct unc_part *part,
			struct wire_smb2_notify_rsp *rsp)
{
	struct wire_in in;
	int err;

	if (part->answered && part->status == NT_STATUS_NOTIFY_ENUM_DIR)
		return -EOVERFLOW;
	err = unc_smb2_body(part, &in);
	if (err)
		return err;
	err = wire_smb2_notify_rsp_decode(&in, rsp);
	err = unc_smb2_decoded(part, &in, err);
	return err ?: rsp->data.len ? 0 : -EOVERFLOW;
}
