/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The SMB 1 header, [MS-CIFS] 2.2.3.1, and the two blocks behind it. */
#ifndef UNCFS_WIRE_SMB1_HDR_H
#define UNCFS_WIRE_SMB1_HDR_H

#include "cursor.h"

enum {
	SMB1_HDR_SIZE			= 32,
	SMB1_HDR_SIGNATURE_OFFSET	= 14,
	SMB1_HDR_SIGNATURE_SIZE		= 8,
	/* Where the first parameter word is. */
	SMB1_WORDS_OFFSET		= SMB1_HDR_SIZE + 1,
};

/* 2.2.2.1 */
enum smb1_command {
	SMB1_CLOSE		= 0x04,
	SMB1_FLUSH		= 0x05,
	SMB1_RENAME		= 0x07,
	SMB1_LOCKING_ANDX	= 0x24,
	SMB1_TRANSACTION	= 0x25,
	SMB1_ECHO		= 0x2b,
	SMB1_READ_ANDX		= 0x2e,
	SMB1_WRITE_ANDX		= 0x2f,
	SMB1_TRANSACTION2	= 0x32,
	SMB1_FIND_CLOSE2	= 0x34,
	SMB1_TREE_DISCONNECT	= 0x71,
	SMB1_NEGOTIATE		= 0x72,
	SMB1_SESSION_SETUP_ANDX	= 0x73,
	SMB1_LOGOFF_ANDX	= 0x74,
	SMB1_TREE_CONNECT_ANDX	= 0x75,
	SMB1_NT_TRANSACT	= 0xa0,
	SMB1_NT_CREATE_ANDX	= 0xa2,
	SMB1_NT_CANCEL		= 0xa4,
	SMB1_NT_RENAME		= 0xa5,
	SMB1_NO_FURTHER		= 0xff,	/* AndXCommand */
};

/* 2.2.3.1 Flags */
enum smb1_flags {
	SMB1_FLAGS_CASE_INSENSITIVE	= 0x08,
	SMB1_FLAGS_REPLY		= 0x80,
};

/* 2.2.3.1, [MS-SMB] 2.2.3.1 Flags2 */
enum smb1_flags2 {
	SMB1_FLAGS2_LONG_NAMES		= 0x0001,
	SMB1_FLAGS2_EAS			= 0x0002,
	SMB1_FLAGS2_SIGNED		= 0x0004,
	SMB1_FLAGS2_SIGNING_REQUIRED	= 0x0010,
	SMB1_FLAGS2_IS_LONG_NAME	= 0x0040,
	SMB1_FLAGS2_EXTENDED_SECURITY	= 0x0800,
	SMB1_FLAGS2_NT_STATUS		= 0x4000,
	SMB1_FLAGS2_UNICODE		= 0x8000,
};

/**
 * struct wire_smb1_hdr - the header
 * @command: enum smb1_command
 * @status: NTSTATUS; made of class and code where the server knows no other
 * @flags: enum smb1_flags
 * @flags2: enum smb1_flags2
 * @pid: PIDHigh and PIDLow
 * @tid: which share
 * @uid: which session
 * @mid: which request of the connection
 */
struct wire_smb1_hdr {
	u8 command;
	u32 status;
	u8 flags;
	u16 flags2;
	u32 pid;
	u16 tid;
	u16 uid;
	u16 mid;
};

int wire_smb1_hdr_encode(struct wire_out *o, const struct wire_smb1_hdr *hdr);
int wire_smb1_hdr_decode(struct wire_in *in, struct wire_smb1_hdr *hdr);

/* The block of parameter words, and the one of bytes. */
void wire_smb1_andx(struct wire_out *o);
u32 wire_smb1_bytes_begin(struct wire_out *o);
void wire_smb1_bytes_end(struct wire_out *o, u32 at);
void wire_smb1_empty(struct wire_out *o);
u8 wire_smb1_words(struct wire_in *in, u8 min);
struct wire_blob wire_smb1_bytes(struct wire_in *in, u8 words);
int wire_smb1_plain_rsp_decode(struct wire_in *in);

#endif /* UNCFS_WIRE_SMB1_HDR_H */
