// SPDX-License-Identifier: GPL-2.0-only
/*
 * Extended attributes of Linux.
 *
 *	user.NAME	an extended attribute of SMB
 *	unc.stream.NAME	a named stream, as far as it is not larger than 64 KiB
 *	system.ntsd	the security descriptor: owner, group and DACL, as bytes;
 *			_owner, _group, _dacl and _full (with the SACL) are parts
 *
 * The last ones are also there by the names that the tools of cifs-utils use.
 */
#include <linux/fs.h>
#include <linux/slab.h>
#include <linux/xattr.h>
#include "../wire/smb2_query_info.h"
#include "vfs.h"

#define STREAM_PREFIX	"unc.stream."

static struct unc_share *share_of(const struct inode *inode)
{
	return unc_sb(inode->i_sb)->share;
}

/* ---- user.* ------------------------------------------------------------ */

static int user_get(const struct xattr_handler *handler, struct dentry *dentry,
		    struct inode *inode, const char *name, void *buffer,
		    size_t size)
{
	struct unc_dpath path;
	int err = unc_dpath_make(&path, dentry);

	if (err)
		return err;
	err = unc_op_ea_get(share_of(inode), path.name, name, buffer, size);
	unc_dpath_free(&path);
	return err;
}

/* The server replaces or makes whatever there is. */
static int check_existing(int found, bool removing, int flags)
{
	if (found < 0 && found != -ENODATA)
		return found;
	if (found >= 0 && flags & XATTR_CREATE)
		return -EEXIST;
	if (found == -ENODATA && (removing || flags & XATTR_REPLACE))
		return -ENODATA;
	return 0;
}

/* An empty value removes the attribute: none can be kept. */
static int user_set(const struct xattr_handler *handler,
		    struct mnt_idmap *idmap, struct dentry *dentry,
		    struct inode *inode, const char *name, const void *value,
		    size_t size, int flags)
{
	struct unc_dpath path;
	int err;

	if (value && !size)
		return -EOPNOTSUPP;
	err = unc_dpath_make(&path, dentry);
	if (err)
		return err;
	if (!value || flags)
		err = check_existing(unc_op_ea_get(share_of(inode), path.name,
						   name, NULL, 0),
				     !value, flags);
	if (!err)
		err = unc_op_ea_set(share_of(inode), path.name, name, value,
				    size);
	unc_dpath_free(&path);
	unc_inode_expire(inode);
	return err;
}

static const struct xattr_handler user_handler = {
	.prefix	= XATTR_USER_PREFIX,
	.get	= user_get,
	.set	= user_set,
};

/* ---- unc.stream.* ------------------------------------------------------ */

static int stream_get(const struct xattr_handler *handler,
		      struct dentry *dentry, struct inode *inode,
		      const char *name, void *buffer, size_t size)
{
	struct unc_dpath path;
	int err = unc_dpath_make(&path, dentry);

	if (err)
		return err;
	err = unc_op_stream_get(share_of(inode), path.name, name, buffer,
				size);
	unc_dpath_free(&path);
	return err;
}

static int stream_set(const struct xattr_handler *handler,
		      struct mnt_idmap *idmap, struct dentry *dentry,
		      struct inode *inode, const char *name, const void *value,
		      size_t size, int flags)
{
	struct unc_dpath path;
	int err = unc_dpath_make(&path, dentry);

	if (err)
		return err;
	if (flags)
		err = check_existing(unc_op_stream_get(share_of(inode),
						       path.name, name, NULL,
						       0), false, flags);
	if (!err && value)
		err = unc_op_stream_set(share_of(inode), path.name, name,
					value, size);
	else if (!err)
		err = unc_op_stream_remove(share_of(inode), path.name, name);
	unc_dpath_free(&path);
	unc_inode_expire(inode);
	return err;
}

static const struct xattr_handler stream_handler = {
	.prefix	= STREAM_PREFIX,
	.get	= stream_get,
	.set	= stream_set,
};

/* ---- system.ntsd ------------------------------------------------------- */

