// SPDX-License-Identifier: GPL-2.0-only
/*
 * Super blocks.
 */
#include <linux/backing-dev.h>
#include <linux/fs.h>
#include <linux/fs_context.h>
#include <linux/magic.h>
#include <linux/pagemap.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/statfs.h>
#include "../op/pipe_root.h"
#include "../wire/fscc.h"
#include "../wire/smb2_proto.h"
#include "lock.h"
#include "mount.h"

#define SUPER_TIME_MIN		(-11644473600LL)	/* 1601 */
#define SUPER_TIME_MAX		910692730085LL		/* 30828 */
#define SUPER_READ_AHEAD	4	/* READs in flight for one reader */

static struct kmem_cache *inode_cache;

/* ---- Inodes ------------------------------------------------------------ */

static void inode_init_once_only(void *p)
{
	struct unc_inode *ui = p;

	inode_init_once(&ui->netfs.inode);
	mutex_init(&ui->locks.mutex);
}

static struct inode *super_alloc_inode(struct super_block *sb)
{
	struct unc_inode *ui;

	ui = alloc_inode_sb(sb, inode_cache, GFP_KERNEL);
	if (!ui)
		return NULL;
	INIT_LIST_HEAD(&ui->opens);
	ui->id = 0;
	ui->made_up = false;
	ui->changing = 0;
	ui->changed = 0;
	ui->attr_valid = false;
	ui->seen_valid = false;
	ui->btime = 0;
	ui->attributes = 0;
	ui->locks.open = NULL;
	ui->locks.waiters = 0;
	INIT_WORK(&ui->locks.tidy, unc_lock_tidy_work);
	ui->attr_since = 0;
	ui->seen_since = 0;
	ui->names_changed = 0;
	ui->lease_refused = 0;
	RCU_INIT_POINTER(ui->lease, NULL);
	ui->listing = NULL;
	ui->kept = NULL;
	ui->watch = NULL;
	INIT_LIST_HEAD(&ui->kept_link);
	return &ui->netfs.inode;
}

static void super_free_inode(struct inode *inode)
{
	kmem_cache_free(inode_cache, unc_inode(inode));
}

static void super_evict_inode(struct inode *inode)
{
	unc_lock_evict(inode);
	netfs_wait_for_outstanding_io(inode);
	truncate_inode_pages_final(&inode->i_data);
	netfs_clear_inode_writeback(inode, NULL);
	clear_inode(inode);
	unc_listing_drop(inode);
	unc_kept_drop(inode);
	unc_lease_clear(inode);
}

/* ---- The mount as a whole ---------------------------------------------- */

static int super_statfs(struct dentry *dentry, struct kstatfs *buf)
{
	struct unc_sb *sbi = unc_sb(dentry->d_sb);
	struct unc_statfs st;
	int err = unc_op_statfs(sbi->share, &st);

	if (err)
		return err;
	buf->f_type = UNC_SUPER_MAGIC;
	buf->f_bsize = st.unit;
	buf->f_frsize = st.unit;
	buf->f_blocks = st.total;
	buf->f_bfree = st.free;
	buf->f_bavail = st.available;
	buf->f_namelen = NAME_MAX;
	buf->f_fsid = u64_to_fsid(huge_encode_dev(dentry->d_sb->s_dev));
	return 0;
}

static int super_show_options(struct seq_file *m, struct dentry *root)
{
	unc_options_show(m, unc_sb(root->d_sb));
	return 0;
}

static void super_umount_begin(struct super_block *sb)
{
	unc_share_kill(unc_sb(sb)->share);
}

/* The VFS has stopped writers and sent what was dirty before it asks. */
static int super_freeze(struct super_block *sb)
{
	return 0;
}

static const struct super_operations disk_super_ops = {
	.alloc_inode	= super_alloc_inode,
	.free_inode	= super_free_inode,
	.evict_inode	= super_evict_inode,
	.statfs		= super_statfs,
	.show_options	= super_show_options,
	.umount_begin	= super_umount_begin,
	.freeze_fs	= super_freeze,
	.unfreeze_fs	= super_freeze,
};

/* Pipes have inodes of the plain kind and nothing to write back. */
static const struct super_operations pipe_super_ops = {
	.drop_inode	= generic_delete_inode,
	.statfs		= simple_statfs,
	.show_options	= super_show_options,
	.umount_begin	= super_umount_begin,
};

/**
 * unc_sb_free - free what a super block had
 * @sbi: may be NULL
 *
 * Context: may sleep; the last put of the share says goodbye to the server.
 */
void unc_sb_free(struct unc_sb *sbi)
{
	if (!sbi)
		return;
	if (sbi->share)
		unc_share_put(sbi->share);
	kfree(sbi->prefix);
	kfree(sbi->user);
	kfree(sbi->domain);
	kfree_rcu(sbi, rcu);
}

