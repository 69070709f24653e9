/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Ranges of a file, [MS-FSCC] 2.3: which are there, which become holes, which
 * are shared with another file. Input and output of FSCTLs.
 */
#ifndef UNCFS_WIRE_FSCC_RANGE_H
#define UNCFS_WIRE_FSCC_RANGE_H

#include "fscc.h"
#include "smb2_hdr.h"

enum {
	WIRE_FSCC_RANGE_SIZE		= 16,
	WIRE_FSCC_DUPLICATE_SIZE	= 40,
};

/**
 * struct wire_fscc_range - FILE_ALLOCATED_RANGE_BUFFER, 2.3.56
 * @offset: first byte, not negative as a signed number
 * @length: bytes; the sum of both is no negative number either
 */
struct wire_fscc_range {
	u64 offset;
	u64 length;
};

/**
 * struct wire_fscc_zero_data - FILE_ZERO_DATA_INFORMATION, 2.3.71
 * @offset: first byte that becomes zero
 * @beyond: first byte that stays
 */
struct wire_fscc_zero_data {
	u64 offset;
	u64 beyond;
};

/**
 * struct wire_fscc_duplicate - SMB2_DUPLICATE_EXTENTS_DATA, 2.3.8
 * @source: handle of the file that has the data
 * @source_offset: where it begins there
 * @target_offset: where it shall be in the file that the FSCTL is sent to
 * @length: bytes
 */
struct wire_fscc_duplicate {
	struct wire_smb2_fid source;
	u64 source_offset;
	u64 target_offset;
	u64 length;
};

int wire_fscc_range_encode(struct wire_out *o,
			   const struct wire_fscc_range *range);
int wire_fscc_range_next(struct wire_in *list, struct wire_fscc_range *range);
int wire_fscc_zero_data_encode(struct wire_out *o,
			       const struct wire_fscc_zero_data *zero);
int wire_fscc_sparse_encode(struct wire_out *o, bool sparse);
int wire_fscc_duplicate_encode(struct wire_out *o,
			       const struct wire_fscc_duplicate *dup);

#endif /* UNCFS_WIRE_FSCC_RANGE_H */
