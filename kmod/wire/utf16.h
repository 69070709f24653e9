/* SPDX-License-Identifier: GPL-2.0-or-later */
/* UTF-8, as Linux has names, to and from UTF-16LE, as SMB has them. */
#ifndef UNCFS_WIRE_UTF16_H
#define UNCFS_WIRE_UTF16_H

#include "wire_os.h"

/**
 * enum wire_utf_flags - what to do with a surrogate that has no partner
 * @WIRE_UTF_STRICT: refuse it with -EILSEQ
 * @WIRE_UTF_LONE: carry it through as the three bytes its value would have in
 *	UTF-8 ("WTF-8"), so that a name made by a careless Windows program can
 *	be listed, opened and removed. Both directions must be given the flag.
 */
enum wire_utf_flags {
	WIRE_UTF_STRICT	= 0,
	WIRE_UTF_LONE	= 1,
};

/* Bytes of UTF-16 that n bytes of UTF-8 can become at most, and back. */
#define WIRE_UTF16_MAX(n) ((n) * 2)
#define WIRE_UTF8_MAX(n) ((n) / 2 * 3)

int wire_utf16_from_utf8(u8 *dst, u32 cap, const char *src, u32 len,
			 enum wire_utf_flags flags);
int wire_utf16_to_utf8(char *dst, u32 cap, const u8 *src, u32 len,
		       enum wire_utf_flags flags);

#endif /* UNCFS_WIRE_UTF16_H */
