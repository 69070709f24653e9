/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reparse points, [MS-FSCC] 2.1.2: files that stand for something else. */
#ifndef UNCFS_WIRE_FSCC_REPARSE_H
#define UNCFS_WIRE_FSCC_REPARSE_H

#include "fscc.h"

/* 2.1.2.4 Flags */
enum fscc_symlink_flags {
	FSCC_SYMLINK_FLAG_RELATIVE	= 0x00000001,
};

enum {
	/* Bytes of the data of a symbolic link without its names. */
	WIRE_FSCC_SYMLINK_FIXED	= 20,
};

/**
 * struct wire_fscc_symlink - the data of a symbolic link, 2.1.2.4
 * @flags: enum fscc_symlink_flags
 * @substitute: where it points to, in UTF-16LE
 * @print: the same as to be shown, in UTF-16LE
 */
struct wire_fscc_symlink {
	u32 flags;
	struct wire_blob substitute;
	struct wire_blob print;
};

int wire_fscc_reparse_tag_decode(const struct wire_blob *b, u32 *tag);
int wire_fscc_symlink_decode(const struct wire_blob *b,
			     struct wire_fscc_symlink *link);
int wire_fscc_symlink_encode(struct wire_out *o,
			     const struct wire_fscc_symlink *link);

#endif /* UNCFS_WIRE_FSCC_REPARSE_H */
