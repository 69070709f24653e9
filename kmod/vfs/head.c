// SPDX-License-Identifier: GPL-2.0-only
/*
 * The first bytes of a file, which come in the same flight as its handle: who
 * opens a file for reading mostly reads it, and a small one is then all there.
 */
#include <linux/fs.h>
#include <linux/pagemap.h>
#include <linux/slab.h>
#include <linux/sizes.h>
#include "vfs.h"

#define HEAD_MAX	SZ_64K		/* costs one credit */

/* How much to ask for; nothing of what is here already, or empty. */
static u32 head_size(const struct inode *inode)
{
	if (!inode)
		return HEAD_MAX;
	if (!S_ISREG(inode->i_mode) || inode->i_mapping->nrpages)
		return 0;
	return min_t(u64, round_up((u64)i_size_read(inode), PAGE_SIZE),
		     HEAD_MAX);
}

/**
 * unc_head_wish - read the first bytes while opening?
 * @head: filled in; unc_head_free() frees what it has
 * @dentry: of the file, perhaps negative
 * @flags: O_*
 *
 * Context: may sleep.
 *
 * Return: @head, or NULL for no.
 */
struct unc_head *unc_head_wish(struct unc_head *head,
			       const struct dentry *dentry, unsigned int flags)
{
	*head = (struct unc_head){};
	if ((flags & O_ACCMODE) != O_RDONLY ||
	    flags & (O_DIRECT | O_TRUNC | O_EXCL))
		return NULL;
	head->size = head_size(d_inode_rcu(dentry));
	if (head->size)
		head->buf = kvmalloc(head->size, GFP_KERNEL);
	return head->buf ? head : NULL;
}

/**
 * unc_head_free - free the bytes
 * @head: the bytes
 */
void unc_head_free(struct unc_head *head)
{
	kvfree(head->buf);
}

/*
 * A change made here before the page was locked is newer than @since; one made
 * after that waits for the page.
 */
static bool is_newest(struct inode *inode, u64 since)
{
	return READ_ONCE(unc_inode(inode)->changed) <= since &&
	       !unc_inode_is_ours(inode);
}

/* Return: F if there is no memory. */
static bool keep_page(struct inode *inode, const struct unc_head *head,
		      u32 at, u64 since)
{
	struct address_space *mapping = inode->i_mapping;
	u32 len = min_t(u32, head->len - at, PAGE_SIZE);
	struct folio *folio = filemap_alloc_folio(mapping_gfp_mask(mapping), 0);

	if (!folio)
		return false;
	if (!filemap_add_folio(mapping, folio, at >> PAGE_SHIFT,
			       mapping_gfp_mask(mapping))) {
		if (is_newest(inode, since)) {
			memcpy_to_folio(folio, 0, head->buf + at, len);
			folio_zero_segment(folio, len, PAGE_SIZE);
			folio_mark_uptodate(folio);
		}
		folio_unlock(folio);
	}
	folio_put(folio);
	return true;
}

/**
 * unc_head_keep - put what was read into the page cache
 * @inode: of the file, whose attributes are those that came with it
 * @head: what was read
 * @size: end of file, as the server said with it
 * @since: unc_clock() from before asking
 *
 * Pages that are there already stay.  Context: may sleep.
 */
void unc_head_keep(struct inode *inode, const struct unc_head *head, u64 size,
		   u64 since)
{
	u32 at, len = head->len;

	/* The last page must be a whole one, or end where the file does. */
	if (len != size)
		len = round_down(len, PAGE_SIZE);
	if (len > size)
		return;
	filemap_invalidate_lock_shared(inode->i_mapping);
	for (at = 0; at < len; at += PAGE_SIZE)
		if (!keep_page(inode, head, at, since))
			break;
	filemap_invalidate_unlock_shared(inode->i_mapping);
}
