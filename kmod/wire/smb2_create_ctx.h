/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Create contexts, [MS-SMB2] 2.2.13.2 and 2.2.14.2. */
#ifndef UNCFS_WIRE_SMB2_CREATE_CTX_H
#define UNCFS_WIRE_SMB2_CREATE_CTX_H

#include "smb2_hdr.h"

/*
 * Names of four bytes, as they read on the wire, most significant first; of names of
 * sixteen bytes the first four stand for all.
 */
enum smb2_create_ctx_name {
	SMB2_CTX_EXTA	= 0x45787441,	/* ExtA: extended attributes */
	SMB2_CTX_SECD	= 0x53656344,	/* SecD: security descriptor */
	SMB2_CTX_ALSI	= 0x416c5369,	/* AlSi: allocation size */
	SMB2_CTX_MXAC	= 0x4d784163,	/* MxAc: query maximal access */
	SMB2_CTX_TWRP	= 0x54577270,	/* TWrp: open in a snapshot */
	SMB2_CTX_QFID	= 0x51466964,	/* QFid: query on-disk id */
	SMB2_CTX_RQLS	= 0x52714c73,	/* RqLs: lease, both versions */
	SMB2_CTX_DHNQ	= 0x44486e51,	/* DHnQ: durable handle, version 1 */
	SMB2_CTX_DHNC	= 0x44486e43,	/* DHnC: its reconnect */
	SMB2_CTX_DH2Q	= 0x44483251,	/* DH2Q: durable handle, version 2 */
	SMB2_CTX_DH2C	= 0x44483243,	/* DH2C: its reconnect */
	SMB2_CTX_APP_INSTANCE	= 0x45bca66a,	/* a GUID: AppInstanceId */
	SMB2_CTX_POSIX	= 0x93ad2550,	/* a GUID: POSIX extensions */
};

/* 2.2.13.2.8 LeaseState */
enum smb2_lease_state {
	SMB2_LEASE_NONE			= 0x00,
	SMB2_LEASE_READ_CACHING		= 0x01,
	SMB2_LEASE_HANDLE_CACHING	= 0x02,
	SMB2_LEASE_WRITE_CACHING	= 0x04,
	SMB2_LEASE_RWH			= 0x07,
};

/* 2.2.13.2.10, 2.2.14.2.11 Flags */
enum smb2_lease_flags {
	SMB2_LEASE_FLAG_BREAK_IN_PROGRESS	= 0x02,
	SMB2_LEASE_FLAG_PARENT_LEASE_KEY_SET	= 0x04,
};

/* 2.2.13.2.11 Flags */
enum smb2_dhandle_flags {
	SMB2_DHANDLE_FLAG_PERSISTENT	= 0x00000002,
};

enum {
	SMB2_LEASE_KEY_SIZE	= 16,
	WIRE_SMB2_LEASE_V1_SIZE	= 32,
	WIRE_SMB2_LEASE_V2_SIZE	= 52,
	WIRE_SMB2_SID_SUBS_MAX	= 15,
	WIRE_SMB2_DURABLE_V1_SIZE = 16,	/* DHnQ and DHnC, 2.2.13.2.3, 2.2.13.2.4 */
};

/**
 * struct wire_smb2_lease - a lease asked for or granted
 * @version: 1 or 2; decides the layout, and tells which layout came
 * @key: LeaseKey
 * @state: enum smb2_lease_state
 * @flags: enum smb2_lease_flags
 * @parent_key: version 2, when @flags has PARENT_LEASE_KEY_SET
 * @epoch: version 2
 */
struct wire_smb2_lease {
	u8 version;
	u8 key[SMB2_LEASE_KEY_SIZE];
	u32 state;
	u32 flags;
	u8 parent_key[SMB2_LEASE_KEY_SIZE];
	u16 epoch;
};

/**
 * struct wire_smb2_durable - DH2Q
 * @timeout: milliseconds, 0: the server's choice
 * @flags: enum smb2_dhandle_flags
 * @create_guid: identifies the create; requests only
 */
