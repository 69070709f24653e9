/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The results that methods of Windows interfaces return, by name. */
#ifndef UNC_LIB_WINERROR_H
#define UNC_LIB_WINERROR_H

#include <stdint.h>

#define ERROR_FILE_NOT_FOUND		2
#define ERROR_INSUFFICIENT_BUFFER	122
#define ERROR_MORE_DATA			234
#define ERROR_NO_MORE_ITEMS		259
#define ERROR_INVALID_PRINTER_NAME	1801

#define STATUS_MORE_ENTRIES		0x00000105
#define STATUS_SOME_NOT_MAPPED		0x00000107
#define STATUS_NO_MORE_ENTRIES		0x8000001a
#define STATUS_ACCESS_DENIED		0xc0000022
#define STATUS_NONE_MAPPED		0xc0000073

/**
 * win_error_name - "ERROR_ACCESS_DENIED", of an NTSTATUS or a Win32 code
 *
 * Return: NULL if it is not known. [MS-ERREF] 2.2 and 2.3, [MS-SRVS] 2.2.2.
 */
const char *win_error_name(uint32_t code);

#endif
