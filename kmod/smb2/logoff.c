// SPDX-License-Identifier: GPL-2.0-only
/*
 * LOGOFF ([MS-SMB2] 3.2.4.23).
 */
#include "../wire/smb2_simple.h"
#include "setup.h"
#include "smb2.h"

#define GOODBYE		(2 * HZ)

/**
 * unc_smb2_logoff - tell the server that a session is over
 * @s: the session, which nobody can find any more
 *
 * May sleep for a short deadline.
 */
void unc_smb2_logoff(struct unc_session *s)
{
	struct unc_req *req;

	req = unc_req_new(s->conn, s, NULL, SMB2_HDR_SIZE + 8);
	if (!req)
		return;
	req->timeout = GOODBYE;
	unc_req_part(req, SMB2_LOGOFF, 0, 0);
	wire_smb2_logoff_req_encode(&req->out);
	unc_req_call(req);
	unc_req_put(req, unc_why_alloc);
}
