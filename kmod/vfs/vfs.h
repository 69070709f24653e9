/* SPDX-License-Identifier: GPL-2.0-only */
/* The Linux VFS side of a share: super block, inodes, directories, files. */
#ifndef _UNC_VFS_H
#define _UNC_VFS_H

#include <linux/fs.h>
#include <linux/netfs.h>
#include <linux/types.h>
#include "../op/op.h"
#include "../wire/name_map.h"
#include "../wire/smb2_create.h"
#include "kept.h"
#include "lease.h"
#include "watch.h"

struct fs_context;
struct dir;

#define UNC_SUPER_MAGIC	0x554e4346	/* "UNCF" */

/**
 * struct unc_options - what a mount was asked to be like
 * @uid: owner of everything
 * @gid: group of everything
 * @file_mode: permission bits of files
 * @dir_mode: permission bits of directories
 * @rsize: bytes of a READ at most, 0 for the default
 * @wsize: bytes of a WRITE at most, 0 for the default
 * @actimeo: seconds for which attributes and names are trusted
 * @closetimeo: seconds for which handles are kept after close, 0 for not at all
 * @idletimeo: seconds after which an idle user of a multiuser mount is logged off
 * @timeout: seconds that a request may take
 * @dialect_min: lowest dialect
 * @dialect_max: highest dialect
 * @map: what becomes of characters that servers refuse in names
 * @sec: authentication policy
 * @key: serial number of a key, 0 to search for one
 * @port: TCP port, 0 for the default
 * @netbios: whether to begin with a NetBIOS session
 * @called: NetBIOS name of the server, "" for its host name
 * @calling: NetBIOS name of this machine, "" for its host name
 * @sign: T to sign every message
 * @seal: T to encrypt every message
 * @multi: T to begin with a multi-protocol NEGOTIATE
 * @soft: T to fail instead of waiting for a lost server
 * @file_mode_set: T if @file_mode was given
 * @symlink: as what symbolic links are made
 * @reparse: as what FIFOs, sockets and devices are made
 * @snapshot: time of the snapshot that is mounted, as on the wire, or 0
 * @nomfsymlinks: T not to look for links in regular files
 * @noperm: T to leave permission checks to the server
 * @multiuser: T if every user has a session of their own
 * @nobrl: T to keep locks of byte ranges and files to this machine
 * @nolease: T to ask for no leases
 */
struct unc_options {
	kuid_t		uid;
	kgid_t		gid;
	umode_t		file_mode;
	umode_t		dir_mode;
	u32		rsize;
	u32		wsize;
	u32		actimeo;
	u32		closetimeo;
	u32		idletimeo;
	u32		timeout;
	u16		dialect_min;
	u16		dialect_max;
	enum wire_name_map map;
	enum unc_sec	sec;
	s32		key;
	u16		port;
	enum unc_netbios netbios;
	char		called[UNC_NETBIOS_NAME_ROOM];
	char		calling[UNC_NETBIOS_NAME_ROOM];
	bool		sign;
	bool		seal;
	bool		multi;
	bool		soft;
	bool		file_mode_set;
	enum unc_node_form symlink;
	enum unc_node_form reparse;
	u64		snapshot;
	bool		nomfsymlinks;
	bool		noperm;
	bool		multiuser;
	bool		nobrl;
	bool		nolease;
};

/**
 * struct unc_sb - a mounted share
 * @share: pins it
 * @prefix: path of the root of the mount within the share, "" for all of it
 * @user: as given, for show_options, or NULL
 * @domain: as given, for show_options, or NULL
 * @opt: changed by a remount only
 * @kept: handles kept after close
 * @rcu: freed after a grace period: RCU walk looks at @opt
 */
struct unc_sb {
	struct unc_share	*share;
	char			*prefix;
	char			*user;
	char			*domain;
	struct unc_options	opt;
	struct unc_kept		kept;
	struct unc_watches	watches;
	struct rcu_head		rcu;
};

/**
 * struct unc_locks - what is locked on the server of a file
 * @mutex: one change at a time
 * @open: the handle that holds all locks of this machine (pins it,
 *	unc_why_lock), or NULL; changed under @mutex and i_lock
 * @waiters: how many wait for the server through @open, under @mutex
 * @tidy: lets go of what a task left behind that was killed
 */
struct unc_locks {
	struct mutex		mutex;
	struct unc_open		*open;
	unsigned int		waiters;
	struct work_struct	tidy;
};

