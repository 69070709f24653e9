// SPDX-License-Identifier: GPL-2.0-or-later
#include "smb2_copychunk.h"

/**
 * wire_smb2_resume_key_decode - output of FSCTL_SRV_REQUEST_RESUME_KEY
 * @output: the output buffer
 * @key: by which the file can be named as a source
 *
 * The context behind it is not used by anybody. [MS-SMB2] 2.2.32.3.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_smb2_resume_key_decode(const struct wire_blob *output,
				u8 key[WIRE_SMB2_RESUME_KEY_SIZE])
{
	struct wire_in in;

	wire_in_from(&in, output);
	wire_in_copy(&in, key, WIRE_SMB2_RESUME_KEY_SIZE, "ResumeKey");
	wire_in_skip(&in, 4, "ContextLength");
	return wire_in_errno(&in);
}

/**
 * wire_smb2_copychunk_encode - input of FSCTL_SRV_COPYCHUNK_WRITE
 * @o: the writer
 * @copy: what to copy from where to where
 *
 * [MS-SMB2] 2.2.31.1.
 *
 * Return: 0, -EMSGSIZE, -EINVAL when there is no chunk.
 */
int wire_smb2_copychunk_encode(struct wire_out *o,
			       const struct wire_smb2_copychunk *copy)
{
	u32 i;

	if (!copy->count)
		return -EINVAL;
	wire_out_bytes(o, copy->key, sizeof(copy->key));
	wire_out_u32(o, copy->count);
	wire_out_u32(o, 0);
	for (i = 0; i < copy->count; i++) {
		wire_out_u64(o, copy->chunks[i].source);
		wire_out_u64(o, copy->chunks[i].target);
		wire_out_u32(o, copy->chunks[i].length);
		wire_out_u32(o, 0);
	}
	return wire_out_errno(o);
}

/**
 * wire_smb2_copychunk_rsp_decode - output of FSCTL_SRV_COPYCHUNK_WRITE
 * @output: the output buffer
 * @rsp: what was done, or what can be done
 *
 * [MS-SMB2] 2.2.32.1.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_smb2_copychunk_rsp_decode(const struct wire_blob *output,
				   struct wire_smb2_copychunk_rsp *rsp)
{
	struct wire_in in;

	wire_in_from(&in, output);
	rsp->chunks = wire_in_u32(&in, "ChunksWritten");
	rsp->chunk_bytes = wire_in_u32(&in, "ChunkBytesWritten");
	rsp->bytes = wire_in_u32(&in, "TotalBytesWritten");
	return wire_in_errno(&in);
}
