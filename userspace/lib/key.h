/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Kernel keys of type "uncfs": one long-term credential each. */
#ifndef UNC_LIB_KEY_H
#define UNC_LIB_KEY_H

#include <keyutils.h>

#include "credential.h"

/*
 * Add (or update) the key @description with @cred in @keyring, one of the
 * KEY_SPEC_ constants.  Returns its serial number or -1 with errno; ENODEV
 * means that the module, which brings the key type, is not loaded.
 */
key_serial_t key_add(const char *description, const struct credential *cred,
		     key_serial_t keyring);

/*
 * Why key_add() or a search failed, in words with what to do; static, in the
 * form that follows "cannot ...: ".
 */
const char *key_error(int error);

#endif
