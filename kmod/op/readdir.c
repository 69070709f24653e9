// SPDX-License-Identifier: GPL-2.0-only
/*
 * readdir: one buffer of directory entries after the other; the first ones come
 * along with the handle.
 */
#include <linux/sizes.h>
#include <linux/slab.h>
#include "../wire/fscc_dir.h"
#include "../wire/ntstatus.h"
#include "../wire/utf16.h"
#include "readdir.h"
#include "verbs.h"

/* Like FileIdBothDirectoryInformation, but no short names to be made up. */
#define DIR_CLASS	FSCC_FILE_ID_FULL_DIRECTORY
#define DIR_REPLY_MAX	SZ_1M

/* No component is longer than 255 UTF-16 units, [MS-FSCC] 2.1.5. */
#define NAME_UTF16_MAX	(255 * 2)
#define NAME_SIZE	(WIRE_UTF8_MAX(NAME_UTF16_MAX) + 1)

/**
 * struct readdir_args - what to read
 * @restart: T to begin at the first entry
 * @snapshot: that of the directory
 * @emit: called for each entry
 * @ctx: its context
 */
struct readdir_args {
	u64		snapshot;
	bool		restart;
	unc_dir_emit_t	emit;
	void		*ctx;
};

/* On @dir, or on what is opened in this very flight. */
static int add_query(struct unc_req *req, struct unc_open *dir, bool restart,
		     u32 max)
{
	static const u8 everything[] = { '*', 0 };
	struct wire_smb2_query_dir_req query = {
		.info_class = DIR_CLASS,
		.flags = restart ? SMB2_RESTART_SCANS : 0,
		.fid = dir ? unc_open_fid(dir) : WIRE_SMB2_FID_RELATED,
		.pattern = { .ptr = everything, .len = sizeof(everything) },
		.max_output = max,
	};

	return unc_cmd(req)->query_dir_add(req, &query,
					   dir ? 0 : UNC_PART_RELATED);
}

/*
 * Two in one flight: the second mostly says that there is no more, or saves the
 * time to ask.
 */
static int add_two(struct unc_req *req, struct unc_open *dir, bool restart,
		   u32 *asked)
{
	*asked = unc_plan_reply_max(req->conn, 2 * DIR_REPLY_MAX) / 2;
	return add_query(req, dir, restart, *asked) ?:
	       add_query(req, dir, false, *asked);
}

static int readdir_issue(struct unc_op *op, struct unc_req *req)
{
	const struct readdir_args *args = op->args;
	u32 *asked = op->result;

	if (!op->open->lease || READ_ONCE(req->conn->credits) < UNC_FEW_CREDITS) {
		*asked = unc_plan_reply_max(req->conn, DIR_REPLY_MAX);
		return add_query(req, op->open, args->restart, *asked);
	}
	return add_two(req, op->open, args->restart, asked);
}

static void dirent_info(struct unc_attr_info *info,
			const struct wire_fscc_dirent *ent)
{
	unc_attr_from_basic(info, &ent->basic);
	info->id = ent->file_id;
	info->size = ent->end_of_file;
	info->alloc = ent->allocation_size;
	if (info->attributes & FSCC_ATTR_REPARSE_POINT)
		info->reparse_tag = ent->ea_size;
	info->type = unc_op_tag_type(info->reparse_tag);
}

/*
 * Entries with names that cannot be are left out, as is what lies behind the
 * first entry that cannot be decoded.
 */
static int emit_all(const struct readdir_args *args,
		    const struct wire_blob *data, char *name)
{
	struct wire_fscc_dirent ent;
	struct unc_attr_info info;
	struct wire_in list;
	int len, more;

	wire_in_from(&list, data);
	while ((more = wire_fscc_dirent_next(&list, DIR_CLASS, &ent)) > 0) {
		len = unc_name_decode(&ent.name, name, NAME_SIZE);
		if (!len)
			continue;
		dirent_info(&info, &ent);
		info.id = unc_snapshot_id(info.id, args->snapshot);
		if (!args->emit(args->ctx, name, len, &info))
			return 0;
	}
	return more < 0 ? -EIO : 0;
}

static bool is_end(const struct unc_part *part)
{
	/* NO_SUCH_FILE: from the first query, by servers without "." */
	return part->status == NT_STATUS_NO_MORE_FILES ||
	       part->status == NT_STATUS_NO_SUCH_FILE;
}

/* Return: 1 if there may be more, 0 at the end, -errno. */
static int take_part(const struct readdir_args *args, u32 asked,
		     const struct unc_part *part, char *name)
{
	struct wire_smb2_query_dir_rsp rsp;
	int err;

	if (is_end(part))
		return 0;
	err = unc_cmd_of(part)->query_dir_rsp(part, &rsp);
	if (err)
		return err;
	if (rsp.data.len > asked)
		return -EIO;
	return emit_all(args, &rsp.data, name) ?: 1;
}

