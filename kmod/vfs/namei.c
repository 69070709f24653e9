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
 * @name: the name, or NULL if they were changed by others
 *
 * Any context but interrupts.
 */
void unc_dir_changed(struct inode *dir, const struct qstr *name)
{
	struct unc_inode *ui = unc_inode(dir);

	WRITE_ONCE(ui->names_changed, unc_clock_tick());
	unc_inode_expire(dir);
	if (name)
		unc_watch_own(dir, name);
}

/*
 * A name was removed here by what was begun at @since.  If the lease covers all
 * of the time since then, the name is known not to be there now; if not, it is
 * for as long as names are trusted without.
 */
static void stamp_removed(struct dentry *dentry, u64 since)
{
	bool covered = unc_dentry_covered(dentry, since);

	unc_dentry_stamp(dentry, unc_clock());
	/* A lease that came in between knows nothing of it. */
	if (!covered && unc_dentry_covered(dentry, unc_clock()))
		d_drop(dentry);
}

/**
 * unc_dentry_bind - let a name stand for a new file or directory
 * @dentry: negative, hashed or not; the caller holds its directory's lock
 * @inode: reference consumed; or ERR_PTR(), which is returned
 * @since: as for unc_dentry_stamp()
 *
 * Context: may sleep.
 *
 * Return: 0 or -errno.
 */
int unc_dentry_bind(struct dentry *dentry, struct inode *inode, u64 since)
{
	struct dentry *alias;

	d_drop(dentry);
	unc_dentry_stamp(dentry, since);
	alias = d_splice_alias(inode, dentry);
	if (IS_ERR(alias))
		return PTR_ERR(alias);
	if (alias)
		unc_dentry_stamp(alias, since);
	dput(alias);
	return 0;
}

static int unc_mkdir(struct mnt_idmap *idmap, struct inode *dir,
		     struct dentry *dentry, umode_t mode)
{
	struct unc_attr_info info;
	struct unc_dpath path;
	u64 since = unc_clock();
	struct unc_ours ours;
	int err;

