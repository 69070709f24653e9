// SPDX-License-Identifier: GPL-2.0-only
/*
 * READ, WRITE and IOCTL ([MS-SMB2] 2.2.19 to 2.2.22, 2.2.31, 2.2.32): data
 * comes and goes, and is what the credits are counted by.
 */
#include <linux/minmax.h>
#include "../wire/ntstatus.h"
#include "smb2.h"

/**
 * unc_smb2_read_add - put a READ into a request
 * @req: the request, not sent yet
 * @args: what to read
 * @flags: UNC_PART_*
 *
 * Return: 0 or -errno.
 */
int unc_smb2_read_add(struct unc_req *req,
		      const struct wire_smb2_read_req *args,
		      unsigned int flags)
{
	unc_req_part(req, SMB2_READ, args->length, flags);
	return wire_smb2_read_req_encode(&req->out, args);
}

/**
 * unc_smb2_read_rsp - what READ was answered
 * @part: the command, of a request that has ended
 * @rsp: filled in; the data is within @part's message.  The caller compares
 *	its length with what it asked for.
 *
 * The end of the file is no failure but no data, as Linux has it.
 *
 * Return: 0 or -errno.
 */
int unc_smb2_read_rsp(const struct unc_part *part,
		      struct wire_smb2_read_rsp *rsp)
{
	struct wire_in in;
	int err;

	if (part->answered && part->status == NT_STATUS_END_OF_FILE) {
		*rsp = (struct wire_smb2_read_rsp){};
		return 0;
	}
	err = unc_smb2_body(part, &in);
	if (err)
		return err;
	err = wire_smb2_read_rsp_decode(&in, rsp);
	return unc_smb2_decoded(part, &in, err);
}

/**
 * unc_smb2_write_add - put a WRITE into a request, as its last part
 * @req: the request, not sent yet; the caller sets req->payload
 * @args: where to write, how much
 * @flags: UNC_PART_*
 *
 * Return: 0 or -errno.
 */
int unc_smb2_write_add(struct unc_req *req,
		       const struct wire_smb2_write_req *args,
		       unsigned int flags)
{
	unc_req_part(req, SMB2_WRITE, args->length, flags);
	return wire_smb2_write_req_encode(&req->out, args);
}

/**
 * unc_smb2_write_rsp - what WRITE was answered
 * @part: the command, of a request that has ended
 * @rsp: filled in.  The caller compares the count with what it sent.
 *
 * Return: 0 or -errno.
 */
int unc_smb2_write_rsp(const struct unc_part *part,
		       struct wire_smb2_write_rsp *rsp)
{
	struct wire_in in;
	int err = unc_smb2_body(part, &in);

	if (err)
		return err;
	err = wire_smb2_write_rsp_decode(&in, rsp);
	return unc_smb2_decoded(part, &in, err);
}

/**
 * unc_smb2_ioctl_add - put an IOCTL into a request
 * @req: the request, not sent yet
 * @args: which control operation, its input, and how much may come back
 * @flags: UNC_PART_*
 *
 * Return: 0 or -errno.
 */
int unc_smb2_ioctl_add(struct unc_req *req,
		       const struct wire_smb2_ioctl_req *args,
		       unsigned int flags)
{
	u32 back = args->max_input + args->max_output;
	u32 payload = max(args->input.len, back);

	unc_req_part(req, SMB2_IOCTL, payload, flags);
	return wire_smb2_ioctl_req_encode(&req->out, args);
}

/**
 * unc_smb2_ioctl_rsp - what IOCTL was answered
 * @part: the command, of a request that has ended
 * @rsp: filled in; points into @part's message.  The caller compares the
 *	control code, and the length of the output with what it asked for.
 *
 * Return: 0 or -errno; 0 also with STATUS_BUFFER_OVERFLOW.
 */
int unc_smb2_ioctl_rsp(const struct unc_part *part,
		       struct wire_smb2_ioctl_rsp *rsp)
{
	struct wire_in in;
	int err = unc_smb2_body(part, &in);

	if (err)
		return err;
	err = wire_smb2_ioctl_rsp_decode(&in, rsp);
	return unc_smb2_decoded(part, &in, err);
}
