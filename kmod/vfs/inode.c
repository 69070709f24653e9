// SPDX-License-Identifier: GPL-2.0-only
/*
 * Inodes: found by the server's file id, kept in step with what the server
 * says as far as that is newer than what was done here.
 *
 * Under a lease the page cache is right until the server says otherwise.
 * Without one it is trusted from open to open: what the pages
 * of a file show is remembered by size and times (the seen_ fields); when the
 * server names other ones and nothing that was written here is on its way, the
 * pages are dropped.  After changes made here the new times are not known,
 * so that the pages are dropped once more than needed, never once less.
 */
#include <linux/cred.h>
#include <linux/fs.h>
#include <linux/once.h>
#include <linux/pagemap.h>
#include <linux/pagevec.h>
#include <linux/siphash.h>
#include "../wire/fscc.h"
#include "vfs.h"

/*
 * A file without an id is known by its path, with the highest bit set in
 * order to keep away from the ids of servers that count from 1.
 */
static u64 id_from_path(const char *path)
{
	static siphash_key_t key __read_mostly;

	get_random_once(&key, sizeof(key));
	return siphash(path, strlen(path), &key) | BIT_ULL(63);
}

/**
 * unc_inode_is - could this inode be that file?
 * @inode: the inode
 * @info: what the server says of the file that has its name now
 *
 * Any context.
 *
 * Return: F if it is another file, as far as one can tell.
 */
bool unc_inode_is(const struct inode *inode, const struct unc_attr_info *info)
{
	const struct unc_inode *ui = unc_inode(inode);

	if (inode_wrong_type(inode, unc_attr_type(info)))
		return false;
	return !info->id || ui->made_up || info->id == ui->id;
}

struct iget_args {
	u64	id;
	umode_t	type;
	bool	made_up;
};

static int iget_test(struct inode *inode, void *data)
{
	const struct iget_args *args = data;

	return unc_inode(inode)->id == args->id &&
	       !inode_wrong_type(inode, args->type);
}

static int iget_set(struct inode *inode, void *data)
{
	const struct iget_args *args = data;

	unc_inode(inode)->id = args->id;
	unc_inode(inode)->made_up = args->made_up;
	inode->i_ino = args->id;
	inode->i_mode = args->type;
	return 0;
}

static void inode_setup(struct inode *inode, dev_t dev)
{
	/* The server keeps the times; asking it is left to getattr. */
	inode->i_flags |= S_NOATIME | S_NOCMTIME;
	inode->i_uid = unc_sb(inode->i_sb)->opt.uid;
	inode->i_gid = unc_sb(inode->i_sb)->opt.gid;
	netfs_inode_init(&unc_inode(inode)->netfs, &unc_netfs_ops, false);
	if (S_ISDIR(inode->i_mode)) {
		inode->i_op = &unc_dir_inode_ops;
		inode->i_fop = &unc_dir_ops;
		return;
	}
	if (S_ISLNK(inode->i_mode)) {
		inode->i_op = &unc_link_inode_ops;
		return;
	}
	if (!S_ISREG(inode->i_mode)) {
		inode->i_op = &unc_node_inode_ops;
		init_special_inode(inode, inode->i_mode, dev);
		return;
	}
	inode->i_op = &unc_file_inode_ops;
	inode->i_fop = &unc_file_ops;
	inode->i_mapping->a_ops = &unc_aops;
}

static bool has_dirty_pages(const struct inode *inode)
{
	struct address_space *mapping = inode->i_mapping;

	return mapping_tagged(mapping, PAGECACHE_TAG_DIRTY) ||
	       mapping_tagged(mapping, PAGECACHE_TAG_WRITEBACK);
}

/**
 * unc_inode_is_ours - is what the server says of size and content no news?
 * @inode: regular file
 *
 * Any context; the caller holds i_lock unless it only wants a hint.
 *
 * Return: T while it is changed here, or changes are on their way.
 */
bool unc_inode_is_ours(const struct inode *inode)
{
	return unc_inode(inode)->changing || has_dirty_pages(inode);
}

static struct timespec64 time_of(u64 filetime)
{
	struct timespec64 ts = {};
	u32 nsec = 0;
	s64 sec = 0;

