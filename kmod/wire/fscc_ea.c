// SPDX-License-Identifier: GPL-2.0-or-later
#include "fscc_ea.h"

/**
 * wire_fscc_ea_next - next extended attribute of a list
 * @list: a reader over the list alone
 * @ea: name and value
 *
 * [MS-FSCC] 2.4.15.
 *
 * Return: 1 and an attribute, 0 at the end, -EBADMSG.
 */
int wire_fscc_ea_next(struct wire_in *list, struct wire_fscc_ea *ea)
{
	struct wire_in rec;
	u16 value_len;
	u8 name_len;
	int ret;

	ret = wire_in_chain(list, &rec, 8, "NextEntryOffset");
	if (ret <= 0)
		return ret;
	ea->flags = wire_in_u8(&rec, "Flags");
	name_len = wire_in_u8(&rec, "EaNameLength");
	value_len = wire_in_u16(&rec, "EaValueLength");
	ea->name = wire_in_take(&rec, name_len, "EaName");
	if (!rec.err && (!name_len || memchr(ea->name.ptr, 0, name_len)))
		wire_in_fail(&rec, "EaName");
	if (wire_in_u8(&rec, "EaName"))
		wire_in_fail(&rec, "EaName");
	ea->value = wire_in_take(&rec, value_len, "EaValue");
	wire_in_join(list, &rec);
	return list->err ? -EBADMSG : 1;
}

/**
 * wire_fscc_ea_encode - write a list of one extended attribute
 * @o: the writer
 * @ea: name and value
 *
 * Takes WIRE_FSCC_EA_FIXED bytes and those of both. [MS-FSCC] 2.4.15.
 *
 * Return: 0, -EMSGSIZE, -EINVAL for a name or value that cannot be.
 */
int wire_fscc_ea_encode(struct wire_out *o, const struct wire_fscc_ea *ea)
{
	if (!ea->name.len || ea->name.len > WIRE_FSCC_EA_NAME_MAX ||
	    ea->value.len > U16_MAX)
		return -EINVAL;
	wire_out_u32(o, 0);
	wire_out_u8(o, ea->flags);
	wire_out_u8(o, ea->name.len);
	wire_out_u16(o, ea->value.len);
	wire_out_blob(o, &ea->name);
	wire_out_u8(o, 0);
	wire_out_blob(o, &ea->value);
	return wire_out_errno(o);
}

/**
 * wire_fscc_stream_next - next stream of a list
 * @list: a reader over the list alone
 * @stream: name and sizes
 *
 * [MS-FSCC] 2.4.49.
 *
 * Return: 1 and a stream, 0 at the end, -EBADMSG.
 */
int wire_fscc_stream_next(struct wire_in *list,
			  struct wire_fscc_stream *stream)
{
	struct wire_in rec;
	u32 len;
	int ret;

	ret = wire_in_chain(list, &rec, 24, "NextEntryOffset");
	if (ret <= 0)
		return ret;
	len = wire_in_u32(&rec, "StreamNameLength");
	if (len & 1)
		wire_in_fail(&rec, "StreamNameLength");
	stream->size = wire_in_u64(&rec, "StreamSize");
	stream->allocation_size = wire_in_u64(&rec, "StreamAllocationSize");
	stream->name = wire_in_take(&rec, len, "StreamName");
	wire_in_join(list, &rec);
	return list->err ? -EBADMSG : 1;
}
