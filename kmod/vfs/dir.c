// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reading directories.
 *
 * The server's cursor only goes on or back to the start, so each open
 * directory keeps the entries it got, in the order it got them: position 2 + n
 * is the nth, which stays true while they are kept.  Of a directory too big
 * for that the oldest are forgotten; seeking back to them lists it again.
 */
#include <linux/fs.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/sizes.h>
#include "../wire/fscc.h"
#include "../op/readdir.h"
#include "vfs.h"

#define DIR_TRIES		5	/* when the server is lost each time */
#define DIR_BLOCK_SIZE	SZ_32K
#define DIR_BLOCKS_MAX	64	/* two megabytes, some 20000 entries */
#define DIR_BLOCKS_LEFT	16	/* with an inode when nobody reads it */
#define DIR_DOTS	2	/* positions of "." and ".." */

/**
 * struct dirent - a kept entry; its size is a multiple of 8
 * @ino: inode number
 * @len: bytes of @name
 * @type: DT_*
 * @name: without NUL
 */
struct dirent {
	u64	ino;
	u16	len;
	u8	type;
	char	name[];
};

/**
 * struct dir_block - entries in the order they came
 * @link: in struct dir
 * @first: number of its first entry
 * @count: entries
 * @used: bytes of @data
 * @data: struct dirent, one after the other
 */
struct dir_block {
	struct list_head	link;
	u64			first;
	u32			count;
	u32			used;
	u8			data[] __aligned(8);
};

#define DIR_BLOCK_ROOM	(DIR_BLOCK_SIZE - sizeof(struct dir_block))

/**
 * struct dir - an open directory, in file->private_data
 * @sb: super block
 * @lock: protects all below
 * @open: the handle (pins it, unc_why_open), NULL before the first reading
 * @watch: another one (pins it), with which changes are waited for, or NULL
 * @blocks: kept entries
 * @nblocks: how many blocks
 * @next: number of the next entry that the server would give
 * @ended: T once the server had no more
 * @restart: T if the next query must begin at the first entry
 * @since: unc_clock() from before the first query
 * @dentry: the directory, while entries come
 * @asked: unc_clock() from before the query whose entries come
 * @error: what went wrong while entries came
 * @at: block of the entry that was looked for last, or NULL
 * @at_index: its number
 * @at_offset: where it is in @at
 */
struct dir {
	struct super_block	*sb;
	struct mutex		lock;	/* all below */
	struct unc_open		*open;
	struct unc_open		*watch;
	struct list_head	blocks;
	unsigned int		nblocks;
	u64			next;
	bool			ended;
	bool			restart;
	u64			since;
	struct dentry		*dentry;
	u64			asked;
	int			error;
	struct dir_block	*at;
	u64			at_index;
	u32			at_offset;
};

/* ---- Keeping entries --------------------------------------------------- */

static u32 dirent_size(u32 len)
{
	return ALIGN(offsetof(struct dirent, name) + len, 8);
}

static void block_drop(struct dir *dir, struct dir_block *block)
{
	if (dir->at == block)
		dir->at = NULL;
	list_del(&block->link);
	dir->nblocks--;
	kvfree(block);
}

/* Forget everything: the next query begins at the first entry. */
static void dir_reset(struct dir *dir)
{
	struct dir_block *block, *tmp;

	list_for_each_entry_safe(block, tmp, &dir->blocks, link)
		block_drop(dir, block);
	dir->next = 0;
	dir->ended = false;
	dir->restart = true;
	dir->error = 0;
}

static struct dir_block *block_for(struct dir *dir, u32 size)
{
	struct dir_block *block;

	if (!list_empty(&dir->blocks)) {
		block = list_last_entry(&dir->blocks, struct dir_block, link);
		if (DIR_BLOCK_ROOM - block->used >= size)
			return block;
	}
	block = kvmalloc(DIR_BLOCK_SIZE, GFP_KERNEL);
	if (!block)
		return NULL;
	block->first = dir->next;
	block->count = 0;
	block->used = 0;
	list_add_tail(&block->link, &dir->blocks);
	dir->nblocks++;
	return block;
}

