/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reparse points, [MS-FSCC] 2.1.2: files that stand for something else. */
#ifndef UNCFS_WIRE_FSCC_REPARSE_H
#define UNCFS_WIRE_FSCC_REPARSE_H

#include "fscc.h"

/* 2.1.2.4 Flags */
enum fscc_symlink_flags {
	FSCC_SYMLINK_FLAG_RELATIVE	= 0x00000001,
};

/* 2.1.2.6 Type: what a file is for NFS, four letters read backwards */
enum fscc_nfs_type {
	FSCC_NFS_LNK	= 0x014b4e4c,
	FSCC_NFS_CHR	= 0x00524843,
	FSCC_NFS_BLK	= 0x004b4c42,
	FSCC_NFS_FIFO	= 0x4f464946,
	FSCC_NFS_SOCK	= 0x4b434f53,
};

enum {
	/* Bytes of the data of a symbolic link without its names. */
	WIRE_FSCC_SYMLINK_FIXED	= 20,
	/* Bytes of the other kinds without their targets, at most. */
	WIRE_FSCC_NODE_FIXED	= 24,
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

/**
 * struct wire_fscc_nfs - a special file as NFS servers keep it, 2.1.2.6
 * @type: enum fscc_nfs_type
 * @target: of a symbolic link, in UTF-16LE
 * @major: of a device
 * @minor: of a device
 */
struct wire_fscc_nfs {
	u64 type;
	struct wire_blob target;
	u32 major;
	u32 minor;
};

int wire_fscc_reparse_tag_decode(const struct wire_blob *b, u32 *tag);
int wire_fscc_symlink_decode(const struct wire_blob *b,
			     struct wire_fscc_symlink *link);
int wire_fscc_symlink_encode(struct wire_out *o,
			     const struct wire_fscc_symlink *link);
int wire_fscc_nfs_decode(const struct wire_blob *b, struct wire_fscc_nfs *node);
int wire_fscc_nfs_encode(struct wire_out *o, const struct wire_fscc_nfs *node);
int wire_fscc_lx_symlink_decode(const struct wire_blob *b,
				struct wire_blob *target);
int wire_fscc_lx_symlink_encode(struct wire_out *o,
				const struct wire_blob *target);
int wire_fscc_lx_encode(struct wire_out *o, u32 tag);

#endif /* UNCFS_WIRE_FSCC_REPARSE_H */
