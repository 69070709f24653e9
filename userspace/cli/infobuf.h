/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Buffers with structures that are not NDR: [MS-RPRN] 2.2.2 and [MS-SCMR]
 * 2.2.11. Records of a fixed size follow each other; where a structure has a
 * pointer to a text, the record has its offset from the start of the buffer.
 */
#ifndef UNC_CLI_INFOBUF_H
#define UNC_CLI_INFOBUF_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

enum info_kind {
	INFO_U32,	/* a number */
	INFO_TEXT,	/* offset of a text with a zero at its end; 0: none */
	INFO_TIME,	/* a SYSTEMTIME */
	INFO_SKIP,	/* four bytes that nobody wants */
};

/** struct info_field - a field of a record; a list ends with one without name */
struct info_field {
	const char *name;
	enum info_kind kind;
};

/**
 * info_decode - the records as an array of objects
 * @data: the buffer
 * @len: its size in bytes
 * @count: how many records the server says there are
 * @fields: of a record
 * @wrong: receives the name of the field that is wrong
 *
 * Return: a new array; NULL if a record or a text is not within the buffer, or
 * a text is not UTF-16, or records share so much text that it would fill the
 * memory.
 */
json_t *info_decode(const uint8_t *data, size_t len, uint32_t count,
		    const struct info_field *fields, const char **wrong);

#endif
