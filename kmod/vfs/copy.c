// SPDX-License-Identifier: GPL-2.0-only
/*
 * Copies that the server makes: copy_file_range, and reflinks where its file
 * system has them.
 */
#include <linux/fs.h>
#include <linux/pagemap.h>
#include <linux/sizes.h>
#include <linux/splice.h>
#include "vfs.h"

/* A key of the source is good for the session that asked for it. */
static bool same_session(const struct unc_copy *copy)
{
	return copy->from->tree->session == copy->to->tree->session;
}

static int get_handles(struct unc_copy *copy, struct file *in,
		       struct file *out)
{
	copy->from = unc_inode_open(file_inode(in), in, SMB2_FILE_READ_DATA);
	copy->to = unc_inode_open(file_inode(out), out, SMB2_FILE_WRITE_DATA);
	if (!copy->from || !copy->to)
		return -EBADF;
	return same_session(copy) ? 0 : -EXDEV;
}

static void put_handles(struct unc_copy *copy)
{
	if (copy->from)
		unc_op_close(copy->from, unc_why_io);
	if (copy->to)
		unc_op_close(copy->to, unc_why_io);
}

/* ---- Copying ----------------------------------------------------------- */

/* Both inodes are locked.  Return: bytes, or -errno. */
static ssize_t copy_locked(struct unc_copy *copy, struct inode *from,
			   struct inode *to)
{
	loff_t size;
	u64 done = 0;
	int err;

	err = filemap_write_and_wait(from->i_mapping);
	if (!err)
		err = unc_quiet_begin(to, copy->target,
				      copy->target + copy->len);
	if (err)
		return err;
	err = unc_op_copy(copy, &done);
	size = i_size_read(to);
	if (done)
		size = max_t(loff_t, size, copy->target + done);
	unc_quiet_end(to, size);
	return done ?: err;
}

static ssize_t copy_on_server(struct unc_copy *copy, struct file *in,
			      struct file *out)
{
	struct inode *from = file_inode(in), *to = file_inode(out);
	ssize_t n = get_handles(copy, in, out);

	if (n)
		return n;
	lock_two_nondirectories(from, to);
	/* It may have become shorter since the VFS looked. */
	copy->len = min_t(u64, copy->len,
			  max_t(loff_t, i_size_read(from) - copy->source, 0));
	n = copy->len ? copy_locked(copy, from, to) : 0;
	unlock_two_nondirectories(from, to);
	return n;
}

/**
 * unc_copy_file_range - copy between files
 * @in: source
 * @pos_in: where in it
 * @out: target
 * @pos_out: where in it
 * @len: bytes
 * @flags: none yet
 *
 * On the server if it can, else through this machine.
 *
 * Context: may sleep long, killable.
 *
 * Return: bytes copied, perhaps fewer than @len; or -errno.
 */
ssize_t unc_copy_file_range(struct file *in, loff_t pos_in, struct file *out,
			    loff_t pos_out, size_t len, unsigned int flags)
{
	struct unc_copy copy = {
		.source = pos_in,
		.target = pos_out,
		.len = len,
		.step = SZ_1M,
	};
	ssize_t n = -EXDEV;

	if (in->f_op == out->f_op)
		n = copy_on_server(&copy, in, out);
	put_handles(&copy);
	if (n == -EOPNOTSUPP || n == -EINVAL || n == -EXDEV || n == -EBADF)
		n = splice_copy_file_range(in, pos_in, out, pos_out, len);
	return n;
}

/* ---- Sharing ----------------------------------------------------------- */

/* The server shares only what is within the target already. */
static int clone_locked(struct unc_copy *copy, struct inode *to)
{
	loff_t old = i_size_read(to), end = copy->target + copy->len;
	int err = unc_quiet_begin(to, copy->target, end);

	if (err)
		return err;
	if (end > old)
		err = unc_op_ftruncate(copy->to, end);
	if (!err)
		err = unc_op_clone(copy);
	if (err && end > old)
		unc_op_ftruncate(copy->to, old);
	unc_quiet_end(to, err ? old : max(old, end));
	return err;
}

/**
 * unc_remap_file_range - FICLONE and FICLONERANGE
 * @in: source
 * @pos_in: where in it
 * @out: target
 * @pos_out: where in it
 * @len: bytes, 0 for all
 * @flags: REMAP_FILE_*
 *
 * Context: may sleep, killable.
 *
 * Return: bytes; -EOPNOTSUPP for comparing (FIDEDUPERANGE), and if the server's
 * file system cannot share; or another -errno.
 */
loff_t unc_remap_file_range(struct file *in, loff_t pos_in, struct file *out,
			    loff_t pos_out, loff_t len, unsigned int flags)
{
	struct inode *from = file_inode(in), *to = file_inode(out);
	struct unc_copy copy = { .source = pos_in, .target = pos_out };
	int err;

	if (flags & ~REMAP_FILE_ADVISORY)
		return -EOPNOTSUPP;
	lock_two_nondirectories(from, to);
	err = generic_remap_file_range_prep(in, pos_in, out, pos_out, &len,
					    flags);
	if (!err && len)
		err = get_handles(&copy, in, out);
	copy.len = len;
	if (!err && len)
		err = clone_locked(&copy, to);
	unlock_two_nondirectories(from, to);
	put_handles(&copy);
	return err ?: len;
}
