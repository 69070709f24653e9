// SPDX-License-Identifier: GPL-2.0-only
/*
 * What programs do with an open file.
 */
#include <linux/backing-dev.h>
#include <linux/filelock.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/netfs.h>
#include <linux/pagemap.h>
#include <linux/sizes.h>
#include "lock.h"
#include "vfs.h"

#define FAULT_PAGES	(SZ_128K >> PAGE_SHIFT)	/* around one that stands alone */

/* ---- Writing ----------------------------------------------------------- */

/**
 * struct partial - pages of which a write changes a part
 * @first: the one with the first byte, or NULL
 * @last: the one with the last byte if that is another, or NULL
 */
struct partial {
	struct folio	*first;
	struct folio	*last;
};

/* Nobody else has the file open, so we know where it ends: nothing is there. */
static bool is_behind_end(struct file *file, loff_t pos)
{
	struct inode *inode = file_inode(file);

	return round_down(pos, PAGE_SIZE) >= i_size_read(inode) &&
	       unc_inode_leased(inode, SMB2_LEASE_WRITE_CACHING);
}

static struct folio *get_empty_page(struct file *file, loff_t pos)
{
	struct address_space *mapping = file->f_mapping;
	struct folio *folio;

	folio = __filemap_get_folio(mapping, pos >> PAGE_SHIFT,
				    FGP_LOCK | FGP_CREAT,
				    mapping_gfp_mask(mapping));
	if (IS_ERR(folio))
		return folio;
	if (!folio_test_uptodate(folio)) {
		folio_zero_segment(folio, 0, folio_size(folio));
		folio_mark_uptodate(folio);
	}
	folio_unlock(folio);
	return folio;
}

/*
 * Have a page read as readahead is, which does not wait: what reads a page and
 * does wait (netfs_read_folio()) cannot be killed, however long the server is
 * gone.
 *
 * Return: 0, also if the page could not be read; -EINTR if we are killed.
 */
static int page_await(struct file *file, loff_t pos)
{
	struct address_space *mapping = file->f_mapping;
	pgoff_t index = pos >> PAGE_SHIFT;
	DEFINE_READAHEAD(ractl, file, &file->f_ra, mapping, index);
	struct folio *folio;
	int err;

	page_cache_ra_unbounded(&ractl, 1, 0);
	folio = filemap_get_folio(mapping, index);
	if (IS_ERR(folio))
		return 0;
	err = folio_wait_locked_killable(folio);
	folio_put(folio);
	return err;
}

/*
 * The page, complete and held.  NULL if nobody here may read the file.
 */
static struct folio *get_page_of(struct file *file, loff_t pos)
{
	struct folio *folio;
	int err;

	if (is_behind_end(file, pos))
		return get_empty_page(file, pos);
	folio = filemap_get_folio(file->f_mapping, pos >> PAGE_SHIFT);
	if (!IS_ERR(folio) && folio_test_uptodate(folio))
		return folio;
	if (!IS_ERR(folio))
		folio_put(folio);
	err = page_await(file, pos);
	if (err)
		return ERR_PTR(err);
	/* There is nothing left to wait for, but to learn why it failed. */
	folio = read_mapping_folio(file->f_mapping, pos >> PAGE_SHIFT, file);
	return folio == ERR_PTR(-EBADF) ? NULL : folio;
}

static void partial_put(struct partial *partial)
{
	if (partial->first)
		folio_put(partial->first);
	if (partial->last)
		folio_put(partial->last);
}

/*
 * netfs can hold a page of which only a part is known, but does not get along
 * with a mapping that makes the rest of it dirty.  So pages of which a write
 * changes a part are read before, and held lest they go away again.
 */
