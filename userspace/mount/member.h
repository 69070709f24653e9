/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The option machine: who this machine is in its domain. */
#ifndef MOUNT_MEMBER_H
#define MOUNT_MEMBER_H

#include "options.h"

/**
 * member_credential - be the account that "unc domain join" has made
 *
 * The keytab is the machine's unless keytab= names another; Kerberos is asked for,
 * since nothing else works with keys.  False: logged.
 */
bool member_credential(struct options *opts);

#endif