	err = unc_dpath_make(&path, dentry);
	if (err)
		return err;
	unc_ours_take(&ours, dentry);
	err = unc_op_mkdir(unc_sb(dir->i_sb)->share, path.name, &ours, &info);
	unc_ours_drop(&ours);
	if (!err) {
		unc_dir_changed(dir, &dentry->d_name);
		err = unc_dentry_bind(dentry, unc_iget(dir->i_sb, path.name,
						       &info, since), since);
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
static int remove_open_file(struct unc_share *share, const char *path,
			    const struct unc_ours *ours)
{
	char *hidden = hidden_name(path);
	int err;

	if (!hidden)
		return -ENOMEM;
	err = unc_op_rename(share, path, hidden, false, ours);
	if (!err) {
		err = unc_op_unlink(share, hidden, false, ours);
		if (err)
			unc_op_rename(share, hidden, path, false, ours);
	}
	kfree(hidden);
	return err;
}

static int remove_path(struct unc_share *share, const char *path,
		       struct dentry *dentry, bool directory)
{
	struct inode *inode = d_inode(dentry);
	struct unc_ours ours;
	int err = -EACCES;

	unc_ours_take(&ours, dentry);
	unc_kept_drop(inode);
	if (directory) {
		unc_kept_drop_below(dentry);
		unc_watch_drop_below(dentry);
	}
	if (is_open_here(inode))
		err = remove_open_file(share, path, &ours);
	if (err)
		err = unc_op_unlink(share, path, directory, &ours);
	unc_ours_drop(&ours);
	return err;
}

static int remove_name(struct inode *dir, struct dentry *dentry,
		       bool directory)
{
	u64 since = unc_clock();
	struct unc_dpath path;
	int err = unc_dpath_make(&path, dentry);

	if (err)
		return err;
	err = remove_path(unc_sb(dir->i_sb)->share, path.name, dentry,
			  directory);
	unc_dpath_free(&path);
	if (err)
		return err;
	unc_dir_changed(dir, &dentry->d_name);
	unc_inode_gone(d_inode(dentry));
	/* The VFS makes a negative dentry of it, which is worth to be kept. */
	stamp_removed(dentry, since);
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

/**
 * struct renaming - one rename
 * @share: where
 * @from: path now
 * @to: path afterwards
 * @ours: leases of what is renamed
 * @their: leases of what it replaces
 */
struct renaming {
	struct unc_share	*share;
	const char		*from;
	const char		*to;
	struct unc_ours		ours;
	struct unc_ours		their;
};

static int rename_plain(const struct renaming *r, bool replace)
{
	return unc_op_rename(r->share, r->from, r->to, replace, &r->ours);
}

/* Servers do not replace what is marked read-only; Linux does. */
static int rename_over_readonly(const struct renaming *r, u32 attributes)
{
	struct unc_setattr clear = { .attributes = FSCC_ATTR_NORMAL };
	struct unc_setattr restore = { .attributes = attributes };
	int err = unc_op_setattr(r->share, r->to, &clear, &r->their);

	if (err)
		return err;
	err = rename_plain(r, true);
	if (err)
		unc_op_setattr(r->share, r->to, &restore, &r->their);
	return err;
}

/* Nor do they replace what is open, but they let it be renamed. */
static int rename_over_open(const struct renaming *r)
{
	char *hidden = hidden_name(r->to);
	int err;

	if (!hidden)
		return -ENOMEM;
	err = unc_op_rename(r->share, r->to, hidden, false, &r->their);
	if (!err) {
		err = rename_plain(r, false);
		if (err)
			unc_op_rename(r->share, hidden, r->to, false,
				      &r->their);
		else
			unc_op_unlink(r->share, hidden, false, &r->their);
	}
	kfree(hidden);
	return err;
}

static int rename_over_file(const struct renaming *r, struct inode *target)
{
	u32 attributes = unc_inode(target)->attributes;
	int err;

	unc_kept_drop(target);
	err = rename_plain(r, true);
	if (err != -EACCES && err != -EPERM && err != -EEXIST && err != -EBUSY)
		return err;
	if (attributes & FSCC_ATTR_READONLY)
		err = rename_over_readonly(r, attributes);
	if (err && is_open_here(target))
		err = rename_over_open(r);
	return err;
}

/* No server replaces a directory; this one has to be empty anyway. */
static int rename_over_dir(const struct renaming *r, struct inode *target)
{
	unc_kept_drop(target);
	return unc_op_unlink(r->share, r->to, true, &r->their) ?:
	       rename_plain(r, false);
}

static int rename_paths(const struct renaming *r, struct inode *target,
			bool replace)
{
	if (!target || !replace)
		return rename_plain(r, replace);
	if (S_ISDIR(target->i_mode))
		return rename_over_dir(r, target);
	return rename_over_file(r, target);
}

/* With the leases that belong to the names. */
static int rename_dentries(struct renaming *r, struct dentry *from,
			   struct dentry *to, bool replace)
{
	int err;

	/* Servers do not rename a directory in which something is open. */
	if (d_is_dir(from)) {
		unc_kept_drop_below(from);
		unc_watch_drop_below(from);
	}
	unc_ours_take(&r->ours, from);
	unc_ours_take(&r->their, to);
	err = rename_paths(r, d_inode(to), replace);
	unc_ours_drop(&r->ours);
	unc_ours_drop(&r->their);
	return err;
}

static void note_renamed(struct dentry *from, struct inode *old_dir,
			 struct dentry *to, struct inode *new_dir)
{
	struct inode *target = d_inode(to);

	unc_dir_changed(old_dir, &from->d_name);
	unc_dir_changed(new_dir, &to->d_name);
	unc_inode_expire(d_inode(from));
	if (target)
		unc_inode_gone(target);
}

static int unc_rename(struct mnt_idmap *idmap, struct inode *old_dir,
		      struct dentry *old_dentry, struct inode *new_dir,
		      struct dentry *new_dentry, unsigned int flags)
{
	struct renaming r = { .share = unc_sb(old_dir->i_sb)->share };
	bool replace = !(flags & RENAME_NOREPLACE);
	bool unknown = unc_dentry_unknown(new_dentry);
	u64 since = unc_clock();
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
	r.from = from.name;
	r.to = to.name;
	err = rename_dentries(&r, old_dentry, new_dentry, replace && !unknown);
	/* What it would replace has to be looked at first: the VFS does so now. */
	if (err == -EEXIST && replace && unknown)
		err = -ESTALE;
	unc_dpath_free(&to);
	if (err)
		goto out;
	note_renamed(old_dentry, old_dir, new_dentry, new_dir);
	unc_dentry_stamp(old_dentry, since);
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
