/* SPDX-License-Identifier: GPL-2.0-or-later */
/* NEGOTIATE, SESSION_SETUP_ANDX and TREE_CONNECT_ANDX, [MS-SMB] 2.2.4. */
#ifndef UNCFS_WIRE_SMB1_SETUP_H
#define UNCFS_WIRE_SMB1_SETUP_H

#include "smb1_hdr.h"

/* [MS-CIFS] 2.2.4.52.2 SecurityMode */
enum smb1_security_mode {
	SMB1_USER_SECURITY	= 0x01,
	SMB1_CHALLENGE		= 0x02,
	SMB1_SIGNING_ENABLED	= 0x04,
	SMB1_SIGNING_REQUIRED	= 0x08,
};

/* [MS-SMB] 2.2.4.5.2.1 Capabilities */
enum smb1_capabilities {
	SMB1_CAP_UNICODE		= 0x00000004,
	SMB1_CAP_LARGE_FILES		= 0x00000008,
	SMB1_CAP_NT_SMBS		= 0x00000010,
	SMB1_CAP_STATUS32		= 0x00000040,
	SMB1_CAP_LEVEL_II_OPLOCKS	= 0x00000080,
	SMB1_CAP_NT_FIND		= 0x00000200,
	SMB1_CAP_INFOLEVEL_PASSTHRU	= 0x00002000,
	SMB1_CAP_LARGE_READX		= 0x00004000,
	SMB1_CAP_LARGE_WRITEX		= 0x00008000,
	SMB1_CAP_UNIX			= 0x00800000,
	SMB1_CAP_EXTENDED_SECURITY	= 0x80000000,
};

/**
 * struct wire_smb1_negotiate_rsp - what a server can do
 * @security_mode: enum smb1_security_mode
 * @max_mpx: requests that may be in flight
 * @max_buffer: bytes of the largest message that it takes
 * @session_key: to be sent back
 * @capabilities: enum smb1_capabilities
 * @system_time: its clock, FILETIME
 * @token: first token of the security mechanisms; empty without
 *	SMB1_CAP_EXTENDED_SECURITY
 */
struct wire_smb1_negotiate_rsp {
	u8 security_mode;
	u16 max_mpx;
	u32 max_buffer;
	u32 session_key;
	u32 capabilities;
	u64 system_time;
	struct wire_blob token;
};

/**
 * struct wire_smb1_session_req - one leg of an authentication
 * @max_buffer: bytes of the largest message that we take
 * @max_mpx: requests that may be in flight
 * @session_key: from the negotiation
 * @capabilities: ours
 * @token: of the security mechanisms
 */
struct wire_smb1_session_req {
	u16 max_buffer;
	u16 max_mpx;
	u32 session_key;
	u32 capabilities;
	struct wire_blob token;
};

/**
 * struct wire_smb1_session_rsp - the server's leg
 * @guest: T if it made a guest of the user
 * @token: of the security mechanisms
 */
struct wire_smb1_session_rsp {
	bool guest;
	struct wire_blob token;
};

/**
 * struct wire_smb1_tree_rsp - a share
 * @support: OptionalSupport
 * @service: what kind it is, "A:", "IPC", "LPT1:", "COMM"; not terminated
 */
struct wire_smb1_tree_rsp {
	u16 support;
	struct wire_blob service;
};

int wire_smb1_negotiate_req_encode(struct wire_out *o);
int wire_smb1_negotiate_rsp_decode(struct wire_in *in,
				   struct wire_smb1_negotiate_rsp *rsp);
int wire_smb1_session_req_encode(struct wire_out *o,
				 const struct wire_smb1_session_req *req);
int wire_smb1_session_rsp_decode(struct wire_in *in,
				 struct wire_smb1_session_rsp *rsp);
int wire_smb1_tree_req_encode(struct wire_out *o, const struct wire_blob *path);
int wire_smb1_tree_rsp_decode(struct wire_in *in,
			      struct wire_smb1_tree_rsp *rsp);
void wire_smb1_logoff_req_encode(struct wire_out *o);
void wire_smb1_echo_req_encode(struct wire_out *o);

#endif /* UNCFS_WIRE_SMB1_SETUP_H */
