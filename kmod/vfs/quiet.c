// SPDX-License-Identifier: GPL-2.0-only
/*
 * A file whose bytes the server is about to change by itself: what is dirty
 * goes first, and no page of that part is here meanwhile.
 */
#include <linux/fs.h>
#include <linux/pagemap.h>
#include "vfs.h"

#define QUIET_TRIES	5

/* A page that somebody's mapping makes dirty again is sent again. */
static int drop_pages(struct address_space *mapping, loff_t from, loff_t to)
{
	int err, i;

	for (i = 0; i < QUIET_TRIES; i++) {
		err = filemap_write_and_wait(mapping);
		if (err)
			return err;
		err = invalidate_inode_pages2_range(mapping, from >> PAGE_SHIFT,
						    (to - 1) >> PAGE_SHIFT);
		if (err != -EBUSY)
			break;
	}
	return err;
}

/**
 * unc_quiet_begin - keep a part of a file away from readers and writers
 * @inode: regular file
 * @from: first byte
 * @to: the byte behind the last one, LLONG_MAX for all that follow
 *
 * Context: may sleep; the caller holds the inode's lock.  On success the
 * invalidate lock is held until unc_quiet_end().
 *
 * Return: 0; or -errno, also one of writing what was dirty.
 */
int unc_quiet_begin(struct inode *inode, loff_t from, loff_t to)
{
	int err;

	inode_dio_wait(inode);
	filemap_invalidate_lock(inode->i_mapping);
	err = drop_pages(inode->i_mapping, from, to);
	if (err)
		filemap_invalidate_unlock(inode->i_mapping);
	else
		unc_inode_change_begin(inode);
	return err;
}

/**
 * unc_quiet_end - let them in again
 * @inode: the file
 * @size: its size now
 *
 * Context: as unc_quiet_begin().
 */
void unc_quiet_end(struct inode *inode, loff_t size)
{
	if (size != i_size_read(inode))
		truncate_setsize(inode, size);
	unc_inode_change_end(inode);
	filemap_invalidate_unlock(inode->i_mapping);
}
