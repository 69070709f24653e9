// SPDX-License-Identifier: GPL-2.0-only
/*
 * The source of a mount: //host/share/directory, or the same with backslashes;
 * an IPv6 address is written in brackets.
 */
#include <linux/ctype.h>
#include <linux/fs_context.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "mount.h"

static bool is_separator(char c)
{
	return c == '/' || c == '\\';
}

/* The next name of @text and where the text goes on. */
static size_t next_name(const char **text)
{
	const char *p = *text;
	size_t len = 0;

	while (is_separator(*p))
		p++;
	while (p[len] && !is_separator(p[len]))
		len++;
	*text = p;
	return len;
}

static bool is_dots(const char *name, size_t len)
{
	return (len == 1 && name[0] == '.') ||
	       (len == 2 && name[0] == '.' && name[1] == '.');
}

static int parse_host(struct fs_context *fc, const char **text,
		      struct unc_source *source)
{
	const char *end;
	size_t len;

	if (!is_separator((*text)[0]) || !is_separator((*text)[1]))
		return invalf(fc, "uncfs: source must look like //host/share");
	len = next_name(text);
	if (!len || len > UNC_HOST_MAX)
		return invalf(fc, "uncfs: source has no host, or too long a one");
	if (**text != '[') {
		source->host = kmemdup_nul(*text, len, GFP_KERNEL);
		*text += len;
		return source->host ? 0 : -ENOMEM;
	}
	end = memchr(*text, ']', len);
	if (end != *text + len - 1 || len < 3)
		return invalf(fc, "uncfs: source has a bracket out of place");
	source->host = kmemdup_nul(*text + 1, len - 2, GFP_KERNEL);
	*text += len;
	return source->host ? 0 : -ENOMEM;
}

static int parse_share(struct fs_context *fc, const char **text,
		       struct unc_source *source)
{
	size_t len = next_name(text);

	if (!len)
		return invalf(fc, "uncfs: source names no share");
	if (len > NAME_MAX)
		return invalf(fc, "uncfs: name of share is too long");
	source->share = kmemdup_nul(*text, len, GFP_KERNEL);
	*text += len;
	return source->share ? 0 : -ENOMEM;
}

static int parse_prefix(struct fs_context *fc, const char **text,
			struct unc_source *source)
{
	size_t len;
	char *to;

	/* Names do not grow, and separators do not get more. */
	to = kmalloc(strlen(*text) + 1, GFP_KERNEL);
	source->prefix = to;
	if (!to)
		return -ENOMEM;
	while ((len = next_name(text))) {
		if (is_dots(*text, len))
			return invalf(fc, "uncfs: source must not hold . or ..");
		if (to != source->prefix)
			*to++ = '/';
		memcpy(to, *text, len);
		to += len;
		*text += len;
	}
	*to = '\0';
	return 0;
}

/**
 * unc_source_parse - take the source of a mount apart
 * @fc: for messages
 * @text: what the user gave
 * @source: filled in; unc_source_clear() frees it, also after a failure
 *
 * Context: may sleep.
 *
 * Return: 0, -EINVAL or -ENOMEM.
 */
int unc_source_parse(struct fs_context *fc, const char *text,
		     struct unc_source *source)
{
	return parse_host(fc, &text, source) ?:
	       parse_share(fc, &text, source) ?:
	       parse_prefix(fc, &text, source);
}

/**
 * unc_source_clear - free what unc_source_parse() allocated
 * @source: empty afterwards
 */
void unc_source_clear(struct unc_source *source)
{
	kfree(source->host);
	kfree(source->share);
	kfree(source->prefix);
	*source = (struct unc_source){};
}
