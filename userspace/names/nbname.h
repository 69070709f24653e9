/* SPDX-License-Identifier: GPL-2.0-or-later */
/* NetBIOS names (RFC 1001 14, RFC 1002 4.1, [MS-NBTE] 2.2.1). */
#ifndef UNC_NAMES_NBNAME_H
#define UNC_NAMES_NBNAME_H

#include "dnsname.h"

#define NBNAME_LEN		16
#define NBNAME_TEXT_MAX		15
/* Each byte as \xHH, then <HH> and a null. */
#define NBNAME_TEXT_ROOM	(NBNAME_TEXT_MAX * 4 + 5)

enum nbname_suffix {
	NBNAME_WORKSTATION	= 0x00,
	NBNAME_MESSENGER	= 0x03,
	NBNAME_DOMAIN_MASTER	= 0x1b,
	NBNAME_DOMAIN_DCS	= 0x1c,
	NBNAME_MASTER_BROWSER	= 0x1d,
	NBNAME_BROWSER_ELECTION	= 0x1e,
	NBNAME_SERVER		= 0x20,
};

/**
 * struct nbname - a name: 15 bytes padded with blanks, and a suffix
 * @bytes: the suffix is the last of them
 */
struct nbname {
	u8 bytes[NBNAME_LEN];
};

/**
 * nbname_parse - from what people write: NAME, NAME#1C, NAME<1C>
 * @name: the name, in upper case
 * @text: at most 15 bytes without the suffix, none of them a dot
 * @suffix: when the text has none
 *
 * Return: false when it can be no NetBIOS name.
 */
bool nbname_parse(struct nbname *name, const char *text, u8 suffix);

/** nbname_has_suffix - does @text end in #HH or <HH>? */
bool nbname_has_suffix(const char *text);

/** nbname_wildcard - the name "*" that any node takes for its own */
void nbname_wildcard(struct nbname *name);

/** nbname_format - as NAME<HH>; what is not printable as \xHH */
void nbname_format(const struct nbname *name, char text[NBNAME_TEXT_ROOM]);

/** nbname_format_base - the same without the suffix */
void nbname_format_base(const struct nbname *name, char text[NBNAME_TEXT_ROOM]);

/**
 * nbname_encode - for the wire: each half byte a letter, then the scope
 * @wire: the result
 * @name: the name
 * @scope: labels with dots between, "" for none
 *
 * Return: false for a scope that cannot be.
 */
bool nbname_encode(struct dnsname *wire, const struct nbname *name,
		   const char *scope);

/** nbname_decode - and back; the scope is what follows the first label */
bool nbname_decode(const struct dnsname *wire, struct nbname *name);

/** nbname_meaning - what a suffix stands for, in a few words; "" if unknown */
const char *nbname_meaning(u8 suffix, bool group);

#endif
