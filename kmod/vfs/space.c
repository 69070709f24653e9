// SPDX-License-Identifier: GPL-2.0-only
/*
 * The space that a file takes: holes and data, made and found.
 */
#include <linux/fs.h>
#include <linux/falloc.h>	/* needs types of the one above */
#include <linux/slab.h>
#include "../wire/fscc.h"
#include "vfs.h"

/**
 * struct space - a change of the space of a file
 * @inode: the file
 * @open: a handle for writing
 * @from: first byte
 * @to: the byte behind the last one
 * @size: end of file, before and after
 * @keep_size: T if the file must not grow
 */
struct space {
	struct inode	*inode;
	struct unc_open	*open;
	loff_t		from;
	loff_t		to;
	loff_t		size;
	bool		keep_size;
};

/* ---- Changing ---------------------------------------------------------- */

static int grow(struct space *s, loff_t size)
{
	int err = 0;

	if (size > s->size)
		err = unc_op_ftruncate(s->open, size);
	if (!err)
		s->size = max(s->size, size);
	return err;
}

/* Zeros in place of the holes in [from, to), which is within the file. */
static int fill_holes(struct space *s, loff_t from, loff_t to)
{
	struct unc_ranges *ranges = kmalloc(sizeof(*ranges), GFP_KERNEL);
	unsigned int i;
	loff_t next;
	int err = 0;

	if (!ranges)
		return -ENOMEM;
	while (!err && from < to) {
		err = unc_op_ranges(s->open, from, to, ranges);
		for (i = 0; !err && i < ranges->n; i++) {
			next = min_t(u64, to, ranges->at[i].from);
			err = unc_op_fill(s->open, from, next);
			from = max_t(u64, from, ranges->at[i].to);
		}
		if (!err && (!ranges->n || !ranges->more)) {
			err = unc_op_fill(s->open, from, to);
			from = to;
		}
	}
	kfree(ranges);
	return err;
}

/* Not every server looks. */
static int is_room(struct space *s, u64 len)
{
	struct unc_statfs st;
	int err = unc_op_statfs(unc_sb(s->inode->i_sb)->share, &st);

	if (err)
		return err;
	return len > (u64)st.available * st.unit ? -ENOSPC : 0;
}

/*
 * A size of allocation that is below the end of the file would cut it, and
 * only the server knows where the end is now.
 */
static int allocate_behind(struct space *s)
{
	struct unc_attr_info info;
	int err = unc_op_fgetattr(s->open, &info);

	if (err || info.size >= s->to)
		return err;
	return is_room(s, s->to - info.size) ?:
	       unc_op_allocate(s->open, s->to);
}

static int allocate(struct space *s)
{
	int err = fill_holes(s, s->from, min(s->to, s->size));

	/* Without holes there is nothing to fill. */
	if (err == -EOPNOTSUPP)
		err = 0;
	if (!err && s->to > s->size)
		err = allocate_behind(s);
	if (!err && !s->keep_size)
		err = grow(s, s->to);
	return err;
}

static int make_sparse(struct space *s)
{
	struct unc_inode *ui = unc_inode(s->inode);
	int err;

	if (ui->attributes & FSCC_ATTR_SPARSE_FILE)
		return 0;
	err = unc_op_set_sparse(s->open);
	if (!err) {
		spin_lock(&s->inode->i_lock);
		ui->attributes |= FSCC_ATTR_SPARSE_FILE;
		spin_unlock(&s->inode->i_lock);
	}
	return err;
}

static int zero(struct space *s)
{
	loff_t to = min(s->to, s->size);
	int err = 0;

	if (s->from < to)
		err = unc_op_zero(s->open, s->from, to);
	if (!err && !s->keep_size)
		err = grow(s, s->to);
	return err;
}

static int punch(struct space *s)
{
	return make_sparse(s) ?: zero(s);
}

/* Bytes move within the file, in pieces that do not overlap themselves. */
static int move(struct space *s, loff_t from, loff_t to)
{
	loff_t way = from < to ? to - from : from - to;
	struct unc_copy copy = {
		.from = s->open,
		.to = s->open,
		.source = from,
		.target = to,
		.len = s->size - max(from, to),
		.step = min_t(u64, way, U32_MAX),
		.backwards = from < to,
	};
	u64 done;
	int err = unc_op_copy(&copy, &done);

	/* After the first byte there is no way back. */
	return err == -EINVAL || err == -EOPNOTSUPP ? -EOPNOTSUPP : err;
}

static int collapse(struct space *s)
{
	loff_t size = s->size - (s->to - s->from);
	int err;

	if (s->to >= s->size)
		return -EINVAL;
	err = move(s, s->to, s->from);
	if (!err)
		err = unc_op_ftruncate(s->open, size);
	if (!err)
		s->size = size;
	return err;
}

static int insert(struct space *s)
{
	loff_t size = s->size;
	int err;

	if (s->from >= size)
		return -EINVAL;
	if (s->to - s->from > s->inode->i_sb->s_maxbytes - size)
		return -EFBIG;
	err = grow(s, size + s->to - s->from);
	if (!err)
		err = move(s, s->from, s->to);
	if (err == -EOPNOTSUPP && !unc_op_ftruncate(s->open, size))
		s->size = size;
	if (!err)
		err = unc_op_zero(s->open, s->from, s->to);
	return err;
}

