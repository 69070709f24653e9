// SPDX-License-Identifier: GPL-2.0-or-later
#include "ticket.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "krb5why.h"
#include "names.h"

#define CACHE		"MEMORY:unc-domain"
#define SYSTEM_CONFIG	"/etc/krb5.conf"

/* The Win32 code with which Windows would have said it. */
static uint32_t win32_of(krb5_error_code code)
{
	switch (code) {
	case 0:
		return 0;
	case KRB5KDC_ERR_PREAUTH_FAILED:
	case KRB5KRB_AP_ERR_BAD_INTEGRITY:
	case KRB5KDC_ERR_C_PRINCIPAL_UNKNOWN:
		return 1326;		/* ERROR_LOGON_FAILURE */
	case KRB5KDC_ERR_CLIENT_REVOKED:
		return 1331;		/* ERROR_ACCOUNT_DISABLED */
	case KRB5KDC_ERR_KEY_EXP:
		return 1907;		/* ERROR_PASSWORD_MUST_CHANGE */
	case KRB5KRB_AP_ERR_SKEW:
		return 1398;		/* ERROR_TIME_SKEW */
	case KRB5_KDC_UNREACH:
	case KRB5_REALM_UNKNOWN:
		return 1311;		/* ERROR_NO_LOGON_SERVERS */
	}
	return 1326;
}

static bool result(struct ticket *ticket, struct steps *steps, const char *name,
		   const char *what, krb5_error_code code)
{
	const struct krb5_why *why = code ? krb5_why_find(code) : NULL;
	const char *text;
	bool good;

	if (!code)
		return step_done(steps, name, 0, "%s", what);
	text = krb5_get_error_message(ticket->context, code);
	good = step_done(steps, name, win32_of(code), "%s: %s%s%s", what, text,
			 why ? "; " : "", why ? why->remedy : "");
	krb5_free_error_message(ticket->context, text);
	return good;
}

/* ---- Configuration -------------------------------------------------------- */

static void set_realm(struct ticket *ticket, const struct dc *dc)
{
	snprintf(ticket->realm, sizeof(ticket->realm), "%s", dc->domain);
	for (char *p = ticket->realm; *p; p++)
		*p = (char)toupper((unsigned char)*p);
}

/*
 * Ours comes first, so that what it says holds; the rest is as the system has it.
 * Without a primary KDC, DNS is asked for one after each answer, to ask it again.
 */
static int write_config(struct ticket *ticket, const struct dc *dc)
{
	char address[NAMES_ADDRESS_ROOM], path[128];
	bool six = dc->address.ss_family == AF_INET6;

	names_address_format(&dc->address, address);
	ticket->config = memfd_create("krb5.conf", 0);
	if (ticket->config < 0)
		return -errno;
	if (dprintf(ticket->config,
		    "[libdefaults]\n\tdefault_realm = %s\n\trdns = false\n"
		    "\tdns_canonicalize_hostname = false\n"
		    "[realms]\n\t%s = {\n\t\tkdc = %s%s%s\n"
		    "\t\tprimary_kdc = %s%s%s\n"
		    "\t\tkpasswd_server = %s%s%s\n\t}\n"
		    "[domain_realm]\n\t.%s = %s\n\t%s = %s\n",
		    ticket->realm, ticket->realm,
		    six ? "[" : "", address, six ? "]" : "",
		    six ? "[" : "", address, six ? "]" : "",
		    six ? "[" : "", address, six ? "]" : "",
		    dc->domain, ticket->realm, dc->domain, ticket->realm) < 0)
		return -errno;
	snprintf(path, sizeof(path), "/proc/self/fd/%d%s", ticket->config,
		 access(SYSTEM_CONFIG, R_OK) ? "" : ":" SYSTEM_CONFIG);
	setenv("KRB5_CONFIG", path, 1);
	setenv("KRB5CCNAME", CACHE, 1);
	return 0;
}

bool ticket_begin(struct ticket *ticket, const struct dc *dc,
		  struct steps *steps)
{
	int ret;

	memset(ticket, 0, sizeof(*ticket));
	ticket->config = -1;
	set_realm(ticket, dc);
	ret = write_config(ticket, dc);
	if (!ret)
		ret = krb5_init_context(&ticket->context) ? -EINVAL : 0;
	if (!ret)
		ret = krb5_cc_resolve(ticket->context, CACHE, &ticket->cache) ?
		      -ENOMEM : 0;
	return step_done(steps, "krb5_init_context", step_errno(-ret),
			 "realm %s, KDC %s", ticket->realm, dc->host);
}

void ticket_end(struct ticket *ticket)
{
	if (ticket->cache)
		krb5_cc_destroy(ticket->context, ticket->cache);
	if (ticket->context)
		krb5_free_context(ticket->context);
	if (ticket->config >= 0)
		close(ticket->config);
	memset(ticket, 0, sizeof(*ticket));
	ticket->config = -1;
}

