// SPDX-License-Identifier: GPL-2.0-or-later
/* Codecs of [MS-FSCC]: what QUERY and SET carry. */
#include "../wire/fscc_reparse.h"
#include "../wire/mfsymlink.h"
#include "codec.h"
#include "mirror_fscc.h"
#include "vectors.h"

/* A list of directory entries. */
static int run_dirents(struct codec_run *run, u8 info_class)
{
	struct wire_fscc_dirent ent;
	struct wire_in list;
	u32 prev = U32_MAX;
	int ret;

	wire_in_init(&list, run->buf, run->len);
	while ((ret = wire_fscc_dirent_next(&list, info_class, &ent)) > 0) {
		codec_touch(run, &ent.short_name);
		codec_touch(run, &ent.name);
		if (run->out)
			mirror_fscc_dirent_encode(run->out, info_class, &prev,
						  &ent);
	}
	if (ret || !run->out)
		return ret;
	return wire_out_errno(run->out);
}

static int run_dirents_37(struct codec_run *run)
{
	return run_dirents(run, FSCC_FILE_ID_BOTH_DIRECTORY);
}

static int run_dirents_38(struct codec_run *run)
{
	return run_dirents(run, FSCC_FILE_ID_FULL_DIRECTORY);
}

static int run_notify(struct codec_run *run)
{
	struct wire_fscc_notify ent;
	struct wire_in list;
	u32 prev = U32_MAX;
	int ret;

	wire_in_init(&list, run->buf, run->len);
	while ((ret = wire_fscc_notify_next(&list, &ent)) > 0) {
		codec_touch(run, &ent.name);
		if (run->out)
			mirror_fscc_notify_encode(run->out, &prev, &ent);
	}
	if (ret || !run->out)
		return ret;
	return wire_out_errno(run->out);
}

/* Those that are one number have encoders that take it by value. */
static int internal_encode(struct wire_out *o, const u64 *file_id)
{
	return mirror_fscc_internal_encode(o, *file_id);
}

static int end_of_file_encode(struct wire_out *o, const u64 *size)
{
	return wire_fscc_end_of_file_encode(o, *size);
}

static int allocation_encode(struct wire_out *o, const u64 *size)
{
	return wire_fscc_allocation_encode(o, *size);
}

static int disposition_encode(struct wire_out *o, const bool *delete_pending)
{
	return wire_fscc_disposition_encode(o, *delete_pending);
}

CODEC_BLOB(basic, struct wire_fscc_basic, wire_fscc_basic_decode,
	   wire_fscc_basic_encode)
CODEC_BLOB(standard, struct wire_fscc_standard, wire_fscc_standard_decode,
	   mirror_fscc_standard_encode)
CODEC_BLOB(network_open, struct wire_fscc_network_open,
	   wire_fscc_network_open_decode, mirror_fscc_network_open_encode)
CODEC_BLOB(all, struct wire_fscc_all, wire_fscc_all_decode,
	   mirror_fscc_all_encode, CODEC_TOUCH(name))
CODEC_BLOB(name, struct wire_blob, wire_fscc_name_decode,
	   mirror_fscc_name_encode, codec_touch(run, &v))
CODEC_BLOB(internal, u64, wire_fscc_internal_decode, internal_encode)
CODEC_BLOB(attribute_tag, struct wire_fscc_attribute_tag,
	   wire_fscc_attribute_tag_decode, mirror_fscc_attribute_tag_encode)
CODEC_BLOB(pipe, struct wire_fscc_pipe, wire_fscc_pipe_decode,
	   wire_fscc_pipe_encode)
CODEC_BLOB(pipe_local, struct wire_fscc_pipe_local, wire_fscc_pipe_local_decode,
	   mirror_fscc_pipe_local_encode)
CODEC_BLOB(end_of_file, u64, mirror_fscc_end_of_file_decode,
	   end_of_file_encode)
