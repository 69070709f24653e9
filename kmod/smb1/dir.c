// SPDX-License-Identifier: GPL-2.0-only
/*
 * Directories are listed by searches for a pattern, [MS-CIFS] 2.2.6.2, which have
 * nothing to do with the directory's handle.  So it is noted here which search
 * goes with which handle, and what the directory was called.
 */
#include <linux/slab.h>
#include "../wire/fscc.h"
#include "../wire/ntstatus.h"
#include "../wire/smb1_file.h"
#include "smb1.h"

#define DATA_MAX	61440u
#define REPLY_PARAMS	12
#define PATTERN_ROOM	(2 * 2)	/* "\*" in UTF-16 */

/**
 * struct smb1_dir - a directory that is open to be listed
 * @sid: of its search, if @searching
 * @searching: T while the server has a search that it knows
 * @ended: T if it has told all
 * @len: bytes of @name
 * @name: from the root of the share, UTF-16
 */
struct smb1_dir {
	u16	sid;
	bool	searching;
	bool	ended;
	u32	len;
	u8	name[];
};

static u32 dir_key(const struct unc_tree *tree, u16 fid)
{
	return tree->id << 16 | fid;
}

/**
 * smb1_dir_opened - a directory was opened to be listed
 * @req: its request begins with the CREATE, which was answered
 *
 * From the receive thread.  Without memory it cannot be listed.
 */
void smb1_dir_opened(struct unc_req *req)
{
	struct smb1_conn *sc = smb1_conn(req->conn);
	const struct smb1_req *own = req->own;
	struct smb1_dir *dir, *old;

	/* One that is closed in the same request is not listed. */
	if (req->parts[req->nparts - 1].command == SMB2_CLOSE)
		return;
	dir = kzalloc(struct_size(dir, name, own->name_len), GFP_NOFS);
	if (!dir)
		return;
	dir->len = own->name_len;
	memcpy(dir->name, req->buf + UNC_SEAL_HEADROOM + own->name_at,
	       own->name_len);
	old = xa_store(&sc->dirs, dir_key(req->tree, own->fid), dir, GFP_NOFS);
	kfree(xa_is_err(old) ? dir : old);
}

/**
 * smb1_dir_found - a search has told something
 * @req: of the search
 * @found: what
 * @first: T if the search has begun by it
 *
 * From the receive thread, while the handle is in use.
 */
void smb1_dir_found(struct unc_req *req, const struct wire_smb1_found *found,
		    bool first)
{
	struct smb1_conn *sc = smb1_conn(req->conn);
	const struct smb1_req *own = req->own;
	struct smb1_dir *dir;

	xa_lock(&sc->dirs);
	dir = xa_load(&sc->dirs, own->dir);
	if (dir && first)
		dir->sid = found->sid;
	if (dir) {
		dir->ended = found->end;
		dir->searching = !found->end;
	}
	xa_unlock(&sc->dirs);
}

static void goodbye_complete(struct unc_req *req)
{
	unc_req_put(req, unc_why_alloc);
}

/* Nobody waits for the answer. */
static void search_close(struct unc_tree *tree, u16 sid)
{
	struct unc_req *req = unc_req_new(tree->session->conn, tree->session,
					  tree, SMB1_HDR_SIZE + 8);

	if (!req)
		return;
	req->complete = goodbye_complete;
	if (!smb1_part_begin(req, SMB2_CLOSE, SMB1_FIND_CLOSE2, 8) ||
	    wire_smb1_word_req_encode(&req->out, sid) || unc_req_send(req))
		unc_req_put(req, unc_why_alloc);
}

/**
 * smb1_dir_closed - a handle is about to be closed
 * @tree: where it is open
 * @fid: the handle, of a directory or not
 *
 * May sleep.
 */
void smb1_dir_closed(struct unc_tree *tree, u16 fid)
{
	struct smb1_conn *sc = smb1_conn(tree->session->conn);
	struct smb1_dir *dir = xa_erase(&sc->dirs, dir_key(tree, fid));

	if (dir && dir->searching)
		search_close(tree, dir->sid);
	kfree(dir);
}

/**
 * smb1_dirs_free - forget all directories
 * @sc: of a connection that is gone
 */
void smb1_dirs_free(struct smb1_conn *sc)
{
	struct smb1_dir *dir;
	unsigned long key;

	xa_for_each(&sc->dirs, key, dir)
		kfree(dir);
	xa_destroy(&sc->dirs);
}

