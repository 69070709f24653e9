// SPDX-License-Identifier: GPL-2.0-or-later
/* Server's half: information classes and lists of entries. */
#include "mirror_fscc.h"

static void times_encode(struct wire_out *o, const struct wire_fscc_basic *info)
{
	wire_out_u64(o, info->creation_time);
	wire_out_u64(o, info->last_access_time);
	wire_out_u64(o, info->last_write_time);
	wire_out_u64(o, info->change_time);
}

int mirror_fscc_standard_encode(struct wire_out *o,
				const struct wire_fscc_standard *info)
{
	wire_out_u64(o, info->allocation_size);
	wire_out_u64(o, info->end_of_file);
	wire_out_u32(o, info->links);
	wire_out_u8(o, info->delete_pending);
	wire_out_u8(o, info->directory);
	wire_out_u16(o, 0);
	return wire_out_errno(o);
}

int mirror_fscc_network_open_encode(struct wire_out *o,
				    const struct wire_fscc_network_open *info)
{
	times_encode(o, &info->basic);
	wire_out_u64(o, info->allocation_size);
	wire_out_u64(o, info->end_of_file);
	wire_out_u32(o, info->basic.attributes);
	wire_out_u32(o, 0);
	return wire_out_errno(o);
}

int mirror_fscc_all_encode(struct wire_out *o, const struct wire_fscc_all *info)
{
	times_encode(o, &info->basic);
	wire_out_u32(o, info->basic.attributes);
	wire_out_u32(o, 0);
	mirror_fscc_standard_encode(o, &info->standard);
	wire_out_u64(o, info->file_id);
	wire_out_u32(o, info->ea_size);
	wire_out_u32(o, info->access);
	wire_out_u64(o, info->position);
	wire_out_u32(o, info->mode);
	wire_out_u32(o, info->alignment);
	wire_out_u32(o, info->name.len);
	wire_out_blob(o, &info->name);
	return wire_out_errno(o);
}

int mirror_fscc_name_encode(struct wire_out *o, const struct wire_blob *name)
{
	wire_out_u32(o, name->len);
	wire_out_blob(o, name);
	return wire_out_errno(o);
}

int mirror_fscc_internal_encode(struct wire_out *o, u64 file_id)
{
	wire_out_u64(o, file_id);
	return wire_out_errno(o);
}

int mirror_fscc_attribute_tag_encode(struct wire_out *o,
				     const struct wire_fscc_attribute_tag *info)
{
	wire_out_u32(o, info->attributes);
	wire_out_u32(o, info->reparse_tag);
	return wire_out_errno(o);
}

int mirror_fscc_pipe_local_encode(struct wire_out *o,
				  const struct wire_fscc_pipe_local *info)
{
	wire_out_u32(o, info->type);
	wire_out_u32(o, info->configuration);
	wire_out_u32(o, info->max_instances);
	wire_out_u32(o, info->instances);
	wire_out_u32(o, info->inbound_quota);
	wire_out_u32(o, info->read_available);
	wire_out_u32(o, info->outbound_quota);
	wire_out_u32(o, info->write_quota);
	wire_out_u32(o, info->state);
	wire_out_u32(o, info->end);
	return wire_out_errno(o);
}

int mirror_fscc_end_of_file_decode(const struct wire_blob *b, u64 *size)
{
	struct wire_in in;

	wire_in_from(&in, b);
	*size = wire_in_u64(&in, "EndOfFile");
	return wire_in_errno(&in);
}

int mirror_fscc_allocation_decode(const struct wire_blob *b, u64 *size)
{
	struct wire_in in;

	wire_in_from(&in, b);
	*size = wire_in_u64(&in, "AllocationSize");
	return wire_in_errno(&in);
}

int mirror_fscc_disposition_decode(const struct wire_blob *b, bool *delete_pending)
{
	struct wire_in in;

	wire_in_from(&in, b);
	*delete_pending = wire_in_u8(&in, "DeletePending");
	return wire_in_errno(&in);
}

