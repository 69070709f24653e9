// SPDX-License-Identifier: GPL-2.0-or-later
#include "nbname.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include "nbss.h"

static_assert(NBNAME_LEN == NBSS_NAME_LEN, "one length for both");

/* Length of @text before its suffix; @suffix is set when it has one. */
static size_t split(const char *text, u8 *suffix)
{
	size_t len = strlen(text);
	const char *digits = NULL;

	if (len >= 3 && text[len - 3] == '#')
		digits = text + len - 2;
	else if (len >= 4 && text[len - 4] == '<' && text[len - 1] == '>')
		digits = text + len - 3;
	if (!digits || !isxdigit((unsigned char)digits[0]) ||
	    !isxdigit((unsigned char)digits[1]))
		return len;
	*suffix = (u8)strtoul((char[]){ digits[0], digits[1], 0 }, NULL, 16);
	return (size_t)(digits - 1 - text);
}

bool nbname_has_suffix(const char *text)
{
	u8 suffix;

	return split(text, &suffix) != strlen(text);
}

bool nbname_parse(struct nbname *name, const char *text, u8 suffix)
{
	size_t len = split(text, &suffix);

	/* Bytes beyond ASCII depend on the code page of who registered them. */
	if (!len || len > NBNAME_TEXT_MAX || text[0] == '*')
		return false;
	memset(name->bytes, ' ', NBNAME_TEXT_MAX);
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c < ' ' || c >= 0x7f || c == '.')
			return false;
		name->bytes[i] = (u8)toupper(c);
	}
	name->bytes[NBNAME_TEXT_MAX] = suffix;
	return true;
}

void nbname_wildcard(struct nbname *name)
{
	memset(name->bytes, 0, NBNAME_LEN);
	name->bytes[0] = '*';
}

void nbname_format_base(const struct nbname *name, char text[NBNAME_TEXT_ROOM])
{
	int len = NBNAME_TEXT_MAX;

	while (len && name->bytes[len - 1] == ' ')
		len--;
	for (int i = 0; i < len; i++) {
		if (name->bytes[i] >= ' ' && name->bytes[i] < 0x7f)
			*text++ = (char)name->bytes[i];
		else
			text += sprintf(text, "\\x%02x", name->bytes[i]);
	}
	*text = '\0';
}

void nbname_format(const struct nbname *name, char text[NBNAME_TEXT_ROOM])
{
	nbname_format_base(name, text);
	sprintf(text + strlen(text), "<%02x>", name->bytes[NBNAME_TEXT_MAX]);
}

bool nbname_encode(struct dnsname *wire, const struct nbname *name,
		   const char *scope)
{
	u8 encoded[NBSS_LETTERS_LEN];
	size_t len;

	wire_nbss_letters(encoded, name->bytes);
	wire->len = 0;
	if (!dnsname_append(wire, (const char *)encoded, sizeof(encoded)))
		return false;
	while (*scope) {
		len = strcspn(scope, ".");
		if (!dnsname_append(wire, scope, len))
			return false;
		scope += len;
		if (*scope)
			scope++;
	}
	return true;
}

/* -1 for a byte that is no half of a name's byte. */
static int half(u8 byte)
{
	int value = toupper(byte) - 'A';

	return value >= 0 && value <= 0xf ? value : -1;
}

bool nbname_decode(const struct dnsname *wire, struct nbname *name)
{
	if (wire->len < NBSS_LETTERS_LEN + 2 || wire->wire[0] != NBSS_LETTERS_LEN)
		return false;
	for (int i = 0; i < NBNAME_LEN; i++) {
		int high = half(wire->wire[1 + 2 * i]);
		int low = half(wire->wire[2 + 2 * i]);

		if (high < 0 || low < 0)
			return false;
		name->bytes[i] = (u8)(high << 4 | low);
	}
	return true;
}

static const struct meaning {
	u8 suffix;
	bool group;
	const char *text;
} meanings[] = {
	{ NBNAME_WORKSTATION,		false, "workstation" },
	{ NBNAME_WORKSTATION,		true,  "domain or workgroup" },
	{ 0x01,				true,  "master browser" },
	{ NBNAME_MESSENGER,		false, "messenger" },
	{ 0x06,				false, "remote access server" },
	{ NBNAME_DOMAIN_MASTER,		false, "domain master browser" },
	{ NBNAME_DOMAIN_DCS,		true,  "domain controllers" },
	{ NBNAME_MASTER_BROWSER,	false, "master browser" },
	{ NBNAME_BROWSER_ELECTION,	true,  "browser elections" },
	{ 0x1f,				false, "NetDDE" },
	{ NBNAME_SERVER,		false, "file server" },
	{ 0x21,				false, "remote access client" },
};

const char *nbname_meaning(u8 suffix, bool group)
{
	for (size_t i = 0; i < ARRAY_SIZE(meanings); i++)
		if (meanings[i].suffix == suffix && meanings[i].group == group)
			return meanings[i].text;
	return "";
}
