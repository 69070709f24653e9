// SPDX-License-Identifier: GPL-2.0-or-later
#include "fscc_file.h"

enum {
	RENAME_SIZE_MIN	= 24,
};

static void times_decode(struct wire_in *in, struct wire_fscc_basic *info)
{
	info->creation_time = wire_in_u64(in, "CreationTime");
	info->last_access_time = wire_in_u64(in, "LastAccessTime");
	info->last_write_time = wire_in_u64(in, "LastWriteTime");
	info->change_time = wire_in_u64(in, "ChangeTime");
}

static void basic_decode(struct wire_in *in, struct wire_fscc_basic *info)
{
	times_decode(in, info);
	info->attributes = wire_in_u32(in, "FileAttributes");
	wire_in_skip(in, 4, "Reserved");
}

static void standard_decode(struct wire_in *in, struct wire_fscc_standard *info)
{
	info->allocation_size = wire_in_u64(in, "AllocationSize");
	info->end_of_file = wire_in_u64(in, "EndOfFile");
	info->links = wire_in_u32(in, "NumberOfLinks");
	info->delete_pending = wire_in_u8(in, "DeletePending");
	info->directory = wire_in_u8(in, "Directory");
	wire_in_skip(in, 2, "Reserved");
}

/**
 * wire_fscc_basic_decode - read FileBasicInformation
 * @b: the output buffer
 * @info: times and attributes
 *
 * [MS-FSCC] 2.4.7.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_fscc_basic_decode(const struct wire_blob *b, struct wire_fscc_basic *info)
{
	struct wire_in in;

	wire_in_from(&in, b);
	basic_decode(&in, info);
	return wire_in_errno(&in);
}

/**
 * wire_fscc_standard_decode - read FileStandardInformation
 * @b: the output buffer
 * @info: sizes and links
 *
 * [MS-FSCC] 2.4.47.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_fscc_standard_decode(const struct wire_blob *b,
			      struct wire_fscc_standard *info)
{
	struct wire_in in;

	wire_in_from(&in, b);
	standard_decode(&in, info);
	return wire_in_errno(&in);
}

/**
 * wire_fscc_network_open_decode - read FileNetworkOpenInformation
 * @b: the output buffer
 * @info: times, sizes and attributes
 *
 * [MS-FSCC] 2.4.34.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_fscc_network_open_decode(const struct wire_blob *b,
				  struct wire_fscc_network_open *info)
{
	struct wire_in in;

	wire_in_from(&in, b);
	times_decode(&in, &info->basic);
	info->allocation_size = wire_in_u64(&in, "AllocationSize");
	info->end_of_file = wire_in_u64(&in, "EndOfFile");
	info->basic.attributes = wire_in_u32(&in, "FileAttributes");
	wire_in_skip(&in, 4, "Reserved");
	return wire_in_errno(&in);
}

/* A name at the end that may not have fitted: what there is of it. */
static struct wire_blob name_decode(struct wire_in *in)
{
	u32 len = wire_in_u32(in, "FileNameLength");

	if (len > wire_in_left(in))
		len = wire_in_left(in) & ~1U;
	if (len & 1)
		wire_in_fail(in, "FileNameLength");
	return wire_in_take(in, len, "FileName");
}

/**
 * wire_fscc_all_decode - read FileAllInformation
 * @b: the output buffer
 * @info: everything about a file
 *
 * The name may be cut short, also in its middle. [MS-FSCC] 2.4.2.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_fscc_all_decode(const struct wire_blob *b, struct wire_fscc_all *info)
{
	struct wire_in in;

	wire_in_from(&in, b);
	basic_decode(&in, &info->basic);
	standard_decode(&in, &info->standard);
	info->file_id = wire_in_u64(&in, "IndexNumber");
	info->ea_size = wire_in_u32(&in, "EaSize");
	info->access = wire_in_u32(&in, "AccessFlags");
	info->position = wire_in_u64(&in, "CurrentByteOffset");
	info->mode = wire_in_u32(&in, "Mode");
	info->alignment = wire_in_u32(&in, "AlignmentRequirement");
	info->name = name_decode(&in);
	return wire_in_errno(&in);
}

/**
 * wire_fscc_name_decode - read FileNormalizedNameInformation or its like
 * @b: the output buffer
 * @name: path within the share in UTF-16LE; must be complete
 *
 * [MS-FSCC] 2.4.36, 2.1.7.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_fscc_name_decode(const struct wire_blob *b, struct wire_blob *name)
{
	struct wire_in in;
	u32 len;

	wire_in_from(&in, b);
	len = wire_in_u32(&in, "FileNameLength");
	if (len & 1)
		wire_in_fail(&in, "FileNameLength");
	*name = wire_in_take(&in, len, "FileName");
	return wire_in_errno(&in);
}

/**
 * wire_fscc_internal_decode - read FileInternalInformation
 * @b: the output buffer
 * @file_id: the inode number on the server
 *
 * [MS-FSCC] 2.4.26.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_fscc_internal_decode(const struct wire_blob *b, u64 *file_id)
{
	struct wire_in in;

	wire_in_from(&in, b);
	*file_id = wire_in_u64(&in, "IndexNumber");
	return wire_in_errno(&in);
}

/**
 * wire_fscc_attribute_tag_decode - read FileAttributeTagInformation
 * @b: the output buffer
 * @info: attributes and kind of reparse point
 *
 * [MS-FSCC] 2.4.6.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_fscc_attribute_tag_decode(const struct wire_blob *b,
				   struct wire_fscc_attribute_tag *info)
{
	struct wire_in in;

	wire_in_from(&in, b);
	info->attributes = wire_in_u32(&in, "FileAttributes");
	info->reparse_tag = wire_in_u32(&in, "ReparseTag");
	return wire_in_errno(&in);
}

/**
 * wire_fscc_pipe_decode - read FilePipeInformation
 * @b: the output buffer
 * @info: how reading and waiting work
 *
 * [MS-FSCC] 2.4.36.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_fscc_pipe_decode(const struct wire_blob *b, struct wire_fscc_pipe *info)
{
	struct wire_in in;

	wire_in_from(&in, b);
	info->read_mode = wire_in_u32(&in, "ReadMode");
	info->completion_mode = wire_in_u32(&in, "CompletionMode");
	return wire_in_errno(&in);
}

/**
 * wire_fscc_pipe_local_decode - read FilePipeLocalInformation
 * @b: the output buffer
 * @info: the state of the pipe
 *
 * [MS-FSCC] 2.4.37.
 *
 * Return: 0 or -EBADMSG.
 */
