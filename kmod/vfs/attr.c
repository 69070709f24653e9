// SPDX-License-Identifier: GPL-2.0-only
/*
 * The attributes that programs see and set.
 *
 * Owner, group and modes come from the mount options, except that the
 * attribute READONLY of a file takes its write bits away.  Changes that the
 * server cannot keep are ignored, as long as they pretend nothing about who
 * may do what: changing the owner is refused.
 */
#include <linux/fs.h>
#include <linux/pagemap.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/stat.h>
#include "../wire/fscc.h"
#include "vfs.h"

/* What programs take as a good size for their reads and writes. */
#define ATTR_BLKSIZE	SZ_1M

/* Those that FileBasicInformation can set, [MS-FSCC] 2.6. */
#define ATTR_SETTABLE	(FSCC_ATTR_READONLY | FSCC_ATTR_HIDDEN | \
			 FSCC_ATTR_SYSTEM | FSCC_ATTR_ARCHIVE | \
			 FSCC_ATTR_TEMPORARY | FSCC_ATTR_OFFLINE | \
			 FSCC_ATTR_NOT_CONTENT_INDEXED)

/**
 * unc_attr_type - what kind of file it is
 * @info: what the server says of it
 *
 * Any context.  Return: S_IF*.
 */
umode_t unc_attr_type(const struct unc_attr_info *info)
{
	/* A link to a directory has the attribute of a directory, too. */
	if (info->type)
		return info->type;
	return info->attributes & FSCC_ATTR_DIRECTORY ? S_IFDIR : S_IFREG;
}

/**
 * unc_attr_complete - what only the data of a file tell
 * @sb: super block
 * @path: which
 * @info: what the server says of it; changed if it is a link of Minshall and
 *	French
 *
 * Looks into regular files of the size that such links have.
 *
 * Context: may sleep.
 *
 * Return: 0 or -ENOMEM.
 */
int unc_attr_complete(struct super_block *sb, const char *path,
		      struct unc_attr_info *info)
{
	struct unc_share *share = unc_sb(sb)->share;
	struct unc_link_text text = { .size = PATH_MAX };

	if (unc_sb(sb)->opt.nomfsymlinks || !unc_op_may_be_mfsymlink(info))
		return 0;
	text.buf = kmalloc(PATH_MAX, GFP_KERNEL);
	if (!text.buf)
		return -ENOMEM;
	/* What cannot be read is no link that anybody could follow. */
	if (!unc_op_mfreadlink(share, path, &text)) {
		info->type = S_IFLNK;
		info->size = strlen(text.buf);
	}
	kfree(text.buf);
	return 0;
}

/**
 * unc_getattr - what the server says of a file
 * @sb: super block
 * @path: which
 * @info: filled in on success
 *
 * Context: may sleep.
 *
 * Return: as unc_op_getattr().
 */
int unc_getattr(struct super_block *sb, const char *path,
		struct unc_attr_info *info)
{
	return unc_op_getattr(unc_sb(sb)->share, path, info) ?:
	       unc_attr_complete(sb, path, info);
}

static umode_t file_mode(struct super_block *sb, u32 attributes)
{
	umode_t mode = unc_sb(sb)->opt.file_mode;

	return attributes & FSCC_ATTR_READONLY ? mode & ~0222 : mode;
}

/**
 * unc_inode_mode - permission bits
 * @sb: super block
 * @info: what the server says of the file
 *
 * Any context.  Return: mode bits without the type.
 */
umode_t unc_inode_mode(struct super_block *sb,
		       const struct unc_attr_info *info)
{
	if (unc_attr_type(info) == S_IFLNK)
		return 0777;
	/* READONLY on a directory is a mark of the Windows shell. */
	if (info->attributes & FSCC_ATTR_DIRECTORY)
		return unc_sb(sb)->opt.dir_mode;
	return file_mode(sb, info->attributes);
}

static int may(struct inode *inode, int mask)
{
	if (!unc_sb(inode->i_sb)->opt.noperm)
		return generic_permission(&nop_mnt_idmap, inode, mask);
	if (mask & MAY_EXEC && !execute_ok(inode))
		return -EACCES;
	return 0;
}