/**
 * struct unc_inode - a file or directory of a share
 * @netfs: the VFS inode and what netfs needs; must be first
 * @id: 64-bit file id of the server, or made from the path
 * @made_up: T if @id was made from the path
 * @opens: the files open on it, linked by unc_file.link, under i_lock
 * @changing: how many are changing content or size here, under i_lock: an answer
 *	may be older or newer than that
 * @changed: unc_clock() of the last change made here, under i_lock: an answer
 *	to what was asked before that is out of date
 * @attr_valid: F if the attributes must be asked for again, under i_lock
 * @attr_time: jiffies of the attributes
 * @attr_since: unc_clock() of the attributes, or of the lease with them
 * @seen_valid: T if the pages show the file as of what follows, unless we wrote
 * @seen_size: end of file, under i_lock as all below
 * @seen_mtime: last write
 * @seen_ctime: change
 * @seen_since: unc_clock() by which the page cache was known to be right
 * @btime: creation, as on the wire
 * @attributes: FILE_ATTRIBUTE_*
 * @locks: what is locked on the server
 * @names_changed: unc_clock() of the last change made here to the names in this
 *	directory
 * @listing: a listing of this directory that nobody reads now, or NULL
 * @lease: of the file or directory (pins ref), or NULL; changed under i_lock
 * @lease_refused: jiffies of when it was refused with a lookup, or 0
 * @kept: a handle kept after close (pins ref), or NULL; see &struct unc_kept
 * @watch: how a directory is watched for remote changes, or NULL; see &struct
 *	unc_watches
 * @kept_link: in unc_kept.list
 * @kept_time: jiffies since when it is kept
 */
struct unc_inode {
	struct netfs_inode	netfs;
	u64			id;
	bool			made_up;
	struct list_head	opens;
	unsigned int		changing;
	u64			changed;
	bool			attr_valid;
	unsigned long		attr_time;
	u64			attr_since;
	bool			seen_valid;
	u64			seen_size;
	u64			seen_mtime;
	u64			seen_ctime;
	u64			seen_since;
	u64			btime;
	u32			attributes;
	struct unc_locks	locks;
	u64			names_changed;
	struct dir		*listing;
	struct unc_lease __rcu	*lease;
	unsigned long		lease_refused;
	struct unc_open		*kept;
	struct watch		*watch;
	struct list_head	kept_link;
	unsigned long		kept_time;
};

/**
 * struct unc_file - a regular file opened by somebody, in file->private_data
 * @link: in unc_inode.opens
 * @open: the handle (pins it, unc_why_open)
 */
struct unc_file {
	struct list_head	link;
	struct unc_open		*open;
};

static inline struct unc_sb *unc_sb(const struct super_block *sb)
{
	return sb->s_fs_info;
}

static inline struct unc_inode *unc_inode(const struct inode *inode)
{
	return container_of(inode, struct unc_inode, netfs.inode);
}

/* path.c: from a dentry to the path that the server wants */
struct unc_dpath {
	char		*buf;
	const char	*name;
};

int unc_dpath_make(struct unc_dpath *path, struct dentry *dentry);
void unc_dpath_free(struct unc_dpath *path);
char *unc_names_map(const struct unc_options *opt, const char *path);
void unc_names_unmap(const struct super_block *sb, char *path);
u32 unc_name_unmap(const struct super_block *sb, char *name, u32 len);

/* inode.c */
struct inode *unc_iget(struct super_block *sb, const char *path,
		       const struct unc_attr_info *info, u64 since);
bool unc_inode_is(const struct inode *inode, const struct unc_attr_info *info);
void unc_inode_refresh(struct inode *inode, const struct unc_attr_info *info,
		       u64 since);
void unc_inode_cover(struct inode *inode, u64 since);
bool unc_inode_is_ours(const struct inode *inode);
void unc_inode_change_begin(struct inode *inode);
void unc_inode_change_end(struct inode *inode);
void unc_inode_modified(struct inode *inode);
void unc_inode_expire(struct inode *inode);
void unc_inode_gone(struct inode *inode);
bool unc_inode_below(struct inode *inode, struct dentry *top);
int unc_inode_flush(struct inode *inode);
struct unc_open *unc_inode_open(struct inode *inode, struct file *file,
				u32 access);
struct unc_open *unc_inode_own_open(struct inode *inode, struct file *file,
				    u32 access);

/* attr.c: the attributes that programs see and set */
int unc_attr_find_end(struct file *file);
int unc_inode_getattr(struct mnt_idmap *idmap, const struct path *path,
		      struct kstat *stat, u32 mask, unsigned int query);
