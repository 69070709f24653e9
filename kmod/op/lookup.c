// SPDX-License-Identifier: GPL-2.0-only
/*
 * lookup: all that there is to know of a file, and how the server writes its
 * name, which may differ from what was asked for in the case of its letters.
 *
 * That is FileNormalizedNameInformation ([MS-FSCC] 2.4.34), which came with
 * dialect 3.1.1.  Others leave the name open: FileNameInformation may repeat
 * the name as it was asked for.
 *
 * Before the file its directory may be opened in the same flight, to stay open
 * with a lease: servers take the commands of a message in turn, so what they say
 * of the file, or that there is none, is covered by that lease.
 */
#include <linux/ctype.h>
#include <linux/slab.h>
#include "../wire/utf16.h"
#include "lookup.h"
#include "verbs.h"

#define ALL_INFO_MAX	1024	/* as in getattr.c */
#define NAME_INFO_MAX	8192
#define NAME_UNITS_MAX	255

#define LOOKUP_ROOM	(UNC_QUERY_ROOM + UNC_SMB2_ROOM_QUERY_INFO)

/**
 * struct looking - result of the verb
 * @lookup: filled in
 * @dir: the directory to be opened, or NULL
 * @opened: what became of that
 */
struct looking {
	struct unc_lookup	*lookup;
	struct unc_lookup_dir	*dir;
	struct unc_opened	opened;
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

static struct unc_open_args dir_args(const struct unc_lookup_dir *dir)
{
	return (struct unc_open_args){
		.access = dir->access,
		.disposition = SMB2_FILE_OPEN,
		.options = SMB2_FILE_DIRECTORY_FILE,
		.lease = dir->lease,
		.lease_state = SMB2_LEASE_READ_CACHING |
			       SMB2_LEASE_HANDLE_CACHING,
	};
}

/* Servers without leases of directories would open it for nothing. */
static int dir_add(struct looking *looking, struct unc_req *req)
{
	struct unc_lookup_dir *dir = looking->dir;
	const struct unc_conn *conn = req->conn;
	struct unc_open_args how;

	if (!dir || dir->open || READ_ONCE(conn->credits) < UNC_FEW_CREDITS ||
	    !(conn->capabilities & SMB2_GLOBAL_CAP_DIRECTORY_LEASING))
		return 0;
	how = dir_args(dir);
	looking->opened.notices = unc_lease_notices(dir->lease);
	return unc_plan_create(req, dir->path, &how);
}

/* Which part of the request is the CREATE of the file? */
static unsigned int file_part(const struct unc_req *req)
{
	return req->nparts > 1 && req->parts[1].command == SMB2_CREATE;
}

static int lookup_issue(struct unc_op *op, struct unc_req *req)
{
	static const struct unc_open_args how = {
		.access = SMB2_FILE_READ_ATTRIBUTES,
		.disposition = SMB2_FILE_OPEN,
		.options = SMB2_FILE_OPEN_REPARSE_POINT,
	};
	int err;

	err = dir_add(op->result, req) ?:
	      unc_plan_create(req, op->path, &how) ?:
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
static int take_name(struct unc_lookup *lookup, const char *asked,
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
	    !unc_name_decode(&name, lookup->name, sizeof(lookup->name)))
		lookup->name[0] = '\0';
	unc_path_free(&want);
	return 0;
}

/* Without it the lookup is as good as any. */
static void dir_take(const struct unc_op *op, struct unc_req *req)
{
	struct looking *looking = op->result;
	struct unc_lookup_dir *dir = looking->dir;
	struct unc_open_args how = dir_args(dir);
	const struct unc_op opening = {
		.share = op->share,
		.path = dir->path,
		.args = &how,
	};

	looking->opened.info = &dir->info;
	dir->asked = true;
	if (!unc_open_take(&opening, req, &looking->opened))
		dir->open = looking->opened.open;
}

static int lookup_done(struct unc_op *op, struct unc_req *req)
{
	struct looking *looking = op->result;
	struct unc_lookup *lookup = looking->lookup;
	unsigned int first = file_part(req);
	struct wire_smb2_query_info_rsp rsp;
	struct wire_blob path;
	int err;

	if (first)
		dir_take(op, req);
	lookup->name[0] = '\0';
	err = unc_getattr_take(op->path, req, first, &lookup->info);
	/* A server that does not know the query has nothing to tell. */
	if (err || req->nparts < first + 4 ||
	    unc_cmd(req)->query_info_rsp(&req->parts[first + 2], &rsp))
		return err;
	/* So has one that cuts long paths off. */
	if (wire_fscc_name_decode(&rsp.data, &path))
		return 0;
	return take_name(lookup, op->path, &path);
}

static void lookup_orphaned(struct unc_req *req)
{
	struct wire_smb2_create_rsp rsp;

	if (file_part(req) && !unc_cmd(req)->create_rsp(&req->parts[0], &rsp))
		unc_close_fid(req->tree, rsp.fid);
	unc_plan_created_at(req, file_part(req), &rsp);
}

static const struct unc_verb lookup_verb = {
	.name		= "lookup",
	.room		= LOOKUP_ROOM,
	.repeatable	= true,
	.issue		= lookup_issue,
	.done		= lookup_done,
	.orphaned	= lookup_orphaned,
};

static int look_up(struct unc_share *share, const char *path,
		   struct looking *looking)
{
	struct unc_op op = {
		.verb = &lookup_verb,
		.share = share,
		.path = path,
		.result = looking,
		.room = looking->dir ? UNC_SMB2_ROOM_CREATE +
				       2 * strlen(looking->dir->path) + 8 : 0,
	};

	return unc_op_run(&op);
}

/**
 * unc_op_lookup - what is known of a file, and its name
 * @share: where
 * @path: which
 * @lookup: filled in on success
 * @dir: the directory of @path, to be opened if that is easy; or NULL
 *
 * Links and other reparse points are not followed.  May sleep, killable.
 *
 * Return: 0, -ENOENT, or another -errno; whether @dir is open does not depend on
 * it.
 */
int unc_op_lookup(struct unc_share *share, const char *path,
		  struct unc_lookup *lookup, struct unc_lookup_dir *dir)
{
	struct looking looking = { .lookup = lookup, .dir = dir };
	struct unc_attr_info *info = &lookup->info;
	int err = look_up(share, path, &looking);

	/* A server that does not like the two in one message has it by itself. */
	if (err && err != -ENOENT && dir && dir->asked) {
		looking.dir = NULL;
		err = look_up(share, path, &looking);
	}
	if (!err && info->attributes & FSCC_ATTR_REPARSE_POINT)
		err = unc_node_kind(share, path, info);
	return err;
}
