/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SMB2 CREATE, [MS-SMB2] 2.2.13 and 2.2.14. */
#ifndef UNCFS_WIRE_SMB2_CREATE_H
#define UNCFS_WIRE_SMB2_CREATE_H

#include "smb2_create_ctx.h"

/* 2.2.13 RequestedOplockLevel */
enum smb2_oplock_level {
	SMB2_OPLOCK_LEVEL_NONE		= 0x00,
	SMB2_OPLOCK_LEVEL_II		= 0x01,
	SMB2_OPLOCK_LEVEL_EXCLUSIVE	= 0x08,
	SMB2_OPLOCK_LEVEL_BATCH		= 0x09,
	SMB2_OPLOCK_LEVEL_LEASE		= 0xff,
};

/* 2.2.13 ImpersonationLevel */
enum smb2_impersonation {
	SMB2_IMPERSONATION_ANONYMOUS		= 0,
	SMB2_IMPERSONATION_IDENTIFICATION	= 1,
	SMB2_IMPERSONATION_IMPERSONATION	= 2,
	SMB2_IMPERSONATION_DELEGATE		= 3,
};

/* 2.2.13.1.1, 2.2.13.1.2 access mask; names for files and for directories */
enum smb2_access {
	SMB2_FILE_READ_DATA		= 0x00000001,
	SMB2_FILE_LIST_DIRECTORY	= 0x00000001,
	SMB2_FILE_WRITE_DATA		= 0x00000002,
	SMB2_FILE_ADD_FILE		= 0x00000002,
	SMB2_FILE_APPEND_DATA		= 0x00000004,
	SMB2_FILE_ADD_SUBDIRECTORY	= 0x00000004,
	SMB2_FILE_READ_EA		= 0x00000008,
	SMB2_FILE_WRITE_EA		= 0x00000010,
	SMB2_FILE_EXECUTE		= 0x00000020,
	SMB2_FILE_TRAVERSE		= 0x00000020,
	SMB2_FILE_DELETE_CHILD		= 0x00000040,
	SMB2_FILE_READ_ATTRIBUTES	= 0x00000080,
	SMB2_FILE_WRITE_ATTRIBUTES	= 0x00000100,
	SMB2_DELETE			= 0x00010000,
	SMB2_READ_CONTROL		= 0x00020000,
	SMB2_WRITE_DAC			= 0x00040000,
	SMB2_WRITE_OWNER		= 0x00080000,
	SMB2_SYNCHRONIZE		= 0x00100000,
	SMB2_ACCESS_SYSTEM_SECURITY	= 0x01000000,
	SMB2_MAXIMUM_ALLOWED		= 0x02000000,
	SMB2_GENERIC_ALL		= 0x10000000,
	SMB2_GENERIC_EXECUTE		= 0x20000000,
	SMB2_GENERIC_WRITE		= 0x40000000,
	SMB2_GENERIC_READ		= 0x80000000,
};

/* 2.2.13 ShareAccess */
enum smb2_share_access {
	SMB2_FILE_SHARE_READ	= 0x00000001,
	SMB2_FILE_SHARE_WRITE	= 0x00000002,
	SMB2_FILE_SHARE_DELETE	= 0x00000004,
	SMB2_FILE_SHARE_ALL	= 0x00000007,
};

/* 2.2.13 CreateDisposition */
enum smb2_disposition {
	SMB2_FILE_SUPERSEDE	= 0,
	SMB2_FILE_OPEN		= 1,
	SMB2_FILE_CREATE	= 2,
	SMB2_FILE_OPEN_IF	= 3,
	SMB2_FILE_OVERWRITE	= 4,
	SMB2_FILE_OVERWRITE_IF	= 5,
};

/* 2.2.13 CreateOptions, those a client sets */
enum smb2_create_options {
	SMB2_FILE_DIRECTORY_FILE		= 0x00000001,
	SMB2_FILE_WRITE_THROUGH			= 0x00000002,
	SMB2_FILE_SEQUENTIAL_ONLY		= 0x00000004,
	SMB2_FILE_NO_INTERMEDIATE_BUFFERING	= 0x00000008,
	SMB2_FILE_NON_DIRECTORY_FILE		= 0x00000040,
	SMB2_FILE_COMPLETE_IF_OPLOCKED		= 0x00000100,
	SMB2_FILE_NO_EA_KNOWLEDGE		= 0x00000200,
	SMB2_FILE_RANDOM_ACCESS			= 0x00000800,
	SMB2_FILE_DELETE_ON_CLOSE		= 0x00001000,
	SMB2_FILE_OPEN_BY_FILE_ID		= 0x00002000,
	SMB2_FILE_OPEN_FOR_BACKUP_INTENT	= 0x00004000,
	SMB2_FILE_NO_COMPRESSION		= 0x00008000,
	SMB2_FILE_OPEN_REPARSE_POINT		= 0x00200000,
	SMB2_FILE_OPEN_NO_RECALL		= 0x00400000,
};