static u16 find_level(u8 class)
{
	return class == FSCC_FILE_ID_BOTH_DIRECTORY ?
	       SMB1_FIND_ID_BOTH_DIRECTORY : SMB1_FIND_ID_FULL_DIRECTORY;
}

/* All names in @dir; freed by kfree(). */
static int pattern_make(const struct smb1_dir *dir, struct wire_blob *pattern)
{
	u32 cap = dir->len + PATTERN_ROOM;
	u8 *buf = kmalloc(cap, GFP_NOFS);
	struct wire_out o;

	if (!buf)
		return -ENOMEM;
	wire_out_init(&o, buf, cap);
	wire_out_bytes(&o, dir->name, dir->len);
	if (dir->len)
		wire_out_u16(&o, '\\');
	wire_out_u16(&o, '*');
	*pattern = (struct wire_blob){ buf, o.pos };
	return 0;
}

static int find_add(struct unc_req *req, const struct wire_smb1_find *find,
		    u32 max_output)
{
	u32 cap = 32 + find->pattern.len;
	u8 *buf = kmalloc(cap, GFP_NOFS);
	struct wire_smb1_trans_req trans = {
		.command = SMB1_TRANSACTION2,
		.function = find->first ? SMB1_FIND_FIRST2 : SMB1_FIND_NEXT2,
		.max_params = REPLY_PARAMS,
		.max_data = min(max_output, DATA_MAX),
	};
	struct wire_out o;
	int err;

	if (!buf)
		return -ENOMEM;
	wire_out_init(&o, buf, cap);
	err = wire_smb1_find_encode(&o, find);
	trans.params = (struct wire_blob){ buf, o.pos };
	if (!err)
		err = smb1_trans_add(req, SMB2_QUERY_DIRECTORY, &trans, NULL);
	kfree(buf);
	return err;
}

/* There is no more, and the server need not be asked. */
static int end_add(struct unc_req *req)
{
	struct smb1_part *p = smb1_part_begin(req, SMB2_QUERY_DIRECTORY,
					      SMB1_TRANSACTION2, 0);

	if (!p)
		return -ENOMEM;
	p->local = NT_STATUS_NO_MORE_FILES;
	return 0;
}

static int dir_add(struct unc_req *req, struct smb1_dir *dir,
		   const struct wire_smb2_query_dir_req *args)
{
	struct wire_smb1_find find = {
		.first = args->flags & SMB2_RESTART_SCANS ||
			 (!dir->searching && !dir->ended),
		.sid = dir->sid,
		.level = find_level(args->info_class),
		.count = U16_MAX,
		.flags = SMB1_FIND_CLOSE_AT_EOS,
	};
	int err;

	if (!find.first && dir->ended)
		return end_add(req);
	if (!find.first) {
		find.flags |= SMB1_FIND_CONTINUE;
		return find_add(req, &find, args->max_output);
	}
	if (dir->searching)
		search_close(req->tree, dir->sid);
	dir->searching = false;
	dir->ended = false;
	err = pattern_make(dir, &find.pattern);
	if (!err)
		err = find_add(req, &find, args->max_output);
	kfree(find.pattern.ptr);
	return err;
}

/**
 * smb1_query_dir_add - put a search into a request
 * @req: the request, not sent yet
 * @args: which directory, in which form, how much at once; always all names
 * @flags: UNC_PART_*
 *
 * Return: 0, -EBADF for a handle that is not open to be listed, or another
 * -errno.
 */
int smb1_query_dir_add(struct unc_req *req,
		       const struct wire_smb2_query_dir_req *args,
		       unsigned int flags)
{
	u32 key = dir_key(req->tree, args->fid.volatile_id);
	struct smb1_dir *dir = xa_load(&smb1_conn(req->conn)->dirs, key);
	int err;

	if (!dir)
		return -EBADF;
	err = dir_add(req, dir, args);
	if (!err)
		((struct smb1_req *)req->own)->dir = key;
	return err;
}

/**
 * smb1_query_dir_rsp - what a search was answered
 * @part: the command, of a request that has ended
 * @rsp: filled in
 *
 * Return: 0 or -errno; the end is a failure, to be told by part->status.
 */
int smb1_query_dir_rsp(const struct unc_part *part,
		       struct wire_smb2_query_dir_rsp *rsp)
{
	struct wire_blob params;

	return smb1_trans_rsp(part, &params, &rsp->data);
}
