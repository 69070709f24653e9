/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * TRANSACTION, TRANSACTION2 and NT_TRANSACT, [MS-CIFS] 2.2.4.33, 2.2.4.46,
 * 2.2.4.62: what SMB 1 has learned late goes in and out by these, as parameters
 * and data, in as many messages as it takes.
 */
#ifndef UNCFS_WIRE_SMB1_TRANS_H
#define UNCFS_WIRE_SMB1_TRANS_H

#include "smb1_hdr.h"

enum {
	WIRE_SMB1_TRANS_SETUP_MAX	= 4,
	/* Bytes that a request takes besides parameters and data at most. */
	WIRE_SMB1_TRANS_ROOM		= SMB1_WORDS_OFFSET + 46 + 2 + 18 + 6,
};

/* [MS-CIFS] 2.2.2.2, subcommands of TRANSACTION2 */
enum smb1_trans2 {
	SMB1_FIND_FIRST2	= 0x0001,
	SMB1_FIND_NEXT2		= 0x0002,
	SMB1_QUERY_FS_INFO	= 0x0003,
	SMB1_QUERY_FILE_INFO	= 0x0007,
	SMB1_SET_FILE_INFO	= 0x0008,
};

/* 2.2.2.2, subcommands of NT_TRANSACT */
enum smb1_nt_transact {
	SMB1_NT_IOCTL		= 0x0002,
	SMB1_NT_SET_SECURITY	= 0x0003,
	SMB1_NT_NOTIFY		= 0x0004,
	SMB1_NT_QUERY_SECURITY	= 0x0006,
};

/* 2.2.2.2, subcommands of TRANSACTION */
enum smb1_trans {
	SMB1_SET_PIPE_STATE	= 0x0001,
	SMB1_PEEK_PIPE		= 0x0023,
	SMB1_TRANSACT_PIPE	= 0x0026,
	SMB1_WAIT_PIPE		= 0x0053,
};

/* [MS-CIFS] 2.2.2.3.3, 2.2.2.3.1, [MS-SMB] 2.2.2.3 */
enum smb1_level {
	SMB1_INFO_SET_EAS		= 0x0002,
	SMB1_INFO_QUERY_ALL_EAS		= 0x0004,
	SMB1_QUERY_FILE_ALL		= 0x0107,
	SMB1_FIND_ID_FULL_DIRECTORY	= 0x0105,
	SMB1_FIND_ID_BOTH_DIRECTORY	= 0x0106,
	/* [MS-SMB] 2.2.2.3.5: and the class of [MS-FSCC] */
	SMB1_PASS_THROUGH		= 1000,
};

/* 2.2.6.2.1 Flags */
enum smb1_find_flags {
	SMB1_FIND_CLOSE_AT_EOS	= 0x0002,
	SMB1_FIND_CONTINUE	= 0x0008,
};

/**
 * struct wire_smb1_trans_req - any of the three
 * @command: which
 * @function: subcommand; the first word of @setup, but for NT_TRANSACT
 * @setup: further words
 * @setup_count: how many
 * @name: of TRANSACTION: the pipe, UTF-16, where no handle says which
 * @timeout: of TRANSACTION: milliseconds that the server may wait
 * @bare: of TRANSACTION: T for no subcommand and no @setup, as [MS-RAP] has it
 * @params: parameters
 * @data: data
 * @max_params: bytes that may come back
 * @max_data: bytes that may come back
 * @setup_at: set: where @setup is, from the header
 * @params_at: set: where @params are, from the header
 */
struct wire_smb1_trans_req {
	u8 command;
	u16 function;
	u16 setup[WIRE_SMB1_TRANS_SETUP_MAX];
	u8 setup_count;
	struct wire_blob name;
	u32 timeout;
	bool bare;
	struct wire_blob params;
	struct wire_blob data;
	u32 max_params;
	u32 max_data;
	u32 setup_at;
	u32 params_at;
};

/**
 * struct wire_smb1_trans_rsp - one message of an answer
 * @total_params: bytes of parameters of the whole answer
 * @total_data: bytes of data of the whole answer
 * @params: those in this message
 * @params_at: where they are in the whole
 * @data: those in this message
 * @data_at: where they are in the whole
 */
struct wire_smb1_trans_rsp {
	u32 total_params;
	u32 total_data;
	struct wire_blob params;
	u32 params_at;
	struct wire_blob data;
	u32 data_at;
};

/**
 * struct wire_smb1_find - FIND_FIRST2 or FIND_NEXT2
 * @first: T for the former
 * @sid: the search to go on with, if not
 * @level: enum smb1_level
 * @count: entries that may come back
 * @flags: enum smb1_find_flags
 * @pattern: which names, UTF-16, from the root of the share; of FIND_FIRST2
 */
struct wire_smb1_find {
	bool first;
	u16 sid;
	u16 level;
	u16 count;
	u16 flags;
	struct wire_blob pattern;
};

/**
 * struct wire_smb1_found - parameters of the answer to either
 * @sid: of a new search
 * @count: entries that came
 * @end: T if there is no more
 */
struct wire_smb1_found {
	u16 sid;
	u16 count;
	bool end;
};

int wire_smb1_trans_req_encode(struct wire_out *o,
			       struct wire_smb1_trans_req *req);
int wire_smb1_trans_rsp_decode(struct wire_in *in, bool nt,
			       struct wire_smb1_trans_rsp *rsp);
int wire_smb1_find_encode(struct wire_out *o, const struct wire_smb1_find *find);
int wire_smb1_found_decode(const struct wire_blob *params, bool first,
			   struct wire_smb1_found *found);
int wire_smb1_found_end(u8 *data, u32 len, u16 count);
void wire_smb1_all_id(u8 *all, const u8 *id);
int wire_smb1_all_widen(const struct wire_blob *data, struct wire_out *o);

#endif /* UNCFS_WIRE_SMB1_TRANS_H */
