// SPDX-License-Identifier: GPL-2.0-only
/*
 * NT_TRANSACT_NOTIFY_CHANGE, [MS-CIFS] 2.2.7.4: tell when a directory changes.
 *
 * It is answered when something happens, and until then has one of the few
 * requests that may be under way.
 */
#include "../wire/ntstatus.h"
#include "smb1.h"

#define SHARE_OF_SLOTS	4	/* watches have one in so many */

/* Each holds a slot until it is freed. */
static bool watch_take(struct smb1_conn *sc)
{
	return atomic_add_unless(&sc->watches, 1,
				 sc->max_mpx / SHARE_OF_SLOTS);
}

/**
 * smb1_notify_add - put a watch into a request
 * @req: the request, not sent yet
 * @args: what to watch
 * @flags: UNC_PART_*
 *
 * Return: 0; -EOPNOTSUPP when as many are watched as there is room for; or
 * another -errno.
 */
int smb1_notify_add(struct unc_req *req,
		    const struct wire_smb2_notify_req *args, unsigned int flags)
{
	struct wire_smb1_trans_req trans = {
		.command = SMB1_NT_TRANSACT,
		.function = SMB1_NT_NOTIFY,
		.setup = { args->filter & 0xffff, args->filter >> 16,
			   args->fid.volatile_id,
			   args->flags & SMB2_WATCH_TREE },
		.setup_count = 4,
		.max_params = min_t(u32, args->max_output, U16_MAX),
	};
	struct smb1_part *p;
	int err;

	err = smb1_trans_add(req, SMB2_CHANGE_NOTIFY, &trans, &p);
	if (err)
		return err;
	if (!watch_take(smb1_conn(req->conn)))
		return -EOPNOTSUPP;
	((struct smb1_req *)req->own)->watches = true;
	return smb1_part_fid(p, args->fid, trans.setup_at + 4);
}

/**
 * smb1_notify_rsp - what a watch was answered
 * @part: the command, of a request that has ended
 * @rsp: filled in; the entries are within @part's message
 *
 * Return: 0; -EOVERFLOW if more changed than the server could say; or another
 * -errno.
 */
int smb1_notify_rsp(const struct unc_part *part,
		    struct wire_smb2_notify_rsp *rsp)
{
	struct wire_blob data;
	int err;

	if (part->answered && part->status == NT_STATUS_NOTIFY_ENUM_DIR)
		return -EOVERFLOW;
	err = smb1_trans_rsp(part, &rsp->data, &data);
	return err ?: rsp->data.len ? 0 : -EOVERFLOW;
}
