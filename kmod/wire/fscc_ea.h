/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Extended attributes and streams of a file, [MS-FSCC] 2.4. */
#ifndef UNCFS_WIRE_FSCC_EA_H
#define UNCFS_WIRE_FSCC_EA_H

#include "fscc.h"

enum {
	WIRE_FSCC_EA_NAME_MAX	= 255,
	/* Bytes of a list of one without its name and value. */
	WIRE_FSCC_EA_FIXED	= 9,
};

/**
 * struct wire_fscc_ea - FILE_FULL_EA_INFORMATION, 2.4.15
 * @flags: 0x80: whoever does not understand it must not open the file
 * @name: 8-bit characters, neither empty nor with a NUL
 * @value: set: an empty one removes the attribute
 */
struct wire_fscc_ea {
	u8 flags;
	struct wire_blob name;
	struct wire_blob value;
};

/**
 * struct wire_fscc_stream - FILE_STREAM_INFORMATION, 2.4.49
 * @size: bytes
 * @allocation_size: bytes on disk
 * @name: ":name:$DATA" in UTF-16LE; "::$DATA" is the file's own content
 */
struct wire_fscc_stream {
	u64 size;
	u64 allocation_size;
	struct wire_blob name;
};

int wire_fscc_ea_next(struct wire_in *list, struct wire_fscc_ea *ea);
int wire_fscc_ea_encode(struct wire_out *o, const struct wire_fscc_ea *ea);
int wire_fscc_stream_next(struct wire_in *list,
			  struct wire_fscc_stream *stream);

#endif /* UNCFS_WIRE_FSCC_EA_H */
