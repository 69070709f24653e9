/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bytes as hexadecimal text and back. */
#ifndef UNC_LIB_HEX_H
#define UNC_LIB_HEX_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * Decode @text, with blanks between bytes allowed.  Returns the number of
 * bytes stored, or -1 when the text is no hex, has half a byte or does not
 * fit into @room.
 */
ssize_t hex_decode(const char *text, uint8_t *out, size_t room);

/* Write 2 * @len digits and a NUL into @out. */
void hex_encode(const uint8_t *data, size_t len, char *out);

#endif
