/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the results in a log of a join mean: ours (step.h), or Netsetup.log of
 * Windows.
 */
#ifndef UNC_DOMAIN_EXPLAIN_H
#define UNC_DOMAIN_EXPLAIN_H

#include <jansson.h>
#include <stdint.h>

/**
 * explain_code - what is behind a Win32 code or an NTSTATUS, and what to do
 *
 * Return: NULL: nothing more than its name is known.
 */
const char *explain_code(uint32_t code);

/**
 * explain_line - a result in a line of a log
 * @line: changed: the line without its end
 *
 * Return: a new object: time, function, code, name, meaning; NULL for a line
 * without a result, or whose result is good.
 */
json_t *explain_line(char *line);

#endif
