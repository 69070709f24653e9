/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The machine's addresses in the DNS of its domain: by nsupdate(1), signed as the
 * machine (GSS-TSIG, RFC 3645).
 */
#ifndef UNC_DOMAIN_DNSRECORD_H
#define UNC_DOMAIN_DNSRECORD_H

#include "op.h"

/**
 * dns_register - A and AAAA of all addresses that others can reach
 *
 * Those that the name had before are replaced. op_begin() was called.
 */
bool dns_register(struct op *op);

/** dns_unregister - none any more */
bool dns_unregister(struct op *op);

#endif
