// SPDX-License-Identifier: GPL-2.0-only
/*
 * Symbolic links.  They are followed on this side only.
 *
 * Natively a target is stored the Windows way ([MS-FSCC] 2.1.2.4), with '\'
 * and marked as relative, so that Windows follows it too.  "/etc" becomes
 * "\etc": on Linux absolute again when read back, on Windows the root of the
 * volume.  The other forms keep it as it is.
 */
#include <linux/slab.h>
#include "../wire/fscc_reparse.h"
#include "../wire/utf16.h"
#include "verbs.h"

static int native_encode(const char *target, struct wire_blob *data)
{
	struct wire_fscc_symlink link = { .flags = FSCC_SYMLINK_FLAG_RELATIVE };
	struct wire_out out;
	u8 *buf;
	u32 cap;
	int err;

	err = unc_target_encode(target, &link.substitute);
	if (err)
		return err;
	link.print = link.substitute;
	cap = WIRE_FSCC_SYMLINK_FIXED + 2 * link.substitute.len;
	buf = kmalloc(cap, GFP_NOFS);
	wire_out_init(&out, buf, buf ? cap : 0);
	err = buf ? wire_fscc_symlink_encode(&out, &link) : -ENOMEM;
	unc_path_free(&link.substitute);
	*data = (struct wire_blob){ .ptr = buf, .len = out.pos };
	return err;
}

static int nfs_encode(const char *target, struct wire_blob *data)
{
	struct wire_fscc_nfs node = { .type = FSCC_NFS_LNK };
	u32 len = strlen(target), cap = WIRE_FSCC_NODE_FIXED;
	u8 *utf16 = kmalloc(WIRE_UTF16_MAX(len) + 2, GFP_NOFS);
	struct wire_out out;
	u8 *buf = NULL;
	int n;

	if (!utf16)
		return -ENOMEM;
	n = wire_utf16_from_utf8(utf16, WIRE_UTF16_MAX(len), target, len,
				 WIRE_UTF_LONE);
	if (n >= 0) {
		cap += n;
		node.target = (struct wire_blob){ .ptr = utf16, .len = n };
		buf = kmalloc(cap, GFP_NOFS);
		wire_out_init(&out, buf, buf ? cap : 0);
		n = buf ? wire_fscc_nfs_encode(&out, &node) : -ENOMEM;
		*data = (struct wire_blob){ .ptr = buf, .len = out.pos };
	}
	kfree(utf16);
	return n;
}

static int wsl_encode(const char *target, struct wire_blob *data)
{
	struct wire_blob text = { .ptr = (const u8 *)target,
				  .len = strlen(target) };
	u32 cap = WIRE_FSCC_NODE_FIXED + text.len;
	u8 *buf = kmalloc(cap, GFP_NOFS);
	struct wire_out out;
	int err;

	if (!buf)
		return -ENOMEM;
	wire_out_init(&out, buf, cap);
	err = wire_fscc_lx_symlink_encode(&out, &text);
	*data = (struct wire_blob){ .ptr = buf, .len = out.pos };
	return err;
}

static int encode(const struct unc_link *link, enum unc_node_form form,
		  struct wire_blob *data)
{
	switch (form) {
	case UNC_NODE_NATIVE:
		return native_encode(link->mapped, data);
	case UNC_NODE_NFS:
		return nfs_encode(link->target, data);
	default:
		return wsl_encode(link->target, data);
	}
}

static int make(struct unc_share *share, const char *path,
		const struct unc_link *link, enum unc_node_form form)
{
	struct wire_blob data = {};
	int err = encode(link, form, &data);

	if (!err)
		err = data.len > UNC_REPARSE_MAX ? -ENAMETOOLONG :
			unc_reparse_make(share, path, &data);
	kfree(data.ptr);
	return err;
}

/**
 * unc_op_symlink - make a symbolic link
 * @share: where
 * @path: its name
 * @link: what it points to, and as what to keep it
 *
 * May sleep, killable.
 *
 * Return: 0, -EEXIST, -EPERM if the server does not keep such links,
 * -ENAMETOOLONG, -EINVAL for a target that the form cannot say, or another
 * -errno.
 */
int unc_op_symlink(struct unc_share *share, const char *path,
		   const struct unc_link *link)
{
	int err;

	switch (link->form) {
	case UNC_NODE_NONE:
		return -EPERM;
	case UNC_NODE_MFSYMLINK:
		return unc_op_mfsymlink(share, path, link->target);
	case UNC_NODE_DEFAULT:
		err = make(share, path, link, UNC_NODE_NATIVE);
		if (err == -EMEDIUMTYPE)
			return unc_op_mfsymlink(share, path, link->target);
		return err;
	default:
		err = make(share, path, link, link->form);
		/* What symlink(2) says of file systems that have no links. */
		return err == -EMEDIUMTYPE ? -EPERM : err;
	}
}

static int read_native(struct unc_link_text *text, const struct wire_blob *data)
{
	struct wire_fscc_symlink link;

	if (wire_fscc_symlink_decode(data, &link))
		return -EIO;
	text->native = true;
	return unc_target_decode(&link.substitute, text->buf, text->size);
}

/* Checks what came to @text: @len bytes, or an error of the conversion. */
static int read_text(struct unc_link_text *text, int len)
{
	if (len < 0)
		return len == -EILSEQ ? -EIO : -ENAMETOOLONG;
	if (!len || memchr(text->buf, '\0', len))
		return -EIO;
	text->buf[len] = '\0';
	return len;
}

static int read_nfs(struct unc_link_text *text, const struct wire_blob *data)
{
	struct wire_fscc_nfs node;

	if (wire_fscc_nfs_decode(data, &node))
		return -EIO;
	if (node.type != FSCC_NFS_LNK)
		return -EINVAL;
	return read_text(text, wire_utf16_to_utf8(text->buf, text->size - 1,
						  node.target.ptr,
						  node.target.len,
						  WIRE_UTF_LONE));
}

static int read_wsl(struct unc_link_text *text, const struct wire_blob *data)
{
	struct wire_blob target;

	if (wire_fscc_lx_symlink_decode(data, &target))
		return -EIO;
	if (target.len >= text->size)
		return -ENAMETOOLONG;
	memcpy(text->buf, target.ptr, target.len);
	return read_text(text, target.len);
}

static int read_link(void *result, u32 tag, const struct wire_blob *data)
{
	int n;

	if (!data)
		return -EIO;
	switch (tag) {
	case FSCC_REPARSE_TAG_SYMLINK:
		n = read_native(result, data);
		break;
	case FSCC_REPARSE_TAG_NFS:
		n = read_nfs(result, data);
		break;
	case FSCC_REPARSE_TAG_LX_SYMLINK:
		n = read_wsl(result, data);
		break;
	default:
		n = -EINVAL;
	}
	return min(n, 0);
}

/**
 * unc_op_readlink - where does a symbolic link point to
 * @share: where
 * @path: which; a reparse point
 * @text: filled in on success, ended by a NUL
 *
 * May sleep, killable.
 *
 * Return: 0, -EINVAL if it is no symbolic link, -ENAMETOOLONG, -EIO if what
 * the server says is no path, or another -errno.
 */
int unc_op_readlink(struct unc_share *share, const char *path,
		    struct unc_link_text *text)
{
	static const struct unc_reparse_reader reader = { .read = read_link };

	text->native = false;
	return unc_reparse_get(share, path, &reader, text);
}
