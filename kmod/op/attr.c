// SPDX-License-Identifier: GPL-2.0-only
/*
 * What servers say of files, in their several structures, as one.
 */
#include "verbs.h"

/**
 * unc_attr_from_basic - take times and attributes
 * @info: filled in; all else becomes 0
 * @basic: from the wire
 */
void unc_attr_from_basic(struct unc_attr_info *info,
			 const struct wire_fscc_basic *basic)
{
	*info = (struct unc_attr_info){
		.btime = basic->creation_time,
		.atime = basic->last_access_time,
		.mtime = basic->last_write_time,
		.ctime = basic->change_time,
		.attributes = basic->attributes,
	};
}

/**
 * unc_attr_from_create - take what the answer to CREATE says
 * @info: filled in; the number of links is not known
 * @rsp: from the wire
 */
void unc_attr_from_create(struct unc_attr_info *info,
			  const struct wire_smb2_create_rsp *rsp)
{
	*info = (struct unc_attr_info){
		.id = rsp->ctx.has_disk_id ? rsp->ctx.disk_file_id : 0,
		.size = rsp->end_of_file,
		.alloc = rsp->allocation_size,
		.btime = rsp->creation_time,
		.atime = rsp->last_access_time,
		.mtime = rsp->last_write_time,
		.ctime = rsp->change_time,
		.attributes = rsp->attributes,
	};
}

/**
 * unc_attr_from_all - take the answer to a query for FileAllInformation
 * @info: filled in
 * @part: QUERY_INFO, of a request that has ended
 *
 * Return: 0 or -errno.
 */
int unc_attr_from_all(struct unc_attr_info *info, const struct unc_part *part)
{
	struct wire_smb2_query_info_rsp rsp;
	struct wire_fscc_all all;
	int err;

	err = unc_cmd_of(part)->query_info_rsp(part, &rsp);
	if (err)
		return err;
	if (wire_fscc_all_decode(&rsp.data, &all))
		return -EIO;
	unc_attr_from_basic(info, &all.basic);
	info->id = all.file_id;
	info->size = all.standard.end_of_file;
	info->alloc = all.standard.allocation_size;
	info->nlink = all.standard.links;
	info->delete_pending = all.standard.delete_pending;
	if (all.standard.directory)
		info->attributes |= FSCC_ATTR_DIRECTORY;
	return 0;
}