/**
 * unc_inode_permission - may the caller do this?
 * @idmap: not used, mounts of ours are not idmapped
 * @inode: with what
 * @mask: MAY_*
 *
 * Whoever opens something or looks at its rights asks for more than reading.
 *
 * Context: any, RCU walk included.
 *
 * Return: 0, -EACCES.
 */
int unc_inode_permission(struct mnt_idmap *idmap, struct inode *inode,
			 int mask)
{
	int err = may(inode, mask);

	if (!err && mask == MAY_READ && S_ISDIR(inode->i_mode))
		unc_watch_notice(inode);
	return err;
}

/*
 * The lease of the directory is broken by changes of what its listing shows;
 * of a file with several names only by those under the name that is in it.
 */
static bool attr_is_covered(const struct dentry *dentry)
{
	const struct inode *inode = d_inode(dentry);
	u64 since = READ_ONCE(unc_inode(inode)->attr_since);

	if (unc_inode_covers(inode, since))
		return true;
	return (inode->i_nlink == 1 || S_ISDIR(inode->i_mode)) &&
	       unc_dentry_covered(dentry, since);
}

static bool attr_is_fresh(const struct dentry *dentry)
{
	struct inode *inode = d_inode(dentry);
	struct unc_inode *ui = unc_inode(inode);
	unsigned long life = unc_sb(inode->i_sb)->opt.actimeo * HZ;

	if (!READ_ONCE(ui->attr_valid))
		return false;
	if (life && time_before(jiffies, READ_ONCE(ui->attr_time) + life) &&
	    !unc_inode_told(inode, READ_ONCE(ui->attr_since)))
		return true;
	return attr_is_covered(dentry);
}

static int query_path(struct dentry *dentry, struct unc_attr_info *info)
{
	struct unc_dpath path;
	int err = unc_dpath_make(&path, dentry);

	if (err)
		return err;
	err = unc_getattr(dentry->d_sb, path.name, info);
	unc_dpath_free(&path);
	if (!err && !unc_inode_is(d_inode(dentry), info))
		err = -ESTALE;
	/* The VFS looks the name up again, and then says what is right. */
	return err == -ENOENT ? -ESTALE : err;
}

/*
 * A handle knows its file under whatever name it has now, or has no more; a
 * path is what is left without one.  Return: 0, -errno, or 1 if the file was
 * removed and is not open: nobody can tell us more than we know.
 */
static int query(struct dentry *dentry, struct unc_attr_info *info)
{
	struct inode *inode = d_inode(dentry);
	struct unc_open *open = NULL;
	int err;

	if (S_ISREG(inode->i_mode))
		open = unc_inode_own_open(inode, NULL,
					  SMB2_FILE_READ_ATTRIBUTES);
	if (!open)
		return d_unlinked(dentry) ? 1 : query_path(dentry, info);
	err = unc_op_fgetattr(open, info);
	unc_op_close(open, unc_why_io);
	if (err == -EIO && !d_unlinked(dentry))
		err = query_path(dentry, info);
	return err;
}

static int attr_update(struct dentry *dentry)
{
	struct inode *inode = d_inode(dentry);
	struct unc_attr_info info;
	u64 since = unc_clock();
	int err = query(dentry, &info);

	if (!err)
		unc_inode_refresh(inode, &info, since);
	return min(err, 0);
}

/**
 * unc_attr_find_end - learn where an open file ends, if others may move that
 * @file: of a regular file
 *
 * What was true a second ago is not good enough for writing there.
 *
 * Context: may sleep.
 *
 * Return: 0 or -errno.
 */
int unc_attr_find_end(struct file *file)
{
	struct inode *inode = file_inode(file);

	if (!unc_inode_shared(inode) || (READ_ONCE(unc_inode(inode)->attr_valid) &&
					 attr_is_covered(file_dentry(file))))
		return 0;
	return unc_inode_flush(inode) ?: attr_update(file_dentry(file));
}