/* From part @first on.  Return: as take_part(). */
static int take_parts(const struct readdir_args *args, u32 asked,
		      const struct unc_req *req, unsigned int first)
{
	char *name = kmalloc(NAME_SIZE, GFP_KERNEL);
	unsigned int i;
	int ret = 1;

	if (!name)
		return -ENOMEM;
	for (i = first; i < req->nparts && ret > 0; i++)
		ret = take_part(args, asked, &req->parts[i], name);
	kfree(name);
	return ret;
}

static int readdir_done(struct unc_op *op, struct unc_req *req)
{
	return take_parts(op->args, *(u32 *)op->result, req, 0);
}

/* Not repeatable: the server's cursor would have moved on. */
static const struct unc_verb readdir_verb = {
	.name		= "readdir",
	.room		= 2 * UNC_SMB2_ROOM_QUERY_DIR,
	.issue		= readdir_issue,
	.done		= readdir_done,
};

/**
 * unc_op_readdir - read the next entries of a directory
 * @dir: the handle, with FILE_LIST_DIRECTORY
 * @restart: T to begin at the first entry
 * @emit: called for each entry but "." and ".."
 * @ctx: for @emit
 *
 * May sleep, killable; @emit is called in the caller's context.
 *
 * Return: 1 if there may be more, 0 at the end, or -errno.
 */
int unc_op_readdir(struct unc_open *dir, bool restart, unc_dir_emit_t emit,
		   void *ctx)
{
	struct readdir_args args = {
		.restart = restart,
		.snapshot = dir->snapshot,
		.emit = emit,
		.ctx = ctx,
	};
	u32 asked = 0;
	struct unc_op op = {
		.verb = &readdir_verb,
		.open = dir,
		.args = &args,
		.result = &asked,
	};

	return unc_op_run(&op);
}

/**
 * struct beginning - result of the verb
 * @begin: what to open and read, filled in
 * @opened: what became of the CREATE
 * @asked: bytes of one buffer, 0 if none was asked for
 */
struct beginning {
	struct unc_dir_begin	*begin;
	struct unc_opened	opened;
	u32			asked;
};

/* Servers without leases of directories are old: one thing after the other. */
static int begin_issue(struct unc_op *op, struct unc_req *req)
{
	const struct unc_open_args *how = op->args;
	struct beginning *b = op->result;
	int err;

	b->asked = 0;
	if (how->lease)
		b->opened.notices = unc_lease_notices(how->lease);
	err = unc_plan_create(req, op->path, how);
	if (err || !how->lease ||
	    READ_ONCE(req->conn->credits) < UNC_FEW_CREDITS ||
	    !(req->conn->capabilities & SMB2_GLOBAL_CAP_DIRECTORY_LEASING))
		return err;
	return add_two(req, NULL, true, &b->asked);
}

static int begin_done(struct unc_op *op, struct unc_req *req)
{
	struct beginning *b = op->result;
	struct unc_dir_begin *begin = b->begin;
	struct readdir_args args = { .emit = begin->emit, .ctx = begin->ctx };
	int err;

	b->opened.info = &begin->info;
	err = unc_open_take(op, req, &b->opened);
	if (err)
		return err;
	*begin->open = b->opened.open;
	args.snapshot = b->opened.open->snapshot;
	begin->read = b->asked;
	if (begin->read)
		begin->more = take_parts(&args, b->asked, req, 1);
	return 0;
}

static const struct unc_verb begin_verb = {
	.name		= "open and read directory",
	.room		= UNC_SMB2_ROOM_CREATE + 2 * UNC_SMB2_ROOM_QUERY_DIR,
	.repeatable	= true,
	.issue		= begin_issue,
	.done		= begin_done,
	.orphaned	= unc_plan_orphaned,
};

/**
 * unc_op_dir_begin - open a directory, and read its first entries if that is easy
 * @share: where
 * @path: which
 * @begin: how, and what came of it
 *
 * May sleep, killable; @begin->emit is called in the caller's context.
 *
 * Return: as unc_op_open().
 */
int unc_op_dir_begin(struct unc_share *share, const char *path,
		     struct unc_dir_begin *begin)
{
	struct beginning b = { .begin = begin };
	struct unc_op op = {
		.verb = &begin_verb,
		.share = share,
		.path = path,
		.args = &begin->how,
		.result = &b,
	};

	begin->read = false;
	return unc_op_run(&op);
}