static int partial_get(struct partial *partial, struct file *file, loff_t pos,
		       size_t len)
{
	loff_t end = pos + len;
	bool one = pos >> PAGE_SHIFT == (end - 1) >> PAGE_SHIFT;
	struct folio *folio = NULL;

	*partial = (struct partial){};
	if (offset_in_page(pos) || (one && offset_in_page(end)))
		folio = get_page_of(file, pos);
	if (IS_ERR(folio))
		return PTR_ERR(folio);
	partial->first = folio;
	folio = NULL;
	if (!one && offset_in_page(end))
		folio = get_page_of(file, end);
	if (IS_ERR(folio)) {
		partial_put(partial);
		return PTR_ERR(folio);
	}
	partial->last = folio;
	return 0;
}

/*
 * O_SYNC is done by sending everything afterwards; what netfs does for it
 * page by page is left alone.
 */
static ssize_t write_locked(struct kiocb *iocb, struct iov_iter *from)
{
	int sync = iocb->ki_flags & (IOCB_DSYNC | IOCB_SYNC);
	struct inode *inode = file_inode(iocb->ki_filp);
	struct partial partial;
	ssize_t n;

	n = generic_write_checks(iocb, from);
	if (n <= 0)
		return n;
	n = partial_get(&partial, iocb->ki_filp, iocb->ki_pos,
			iov_iter_count(from));
	if (n < 0)
		return n;
	iocb->ki_flags &= ~sync;
	unc_inode_change_begin(inode);
	n = netfs_buffered_write_iter_locked(iocb, from, NULL);
	unc_inode_change_end(inode);
	iocb->ki_flags |= sync;
	partial_put(&partial);
	return n;
}

/* Nothing is taken for a handle that did not come back (kmod/op/reopen.c). */
static int poisoned(struct file *file)
{
	const struct unc_file *uf = file->private_data;

	return READ_ONCE(uf->open->poisoned);
}

/*
 * Others are not told of what stays here, and the server does not ask for it:
 * so it is on its way when write() returns.
 */
static void publish(const struct kiocb *iocb, ssize_t n)
{
	struct inode *inode = file_inode(iocb->ki_filp);

	if (unc_inode_shared(inode))
		filemap_fdatawrite_range(inode->i_mapping, iocb->ki_pos - n,
					 iocb->ki_pos - 1);
}

static ssize_t unc_write_iter(struct kiocb *iocb, struct iov_iter *from)
{
	struct inode *inode = file_inode(iocb->ki_filp);
	ssize_t n = poisoned(iocb->ki_filp);

	if (n || !iov_iter_count(from))
		return n;
	if (iocb->ki_flags & IOCB_APPEND)
		n = unc_attr_find_end(iocb->ki_filp);
	if (n)
		return n;
	if (iocb->ki_flags & IOCB_DIRECT || unc_lock_uncached(inode)) {
		unc_inode_modified(inode);
		return netfs_unbuffered_write_iter(iocb, from);
	}
	n = netfs_start_io_write(inode);
	if (n)
		return n;
	n = write_locked(iocb, from);
	netfs_end_io_write(inode);
	if (n > 0)
		publish(iocb, n);
	return n > 0 ? generic_write_sync(iocb, n) : n;
}

/* ---- Reading ----------------------------------------------------------- */

/* Faults leave less than that to whoever reads by the same file. */
static void ra_restore(struct file *file)
{
	if (file->f_ra.ra_pages == FAULT_PAGES)
		file->f_ra.ra_pages =
			inode_to_bdi(file_inode(file))->ra_pages;
}

static ssize_t unc_read_iter(struct kiocb *iocb, struct iov_iter *to)
{
	if (unc_lock_uncached(file_inode(iocb->ki_filp)))
		return netfs_unbuffered_read_iter(iocb, to);
	ra_restore(iocb->ki_filp);
	return netfs_file_read_iter(iocb, to);
}

static ssize_t unc_splice_read(struct file *in, loff_t *pos,
			       struct pipe_inode_info *pipe, size_t len,
			       unsigned int flags)
{
	if (unc_lock_uncached(file_inode(in)))
		return copy_splice_read(in, pos, pipe, len, flags);
	return filemap_splice_read(in, pos, pipe, len, flags);
}