static void fill_statx(struct inode *inode, struct kstat *stat, u32 mask)
{
	struct unc_inode *ui = unc_inode(inode);
	u32 nsec = 0;
	s64 sec = 0;

	stat->blksize = ATTR_BLKSIZE;
	if (mask & STATX_BTIME && wire_time_split(ui->btime, &sec, &nsec)) {
		stat->btime = (struct timespec64){ sec, nsec };
		stat->result_mask |= STATX_BTIME;
	}
	stat->attributes_mask |= STATX_ATTR_COMPRESSED | STATX_ATTR_ENCRYPTED;
	if (ui->attributes & FSCC_ATTR_COMPRESSED)
		stat->attributes |= STATX_ATTR_COMPRESSED;
	if (ui->attributes & FSCC_ATTR_ENCRYPTED)
		stat->attributes |= STATX_ATTR_ENCRYPTED;
}

/**
 * unc_inode_getattr - stat and statx
 * @idmap: not used
 * @path: of what
 * @stat: filled in
 * @mask: STATX_* that are wanted
 * @query: AT_STATX_*
 *
 * What programs have written and is still here is sent first: only the server
 * knows the times that follow from it.
 *
 * Context: may sleep.
 *
 * Return: 0 or -errno.
 */
int unc_inode_getattr(struct mnt_idmap *idmap, const struct path *path,
		      struct kstat *stat, u32 mask, unsigned int query)
{
	const u32 by_writing = STATX_MTIME | STATX_CTIME | STATX_BLOCKS;
	struct inode *inode = d_inode(path->dentry);
	int err = 0;

	if (query & AT_STATX_FORCE_SYNC ||
	    (!(query & AT_STATX_DONT_SYNC) && !attr_is_fresh(path->dentry))) {
		if (S_ISREG(inode->i_mode) && mask & by_writing)
			unc_inode_flush(inode);
		err = attr_update(path->dentry);
	}
	if (err)
		return err;
	generic_fillattr(&nop_mnt_idmap, mask, inode, stat);
	fill_statx(inode, stat, mask);
	return 0;
}

/* SET_INFO through a handle if there is one that works, otherwise by path. */
static int apply(struct dentry *dentry, struct file *file,
		 const struct unc_setattr *set)
{
	struct inode *inode = d_inode(dentry);
	struct unc_open *open = NULL;
	struct unc_dpath path;
	struct unc_ours ours;
	int err;

	if (S_ISREG(inode->i_mode))
		open = unc_inode_own_open(inode, file,
					  SMB2_FILE_WRITE_ATTRIBUTES);
	if (open) {
		err = unc_op_fsetattr(open, set);
		unc_op_close(open, unc_why_io);
		if (err != -EIO)
			return err;
	}
	err = unc_dpath_make(&path, dentry);
	if (err)
		return err;
	unc_ours_take(&ours, dentry);
	err = unc_op_setattr(unc_sb(dentry->d_sb)->share, path.name, set,
			     &ours);
	unc_ours_drop(&ours);
	unc_dpath_free(&path);
	return err;
}

static int apply_size(struct dentry *dentry, struct file *file, u64 size)
{
	struct unc_open *open;
	struct unc_dpath path;
	struct unc_ours ours;
	int err;

	open = unc_inode_own_open(d_inode(dentry), file, SMB2_FILE_WRITE_DATA);
	if (open) {
		err = unc_op_ftruncate(open, size);
		unc_op_close(open, unc_why_io);
		return err;
	}
	err = unc_dpath_make(&path, dentry);
	if (err)
		return err;
	unc_ours_take(&ours, dentry);
	err = unc_op_truncate(unc_sb(dentry->d_sb)->share, path.name, size,
			      &ours);
	unc_ours_drop(&ours);
	unc_dpath_free(&path);
	return err;
}

static void set_local_size(struct inode *inode, loff_t size)
{
	filemap_invalidate_lock(inode->i_mapping);
	truncate_setsize(inode, size);
	filemap_invalidate_unlock(inode->i_mapping);
}

/*
 * Shrinking begins here: once truncate_setsize() has waited for what was under
 * way and no page is left behind the new end, no WRITE can make the file grow
 * again behind the server's back.  Growing begins there.
 */
