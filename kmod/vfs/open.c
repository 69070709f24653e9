// SPDX-License-Identifier: GPL-2.0-only
/*
 * Regular files: opened by one CREATE each, created, closed.
 *
 * A file that is opened for writing is opened for reading too if the server
 * allows that: to change a part of a page, the rest of it must be read.
 */
#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/namei.h>
#include <linux/slab.h>
#include "../wire/fscc.h"
#include "vfs.h"

#define ACCESS_ANY	(SMB2_FILE_READ_ATTRIBUTES | SMB2_SYNCHRONIZE)
#define ACCESS_READ	(ACCESS_ANY | SMB2_FILE_READ_DATA)
#define ACCESS_WRITE	(ACCESS_ANY | SMB2_FILE_WRITE_DATA | \
			 SMB2_FILE_APPEND_DATA | SMB2_FILE_WRITE_ATTRIBUTES)

/**
 * struct opened - what opening a file brought
 * @open: the handle, with one reference (unc_why_open)
 * @info: the file as the server described it
 * @action: enum smb2_create_action
 * @since: unc_clock() from before
 * @head: its first bytes; unc_head_free() frees them
 */
struct opened {
	struct unc_open		*open;
	struct unc_attr_info	info;
	u32			action;
	u64			since;
	struct unc_head		head;
};

static u32 disposition_of(unsigned int flags)
{
	if (!(flags & O_CREAT))
		return SMB2_FILE_OPEN;
	return flags & O_EXCL ? SMB2_FILE_CREATE : SMB2_FILE_OPEN_IF;
}

static u32 access_of(unsigned int flags)
{
	switch (flags & O_ACCMODE) {
	case O_RDONLY:
		return ACCESS_READ;
	default:
		return ACCESS_READ | ACCESS_WRITE;
	}
}

static int open_with(struct unc_share *share, const char *path,
		     struct unc_open_args *args, struct opened *opened)
{
	int err = unc_op_open(share, path, args, &opened->open, &opened->info,
			      &opened->action);

	/* Servers refuse the lease key of what they take for another file. */
	if (err != -EINVAL || !args->lease)
		return err;
	args->lease = NULL;
	return unc_op_open(share, path, args, &opened->open, &opened->info,
			   &opened->action);
}

static int open_try(struct unc_share *share, const char *path,
		    unsigned int flags, struct unc_open_args *args,
		    struct opened *opened)
{
	int err;

	opened->since = unc_clock();
	err = open_with(share, path, args, opened);
	if (err != -EACCES || (flags & O_ACCMODE) != O_WRONLY)
		return err;
	args->access = ACCESS_WRITE;
	return open_with(share, path, args, opened);
}

/*
 * O_TRUNC is not looked at: the VFS truncates once it knows that it may.
 * @dentry may be negative, and its file not known; then the lease is settled
 * by opened_inode().
 */
static int open_path(struct dentry *dentry, const char *path,
		     unsigned int flags, umode_t mode, struct opened *opened)
{
	struct super_block *sb = dentry->d_sb;
	struct dentry *parent = dget_parent(dentry);
	struct unc_open_args args = {
		.access = access_of(flags),
		.disposition = disposition_of(flags),
		.options = SMB2_FILE_NON_DIRECTORY_FILE,
		.attributes = FSCC_ATTR_NORMAL,
		.lease = unc_lease_for(sb, d_inode(dentry)),
		.lease_state = SMB2_LEASE_RWH,
		.parent = unc_inode_lease(d_inode(parent)),
		.head = unc_head_wish(&opened->head, dentry, flags),
	};
	struct unc_ours ours = { .file = args.lease, .dir = args.parent };
	int err;

	if (flags & O_CREAT && !(mode & 0200))
		args.attributes = FSCC_ATTR_READONLY;
	err = open_try(unc_sb(sb)->share, path, flags, &args, opened);
	unc_ours_drop(&ours);
	dput(parent);
	return err;
}

static int attach(struct inode *inode, struct file *file,
		  struct unc_open *open)
{
	struct unc_inode *ui = unc_inode(inode);
	struct unc_file *uf = kmalloc(sizeof(*uf), GFP_KERNEL);

	if (!uf)
		return -ENOMEM;
	uf->open = open;
	spin_lock(&inode->i_lock);
	list_add(&uf->link, &ui->opens);
	spin_unlock(&inode->i_lock);
	file->private_data = uf;
	return 0;
}