static int ntsd_get(const struct xattr_handler *handler, struct dentry *dentry,
		    struct inode *inode, const char *name, void *buffer,
		    size_t size)
{
	struct unc_dpath path;
	int err = unc_dpath_make(&path, dentry);

	if (err)
		return err;
	err = unc_op_security_get(share_of(inode), path.name, handler->flags,
				  buffer, size);
	unc_dpath_free(&path);
	return err;
}

/* Names that begin with "system." are not checked by the VFS. */
static int ntsd_set(const struct xattr_handler *handler,
		    struct mnt_idmap *idmap, struct dentry *dentry,
		    struct inode *inode, const char *name, const void *value,
		    size_t size, int flags)
{
	struct unc_dpath path;
	int err;

	if (!inode_owner_or_capable(idmap, inode))
		return -EPERM;
	if (!value)
		return -EOPNOTSUPP;
	if (flags & XATTR_CREATE)
		return -EEXIST;
	err = unc_dpath_make(&path, dentry);
	if (err)
		return err;
	err = unc_op_security_set(share_of(inode), path.name, handler->flags,
				  value, size);
	unc_dpath_free(&path);
	unc_inode_expire(inode);
	return err;
}

#define OWNER	SMB2_OWNER_SECURITY_INFORMATION
#define GROUP	SMB2_GROUP_SECURITY_INFORMATION
#define DACL	SMB2_DACL_SECURITY_INFORMATION
#define SACL	SMB2_SACL_SECURITY_INFORMATION

#define NTSD(name_, parts)						\
	static const struct xattr_handler ntsd_ ## name_ = {		\
		.name	= "system." #name_,				\
		.flags	= (parts),					\
		.get	= ntsd_get,					\
		.set	= ntsd_set,					\
	}

NTSD(ntsd, OWNER | GROUP | DACL);
NTSD(ntsd_owner, OWNER);
NTSD(ntsd_group, GROUP);
NTSD(ntsd_dacl, DACL);
NTSD(ntsd_full, OWNER | GROUP | DACL | SACL);
NTSD(cifs_acl, DACL);
NTSD(cifs_ntsd, OWNER | GROUP | DACL);
NTSD(cifs_ntsd_full, OWNER | GROUP | DACL | SACL);

const struct xattr_handler * const unc_xattr_handlers[] = {
	&user_handler,
	&stream_handler,
	&ntsd_ntsd,
	&ntsd_ntsd_owner,
	&ntsd_ntsd_group,
	&ntsd_ntsd_dacl,
	&ntsd_ntsd_full,
	&ntsd_cifs_acl,
	&ntsd_cifs_ntsd,
	&ntsd_cifs_ntsd_full,
	NULL
};

/* ---- All of them ------------------------------------------------------- */

/* What the server does not have is not in the list. */
static ssize_t none_if_unsupported(ssize_t n)
{
	return n == -EOPNOTSUPP ? 0 : n;
}

static ssize_t list_path(struct inode *inode, const char *path, char *list,
			 size_t size)
{
	ssize_t eas, streams;

	eas = unc_op_ea_list(share_of(inode), path, XATTR_USER_PREFIX, list,
			     size);
	eas = none_if_unsupported(eas);
	if (eas < 0 || S_ISLNK(inode->i_mode))
		return eas;
	/* No room is not the question how much is needed. */
	if (size && eas == size)
		return unc_op_stream_list(share_of(inode), path, STREAM_PREFIX,
					  NULL, 0) > 0 ? -ERANGE : eas;
	streams = unc_op_stream_list(share_of(inode), path, STREAM_PREFIX,
				     size ? list + eas : NULL,
				     size ? size - eas : 0);
	streams = none_if_unsupported(streams);
	return streams < 0 ? streams : eas + streams;
}

/**
 * unc_listxattr - the names of extended attributes and streams
 * @dentry: of what
 * @list: room for them, each ended by a NUL
 * @size: its size, 0 to be told how much is needed
 *
 * The security descriptor, which every file has, is not among them.
 *
 * Context: may sleep.
 *
 * Return: bytes, or -errno.
 */
ssize_t unc_listxattr(struct dentry *dentry, char *list, size_t size)
{
	struct unc_dpath path;
	ssize_t n = unc_dpath_make(&path, dentry);

	if (n)
		return n;
	n = list_path(d_inode(dentry), path.name, list, size);
	unc_dpath_free(&path);
	return n;
}
