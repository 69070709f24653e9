/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names as DNS has them on the wire (RFC 1035 3.1 and 4.1.4), which NetBIOS
 * (RFC 1002 4.1) and LLMNR (RFC 4795) use as well: labels, each with its
 * length in front, and an empty one at the end.
 */
#ifndef UNC_NAMES_DNSNAME_H
#define UNC_NAMES_DNSNAME_H

#include "cursor.h"

#define DNSNAME_WIRE_MAX	255	/* the empty label included */
#define DNSNAME_LABEL_MAX	63
/* Each byte as \DDD, a dot for each label, a null. */
#define DNSNAME_TEXT_ROOM	(DNSNAME_WIRE_MAX * 4 + 1)

/**
 * struct dnsname - a name without compression
 * @len: bytes used, at least 1 in a good name
 * @wire: labels with the empty one at the end
 */
struct dnsname {
	u8 len;
	u8 wire[DNSNAME_WIRE_MAX];
};

/**
 * dnsname_read - read a name, following compression pointers
 * @in: reader whose base is the start of the message
 * @name: the name; empty after an error
 * @what: name of the field
 *
 * Each pointer must lead before everything read of this name so far, so there
 * are no loops, and fewer than 255 jumps.
 */
void dnsname_read(struct wire_in *in, struct dnsname *name, const char *what);

/** dnsname_write - write a name without compression */
void dnsname_write(struct wire_out *out, const struct dnsname *name);

/** dnsname_append - add a label before the end; false when there is no room */
bool dnsname_append(struct dnsname *name, const void *label, size_t len);

/**
 * dnsname_from_text - labels separated by dots, a dot at the end allowed
 *
 * Return: false for an empty label or one that is too long.
 */
bool dnsname_from_text(struct dnsname *name, const char *text);

/** dnsname_format - as text; what is not printable, and a dot, as \DDD */
void dnsname_format(const struct dnsname *name, char text[DNSNAME_TEXT_ROOM]);

/** dnsname_equal - the same, upper or lower case of ASCII apart */
bool dnsname_equal(const struct dnsname *a, const struct dnsname *b);

#endif