static void detach(struct inode *inode, struct file *file)
{
	struct unc_file *uf = file->private_data;

	spin_lock(&inode->i_lock);
	list_del(&uf->link);
	spin_unlock(&inode->i_lock);
	unc_kept_give(inode, uf->open);
	kfree(uf);
	file->private_data = NULL;
}

/* Is it the file that we think it is?  Then what was said of it is taken. */
static int accept(struct inode *inode, struct dentry *dentry,
		  const struct opened *opened)
{
	if (!unc_inode_is(inode, &opened->info))
		return -ESTALE;
	unc_inode_refresh(inode, &opened->info, opened->since);
	unc_inode_cover(inode, opened->open->covered);
	unc_head_keep(inode, &opened->head, opened->info.size, opened->since);
	unc_dentry_stamp(dentry, max(opened->since, opened->open->covered));
	return 0;
}

static int open_anew(struct inode *inode, struct file *file)
{
	struct dentry *dentry = file_dentry(file);
	struct opened opened;
	struct unc_dpath path;
	int err;

	err = unc_dpath_make(&path, dentry);
	if (err)
		return err;
	err = open_path(dentry, path.name, file->f_flags & ~(O_CREAT | O_EXCL),
			0, &opened);
	unc_dpath_free(&path);
	if (!err) {
		err = accept(inode, dentry, &opened) ?:
		      attach(inode, file, opened.open);
		if (err)
			unc_op_close(opened.open, unc_why_open);
	} else if (err == -ENOENT || err == -EISDIR) {
		err = -ESTALE;
	}
	unc_head_free(&opened.head);
	return err;
}

/*
 * A lease that was lost, and came back with its handle, says nothing of the time
 * between.
 */
static int look_again(struct inode *inode, struct unc_open *open)
{
	const struct unc_inode *ui = unc_inode(inode);
	struct unc_attr_info info;
	u64 since = unc_clock();
	int err;

	if (unc_inode_covers(inode, min(READ_ONCE(ui->seen_since),
					READ_ONCE(ui->attr_since))))
		return 0;
	err = unc_op_fgetattr(open, &info);
	if (!err)
		unc_inode_refresh(inode, &info, since);
	return err;
}

/**
 * unc_open - open a regular file that a dentry stands for
 * @inode: the file as we know it
 * @file: being opened
 *
 * With a handle that was kept nothing is sent.
 *
 * Context: may sleep.
 *
 * Return: 0; -ESTALE if the name stands for something else by now, and the
 * VFS is to look again; or another -errno.
 */
int unc_open(struct inode *inode, struct file *file)
{
	struct unc_open *open = unc_kept_take(inode, access_of(file->f_flags));
	int err;

	if (!open)
		return open_anew(inode, file);
	err = look_again(inode, open) ?: attach(inode, file, open);
	if (err)
		unc_op_close(open, unc_why_open);
	return err;
}

/**
 * unc_release - the last reference to an open file is gone
 * @inode: the inode
 * @file: the file
 *
 * What was written through a mapping is sent now: flush() was called before
 * that was known, and the handle goes away.
 *
 * Context: may sleep.
 *
 * Return: 0.
 */
int unc_release(struct inode *inode, struct file *file)
{
	if (file->f_mode & FMODE_WRITE)
		unc_inode_flush(inode);
	detach(inode, file);
	return 0;
}

/*
 * The inode of a file that was opened by name.  Servers that name the id of a
 * file only when asked are asked.
 */
static struct inode *opened_inode(struct super_block *sb, const char *path,
				  struct opened *opened)
{
	struct unc_attr_info *info = &opened->info;
	struct inode *inode;
	int err;

	if (!info->id) {
		err = unc_op_fgetattr(opened->open, info);
		if (err)
			return ERR_PTR(err);
	}
	inode = unc_iget(sb, path, info, opened->since);
	if (IS_ERR(inode))
		return inode;
	unc_lease_settle(inode, opened->open->lease);
	unc_inode_cover(inode, opened->open->covered);
	if (S_ISREG(inode->i_mode))
		unc_head_keep(inode, &opened->head, info->size, opened->since);
	return inode;
}

/**
 * unc_create - make a regular file without opening it (mknod)
 * @idmap: not used
 * @dir: where
 * @dentry: its name, negative
 * @mode: only the owner's write bit counts
 * @excl: T if it must not exist
 *
 * Context: may sleep; the caller holds the lock of @dir.
 *
 * Return: 0 or -errno.
 */
