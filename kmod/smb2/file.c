// SPDX-License-Identifier: GPL-2.0-only
/*
 * CREATE, CLOSE and FLUSH ([MS-SMB2] 2.2.13 to 2.2.18): handles come and go.
 */
#include "smb2.h"

/**
 * unc_smb2_create_add - put a CREATE into a request
 * @req: the request, not sent yet
 * @args: what to open, how; only read during the call
 * @flags: UNC_PART_*
 *
 * Return: 0 or -errno.
 */
int unc_smb2_create_add(struct unc_req *req,
			const struct wire_smb2_create_req *args,
			unsigned int flags)
{
	unc_req_part(req, SMB2_CREATE, 0, flags);
	return wire_smb2_create_req_encode(&req->out, args);
}

/**
 * unc_smb2_create_rsp - what CREATE was answered
 * @part: the command, of a request that has ended
 * @rsp: filled in; points into @part's message
 *
 * Return: 0 or -errno.
 */
int unc_smb2_create_rsp(const struct unc_part *part,
			struct wire_smb2_create_rsp *rsp)
{
	struct wire_in in;
	int err = unc_smb2_body(part, &in);

	if (err)
		return err;
	err = wire_smb2_create_rsp_decode(&in, rsp);
	return unc_smb2_decoded(part, &in, err);
}

/**
 * unc_smb2_close_add - put a CLOSE into a request
 * @req: the request, not sent yet
 * @args: which handle; WIRE_SMB2_FID_RELATED for that of the part before
 * @flags: UNC_PART_*
 *
 * Return: 0 or -errno.
 */
int unc_smb2_close_add(struct unc_req *req,
		       const struct wire_smb2_close_req *args,
		       unsigned int flags)
{
	unc_req_part(req, SMB2_CLOSE, 0, flags);
	return wire_smb2_close_req_encode(&req->out, args);
}

/**
 * unc_smb2_close_rsp - what CLOSE was answered
 * @part: the command, of a request that has ended
 * @rsp: filled in
 *
 * Return: 0 or -errno.
 */
int unc_smb2_close_rsp(const struct unc_part *part,
		       struct wire_smb2_close_rsp *rsp)
{
	struct wire_in in;
	int err = unc_smb2_body(part, &in);

	if (err)
		return err;
	err = wire_smb2_close_rsp_decode(&in, rsp);
	return unc_smb2_decoded(part, &in, err);
}

/**
 * unc_smb2_flush_add - put a FLUSH into a request
 * @req: the request, not sent yet
 * @args: which handle
 * @flags: UNC_PART_*
 *
 * Return: 0 or -errno.
 */
int unc_smb2_flush_add(struct unc_req *req,
		       const struct wire_smb2_flush_req *args,
		       unsigned int flags)
{
	unc_req_part(req, SMB2_FLUSH, 0, flags);
	return wire_smb2_flush_req_encode(&req->out, args);
}

/**
 * unc_smb2_flush_rsp - what FLUSH was answered
 * @part: the command, of a request that has ended
 *
 * Return: 0 or -errno.
 */
int unc_smb2_flush_rsp(const struct unc_part *part)
{
	struct wire_in in;
	int err = unc_smb2_body(part, &in);

	if (err)
		return err;
	err = wire_smb2_flush_rsp_decode(&in);
	return unc_smb2_decoded(part, &in, err);
}
