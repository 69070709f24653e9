// SPDX-License-Identifier: GPL-2.0-only
/*
 * lookup: all that there is to know of a file, and how the server writes its
 * name, which may differ from what was asked for in the case of its letters.
 *
 * That is FileNormalizedNameInformation ([MS-FSCC] 2.4.34), which came with
 * dialect 3.1.1.  Others leave the name open: FileNameInformation may repeat
 * the name as it was asked for.
 */
#include <linux/ctype.h>
#include <linux/slab.h>
#include "../wire/utf16.h"
#include "verbs.h"

#define ALL_INFO_MAX	1024	/* as in getattr.c */
#define NAME_INFO_MAX	8192
#define NAME_UNITS_MAX	255

#define LOOKUP_ROOM	(UNC_QUERY_ROOM + UNC_SMB2_ROOM_QUERY_INFO)

/**
 * struct lookup - result of the verb
 * @info: filled in
 * @name: room for the name as the server has it
 * @size: its size
 */
struct lookup {
	struct unc_attr_info	*info;
	char			*name;
	u32			size;
};

static int query_add(struct unc_req *req, u8 class, u32 max)
{
	struct wire_smb2_query_info_req args = {
		.info_type = SMB2_0_INFO_FILE,
		.info_class = class,
		.max_output = max,
		.fid = WIRE_SMB2_FID_RELATED,
	};

	return unc_cmd(req)->query_info_add(req, &args, UNC_PART_RELATED);
}

static int lookup_issue(struct unc_op *op, struct unc_req *req)
{
	static const struct unc_open_args how = {
		.access = SMB2_FILE_READ_ATTRIBUTES,
		.disposition = SMB2_FILE_OPEN,
		.options = SMB2_FILE_OPEN_REPARSE_POINT,
	};
	int err;

	err = unc_plan_create(req, op->path, &how) ?:
	      query_add(req, FSCC_FILE_ALL, ALL_INFO_MAX);
	if (!err && req->conn->dialect >= SMB2_DIALECT_311)
		err = query_add(req, FSCC_FILE_NORMALIZED_NAME, NAME_INFO_MAX);
	return err ?: unc_plan_close(req);
}

static struct wire_blob last_name(const struct wire_blob *path)
{
	u32 at = path->len & ~1U;

	while (at && get_unaligned_le16(path->ptr + at - 2) != '\\')
		at -= 2;
	return (struct wire_blob){ path->ptr + at, path->len - at };
}

/* Upper and lower case are one unit each; what is not ASCII may be a pair. */
static bool is_same_letter(u16 a, u16 b)
{
	if (a >= 0x80 && b >= 0x80)
		return true;
	return a < 0x80 && b < 0x80 && tolower(a) == tolower(b);
}

static bool differs_in_case(const struct wire_blob *a,
			    const struct wire_blob *b)
{
	u32 i;

	if (a->len != b->len || !memcmp(a->ptr, b->ptr, a->len))
		return false;
	for (i = 0; i + 1 < a->len; i += 2)
		if (!is_same_letter(get_unaligned_le16(a->ptr + i),
				    get_unaligned_le16(b->ptr + i)))
			return false;
	return true;
}

/* Only a name that is the same but for its case is taken. */
static int take_name(struct lookup *lookup, const char *asked,
		     const struct wire_blob *path)
{
	const char *slash = strrchr(asked, '/');
	struct wire_blob name = last_name(path), want;
	int err;

	if (!name.len || name.len > 2 * NAME_UNITS_MAX)
		return 0;
	err = unc_path_encode(slash ? slash + 1 : asked, &want);
	if (err)
		return err;
	if (differs_in_case(&want, &name) &&
	    !unc_name_decode(&name, lookup->name, lookup->size))
		lookup->name[0] = '\0';
	unc_path_free(&want);
	return 0;
}

static int lookup_done(struct unc_op *op, struct unc_req *req)
{
	struct lookup *lookup = op->result;
	struct unc_op getattr = { .path = op->path, .result = lookup->info };
	struct wire_smb2_query_info_rsp rsp;
	struct wire_blob path;
	int err;

	lookup->name[0] = '\0';
	err = unc_getattr_done(&getattr, req);
	/* A server that does not know the query has nothing to tell. */
	if (err || req->nparts < 4 ||
	    unc_cmd(req)->query_info_rsp(&req->parts[2], &rsp))
		return err;
	/* So has one that cuts long paths off. */
	if (wire_fscc_name_decode(&rsp.data, &path))
		return 0;
	return take_name(lookup, op->path, &path);
}

static const struct unc_verb lookup_verb = {
	.name		= "lookup",
	.room		= LOOKUP_ROOM,
	.repeatable	= true,
	.issue		= lookup_issue,
	.done		= lookup_done,
	.orphaned	= unc_plan_orphaned,
};

/**
 * unc_op_lookup - what is known of a file, and its name
 * @share: where
 * @path: which
 * @info: filled in on success
 * @name: room for a name in UTF-8 and a NUL: on success the last name of
 *	@path as the server has it if that differs in case, otherwise ""
 * @size: its size
 *
 * Links and other reparse points are not followed.  May sleep, killable.
 *
 * Return: 0, -ENOENT, or another -errno.
 */
int unc_op_lookup(struct unc_share *share, const char *path,
		  struct unc_attr_info *info, char *name, u32 size)
{
	struct lookup lookup = { .info = info, .name = name, .size = size };
	struct unc_op op = {
		.verb = &lookup_verb,
		.share = share,
		.path = path,
		.result = &lookup,
	};
	int err = unc_op_run(&op);

	if (!err && info->attributes & FSCC_ATTR_REPARSE_POINT)
		err = unc_node_kind(share, path, info);
	return err;
}
