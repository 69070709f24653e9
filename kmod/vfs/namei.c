// SPDX-License-Identifier: GPL-2.0-only
/*
 * Changing names: mkdir, unlink, rmdir, rename.
 */
#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/random.h>
#include <linux/slab.h>
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

static bool is_open_here(struct inode *inode)
{
	return S_ISREG(inode->i_mode) &&
	       !list_empty_careful(&unc_inode(inode)->opens);
}

/* A name in the same directory that nobody else uses. */
static char *hidden_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	int len = slash ? slash + 1 - path : 0;

	return kasprintf(GFP_KERNEL, "%.*s.unc%016llx", len, path,
			 get_random_u64());
}

/*
 * The name of a removed file stays taken on the server until nobody has it
 * open any more.  So a file that is open here first gets another name.
 */
static int remove_open_file(struct unc_share *share, const char *path)
{
	char *hidden = hidden_name(path);
	int err;

	if (!hidden)
		return -ENOMEM;
	err = unc_op_rename(share, path, hidden, false);
	if (!err) {
		err = unc_op_unlink(share, hidden, false);
		if (err)
			unc_op_rename(share, hidden, path, false);
	}
	kfree(hidden);
	return err;
}

static int remove_path(struct unc_share *share, const char *path,
		       struct inode *inode, bool directory)
{
	int err = -EACCES;

	if (is_open_here(inode))
		err = remove_open_file(share, path);
	return err ? unc_op_unlink(share, path, directory) : 0;
}

static int remove_name(struct inode *dir, struct dentry *dentry,
		       bool directory)
{
	struct unc_dpath path;
	int err = unc_dpath_make(&path, dentry);

	if (err)
		return err;
	err = remove_path(unc_sb(dir->i_sb)->share, path.name, d_inode(dentry),
			  directory);
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
static int rename_over_readonly(struct unc_share *share, const char *from,
				const char *to, u32 attributes)
{
	struct unc_setattr clear = { .attributes = FSCC_ATTR_NORMAL };
	struct unc_setattr restore = { .attributes = attributes };
	int err = unc_op_setattr(share, to, &clear);

	if (err)
		return err;
	err = unc_op_rename(share, from, to, true);
	if (err)
		unc_op_setattr(share, to, &restore);
	return err;
}

/* Nor do they replace what is open, but they let it be renamed. */
static int rename_over_open(struct unc_share *share, const char *from,
			    const char *to)
{
	char *hidden = hidden_name(to);
	int err;

	if (!hidden)
		return -ENOMEM;
	err = unc_op_rename(share, to, hidden, false);
	if (!err) {
		err = unc_op_rename(share, from, to, false);
		if (err)
			unc_op_rename(share, hidden, to, false);
		else
			unc_op_unlink(share, hidden, false);
	}
	kfree(hidden);
	return err;
}

static int rename_over_file(struct unc_share *share, const char *from,
			    const char *to, struct inode *target)
{
	u32 attributes = unc_inode(target)->attributes;
	int err = unc_op_rename(share, from, to, true);

	if (err != -EACCES && err != -EPERM && err != -EEXIST && err != -EBUSY)
		return err;
	if (attributes & FSCC_ATTR_READONLY)
		err = rename_over_readonly(share, from, to, attributes);
	if (err && is_open_here(target))
		err = rename_over_open(share, from, to);
	return err;
}

/* No server replaces a directory; this one has to be empty anyway. */
static int rename_over_dir(struct unc_share *share, const char *from,
			   const char *to)
{
	return unc_op_unlink(share, to, true) ?:
	       unc_op_rename(share, from, to, false);
}

static int rename_paths(struct unc_share *share, const char *from,
			const char *to, struct inode *target, bool replace)
{
	if (!target || !replace)
		return unc_op_rename(share, from, to, replace);
	if (S_ISDIR(target->i_mode))
		return rename_over_dir(share, from, to);
	return rename_over_file(share, from, to, target);
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
	.listxattr	= unc_listxattr,
	.lookup		= unc_lookup,
	.create		= unc_create,
	.atomic_open	= unc_atomic_open,
	.link		= unc_link,
	.symlink	= unc_symlink,
	.mknod		= unc_mknod,
	.mkdir		= unc_mkdir,
	.unlink		= unc_unlink,
	.rmdir		= unc_rmdir,
	.rename		= unc_rename,
	.getattr	= unc_inode_getattr,
	.setattr	= unc_inode_setattr,
	.permission	= unc_inode_permission,
};