static int set_size(struct dentry *dentry, struct file *file, loff_t size)
{
	struct inode *inode = d_inode(dentry);
	loff_t old = i_size_read(inode);
	int err;

	inode_dio_wait(inode);
	unc_inode_flush(inode);
	unc_inode_change_begin(inode);
	if (size < old)
		set_local_size(inode, size);
	err = apply_size(dentry, file, size);
	unc_kept_drop(inode);
	if (!err && size >= old)
		set_local_size(inode, size);
	else if (err && size < old)
		i_size_write(inode, old);
	unc_inode_change_end(inode);
	return err;
}

static u64 wire_time_of(struct timespec64 ts)
{
	return wire_time_join(ts.tv_sec, ts.tv_nsec);
}

/* The new attributes if the mode asks for other ones, otherwise 0. */
static u32 attributes_for_mode(const struct inode *inode, umode_t mode)
{
	u32 old = unc_inode(inode)->attributes, want;

	if (!S_ISREG(inode->i_mode))
		return 0;
	want = mode & 0200 ? old & ~FSCC_ATTR_READONLY :
				old | FSCC_ATTR_READONLY;
	if (want == old)
		return 0;
	return (want & ATTR_SETTABLE) ?: FSCC_ATTR_NORMAL;
}

static void note_attributes(struct inode *inode, u32 attributes)
{
	struct unc_inode *ui = unc_inode(inode);

	spin_lock(&inode->i_lock);
	ui->attributes = (ui->attributes & ~ATTR_SETTABLE) |
			 (attributes & ATTR_SETTABLE);
	inode->i_mode = S_IFREG | file_mode(inode->i_sb, ui->attributes);
	spin_unlock(&inode->i_lock);
}

static int set_rest(struct dentry *dentry, struct file *file,
		    const struct iattr *attr)
{
	struct inode *inode = d_inode(dentry);
	struct unc_setattr set = {};
	int err;

	if (attr->ia_valid & ATTR_ATIME)
		set.atime = wire_time_of(attr->ia_atime);
	if (attr->ia_valid & ATTR_MTIME)
		set.mtime = wire_time_of(attr->ia_mtime);
	if (attr->ia_valid & ATTR_MODE)
		set.attributes = attributes_for_mode(inode, attr->ia_mode);
	if (!set.atime && !set.mtime && !set.attributes)
		return 0;
	/* Data that goes out later would set the time of last write again. */
	if (set.mtime && S_ISREG(inode->i_mode))
		unc_inode_flush(inode);
	err = apply(dentry, file, &set);
	unc_kept_drop(inode);
	if (!err && set.attributes)
		note_attributes(inode, set.attributes);
	unc_inode_expire(inode);
	return err;
}

static int check_owner(struct inode *inode, const struct iattr *attr)
{
	if (i_uid_needs_update(&nop_mnt_idmap, attr, inode) ||
	    i_gid_needs_update(&nop_mnt_idmap, attr, inode))
		return -EPERM;
	return 0;
}

/**
 * unc_inode_setattr - chmod, truncate, utimes
 * @idmap: not used
 * @dentry: of what
 * @attr: what to change
 *
 * Context: may sleep; the caller holds the inode's lock.
 *
 * Return: 0, -EPERM for another owner, or another -errno.
 */
int unc_inode_setattr(struct mnt_idmap *idmap, struct dentry *dentry,
		      struct iattr *attr)
{
	struct inode *inode = d_inode(dentry);
	struct file *file = NULL;
	int err;

	if (unc_sb(inode->i_sb)->opt.noperm)
		attr->ia_valid |= ATTR_FORCE;
	err = setattr_prepare(&nop_mnt_idmap, dentry, attr) ?:
	      check_owner(inode, attr);
	if (err)
		return err;
	if (attr->ia_valid & ATTR_FILE && S_ISREG(inode->i_mode))
		file = attr->ia_file;
	if (attr->ia_valid & ATTR_SIZE) {
		err = set_size(dentry, file, attr->ia_size);
		/* The server sets the times of a change of size by itself. */
		if (!(attr->ia_valid & ATTR_MTIME_SET))
			attr->ia_valid &= ~ATTR_MTIME;
		if (!(attr->ia_valid & ATTR_ATIME_SET))
			attr->ia_valid &= ~ATTR_ATIME;
	}
	return err ?: set_rest(dentry, file, attr);
}
