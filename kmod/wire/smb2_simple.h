/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Commands that are hardly more than a StructureSize: LOGOFF, TREE_DISCONNECT,
 * FLUSH, CANCEL and ECHO, [MS-SMB2] 2.2.7, 2.2.8, 2.2.11, 2.2.12, 2.2.17,
 * 2.2.18, 2.2.28, 2.2.29 and 2.2.30.
 */
#ifndef UNCFS_WIRE_SMB2_SIMPLE_H
#define UNCFS_WIRE_SMB2_SIMPLE_H

#include "smb2_hdr.h"

/**
 * struct wire_smb2_flush_req - write a file's data to the server's disk
 * @fid: which file
 */
struct wire_smb2_flush_req {
	struct wire_smb2_fid fid;
};

int wire_smb2_logoff_req_encode(struct wire_out *o);
int wire_smb2_logoff_rsp_decode(struct wire_in *in);
int wire_smb2_tree_disconnect_req_encode(struct wire_out *o);
int wire_smb2_tree_disconnect_rsp_decode(struct wire_in *in);
int wire_smb2_flush_req_encode(struct wire_out *o,
			       const struct wire_smb2_flush_req *req);
int wire_smb2_flush_rsp_decode(struct wire_in *in);
int wire_smb2_cancel_req_encode(struct wire_out *o);
int wire_smb2_echo_req_encode(struct wire_out *o);
int wire_smb2_echo_rsp_decode(struct wire_in *in);

#endif /* UNCFS_WIRE_SMB2_SIMPLE_H */
