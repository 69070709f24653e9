/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The values that stand in templates of BinXml ([MS-EVEN6] 2.2.12, 2.2.12.3). */
#ifndef UNC_CLI_BINVALUE_H
#define UNC_CLI_BINVALUE_H

#include "evtext.h"

#define BINVALUE_NULL	0x00
#define BINVALUE_STRING	0x01
#define BINVALUE_BINXML	0x21
#define BINVALUE_ARRAY	0x80	/* many of what the other bits say */

/** struct binvalue - its type, and bytes that belong to somebody else */
struct binvalue {
	u8 type;
	struct wire_blob bytes;
};

/**
 * binvalue_text - add a value as people see it; nothing for NULL and BinXml
 *
 * Return: NULL or what is wrong with it.
 */
const char *binvalue_text(const struct binvalue *value, struct evtext *text);

/** binvalue_count - elements of an array; 1 for anything else */
u32 binvalue_count(const struct binvalue *value);

/**
 * binvalue_element - element @index of an array, which has it
 *
 * Return: NULL or what is wrong with it.
 */
const char *binvalue_element(const struct binvalue *array, u32 index,
			     struct binvalue *element);

#endif
