/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The operation object: what a VFS method or a pipe wants done, from choosing
 * the tree to turning NTSTATUS into errno, written once for every verb.
 *
 * A verb (one file each) encodes its plan of commands into a request in
 * issue() and takes the results out of it in done().  Nothing that issue()
 * reads may change between attempts: it runs again after a reconnect.
 */
#ifndef _UNC_OP_H
#define _UNC_OP_H

#include <linux/fs.h>
#include <linux/types.h>
#include "../conn/lease.h"
#include "../conn/request.h"
#include "io.h"
#include "node.h"
#include "share.h"

struct unc_op;

/**
 * struct unc_verb - a kind of operation
 * @name: for messages
 * @room: bytes that its encoded commands need at most, without path
 * @repeatable: T if doing it twice is the same as once, so that it may be
 *	tried again when the connection was lost under it
 * @checkable: T if, when it was tried twice, its caller finds out by
 *	@uncertain of &struct unc_op whether the first time was the one
 * @interruptible: T if any signal ends the wait, not only a fatal one
 * @unbounded: T if it has no deadline (it waits for somebody else's doing)
 * @issue: encode the plan; returns 0 or -errno
 * @done: take the results; runs only when every part was answered; returns
 *	what the operation returns
 * @orphaned: see struct unc_req; may be NULL
 */
struct unc_verb {
	const char	*name;
	u32		room;
	bool		repeatable;
	bool		checkable;
	bool		interruptible;
	bool		unbounded;
	int		(*issue)(struct unc_op *op, struct unc_req *req);
	int		(*done)(struct unc_op *op, struct unc_req *req);
	void		(*orphaned)(struct unc_req *req);
};

/**
 * struct unc_op - one operation
 * @verb: what to do
 * @share: where, for operations by path; its tree is chosen at each attempt
 * @open: on what, for operations by handle; then @share is not looked at
 * @path: of the object by UTF-8 and '/', without leading '/'; "" is the root
 * @args: of the verb, in
 * @result: of the verb, out
 * @room: more bytes for the plan than verb->room (variable input)
 * @apart: T if it can notice nothing of files other than @open, or @path if
 *	that is a file; see parting.c
 * @uncertain: out: T if it was tried again although the server may have done
 *	it the first time, on a connection that was lost
 */
struct unc_op {
	const struct unc_verb	*verb;
	struct unc_share	*share;
	struct unc_open		*open;
	const char		*path;
	const void		*args;
	void			*result;
	u32			room;
	bool			apart;
	bool			uncertain;
};

/* op.c */
int unc_op_run(struct unc_op *op);
bool unc_op_refused(const struct unc_req *req);

/*
 * The error of a request whose connection was given up because what came on it
 * was wrong or forged (unc_conn_rx()).
 */
static inline bool unc_op_breach(int err)
{
	return err == -EIO;
}

int unc_op_renew(struct unc_session *s);

/**
 * struct unc_attr_info - what the server says of a file
 * @id: 64-bit file id, 0 if the server gave none
 * @size: end of file, bytes
 * @alloc: allocated bytes
 * @btime: creation, 100 ns since 1601 as on the wire (wire_time_to_ns())
 * @atime: last access
 * @mtime: last write
 * @ctime: change
 * @attributes: FILE_ATTRIBUTE_*, [MS-FSCC] 2.6
 * @reparse_tag: of a reparse point, [MS-FSCC] 2.1.2.1; else, and in what
 *	unc_op_open() and unc_op_fgetattr() return, 0
 * @nlink: number of links, 0 if not known
 * @delete_pending: T if it goes with its last handle
 * @type: S_IFLNK, S_IFIFO, S_IFSOCK, S_IFCHR or S_IFBLK for such a file; else,
 *	and in what unc_op_open() and unc_op_fgetattr() return, 0
 * @dev: of a device
 */
struct unc_attr_info {
	u64	id;
	u64	size;
	u64	alloc;
	u64	btime;
	u64	atime;
	u64	mtime;
	u64	ctime;
	u32	attributes;
	u32	reparse_tag;
	u32	nlink;
	bool	delete_pending;
	umode_t	type;
	dev_t	dev;
};

/*
 * getattr.c: CREATE + QUERY_INFO + CLOSE, or QUERY_INFO on a handle; the kind
 * of a reparse point takes a second flight
 */
int unc_op_getattr(struct unc_share *share, const char *path,
		   struct unc_attr_info *info);
int unc_op_fgetattr(struct unc_open *open, struct unc_attr_info *info);

/**
 * struct unc_head - the first bytes of a file, read with its CREATE
 * @buf: for them
 * @size: bytes of @buf, at most UNC_CREDIT_BYTES
 * @len: out: how many came
 */
struct unc_head {
	u8	*buf;
	u32	size;
	u32	len;
};

/**
 * struct unc_open_args - how to open
 * @access: [MS-SMB2] 2.2.13.1 access mask
 * @disposition: [MS-SMB2] 2.2.13 CreateDisposition
 * @options: [MS-SMB2] 2.2.13 CreateOptions
 * @attributes: for a new file, [MS-FSCC] 2.6
 * @stream: a named stream of the file instead of its content, or NULL
 * @lease: to ask for, or not to break: of the file, or NULL if it is not known
 * @lease_state: what to ask for, enum smb2_lease_state
 * @parent: lease of the directory, not to break, or NULL
 * @durable: what shall bring the handle back; filled in by unc_op_open()
 * @claim: the durable handle to take back, or NULL; its tree was lost
 * @head: for the first bytes, which are read if that is easy, or NULL
 */
struct unc_open_args {
	u32			access;
	u32			disposition;
	u32			options;
	u32			attributes;
	const char		*stream;
	struct unc_lease	*lease;
	u32			lease_state;
	struct unc_lease	*parent;
	const struct unc_durable *durable;
	struct unc_open		*claim;
	struct unc_head		*head;
};

