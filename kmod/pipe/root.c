// SPDX-License-Identifier: GPL-2.0-only
/*
 * A mounted IPC$: a directory in which every name is a pipe.
 *
 * Few servers say which pipes exist before one is opened, so lookup finds any
 * name, and open tells.  The inodes are regular files, for open(2) and shells
 * as they are; they have no size and no page cache.
 */

#include <linux/module.h>
#include <linux/slab.h>
#include "listing.h"
#include "pipe.h"

/*
 * d_fsdata of the root; the share is the super block's.  Names that nobody
 * uses are forgotten at once, since there is nothing behind them.
 */
struct unc_pipe_root {
	struct unc_share	*share;
	struct unc_pipe_owner	owner;
};

static void unc_pipe_dentry_release(struct dentry *dentry)
{
	kfree(dentry->d_fsdata);
}

static const struct dentry_operations unc_pipe_dentry_ops = {
	.d_delete	= always_delete_dentry,
	.d_release	= unc_pipe_dentry_release,
};

static const struct unc_pipe_root *unc_pipe_root_of(struct super_block *sb)
{
	return sb->s_root->d_fsdata;
}

static int unc_pipe_root_file_open(struct inode *inode, struct file *file)
{
	const struct unc_pipe_root *root = unc_pipe_root_of(inode->i_sb);
	unsigned int wait = file->f_flags & O_NONBLOCK ? 0 : UNC_PIPE_BUSY_MS;
	struct unc_pipe *pipe;

	pipe = unc_pipe_open(root->share, file_dentry(file)->d_name.name,
			     file->f_mode, wait);
	if (IS_ERR(pipe))
		return PTR_ERR(pipe);
	file->private_data = pipe;
	return stream_open(inode, file);
}

static const struct file_operations unc_pipe_root_file_fops = {
	.owner		= THIS_MODULE,
	.open		= unc_pipe_root_file_open,
	.release	= unc_pipe_file_release,
	.read_iter	= unc_pipe_file_read_iter,
	.write_iter	= unc_pipe_file_write_iter,
	.poll		= unc_pipe_file_poll,
	.unlocked_ioctl	= unc_pipe_file_ioctl,
	.compat_ioctl	= compat_ptr_ioctl,
	.splice_read	= copy_splice_read,
	.splice_write	= iter_file_splice_write,
};

/* "> pipe" truncates and "touch pipe" sets times: nothing to do for either. */
static int unc_pipe_root_setattr(struct mnt_idmap *idmap,
				 struct dentry *dentry, struct iattr *attr)
{
	int err = setattr_prepare(idmap, dentry, attr);

	if (err)
		return err;
	return attr->ia_valid & (ATTR_MODE | ATTR_UID | ATTR_GID) ? -EPERM : 0;
}

static const struct inode_operations unc_pipe_root_file_iops = {
	.setattr	= unc_pipe_root_setattr,
};

static struct inode *unc_pipe_inode_new(struct super_block *sb,
					const struct unc_pipe_owner *owner,
					umode_t mode)
{
	struct inode *inode = new_inode(sb);

	if (!inode)
		return NULL;
	inode->i_ino = get_next_ino();
	inode->i_mode = mode;
	inode->i_uid = owner->uid;
	inode->i_gid = owner->gid;
	simple_inode_init_ts(inode);
	return inode;
}

static struct dentry *unc_pipe_root_lookup(struct inode *dir,
					   struct dentry *dentry,
					   unsigned int flags)
{
	const struct unc_pipe_root *root = unc_pipe_root_of(dir->i_sb);
	umode_t mode = S_IFREG | (root->owner.file_mode & 0666);
	struct inode *inode;

	if (dentry->d_name.len > NAME_MAX)
		return ERR_PTR(-ENAMETOOLONG);
	inode = unc_pipe_inode_new(dir->i_sb, &root->owner, mode);
	if (!inode)
		return ERR_PTR(-ENOMEM);
	inode->i_op = &unc_pipe_root_file_iops;
	inode->i_fop = &unc_pipe_root_file_fops;
	return d_splice_alias(inode, dentry);
}

static const struct inode_operations unc_pipe_root_dir_iops = {
	.lookup		= unc_pipe_root_lookup,
	.setattr	= unc_pipe_root_setattr,
};

static int unc_pipe_root_iterate(struct file *file, struct dir_context *ctx)
{
	const struct unc_pipe_root *root;

	if (!dir_emit_dots(file, ctx))
		return 0;
	root = unc_pipe_root_of(file_inode(file)->i_sb);
	if (!file->private_data) {
		struct unc_pipe_listing *list = unc_pipe_listing(root->share);

		if (IS_ERR(list))
			return PTR_ERR(list);
		file->private_data = list;
	}
	unc_pipe_listing_emit(file->private_data, ctx);
	return 0;
}

static int unc_pipe_root_dir_release(struct inode *inode, struct file *file)
{
	unc_pipe_listing_free(file->private_data);
	return 0;
}

static const struct file_operations unc_pipe_root_dir_fops = {
	.owner		= THIS_MODULE,
	.iterate_shared	= unc_pipe_root_iterate,
	.release	= unc_pipe_root_dir_release,
	.read		= generic_read_dir,
	.llseek		= generic_file_llseek,
	.fsync		= noop_fsync,
};

static struct inode *unc_pipe_root_inode(struct super_block *sb,
					 const struct unc_pipe_owner *owner)
{
	umode_t mode = S_IFDIR | (owner->dir_mode & 0777);
	struct inode *inode = unc_pipe_inode_new(sb, owner, mode);

	if (!inode)
		return NULL;
	set_nlink(inode, 2);
	inode->i_op = &unc_pipe_root_dir_iops;
	inode->i_fop = &unc_pipe_root_dir_fops;
	return inode;
}

/**
 * unc_pipe_root_make - give the super block of a mounted IPC$ its root
 * @sb: see &typedef unc_pipe_root_fill_t
 * @share: of type pipe; must live as long as @sb
 * @owner: of the pipes
 *
 * Context: fill_super.  May sleep.
 *
 * Return: 0 or -ENOMEM.
 */
int unc_pipe_root_make(struct super_block *sb, struct unc_share *share,
		       const struct unc_pipe_owner *owner)
{
	struct unc_pipe_root *root = kzalloc(sizeof(*root), GFP_KERNEL);

	if (!root)
		return -ENOMEM;
	root->share = share;
	root->owner = *owner;
	sb->s_d_op = &unc_pipe_dentry_ops;
	sb->s_maxbytes = MAX_LFS_FILESIZE;
	sb->s_time_gran = 1;
	sb->s_root = d_make_root(unc_pipe_root_inode(sb, owner));
	if (!sb->s_root) {
		kfree(root);
		return -ENOMEM;
	}
	sb->s_root->d_fsdata = root;
	return 0;
}
