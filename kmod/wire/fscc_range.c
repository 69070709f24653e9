// SPDX-License-Identifier: GPL-2.0-or-later
#include "fscc_range.h"

/**
 * wire_fscc_range_encode - input of FSCTL_QUERY_ALLOCATED_RANGES
 * @o: the writer
 * @range: the bytes to ask about
 *
 * [MS-FSCC] 2.3.55.
 *
 * Return: 0 or -EMSGSIZE.
 */
int wire_fscc_range_encode(struct wire_out *o,
			   const struct wire_fscc_range *range)
{
	wire_out_u64(o, range->offset);
	wire_out_u64(o, range->length);
	return wire_out_errno(o);
}

/**
 * wire_fscc_range_next - next range of the output of the same
 * @list: a reader over the output buffer
 * @range: where there is data
 *
 * Numbers that would be negative, alone or as a sum, are refused: callers
 * count with loff_t. [MS-FSCC] 2.3.56.
 *
 * Return: 1 and a range, 0 at the end, -EBADMSG.
 */
int wire_fscc_range_next(struct wire_in *list, struct wire_fscc_range *range)
{
	if (!list->err && !wire_in_left(list))
		return 0;
	range->offset = wire_in_u64(list, "FileOffset");
	range->length = wire_in_u64(list, "Length");
	if (range->offset > S64_MAX || range->length > S64_MAX - range->offset)
		wire_in_fail(list, "Length");
	return list->err ? -EBADMSG : 1;
}

/**
 * wire_fscc_zero_data_encode - input of FSCTL_SET_ZERO_DATA
 * @o: the writer
 * @zero: which bytes
 *
 * [MS-FSCC] 2.3.71.
 *
 * Return: 0 or -EMSGSIZE.
 */
int wire_fscc_zero_data_encode(struct wire_out *o,
			       const struct wire_fscc_zero_data *zero)
{
	wire_out_u64(o, zero->offset);
	wire_out_u64(o, zero->beyond);
	return wire_out_errno(o);
}

/**
 * wire_fscc_sparse_encode - input of FSCTL_SET_SPARSE
 * @o: the writer
 * @sparse: may the file have holes?
 *
 * [MS-FSCC] 2.3.69.
 *
 * Return: 0 or -EMSGSIZE.
 */
int wire_fscc_sparse_encode(struct wire_out *o, bool sparse)
{
	wire_out_u8(o, sparse);
	return wire_out_errno(o);
}

/**
 * wire_fscc_duplicate_encode - input of FSCTL_DUPLICATE_EXTENTS_TO_FILE
 * @o: the writer
 * @dup: from where to where
 *
 * [MS-FSCC] 2.3.8.
 *
 * Return: 0 or -EMSGSIZE.
 */
int wire_fscc_duplicate_encode(struct wire_out *o,
			       const struct wire_fscc_duplicate *dup)
{
	wire_smb2_fid_encode(o, &dup->source);
	wire_out_u64(o, dup->source_offset);
	wire_out_u64(o, dup->target_offset);
	wire_out_u64(o, dup->length);
	return wire_out_errno(o);
}