	if (wire_time_split(filetime, &sec, &nsec)) {
		ts.tv_sec = sec;
		ts.tv_nsec = nsec;
	}
	return ts;
}

static void fill_links(struct inode *inode, const struct unc_attr_info *info)
{
	unsigned int nlink = info->nlink;

	if (S_ISDIR(inode->i_mode))
		nlink = max(nlink, 2U);
	else if (info->delete_pending)
		nlink = 0;
	else if (!nlink)
		nlink = max(inode->i_nlink, 1U);
	if (nlink != inode->i_nlink)
		set_nlink(inode, nlink);
}

static void fill_size(struct inode *inode, const struct unc_attr_info *info)
{
	netfs_inode(inode)->remote_i_size = info->size;
	inode->i_blocks = DIV_ROUND_UP_ULL(info->alloc, 512);
	if (!unc_inode_is_ours(inode))
		i_size_write(inode, min_t(u64, info->size, MAX_LFS_FILESIZE));
}

/* Caller holds i_lock. */
static void inode_fill(struct inode *inode, const struct unc_attr_info *info,
		       u64 since)
{
	struct unc_inode *ui = unc_inode(inode);

	inode->i_mode = unc_attr_type(info) | unc_inode_mode(inode->i_sb, info);
	inode_set_atime_to_ts(inode, time_of(info->atime));
	inode_set_mtime_to_ts(inode, time_of(info->mtime));
	inode_set_ctime_to_ts(inode, time_of(info->ctime));
	ui->btime = info->btime;
	ui->attributes = info->attributes;
	fill_links(inode, info);
	fill_size(inode, info);
	ui->attr_valid = true;
	ui->attr_time = jiffies;
	ui->attr_since = since;
	if (unc_inode_is_ours(inode))
		return;
	ui->seen_since = since;
	ui->seen_valid = true;
	ui->seen_size = info->size;
	ui->seen_mtime = info->mtime;
	ui->seen_ctime = info->ctime;
}

static bool differs_from_seen(const struct unc_inode *ui,
			      const struct unc_attr_info *info)
{
	return !ui->seen_valid || ui->seen_size != info->size ||
	       ui->seen_mtime != info->mtime || ui->seen_ctime != info->ctime;
}

static bool pages_are_stale(struct inode *inode,
			    const struct unc_attr_info *info, u64 since)
{
	struct unc_inode *ui = unc_inode(inode);
	bool stale;

	if (!S_ISREG(inode->i_mode) || !inode->i_mapping->nrpages)
		return false;
	if (unc_inode_covers(inode, READ_ONCE(ui->seen_since)))
		return false;
	spin_lock(&inode->i_lock);
	stale = ui->changed <= since && !unc_inode_is_ours(inode) &&
		differs_from_seen(ui, info);
	spin_unlock(&inode->i_lock);
	return stale;
}

/**
 * unc_inode_refresh - take over what the server says of a file
 * @inode: the inode of the file
 * @info: what the server said
 * @since: unc_clock() from before it was asked
 *
 * Drops pages that show an older state of the file.  An answer to a question
 * that was asked before the last change made here is not used.
 *
 * Context: may sleep, waits for locks of folios.
 */
void unc_inode_refresh(struct inode *inode, const struct unc_attr_info *info,
		       u64 since)
{
	/* Pages that got dirty meanwhile are newer and stay. */
	if (pages_are_stale(inode, info, since))
		invalidate_inode_pages2(inode->i_mapping);
	spin_lock(&inode->i_lock);
	if (unc_inode(inode)->changed <= since)
		inode_fill(inode, info, since);
	spin_unlock(&inode->i_lock);
}

/**
 * unc_inode_cover - a lease covers what was just taken over
 * @inode: the inode, after unc_inode_refresh() or unc_iget()
 * @since: from when on, as in &struct unc_open; 0 for not at all
 *
 * The lease that came with an answer is younger than the question, and yet
 * covers it.
 *
 * Any context but interrupts.
 */
void unc_inode_cover(struct inode *inode, u64 since)
{
	struct unc_inode *ui = unc_inode(inode);

	spin_lock(&inode->i_lock);
	if (ui->attr_valid && ui->attr_since < since)
		ui->attr_since = since;
	if (ui->seen_since < since &&
	    (!inode->i_mapping->nrpages ||
	     (ui->attr_valid && !unc_inode_is_ours(inode))))
		ui->seen_since = since;
	spin_unlock(&inode->i_lock);
}

