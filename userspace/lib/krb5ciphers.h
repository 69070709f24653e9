/* SPDX-License-Identifier: GPL-2.0-or-later */
/* With which ciphers Kerberos may protect a session. */
#ifndef UNC_LIB_KRB5CIPHERS_H
#define UNC_LIB_KRB5CIPHERS_H

#include <krb5/krb5.h>

/**
 * krb5_ciphers - what to ask a KDC for
 * @count: where to put how many there are
 *
 * RC4 is among the library's own choice; it is left out unless krb5.conf(5) names
 * the ciphers itself or has "allow_rc4 = true" in [libdefaults].
 *
 * Return: a list that ends with 0; NULL to leave it to the library.
 */
const krb5_enctype *krb5_ciphers(krb5_context context, unsigned int *count);

#endif
