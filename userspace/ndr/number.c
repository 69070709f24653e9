// SPDX-License-Identifier: GPL-2.0-or-later
/* Numbers: their sizes in C and on the wire, and one type for all of them. */
#include <string.h>

#include "engine.h"

static const struct {
	uint8_t c;		/* bytes in C */
	uint8_t wire[2];	/* in NDR32 and NDR64 */
	bool is_signed;
} kinds[] = {
	[NDR_U8] = { 1, { 1, 1 }, false },
	[NDR_I8] = { 1, { 1, 1 }, true },
	[NDR_U16] = { 2, { 2, 2 }, false },
	[NDR_I16] = { 2, { 2, 2 }, true },
	[NDR_U32] = { 4, { 4, 4 }, false },
	[NDR_I32] = { 4, { 4, 4 }, true },
	[NDR_U64] = { 8, { 8, 8 }, false },
	[NDR_I64] = { 8, { 8, 8 }, true },
	[NDR_F32] = { 4, { 4, 4 }, false },
	[NDR_F64] = { 8, { 8, 8 }, false },
	[NDR_U3264] = { 8, { 4, 8 }, false },
	[NDR_I3264] = { 8, { 4, 8 }, true },
	[NDR_ENUM16] = { 4, { 2, 4 }, false },
	[NDR_ENUM32] = { 4, { 4, 4 }, false },
};

unsigned int ndr_wire_size(uint8_t kind, bool wide)
{
	return kinds[kind].wire[wide];
}

bool ndr_is_signed(uint8_t kind)
{
	return kinds[kind].is_signed;
}

/* @value as a number of @bytes bytes. */
static int64_t narrow(int64_t value, unsigned int bytes, bool is_signed)
{
	unsigned int unused = 64 - 8 * bytes;

	if (is_signed)
		return (int64_t)((uint64_t)value << unused) >> unused;
	return (uint64_t)value << unused >> unused;
}

/** ndr_truncate - what remains of a value in a number of that kind in C */
int64_t ndr_truncate(uint8_t kind, int64_t value)
{
	return narrow(value, kinds[kind].c, kinds[kind].is_signed);
}

/** ndr_fits - can a number of that kind be this value? */
bool ndr_fits(uint8_t kind, int64_t value)
{
	return ndr_truncate(kind, value) == value;
}

/** ndr_load - the number in a slot; floating point numbers are their bits */
int64_t ndr_load(uint8_t kind, const void *slot)
{
	uint64_t value = 0;

	memcpy(&value, slot, kinds[kind].c);
#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
	value >>= 64 - 8 * kinds[kind].c;
#endif
	return ndr_truncate(kind, value);
}

void ndr_store(uint8_t kind, void *slot, int64_t value)
{
	uint64_t bits = value;

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
	bits <<= 64 - 8 * kinds[kind].c;
#endif
	memcpy(slot, &bits, kinds[kind].c);
}
