/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a server listed: rows of named values, for people or as JSON. */
#ifndef UNC_CLI_ROWS_H
#define UNC_CLI_ROWS_H

#include <jansson.h>
#include <stdbool.h>

/**
 * struct column - where a value comes from and what it is called here
 * @name: its member in a row, and the title of its column
 * @path: where it is in what the server sent, "ServiceStatus.dwCurrentState"
 * @show: makes of it what a row has; NULL: what is there (a counted string is
 *	its text)
 *
 * A list ends with a column without a name.
 */
struct column {
	const char *name;
	const char *path;
	json_t *(*show)(const json_t *value);
};

/** json_at - borrow the member at a path of names with dots; NULL: not there */
json_t *json_at(const json_t *json, const char *path);

/**
 * json_text - a new string
 *
 * Of a string, of WCHARs (with or without the zero at their end), or of a
 * structure that has them as Buffer; empty for anything else.
 */
json_t *json_text(const json_t *value);

/**
 * row_new - a row from something that the server sent
 *
 * Return: a new object with a member for every column.
 */
json_t *row_new(const json_t *from, const struct column *columns);

/** rows_add - a row for every element of @list (NULL: none) at the end of @rows */
void rows_add(json_t *rows, const json_t *list, const struct column *columns);

/**
 * rows_print - an array of objects as a table, an object as a line per member
 * @rows: released
 * @json: print it as it is
 *
 * The columns are the members of the first row. What would move the cursor of a
 * terminal is shown as '?': the text is the server's.
 *
 * Return: false if it could not be written.
 */
bool rows_print(json_t *rows, bool json);

#endif
