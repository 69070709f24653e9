/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SMB2 QUERY_DIRECTORY, [MS-SMB2] 2.2.33 and 2.2.34. */
#ifndef UNCFS_WIRE_SMB2_QUERY_DIR_H
#define UNCFS_WIRE_SMB2_QUERY_DIR_H

#include "smb2_hdr.h"

/* 2.2.33 Flags */
enum smb2_query_dir_flags {
	SMB2_RESTART_SCANS		= 0x01,
	SMB2_RETURN_SINGLE_ENTRY	= 0x02,
	SMB2_INDEX_SPECIFIED		= 0x04,
	SMB2_REOPEN			= 0x10,
};

/**
 * struct wire_smb2_query_dir_req - list a directory
 * @info_class: enum fscc_file_class, a directory one
 * @flags: enum smb2_query_dir_flags
 * @file_index: with INDEX_SPECIFIED
 * @fid: the directory
 * @pattern: in UTF-16LE, normally "*"
 * @max_output: bytes wanted
 */
struct wire_smb2_query_dir_req {
	u8 info_class;
	u8 flags;
	u32 file_index;
	struct wire_smb2_fid fid;
	struct wire_blob pattern;
	u32 max_output;
};

/**
 * struct wire_smb2_query_dir_rsp - part of a listing
 * @data: the entries, for wire_fscc_dirent_next()
 */
struct wire_smb2_query_dir_rsp {
	struct wire_blob data;
};

int wire_smb2_query_dir_req_encode(struct wire_out *o,
				   const struct wire_smb2_query_dir_req *req);
int wire_smb2_query_dir_rsp_decode(struct wire_in *in,
				   struct wire_smb2_query_dir_rsp *rsp);

#endif /* UNCFS_WIRE_SMB2_QUERY_DIR_H */
