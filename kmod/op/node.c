// SPDX-License-Identifier: GPL-2.0-only
/*
 * FIFOs, sockets and devices, which for a server are reparse points, and what
 * kind of file a reparse point is.
 */
#include <linux/types.h>
#include <linux/kdev_t.h>
#include <linux/stat.h>
#include "../wire/fscc_reparse.h"
#include "../wire/utf16.h"
#include "verbs.h"

/**
 * unc_op_tag_type - what a reparse point is
 * @tag: its tag
 *
 * Any context.
 *
 * Return: S_IF*, or 0 if the tag does not tell: what NFS keeps can be
 * anything, and what is not known is what its attributes say.
 */
umode_t unc_op_tag_type(u32 tag)
{
	switch (tag) {
	case FSCC_REPARSE_TAG_SYMLINK:
	case FSCC_REPARSE_TAG_LX_SYMLINK:
		return S_IFLNK;
	case FSCC_REPARSE_TAG_AF_UNIX:
		return S_IFSOCK;
	case FSCC_REPARSE_TAG_LX_FIFO:
		return S_IFIFO;
	case FSCC_REPARSE_TAG_LX_CHR:
		return S_IFCHR;
	case FSCC_REPARSE_TAG_LX_BLK:
		return S_IFBLK;
	default:
		return 0;
	}
}

static umode_t nfs_type(u64 type)
{
	switch (type) {
	case FSCC_NFS_LNK:
		return S_IFLNK;
	case FSCC_NFS_CHR:
		return S_IFCHR;
	case FSCC_NFS_BLK:
		return S_IFBLK;
	case FSCC_NFS_FIFO:
		return S_IFIFO;
	case FSCC_NFS_SOCK:
		return S_IFSOCK;
	default:
		return 0;
	}
}

static u64 nfs_type_of(umode_t type)
{
	switch (type & S_IFMT) {
	case S_IFCHR:
		return FSCC_NFS_CHR;
	case S_IFBLK:
		return FSCC_NFS_BLK;
	case S_IFIFO:
		return FSCC_NFS_FIFO;
	default:
		return FSCC_NFS_SOCK;
	}
}

static dev_t dev_of(u32 major, u32 minor)
{
	/* Others than Linux can have are as good as none. */
	if (major >> (32 - MINORBITS) || minor > MINORMASK)
		return 0;
	return MKDEV(major, minor);
}

/* The size of a link is that of its target, which only its data tell. */
static void kind_size(struct unc_attr_info *info, const struct wire_blob *data)
{
	struct wire_fscc_symlink link;
	struct wire_blob target;
	int n = 0;

	if (info->reparse_tag == FSCC_REPARSE_TAG_SYMLINK &&
	    !wire_fscc_symlink_decode(data, &link))
		n = wire_utf16_to_utf8(NULL, 0, link.substitute.ptr,
				       link.substitute.len, WIRE_UTF_LONE);
	else if (info->reparse_tag == FSCC_REPARSE_TAG_LX_SYMLINK &&
		 !wire_fscc_lx_symlink_decode(data, &target))
		n = target.len;
	if (n > 0)
		info->size = n;
}

static int kind_nfs(struct unc_attr_info *info, const struct wire_blob *data)
{
	struct wire_fscc_nfs node;
	int n = 0;

	if (wire_fscc_nfs_decode(data, &node))
		return -EIO;
	info->type = nfs_type(node.type);
	info->dev = dev_of(node.major, node.minor);
	if (info->type == S_IFLNK)
		n = wire_utf16_to_utf8(NULL, 0, node.target.ptr,
				       node.target.len, WIRE_UTF_LONE);
	if (n > 0)
		info->size = n;
	return 0;
}

static int read_kind(void *result, u32 tag, const struct wire_blob *data)
{
	struct unc_attr_info *info = result;

	info->reparse_tag = tag;
	info->type = unc_op_tag_type(tag);
	if (!data)
		return 0;
	if (tag == FSCC_REPARSE_TAG_NFS)
		return kind_nfs(info, data);
	kind_size(info, data);
	return 0;
}

/**
 * unc_node_kind - what kind of file a reparse point is
 * @share: where
 * @path: which
 * @info: reparse_tag, type and dev are set
 *
 * May sleep, killable.  Return: 0 or -errno.
 */
int unc_node_kind(struct unc_share *share, const char *path,
		  struct unc_attr_info *info)
{
	static const struct unc_reparse_reader reader = { .read = read_kind };

	return unc_reparse_get(share, path, &reader, info);
}

static int encode_wsl(struct wire_out *out, umode_t type)
{
	switch (type & S_IFMT) {
	case S_IFIFO:
		return wire_fscc_lx_encode(out, FSCC_REPARSE_TAG_LX_FIFO);
	case S_IFSOCK:
		return wire_fscc_lx_encode(out, FSCC_REPARSE_TAG_AF_UNIX);
	default:
		/* Its number would be an extended attribute. */
		return -EPERM;
	}
}

static int encode_nfs(struct wire_out *out, umode_t type, dev_t dev)
{
	struct wire_fscc_nfs node = {
		.type = nfs_type_of(type),
		.major = MAJOR(dev),
		.minor = MINOR(dev),
	};

	return wire_fscc_nfs_encode(out, &node);
}

/**
 * unc_op_mknod - make a FIFO, socket or device
 * @share: where
 * @path: its name
 * @type: S_IFIFO, S_IFSOCK, S_IFCHR or S_IFBLK
 * @dev: of a device
 * @form: as what to keep it
 *
 * May sleep, killable.
 *
 * Return: 0, -EEXIST, -EPERM if neither form nor server can keep it, or
 * another -errno.
 */
int unc_op_mknod(struct unc_share *share, const char *path, umode_t type,
		 dev_t dev, enum unc_node_form form)
{
	u8 buf[WIRE_FSCC_NODE_FIXED];
	struct wire_blob data = { .ptr = buf };
	struct wire_out out;
	int err;

	if (form == UNC_NODE_NONE)
		return -EPERM;
	wire_out_init(&out, buf, sizeof(buf));
	if (form == UNC_NODE_WSL)
		err = encode_wsl(&out, type);
	else
		err = encode_nfs(&out, type, dev);
	if (err)
		return err;
	data.len = out.pos;
	err = unc_reparse_make(share, path, &data);
	return err == -EMEDIUMTYPE ? -EPERM : err;
}
