/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SMB2 IOCTL, [MS-SMB2] 2.2.31 and 2.2.32. */
#ifndef UNCFS_WIRE_SMB2_IOCTL_H
#define UNCFS_WIRE_SMB2_IOCTL_H

#include "smb2_hdr.h"

/* 2.2.31 Flags */
enum smb2_ioctl_flags {
	SMB2_IOCTL_IS_FSCTL	= 0x00000001,
};

/**
 * struct wire_smb2_ioctl_req - a control operation on a file or on the server
 * @ctl_code: enum smb2_fsctl
 * @fid: which file; WIRE_SMB2_FID_RELATED too where no file is meant
 * @input: what goes to the server
 * @max_input: bytes of input wanted back, normally 0
 * @max_output: bytes of output wanted
 * @flags: enum smb2_ioctl_flags
 */
struct wire_smb2_ioctl_req {
	u32 ctl_code;
	struct wire_smb2_fid fid;
	struct wire_blob input;
	u32 max_input;
	u32 max_output;
	u32 flags;
};

/**
 * struct wire_smb2_ioctl_rsp - what came back
 * @ctl_code: as in the request. The caller must compare.
 * @fid: as in the request
 * @input: normally empty
 * @output: the caller must compare its length with what it asked for
 * @flags: reserved
 */
struct wire_smb2_ioctl_rsp {
	u32 ctl_code;
	struct wire_smb2_fid fid;
	struct wire_blob input;
	struct wire_blob output;
	u32 flags;
};

int wire_smb2_ioctl_req_encode(struct wire_out *o,
			       const struct wire_smb2_ioctl_req *req);
int wire_smb2_ioctl_rsp_decode(struct wire_in *in,
			       struct wire_smb2_ioctl_rsp *rsp);

#endif /* UNCFS_WIRE_SMB2_IOCTL_H */
