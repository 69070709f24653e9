// SPDX-License-Identifier: GPL-2.0-only
/*
 * Symbolic links, which are followed on this side.
 */
#include <linux/fs.h>
#include <linux/slab.h>
#include "../wire/fscc.h"
#include "vfs.h"

static const char *link_target(struct dentry *dentry, char *buf)
{
	struct unc_link_text text = { .buf = buf, .size = PATH_MAX };
	struct unc_share *share = unc_sb(dentry->d_sb)->share;
	struct unc_dpath path;
	int err = unc_dpath_make(&path, dentry);

	if (err)
		return ERR_PTR(err);
	if (unc_inode(d_inode(dentry))->attributes & FSCC_ATTR_REPARSE_POINT)
		err = unc_op_readlink(share, path.name, &text);
	else
		err = unc_op_mfreadlink(share, path.name, &text);
	unc_dpath_free(&path);
	if (!err && text.native)
		unc_names_unmap(dentry->d_sb, buf);
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
	struct unc_sb *sbi = unc_sb(dir->i_sb);
	struct unc_link link = { .target = target, .form = sbi->opt.symlink };
	char *mapped = unc_names_map(&sbi->opt, target);
	struct unc_dpath path;
	int err;

	if (IS_ERR(mapped))
		return PTR_ERR(mapped);
	link.mapped = mapped;
	err = unc_dpath_make(&path, dentry);
	if (!err) {
		err = unc_op_symlink(sbi->share, path.name, &link) ?:
		      unc_node_made(dir, dentry, path.name);
		unc_dpath_free(&path);
	}
	kfree(mapped);
	return err;
}

const struct inode_operations unc_link_inode_ops = {
	.get_link	= link_get,
	.getattr	= unc_inode_getattr,
	.setattr	= unc_inode_setattr,
};
