/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SMB2 SESSION_SETUP, [MS-SMB2] 2.2.5 and 2.2.6. */
#ifndef UNCFS_WIRE_SMB2_SESSION_H
#define UNCFS_WIRE_SMB2_SESSION_H

#include "cursor.h"
#include "smb2_proto.h"

/**
 * struct wire_smb2_session_setup_req - one leg of authentication, to the server
 * @flags: enum smb2_session_req_flags
 * @security_mode: enum smb2_security_mode
 * @capabilities: enum smb2_global_cap; only DFS has a meaning here
 * @previous_session_id: session to be replaced after a reconnect, or 0
 * @token: what the agent's mechanism made
 */
struct wire_smb2_session_setup_req {
	u8 flags;
	u8 security_mode;
	u32 capabilities;
	u64 previous_session_id;
	struct wire_blob token;
};

/**
 * struct wire_smb2_session_setup_rsp - one leg, from the server
 * @flags: enum smb2_session_flags; final leg only
 * @token: for the agent's mechanism, may be empty
 */
struct wire_smb2_session_setup_rsp {
	u16 flags;
	struct wire_blob token;
};

int wire_smb2_session_setup_req_encode(struct wire_out *o,
				       const struct wire_smb2_session_setup_req *req);
int wire_smb2_session_setup_rsp_decode(struct wire_in *in,
				       struct wire_smb2_session_setup_rsp *rsp);

#endif /* UNCFS_WIRE_SMB2_SESSION_H */
