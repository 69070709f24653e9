/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files that are neither regular nor directories: symbolic links, FIFOs,
 * sockets and devices.  Included by op.h.
 */
#ifndef _UNC_OP_NODE_H
#define _UNC_OP_NODE_H

#include <linux/types.h>

struct unc_attr_info;
struct unc_share;

/**
 * enum unc_node_form - as what such a file is kept
 * @UNC_NODE_DEFAULT: links: natively, or if the server refuses that as a file
 *	of Minshall and French; others: as on NFS
 * @UNC_NODE_NONE: not made at all
 * @UNC_NODE_NATIVE: reparse point that Windows follows; links only
 * @UNC_NODE_NFS: reparse point of Windows' NFS server, [MS-FSCC] 2.1.2.6
 * @UNC_NODE_WSL: reparse point of the Windows Subsystem for Linux
 * @UNC_NODE_MFSYMLINK: regular file of Minshall and French; links only
 */
enum unc_node_form {
	UNC_NODE_DEFAULT,
	UNC_NODE_NONE,
	UNC_NODE_NATIVE,
	UNC_NODE_NFS,
	UNC_NODE_WSL,
	UNC_NODE_MFSYMLINK,
};

/**
 * struct unc_link - a symbolic link to be made
 * @target: where it points to
 * @mapped: the same with names as the server has them, for the native form
 * @form: as what
 */
struct unc_link {
	const char		*target;
	const char		*mapped;
	enum unc_node_form	form;
};

/**
 * struct unc_link_text - where a symbolic link points to
 * @buf: room for UTF-8 and a NUL
 * @size: its size, PATH_MAX for any link that Linux can follow
 * @native: on return T if the names are as the server has them
 */
struct unc_link_text {
	char	*buf;
	u32	size;
	bool	native;
};

/* symlink.c: CREATE + IOCTL + CLOSE */
int unc_op_symlink(struct unc_share *share, const char *path,
		   const struct unc_link *link);
int unc_op_readlink(struct unc_share *share, const char *path,
		    struct unc_link_text *text);

/* node.c: the same for other special files; what kind a reparse point is */
int unc_op_mknod(struct unc_share *share, const char *path, umode_t type,
		 dev_t dev, enum unc_node_form form);
umode_t unc_op_tag_type(u32 tag);

/* mfsymlink.c: CREATE + READ or WRITE + CLOSE */
bool unc_op_may_be_mfsymlink(const struct unc_attr_info *info);
int unc_op_mfsymlink(struct unc_share *share, const char *path,
		     const char *target);
int unc_op_mfreadlink(struct unc_share *share, const char *path,
		      struct unc_link_text *text);

#endif /* _UNC_OP_NODE_H */
