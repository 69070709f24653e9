// SPDX-License-Identifier: GPL-2.0-only
/*
 * Data: what netfs wants read and written becomes READs and WRITEs.
 *
 * netfs splits requests into pieces of what one command can carry; each piece
 * has its struct unc_io.  Short answers are continued here: netfs only ever
 * sees a piece done, at the end of the file, or failed.
 */
#include <linux/mempool.h>
#include <linux/pagemap.h>
#include <linux/slab.h>
#include "../compat/netfs.h"
#include "vfs.h"

#define PIECES_MIN	32	/* always there, so that writeback goes on */

/**
 * struct piece - a subrequest of netfs and the command that does it
 * @netfs: must be first; allocated, counted and freed by netfs
 * @io: the command
 * @got: bytes moved so far, since netfs issued the piece
 * @work: goes on in a worker
 */
struct piece {
	struct netfs_io_subrequest	netfs;
	struct unc_io			io;
	size_t				got;
	struct work_struct		work;
};

static struct kmem_cache *piece_cache;
static mempool_t piece_pool;
static struct workqueue_struct *piece_wq;

static struct piece *piece_of(struct netfs_io_subrequest *subreq)
{
	return container_of(subreq, struct piece, netfs);
}

/* ---- Requests ---------------------------------------------------------- */

static bool for_writing(const struct netfs_io_request *rreq)
{
	return rreq->origin == NETFS_WRITETHROUGH ||
	       rreq->origin == NETFS_UNBUFFERED_WRITE ||
	       rreq->origin == NETFS_DIO_WRITE;
}

static u32 piece_max(struct netfs_io_request *rreq, bool write)
{
	const struct unc_options *opt = &unc_sb(rreq->inode->i_sb)->opt;
	u32 limit = write ? opt->wsize : opt->rsize;
	u32 max = unc_op_io_max(rreq->netfs_priv, write);

	/* Whole pages: netfs dislikes pieces that meet within one. */
	return max_t(u32, round_down(min(max, limit), PAGE_SIZE), PAGE_SIZE);
}

static int init_request(struct netfs_io_request *rreq, struct file *file)
{
	bool write = for_writing(rreq);
	u32 access = write ? SMB2_FILE_WRITE_DATA : SMB2_FILE_READ_DATA;

	if (rreq->origin == NETFS_WRITEBACK)
		return 0;
	rreq->netfs_priv = unc_inode_open(rreq->inode, file, access);
	if (!rreq->netfs_priv)
		return -EBADF;
	if (write)
		rreq->wsize = piece_max(rreq, true);
	else
		rreq->io_streams[0].sreq_max_len = piece_max(rreq, false);
	return 0;
}

/*
 * Whoever made a page dirty had the file open, and release() flushes before
 * the handle goes.  Should there be none all the same, the pieces fail, and
 * with them fsync, instead of the data getting lost in silence.
 */
static void begin_writeback(struct netfs_io_request *wreq)
{
	wreq->netfs_priv = unc_inode_open(wreq->inode, NULL,
					  SMB2_FILE_WRITE_DATA);
	wreq->wsize = wreq->netfs_priv ? piece_max(wreq, true) : PAGE_SIZE;
	wreq->io_streams[0].avail = true;
}

static void free_request(struct netfs_io_request *rreq)
{
	if (rreq->netfs_priv)
		unc_op_close(rreq->netfs_priv, unc_why_io);
}

/* ---- Pieces ------------------------------------------------------------ */

/* What is left of a piece; subreq->io_iter itself is never moved. */
static void piece_aim(struct piece *piece, void (*done)(struct unc_io *io))
{
	struct netfs_io_subrequest *subreq = &piece->netfs;
	size_t skip = subreq->transferred + piece->got;

	piece->io = (struct unc_io){
		.open = subreq->rreq->netfs_priv,
		.pos = subreq->start + skip,
		.len = subreq->len - skip,
		.iter = subreq->io_iter,
		.done = done,
		.mortal = subreq->rreq->origin != NETFS_WRITEBACK,
	};
	iov_iter_advance(&piece->io.iter, piece->got);
}

static void piece_later(struct piece *piece, work_func_t func)
{
	INIT_WORK(&piece->work, func);
	queue_work(piece_wq, &piece->work);
}

/* ---- Reading ----------------------------------------------------------- */

static void read_end(struct piece *piece, int err)
{
	struct netfs_io_subrequest *subreq = &piece->netfs;

	subreq->transferred += piece->got;
	subreq->error = err;
	unc_netfs_read_terminated(subreq);
}

static void read_start(struct piece *piece);

static void read_again(struct work_struct *work)
{
	read_start(container_of(work, struct piece, work));
}

static bool read_hit_end(const struct unc_io *io, const struct inode *inode)
{
	return io->pos + io->result >= i_size_read(inode);
}

