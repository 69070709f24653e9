/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the server promises about inodes, and what operations do about it.
 */
#ifndef _UNC_VFS_LEASE_H
#define _UNC_VFS_LEASE_H

#include <linux/types.h>

struct dentry;
struct inode;
struct super_block;
struct unc_lease;
struct unc_lookup_dir;
struct unc_ours;

struct unc_lease *unc_inode_lease(struct inode *inode);
struct unc_lease *unc_lease_for(struct super_block *sb, struct inode *inode);
void unc_lease_settle(struct inode *inode, struct unc_lease *lease);
void unc_lease_clear(struct inode *inode);
bool unc_inode_leased(const struct inode *inode, u32 bits);
bool unc_inode_covers(const struct inode *inode, u64 since);
bool unc_inode_told(const struct inode *inode, u64 since);
bool unc_inode_shared(const struct inode *inode);
bool unc_dentry_covered(const struct dentry *dentry, u64 since);
bool unc_dentry_told(const struct dentry *dentry, u64 since);
void unc_ours_take(struct unc_ours *ours, struct dentry *dentry);
void unc_ours_drop(struct unc_ours *ours);

/* dir_lease.c */
#define UNC_DIR_ACCESS	(SMB2_FILE_LIST_DIRECTORY | \
			 SMB2_FILE_READ_ATTRIBUTES | SMB2_SYNCHRONIZE)

struct unc_lookup_dir *unc_dir_lease_want(struct unc_lookup_dir *ask,
					  struct inode *dir, const char *path);
u64 unc_dir_lease_settle(struct unc_lookup_dir *ask, struct inode *dir,
			 u64 since);

#endif /* _UNC_VFS_LEASE_H */
