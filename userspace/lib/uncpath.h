/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A UNC path, //host/share/sub or \\host\share\sub, taken apart. */
#ifndef UNC_LIB_UNCPATH_H
#define UNC_LIB_UNCPATH_H

#include <stdbool.h>
#include <stddef.h>

struct uncpath {
	char *host;	/* lower case */
	char *share;	/* "" if there was none */
	char *sub;	/* without slash at its ends; "" if there was none */
};

/*
 * Parse @text.  On failure false is returned and *@why says what is wrong, in
 * words that follow "path: ".  Free the result with uncpath_clear().
 */
bool uncpath_parse(const char *text, struct uncpath *path, const char **why);
void uncpath_clear(struct uncpath *path);

/* The path with forward slashes; the caller frees it.  NULL: no memory. */
char *uncpath_format(const struct uncpath *path);

/* Lower case, in place (ASCII; host names beyond it come as punycode). */
void uncpath_host_fold(char *host);

#endif
