/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The secure channel of this machine with a controller ([MS-NRPC]). */
#ifndef UNC_DOMAIN_SECURE_H
#define UNC_DOMAIN_SECURE_H

#include "op.h"

/**
 * secure_check - make the channel, and ask over it what the domain is
 * @password: of the machine
 *
 * NetrServerReqChallenge, NetrServerAuthenticate3, NetrLogonGetCapabilities and
 * NetrLogonGetDomainInfo, as a member that starts.
 */
bool secure_check(struct op *op, const char *password);

/** secure_set_password - NetrServerPasswordSet2 over it */
bool secure_set_password(struct op *op, const char *password, const char *new);

#endif
