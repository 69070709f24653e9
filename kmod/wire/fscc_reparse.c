// SPDX-License-Identifier: GPL-2.0-or-later
#include "fscc_reparse.h"

enum {
	TAG_SIZE	= 8,	/* ReparseTag, ReparseDataLength, Reserved */
	LX_VERSION	= 2,	/* of links of the Windows Subsystem for Linux */
};

/**
 * wire_fscc_reparse_tag_decode - read of what kind a reparse point is
 * @b: the output buffer of FSCTL_GET_REPARSE_POINT
 * @tag: enum fscc_reparse_tag
 *
 * Return: 0 or -EBADMSG.
 */
int wire_fscc_reparse_tag_decode(const struct wire_blob *b, u32 *tag)
{
	struct wire_in in;

	wire_in_from(&in, b);
	*tag = wire_in_u32(&in, "ReparseTag");
	return wire_in_errno(&in);
}

/* A name, counted from where the fixed part ends. */
static struct wire_blob name_decode(struct wire_in *in, u16 off, u16 len,
				    const char *what)
{
	if (len & 1)
		wire_in_fail(in, what);
	return wire_in_blob(in, WIRE_FSCC_SYMLINK_FIXED + off, len, what);
}

/**
 * wire_fscc_symlink_decode - read the data of a symbolic link
 * @b: the output buffer of FSCTL_GET_REPARSE_POINT
 * @link: where it points to
 *
 * Return: 0 or -EBADMSG, also for a reparse point of another kind.
 */
int wire_fscc_symlink_decode(const struct wire_blob *b,
			     struct wire_fscc_symlink *link)
{
	u16 len, sub_off, sub_len, print_off, print_len;
	struct wire_in in;

	wire_in_from(&in, b);
	if (wire_in_u32(&in, "ReparseTag") != FSCC_REPARSE_TAG_SYMLINK)
		wire_in_fail(&in, "ReparseTag");
	len = wire_in_u16(&in, "ReparseDataLength");
	wire_in_skip(&in, 2, "Reserved");
	wire_in_window(&in, TAG_SIZE, len, "ReparseDataLength");
	sub_off = wire_in_u16(&in, "SubstituteNameOffset");
	sub_len = wire_in_u16(&in, "SubstituteNameLength");
	print_off = wire_in_u16(&in, "PrintNameOffset");
	print_len = wire_in_u16(&in, "PrintNameLength");
	link->flags = wire_in_u32(&in, "Flags");
	link->substitute = name_decode(&in, sub_off, sub_len, "SubstituteName");
	link->print = name_decode(&in, print_off, print_len, "PrintName");
	return wire_in_errno(&in);
}

/**
 * wire_fscc_symlink_encode - write the data of a symbolic link
 * @o: the writer
 * @link: where it points to
 *
 * The input of FSCTL_SET_REPARSE_POINT. Takes WIRE_FSCC_SYMLINK_FIXED bytes
 * and those of the names.
 *
 * Return: 0 or -EMSGSIZE.
 */
int wire_fscc_symlink_encode(struct wire_out *o,
			     const struct wire_fscc_symlink *link)
{
	u32 sub = link->substitute.len, print = link->print.len;
	u32 data = WIRE_FSCC_SYMLINK_FIXED - TAG_SIZE + sub + print;

	if (sub > U16_MAX || print > U16_MAX || data > U16_MAX)
		return -EMSGSIZE;
	wire_out_u32(o, FSCC_REPARSE_TAG_SYMLINK);
	wire_out_u16(o, data);
	wire_out_u16(o, 0);		/* Reserved */
	wire_out_u16(o, 0);		/* SubstituteNameOffset */
	wire_out_u16(o, sub);
	wire_out_u16(o, sub);		/* PrintNameOffset */
	wire_out_u16(o, print);
	wire_out_u32(o, link->flags);
	wire_out_blob(o, &link->substitute);
	wire_out_blob(o, &link->print);
	return wire_out_errno(o);
}

/* Read what all kinds begin with, and keep @in to the data. */
static void header_decode(struct wire_in *in, u32 tag)
{
	u16 len;

	if (wire_in_u32(in, "ReparseTag") != tag)
		wire_in_fail(in, "ReparseTag");
	len = wire_in_u16(in, "ReparseDataLength");
	wire_in_skip(in, 2, "Reserved");
	wire_in_window(in, TAG_SIZE, len, "ReparseDataLength");
	if (!in->err)
		in->len = TAG_SIZE + len;
}