/* What only a look at the file itself would tell is left open. */
static u8 type_of(const struct unc_attr_info *info)
{
	if (info->reparse_tag == FSCC_REPARSE_TAG_NFS ||
	    unc_op_may_be_mfsymlink(info))
		return DT_UNKNOWN;
	return fs_umode_to_dtype(unc_attr_type(info));
}

static void prime(const struct dir *dir, const struct dirent *ent,
		  const struct unc_attr_info *info)
{
	struct qstr name = QSTR_INIT(ent->name, ent->len);

	if (!unc_sb(dir->sb)->opt.nolease)
		unc_dentry_prime(dir->dentry, &name, info, dir->asked,
				 dir->open->covered);
}

/* Called for each entry that the server gives, see unc_dir_emit_t. */
static bool dir_keep(void *ctx, const char *name, u32 len,
		     const struct unc_attr_info *info)
{
	struct dir *dir = ctx;
	struct dir_block *block = block_for(dir, dirent_size(len));
	struct dirent *ent;

	if (!block) {
		dir->error = -ENOMEM;
		return false;
	}
	ent = (struct dirent *)(block->data + block->used);
	memcpy(ent->name, name, len);
	len = unc_name_unmap(dir->sb, ent->name, len);
	if (!len)
		return true;
	/* Zero would be taken for a removed entry. */
	ent->ino = info->id ?: 1;
	ent->len = len;
	ent->type = type_of(info);
	block->used += dirent_size(len);
	block->count++;
	dir->next++;
	prime(dir, ent, info);
	return true;
}

/* ---- Finding entries --------------------------------------------------- */

static bool block_has(const struct dir_block *block, u64 index)
{
	return index >= block->first && index - block->first < block->count;
}

static struct dir_block *block_find(struct dir *dir, u64 index)
{
	struct dir_block *block;

	list_for_each_entry(block, &dir->blocks, link)
		if (block_has(block, index))
			return block;
	return NULL;
}

/* The entry with that number if it is kept; @dir remembers where it was. */
static struct dirent *dir_find(struct dir *dir, u64 index)
{
	struct dirent *ent;

	if (!dir->at || !block_has(dir->at, index) || index < dir->at_index) {
		dir->at = block_find(dir, index);
		if (!dir->at)
			return NULL;
		dir->at_index = dir->at->first;
		dir->at_offset = 0;
	}
	ent = (struct dirent *)(dir->at->data + dir->at_offset);
	while (dir->at_index < index) {
		dir->at_offset += dirent_size(ent->len);
		dir->at_index++;
		ent = (struct dirent *)(dir->at->data + dir->at_offset);
	}
	return ent;
}

/* ---- Asking the server ------------------------------------------------- */

static int dir_begin_path(struct dir *dir, struct dentry *dentry,
			  struct unc_dir_begin *begin)
{
	struct inode *inode = d_inode(dentry);
	u64 since = unc_clock();
	struct unc_dpath path;
	int err;

	err = unc_dpath_make(&path, dentry);
	if (err)
		return err;
	err = unc_op_dir_begin(unc_sb(inode->i_sb)->share, path.name, begin);
	unc_dpath_free(&path);
	if (err || !begin->how.lease || !unc_inode_is(inode, &begin->info))
		return err;
	unc_inode_refresh(inode, &begin->info, since);
	unc_inode_cover(inode, dir->open->covered);
	unc_dentry_stamp(dentry, max(since, dir->open->covered));
	return 0;
}

/*
 * A handle with a lease, which goes on after the directory was read; mostly
 * the first entries come along with it.
 */
static int dir_begin(struct dir *dir, struct file *file,
		     struct unc_dir_begin *begin)
{
	struct inode *inode = file_inode(file);
	struct unc_open_args *how = &begin->how;
	int err;