int wire_fscc_pipe_local_decode(const struct wire_blob *b,
				struct wire_fscc_pipe_local *info)
{
	struct wire_in in;

	wire_in_from(&in, b);
	info->type = wire_in_u32(&in, "NamedPipeType");
	info->configuration = wire_in_u32(&in, "NamedPipeConfiguration");
	info->max_instances = wire_in_u32(&in, "MaximumInstances");
	info->instances = wire_in_u32(&in, "CurrentInstances");
	info->inbound_quota = wire_in_u32(&in, "InboundQuota");
	info->read_available = wire_in_u32(&in, "ReadDataAvailable");
	info->outbound_quota = wire_in_u32(&in, "OutboundQuota");
	info->write_quota = wire_in_u32(&in, "WriteQuotaAvailable");
	info->state = wire_in_u32(&in, "NamedPipeState");
	info->end = wire_in_u32(&in, "NamedPipeEnd");
	return wire_in_errno(&in);
}

/**
 * wire_fscc_basic_encode - write FileBasicInformation
 * @o: the writer
 * @info: FSCC_TIME_KEEP and attributes of 0 leave things as they are
 *
 * [MS-FSCC] 2.4.7.
 *
 * Return: 0 or -EMSGSIZE.
 */
int wire_fscc_basic_encode(struct wire_out *o, const struct wire_fscc_basic *info)
{
	wire_out_u64(o, info->creation_time);
	wire_out_u64(o, info->last_access_time);
	wire_out_u64(o, info->last_write_time);
	wire_out_u64(o, info->change_time);
	wire_out_u32(o, info->attributes);
	wire_out_u32(o, 0);
	return wire_out_errno(o);
}

/**
 * wire_fscc_end_of_file_encode - write FileEndOfFileInformation
 * @o: the writer
 * @size: in bytes
 *
 * [MS-FSCC] 2.4.14.
 *
 * Return: 0 or -EMSGSIZE.
 */
int wire_fscc_end_of_file_encode(struct wire_out *o, u64 size)
{
	wire_out_u64(o, size);
	return wire_out_errno(o);
}

/**
 * wire_fscc_allocation_encode - write FileAllocationInformation
 * @o: the writer
 * @size: in bytes
 *
 * [MS-FSCC] 2.4.4.
 *
 * Return: 0 or -EMSGSIZE.
 */
int wire_fscc_allocation_encode(struct wire_out *o, u64 size)
{
	wire_out_u64(o, size);
	return wire_out_errno(o);
}

/**
 * wire_fscc_disposition_encode - write FileDispositionInformation
 * @o: the writer
 * @delete_pending: the file goes away with its last close
 *
 * [MS-FSCC] 2.4.11.
 *
 * Return: 0 or -EMSGSIZE.
 */
int wire_fscc_disposition_encode(struct wire_out *o, bool delete_pending)
{
	wire_out_u8(o, delete_pending);
	return wire_out_errno(o);
}

/**
 * wire_fscc_rename_encode - write FileRenameInformation, as SMB2 has it
 * @o: the writer
 * @info: the new name
 *
 * [MS-FSCC] 2.4.43.2; padded, as servers refuse less than 24 bytes.
 *
 * Return: 0, -EMSGSIZE, -EINVAL for half a unit at the end of the name.
 */
int wire_fscc_rename_encode(struct wire_out *o, const struct wire_fscc_rename *info)
{
	u32 start = o->pos;

	if (info->name.len & 1)
		return -EINVAL;
	wire_out_u8(o, info->replace);
	wire_out_zero(o, 7);
	wire_out_u64(o, 0);	/* RootDirectory */
	wire_out_u32(o, info->name.len);
	wire_out_blob(o, &info->name);
	if (o->pos - start < RENAME_SIZE_MIN)
		wire_out_zero(o, RENAME_SIZE_MIN - (o->pos - start));
	return wire_out_errno(o);
}

/**
 * wire_fscc_link_encode - write FileLinkInformation, as SMB2 has it
 * @o: the writer
 * @info: the further name
 *
 * The layout is that of a rename. [MS-FSCC] 2.4.28.2.
 *
 * Return: 0, -EMSGSIZE, -EINVAL for half a unit at the end of the name.
 */
int wire_fscc_link_encode(struct wire_out *o, const struct wire_fscc_rename *info)
{
	return wire_fscc_rename_encode(o, info);
}

/**
 * wire_fscc_pipe_encode - write FilePipeInformation
 * @o: the writer
 * @info: how reading and waiting shall work
 *
 * [MS-FSCC] 2.4.36.
 *
 * Return: 0 or -EMSGSIZE.
 */
int wire_fscc_pipe_encode(struct wire_out *o, const struct wire_fscc_pipe *info)
{
	wire_out_u32(o, info->read_mode);
	wire_out_u32(o, info->completion_mode);
	return wire_out_errno(o);
}
