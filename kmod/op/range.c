// SPDX-License-Identifier: GPL-2.0-only
/*
 * range: which parts of a file are there, which become holes, which are made
 * sure of.
 */
#include <linux/bvec.h>
#include <linux/completion.h>
#include <linux/mm.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include "../wire/fscc_range.h"
#include "../wire/smb2_fsctl.h"
#include "verbs.h"

#define FILL_PAGES	16

static int fsctl(struct unc_open *open, u32 code, const struct wire_out *in)
{
	struct unc_ioctl ioctl = {
		.code = code,
		.in = in->buf,
		.in_len = in->pos,
	};

	return unc_op_ioctl(open, &ioctl);
}

/**
 * unc_op_set_sparse - let a file have holes
 * @open: the handle, with FILE_WRITE_DATA or FILE_WRITE_ATTRIBUTES
 *
 * [MS-FSCC] 2.3.69.  May sleep, killable.
 *
 * Return: 0; -EOPNOTSUPP if files have no holes there; or another -errno.
 */
int unc_op_set_sparse(struct unc_open *open)
{
	struct wire_out in;
	u8 buf[1];

	wire_out_init(&in, buf, sizeof(buf));
	return wire_fscc_sparse_encode(&in, true) ?:
	       fsctl(open, FSCTL_SET_SPARSE, &in);
}

/**
 * unc_op_zero - make bytes zero; holes, if the file is sparse
 * @open: the handle, with FILE_WRITE_DATA
 * @from: first byte
 * @to: the byte behind the last one
 *
 * [MS-FSCC] 2.3.71.  The size stays as it is.  May sleep, killable.
 *
 * Return: 0, -EOPNOTSUPP, or another -errno.
 */
int unc_op_zero(struct unc_open *open, u64 from, u64 to)
{
	struct wire_fscc_zero_data zero = { .offset = from, .beyond = to };
	struct wire_out in;
	u8 buf[16];

	wire_out_init(&in, buf, sizeof(buf));
	return wire_fscc_zero_data_encode(&in, &zero) ?:
	       fsctl(open, FSCTL_SET_ZERO_DATA, &in);
}

static int ranges_decode(struct unc_ranges *ranges, const void *buf, u32 len)
{
	struct wire_fscc_range range;
	struct wire_in list;
	u64 end = 0;
	int ret;

	wire_in_init(&list, buf, len);
	while ((ret = wire_fscc_range_next(&list, &range)) > 0) {
		/* In order, or a search would never come to its end. */
		if (range.offset < end || ranges->n == UNC_RANGES)
			return -EIO;
		end = range.offset + range.length;
		ranges->at[ranges->n].from = range.offset;
		ranges->at[ranges->n++].to = end;
	}
	return ret ? -EIO : 0;
}

/**
 * unc_op_ranges - where in a file there is data
 * @open: the handle, with FILE_READ_DATA
 * @from: first byte to look at
 * @to: the byte behind the last one
 * @ranges: the first ones, in order, without holes between from and to
 *
 * [MS-FSCC] 2.3.55.  May sleep, killable.
 *
 * Return: 0, -EOPNOTSUPP, or another -errno.
 */
int unc_op_ranges(struct unc_open *open, u64 from, u64 to,
		  struct unc_ranges *ranges)
{
	struct wire_fscc_range range = { .offset = from, .length = to - from };
	struct unc_ioctl ioctl = { .code = FSCTL_QUERY_ALLOCATED_RANGES };
	u8 buf[WIRE_FSCC_RANGE_SIZE];
	struct wire_out in;
	int err;

	ranges->n = 0;
	wire_out_init(&in, buf, sizeof(buf));
	err = wire_fscc_range_encode(&in, &range);
	if (err)
		return err;
	ioctl.in = in.buf;
	ioctl.in_len = in.pos;
	ioctl.out_len = UNC_RANGES * WIRE_FSCC_RANGE_SIZE;
	ioctl.out = kmalloc(ioctl.out_len, GFP_NOFS);
	if (!ioctl.out)
		return -ENOMEM;
	err = unc_op_ioctl(open, &ioctl);
	if (!err)
		err = ranges_decode(ranges, ioctl.out, ioctl.out_len);
	ranges->more = ioctl.more;
	kfree(ioctl.out);
	return err;
}

static void fill_done(struct unc_io *io)
{
	complete(io->priv);
}

static ssize_t fill_some(struct unc_open *open, u64 from, size_t len)
{
	DECLARE_COMPLETION_ONSTACK(done);
	struct bio_vec pages[FILL_PAGES];
	struct unc_io io = {
		.open = open,
		.pos = from,
		.len = len,
		.done = fill_done,
		.priv = &done,
	};
	int i, err;

	for (i = 0; i < FILL_PAGES; i++)
		bvec_set_page(&pages[i], ZERO_PAGE(0), PAGE_SIZE, 0);
	iov_iter_bvec(&io.iter, ITER_SOURCE, pages, FILL_PAGES, len);
	err = unc_op_write_start(&io);
	if (err)
		return err;
	if (wait_for_completion_killable(&done)) {
		/* It is on our stack, and ends at its deadline at the latest. */
		unc_op_io_cancel(&io);
		wait_for_completion(&done);
		return -ERESTARTSYS;
	}
	return io.result;
}

/**
 * unc_op_fill - write zeros, so that there is no hole
 * @open: the handle, with FILE_WRITE_DATA
 * @from: first byte
 * @to: the byte behind the last one
 *
 * May sleep, killable.  Return: 0 or -errno.
 */
int unc_op_fill(struct unc_open *open, u64 from, u64 to)
{
	size_t len;
	ssize_t n;

	while (from < to) {
		len = min_t(u64, to - from, FILL_PAGES * PAGE_SIZE);
		n = fill_some(open, from, len);
		if (n <= 0)
			return n ?: -EIO;
		from += n;
	}
	return 0;
}

/**
 * unc_op_allocate - make sure of room for a file
 * @open: the handle, with FILE_WRITE_DATA
 * @size: bytes, not less than the file has: it would be cut off
 *
 * [MS-FSCC] 2.4.4.  May sleep, killable.
 *
 * Return: 0, -ENOSPC, or another -errno.
 */
int unc_op_allocate(struct unc_open *open, u64 size)
{
	u8 buf[sizeof(size)];
	struct unc_set how = { .class = FSCC_FILE_ALLOCATION };
	struct wire_out out;
	int err;

	wire_out_init(&out, buf, sizeof(buf));
	err = wire_fscc_allocation_encode(&out, size);
	how.data = (struct wire_blob){ .ptr = buf, .len = out.pos };
	return err ?: unc_set_open(open, &how);
}
