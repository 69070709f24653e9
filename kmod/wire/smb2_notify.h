/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SMB2 CHANGE_NOTIFY, [MS-SMB2] 2.2.35 and 2.2.36. */
#ifndef UNCFS_WIRE_SMB2_NOTIFY_H
#define UNCFS_WIRE_SMB2_NOTIFY_H

#include "smb2_hdr.h"

/* 2.2.35 Flags */
enum smb2_notify_flags {
	SMB2_WATCH_TREE	= 0x0001,
};

/* 2.2.35 CompletionFilter */
enum smb2_notify_filter {
	SMB2_NOTIFY_CHANGE_FILE_NAME	= 0x00000001,
	SMB2_NOTIFY_CHANGE_DIR_NAME	= 0x00000002,
	SMB2_NOTIFY_CHANGE_ATTRIBUTES	= 0x00000004,
	SMB2_NOTIFY_CHANGE_SIZE		= 0x00000008,
	SMB2_NOTIFY_CHANGE_LAST_WRITE	= 0x00000010,
	SMB2_NOTIFY_CHANGE_LAST_ACCESS	= 0x00000020,
	SMB2_NOTIFY_CHANGE_CREATION	= 0x00000040,
	SMB2_NOTIFY_CHANGE_EA		= 0x00000080,
	SMB2_NOTIFY_CHANGE_SECURITY	= 0x00000100,
	SMB2_NOTIFY_CHANGE_STREAM_NAME	= 0x00000200,
	SMB2_NOTIFY_CHANGE_STREAM_SIZE	= 0x00000400,
	SMB2_NOTIFY_CHANGE_STREAM_WRITE	= 0x00000800,
};

/* [MS-FSCC] 2.7.1 Action */
enum fscc_notify_action {
	FSCC_ACTION_ADDED		= 1,
	FSCC_ACTION_REMOVED		= 2,
	FSCC_ACTION_MODIFIED		= 3,
	FSCC_ACTION_RENAMED_OLD_NAME	= 4,
	FSCC_ACTION_RENAMED_NEW_NAME	= 5,
	FSCC_ACTION_ADDED_STREAM	= 6,
	FSCC_ACTION_REMOVED_STREAM	= 7,
	FSCC_ACTION_MODIFIED_STREAM	= 8,
};

/**
 * struct wire_smb2_notify_req - watch a directory
 * @flags: enum smb2_notify_flags
 * @max_output: bytes wanted
 * @fid: the directory
 * @filter: enum smb2_notify_filter
 */
struct wire_smb2_notify_req {
	u16 flags;
	u32 max_output;
	struct wire_smb2_fid fid;
	u32 filter;
};

/**
 * struct wire_smb2_notify_rsp - what changed
 * @data: the entries, for wire_fscc_notify_next()
 */
struct wire_smb2_notify_rsp {
	struct wire_blob data;
};

/**
 * struct wire_fscc_notify - FILE_NOTIFY_INFORMATION
 * @action: enum fscc_notify_action
 * @name: in UTF-16LE, relative to the watched directory
 */
struct wire_fscc_notify {
	u32 action;
	struct wire_blob name;
};

int wire_smb2_notify_req_encode(struct wire_out *o,
				const struct wire_smb2_notify_req *req);
int wire_smb2_notify_rsp_decode(struct wire_in *in,
				struct wire_smb2_notify_rsp *rsp);
int wire_fscc_notify_next(struct wire_in *list, struct wire_fscc_notify *ent);

#endif /* UNCFS_WIRE_SMB2_NOTIFY_H */
