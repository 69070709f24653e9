/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SMB2 NEGOTIATE, [MS-SMB2] 2.2.3 and 2.2.4. */
#ifndef UNCFS_WIRE_SMB2_NEGOTIATE_H
#define UNCFS_WIRE_SMB2_NEGOTIATE_H

#include "cursor.h"
#include "smb2_proto.h"

enum {
	WIRE_SMB2_DIALECTS_MAX	= 8,
	WIRE_SMB2_CIPHERS_MAX	= 4,
	WIRE_SMB2_SIGNING_MAX	= 3,
};

/**
 * struct wire_smb2_negotiate_req - what the client offers
 * @security_mode: enum smb2_security_mode
 * @capabilities: enum smb2_global_cap; must be 0 unless SMB 3 is offered
 * @client_guid: ClientGuid; must be 0 when only 2.0.2 is offered
 * @dialect_count: used entries of @dialects
 * @dialects: enum smb2_dialect
 * @salt: of the preauthentication integrity context. This and the following
 *	become contexts, which are written only when 3.1.1 is among @dialects.
 * @cipher_count: used entries of @ciphers; 0: no encryption context
 * @ciphers: enum smb2_cipher, best first
 * @signing_count: used entries of @signing; 0: no signing context
 * @signing: enum smb2_signing_alg, best first
 * @netname: server name in UTF-16LE; empty: no netname context
 */
struct wire_smb2_negotiate_req {
	u16 security_mode;
	u32 capabilities;
	u8 client_guid[SMB2_GUID_SIZE];
	u16 dialect_count;
	u16 dialects[WIRE_SMB2_DIALECTS_MAX];
	struct wire_blob salt;
	u16 cipher_count;
	u16 ciphers[WIRE_SMB2_CIPHERS_MAX];
	u16 signing_count;
	u16 signing[WIRE_SMB2_SIGNING_MAX];
	struct wire_blob netname;
};

/**
 * struct wire_smb2_negotiate_rsp - what the server chose
 * @security_mode: enum smb2_security_mode
 * @dialect: enum smb2_dialect, not yet compared with what was offered
 * @server_guid: ServerGuid
 * @capabilities: enum smb2_global_cap
 * @max_transact: MaxTransactSize, not yet judged
 * @max_read: MaxReadSize, not yet judged
 * @max_write: MaxWriteSize, not yet judged
 * @system_time: the server's clock, FILETIME
 * @start_time: FILETIME, often 0
 * @token: SPNEGO NegTokenInit2, may be empty
 * @context_count: contexts present, known or not; 0 unless @dialect is 3.1.1
 * @has_preauth: always true for 3.1.1: a response without is refused
 * @preauth_hash: enum smb2_preauth_hash, the one chosen, not yet judged
 * @salt: the server's salt
 * @has_cipher: an encryption context was present
 * @cipher: enum smb2_cipher, the one chosen; 0: none in common
 * @has_signing: a signing context was present
 * @signing: enum smb2_signing_alg, the one chosen
 */
struct wire_smb2_negotiate_rsp {
	u16 security_mode;
	u16 dialect;
	u8 server_guid[SMB2_GUID_SIZE];
	u32 capabilities;
	u32 max_transact;
	u32 max_read;
	u32 max_write;
	u64 system_time;
	u64 start_time;
	struct wire_blob token;
	u16 context_count;
	bool has_preauth;
	u16 preauth_hash;
	struct wire_blob salt;
	bool has_cipher;
	u16 cipher;
	bool has_signing;
	u16 signing;
};

int wire_smb2_negotiate_req_encode(struct wire_out *o,
				   const struct wire_smb2_negotiate_req *req);
int wire_smb2_negotiate_rsp_decode(struct wire_in *in,
				   struct wire_smb2_negotiate_rsp *rsp);

#endif /* UNCFS_WIRE_SMB2_NEGOTIATE_H */
