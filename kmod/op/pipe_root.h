/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where vfs/ and pipe/ meet, which stand side by side and know nothing of
 * each other: a mounted share of named pipes (IPC$) gets its root from pipe/.
 */
#ifndef _UNC_OP_PIPE_ROOT_H
#define _UNC_OP_PIPE_ROOT_H

#include <linux/types.h>
#include <linux/uidgid.h>

struct super_block;
struct unc_share;

/**
 * struct unc_pipe_owner - who may open the pipes of a mount
 * @uid: owner of the root directory and of every pipe
 * @gid: their group
 * @file_mode: permission bits of the pipes.  They are opened with the mount's
 *	credential, so whoever these bits let in acts as that user.
 * @dir_mode: permission bits of the root directory
 */
struct unc_pipe_owner {
	kuid_t	uid;
	kgid_t	gid;
	umode_t	file_mode;
	umode_t	dir_mode;
};

/**
 * typedef unc_pipe_root_fill_t - give a super block its root
 * @sb: new; s_op is set and must bear inodes from new_inode().  Sets
 *	s_d_op, s_root, s_maxbytes and s_time_gran; leaves s_fs_info alone.
 * @share: of type pipe; must live as long as @sb
 * @owner: copied
 *
 * Return: 0 or -errno.
 */
typedef int (*unc_pipe_root_fill_t)(struct super_block *sb,
				    struct unc_share *share,
				    const struct unc_pipe_owner *owner);

void unc_pipe_root_register(unc_pipe_root_fill_t fill);
int unc_pipe_root_fill(struct super_block *sb, struct unc_share *share,
		       const struct unc_pipe_owner *owner);

#endif /* _UNC_OP_PIPE_ROOT_H */
