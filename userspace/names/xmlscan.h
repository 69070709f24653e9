/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The elements and texts of a small XML document, one after the other, for
 * messages that anybody may have sent: no document types and so no entities but
 * the five of XML, no validation; prefixes of names are cut off.
 */
#ifndef UNC_NAMES_XMLSCAN_H
#define UNC_NAMES_XMLSCAN_H

#include <stdbool.h>
#include <stddef.h>

#define XML_DEPTH_MAX	32
#define XML_NAME_ROOM	64

enum xml_event {
	XML_OPEN,	/* a new element; its name is the innermost */
	XML_TEXT,	/* text of the innermost element, in pieces */
	XML_CLOSE,	/* the end of the innermost one, which is still there */
	XML_END,	/* of the document */
	XML_BAD,	/* not such a document */
};

/**
 * struct xml - a document that is read
 * @at: next byte
 * @end: behind the last one
 * @depth: of elements that are open
 * @names: their local names, outermost first
 * @text: of XML_TEXT, in the document, entities as they stand there
 * @text_len: its length in bytes
 */
struct xml {
	const char *at;
	const char *end;
	unsigned int depth;
	char names[XML_DEPTH_MAX][XML_NAME_ROOM];
	const char *text;
	size_t text_len;
	bool closing;
	bool leave;
};

/** xml_init - begin to read @len bytes */
void xml_init(struct xml *xml, const void *text, size_t len);

/** xml_next - what comes next; XML_END and XML_BAD stay */
enum xml_event xml_next(struct xml *xml);

/** xml_in - is the innermost element @name, in @parent (or NULL)? */
bool xml_in(const struct xml *xml, const char *parent, const char *name);

/** xml_append - the text at hand, entities replaced, to a string of @room bytes */
void xml_append(const struct xml *xml, char *string, size_t room);

#endif