CODEC_BLOB(allocation, u64, mirror_fscc_allocation_decode, allocation_encode)
CODEC_BLOB(disposition, bool, mirror_fscc_disposition_decode,
	   disposition_encode)
CODEC_BLOB(rename, struct wire_fscc_rename, mirror_fscc_rename_decode,
	   wire_fscc_rename_encode, CODEC_TOUCH(name))
CODEC_BLOB(link, struct wire_fscc_rename, mirror_fscc_rename_decode,
	   wire_fscc_link_encode, CODEC_TOUCH(name))
CODEC_BLOB(symlink, struct wire_fscc_symlink, wire_fscc_symlink_decode,
	   wire_fscc_symlink_encode, CODEC_TOUCH(substitute),
	   CODEC_TOUCH(print))
CODEC_BLOB(nfs, struct wire_fscc_nfs, wire_fscc_nfs_decode,
	   wire_fscc_nfs_encode, CODEC_TOUCH(target))
CODEC_BLOB(lx_symlink, struct wire_blob, wire_fscc_lx_symlink_decode,
	   wire_fscc_lx_symlink_encode, codec_touch(run, &v))
CODEC_BLOB(mfsymlink, struct wire_mfsymlink, wire_mfsymlink_decode,
	   wire_mfsymlink_encode, CODEC_TOUCH(target))
CODEC_BLOB(fs_full_size, struct wire_fscc_fs_full_size,
	   wire_fscc_fs_full_size_decode, mirror_fscc_fs_full_size_encode)
CODEC_BLOB(fs_volume, struct wire_fscc_fs_volume, wire_fscc_fs_volume_decode,
	   mirror_fscc_fs_volume_encode, CODEC_TOUCH(label))
CODEC_BLOB(fs_attribute, struct wire_fscc_fs_attribute,
	   wire_fscc_fs_attribute_decode, mirror_fscc_fs_attribute_encode,
	   CODEC_TOUCH(fs_name))

const struct codec codecs_fscc[] = {
	CODEC_CASE(basic, fscc_basic),
	CODEC_CASE(standard, fscc_standard),
	CODEC_CASE(network_open, fscc_network_open),
	/* names and labels may be cut short by the size of the reply */
	CODEC_CASE(all, fscc_all, .min = 100),
	CODEC_CASE(name, fscc_name),
	CODEC_CASE(internal, fscc_internal),
	CODEC_CASE(attribute_tag, fscc_attribute_tag),
	CODEC_CASE(pipe, fscc_pipe),
	CODEC_CASE(pipe_local, fscc_pipe_local),
	CODEC_CASE(end_of_file, fscc_end_of_file),
	CODEC_CASE(allocation, fscc_allocation),
	CODEC_CASE(disposition, fscc_disposition),
	CODEC_CASE(rename, fscc_rename),
	CODEC_CASE(link, fscc_link),
	CODEC_CASE(symlink, fscc_symlink),
	CODEC_CASE(nfs, fscc_nfs_lnk),
	CODEC_CASE(nfs, fscc_nfs_chr),
	CODEC_CASE(nfs, fscc_nfs_fifo),
	CODEC_CASE(lx_symlink, fscc_lx_symlink),
	/* what fills it up to its size is not looked at */
	CODEC_CASE(mfsymlink, mfsymlink, .flags = CODEC_LOOSE),
	CODEC_CASE(fs_full_size, fscc_fs_full_size),
	CODEC_CASE(fs_volume, fscc_fs_volume, .min = 18),
	CODEC_CASE(fs_attribute, fscc_fs_attribute, .min = 12),
	CODEC_CASE(dirents_37, fscc_dirents_37, .flags = CODEC_LIST),
	CODEC_CASE(dirents_38, fscc_dirents_38, .flags = CODEC_LIST),
	/* padded at its end */
	CODEC_CASE(notify, fscc_notify, .min = 110,
		   .flags = CODEC_LIST | CODEC_LOOSE),
};

const u32 codecs_fscc_count = ARRAY_SIZE(codecs_fscc);
