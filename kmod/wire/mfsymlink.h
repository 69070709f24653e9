/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Symbolic links of Minshall and French: files of one size, the text of which
 * says that they are links. Any server can keep them.
 */
#ifndef UNCFS_WIRE_MFSYMLINK_H
#define UNCFS_WIRE_MFSYMLINK_H

#include "cursor.h"

enum {
	WIRE_MFSYMLINK_SIZE		= 1067,
	WIRE_MFSYMLINK_TARGET_MAX	= 1024,
	WIRE_MFSYMLINK_DIGEST		= 16,
};

/**
 * struct wire_mfsymlink - a link
 * @digest: MD5 of @target; to be compared by the caller
 * @target: where it points to, in UTF-8
 */
struct wire_mfsymlink {
	u8 digest[WIRE_MFSYMLINK_DIGEST];
	struct wire_blob target;
};

int wire_mfsymlink_decode(const struct wire_blob *b,
			  struct wire_mfsymlink *link);
int wire_mfsymlink_encode(struct wire_out *o,
			  const struct wire_mfsymlink *link);

#endif /* UNCFS_WIRE_MFSYMLINK_H */
