/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The server's half of ranges, copies, attributes and streams; see mirror.h. */
#ifndef UNCFS_TESTS_MIRROR_DATA_H
#define UNCFS_TESTS_MIRROR_DATA_H

#include "../wire/fscc_ea.h"
#include "../wire/fscc_range.h"
#include "../wire/smb2_copychunk.h"

enum {
	MIRROR_CHUNKS_MAX	= 16,
};

/**
 * struct mirror_smb2_copychunk - a decoded request to copy
 * @copy: as the client filled it; @copy.chunks points to @chunks
 * @chunks: the chunks
 */
struct mirror_smb2_copychunk {
	struct wire_smb2_copychunk copy;
	struct wire_smb2_chunk chunks[MIRROR_CHUNKS_MAX];
};

int mirror_fscc_zero_data_decode(const struct wire_blob *b,
				 struct wire_fscc_zero_data *zero);
int mirror_fscc_sparse_decode(const struct wire_blob *b, bool *sparse);
int mirror_fscc_duplicate_decode(const struct wire_blob *b,
				 struct wire_fscc_duplicate *dup);
int mirror_smb2_resume_key_encode(struct wire_out *o, const u8 *key);
int mirror_smb2_copychunk_decode(const struct wire_blob *b,
				 struct mirror_smb2_copychunk *copy);
int mirror_smb2_copychunk_rsp_encode(struct wire_out *o,
				     const struct wire_smb2_copychunk_rsp *rsp);
/* As mirror_fscc_dirent_encode(). */
int mirror_fscc_ea_encode(struct wire_out *o, u32 *prev,
			  const struct wire_fscc_ea *ea);
int mirror_fscc_stream_encode(struct wire_out *o, u32 *prev,
			      const struct wire_fscc_stream *stream);

#endif /* UNCFS_TESTS_MIRROR_DATA_H */
