/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reading directories.
 */
#ifndef _UNC_OP_READDIR_H
#define _UNC_OP_READDIR_H

#include "op.h"

/**
 * typedef unc_dir_emit_t - called for each entry of a directory
 * @ctx: the caller's
 * @name: UTF-8, ended by NUL, without '/', never "", "." or ".."
 * @name_len: bytes
 * @info: its attributes
 *
 * Return: false to stop.
 */
typedef bool (*unc_dir_emit_t)(void *ctx, const char *name, u32 name_len,
			       const struct unc_attr_info *info);

/*
 * readdir.c: QUERY_DIRECTORY on an open directory, one buffer a call.
 * Returns 1 if there is more, 0 at the end, -errno.  @restart starts again at
 * the first entry.  All entries of the buffer are emitted, or the caller's
 * emit must keep them: the server's cursor has moved past them.
 */
int unc_op_readdir(struct unc_open *dir, bool restart, unc_dir_emit_t emit,
		   void *ctx);

/**
 * struct unc_dir_begin - a directory to be opened and read
 * @how: to open it
 * @emit: called for each entry
 * @ctx: for @emit
 * @open: out: the handle, with one reference (unc_why_open); there already when
 *	@emit is called
 * @info: out: what the server says of the directory
 * @read: out: T if it was read, too, from its first entry on
 * @more: out: with @read, what unc_op_readdir() returns
 */
struct unc_dir_begin {
	struct unc_open_args	how;
	unc_dir_emit_t		emit;
	void			*ctx;
	struct unc_open		**open;
	struct unc_attr_info	info;
	bool			read;
	int			more;
};

/* readdir.c: CREATE + QUERY_DIRECTORY x2 */
int unc_op_dir_begin(struct unc_share *share, const char *path,
		     struct unc_dir_begin *begin);

#endif /* _UNC_OP_READDIR_H */
