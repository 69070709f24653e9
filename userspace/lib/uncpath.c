// SPDX-License-Identifier: GPL-2.0-or-later
#include "uncpath.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "uncfs.h"

#define SLASHES "/\\"

static bool is_slash(char c)
{
	return c == '/' || c == '\\';
}

void uncpath_host_fold(char *host)
{
	for (; *host; host++)
		if (*host >= 'A' && *host <= 'Z')
			*host = (char)(*host - 'A' + 'a');
}

static bool has_control(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s < 0x20 || *s == 0x7f)
			return true;
	return false;
}

/* "." and ".." would be taken literally by the server or climb out. */
static bool has_dots(const char *sub)
{
	while (*sub) {
		size_t len = strcspn(sub, "/");

		if ((len == 1 && sub[0] == '.') ||
		    (len == 2 && sub[0] == '.' && sub[1] == '.'))
			return true;
		sub += len;
		sub += strspn(sub, "/");
	}
	return false;
}

/* Take the component at *@at; a copy, or NULL when there is no memory. */
static char *take_component(const char **at)
{
	size_t len = strcspn(*at, SLASHES);
	char *copy = strndup(*at, len);

	*at += len;
	*at += strspn(*at, SLASHES);
	return copy;
}

/* The rest, with single forward slashes and none at the end. */
static char *take_rest(const char *at)
{
	char *copy = malloc(strlen(at) + 1);
	char *out = copy;

	if (!copy)
		return NULL;
	for (; *at; at++) {
		if (!is_slash(*at))
			*out++ = *at;
		else if (out > copy && out[-1] != '/')
			*out++ = '/';
	}
	if (out > copy && out[-1] == '/')
		out--;
	*out = '\0';
	return copy;
}

static const char *uncpath_check(const struct uncpath *path)
{
	if (!path->host || !path->share || !path->sub)
		return "out of memory";
	if (!*path->host)
		return "no host name";
	if (strlen(path->host) > UNC_HOST_MAX)
		return "the host name is too long";
	if (strpbrk(path->host, " \t"))
		return "the host name has a blank in it";
	if (has_control(path->host) || has_control(path->share) ||
	    has_control(path->sub))
		return "it has a control character in it";
	if (has_dots(path->sub))
		return "\".\" and \"..\" are not allowed in it";
	return NULL;
}

bool uncpath_parse(const char *text, struct uncpath *path, const char **why)
{
	memset(path, 0, sizeof(*path));
	if (!is_slash(text[0]) || !is_slash(text[1])) {
		*why = "it does not begin with two slashes (//host/share)";
		return false;
	}
	text += 2;
	path->host = take_component(&text);
	path->share = take_component(&text);
	path->sub = take_rest(text);
	if (path->host)
		uncpath_host_fold(path->host);
	*why = uncpath_check(path);
	if (*why)
		uncpath_clear(path);
	return !*why;
}

void uncpath_clear(struct uncpath *path)
{
	free(path->host);
	free(path->share);
	free(path->sub);
	memset(path, 0, sizeof(*path));
}

char *uncpath_format(const struct uncpath *path)
{
	char *text;

	if (asprintf(&text, "//%s%s%s%s%s", path->host,
		     *path->share ? "/" : "", path->share,
		     *path->sub ? "/" : "", path->sub) < 0)
		return NULL;
	return text;
}
