// SPDX-License-Identifier: GPL-2.0-or-later
#include "krb5why.h"

#include <errno.h>
#include <krb5/krb5.h>
#include <stddef.h>

#define KDC	UNC_STAGE_KDC
#define MECH	UNC_STAGE_MECHANISM

/*
 * RFC 4120 7.5.9 and the library's own.  A password that Kerberos found wrong
 * is not tried again by NTLM: it would count twice against the account.
 */
static const struct krb5_why table[] = {
	{ KRB5_KDC_UNREACH, EHOSTUNREACH, KDC, true,
	  "no KDC answers: is the domain controller up, and its port 88 open?" },
	{ KRB5_REALM_UNKNOWN, EHOSTUNREACH, KDC, true,
	  "DNS has no KDC for this realm: check the realm, /etc/resolv.conf and [realms] in /etc/krb5.conf" },
	{ KRB5_REALM_CANT_RESOLVE, EHOSTUNREACH, KDC, true,
	  "the KDC's name cannot be resolved: check /etc/resolv.conf" },
	{ KRB5_CONFIG_NODEFREALM, ENOKEY, MECH, true,
	  "no realm: set default_realm in /etc/krb5.conf, or name the user as USER@REALM" },
	{ KRB5KDC_ERR_S_PRINCIPAL_UNKNOWN, EACCES, KDC, true,
	  "the KDC knows no service of this name: use the server's full name as the domain has it, or add the SPN (setspn, samba-tool spn add)" },
	{ KRB5KDC_ERR_C_PRINCIPAL_UNKNOWN, EACCES, KDC, true,
	  "the domain has no such user: check name and realm" },
	{ KRB5KDC_ERR_PREAUTH_FAILED, EACCES, KDC, false,
	  "the password, or the keytab's key, is wrong" },
	{ KRB5KRB_AP_ERR_BAD_INTEGRITY, EACCES, KDC, false,
	  "the password, or the keytab's key, is wrong" },
	{ KRB5KDC_ERR_CLIENT_REVOKED, EACCES, KDC, false,
	  "the account is disabled, locked or expired: ask the domain's administrator" },
	{ KRB5KDC_ERR_KEY_EXP, EACCES, KDC, false,
	  "the password has expired: change it (kpasswd)" },
	{ KRB5KDC_ERR_NAME_EXP, EACCES, KDC, false,
	  "the account has expired: ask the domain's administrator" },
	{ KRB5KDC_ERR_POLICY, EACCES, KDC, false,
	  "the domain's policy forbids it (log-on hours, restricted machines)" },
	{ KRB5KDC_ERR_ETYPE_NOSUPP, EACCES, KDC, true,
	  "KDC and client have no cipher in common: see permitted_enctypes in /etc/krb5.conf and the account's msDS-SupportedEncryptionTypes (RC4 is asked for only with allow_rc4)" },
	{ KRB5KRB_AP_ERR_SKEW, EACCES, KDC, true,
	  "the clocks of this machine and the domain differ by more than five minutes: set the time" },
	{ KRB5KRB_AP_ERR_TKT_EXPIRED, EKEYEXPIRED, MECH, true,
	  "get a new ticket (kinit)" },
	{ KRB5KRB_AP_ERR_TKT_NYV, EACCES, MECH, true,
	  "the ticket is of the future: the clocks differ, set the time" },
	{ KRB5KRB_AP_ERR_MODIFIED, EACCES, MECH, true,
	  "the server cannot read the ticket: its keytab lacks this service's key, or the SPN belongs to another account" },
	{ KRB5_CC_NOTFOUND, ENOKEY, MECH, true, "get a ticket (kinit)" },
	{ KRB5_FCC_NOFILE, ENOKEY, MECH, true, "get a ticket (kinit)" },
	{ KRB5_KT_NOTFOUND, ENOKEY, MECH, true,
	  "the keytab has no key of this principal (klist -k)" },
	{ KRB5_KT_KVNONOTFOUND, ENOKEY, MECH, true,
	  "the keytab's key is older than the account's: make a new keytab" },
};

const struct krb5_why *krb5_why_find(int32_t code)
{
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (table[i].code == code)
			return &table[i];
	return NULL;
}
