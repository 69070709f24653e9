// SPDX-License-Identifier: GPL-2.0-only
/*
 * QUERY_INFO, SET_INFO and QUERY_DIRECTORY ([MS-SMB2] 2.2.33, 2.2.34, 2.2.37
 * to 2.2.40): what is known of files, in the structures of [MS-FSCC].
 */
#include <linux/minmax.h>
#include "smb2.h"

/**
 * unc_smb2_query_info_add - put a QUERY_INFO into a request
 * @req: the request, not sent yet
 * @args: what to ask for
 * @flags: UNC_PART_*
 *
 * Return: 0 or -errno.
 */
int unc_smb2_query_info_add(struct unc_req *req,
			    const struct wire_smb2_query_info_req *args,
			    unsigned int flags)
{
	u32 payload = max(args->input.len, args->max_output);

	unc_req_part(req, SMB2_QUERY_INFO, payload, flags);
	return wire_smb2_query_info_req_encode(&req->out, args);
}

/**
 * unc_smb2_query_info_rsp - what QUERY_INFO was answered
 * @part: the command, of a request that has ended
 * @rsp: filled in; the information is within @part's message
 *
 * Return: 0 or -errno; 0 also with STATUS_BUFFER_OVERFLOW, when the variable
 * end of the information was cut off.
 */
int unc_smb2_query_info_rsp(const struct unc_part *part,
			    struct wire_smb2_query_info_rsp *rsp)
{
	struct wire_in in;
	int err = unc_smb2_body(part, &in);

	if (err)
		return err;
	err = wire_smb2_query_info_rsp_decode(&in, rsp);
	return unc_smb2_decoded(part, &in, err);
}

/**
 * unc_smb2_set_info_add - put a SET_INFO into a request
 * @req: the request, not sent yet
 * @args: what to set
 * @flags: UNC_PART_*
 *
 * Return: 0 or -errno.
 */
int unc_smb2_set_info_add(struct unc_req *req,
			  const struct wire_smb2_set_info_req *args,
			  unsigned int flags)
{
	unc_req_part(req, SMB2_SET_INFO, args->data.len, flags);
	return wire_smb2_set_info_req_encode(&req->out, args);
}

/**
 * unc_smb2_set_info_rsp - what SET_INFO was answered
 * @part: the command, of a request that has ended
 *
 * Return: 0 or -errno.
 */
int unc_smb2_set_info_rsp(const struct unc_part *part)
{
	struct wire_in in;
	int err = unc_smb2_body(part, &in);

	if (err)
		return err;
	err = wire_smb2_set_info_rsp_decode(&in);
	return unc_smb2_decoded(part, &in, err);
}

/**
 * unc_smb2_query_dir_add - put a QUERY_DIRECTORY into a request
 * @req: the request, not sent yet
 * @args: which directory, in which form, how much at once
 * @flags: UNC_PART_*
 *
 * Return: 0 or -errno.
 */
int unc_smb2_query_dir_add(struct unc_req *req,
			   const struct wire_smb2_query_dir_req *args,
			   unsigned int flags)
{
	u32 payload = max(args->pattern.len, args->max_output);

	unc_req_part(req, SMB2_QUERY_DIRECTORY, payload, flags);
	return wire_smb2_query_dir_req_encode(&req->out, args);
}

/**
 * unc_smb2_query_dir_rsp - what QUERY_DIRECTORY was answered
 * @part: the command, of a request that has ended
 * @rsp: filled in; the entries are within @part's message
 *
 * Return: 0 or -errno; the end of the directory is a failure like others, to
 * be told by part->status.
 */
int unc_smb2_query_dir_rsp(const struct unc_part *part,
			   struct wire_smb2_query_dir_rsp *rsp)
{
	struct wire_in in;
	int err = unc_smb2_body(part, &in);

	if (err)
		return err;
	err = wire_smb2_query_dir_rsp_decode(&in, rsp);
	return unc_smb2_decoded(part, &in, err);
}
