/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Snapshots, as paths and FSCTL_SRV_ENUMERATE_SNAPSHOTS name them. */
#ifndef UNCFS_WIRE_GMT_H
#define UNCFS_WIRE_GMT_H

#include "cursor.h"

enum {
	/* "@GMT-YYYY.MM.DD-HH.MM.SS", [MS-SMB2] 2.2.32.2 */
	WIRE_GMT_LEN	= 24,
};

/**
 * struct wire_snapshots - the snapshots of a volume, [MS-SMB2] 2.2.32.2
 * @total: how many there are
 * @returned: how many are in @names
 * @size: bytes that all would need
 * @names: in UTF-16LE, a NUL after each, for wire_snapshot_next()
 */
struct wire_snapshots {
	u32 total;
	u32 returned;
	u32 size;
	struct wire_blob names;
};

int wire_gmt_parse(const char *text, u32 len, u64 *filetime);
void wire_gmt_format(u64 filetime, char *text);
int wire_snapshots_decode(const struct wire_blob *b,
			  struct wire_snapshots *list);
int wire_snapshot_next(struct wire_in *names, u64 *filetime);

#endif /* UNCFS_WIRE_GMT_H */