struct wire_smb2_durable {
	u32 timeout;
	u32 flags;
	u8 create_guid[SMB2_GUID_SIZE];
};

/**
 * struct wire_smb2_durable_reconnect - DH2C
 * @fid: the handle as it was
 * @create_guid: of the DH2Q it was opened with
 * @flags: enum smb2_dhandle_flags
 */
struct wire_smb2_durable_reconnect {
	struct wire_smb2_fid fid;
	u8 create_guid[SMB2_GUID_SIZE];
	u32 flags;
};

/**
 * struct wire_smb2_posix - what a server with POSIX extensions says of a file
 * @nlink: number of links
 * @reparse_tag: 0 if it is no reparse point
 * @mode: permissions
 * @owner: SID ([MS-DTYP] 2.4.2.2), well-formed
 * @group: SID, well-formed
 */
struct wire_smb2_posix {
	u32 nlink;
	u32 reparse_tag;
	u32 mode;
	struct wire_blob owner;
	struct wire_blob group;
};

/**
 * struct wire_smb2_create_ctx - any create context
 * @name: enum smb2_create_ctx_name, or 0 for a name of another length than four
 *	that we do not know
 * @name_bytes: the name when @name is 0
 * @data: its data
 */
struct wire_smb2_create_ctx {
	u32 name;
	struct wire_blob name_bytes;
	struct wire_blob data;
};

/**
 * struct wire_smb2_create_rsp_ctxs - the contexts of a response that we know
 * @has_lease: @lease is set
 * @lease: RqLs
 * @has_durable: @durable is set
 * @durable: DH2Q
 * @has_durable_v1: DHnQ: the handle is durable, version 1
 * @has_max_access: @max_access_status and @max_access are set
 * @max_access_status: MxAc: NTSTATUS of the query
 * @max_access: MxAc: enum smb2_access, when the status is success
 * @has_disk_id: @disk_file_id and @disk_volume_id are set
 * @disk_file_id: QFid: the inode number on the server
 * @disk_volume_id: QFid: its volume
 * @has_posix: @posix is set
 * @posix: POSIX extensions
 */
struct wire_smb2_create_rsp_ctxs {
	bool has_lease;
	struct wire_smb2_lease lease;
	bool has_durable;
	struct wire_smb2_durable durable;
	bool has_durable_v1;
	bool has_max_access;
	u32 max_access_status;
	u32 max_access;
	bool has_disk_id;
	u64 disk_file_id;
	u64 disk_volume_id;
	bool has_posix;
	struct wire_smb2_posix posix;
};

/* Encoders of one context's data, without its frame. */
int wire_smb2_lease_encode(struct wire_out *o, const struct wire_smb2_lease *lease);
int wire_smb2_durable_encode(struct wire_out *o, const struct wire_smb2_durable *dh);
int wire_smb2_durable_v1_encode(struct wire_out *o, const struct wire_smb2_fid *fid);
int wire_smb2_durable_reconnect_encode(struct wire_out *o,
				       const struct wire_smb2_durable_reconnect *rc);
int wire_smb2_app_instance_encode(struct wire_out *o, const u8 *id);
int wire_smb2_lease_decode(const struct wire_blob *data, struct wire_smb2_lease *lease);

/* The frame: begin, data, end; *prev starts as U32_MAX, belongs to the callee. */
void wire_smb2_create_ctx_begin(struct wire_out *o, u32 name, u32 *prev);
void wire_smb2_create_ctx_end(struct wire_out *o, u32 prev);

int wire_smb2_create_ctx_next(struct wire_in *list,
			      struct wire_smb2_create_ctx *ctx);
int wire_smb2_create_rsp_ctxs_decode(struct wire_in *list,
				     struct wire_smb2_create_rsp_ctxs *out);

#endif /* UNCFS_WIRE_SMB2_CREATE_CTX_H */
