// SPDX-License-Identifier: GPL-2.0-or-later
#include "rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rpcargs.h"
#include "utf16.h"

#define COLUMNS_MAX	16
#define WIDTH_MAX	40	/* wider texts push what follows aside */

/* ---- Taking apart what a server sent ------------------------------------ */

json_t *json_at(const json_t *json, const char *path)
{
	char name[64];
	size_t len;

	while (json && *path) {
		len = strcspn(path, ".");
		if (len >= sizeof(name))
			return NULL;
		memcpy(name, path, len);
		name[len] = '\0';
		json = json_object_get(json, name);
		path += len + (path[len] == '.');
	}
	return (json_t *)json;
}

/* WCHARs that the engine shows as numbers, since a zero is among them. */
static json_t *units_text(const json_t *list)
{
	size_t n = json_array_size(list), len = 0;
	uint8_t *units = calloc(n + 1, 2);
	char *text = calloc(n + 1, 3);
	json_t *made = NULL;
	int used = -1;

	for (; units && len < n; len++) {
		json_int_t c = json_integer_value(json_array_get(list, len));

		if (!c)
			break;
		units[2 * len] = (uint8_t)c;
		units[2 * len + 1] = (uint8_t)(c >> 8);
	}
	if (units && text)
		used = wire_utf16_to_utf8(text, 3 * (uint32_t)n + 3, units,
					  2 * (uint32_t)len, WIRE_UTF_STRICT);
	if (used >= 0)
		made = json_stringn(text, (size_t)used);
	free(units);
	free(text);
	return made ? made : json_string("");
}

json_t *json_text(const json_t *value)
{
	if (json_is_object(value))
		value = json_object_get(value, "Buffer");
	if (json_is_array(value))
		return units_text(value);
	return json_is_string(value) ? json_copy((json_t *)value) :
				       json_string("");
}

static json_t *as_it_is(const json_t *value)
{
	if (!value || json_is_null(value) || json_at(value, "Buffer") ||
	    json_is_array(value))
		return json_text(value);
	return json_deep_copy(value);
}

json_t *row_new(const json_t *from, const struct column *columns)
{
	json_t *row = json_object();

	for (; columns->name; columns++) {
		const json_t *value = json_at(from, columns->path);

		json_object_set_new(row, columns->name, columns->show ?
				    columns->show(value) : as_it_is(value));
	}
	return row;
}

void rows_add(json_t *rows, const json_t *list, const struct column *columns)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		json_array_append_new(rows, row_new(json_array_get(list, i),
						    columns));
}

/* ---- Printing ----------------------------------------------------------- */

/* In static memory until the next call. */
static const char *plain(const json_t *value)
{
	static char number[32];
	static char *text;

	if (json_is_integer(value)) {
		snprintf(number, sizeof(number), "%lld",
			 (long long)json_integer_value(value));
		return number;
	}
	if (json_is_real(value)) {
		snprintf(number, sizeof(number), "%.3f", json_real_value(value));
		return number;
	}
	if (json_is_boolean(value))
		return json_is_true(value) ? "yes" : "no";
	if (!json_is_string(value))
		return "";
	free(text);
	text = strdup(json_string_value(value));
	for (char *p = text; p && *p; p++)
		if ((unsigned char)*p < ' ' || *p == 127)
			*p = '?';
	return text ? text : "";
}

/* Characters, not bytes. */
static int width_of(const char *text)
{
	int width = 0;

	for (; *text; text++)
		width += (*text & 0xc0) != 0x80;
	return width;
}

static void measure(const json_t *row, int widths[COLUMNS_MAX])
{
	const char *name;
	json_t *value;
	int i = 0, width;

	json_object_foreach((json_t *)row, name, value) {
		if (i == COLUMNS_MAX)
			break;
		width = width_of(plain(value));
		if (width > widths[i])
			widths[i] = width < WIDTH_MAX ? width : WIDTH_MAX;
		i++;
	}
}

/* Columns up to the last that has something. */
static int used_columns(const json_t *row)
{
	const char *name;
	json_t *value;
	int i = 0, used = 0;

	json_object_foreach((json_t *)row, name, value) {
		i++;
		if (*plain(value))
			used = i;
	}
	return used < COLUMNS_MAX ? used : COLUMNS_MAX;
}

static void print_row(const json_t *row, const int widths[COLUMNS_MAX])
{
	int i = 0, used = used_columns(row), rest;
	const char *name, *text;
	json_t *value;

	json_object_foreach((json_t *)row, name, value) {
		if (i == used)
			break;
		text = plain(value);
		rest = widths[i] - width_of(text);
		if (++i < used)
			printf("%s%*s ", text, rest > 0 ? rest : 0, "");
		else
			fputs(text, stdout);
	}
	putchar('\n');
}

static void print_table(const json_t *rows)
{
	int widths[COLUMNS_MAX] = { 0 };

	for (size_t i = 0; i < json_array_size(rows); i++)
		measure(json_array_get(rows, i), widths);
	for (size_t i = 0; i < json_array_size(rows); i++)
		print_row(json_array_get(rows, i), widths);
}

static void print_members(const json_t *object)
{
	const char *name;
	json_t *value;

	json_object_foreach((json_t *)object, name, value)
		printf("%-12s %s\n", name, plain(value));
}

bool rows_print(json_t *rows, bool json)
{
	if (json)
		return rpc_args_print(rows);
	if (json_is_object(rows))
		print_members(rows);
	else
		print_table(rows);
	json_decref(rows);
	return fflush(stdout) == 0;
}
