// SPDX-License-Identifier: GPL-2.0-or-later
#include "gpo.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define SCHEME		"LDAP://"
#define SECTION		"General"
#define VERSION		"Version"

/* ---- gPLink ---------------------------------------------------------------- */

/* "1]" */
static int take_flags(const char **at, uint32_t *flags)
{
	unsigned long value;
	char *end;

	if (!isdigit((unsigned char)**at))
		return -EINVAL;
	value = strtoul(*at, &end, 10);
	if (*end != ']' || value > UINT32_MAX)
		return -EINVAL;
	*flags = (uint32_t)value;
	*at = end + 1;
	return 1;
}

int gpo_link_next(const char **at, struct gpo_link *link)
{
	const char *begin, *end;

	while (**at == ' ')		/* one that had links and has none */
		(*at)++;
	if (!**at)
		return 0;
	if (**at != '[' ||
	    strncasecmp(*at + 1, SCHEME, strlen(SCHEME)) != 0)
		return -EINVAL;
	begin = *at + 1 + strlen(SCHEME);
	end = strpbrk(begin, ";[]");
	if (!end || *end != ';' || end == begin ||
	    (size_t)(end - begin) >= sizeof(link->dn))
		return -EINVAL;
	memcpy(link->dn, begin, (size_t)(end - begin));
	link->dn[end - begin] = '\0';
	*at = end + 1;
	return take_flags(at, &link->flags);
}

/* ---- GPT.INI --------------------------------------------------------------- */

struct line {
	const char *text;
	size_t len;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static struct line trimmed(const char *text, size_t len)
{
	while (len && is_blank(text[len - 1]))
		len--;
	while (len && is_blank(*text)) {
		text++;
		len--;
	}
	return (struct line){ text, len };
}

static bool says(struct line line, const char *word)
{
	return line.len == strlen(word) &&
	       strncasecmp(line.text, word, line.len) == 0;
}

static bool is_section(struct line line, bool *ours)
{
	if (line.len < 2 || line.text[0] != '[' ||
	    line.text[line.len - 1] != ']')
		return false;
	*ours = says((struct line){ line.text + 1, line.len - 2 }, SECTION);
	return true;
}

static bool number(struct line value, uint32_t *out)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < value.len; i++) {
		if (!isdigit((unsigned char)value.text[i]))
			return false;
		sum = sum * 10 + (uint64_t)(value.text[i] - '0');
		if (sum > UINT32_MAX)
			return false;
	}
	*out = (uint32_t)sum;
	return value.len;
}

static bool is_version(struct line line, uint32_t *version)
{
	const char *equals = line.len ? memchr(line.text, '=', line.len) : NULL;
	size_t before;

	if (!equals)
		return false;
	before = (size_t)(equals - line.text);
	return says(trimmed(line.text, before), VERSION) &&
	       number(trimmed(equals + 1, line.len - before - 1), version);
}

int gpo_version(const char *text, size_t len, uint32_t *version)
{
	const char *end = text + len;
	bool ours = false;

	while (text < end) {
		const char *stop = memchr(text, '\n', (size_t)(end - text));
		struct line line;

		stop = stop ? stop : end;
		line = trimmed(text, (size_t)(stop - text));
		if (!is_section(line, &ours) && ours &&
		    is_version(line, version))
			return 0;
		text = stop + (stop < end);
	}
	return -ENODATA;
}

/* ---- Extensions ------------------------------------------------------------ */

static bool is_guid(const char *text)
{
	return strnlen(text, GPO_GUID_LEN) == GPO_GUID_LEN && *text == '{' &&
	       strcspn(text, "}") == GPO_GUID_LEN - 1;
}

int gpo_extension_next(const char **at, char guid[GPO_GUID_LEN + 1])
{
	const char *end;

	while (**at == ' ')
		(*at)++;
	if (!**at)
		return 0;
	end = strchr(*at, ']');
	if (**at != '[' || !end || !is_guid(*at + 1))
		return -EINVAL;
	memcpy(guid, *at + 1, GPO_GUID_LEN);
	guid[GPO_GUID_LEN] = '\0';
	*at = end + 1;
	return 1;
}

/* [MS-GPREG], [MS-GPSB], [MS-GPSCR], [MS-GPSI], [MS-GPFR], [MS-GPEF], ... 1.9 */
static const char *const names[][2] = {
	{ "{35378EAC-683F-11D2-A89A-00C04FBBCFA2}", "registry" },
	{ "{827D319E-6EAC-11D2-A4EA-00C04F79F83A}", "security" },
	{ "{42B5FAAE-6536-11D2-AE5A-0000F87571E3}", "scripts" },
	{ "{C6DC5466-785A-11D2-84D0-00C04FB169F7}", "software" },
	{ "{25537BA6-77A8-11D2-9B6C-0000F8080861}", "folders" },
	{ "{B1BE8D72-6EAC-11D2-A4EA-00C04F79F83A}", "EFS recovery" },
	{ "{E437BC1C-AA7D-11D2-A382-00C04F991E27}", "IPsec" },
	{ "{0ACDD40C-75AC-47AB-BAA0-BF6DE7E7FE63}", "wireless" },
};

const char *gpo_extension_name(const char *guid)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcasecmp(names[i][0], guid) == 0)
			return names[i][1];
	return NULL;
}

/* ---- gPCFileSysPath -------------------------------------------------------- */

bool gpo_path(const char *unc, char *room, size_t len)
{
	const char *at = unc;

	if (strncmp(at, "\\\\", 2) != 0)
		return false;
	at = strchr(at + 2, '\\');		/* the share */
	at = at ? strchr(at + 1, '\\') : NULL;
	if (!at || !at[1] || strlen(at + 1) >= len || strstr(at, ".."))
		return false;
	strcpy(room, at + 1);
	for (char *p = room; *p; p++)
		if (*p == '\\')
			*p = '/';
	return room[0] != '/';
}