int unc_inode_setattr(struct mnt_idmap *idmap, struct dentry *dentry,
		      struct iattr *attr);
int unc_inode_permission(struct mnt_idmap *idmap, struct inode *inode,
			 int mask);
umode_t unc_attr_type(const struct unc_attr_info *info);
int unc_attr_complete(struct super_block *sb, const char *path,
		      struct unc_attr_info *info);
int unc_getattr(struct super_block *sb, const char *path,
		struct unc_attr_info *info);
umode_t unc_inode_mode(struct super_block *sb,
		       const struct unc_attr_info *info);

/* lookup.c */
extern const struct dentry_operations unc_dentry_ops;
struct dentry *unc_lookup(struct inode *dir, struct dentry *dentry,
			  unsigned int flags);
void unc_dentry_stamp(struct dentry *dentry, u64 since);
bool unc_dentry_unknown(const struct dentry *dentry);

/* prime.c: names and inodes from listings */
void unc_dentry_prime(struct dentry *parent, struct qstr *name,
		      const struct unc_attr_info *info, u64 since,
		      u64 covered);

/* namei.c: changing names */
extern const struct inode_operations unc_dir_inode_ops;
int unc_dentry_bind(struct dentry *dentry, struct inode *inode, u64 since);
void unc_dir_changed(struct inode *dir, const struct qstr *name);

/* link.c */
extern const struct inode_operations unc_link_inode_ops;
int unc_symlink(struct mnt_idmap *idmap, struct inode *dir,
		struct dentry *dentry, const char *target);

/* node.c */
extern const struct inode_operations unc_node_inode_ops;
int unc_node_made(struct inode *dir, struct dentry *dentry, const char *path);
int unc_mknod(struct mnt_idmap *idmap, struct inode *dir,
	      struct dentry *dentry, umode_t mode, dev_t dev);
int unc_link(struct dentry *old, struct inode *dir, struct dentry *dentry);

/* ioctl.c */
long unc_dir_ioctl(struct file *file, unsigned int cmd, unsigned long arg);

/* dir.c */
extern const struct file_operations unc_dir_ops;
void unc_listing_drop(struct inode *inode);
struct unc_open *unc_dir_watch(struct file *file);

/* open.c */
int unc_open(struct inode *inode, struct file *file);
int unc_release(struct inode *inode, struct file *file);
int unc_create(struct mnt_idmap *idmap, struct inode *dir,
	       struct dentry *dentry, umode_t mode, bool excl);
int unc_atomic_open(struct inode *dir, struct dentry *dentry,
		    struct file *file, unsigned int flags, umode_t mode);

/* head.c: what is read while a file is opened */
struct unc_head *unc_head_wish(struct unc_head *head,
			       const struct dentry *dentry,
			       unsigned int flags);
void unc_head_free(struct unc_head *head);
void unc_head_keep(struct inode *inode, const struct unc_head *head, u64 size,
		   u64 since);

/* file.c */
extern const struct file_operations unc_file_ops;
extern const struct inode_operations unc_file_inode_ops;

/* quiet.c: while the server changes the bytes of a file */
int unc_quiet_begin(struct inode *inode, loff_t from, loff_t to);
void unc_quiet_end(struct inode *inode, loff_t size);

/* space.c: holes and data */
long unc_fallocate(struct file *file, int mode, loff_t offset, loff_t len);
loff_t unc_llseek(struct file *file, loff_t offset, int whence);

/* xattr.c */
extern const struct xattr_handler * const unc_xattr_handlers[];
ssize_t unc_listxattr(struct dentry *dentry, char *list, size_t size);

/* copy.c: copies that the server makes */
ssize_t unc_copy_file_range(struct file *in, loff_t pos_in, struct file *out,
			    loff_t pos_out, size_t len, unsigned int flags);
loff_t unc_remap_file_range(struct file *in, loff_t pos_in, struct file *out,
			    loff_t pos_out, loff_t len, unsigned int flags);

/* io.c */
extern const struct netfs_request_ops unc_netfs_ops;
extern const struct address_space_operations unc_aops;
int unc_io_init(void);
void unc_io_exit(void);

/* mount.c */
int unc_vfs_init(void);
void unc_vfs_exit(void);

/* super.c */
int unc_super_fill(struct super_block *sb, struct fs_context *fc);
int unc_super_init(void);
void unc_super_exit(void);
void unc_sb_free(struct unc_sb *sbi);

#endif /* _UNC_VFS_H */
