/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SMB2 CLOSE, [MS-SMB2] 2.2.15 and 2.2.16. */
#ifndef UNCFS_WIRE_SMB2_CLOSE_H
#define UNCFS_WIRE_SMB2_CLOSE_H

#include "smb2_hdr.h"

/* 2.2.15, 2.2.16 Flags */
enum smb2_close_flags {
	SMB2_CLOSE_FLAG_POSTQUERY_ATTRIB	= 0x0001,
};

/**
 * struct wire_smb2_close_req - close a file
 * @flags: enum smb2_close_flags
 * @fid: which
 */
struct wire_smb2_close_req {
	u16 flags;
	struct wire_smb2_fid fid;
};

/**
 * struct wire_smb2_close_rsp - the file as it was left
 * @flags: enum smb2_close_flags; without POSTQUERY_ATTRIB the rest is nothing
 * @creation_time: FILETIME, as the three following
 * @last_access_time: atime
 * @last_write_time: mtime
 * @change_time: ctime
 * @allocation_size: bytes on disk
 * @end_of_file: size in bytes
 * @attributes: enum fscc_attr
 */
struct wire_smb2_close_rsp {
	u16 flags;
	u64 creation_time;
	u64 last_access_time;
	u64 last_write_time;
	u64 change_time;
	u64 allocation_size;
	u64 end_of_file;
	u32 attributes;
};

int wire_smb2_close_req_encode(struct wire_out *o,
			       const struct wire_smb2_close_req *req);
int wire_smb2_close_rsp_decode(struct wire_in *in,
			       struct wire_smb2_close_rsp *rsp);

#endif /* UNCFS_WIRE_SMB2_CLOSE_H */
