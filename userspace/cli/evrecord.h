/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The records of an event log: EVENTLOGRECORD, [MS-EVEN] 2.2.3. */
#ifndef UNC_CLI_EVRECORD_H
#define UNC_CLI_EVRECORD_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

/**
 * evrecord_decode - records that follow each other
 * @data: what ElfrReadELW returned
 * @len: how much of it
 * @wrong: receives the name of the field that is wrong
 *
 * An object has RecordNumber, TimeGenerated, TimeWritten (seconds since 1970),
 * EventID, EventType, EventCategory, SourceName, Computername, UserSid ("" for
 * none), Strings (an array) and Data (hexadecimal digits).
 *
 * Return: a new array; NULL: something is not within its record.
 */
json_t *evrecord_decode(const uint8_t *data, size_t len, const char **wrong);

#endif
