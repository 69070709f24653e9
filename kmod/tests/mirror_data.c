// SPDX-License-Identifier: GPL-2.0-or-later
/* Server's half: ranges, copies, extended attributes, streams. */
#include "mirror_data.h"

int mirror_fscc_zero_data_decode(const struct wire_blob *b,
				 struct wire_fscc_zero_data *zero)
{
	struct wire_in in;

	wire_in_from(&in, b);
	zero->offset = wire_in_u64(&in, "FileOffset");
	zero->beyond = wire_in_u64(&in, "BeyondFinalZero");
	return wire_in_errno(&in);
}

int mirror_fscc_sparse_decode(const struct wire_blob *b, bool *sparse)
{
	struct wire_in in;

	wire_in_from(&in, b);
	*sparse = wire_in_u8(&in, "SetSparse");
	return wire_in_errno(&in);
}

int mirror_fscc_duplicate_decode(const struct wire_blob *b,
				 struct wire_fscc_duplicate *dup)
{
	struct wire_in in;

	wire_in_from(&in, b);
	dup->source = wire_smb2_fid_decode(&in);
	dup->source_offset = wire_in_u64(&in, "SourceFileOffset");
	dup->target_offset = wire_in_u64(&in, "TargetFileOffset");
	dup->length = wire_in_u64(&in, "ByteCount");
	return wire_in_errno(&in);
}

int mirror_smb2_resume_key_encode(struct wire_out *o, const u8 *key)
{
	wire_out_bytes(o, key, WIRE_SMB2_RESUME_KEY_SIZE);
	wire_out_u32(o, 0);	/* ContextLength */
	wire_out_u32(o, 0);	/* Context, as Windows pads it */
	return wire_out_errno(o);
}

int mirror_smb2_copychunk_decode(const struct wire_blob *b,
				 struct mirror_smb2_copychunk *copy)
{
	struct wire_in in;
	u32 i;

	memset(copy, 0, sizeof(*copy));
	copy->copy.chunks = copy->chunks;
	wire_in_from(&in, b);
	wire_in_copy(&in, copy->copy.key, WIRE_SMB2_RESUME_KEY_SIZE,
		     "SourceKey");
	copy->copy.count = wire_in_u32(&in, "ChunkCount");
	wire_in_skip(&in, 4, "Reserved");
	if (!copy->copy.count || copy->copy.count > MIRROR_CHUNKS_MAX)
		wire_in_fail(&in, "ChunkCount");
	for (i = 0; i < copy->copy.count && !in.err; i++) {
		copy->chunks[i].source = wire_in_u64(&in, "SourceOffset");
		copy->chunks[i].target = wire_in_u64(&in, "TargetOffset");
		copy->chunks[i].length = wire_in_u32(&in, "Length");
		wire_in_skip(&in, 4, "Reserved");
	}
	return wire_in_errno(&in);
}

int mirror_smb2_copychunk_rsp_encode(struct wire_out *o,
				     const struct wire_smb2_copychunk_rsp *rsp)
{
	wire_out_u32(o, rsp->chunks);
	wire_out_u32(o, rsp->chunk_bytes);
	wire_out_u32(o, rsp->bytes);
	return wire_out_errno(o);
}

/* Align, link the record before to this one, leave its own link 0. */
static void record_begin(struct wire_out *o, u32 *prev, u32 align)
{
	if (*prev != U32_MAX) {
		wire_out_zero(o, -(o->pos - *prev) & (align - 1));
		wire_out_patch_u32(o, *prev, o->pos - *prev);
	}
	*prev = o->pos;
	wire_out_u32(o, 0);
}

int mirror_fscc_ea_encode(struct wire_out *o, u32 *prev,
			  const struct wire_fscc_ea *ea)
{
	record_begin(o, prev, 4);
	wire_out_u8(o, ea->flags);
	wire_out_u8(o, ea->name.len);
	wire_out_u16(o, ea->value.len);
	wire_out_blob(o, &ea->name);
	wire_out_u8(o, 0);
	wire_out_blob(o, &ea->value);
	return wire_out_errno(o);
}

int mirror_fscc_stream_encode(struct wire_out *o, u32 *prev,
			      const struct wire_fscc_stream *stream)
{
	record_begin(o, prev, 8);
	wire_out_u32(o, stream->name.len);
	wire_out_u64(o, stream->size);
	wire_out_u64(o, stream->allocation_size);
	wire_out_blob(o, &stream->name);
	return wire_out_errno(o);
}