static void read_done(struct unc_io *io)
{
	struct piece *piece = container_of(io, struct piece, io);
	struct netfs_io_subrequest *subreq = &piece->netfs;

	if (io->result < 0)
		return read_end(piece, io->result);
	piece->got += io->result;
	if (io->result == io->len)
		return read_end(piece, 0);
	if (io->result && !read_hit_end(io, subreq->rreq->inode))
		return piece_later(piece, read_again);
	/* Beyond the server's end there is nothing, or not yet. */
	if (subreq->rreq->origin != NETFS_DIO_READ)
		__set_bit(NETFS_SREQ_CLEAR_TAIL, &subreq->flags);
	__set_bit(NETFS_SREQ_HIT_EOF, &subreq->flags);
	read_end(piece, 0);
}

static void read_start(struct piece *piece)
{
	int err;

	piece_aim(piece, read_done);
	err = unc_op_read_start(&piece->io);
	if (err)
		read_end(piece, err);
}

static void issue_read(struct netfs_io_subrequest *subreq)
{
	piece_of(subreq)->got = 0;
	read_start(piece_of(subreq));
}

/* ---- Writing ----------------------------------------------------------- */

/* netfs would begin anew for ever with EAGAIN, and tells errors to nobody. */
static void write_end(struct piece *piece, int err)
{
	struct netfs_io_subrequest *subreq = &piece->netfs;
	ssize_t result = piece->got;

	if (err) {
		result = err == -EAGAIN ? -EIO : err;
		cmpxchg(&subreq->rreq->error, 0, (long)result);
	}
	/* Answers from before are older than what is clean from here on. */
	unc_inode_modified(subreq->rreq->inode);
	netfs_write_subrequest_terminated(subreq, result, false);
}

static void write_start(struct piece *piece);

static void write_again(struct work_struct *work)
{
	write_start(container_of(work, struct piece, work));
}

static void write_done(struct unc_io *io)
{
	struct piece *piece = container_of(io, struct piece, io);

	if (io->result < 0)
		return write_end(piece, io->result);
	if (!io->result)
		return write_end(piece, -EIO);
	piece->got += io->result;
	if (io->result < io->len)
		return piece_later(piece, write_again);
	write_end(piece, 0);
}

/*
 * A signal that kills whoever happens to write back must not cost the data of
 * others: a worker has no signals.
 */
static void write_start(struct piece *piece)
{
	int err = -EBADF;

	piece_aim(piece, write_done);
	if (piece->io.open)
		err = unc_op_write_start(&piece->io);
	if (err == -ERESTARTSYS && !(current->flags & PF_WQ_WORKER))
		return piece_later(piece, write_again);
	if (err)
		write_end(piece, err);
}

static void issue_write(struct netfs_io_subrequest *subreq)
{
	piece_of(subreq)->got = 0;
	write_start(piece_of(subreq));
}

const struct netfs_request_ops unc_netfs_ops = {
	.subrequest_pool	= &piece_pool,
	.init_request		= init_request,
	.free_request		= free_request,
	.issue_read		= issue_read,
	.post_modify		= unc_inode_modified,
	.begin_writeback	= begin_writeback,
	.issue_write		= issue_write,
};

/* Swapping would need the network to get the memory that the network needs. */
static int refuse_swap(struct swap_info_struct *sis, struct file *file,
		       sector_t *span)
{
	pr_notice("uncfs: a file on a share cannot be swapped to\n");
	return -EOPNOTSUPP;
}

const struct address_space_operations unc_aops = {
	.read_folio		= netfs_read_folio,
	.readahead		= netfs_readahead,
	.dirty_folio		= netfs_dirty_folio,
	.release_folio		= netfs_release_folio,
	.invalidate_folio	= netfs_invalidate_folio,
	.direct_IO		= noop_direct_IO,
	.writepages		= netfs_writepages,
	.migrate_folio		= filemap_migrate_folio,
	.swap_activate		= refuse_swap,
};

/**
 * unc_io_init - get ready for reading and writing
 *
 * Return: 0 or -ENOMEM.
 */
int unc_io_init(void)
{
	int err;

	piece_cache = kmem_cache_create("uncfs_piece", sizeof(struct piece), 0,
					SLAB_HWCACHE_ALIGN, NULL);
	if (!piece_cache)
		return -ENOMEM;
	err = mempool_init_slab_pool(&piece_pool, PIECES_MIN, piece_cache);
	if (err)
		goto out_cache;
	piece_wq = alloc_workqueue("uncfs_io", WQ_MEM_RECLAIM | WQ_UNBOUND, 0);
	if (piece_wq)
		return 0;
	err = -ENOMEM;
	mempool_exit(&piece_pool);
out_cache:
	kmem_cache_destroy(piece_cache);
	return err;
}

/**
 * unc_io_exit - undo unc_io_init()
 *
 * Context: nothing is mounted; netfs has freed its requests.
 */
void unc_io_exit(void)
{
	destroy_workqueue(piece_wq);
	mempool_exit(&piece_pool);
	kmem_cache_destroy(piece_cache);
}