int mirror_fscc_rename_decode(const struct wire_blob *b,
			      struct wire_fscc_rename *info)
{
	struct wire_in in;
	u32 len;

	wire_in_from(&in, b);
	if (in.len < 24)
		wire_in_fail(&in, "Padding");
	info->replace = wire_in_u8(&in, "ReplaceIfExists");
	wire_in_skip(&in, 7, "Reserved");
	if (wire_in_u64(&in, "RootDirectory"))
		wire_in_fail(&in, "RootDirectory");
	len = wire_in_u32(&in, "FileNameLength");
	info->name = wire_in_take(&in, len, "FileName");
	return wire_in_errno(&in);
}

int mirror_fscc_fs_full_size_encode(struct wire_out *o,
				    const struct wire_fscc_fs_full_size *info)
{
	wire_out_u64(o, info->total);
	wire_out_u64(o, info->caller_available);
	wire_out_u64(o, info->actual_available);
	wire_out_u32(o, info->sectors_per_unit);
	wire_out_u32(o, info->bytes_per_sector);
	return wire_out_errno(o);
}

int mirror_fscc_fs_volume_encode(struct wire_out *o,
				 const struct wire_fscc_fs_volume *info)
{
	wire_out_u64(o, info->creation_time);
	wire_out_u32(o, info->serial);
	wire_out_u32(o, info->label.len);
	wire_out_u8(o, info->supports_objects);
	wire_out_u8(o, 0);
	wire_out_blob(o, &info->label);
	return wire_out_errno(o);
}

int mirror_fscc_fs_attribute_encode(struct wire_out *o,
				    const struct wire_fscc_fs_attribute *info)
{
	wire_out_u32(o, info->attributes);
	wire_out_u32(o, info->max_name);
	wire_out_u32(o, info->fs_name.len);
	wire_out_blob(o, &info->fs_name);
	return wire_out_errno(o);
}

/* Begin a record: align, link the one before to it, leave its own link 0. */
static void record_begin(struct wire_out *o, u32 *prev, u32 align)
{
	if (*prev != U32_MAX) {
		wire_out_zero(o, -(o->pos - *prev) & (align - 1));
		wire_out_patch_u32(o, *prev, o->pos - *prev);
	}
	*prev = o->pos;
	wire_out_u32(o, 0);
}

static void short_name_encode(struct wire_out *o, const struct wire_blob *name)
{
	u32 len = name->len < 24 ? name->len : 24;

	wire_out_u8(o, name->len);
	wire_out_u8(o, 0);
	wire_out_bytes(o, name->ptr, len);
	wire_out_zero(o, 24 - len);
	wire_out_u16(o, 0);
}

int mirror_fscc_dirent_encode(struct wire_out *o, u8 info_class, u32 *prev,
			      const struct wire_fscc_dirent *ent)
{
	record_begin(o, prev, 8);
	wire_out_u32(o, ent->file_index);
	times_encode(o, &ent->basic);
	wire_out_u64(o, ent->end_of_file);
	wire_out_u64(o, ent->allocation_size);
	wire_out_u32(o, ent->basic.attributes);
	wire_out_u32(o, ent->name.len);
	wire_out_u32(o, ent->ea_size);
	if (info_class == FSCC_FILE_ID_BOTH_DIRECTORY)
		short_name_encode(o, &ent->short_name);
	else
		wire_out_u32(o, 0);
	wire_out_u64(o, ent->file_id);
	wire_out_blob(o, &ent->name);
	return wire_out_errno(o);
}

int mirror_fscc_notify_encode(struct wire_out *o, u32 *prev,
			      const struct wire_fscc_notify *ent)
{
	record_begin(o, prev, 4);
	wire_out_u32(o, ent->action);
	wire_out_u32(o, ent->name.len);
	wire_out_blob(o, &ent->name);
	return wire_out_errno(o);
}
