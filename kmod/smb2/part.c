// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is the same for every command: the way from its answer to an errno and
 * a body that can be decoded.
 */
#include <linux/errno.h>
#include <linux/printk.h>
#include "../wire/ntstatus.h"
#include "../wire/smb2_error.h"
#include "smb2.h"

/* [MS-ERREF] 2.3: the two highest bits; both set is an error. */
static bool nt_is_error(u32 status)
{
	return status >> 30 == 3;
}

/**
 * unc_smb2_status - how a command ended, as an errno
 * @part: a command of a request that has ended
 *
 * Warnings that carry a regular answer (STATUS_BUFFER_OVERFLOW where it means
 * "there is more") are no failure.
 *
 * Return: 0 if there is a regular answer, else -errno.
 */
int unc_smb2_status(const struct unc_part *part)
{
	int err;

	if (!part->answered)
		return -EIO;
	if (!nt_is_error(part->status) &&
	    !wire_smb2_is_error(&part->rsp, part->command, part->status))
		return 0;
	err = wire_ntstatus_errno(part->status);
	return err ?: -EIO;
}

/**
 * unc_smb2_body - the regular answer to a command, to be decoded
 * @part: a command of a request that has ended
 * @in: set to its body
 *
 * @in is a copy, so that an answer can be looked at any number of times.
 *
 * Return: 0, or -errno as of unc_smb2_status().
 */
int unc_smb2_body(const struct unc_part *part, struct wire_in *in)
{
	int err = unc_smb2_status(part);

	if (!err)
		*in = part->rsp;
	return err;
}

/**
 * unc_smb2_decoded - the end of every decoding
 * @part: whose answer it was
 * @in: the reader that was used
 * @err: what the decoder returned
 *
 * A malformed answer is an I/O error for whoever asked, and worth a line in
 * the log: either the server is broken or somebody plays with us.
 *
 * Return: 0 or -EIO.
 */
int unc_smb2_decoded(const struct unc_part *part, const struct wire_in *in,
		     int err)
{
	if (likely(!err))
		return 0;
	pr_warn_ratelimited("uncfs: malformed response to command %u (%s)\n",
			    part->command, in->err ?: "value");
	return -EIO;
}
