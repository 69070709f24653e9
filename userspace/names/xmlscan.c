// SPDX-License-Identifier: GPL-2.0-or-later
#include "xmlscan.h"

#include <string.h>

void xml_init(struct xml *xml, const void *text, size_t len)
{
	memset(xml, 0, sizeof(*xml));
	xml->at = text;
	xml->end = xml->at + len;
}

static enum xml_event bad(struct xml *xml)
{
	xml->end = NULL;
	return XML_BAD;
}

static bool begins(const struct xml *xml, const char *what)
{
	size_t len = strlen(what);

	return (size_t)(xml->end - xml->at) >= len &&
	       memcmp(xml->at, what, len) == 0;
}

/* Behind the next @what; NULL if there is none. */
static const char *behind(const struct xml *xml, const char *what)
{
	const char *found = memmem(xml->at, (size_t)(xml->end - xml->at), what,
				   strlen(what));

	return found ? found + strlen(what) : NULL;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The end of a tag; what is in quotation marks is no end. */
static const char *tag_end(const struct xml *xml)
{
	char quote = 0;

	for (const char *at = xml->at; at < xml->end; at++) {
		if (quote)
			quote = *at == quote ? 0 : quote;
		else if (*at == '"' || *at == '\'')
			quote = *at;
		else if (*at == '>')
			return at;
		else if (*at == '<')
			return NULL;
	}
	return NULL;
}

/* The local name between here and @end; false if there is none. */
static bool take_name(const struct xml *xml, const char *end, char *name)
{
	const char *from = xml->at, *at = from;

	while (at < end && !is_blank(*at) && *at != '/' && *at != '=')
		if (*at++ == ':')
			from = at;
	if (at == from || at - from >= XML_NAME_ROOM)
		return false;
	memcpy(name, from, (size_t)(at - from));
	name[at - from] = '\0';
	return true;
}

static enum xml_event open_tag(struct xml *xml)
{
	const char *end;

	xml->at++;
	end = tag_end(xml);
	if (!end || xml->depth == XML_DEPTH_MAX ||
	    !take_name(xml, end, xml->names[xml->depth]))
		return bad(xml);
	xml->depth++;
	xml->closing = end[-1] == '/';
	xml->at = end + 1;
	return XML_OPEN;
}

static enum xml_event close_tag(struct xml *xml)
{
	char name[XML_NAME_ROOM];
	const char *end;

	xml->at += 2;
	end = tag_end(xml);
	if (!end || !xml->depth || !take_name(xml, end, name) ||
	    strcmp(name, xml->names[xml->depth - 1]) != 0)
		return bad(xml);
	xml->at = end + 1;
	xml->leave = true;
	return XML_CLOSE;
}

static enum xml_event take_text(struct xml *xml)
{
	const char *end = memchr(xml->at, '<', (size_t)(xml->end - xml->at));

	xml->text = xml->at;
	xml->at = end ? end : xml->end;
	xml->text_len = (size_t)(xml->at - xml->text);
	return XML_TEXT;
}

/* Past a declaration or a comment; false for what is neither. */
static bool skip(struct xml *xml)
{
	const char *next = NULL;

	if (begins(xml, "<?"))
		next = behind(xml, "?>");
	else if (begins(xml, "<!--"))
		next = behind(xml, "-->");
	if (!next)
		return false;
	xml->at = next;
	return true;
}

enum xml_event xml_next(struct xml *xml)
{
	if (!xml->end)
		return XML_BAD;
	if (xml->leave) {
		xml->depth--;
		xml->leave = false;
	}
	if (xml->closing) {
		xml->closing = false;
		xml->leave = true;
		return XML_CLOSE;
	}
	for (;;) {
		if (xml->at == xml->end)
			return xml->depth ? bad(xml) : XML_END;
		if (*xml->at != '<')
			return take_text(xml);
		if (begins(xml, "</"))
			return close_tag(xml);
		if (!begins(xml, "<?") && !begins(xml, "<!"))
			return open_tag(xml);
		if (!skip(xml))
			return bad(xml);
	}
}

bool xml_in(const struct xml *xml, const char *parent, const char *name)
{
	if (xml->depth < (parent ? 2 : 1) ||
	    strcmp(xml->names[xml->depth - 1], name) != 0)
		return false;
	return !parent || strcmp(xml->names[xml->depth - 2], parent) == 0;
}

/* The character of an entity and its length; others stay as they are. */
static char entity(const char *text, size_t len, size_t *used)
{
	static const struct {
		const char *name;
		char is;
	} entities[] = {
		{ "&lt;", '<' }, { "&gt;", '>' }, { "&amp;", '&' },
		{ "&quot;", '"' }, { "&apos;", '\'' },
	};

	for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++) {
		*used = strlen(entities[i].name);
		if (len >= *used && memcmp(text, entities[i].name, *used) == 0)
			return entities[i].is;
	}
	*used = 1;
	return *text;
}

void xml_append(const struct xml *xml, char *string, size_t room)
{
	size_t at = strlen(string), used;

	for (size_t i = 0; i < xml->text_len && at + 1 < room; i += used) {
		char c = entity(xml->text + i, xml->text_len - i, &used);

		if (c)
			string[at++] = c;
	}
	string[at] = '\0';
}