/* 2.2.14 CreateAction */
enum smb2_create_action {
	SMB2_FILE_SUPERSEDED	= 0,
	SMB2_FILE_OPENED	= 1,
	SMB2_FILE_CREATED	= 2,
	SMB2_FILE_OVERWRITTEN	= 3,
};

/* 2.2.14 Flags */
enum smb2_create_rsp_flags {
	SMB2_CREATE_FLAG_REPARSEPOINT	= 0x01,
};

/**
 * struct wire_smb2_create_req - open or create a file, directory or pipe
 * @oplock_level: enum smb2_oplock_level; LEASE is set by itself with @lease
 * @impersonation: enum smb2_impersonation
 * @access: enum smb2_access
 * @attributes: enum fscc_attr, for a new file
 * @share_access: enum smb2_share_access
 * @disposition: enum smb2_disposition
 * @options: enum smb2_create_options
 * @name: path below the share in UTF-16LE, no leading backslash, no NUL
 * @lease: ask for this lease, or NULL
 * @durable: ask for a durable handle (version 2), or NULL
 * @reconnect: take a durable handle back (version 2), or NULL
 * @durable_v1: ask for a durable handle (version 1)
 * @reconnect_v1: take a durable handle back (version 1), or NULL
 * @want_max_access: add MxAc
 * @want_disk_id: add QFid
 * @allocation: AlSi: bytes to reserve for a new file, 0 for none
 * @security: SecD: self-relative security descriptor of a new file, or empty
 * @app_instance: sixteen bytes that name the program: the server closes what it has
 *	open by another client, so with @durable only; or NULL
 * @posix_mode: ask for POSIX extensions; permissions of a new file; or NULL
 * @extra: further contexts, in this order after the ones above
 * @extra_count: entries of @extra
 */
struct wire_smb2_create_req {
	u8 oplock_level;
	u32 impersonation;
	u32 access;
	u32 attributes;
	u32 share_access;
	u32 disposition;
	u32 options;
	struct wire_blob name;
	const struct wire_smb2_lease *lease;
	const struct wire_smb2_durable *durable;
	const struct wire_smb2_durable_reconnect *reconnect;
	bool durable_v1;
	const struct wire_smb2_fid *reconnect_v1;
	bool want_max_access;
	bool want_disk_id;
	u64 allocation;
	struct wire_blob security;
	const u8 *app_instance;
	const u32 *posix_mode;
	const struct wire_smb2_create_ctx *extra;
	u32 extra_count;
};

/**
 * struct wire_smb2_create_rsp - the opened file
 * @oplock_level: enum smb2_oplock_level; LEASE: look at @ctx
 * @flags: enum smb2_create_rsp_flags
 * @create_action: enum smb2_create_action
 * @creation_time: FILETIME, as the three following
 * @last_access_time: atime
 * @last_write_time: mtime
 * @change_time: ctime
 * @allocation_size: bytes on disk
 * @end_of_file: size in bytes
 * @attributes: enum fscc_attr
 * @fid: the handle
 * @ctx: the contexts that we know
 * @raw_ctxs: all contexts, for wire_smb2_create_ctx_next()
 */
struct wire_smb2_create_rsp {
	u8 oplock_level;
	u8 flags;
	u32 create_action;
	u64 creation_time;
	u64 last_access_time;
	u64 last_write_time;
	u64 change_time;
	u64 allocation_size;
	u64 end_of_file;
	u32 attributes;
	struct wire_smb2_fid fid;
	struct wire_smb2_create_rsp_ctxs ctx;
	struct wire_blob raw_ctxs;
};

int wire_smb2_create_req_encode(struct wire_out *o,
				const struct wire_smb2_create_req *req);
int wire_smb2_create_rsp_decode(struct wire_in *in,
				struct wire_smb2_create_rsp *rsp);

#endif /* UNCFS_WIRE_SMB2_CREATE_H */
