/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * LDAP by NTLM, for where Kerberos cannot be had: SASL's GSS-SPNEGO with the
 * SPNEGO and NTLM of this tree, and after it every message sealed ([MS-ADTS]
 * 3.1.1.3.4.5.2). Cyrus SASL has no mechanism that does so with gss-ntlmssp.
 */
#ifndef UNC_DOMAIN_DIRSEAL_H
#define UNC_DOMAIN_DIRSEAL_H

#include <lber.h>
#include <ldap.h>
#include <stdbool.h>

#include "credential.h"

#define DIRSEAL_WHY_ROOM 320

/**
 * dirseal_bind - bind and seal @ldap
 * @host: whose name NTLM has in its answer
 * @cred: user, domain and password
 * @why: receives what failed here; "" when the server refused
 *
 * Return: an LDAP result; what protects the connection ends with it.
 */
int dirseal_bind(LDAP *ldap, const char *host, const struct credential *cred,
		 char why[DIRSEAL_WHY_ROOM]);

struct rpc_auth;
struct rpc_protect;

/**
 * dirseal_add - seal what goes over a connection, and open what comes
 * @auth: ends with the connection; NULL
 * @protect: by which
 */
bool dirseal_add(Sockbuf *socket, struct rpc_auth *auth,
		 struct rpc_protect *protect);

#endif
