/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SMB2 TREE_CONNECT, [MS-SMB2] 2.2.9 and 2.2.10. */
#ifndef UNCFS_WIRE_SMB2_TREE_H
#define UNCFS_WIRE_SMB2_TREE_H

#include "cursor.h"
#include "smb2_proto.h"

/**
 * struct wire_smb2_tree_connect_req - connect to a share
 * @flags: enum smb2_tree_req_flags, SMB 3.1.1 only, else 0
 * @path: \\server\share in UTF-16LE, no NUL
 */
struct wire_smb2_tree_connect_req {
	u16 flags;
	struct wire_blob path;
};

/**
 * struct wire_smb2_tree_connect_rsp - what the share is
 * @share_type: enum smb2_share_type
 * @share_flags: enum smb2_share_flags
 * @capabilities: enum smb2_share_cap
 * @maximal_access: what this user may do at most, enum smb2_access
 */
struct wire_smb2_tree_connect_rsp {
	u8 share_type;
	u32 share_flags;
	u32 capabilities;
	u32 maximal_access;
};

int wire_smb2_tree_connect_req_encode(struct wire_out *o,
				      const struct wire_smb2_tree_connect_req *req);
int wire_smb2_tree_connect_rsp_decode(struct wire_in *in,
				      struct wire_smb2_tree_connect_rsp *rsp);

#endif /* UNCFS_WIRE_SMB2_TREE_H */
