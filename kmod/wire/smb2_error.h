/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The error response, [MS-SMB2] 2.2.2. */
#ifndef UNCFS_WIRE_SMB2_ERROR_H
#define UNCFS_WIRE_SMB2_ERROR_H

#include "cursor.h"
#include "smb2_proto.h"

/* 2.2.2.2.1 Flags */
enum smb2_symlink_flags {
	SMB2_SYMLINK_FLAG_RELATIVE	= 0x00000001,
};

/**
 * struct wire_smb2_error_rsp - the body of a PDU that reports a failure
 * @context_count: ErrorContextCount, SMB 3.1.1 only
 * @data: ErrorData; with contexts, the list of them
 */
struct wire_smb2_error_rsp {
	u8 context_count;
	struct wire_blob data;
};

/**
 * struct wire_smb2_symlink - where STATUS_STOPPED_ON_SYMLINK points to
 * @unparsed: bytes at the end of the path in UTF-16LE not looked at yet.
 *	The caller must compare with the length of the path.
 * @flags: enum smb2_symlink_flags
 * @substitute: the target, in UTF-16LE
 * @print: the target as to be shown, in UTF-16LE
 */
struct wire_smb2_symlink {
	u16 unparsed;
	u32 flags;
	struct wire_blob substitute;
	struct wire_blob print;
};

bool wire_smb2_has_body(u16 command, u32 status);
bool wire_smb2_is_error(const struct wire_in *pdu, u16 command, u32 status);
int wire_smb2_error_rsp_decode(struct wire_in *in,
			       struct wire_smb2_error_rsp *rsp);
int wire_smb2_symlink_decode(const struct wire_smb2_error_rsp *rsp,
			     struct wire_smb2_symlink *link);

#endif /* UNCFS_WIRE_SMB2_ERROR_H */
