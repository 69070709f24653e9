// SPDX-License-Identifier: GPL-2.0-only
/*
 * Changing names: mkdir, unlink, rmdir, rename.
 */
#include <linux/dcache.h>
#include <linux/fs.h>
#include "../wire/fscc.h"
#include "vfs.h"

/**
 * unc_dir_changed - note that names of a directory were changed here
 * @dir: the directory
 *
 * Any context but interrupts.
 */
void unc_dir_changed(struct inode *dir)
{
	struct unc_inode *ui = unc_inode(dir);

	WRITE_ONCE(ui->dir_gen, ui->dir_gen + 1);
	unc_inode_expire(dir);
}

static unsigned long dir_gen(const struct dentry *dentry)
{
	return READ_ONCE(unc_inode(d_inode(dentry->d_parent))->dir_gen);
}

/**
 * unc_dentry_bind - let a name stand for a new file or directory
 * @dentry: negative, hashed or not; the caller holds its directory's lock
 * @inode: reference consumed; or ERR_PTR(), which is returned
 *
 * Context: may sleep.
 *
 * Return: 0 or -errno.
 */
int unc_dentry_bind(struct dentry *dentry, struct inode *inode)
{
	struct dentry *alias;

	d_drop(dentry);
	unc_dentry_stamp(dentry, dir_gen(dentry));
	alias = d_splice_alias(inode, dentry);
	if (IS_ERR(alias))
		return PTR_ERR(alias);
	if (alias)
		unc_dentry_stamp(alias, dir_gen(dentry));
	dput(alias);
	return 0;
}

static int unc_mkdir(struct mnt_idmap *idmap, struct inode *dir,
		     struct dentry *dentry, umode_t mode)
{
	struct unc_attr_info info;
	struct unc_dpath path;
	u64 since = unc_clock();
	int err;

	err = unc_dpath_make(&path, dentry);
	if (err)
		return err;
	err = unc_op_mkdir(unc_sb(dir->i_sb)->share, path.name, &info);
	if (!err) {
		unc_dir_changed(dir);
		err = unc_dentry_bind(dentry, unc_iget(dir->i_sb, path.name,
						       &info, since));
	}
	unc_dpath_free(&path);
	return err;
}

static int remove_name(struct inode *dir, struct dentry *dentry,
		       bool directory)
{
	struct unc_dpath path;
	int err = unc_dpath_make(&path, dentry);

	if (err)
		return err;
	err = unc_op_unlink(unc_sb(dir->i_sb)->share, path.name, directory);
	unc_dpath_free(&path);
	if (err)
		return err;
	unc_dir_changed(dir);
	unc_inode_gone(d_inode(dentry));
	/* The VFS makes a negative dentry of it, which is worth to be kept. */
	unc_dentry_stamp(dentry, dir_gen(dentry));
	return 0;
}

/* A link to a directory is a directory for the server. */
static int unc_unlink(struct inode *dir, struct dentry *dentry)
{
	const struct unc_inode *ui = unc_inode(d_inode(dentry));

	return remove_name(dir, dentry,
			   ui->attributes & FSCC_ATTR_DIRECTORY);
}

static int unc_rmdir(struct inode *dir, struct dentry *dentry)
{
	return remove_name(dir, dentry, true);
}

/* Servers do not replace what is marked read-only; Linux does. */
static bool in_the_way(const struct inode *target, int err)
{
	return target && S_ISREG(target->i_mode) &&
	       (err == -EACCES || err == -EPERM || err == -EEXIST) &&
	       unc_inode(target)->attributes & FSCC_ATTR_READONLY;
}

static int rename_paths(struct unc_share *share, const char *from,
			const char *to, struct inode *target, bool replace)
{
	bool dir = target && S_ISDIR(target->i_mode);
	struct unc_setattr clear = { .attributes = FSCC_ATTR_NORMAL };
	int err = 0;

	/* No server replaces a directory; this one has to be empty anyway. */
	if (dir && replace)
		err = unc_op_unlink(share, to, true);
	if (!err)
		err = unc_op_rename(share, from, to, replace && !dir);
	if (replace && in_the_way(target, err)) {
		err = unc_op_setattr(share, to, &clear);
		if (!err)
			err = unc_op_rename(share, from, to, true);
	}
	return err;
}

static int unc_rename(struct mnt_idmap *idmap, struct inode *old_dir,
		      struct dentry *old_dentry, struct inode *new_dir,
		      struct dentry *new_dentry, unsigned int flags)
{
	struct inode *target = d_inode(new_dentry);
	struct unc_dpath from, to;
	int err;

	if (flags & ~RENAME_NOREPLACE)
		return -EINVAL;
	err = unc_dpath_make(&from, old_dentry);
	if (err)
		return err;
	err = unc_dpath_make(&to, new_dentry);
	if (err)
		goto out;
	err = rename_paths(unc_sb(old_dir->i_sb)->share, from.name, to.name,
			   target, !(flags & RENAME_NOREPLACE));
	unc_dpath_free(&to);
	if (err)
		goto out;
	unc_dir_changed(old_dir);
	unc_dir_changed(new_dir);
	unc_inode_expire(d_inode(old_dentry));
	if (target)
		unc_inode_gone(target);
	unc_dentry_stamp(old_dentry, 0);
out:
	unc_dpath_free(&from);
	return err;
}

const struct inode_operations unc_dir_inode_ops = {
	.lookup		= unc_lookup,
	.create		= unc_create,
	.atomic_open	= unc_atomic_open,
	.symlink	= unc_symlink,
	.mkdir		= unc_mkdir,
	.unlink		= unc_unlink,
	.rmdir		= unc_rmdir,
	.rename		= unc_rename,
	.getattr	= unc_inode_getattr,
	.setattr	= unc_inode_setattr,
	.permission	= unc_inode_permission,
};
