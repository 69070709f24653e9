/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The events of Windows since Vista: BinXml, [MS-EVEN6] 2.2.12. */
#ifndef UNC_CLI_BINXML_H
#define UNC_CLI_BINXML_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

/**
 * binxml_decode - a document, with its templates filled in
 * @wrong: receives the name of what is wrong
 *
 * An element without attributes and elements is its text. Another one is an
 * object: a member "@NAME" for each attribute, one for each element, which is an
 * array where there are several of that name, and "#text" if there is text, too.
 *
 * Return: a new object with the root element as its only member, or NULL.
 */
json_t *binxml_decode(const uint8_t *data, size_t len, const char **wrong);

/**
 * binxml_result - an event of a result set (2.2.17)
 *
 * Return: as binxml_decode().
 */
json_t *binxml_result(const uint8_t *data, size_t len, const char **wrong);

#endif
