// SPDX-License-Identifier: GPL-2.0-only
/*
 * FIFOs, sockets and devices, and further names of files.
 *
 * Who made a device on the server is not known here: as on every file system,
 * mount with nodev what is not to be trusted.
 */
#include <linux/fs.h>
#include "vfs.h"

/**
 * unc_node_made - let a name stand for what was just made of it
 * @dir: where
 * @dentry: the name, negative
 * @path: the same for the server
 *
 * What the server made of it, it says only when asked.
 *
 * Context: may sleep; the caller holds the lock of @dir.
 *
 * Return: 0 or -errno.
 */
int unc_node_made(struct inode *dir, struct dentry *dentry, const char *path)
{
	struct unc_attr_info info;
	u64 since;
	int err;

	unc_dir_changed(dir, &dentry->d_name);
	since = unc_clock();
	err = unc_getattr(dir->i_sb, path, &info);
	if (err) {
		d_drop(dentry);
		return err;
	}
	return unc_dentry_bind(dentry, unc_iget(dir->i_sb, path, &info, since),
			       since);
}

/**
 * unc_mknod - make a FIFO, socket or device
 * @idmap: not used
 * @dir: where
 * @dentry: its name, negative
 * @mode: what it is; whose and for whom is up to the mount
 * @dev: of a device
 *
 * Context: may sleep; the caller holds the lock of @dir.
 *
 * Return: 0, -EPERM if the server keeps no such files, or another -errno.
 */
int unc_mknod(struct mnt_idmap *idmap, struct inode *dir,
	      struct dentry *dentry, umode_t mode, dev_t dev)
{
	struct unc_sb *sbi = unc_sb(dir->i_sb);
	struct unc_dpath path;
	int err = unc_dpath_make(&path, dentry);

	if (err)
		return err;
	err = unc_op_mknod(sbi->share, path.name, mode, dev,
			   sbi->opt.reparse) ?:
	      unc_node_made(dir, dentry, path.name);
	unc_dpath_free(&path);
	return err;
}

static int link_paths(struct dentry *old, struct dentry *dentry)
{
	struct unc_dpath from, to;
	int err = unc_dpath_make(&from, old);

	if (err)
		return err;
	err = unc_dpath_make(&to, dentry);
	if (!err) {
		err = unc_op_link(unc_sb(old->d_sb)->share, from.name, to.name);
		unc_dpath_free(&to);
	}
	unc_dpath_free(&from);
	return err;
}

/**
 * unc_link - give a file a further name
 * @old: a name that it has
 * @dir: where
 * @dentry: the further name, negative
 *
 * Context: may sleep; the caller holds the locks of @dir and the file.
 *
 * Return: 0, -EPERM if the server has no hard links, or another -errno.
 */
int unc_link(struct dentry *old, struct inode *dir, struct dentry *dentry)
{
	struct inode *inode = d_inode(old);
	u64 since = unc_clock();
	int err = link_paths(old, dentry);

	if (err)
		return err;
	unc_dir_changed(dir, &dentry->d_name);
	spin_lock(&inode->i_lock);
	inc_nlink(inode);
	spin_unlock(&inode->i_lock);
	unc_inode_expire(inode);
	ihold(inode);
	return unc_dentry_bind(dentry, inode, since);
}

const struct inode_operations unc_node_inode_ops = {
	.getattr	= unc_inode_getattr,
	.setattr	= unc_inode_setattr,
	.permission	= unc_inode_permission,
};
