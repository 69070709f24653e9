/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SMB2 SET_INFO, [MS-SMB2] 2.2.39 and 2.2.40. */
#ifndef UNCFS_WIRE_SMB2_SET_INFO_H
#define UNCFS_WIRE_SMB2_SET_INFO_H

#include "smb2_hdr.h"
#include "smb2_query_info.h"

/**
 * struct wire_smb2_set_info_req - set information
 * @info_type: enum smb2_info_type
 * @info_class: enum fscc_file_class or fscc_fs_class, by @info_type
 * @additional: enum smb2_security_info
 * @fid: which file
 * @data: made by an encoder of fscc_file.h
 */
struct wire_smb2_set_info_req {
	u8 info_type;
	u8 info_class;
	u32 additional;
	struct wire_smb2_fid fid;
	struct wire_blob data;
};

int wire_smb2_set_info_req_encode(struct wire_out *o,
				  const struct wire_smb2_set_info_req *req);
int wire_smb2_set_info_rsp_decode(struct wire_in *in);

#endif /* UNCFS_WIRE_SMB2_SET_INFO_H */
