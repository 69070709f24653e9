/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Looking a name up, and opening the directory with it.
 */
#ifndef _UNC_OP_LOOKUP_H
#define _UNC_OP_LOOKUP_H

#include "op.h"

/* No component is longer than 255 UTF-16 units, [MS-FSCC] 2.1.5. */
#define UNC_NAME_SIZE	(255 * 3 + 1)

/**
 * struct unc_lookup - what is found by a name
 * @info: of the file
 * @name: its last name in UTF-8 as the server has it if that differs in case
 *	from what was asked for, otherwise ""
 */
struct unc_lookup {
	struct unc_attr_info	info;
	char			name[UNC_NAME_SIZE];
};

/**
 * struct unc_lookup_dir - a directory to be opened with a lookup in it
 * @path: of it
 * @access: [MS-SMB2] 2.2.13.1 access mask
 * @lease: to ask for
 * @asked: out: T if the server was asked
 * @open: out: the handle, with one reference (unc_why_open), or NULL
 * @info: out: with @open, what the server says of the directory
 */
struct unc_lookup_dir {
	const char		*path;
	u32			access;
	struct unc_lease	*lease;
	bool			asked;
	struct unc_open		*open;
	struct unc_attr_info	info;
};

/* lookup.c: (CREATE of the directory +) CREATE + QUERY_INFO x2 + CLOSE */
int unc_op_lookup(struct unc_share *share, const char *path,
		  struct unc_lookup *lookup, struct unc_lookup_dir *dir);

#endif /* _UNC_OP_LOOKUP_H */