static int change(struct space *s, int mode)
{
	s->keep_size = mode & FALLOC_FL_KEEP_SIZE;
	switch (mode) {
	case 0:
	case FALLOC_FL_KEEP_SIZE:
		return allocate(s);
	case FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE:
		return punch(s);
	case FALLOC_FL_ZERO_RANGE:
	case FALLOC_FL_ZERO_RANGE | FALLOC_FL_KEEP_SIZE:
		return zero(s);
	case FALLOC_FL_COLLAPSE_RANGE:
		return collapse(s);
	case FALLOC_FL_INSERT_RANGE:
		return insert(s);
	default:
		return -EOPNOTSUPP;
	}
}

static int change_quietly(struct space *s, int mode)
{
	/* What moves, moves up to the end. */
	bool moves = mode & (FALLOC_FL_COLLAPSE_RANGE |
			     FALLOC_FL_INSERT_RANGE);
	int err;

	if (s->to > s->size && !(mode & FALLOC_FL_KEEP_SIZE) && !moves) {
		err = inode_newsize_ok(s->inode, s->to);
		if (err)
			return err;
	}
	err = unc_quiet_begin(s->inode, s->from, moves ? LLONG_MAX : s->to);
	if (err)
		return err;
	err = change(s, mode);
	unc_quiet_end(s->inode, s->size);
	return err;
}

/**
 * unc_fallocate - allocate, punch, zero, collapse or insert
 * @file: open for writing
 * @mode: FALLOC_FL_*
 * @offset: first byte
 * @len: bytes
 *
 * Holes are made by FSCTL_SET_ZERO_DATA in files that are made sparse first.
 * Room within a file is made by writing zeros into its holes; behind its end
 * the server is asked for it ([MS-FSCC] 2.4.4), and may only look whether there
 * is enough.  To collapse and insert is to copy on the server, which is not
 * atomic: a failure in between leaves the file half moved.
 *
 * Context: may sleep long, killable.
 *
 * Return: 0, -EOPNOTSUPP, -ENOSPC, -EINVAL, or another -errno.
 */
long unc_fallocate(struct file *file, int mode, loff_t offset, loff_t len)
{
	struct space s = {
		.inode = file_inode(file),
		.from = offset,
		.to = offset + len,
	};
	int err;

	if (!S_ISREG(s.inode->i_mode))
		return -EOPNOTSUPP;
	inode_lock(s.inode);
	s.size = i_size_read(s.inode);
	s.open = unc_inode_open(s.inode, file, SMB2_FILE_WRITE_DATA);
	err = s.open ? change_quietly(&s, mode) : -EBADF;
	inode_unlock(s.inode);
	if (s.open)
		unc_op_close(s.open, unc_why_io);
	return err;
}

/* ---- Finding ----------------------------------------------------------- */

/* Return: the first byte of data at or behind @pos, -ENXIO if none. */
static loff_t find_data(struct unc_open *open, loff_t pos, loff_t size,
			struct unc_ranges *ranges)
{
	int err = unc_op_ranges(open, pos, size, ranges);

	if (err)
		return err;
	if (!ranges->n || ranges->at[0].from >= size)
		return -ENXIO;
	return max_t(loff_t, pos, ranges->at[0].from);
}

/* Return: the first byte of a hole at or behind @pos; there is one at @size. */
static loff_t find_hole(struct unc_open *open, loff_t pos, loff_t size,
			struct unc_ranges *ranges)
{
	unsigned int i;
	int err;

	while (pos < size) {
		err = unc_op_ranges(open, pos, size, ranges);
		if (err)
			return err;
		for (i = 0; i < ranges->n && ranges->at[i].from <= pos; i++)
			pos = max_t(loff_t, pos, ranges->at[i].to);
		if (!i || i < ranges->n || !ranges->more)
			break;
	}
	return min(pos, size);
}

static loff_t find(struct file *file, loff_t pos, int whence)
{
	struct inode *inode = file_inode(file);
	loff_t size = i_size_read(inode);
	struct unc_ranges *ranges;
	struct unc_open *open;

	if (pos < 0 || pos >= size)
		return -ENXIO;
	open = unc_inode_open(inode, file, SMB2_FILE_READ_DATA);
	if (!open)
		return -EBADF;
	ranges = kmalloc(sizeof(*ranges), GFP_KERNEL);
	if (!ranges)
		pos = -ENOMEM;
	else if (whence == SEEK_DATA)
		pos = find_data(open, pos, size, ranges);
	else
		pos = find_hole(open, pos, size, ranges);
	kfree(ranges);
	unc_op_close(open, unc_why_io);
	return pos;
}

/**
 * unc_llseek - lseek, also to holes and data
 * @file: open file
 * @offset: as of lseek
 * @whence: SEEK_*
 *
 * Context: may sleep.
 *
 * Return: the new position, or -errno.
 */
loff_t unc_llseek(struct file *file, loff_t offset, int whence)
{
	struct inode *inode = file_inode(file);
	loff_t pos = 0;

	if (whence == SEEK_END)
		pos = unc_attr_find_end(file);
	if (pos)
		return pos;
	if (whence != SEEK_DATA && whence != SEEK_HOLE)
		return generic_file_llseek(file, offset, whence);
	unc_inode_flush(inode);
	pos = find(file, offset, whence);
	/* A server without holes: all is data. */
	if (pos == -EOPNOTSUPP || pos == -EBADF)
		return generic_file_llseek(file, offset, whence);
	return pos < 0 ? pos : vfs_setpos(file, pos,
					  inode->i_sb->s_maxbytes);
}