static void header_encode(struct wire_out *o, u32 tag, u16 len)
{
	wire_out_u32(o, tag);
	wire_out_u16(o, len);
	wire_out_u16(o, 0);		/* Reserved */
}

static bool nfs_is_device(u64 type)
{
	return type == FSCC_NFS_CHR || type == FSCC_NFS_BLK;
}

/**
 * wire_fscc_nfs_decode - read the data of a special file of NFS
 * @b: the output buffer of FSCTL_GET_REPARSE_POINT
 * @node: what it is; a type that is not known has neither target nor device
 *
 * [MS-FSCC] 2.1.2.6.
 *
 * Return: 0 or -EBADMSG, also for a reparse point of another kind.
 */
int wire_fscc_nfs_decode(const struct wire_blob *b, struct wire_fscc_nfs *node)
{
	struct wire_in in;

	wire_in_from(&in, b);
	*node = (struct wire_fscc_nfs){ .target = { .ptr = b->ptr } };
	header_decode(&in, FSCC_REPARSE_TAG_NFS);
	node->type = wire_in_u64(&in, "Type");
	if (nfs_is_device(node->type)) {
		node->major = wire_in_u32(&in, "Major");
		node->minor = wire_in_u32(&in, "Minor");
	} else if (node->type == FSCC_NFS_LNK) {
		if (wire_in_left(&in) & 1)
			wire_in_fail(&in, "DataBuffer");
		node->target = wire_in_take(&in, wire_in_left(&in),
					    "DataBuffer");
	}
	return wire_in_errno(&in);
}

/**
 * wire_fscc_nfs_encode - write the data of a special file of NFS
 * @o: the writer
 * @node: what it is
 *
 * The input of FSCTL_SET_REPARSE_POINT. Takes WIRE_FSCC_NODE_FIXED bytes and
 * those of the target.
 *
 * Return: 0 or -EMSGSIZE.
 */
int wire_fscc_nfs_encode(struct wire_out *o, const struct wire_fscc_nfs *node)
{
	bool device = nfs_is_device(node->type);
	u32 more = device ? 8 : node->type == FSCC_NFS_LNK ? node->target.len : 0;

	if (more > U16_MAX - 8)
		return -EMSGSIZE;
	header_encode(o, FSCC_REPARSE_TAG_NFS, 8 + more);
	wire_out_u64(o, node->type);
	if (device) {
		wire_out_u32(o, node->major);
		wire_out_u32(o, node->minor);
	} else if (more) {
		wire_out_blob(o, &node->target);
	}
	return wire_out_errno(o);
}

/**
 * wire_fscc_lx_symlink_decode - read the data of a link of WSL
 * @b: the output buffer of FSCTL_GET_REPARSE_POINT
 * @target: where it points to, in UTF-8 without NUL
 *
 * A version of 2 and the target.
 *
 * Return: 0 or -EBADMSG, also for a reparse point of another kind.
 */
int wire_fscc_lx_symlink_decode(const struct wire_blob *b,
				struct wire_blob *target)
{
	struct wire_in in;

	wire_in_from(&in, b);
	header_decode(&in, FSCC_REPARSE_TAG_LX_SYMLINK);
	if (wire_in_u32(&in, "Version") != LX_VERSION)
		wire_in_fail(&in, "Version");
	*target = wire_in_take(&in, wire_in_left(&in), "Target");
	return wire_in_errno(&in);
}

/**
 * wire_fscc_lx_symlink_encode - write the data of a link of WSL
 * @o: the writer
 * @target: where it points to, in UTF-8 without NUL
 *
 * Takes WIRE_FSCC_NODE_FIXED bytes and those of the target.
 *
 * Return: 0 or -EMSGSIZE.
 */
int wire_fscc_lx_symlink_encode(struct wire_out *o,
				const struct wire_blob *target)
{
	if (target->len > U16_MAX - 4)
		return -EMSGSIZE;
	header_encode(o, FSCC_REPARSE_TAG_LX_SYMLINK, 4 + target->len);
	wire_out_u32(o, LX_VERSION);
	wire_out_blob(o, target);
	return wire_out_errno(o);
}

/**
 * wire_fscc_lx_encode - write the data of a FIFO, socket or device of WSL
 * @o: the writer
 * @tag: enum fscc_reparse_tag; it says all, there are no data
 *
 * Return: 0 or -EMSGSIZE.
 */
int wire_fscc_lx_encode(struct wire_out *o, u32 tag)
{
	header_encode(o, tag, 0);
	return wire_out_errno(o);
}
