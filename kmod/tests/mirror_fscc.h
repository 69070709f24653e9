/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The server's half of the [MS-FSCC] codecs, for tests alone; see mirror.h. */
#ifndef UNCFS_TESTS_MIRROR_FSCC_H
#define UNCFS_TESTS_MIRROR_FSCC_H

#include "../wire/fscc_dir.h"
#include "../wire/fscc_file.h"
#include "../wire/fscc_fs.h"
#include "../wire/smb2_notify.h"

int mirror_fscc_standard_encode(struct wire_out *o,
				const struct wire_fscc_standard *info);
int mirror_fscc_network_open_encode(struct wire_out *o,
				    const struct wire_fscc_network_open *info);
int mirror_fscc_all_encode(struct wire_out *o, const struct wire_fscc_all *info);
int mirror_fscc_name_encode(struct wire_out *o, const struct wire_blob *name);
int mirror_fscc_internal_encode(struct wire_out *o, u64 file_id);
int mirror_fscc_attribute_tag_encode(struct wire_out *o,
				     const struct wire_fscc_attribute_tag *info);
int mirror_fscc_pipe_local_encode(struct wire_out *o,
				  const struct wire_fscc_pipe_local *info);

int mirror_fscc_end_of_file_decode(const struct wire_blob *b, u64 *size);
int mirror_fscc_allocation_decode(const struct wire_blob *b, u64 *size);
int mirror_fscc_disposition_decode(const struct wire_blob *b, bool *delete_pending);
int mirror_fscc_rename_decode(const struct wire_blob *b,
			      struct wire_fscc_rename *info);

int mirror_fscc_fs_full_size_encode(struct wire_out *o,
				    const struct wire_fscc_fs_full_size *info);
int mirror_fscc_fs_volume_encode(struct wire_out *o,
				 const struct wire_fscc_fs_volume *info);
int mirror_fscc_fs_attribute_encode(struct wire_out *o,
				    const struct wire_fscc_fs_attribute *info);

/*
 * Append one entry to a list. @prev starts as U32_MAX and belongs to the
 * callee: it links the entry before to this one.
 */
int mirror_fscc_dirent_encode(struct wire_out *o, u8 info_class, u32 *prev,
			      const struct wire_fscc_dirent *ent);
int mirror_fscc_notify_encode(struct wire_out *o, u32 *prev,
			      const struct wire_fscc_notify *ent);

#endif /* UNCFS_TESTS_MIRROR_FSCC_H */
