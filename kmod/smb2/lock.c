// SPDX-License-Identifier: GPL-2.0-only
/*
 * LOCK ([MS-SMB2] 2.2.26, 2.2.27): byte ranges that others keep off.
 */
#include "../wire/ntstatus.h"
#include "smb2.h"

/**
 * unc_smb2_lock_add - put a LOCK into a request
 * @req: the request, not sent yet
 * @args: which ranges of which handle; to be locked, or all to be unlocked
 * @flags: UNC_PART_*
 *
 * Return: 0 or -errno.
 */
int unc_smb2_lock_add(struct unc_req *req,
		      const struct wire_smb2_lock_req *args,
		      unsigned int flags)
{
	unc_req_part(req, SMB2_LOCK, 0, flags);
	return wire_smb2_lock_req_encode(&req->out, args);
}

/**
 * unc_smb2_lock_rsp - what LOCK was answered
 * @part: the command, of a request that has ended
 *
 * Return: 0; -EAGAIN if somebody else has the range; -ENOLCK if an unlock
 * found nothing; or another -errno.
 */
int unc_smb2_lock_rsp(const struct unc_part *part)
{
	struct wire_in in;
	int err;

	/* For reading and writing the first of these is a lack of access. */
	if (part->answered && (part->status == NT_STATUS_FILE_LOCK_CONFLICT ||
			       part->status == NT_STATUS_LOCK_NOT_GRANTED))
		return -EAGAIN;
	err = unc_smb2_body(part, &in);
	if (err)
		return err;
	err = wire_smb2_lock_rsp_decode(&in);
	return unc_smb2_decoded(part, &in, err);
}