/* ---- Tickets -------------------------------------------------------------- */

static krb5_error_code store(struct ticket *ticket, krb5_creds *creds)
{
	krb5_error_code code = krb5_cc_initialize(ticket->context,
						  ticket->cache, creds->client);

	if (!code)
		code = krb5_cc_store_cred(ticket->context, ticket->cache,
					  creds);
	return code;
}

static krb5_error_code parse(struct ticket *ticket, const char *user,
			     krb5_principal *who)
{
	char name[512];

	snprintf(name, sizeof(name), strchr(user, '@') ? "%s" : "%s@%s", user,
		 ticket->realm);
	return krb5_parse_name(ticket->context, name, who);
}

static krb5_error_code get(struct ticket *ticket, const char *user,
			   const char *password, const char *keytab,
			   const char *service)
{
	krb5_get_init_creds_opt *options = NULL;
	krb5_principal who = NULL;
	krb5_keytab keys = NULL;
	krb5_creds creds = { 0 };
	krb5_error_code code = parse(ticket, user, &who);

	if (!code)
		code = krb5_get_init_creds_opt_alloc(ticket->context, &options);
	if (!code && keytab)
		code = krb5_kt_resolve(ticket->context, keytab, &keys);
	if (!code && keytab)
		code = krb5_get_init_creds_keytab(ticket->context, &creds, who,
						  keys, 0, service, options);
	else if (!code)
		code = krb5_get_init_creds_password(ticket->context, &creds,
						    who, password, NULL, NULL,
						    0, service, options);
	if (!code)
		code = store(ticket, &creds);
	krb5_free_cred_contents(ticket->context, &creds);
	if (keys)
		krb5_kt_close(ticket->context, keys);
	krb5_get_init_creds_opt_free(ticket->context, options);
	krb5_free_principal(ticket->context, who);
	return code;
}

bool ticket_by_password(struct ticket *ticket, const char *user,
			const char *password, struct steps *steps)
{
	return result(ticket, steps, "KerberosAsReq", user,
		      get(ticket, user, password, NULL, NULL));
}

bool ticket_by_keytab(struct ticket *ticket, const char *user,
		      const char *keytab, struct steps *steps)
{
	return result(ticket, steps, "KerberosAsReq (keytab)", user,
		      get(ticket, user, NULL, keytab, NULL));
}

/* ---- Passwords ------------------------------------------------------------ */

/* What a server of RFC 3244 answered, which is no error of the library. */
struct kpasswd_answer {
	int code;
	krb5_data code_text, text;
};

static bool kpasswd_result(struct ticket *ticket, struct steps *steps,
			   const char *user, krb5_error_code code,
			   struct kpasswd_answer *answer)
{
	char *why = NULL;
	bool good;

	if (code || !answer->code)
		return result(ticket, steps, "KpasswdSetPassword", user, code);
	krb5_chpw_message(ticket->context, &answer->text, &why);
	/* 5 is "access denied", 4 "soft error": a policy says no. */
	good = step_done(steps, "KpasswdSetPassword", answer->code == 5 ? 5 :
			 answer->code == 4 ? 1325 : 1326, "%s: %.*s: %s", user,
			 (int)answer->code_text.length, answer->code_text.data,
			 why ? why : "");
	krb5_free_string(ticket->context, why);
	krb5_free_data_contents(ticket->context, &answer->code_text);
	krb5_free_data_contents(ticket->context, &answer->text);
	return good;
}

bool ticket_set_password(struct ticket *ticket, const char *user,
			 const char *password, struct steps *steps)
{
	struct kpasswd_answer answer = { 0 };
	krb5_principal who = NULL;
	krb5_error_code code = parse(ticket, user, &who);

	if (!code)
		code = krb5_set_password_using_ccache(ticket->context,
				ticket->cache, password, who, &answer.code,
				&answer.code_text, &answer.text);
	krb5_free_principal(ticket->context, who);
	return kpasswd_result(ticket, steps, user, code, &answer);
}

bool ticket_change_password(struct ticket *ticket, const char *user,
			    const char *old, const char *new,
			    struct steps *steps)
{
	struct kpasswd_answer answer = { 0 };
	krb5_creds creds = { 0 };
	krb5_principal who = NULL;
	krb5_error_code code = parse(ticket, user, &who);

	if (!code)
		code = krb5_get_init_creds_password(ticket->context, &creds,
				who, old, NULL, NULL, 0, "kadmin/changepw",
				NULL);
	if (!code)
		code = krb5_change_password(ticket->context, &creds, new,
					    &answer.code, &answer.code_text,
					    &answer.text);
	krb5_free_cred_contents(ticket->context, &creds);
	krb5_free_principal(ticket->context, who);
	return kpasswd_result(ticket, steps, user, code, &answer);
}