/* lease.c */
struct unc_lease *unc_op_lease_new(const struct unc_lease_ops *ops,
				   void *owner);

/**
 * struct unc_ours - leases of ours that an operation by path must not break
 * @file: of the file, or NULL
 * @dir: of its directory, or NULL
 */
struct unc_ours {
	struct unc_lease	*file;
	struct unc_lease	*dir;
};

/* With nothing that is ours, all goes well, too, and breaks what there is. */
extern const struct unc_ours unc_not_ours;

/* open.c: CREATE; on success *open has one reference (unc_why_open) */
int unc_op_open(struct unc_share *share, const char *path,
		const struct unc_open_args *args, struct unc_open **open,
		struct unc_attr_info *info, u32 *action);

/* close.c: drops a reference; the last one sends CLOSE and does not wait */
void unc_op_close(struct unc_open *open, enum unc_why why);
void unc_op_close_all(struct unc_open **opens, unsigned int n);

/* parting.c */
void unc_op_parting_send(struct unc_share *share);
void unc_op_parting_exit(void);

/* mkdir.c: CREATE + QUERY_INFO + CLOSE */
int unc_op_mkdir(struct unc_share *share, const char *path,
		 const struct unc_ours *ours, struct unc_attr_info *info);

/* unlink.c: CREATE + SET_INFO + CLOSE, for files and directories */
int unc_op_unlink(struct unc_share *share, const char *path, bool directory,
		  const struct unc_ours *ours);

/* rename.c: CREATE + SET_INFO + CLOSE */
int unc_op_rename(struct unc_share *share, const char *from, const char *to,
		  bool replace, const struct unc_ours *ours);
int unc_op_link(struct unc_share *share, const char *from, const char *to);

/**
 * struct unc_setattr - what to change; 0 in a time means leave alone
 * @btime: as in &struct unc_attr_info
 * @atime: as in &struct unc_attr_info
 * @mtime: as in &struct unc_attr_info
 * @ctime: as in &struct unc_attr_info
 * @attributes: new FILE_ATTRIBUTE_*, 0 to leave alone
 */
struct unc_setattr {
	u64	btime;
	u64	atime;
	u64	mtime;
	u64	ctime;
	u32	attributes;
};

/* setattr.c: (CREATE +) SET_INFO (+ CLOSE) */
int unc_op_setattr(struct unc_share *share, const char *path,
		   const struct unc_setattr *set, const struct unc_ours *ours);
int unc_op_fsetattr(struct unc_open *open, const struct unc_setattr *set);
int unc_op_truncate(struct unc_share *share, const char *path, u64 size,
		    const struct unc_ours *ours);
int unc_op_ftruncate(struct unc_open *open, u64 size);

/*
 * lock.c: LOCK.  What is locked is in open->ranges; ranges do not move: they
 * are unlocked exactly as they were locked.
 */
int unc_op_lock(struct unc_open *open, const struct unc_range *range,
		bool wait);
int unc_op_unlock(struct unc_open *open, const struct unc_range *range);
int unc_op_relock(struct unc_open *open, const struct unc_range *from,
		  const struct unc_range *to);

/* ea.c: QUERY_INFO and SET_INFO of extended attributes */
int unc_op_ea_get(struct unc_share *share, const char *path, const char *name,
		  void *buf, size_t size);
int unc_op_ea_list(struct unc_share *share, const char *path,
		   const char *prefix, char *buf, size_t size);
int unc_op_ea_set(struct unc_share *share, const char *path, const char *name,
		  const void *value, size_t len);

/* stream.c: named streams, as a whole */
int unc_op_stream_get(struct unc_share *share, const char *path,
		      const char *name, void *buf, size_t size);
int unc_op_stream_set(struct unc_share *share, const char *path,
		      const char *name, const void *value, size_t size);
int unc_op_stream_remove(struct unc_share *share, const char *path,
			 const char *name);
ssize_t unc_op_stream_list(struct unc_share *share, const char *path,
			   const char *prefix, char *buf, size_t size);

/* security.c: QUERY_INFO and SET_INFO of security descriptors */
int unc_op_security_get(struct unc_share *share, const char *path, u32 parts,
			void *buf, size_t size);
int unc_op_security_set(struct unc_share *share, const char *path, u32 parts,
			const void *data, size_t len);

/**
 * struct unc_notify_args - what to watch
 * @filter: enum smb2_notify_filter
 * @tree: T for all below it, too
 * @max: bytes that the server may answer
 * @emit: called for each change with enum fscc_notify_action and the path
 *	below the directory, in UTF-8 and '/', ended by NUL
 * @ctx: for @emit
 */
struct unc_notify_args {
	u32	filter;
	bool	tree;
	u32	max;
	void	(*emit)(void *ctx, u32 action, char *name, u32 len);
	void	*ctx;
};

/* notify.c: CHANGE_NOTIFY */
int unc_op_notify(struct unc_open *dir, const struct unc_notify_args *args);

/* snapshot.c: IOCTL */
int unc_op_snapshots(struct unc_open *open, s64 *times, u32 room);

/* flush.c: FLUSH */
int unc_op_flush(struct unc_open *open);

/**
 * struct unc_statfs - free space
 * @unit: bytes in an allocation unit
 * @total: allocation units
 * @available: to the caller, in units
 * @free: in units
 */
struct unc_statfs {
	u64	unit;
	u64	total;
	u64	available;
	u64	free;
};

/* statfs.c: CREATE + QUERY_INFO + CLOSE on the root */
int unc_op_statfs(struct unc_share *share, struct unc_statfs *st);

#endif /* _UNC_OP_H */
