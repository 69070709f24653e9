/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Security identifiers and GUIDs as bytes and as text ([MS-DTYP] 2.4.2, 2.3.4). */
#ifndef UNC_DOMAIN_SID_H
#define UNC_DOMAIN_SID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SID_TEXT_ROOM	192	/* S-1-, 15 digits, 15 times 11 */

/** sid_format - false: these are not the bytes of one SID */
bool sid_format(const void *bytes, size_t len, char text[SID_TEXT_ROOM]);

/** guid_format - as in the directory, without braces; at least 37 bytes */
void guid_format(const uint8_t guid[16], char *text);

#endif
