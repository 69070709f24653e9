// SPDX-License-Identifier: GPL-2.0-only
/*
 * Symbolic links, which are followed on this side.
 */
#include <linux/fs.h>
#include <linux/slab.h>
#include "vfs.h"

static const char *link_target(struct dentry *dentry, char *buf)
{
	struct unc_dpath path;
	int err = unc_dpath_make(&path, dentry);

	if (err)
		return ERR_PTR(err);
	err = unc_op_readlink(unc_sb(dentry->d_sb)->share, path.name, buf,
			      PATH_MAX);
	unc_dpath_free(&path);
	return err ? ERR_PTR(err) : buf;
}

static const char *link_get(struct dentry *dentry, struct inode *inode,
			    struct delayed_call *done)
{
	const char *target;
	char *buf;

	/* RCU walk: the server cannot be asked from there. */
	if (!dentry)
		return ERR_PTR(-ECHILD);
	buf = kmalloc(PATH_MAX, GFP_KERNEL);
	if (!buf)
		return ERR_PTR(-ENOMEM);
	target = link_target(dentry, buf);
	if (IS_ERR(target))
		kfree(buf);
	else
		set_delayed_call(done, kfree_link, buf);
	return target;
}

/* What the server made of it: it says so only when asked. */
static struct inode *new_link(struct super_block *sb, const char *path)
{
	struct unc_attr_info info;
	u64 since = unc_clock();
	int err = unc_op_getattr(unc_sb(sb)->share, path, &info);

	return err ? ERR_PTR(err) : unc_iget(sb, path, &info, since);
}

/**
 * unc_symlink - make a symbolic link
 * @idmap: not used
 * @dir: where
 * @dentry: its name, negative
 * @target: what it points to
 *
 * Context: may sleep; the caller holds the lock of @dir.
 *
 * Return: 0, -EPERM if the server has no symbolic links, or another -errno.
 */
int unc_symlink(struct mnt_idmap *idmap, struct inode *dir,
		struct dentry *dentry, const char *target)
{
	struct unc_dpath path;
	int err = unc_dpath_make(&path, dentry);

	if (err)
		return err;
	err = unc_op_symlink(unc_sb(dir->i_sb)->share, path.name, target);
	if (!err) {
		unc_dir_changed(dir);
		err = unc_dentry_bind(dentry, new_link(dir->i_sb, path.name));
	}
	unc_dpath_free(&path);
	return err;
}

const struct inode_operations unc_link_inode_ops = {
	.get_link	= link_get,
	.getattr	= unc_inode_getattr,
	.setattr	= unc_inode_setattr,
};