	*begin = (struct unc_dir_begin){
		.emit = dir_keep,
		.ctx = dir,
		.open = &dir->open,
	};
	if (dir->open)
		return 0;
	dir->restart = true;
	dir->open = unc_kept_take(inode, UNC_DIR_ACCESS);
	if (dir->open)
		return 0;
	*how = (struct unc_open_args){
		.access = UNC_DIR_ACCESS,
		.disposition = SMB2_FILE_OPEN,
		.options = SMB2_FILE_DIRECTORY_FILE,
		.lease_state = SMB2_LEASE_READ_CACHING |
			       SMB2_LEASE_HANDLE_CACHING,
	};
	how->lease = unc_lease_for(inode->i_sb, inode);
	err = dir_begin_path(dir, file_dentry(file), begin);
	if (err == -EINVAL && how->lease) {
		unc_lease_put(how->lease);
		how->lease = NULL;
		err = dir_begin_path(dir, file_dentry(file), begin);
	}
	unc_lease_put(how->lease);
	return err;
}

static int open_watch(struct dir *dir, struct file *file)
{
	const struct unc_open_args args = {
		.access = UNC_DIR_ACCESS,
		.disposition = SMB2_FILE_OPEN,
		.options = SMB2_FILE_DIRECTORY_FILE,
	};
	struct unc_dpath path;
	int err;

	if (dir->watch)
		return 0;
	err = unc_dpath_make(&path, file_dentry(file));
	if (err)
		return err;
	err = unc_op_open(unc_sb(dir->sb)->share, path.name, &args,
			  &dir->watch, NULL, NULL);
	unc_dpath_free(&path);
	return err;
}

/**
 * unc_dir_watch - the handle with which to wait for changes
 * @file: an open directory
 *
 * The same one each time: the server remembers changes for it.  It has no lease,
 * and nobody keeps it after close.
 *
 * Context: may sleep, killable.
 *
 * Return: a handle with a reference (unc_why_io), which unc_op_close() drops;
 * or ERR_PTR().
 */
struct unc_open *unc_dir_watch(struct file *file)
{
	struct dir *dir = file->private_data;
	int err = mutex_lock_killable(&dir->lock);

	if (err)
		return ERR_PTR(-ERESTARTSYS);
	err = open_watch(dir, file);
	if (!err)
		unc_open_get(dir->watch, unc_why_io);
	mutex_unlock(&dir->lock);
	return err ? ERR_PTR(err) : dir->watch;
}

/* Entries up to @index have been used and may be forgotten. */
static void dir_trim(struct dir *dir, u64 index)
{
	struct dir_block *block, *tmp;

	list_for_each_entry_safe(block, tmp, &dir->blocks, link) {
		if (dir->nblocks <= DIR_BLOCKS_MAX ||
		    block->first + block->count > index)
			break;
		block_drop(dir, block);
	}
}

static void dir_close(struct dir *dir, struct inode *inode)
{
	if (dir->open)
		unc_kept_give(inode, dir->open);
	dir->open = NULL;
}

/* Where the server's cursor is, or whether it is, nobody knows. */
static void dir_lost(struct dir *dir)
{
	dir_reset(dir);
	if (dir->open)
		unc_op_close(dir->open, unc_why_open);
	dir->open = NULL;
}

/*
 * Get more entries.
 *
 * Return: 1 if there may be some, 0 at the end, -EAGAIN if the server was lost
 * and everything begins anew, or another -errno.
 */
static int dir_fetch(struct dir *dir, struct file *file)
{
	struct unc_dir_begin begin;
	bool usable;
	int ret;

	if (dir->ended)
		return 0;
	dir->dentry = file_dentry(file);
	dir->asked = unc_clock();
	ret = dir_begin(dir, file, &begin);
	if (ret)
		return ret;
	/* Under our lock of its names, which excludes changes made here. */
	if (dir->restart)
		dir->since = max(dir->asked, dir->open->covered);
	if (begin.read)
		ret = begin.more;
	else
		ret = unc_op_readdir(dir->open, dir->restart, dir_keep, dir);
	dir->restart = false;
	if (dir->error)
		ret = dir->error;
	if (!ret)
		dir->ended = true;
	if (ret >= 0)
		return min(ret, 1);
	usable = unc_open_usable(dir->open);
	dir_lost(dir);
	return usable || ret == -ERESTARTSYS ? ret : -EAGAIN;
}

/* The entry with that number, NULL behind the last one, or ERR_PTR(). */
static struct dirent *dir_get(struct dir *dir, struct file *file, u64 index)
{
	struct dirent *ent = dir_find(dir, index);
	int more = 1, tries = 0;