int unc_create(struct mnt_idmap *idmap, struct inode *dir,
	       struct dentry *dentry, umode_t mode, bool excl)
{
	unsigned int flags = O_RDWR | O_CREAT | (excl ? O_EXCL : 0);
	struct opened opened;
	struct unc_dpath path;
	int err;

	err = unc_dpath_make(&path, dentry);
	if (err)
		return err;
	err = open_path(dentry, path.name, flags, mode, &opened);
	if (err)
		goto out;
	unc_dir_changed(dir, &dentry->d_name);
	err = unc_dentry_bind(dentry, opened_inode(dir->i_sb, path.name,
						   &opened), opened.since);
	if (err)
		unc_op_close(opened.open, unc_why_open);
	else
		unc_kept_give(d_inode(dentry), opened.open);
out:
	unc_dpath_free(&path);
	return err;
}

/*
 * What opening a name as a regular file cannot do is left to the way by
 * lookup and open().  A name that is not in lookup was thought to be free to
 * be created, and is not: the VFS begins anew.
 */
static int by_lookup(struct inode *dir, struct dentry *dentry,
		     struct file *file)
{
	if (d_in_lookup(dentry))
		return finish_no_open(file, unc_lookup(dir, dentry, 0));
	d_drop(dentry);
	return -ESTALE;
}

/* do_dentry_open() calls it where open() would have been called. */
static int attached_open(struct inode *inode, struct file *file)
{
	struct unc_open *open = file->private_data;
	int err;

	file->private_data = NULL;
	err = attach(inode, file, open);
	if (!err)
		unc_open_get(open, unc_why_open);
	return err;
}

static int finish(struct inode *dir, struct dentry *dentry,
		  struct file *file, struct opened *opened, const char *path)
{
	struct inode *inode;
	int err;

	if (opened->action == SMB2_FILE_CREATED) {
		file->f_mode |= FMODE_CREATED;
		unc_dir_changed(dir, &dentry->d_name);
	}
	/* What such a file is, only a query tells. */
	if (opened->info.attributes & FSCC_ATTR_REPARSE_POINT ||
	    unc_op_may_be_mfsymlink(&opened->info))
		return by_lookup(dir, dentry, file);
	inode = opened_inode(dir->i_sb, path, opened);
	err = unc_dentry_bind(dentry, inode,
			      max(opened->since, opened->open->covered));
	if (err)
		return err;
	/* A racing lookup of the same file shares its inode, not its name. */
	file->private_data = opened->open;
	return finish_open(file, dentry, attached_open);
}

/* A name that cannot be is not there, unless somebody wants to make it. */
static int no_such_name(unsigned int flags, int err)
{
	if (!(flags & O_CREAT) && (err == -EINVAL || err == -EILSEQ))
		return -ENOENT;
	return err;
}

/**
 * unc_atomic_open - look up, perhaps create, and open a regular file at once
 * @dir: directory
 * @dentry: name, in lookup or negative
 * @file: being opened
 * @flags: O_*
 * @mode: of a new file; only the owner's write bit counts
 *
 * Context: may sleep; the caller holds the lock of @dir, shared unless @flags
 * has O_CREAT.
 *
 * Return: as ->atomic_open().
 */
int unc_atomic_open(struct inode *dir, struct dentry *dentry,
		    struct file *file, unsigned int flags, umode_t mode)
{
	u64 since = unc_clock();
	struct opened opened;
	struct unc_dpath path;
	int err;

	/* Negative, fresh, and perhaps under the eyes of others. */
	if (!(flags & O_CREAT) && !d_in_lookup(dentry))
		return -ENOENT;
	if (flags & O_DIRECTORY)
		return by_lookup(dir, dentry, file);
	err = unc_dpath_make(&path, dentry);
	if (err)
		return no_such_name(flags, err);
	err = open_path(dentry, path.name, flags, mode, &opened);
	if (!err) {
		err = finish(dir, dentry, file, &opened, path.name);
		unc_op_close(opened.open, unc_why_open);
	} else if (err == -EISDIR || err == -ELOOP || err == -EOPNOTSUPP) {
		err = by_lookup(dir, dentry, file);
	} else if (err == -ENOENT && d_in_lookup(dentry)) {
		unc_dentry_stamp(dentry, since);
		d_splice_alias(NULL, dentry);
	}
	unc_head_free(&opened.head);
	unc_dpath_free(&path);
	return no_such_name(flags, err);
}