static int set_up_readahead(struct super_block *sb)
{
	u32 pages = unc_sb(sb)->opt.rsize >> PAGE_SHIFT;
	int err = super_setup_bdi(sb);

	if (err)
		return err;
	sb->s_bdi->ra_pages = pages * SUPER_READ_AHEAD;
	sb->s_bdi->io_pages = pages;
	return 0;
}

static int get_root(struct super_block *sb, struct unc_attr_info *info)
{
	struct unc_sb *sbi = unc_sb(sb);
	u64 since = unc_clock();
	struct inode *inode;
	int err;

	err = unc_op_getattr(sbi->share, sbi->prefix, info);
	if (err)
		return err;
	if (!(info->attributes & FSCC_ATTR_DIRECTORY))
		return -ENOTDIR;
	inode = unc_iget(sb, sbi->prefix, info, since);
	if (IS_ERR(inode))
		return PTR_ERR(inode);
	sb->s_root = d_make_root(inode);
	return sb->s_root ? 0 : -ENOMEM;
}

static int fill_disk(struct super_block *sb, struct fs_context *fc)
{
	struct unc_attr_info info;
	int err;

	sb->s_op = &disk_super_ops;
	sb->s_d_op = &unc_dentry_ops;
	sb->s_xattr = unc_xattr_handlers;
	/* A page that is being sent, and perhaps signed, must not change. */
	sb->s_iflags |= SB_I_STABLE_WRITES;
	unc_watch_start(unc_sb(sb));
	err = set_up_readahead(sb) ?: unc_kept_start(sb);
	if (err)
		return err;
	err = get_root(sb, &info);
	if (err)
		errorf(fc, "uncfs: %s: directory \"%s\" of the share: %pe",
		       unc_stage_name(UNC_STAGE_ROOT), unc_sb(sb)->prefix,
		       ERR_PTR(err));
	return err;
}

static int fill_pipe(struct super_block *sb, struct fs_context *fc)
{
	const struct unc_options *opt = &unc_sb(sb)->opt;
	struct unc_pipe_owner owner = {
		.uid = opt->uid,
		.gid = opt->gid,
		/* Whoever is let in acts as the user of the mount. */
		.file_mode = opt->file_mode_set ? opt->file_mode & 0666 : 0600,
		.dir_mode = opt->dir_mode,
	};
	int err;

	sb->s_op = &pipe_super_ops;
	if (*unc_sb(sb)->prefix)
		return invalf(fc, "uncfs: a share of pipes has no directories");
	err = unc_pipe_root_fill(sb, unc_sb(sb)->share, &owner);
	if (err)
		errorf(fc, "uncfs: %s: pipes: %pe",
		       unc_stage_name(UNC_STAGE_ROOT), ERR_PTR(err));
	return err;
}

/**
 * unc_super_fill - make a super block of a share
 * @sb: new; its s_fs_info is complete
 * @fc: for messages
 *
 * Context: may sleep.
 *
 * Return: 0 or -errno.
 */
int unc_super_fill(struct super_block *sb, struct fs_context *fc)
{
	struct unc_tree *tree = unc_share_tree(unc_sb(sb)->share);
	u8 type;

	if (IS_ERR(tree))
		return PTR_ERR(tree);
	type = tree->type;
	unc_tree_put(tree, unc_why_io);
	sb->s_magic = UNC_SUPER_MAGIC;
	sb->s_maxbytes = MAX_LFS_FILESIZE;
	sb->s_blocksize = PAGE_SIZE;
	sb->s_blocksize_bits = PAGE_SHIFT;
	sb->s_time_gran = 100;
	sb->s_time_min = SUPER_TIME_MIN;
	sb->s_time_max = SUPER_TIME_MAX;
	switch (type) {
	case SMB2_SHARE_TYPE_DISK:
		return fill_disk(sb, fc);
	case SMB2_SHARE_TYPE_PIPE:
		return fill_pipe(sb, fc);
	default:
		return invalf(fc, "uncfs: the share is a printer");
	}
}

/**
 * unc_super_init - get ready for super blocks
 *
 * Return: 0 or -ENOMEM.
 */
int unc_super_init(void)
{
	inode_cache = kmem_cache_create("uncfs_inode",
					sizeof(struct unc_inode), 0,
					SLAB_RECLAIM_ACCOUNT | SLAB_ACCOUNT,
					inode_init_once_only);
	return inode_cache ? 0 : -ENOMEM;
}

/**
 * unc_super_exit - undo unc_super_init()
 *
 * Context: nothing is mounted, and all inodes have been freed by RCU.
 */
void unc_super_exit(void)
{
	kmem_cache_destroy(inode_cache);
}
