/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One's own password, changed by SAMR: SamrUnicodeChangePasswordUser4
 * ([MS-SAMR] 3.1.5.10.4), which needs no kpasswd. The new one is encrypted with AES
 * by a key that is derived from the old one. Where the server knows no such method,
 * and only if that is allowed, by SamrUnicodeChangePasswordUser2 (3.1.5.10.3), with
 * RC4.
 *
 * The connection is the user's own, by Kerberos, or by NTLM if that is allowed:
 * Samba takes no change from nobody. So it is not for a password that must be changed
 * before a logon.
 */
#ifndef UNC_DOMAIN_SAMCHANGE_H
#define UNC_DOMAIN_SAMCHANGE_H

#include "op.h"

/**
 * sam_change_password - of op->options->user; op_locate() was called
 *
 * op->options->ciphers says which of the two may be called.
 */
bool sam_change_password(struct op *op, const char *new);

#endif
