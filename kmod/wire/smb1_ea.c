// SPDX-License-Identifier: GPL-2.0-or-later
#include "smb1_ea.h"

/* SMB_FEA, [MS-CIFS] 2.2.1.2.2; a name has one character at least. */
static int fea_next(struct wire_in *in, struct wire_fscc_ea *ea)
{
	u16 value_len;
	u8 name_len;

	ea->flags = wire_in_u8(in, "ExtendedAttributeFlag");
	name_len = wire_in_u8(in, "AttributeNameLengthInBytes");
	value_len = wire_in_u16(in, "AttributeValueLengthInBytes");
	if (!name_len)
		wire_in_fail(in, "AttributeNameLengthInBytes");
	ea->name = wire_in_take(in, name_len, "AttributeName");
	wire_in_skip(in, 1, "AttributeName");
	ea->value = wire_in_take(in, value_len, "AttributeValue");
	return wire_in_errno(in);
}

/**
 * wire_smb1_ea_widen - make FILE_FULL_EA_INFORMATION of a list of SMB 1
 * @list: what SMB_INFO_QUERY_ALL_EAS was answered
 * @o: where to; with WIRE_SMB1_EA_WIDE() bytes there is room; nothing for none
 *
 * Return: 0, -EBADMSG, -EINVAL or -EMSGSIZE.
 */
int wire_smb1_ea_widen(const struct wire_blob *list, struct wire_out *o)
{
	struct wire_fscc_ea ea;
	struct wire_in in, rest;
	u32 size, at = 0;
	int err = 0;

	wire_in_from(&in, list);
	size = wire_in_u32(&in, "SizeOfListInBytes");
	rest = wire_in_sub(&in, 4, size < 4 ? 0 : size - 4, "SizeOfListInBytes");
	wire_in_join(&rest, &in);
	while (!err && wire_in_left(&rest)) {
		err = fea_next(&rest, &ea);
		if (o->pos) {
			wire_out_align(o, 4);
			wire_out_patch_u32(o, at, o->pos - at);
		}
		at = o->pos;
		err = err ?: wire_fscc_ea_encode(o, &ea);
	}
	return wire_in_errno(&rest) ?: err;
}

/**
 * wire_smb1_ea_narrow - make a list of SMB 1 of FILE_FULL_EA_INFORMATION
 * @full: what is to be set
 * @o: where to; never more bytes than @full has and four
 *
 * Return: 0, -EBADMSG or -EMSGSIZE.
 */
int wire_smb1_ea_narrow(const struct wire_blob *full, struct wire_out *o)
{
	struct wire_fscc_ea ea;
	u32 at = o->pos;
	struct wire_in in;
	int ret;

	wire_in_from(&in, full);
	wire_out_u32(o, 0);
	while ((ret = wire_fscc_ea_next(&in, &ea)) > 0) {
		wire_out_u8(o, ea.flags);
		wire_out_u8(o, ea.name.len);
		wire_out_u16(o, ea.value.len);
		wire_out_blob(o, &ea.name);
		wire_out_u8(o, 0);
		wire_out_blob(o, &ea.value);
	}
	wire_out_patch_u32(o, at, o->pos - at);
	return ret ?: wire_out_errno(o);
}
