/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Characters that Linux has in names and servers refuse, as others that they
 * take: from U+F000 up in the private use area, as other clients do, too.
 */
#ifndef UNCFS_WIRE_NAME_MAP_H
#define UNCFS_WIRE_NAME_MAP_H

#include "wire_os.h"

/**
 * enum wire_name_map - which characters become which
 * @WIRE_NAMES_PLAIN: none
 * @WIRE_NAMES_SFM: as Services for Macintosh, macOS and Samba's vfs_fruit have
 *	it: control characters, " * : < > ? \ |, a space or dot at the end
 * @WIRE_NAMES_SFU: as Services for Unix have it: * ? : < > | \
 * @WIRE_NAMES_POSIX: only the separator, for servers with POSIX extensions
 */
enum wire_name_map {
	WIRE_NAMES_PLAIN	= 0,
	WIRE_NAMES_SFM		= 1,
	WIRE_NAMES_SFU		= 2,
	WIRE_NAMES_POSIX	= 3,
};

int wire_name_map(char *dst, u32 cap, const char *src, u32 len,
		  enum wire_name_map map);
u32 wire_name_unmap(char *path, u32 len, enum wire_name_map map);

#endif /* UNCFS_WIRE_NAME_MAP_H */
