/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the structures of every interface are made of; see ndr.h and uncrpc(3). */
#ifndef UNC_NDR_TYPES_H
#define UNC_NDR_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** A UUID in host byte order, in the parts in which it is written. */
struct ndr_uuid {
	uint32_t time_low;
	uint16_t time_mid;
	uint16_t time_hi_and_version;
	uint8_t rest[8];
};

/** A context handle ([C706] 14.2 "ndr_context_handle"); all zero is no handle. */
struct ndr_context_handle {
	uint32_t context_handle_attributes;
	struct ndr_uuid context_handle_uuid;
};

/**
 * struct ndr_pipe - what a [pipe] parameter carries, as a whole
 * @count: elements in all its chunks
 * @elements: one after the other, of the pipe's type
 */
struct ndr_pipe {
	uint64_t count;
	void *elements;
};

#endif /* UNC_NDR_TYPES_H */