/**
 * unc_iget - the inode of a file
 * @sb: super block
 * @path: of the file, in case that the server has no ids
 * @info: what the server says of it
 * @since: unc_clock() from before it was asked
 *
 * Context: may sleep.
 *
 * Return: an inode with a reference, or ERR_PTR(-ENOMEM).
 */
struct inode *unc_iget(struct super_block *sb, const char *path,
		       const struct unc_attr_info *info, u64 since)
{
	struct iget_args args = {
		.id = info->id ?: id_from_path(path),
		.type = unc_attr_type(info),
		.made_up = !info->id,
	};
	struct inode *inode;

	inode = iget5_locked(sb, args.id, iget_test, iget_set, &args);
	if (!inode)
		return ERR_PTR(-ENOMEM);
	if (!(inode->i_state & I_NEW)) {
		unc_inode_refresh(inode, info, since);
		return inode;
	}
	inode_setup(inode, info->dev);
	spin_lock(&inode->i_lock);
	inode_fill(inode, info, since);
	spin_unlock(&inode->i_lock);
	unlock_new_inode(inode);
	return inode;
}

/**
 * unc_inode_change_begin - content or size are about to be changed here
 * @inode: regular file
 *
 * Until unc_inode_change_end() the size is what we say.  Context: may sleep;
 * the caller holds the inode's lock.
 */
void unc_inode_change_begin(struct inode *inode)
{
	/* Shared by those who write through the page cache. */
	lockdep_assert_held(&inode->i_rwsem);
	spin_lock(&inode->i_lock);
	unc_inode(inode)->changing++;
	spin_unlock(&inode->i_lock);
	unc_inode_modified(inode);
}

/**
 * unc_inode_change_end - they have been, or have not
 * @inode: the file
 *
 * Context: as unc_inode_change_begin().
 */
void unc_inode_change_end(struct inode *inode)
{
	unc_inode_modified(inode);
	spin_lock(&inode->i_lock);
	unc_inode(inode)->changing--;
	spin_unlock(&inode->i_lock);
}

/**
 * unc_inode_modified - note that the content of a file was changed here
 * @inode: the inode
 *
 * Any context but interrupts.
 */
void unc_inode_modified(struct inode *inode)
{
	struct unc_inode *ui = unc_inode(inode);

	spin_lock(&inode->i_lock);
	ui->changed = unc_clock_tick();
	ui->seen_valid = false;
	ui->attr_valid = false;
	spin_unlock(&inode->i_lock);
}

/**
 * unc_inode_expire - note that attributes of a file were changed here
 * @inode: the inode
 *
 * Any context but interrupts.
 */
void unc_inode_expire(struct inode *inode)
{
	struct unc_inode *ui = unc_inode(inode);

	spin_lock(&inode->i_lock);
	ui->changed = unc_clock_tick();
	ui->attr_valid = false;
	spin_unlock(&inode->i_lock);
}

/**
 * unc_inode_gone - note that a name of a file or directory was removed here
 * @inode: the inode
 *
 * The id of a directory may be given to a new one at once, which must not
 * find this inode, since the VFS marks it as dead.
 *
 * Any context but interrupts.
 */
void unc_inode_gone(struct inode *inode)
{
	if (S_ISDIR(inode->i_mode)) {
		clear_nlink(inode);
		remove_inode_hash(inode);
	} else if (inode->i_nlink) {
		drop_nlink(inode);
	}
	unc_inode_expire(inode);
}

/**
 * unc_inode_below - is a directory or file under a name, however deep?
 * @inode: the file
 * @top: the name
 *
 * Context: may sleep.
 */
bool unc_inode_below(struct inode *inode, struct dentry *top)
{
	struct dentry *alias = d_find_any_alias(inode);
	bool below = alias && is_subdir(alias, top);

	dput(alias);
	return below;
}

/*
 * What the VFS has for this cannot be interrupted, and a server that is lost may
 * be so for long.
 */
