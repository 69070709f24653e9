/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The SMB2 header, [MS-SMB2] 2.2.1, and messages made of several PDUs. */
#ifndef UNCFS_WIRE_SMB2_HDR_H
#define UNCFS_WIRE_SMB2_HDR_H

#include "cursor.h"
#include "smb2_proto.h"

/**
 * struct wire_smb2_hdr - the header of one PDU
 * @credit_charge: credits this request costs
 * @command: enum smb2_command
 * @credits: credits asked for (request) or granted (response)
 * @channel_sequence: requests of SMB 3 only
 * @status: NTSTATUS; responses only
 * @flags: enum smb2_hdr_flags; SERVER_TO_REDIR tells responses from requests
 * @next: NextCommand; wire_smb2_pdu_end() fills it in when encoding
 * @message_id: MessageId
 * @async_id: when @flags has ASYNC_COMMAND
 * @tree_id: when @flags has not
 * @session_id: SessionId
 * @signature: zero when encoding; the signer fills it in afterwards
 */
struct wire_smb2_hdr {
	u16 credit_charge;
	u16 command;
	u16 credits;
	u16 channel_sequence;
	u32 status;
	u32 flags;
	u32 next;
	u64 message_id;
	u64 async_id;
	u32 tree_id;
	u64 session_id;
	u8 signature[SMB2_HDR_SIGNATURE_SIZE];
};

/**
 * struct wire_smb2_fid - SMB2_FILEID, 2.2.14.1
 * @persistent_id: survives a reconnect of a durable handle
 * @volatile_id: changes with it
 */
struct wire_smb2_fid {
	u64 persistent_id;
	u64 volatile_id;
};

/* In a related compound: "the file of the request before this one". */
#define WIRE_SMB2_FID_RELATED \
	((struct wire_smb2_fid){ .persistent_id = U64_MAX, .volatile_id = U64_MAX })

int wire_smb2_hdr_decode(struct wire_in *msg, struct wire_smb2_hdr *hdr);
int wire_smb2_hdr_encode(struct wire_out *o, const struct wire_smb2_hdr *hdr);

int wire_smb2_pdu_next(struct wire_in *msg, struct wire_in *pdu,
		       struct wire_smb2_hdr *hdr);

int wire_smb2_pdu_begin(struct wire_out *o, const struct wire_smb2_hdr *hdr);
u32 wire_smb2_pdu_end(struct wire_out *o, bool more);
u32 wire_smb2_pdu_end_payload(struct wire_out *o, u32 payload, bool more);

struct wire_smb2_fid wire_smb2_fid_decode(struct wire_in *in);
void wire_smb2_fid_encode(struct wire_out *o, const struct wire_smb2_fid *fid);

#endif /* UNCFS_WIRE_SMB2_HDR_H */
