// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lease Break Acknowledgment ([MS-SMB2] 2.2.24.2) and which kind of lease a
 * connection can have.
 */
#include "smb2.h"

/**
 * unc_smb2_lease_version - which lease context to send
 * @conn: the connection
 *
 * [MS-SMB2] 3.2.4.3.8.
 *
 * Any context.  Return: 1 or 2, or 0 if the server knows no leases.
 */
u8 unc_smb2_lease_version(const struct unc_conn *conn)
{
	if (!(conn->capabilities & SMB2_GLOBAL_CAP_LEASING))
		return 0;
	return conn->dialect >= SMB2_DIALECT_300 ? 2 : 1;
}

/**
 * unc_smb2_lease_ack_add - put a lease break acknowledgment into a request
 * @req: the request, not sent yet
 * @args: which lease, and what is left of it
 * @flags: UNC_PART_*
 *
 * Return: 0 or -errno.
 */
int unc_smb2_lease_ack_add(struct unc_req *req,
			   const struct wire_smb2_lease_ack *args,
			   unsigned int flags)
{
	unc_req_part(req, SMB2_OPLOCK_BREAK, 0, flags);
	return wire_smb2_lease_ack_encode(&req->out, args);
}
