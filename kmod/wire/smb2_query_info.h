/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SMB2 QUERY_INFO, [MS-SMB2] 2.2.37 and 2.2.38. */
#ifndef UNCFS_WIRE_SMB2_QUERY_INFO_H
#define UNCFS_WIRE_SMB2_QUERY_INFO_H

#include "smb2_hdr.h"

/* 2.2.37, 2.2.39 InfoType */
enum smb2_info_type {
	SMB2_0_INFO_FILE	= 0x01,
	SMB2_0_INFO_FILESYSTEM	= 0x02,
	SMB2_0_INFO_SECURITY	= 0x03,
	SMB2_0_INFO_QUOTA	= 0x04,
};

/* 2.2.37 Flags, for extended attributes */
enum smb2_query_flags {
	SMB2_QUERY_RESTART_SCAN		= 0x00000001,
	SMB2_QUERY_SINGLE_ENTRY		= 0x00000002,
	SMB2_QUERY_INDEX_SPECIFIED	= 0x00000004,
};

/* 2.2.37, 2.2.39 AdditionalInformation, for security descriptors */
enum smb2_security_info {
	SMB2_OWNER_SECURITY_INFORMATION		= 0x00000001,
	SMB2_GROUP_SECURITY_INFORMATION		= 0x00000002,
	SMB2_DACL_SECURITY_INFORMATION		= 0x00000004,
	SMB2_SACL_SECURITY_INFORMATION		= 0x00000008,
	SMB2_LABEL_SECURITY_INFORMATION		= 0x00000010,
	SMB2_ATTRIBUTE_SECURITY_INFORMATION	= 0x00000020,
	SMB2_SCOPE_SECURITY_INFORMATION		= 0x00000040,
	SMB2_BACKUP_SECURITY_INFORMATION	= 0x00010000,
};

/**
 * struct wire_smb2_query_info_req - ask for information
 * @info_type: enum smb2_info_type
 * @info_class: enum fscc_file_class or fscc_fs_class, by @info_type
 * @max_output: bytes wanted
 * @additional: enum smb2_security_info, or for extended attributes an index
 * @flags: for extended attributes
 * @fid: which file
 * @input: for quota and extended attributes, else empty
 */
struct wire_smb2_query_info_req {
	u8 info_type;
	u8 info_class;
	u32 max_output;
	u32 additional;
	u32 flags;
	struct wire_smb2_fid fid;
	struct wire_blob input;
};

/**
 * struct wire_smb2_query_info_rsp - the information
 * @data: for the decoders of fscc_file.h and fscc_fs.h
 */
struct wire_smb2_query_info_rsp {
	struct wire_blob data;
};

int wire_smb2_query_info_req_encode(struct wire_out *o,
				    const struct wire_smb2_query_info_req *req);
int wire_smb2_query_info_rsp_decode(struct wire_in *in,
				    struct wire_smb2_query_info_rsp *rsp);

#endif /* UNCFS_WIRE_SMB2_QUERY_INFO_H */
