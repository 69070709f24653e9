/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A Kerberos ticket that nears its end is made new, if the KDC lets it. */
#ifndef UNCD_RENEW_H
#define UNCD_RENEW_H

/*
 * Look at the cache of this name (NULL: the default one) and renew its ticket
 * when three quarters of its life are over, or but five minutes are left.  What cannot be done is left as it
 * is; whoever uses the ticket finds out.
 */
void renew_ticket(const char *cache);

#endif