static int wait_written(struct address_space *mapping)
{
	struct folio_batch batch;
	pgoff_t index = 0;
	int i, err = 0;

	folio_batch_init(&batch);
	while (!err && filemap_get_folios_tag(mapping, &index, ULONG_MAX,
					      PAGECACHE_TAG_WRITEBACK,
					      &batch)) {
		for (i = 0; !err && i < folio_batch_count(&batch); i++)
			err = folio_wait_writeback_killable(batch.folios[i]);
		folio_batch_release(&batch);
		cond_resched();
	}
	return err;
}

/**
 * unc_inode_flush - write what is dirty, without taking errors from fsync
 * @inode: of a regular file
 *
 * Context: may sleep; killable, and then the data is on its way.
 *
 * Return: 0 or -EINTR.
 */
int unc_inode_flush(struct inode *inode)
{
	if (!has_dirty_pages(inode))
		return 0;
	filemap_fdatawrite(inode->i_mapping);
	return wait_written(inode->i_mapping);
}

static bool open_may(const struct unc_open *open, u32 access)
{
	return (open->access & access) == access;
}

/* The server let somebody else do this, which says nothing of the caller. */
static bool open_is_own(const struct unc_inode *ui,
			struct unc_open *open)
{
	return !unc_sb(ui->netfs.inode.i_sb)->opt.multiuser ||
	       unc_open_is_of(open, current_fsuid());
}

/* One that works, or at least one that says why not when it is used. */
static struct unc_open *any_open(struct unc_inode *ui, u32 access, bool own)
{
	struct unc_open *found = NULL;
	struct unc_file *uf;

	list_for_each_entry(uf, &ui->opens, link) {
		if (!open_may(uf->open, access) ||
		    (own && !open_is_own(ui, uf->open)))
			continue;
		found = uf->open;
		if (unc_open_usable(found))
			break;
	}
	return found;
}

static struct unc_open *find_open(struct inode *inode, u32 access, bool own)
{
	struct unc_open *open;

	spin_lock(&inode->i_lock);
	open = any_open(unc_inode(inode), access, own);
	if (open)
		unc_open_get(open, unc_why_io);
	spin_unlock(&inode->i_lock);
	return open ?: unc_kept_look(inode, access);
}

/* Other handles may not read or write what is locked through this one. */
static struct unc_open *locks_open(struct inode *inode, u32 access)
{
	struct unc_locks *locks = &unc_inode(inode)->locks;
	struct unc_open *open;

	if (!READ_ONCE(locks->open))
		return NULL;
	spin_lock(&inode->i_lock);
	open = locks->open;
	if (open && open_may(open, access))
		unc_open_get(open, unc_why_io);
	else
		open = NULL;
	spin_unlock(&inode->i_lock);
	return open;
}

/**
 * unc_inode_open - a handle on a file that somebody opened
 * @inode: the inode
 * @file: whose handle is preferred, or NULL
 * @access: what it must have been opened for
 *
 * Any context but interrupts.
 *
 * Return: a handle with a reference (unc_why_io), which unc_op_close() drops;
 * or NULL.
 */
struct unc_open *unc_inode_open(struct inode *inode, struct file *file,
				u32 access)
{
	struct unc_file *uf = file ? file->private_data : NULL;
	struct unc_open *open = locks_open(inode, access);

	if (open)
		return open;
	if (uf && open_may(uf->open, access))
		return unc_open_get(uf->open, unc_why_io);
	return find_open(inode, access, false);
}

/**
 * unc_inode_own_open - a handle on a file that the caller may act by
 * @inode: the inode
 * @file: whose handle is preferred, or NULL
 * @access: what it must have been opened for
 *
 * As unc_inode_open(), but on a multiuser mount not somebody else's handle:
 * for what changes or asks on the caller's behalf.
 *
 * Return: as unc_inode_open().
 */
struct unc_open *unc_inode_own_open(struct inode *inode, struct file *file,
				    u32 access)
{
	struct unc_file *uf = file ? file->private_data : NULL;

	if (!unc_sb(inode->i_sb)->opt.multiuser)
		return unc_inode_open(inode, file, access);
	if (uf && open_may(uf->open, access))
		return unc_open_get(uf->open, unc_why_io);
	return find_open(inode, access, true);
}
