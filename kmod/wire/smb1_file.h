/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Commands of SMB 1 on files, [MS-CIFS] 2.2.4, [MS-SMB] 2.2.4.  Their arguments
 * and results are those of the commands of [MS-SMB2] that do the same; FileId is
 * the FID, in its volatile half.
 */
#ifndef UNCFS_WIRE_SMB1_FILE_H
#define UNCFS_WIRE_SMB1_FILE_H

#include "smb1_hdr.h"
#include "smb2_create.h"
#include "smb2_lock.h"
#include "smb2_read.h"
#include "smb2_write.h"

enum {
	/* Where the FID is in the commands that name it in a word. */
	WIRE_SMB1_FID_OFFSET		= SMB1_WORDS_OFFSET,
	WIRE_SMB1_ANDX_FID_OFFSET	= SMB1_WORDS_OFFSET + 4,
	/* Where the payload of WRITE_ANDX begins. */
	WIRE_SMB1_WRITE_DATA_OFFSET	= SMB1_WORDS_OFFSET + 28 + 2 + 1,
};

int wire_smb1_create_req_encode(struct wire_out *o,
				const struct wire_smb2_create_req *req);
int wire_smb1_create_rsp_decode(struct wire_in *in,
				struct wire_smb2_create_rsp *rsp);
int wire_smb1_close_req_encode(struct wire_out *o, u16 fid);
int wire_smb1_word_req_encode(struct wire_out *o, u16 word);
int wire_smb1_read_req_encode(struct wire_out *o,
			      const struct wire_smb2_read_req *req);
int wire_smb1_read_rsp_decode(struct wire_in *in,
			      struct wire_smb2_read_rsp *rsp);
int wire_smb1_write_req_encode(struct wire_out *o,
			       const struct wire_smb2_write_req *req);
int wire_smb1_write_rsp_decode(struct wire_in *in,
			       struct wire_smb2_write_rsp *rsp);
int wire_smb1_lock_req_encode(struct wire_out *o, u16 fid,
			      const struct wire_smb2_lock_element *lock);
int wire_smb1_rename_req_encode(struct wire_out *o, bool link,
				const struct wire_blob *from,
				const struct wire_blob *to);

#endif /* UNCFS_WIRE_SMB1_FILE_H */
