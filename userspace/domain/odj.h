/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The file of an offline join, as djoin.exe of Windows and `net offlinejoin` have
 * it: base64 in UTF-16LE of an ODJ_PROVISION_DATA, serialized by [MS-RPCE] 2.2.6
 * (userspace/idl/odj.idl). In it is an ODJ_WIN7BLOB and, for Windows 8 and later, an
 * OP_PACKAGE with that and the SID of the account. It holds a password.
 */
#ifndef UNC_DOMAIN_ODJ_H
#define UNC_DOMAIN_ODJ_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

#define ODJ_FILE_MAX	(256u << 10)

/**
 * odj_encode - make such a file
 * @blob: an ODJ_WIN7BLOB by the names of its members
 * @sid: of the account; NULL: without an OP_PACKAGE
 * @len: receives its length
 *
 * Return: its bytes in new memory, to be wiped by the caller; NULL: @blob is none.
 */
uint8_t *odj_encode(const json_t *blob, const char *sid, size_t *len);

/**
 * odj_decode - read one, in UTF-16 or plain; packages of newer kinds are passed over
 * @why: receives what is wrong with it
 *
 * Return: a new ODJ_WIN7BLOB by the names of its members, or NULL.
 */
json_t *odj_decode(const uint8_t *file, size_t len, const char **why);

#endif
