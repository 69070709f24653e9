// SPDX-License-Identifier: GPL-2.0-or-later
#include "fscc_reparse.h"

enum {
	TAG_SIZE	= 8,	/* ReparseTag, ReparseDataLength, Reserved */
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
