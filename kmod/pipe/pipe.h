/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Named pipes: /dev/npipe, and the files of a mounted IPC$.
 *
 * Both kinds of file have a struct unc_pipe behind them.  At most one READ
 * and one WRITE of a pipe are in flight, each in its slot; what a READ
 * brought stays there until readers have taken all of it.
 */
#ifndef _UNC_PIPE_H
#define _UNC_PIPE_H

#include <linux/fs.h>
#include <linux/mutex.h>
#include <linux/poll.h>
#include <linux/refcount.h>
#include <linux/spinlock.h>
#include <linux/uio.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#include "../op/op.h"
#include "../op/pipe_root.h"

/* Of a READ; also what an idle pipe that somebody polls costs. */
#define UNC_PIPE_READ_MAX	(64 * 1024)
/* Of a WRITE: Samba's pipes have messages with lengths of 16 bits. */
#define UNC_PIPE_WRITE_MAX	65535
/* How long a WRITE may take to answer a CANCEL, milliseconds. */
#define UNC_PIPE_CANCEL_MS	5000
/* How long PEEK waits for a READ where the server has no PEEK. */
#define UNC_PIPE_PEEK_MS	200
/* How long open(2) waits for a pipe that is busy. */
#define UNC_PIPE_BUSY_MS	5000

struct unc_pipe;

/**
 * struct unc_pipe_xfer - one READ or WRITE, and its data
 * @ref: the slot has one, the flight another, a sleeper a third
 * @pipe: whose it is (pins ref)
 * @io: for op/; its result is valid once @finished
 * @vec: what the iterator of @io walks over
 * @finished: T once it has ended
 * @taken: bytes of a READ that readers have got, under read_lock
 * @buf: the data
 */
struct unc_pipe_xfer {
	refcount_t		ref;
	struct unc_pipe		*pipe;
	struct unc_io		io;
	struct kvec		vec;
	bool			finished;
	size_t			taken;
	u8			*buf;
};

/**
 * struct unc_pipe - one open pipe
 * @ref: memory; the file has one, each transfer one
 * @share: where it is (pins ref); until unc_pipe_close()
 * @open: the handle (pins ref); until unc_pipe_close()
 * @readable: T if it was opened for reading
 * @read_lock: one reader at a time, across its wait
 * @write_lock: one writer at a time, across its wait; before @read_lock
 * @lock: protects @rx, @tx and @ended; leaf
 * @rx: READ in flight or not read out yet; emptied under @read_lock
 * @tx: WRITE in flight or not looked at yet, under @write_lock as well
 * @ended: T once the server has closed its end and all data was read
 * @no_peek: T if the server knows no FSCTL_PIPE_PEEK
 * @message: T in message mode
 * @more: T if the message that was read last goes on, under read_lock
 * @wait: for the end of a transfer
 * @ask: starts a READ for somebody who must not wait
 */
struct unc_pipe {
	refcount_t		ref;
	struct unc_share	*share;
	struct unc_open		*open;
	bool			readable;
	struct mutex		read_lock;	/* one reader at a time */
	struct mutex		write_lock;	/* one writer at a time */
	spinlock_t		lock;		/* the slots */
	struct unc_pipe_xfer	*rx;
	struct unc_pipe_xfer	*tx;
	bool			ended;
	bool			no_peek;
	bool			message;
	bool			more;
	wait_queue_head_t	wait;
	struct work_struct	ask;
};

/* pipe.c: the object */
struct unc_pipe *unc_pipe_open(struct unc_share *share, const char *name,
			       fmode_t mode, unsigned int wait_ms);
bool unc_pipe_lost(const struct unc_pipe *pipe);
void unc_pipe_close(struct unc_pipe *pipe);
void unc_pipe_put(struct unc_pipe *pipe);
int unc_pipe_lock(struct mutex *lock, bool nowait);
__poll_t unc_pipe_poll(struct unc_pipe *pipe, struct file *file,
		       poll_table *table);

/* xfer.c: one READ or WRITE */
struct unc_pipe_xfer *unc_pipe_xfer_new(struct unc_pipe *pipe, size_t len,
					bool write);
void unc_pipe_xfer_start(struct unc_pipe_xfer *xfer);
int unc_pipe_xfer_wait(struct unc_pipe_xfer *xfer, long timeout);
void unc_pipe_xfer_drop(struct unc_pipe_xfer *xfer);
void unc_pipe_xfer_put(struct unc_pipe_xfer *xfer);
static inline bool unc_pipe_xfer_finished(const struct unc_pipe_xfer *xfer)
{
	/* Pairs with unc_pipe_xfer_done(): the data before the flag. */
	return smp_load_acquire(&xfer->finished);
}

/* read.c */
void unc_pipe_ask(struct work_struct *work);
int unc_pipe_fill(struct unc_pipe *pipe, bool nowait);
ssize_t unc_pipe_take(struct unc_pipe *pipe, struct iov_iter *to);
ssize_t unc_pipe_read(struct unc_pipe *pipe, struct iov_iter *to, bool nowait,
		      bool *more);

/* write.c */
ssize_t unc_pipe_write_locked(struct unc_pipe *pipe, struct iov_iter *from,
			      bool nowait);
ssize_t unc_pipe_write(struct unc_pipe *pipe, struct iov_iter *from,
		       bool nowait);

/* busy.c: opening a pipe that may be in use */
int unc_pipe_open_busy(struct unc_share *share, const char *name,
		       const struct unc_open_args *args, unsigned int wait_ms,
		       struct unc_open **open);

/* talk.c: control codes */
int unc_pipe_set_mode(struct unc_pipe *pipe, bool message);
int unc_pipe_transceive(struct unc_pipe *pipe, struct unc_ioctl *talk);
int unc_pipe_peek(struct unc_pipe *pipe, struct unc_pipe_peek *peek);

static inline struct unc_pipe *unc_pipe_of(struct file *file)
{
	/* Pairs with cmpxchg_release() in unc_pipe_connect_path(). */
	return smp_load_acquire((struct unc_pipe **)&file->private_data);
}

/* file.c: what the files of both kinds do */
ssize_t unc_pipe_file_read_iter(struct kiocb *iocb, struct iov_iter *to);
ssize_t unc_pipe_file_write_iter(struct kiocb *iocb, struct iov_iter *from);
__poll_t unc_pipe_file_poll(struct file *file, poll_table *table);
int unc_pipe_file_release(struct inode *inode, struct file *file);

/* ioctl.c */
long unc_pipe_file_ioctl(struct file *file, unsigned int cmd,
			 unsigned long arg);

/* path.c: \\host\pipe\name */
int unc_pipe_path_split(char *path, const char **host, const char **name);

/* connect.c: UNC_IOC_PIPE_CONNECT, and the server for others */
struct unc_share *unc_pipe_server(const struct unc_pipe_connect *arg,
				  const char **name, char **path);
int unc_pipe_connect(struct file *file, const struct unc_pipe_connect *arg);

/* rap.c: UNC_IOC_RAP */
int unc_rap(struct unc_rap *arg);

/* root.c: mounted IPC$ */
int unc_pipe_root_make(struct super_block *sb, struct unc_share *share,
		       const struct unc_pipe_owner *owner);

/* device.c: /dev/npipe, and the folder's init and exit */
int unc_pipe_init(void);
void unc_pipe_exit(void);

#endif /* _UNC_PIPE_H */