	if (!ent && index < dir->next)
		dir_reset(dir);
	while (!ent && more) {
		dir_trim(dir, index);
		more = dir_fetch(dir, file);
		if (more == -EAGAIN && tries++ < DIR_TRIES)
			continue;
		if (more < 0)
			return ERR_PTR(more == -EAGAIN ? -EIO : more);
		ent = dir_find(dir, index);
	}
	return ent;
}

static int dir_list(struct dir *dir, struct file *file,
		    struct dir_context *ctx)
{
	struct dirent *ent;

	for (;;) {
		ent = dir_get(dir, file, ctx->pos - DIR_DOTS);
		if (IS_ERR_OR_NULL(ent))
			return PTR_ERR_OR_ZERO(ent);
		if (!dir_emit(ctx, ent->name, ent->len, ent->ino, ent->type))
			return 0;
		ctx->pos++;
	}
}

/* Is it complete, and would we know if it were out of date? */
static bool dir_is_current(struct dir *dir, struct inode *inode)
{
	struct dir_block *first =
		list_first_entry_or_null(&dir->blocks, struct dir_block, link);

	return dir->ended && (!first || !first->first) &&
	       READ_ONCE(unc_inode(inode)->names_changed) <= dir->since &&
	       unc_inode_covers(inode, dir->since);
}

static int unc_iterate(struct file *file, struct dir_context *ctx)
{
	struct dir *dir = file->private_data;
	int err;

	err = mutex_lock_killable(&dir->lock);
	if (err)
		return -ERESTARTSYS;
	/* From the start means as it is now. */
	if (!ctx->pos && !dir_is_current(dir, file_inode(file)))
		dir_reset(dir);
	if (dir_emit_dots(file, ctx))
		err = dir_list(dir, file, ctx);
	mutex_unlock(&dir->lock);
	return err;
}

static struct dir *dir_new(struct inode *inode)
{
	struct dir *dir = kzalloc(sizeof(*dir), GFP_KERNEL);

	if (!dir)
		return NULL;
	mutex_init(&dir->lock);
	INIT_LIST_HEAD(&dir->blocks);
	dir->restart = true;
	dir->sb = inode->i_sb;
	return dir;
}

static void dir_free(struct dir *dir)
{
	dir_reset(dir);
	mutex_destroy(&dir->lock);
	kfree(dir);
}

/**
 * unc_listing_drop - forget the listing that a directory has kept
 * @inode: the directory; others have none
 *
 * Context: may sleep.
 */
void unc_listing_drop(struct inode *inode)
{
	struct dir *dir = xchg(&unc_inode(inode)->listing, NULL);

	if (dir)
		dir_free(dir);
}

/* The listing that the last reader left is good for the next one. */
static int unc_dir_open(struct inode *inode, struct file *file)
{
	struct dir *dir = xchg(&unc_inode(inode)->listing, NULL);

	if (!dir)
		dir = dir_new(inode);
	file->private_data = dir;
	return dir ? 0 : -ENOMEM;
}

static int unc_dir_release(struct inode *inode, struct file *file)
{
	struct dir *dir = file->private_data;

	if (dir->watch)
		unc_op_close(dir->watch, unc_why_open);
	dir->watch = NULL;
	dir_close(dir, inode);
	dir->restart = true;
	if (dir->nblocks <= DIR_BLOCKS_LEFT && dir_is_current(dir, inode) &&
	    !unc_sb(inode->i_sb)->opt.multiuser)
		dir = xchg(&unc_inode(inode)->listing, dir);
	if (dir)
		dir_free(dir);
	return 0;
}

const struct file_operations unc_dir_ops = {
	.open		= unc_dir_open,
	.release	= unc_dir_release,
	.iterate_shared	= unc_iterate,
	.llseek		= generic_file_llseek,
	.read		= generic_read_dir,
	.unlocked_ioctl	= unc_dir_ioctl,
	.compat_ioctl	= compat_ptr_ioctl,
	.fsync		= noop_fsync,
	.setlease	= simple_nosetlease,
};