/* ---- Mapping ----------------------------------------------------------- */

/*
 * A page with something attached is one of which a part was written where it
 * could not be read before (see partial_get()).  netfs must have forgotten
 * that part before the whole page becomes writable.
 */
static vm_fault_t unc_page_mkwrite(struct vm_fault *vmf)
{
	struct address_space *mapping = vmf->vma->vm_file->f_mapping;
	struct folio *folio = page_folio(vmf->page);
	loff_t pos = (loff_t)vmf->pgoff << PAGE_SHIFT;

	if (folio_test_private(folio)) {
		filemap_write_and_wait_range(mapping, pos,
					     pos + PAGE_SIZE - 1);
		if (folio_test_private(folio))
			return VM_FAULT_SIGBUS;
	}
	return netfs_page_mkwrite(vmf, NULL);
}

/* Does the fault lie in what was read last, or follow it? */
static bool goes_on(const struct file_ra_state *ra, pgoff_t index)
{
	return ra->size && index >= ra->start &&
	       index - ra->start <= ra->size;
}

/*
 * A fault reads as much around it as the reader of a file would read ahead: that
 * is megabytes for a page.  It is worth that only if the faults follow each other.
 */
static vm_fault_t unc_fault(struct vm_fault *vmf)
{
	struct file *file = vmf->vma->vm_file;
	struct file_ra_state *ra = &file->f_ra;
	unsigned int all = inode_to_bdi(file_inode(file))->ra_pages;

	ra->ra_pages = goes_on(ra, vmf->pgoff) ? all :
		       min_t(unsigned int, all, FAULT_PAGES);
	return filemap_fault(vmf);
}

static const struct vm_operations_struct unc_vm_ops = {
	.fault		= unc_fault,
	.map_pages	= filemap_map_pages,
	.page_mkwrite	= unc_page_mkwrite,
};

static int unc_mmap(struct file *file, struct vm_area_struct *vma)
{
	int err = generic_file_mmap(file, vma);

	if (!err)
		vma->vm_ops = &unc_vm_ops;
	return err;
}

/* ---- Making sure ------------------------------------------------------- */

/* close() sends what was written, and says so if that did not work. */
static int unc_flush(struct file *file, fl_owner_t id)
{
	if (!(file->f_mode & FMODE_WRITE))
		return 0;
	unc_inode_flush(file_inode(file));
	return filemap_check_wb_err(file->f_mapping,
				    READ_ONCE(file->f_wb_err));
}

static int unc_fsync(struct file *file, loff_t start, loff_t end,
		     int datasync)
{
	struct unc_open *open;
	int err = unc_inode_flush(file_inode(file));

	err = err ?: file_check_and_advance_wb_err(file);
	if (err)
		return err;
	open = unc_inode_open(file_inode(file), file, SMB2_FILE_WRITE_DATA);
	if (!open)
		return 0;
	err = unc_op_flush(open);
	unc_op_close(open, unc_why_io);
	return err;
}

const struct file_operations unc_file_ops = {
	.open		= unc_open,
	.release	= unc_release,
	.flush		= unc_flush,
	.fsync		= unc_fsync,
	.llseek		= unc_llseek,
	.read_iter	= unc_read_iter,
	.write_iter	= unc_write_iter,
	.mmap		= unc_mmap,
	.lock		= unc_lock,
	.flock		= unc_flock,
	.splice_read	= unc_splice_read,
	.splice_write	= iter_file_splice_write,
	.setlease	= simple_nosetlease,
	.fallocate	= unc_fallocate,
	.copy_file_range = unc_copy_file_range,
	.remap_file_range = unc_remap_file_range,
};

const struct inode_operations unc_file_inode_ops = {
	.listxattr	= unc_listxattr,
	.getattr	= unc_inode_getattr,
	.setattr	= unc_inode_setattr,
	.permission	= unc_inode_permission,
};
