/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What Kerberos must know of the domain: a file beside the system's own. */
#ifndef UNC_DOMAIN_KRB5CONF_H
#define UNC_DOMAIN_KRB5CONF_H

#include "op.h"

#define KRB5_CONF_PATH "/etc/krb5.conf.d/uncfs-domain.conf"

/**
 * krb5conf_write - realm and names of the domain
 *
 * KDCs are found by DNS. Where krb5.conf(5) does not include that folder, the
 * log says which line is missing: the administrator's file is not touched.
 */
bool krb5conf_write(struct op *op);

bool krb5conf_remove(struct op *op);

#endif
