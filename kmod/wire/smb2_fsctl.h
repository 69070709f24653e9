/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What goes in and out of an IOCTL for some control codes, [MS-SMB2] 2.2.31
 * and [MS-FSCC] 2.3. The encoders write the bytes of an input buffer alone, the
 * decoders read those of an output buffer alone.
 */
#ifndef UNCFS_WIRE_SMB2_FSCTL_H
#define UNCFS_WIRE_SMB2_FSCTL_H

#include "cursor.h"
#include "smb2_negotiate.h"

/* [MS-SMB2] 2.2.31 CtlCode, [MS-FSCC] 2.3 */
enum smb2_fsctl {
	FSCTL_DFS_GET_REFERRALS			= 0x00060194,
	FSCTL_DFS_GET_REFERRALS_EX		= 0x000601b0,
	FSCTL_SET_REPARSE_POINT			= 0x000900a4,
	FSCTL_GET_REPARSE_POINT			= 0x000900a8,
	FSCTL_DELETE_REPARSE_POINT		= 0x000900ac,
	FSCTL_SET_SPARSE			= 0x000900c4,
	FSCTL_QUERY_ALLOCATED_RANGES		= 0x000940cf,
	FSCTL_SET_ZERO_DATA			= 0x000980c8,
	FSCTL_DUPLICATE_EXTENTS_TO_FILE		= 0x00098344,
	FSCTL_PIPE_PEEK				= 0x0011400c,
	FSCTL_PIPE_WAIT				= 0x00110018,
	FSCTL_PIPE_TRANSCEIVE			= 0x0011c017,
	FSCTL_SRV_REQUEST_RESUME_KEY		= 0x00140078,
	FSCTL_SRV_ENUMERATE_SNAPSHOTS		= 0x00144064,
	FSCTL_LMR_REQUEST_RESILIENCY		= 0x001401d4,
	FSCTL_QUERY_NETWORK_INTERFACE_INFO	= 0x001401fc,
	FSCTL_VALIDATE_NEGOTIATE_INFO		= 0x00140204,
	FSCTL_SRV_COPYCHUNK			= 0x001440f2,
	FSCTL_SRV_COPYCHUNK_WRITE		= 0x001480f2,
};

/**
 * struct wire_validate_negotiate_req - 2.2.31.4
 * @capabilities: exactly what NEGOTIATE said, as the following
 * @guid: ClientGuid
 * @security_mode: SecurityMode
 * @dialect_count: used entries of @dialects
 * @dialects: Dialects
 */
struct wire_validate_negotiate_req {
	u32 capabilities;
	u8 guid[SMB2_GUID_SIZE];
	u16 security_mode;
	u16 dialect_count;
	u16 dialects[WIRE_SMB2_DIALECTS_MAX];
};

/**
 * struct wire_validate_negotiate_rsp - 2.2.32.6
 * @capabilities: the server's, as in its NEGOTIATE, as the following
 * @guid: ServerGuid
 * @security_mode: SecurityMode
 * @dialect: Dialect
 */
struct wire_validate_negotiate_rsp {
	u32 capabilities;
	u8 guid[SMB2_GUID_SIZE];
	u16 security_mode;
	u16 dialect;
};

/* [MS-FSCC] 2.3.46 NamedPipeState */
enum fscc_pipe_state {
	FSCC_PIPE_DISCONNECTED_STATE	= 1,
	FSCC_PIPE_LISTENING_STATE	= 2,
	FSCC_PIPE_CONNECTED_STATE	= 3,
	FSCC_PIPE_CLOSING_STATE		= 4,
};

/**
 * struct wire_pipe_peek_rsp - [MS-FSCC] FSCTL_PIPE_PEEK reply
 * @state: enum fscc_pipe_state
 * @available: bytes that can be read
 * @messages: number of messages, message mode only
 * @message_length: of the first message, message mode only
 * @data: what was peeked at
 */
struct wire_pipe_peek_rsp {
	u32 state;
	u32 available;
	u32 messages;
	u32 message_length;
	struct wire_blob data;
};

/**
 * struct wire_pipe_wait_req - [MS-FSCC] FSCTL_PIPE_WAIT request
 * @timeout: in units of 100 ns, when @has_timeout
 * @has_timeout: else the pipe's own
 * @name: of the pipe in UTF-16LE, without \pipe\
 */
struct wire_pipe_wait_req {
	u64 timeout;
	bool has_timeout;
	struct wire_blob name;
};

int wire_validate_negotiate_req_encode(struct wire_out *o,
				       const struct wire_validate_negotiate_req *req);
int wire_validate_negotiate_rsp_decode(const struct wire_blob *output,
				       struct wire_validate_negotiate_rsp *rsp);
int wire_pipe_peek_rsp_decode(const struct wire_blob *output,
			      struct wire_pipe_peek_rsp *rsp);
int wire_pipe_wait_req_encode(struct wire_out *o,
			      const struct wire_pipe_wait_req *req);

#endif /* UNCFS_WIRE_SMB2_FSCTL_H */
