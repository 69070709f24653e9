// SPDX-License-Identifier: GPL-2.0-or-later
#include "tickets.h"

#include <ctype.h>
#include <krb5/krb5.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "krb5ciphers.h"
#include "krb5why.h"

#define STAGE "kdc"
#define OWN_CACHE "MEMORY:unc-doctor"

struct tickets_work {
	struct report *report;
	const struct credential *cred;
	bool needed;
	krb5_context context;
	krb5_ccache cache;
	krb5_principal user;
	char name[256];		/* of the cache */
};

/* ---- Failures ----------------------------------------------------------- */

static enum tickets failed(struct tickets_work *work, const char *what,
			   krb5_error_code code)
{
	const char *text = krb5_get_error_message(work->context, code);
	const struct krb5_why *why = krb5_why_find(code);
	bool final = why && !why->other_may_do;
	/* As the agent has it in gss_fail(), for mount's message. */
	const char *stage = why && why->stage == UNC_STAGE_KDC ? STAGE :
								 "mechanism";

	if (work->needed || final)
		report_fail(work->report, stage, "%s: %s", what, text);
	else
		report_note(work->report, stage, "no Kerberos: %s: %s", what,
			    text);
	report_remedy(work->report, why ? why->remedy : NULL);
	krb5_free_error_message(work->context, text);
	return final ? TICKETS_REFUSED : TICKETS_MISSING;
}

/* ---- Who ---------------------------------------------------------------- */

static krb5_error_code parse_user(struct tickets_work *work)
{
	const struct credential *cred = work->cred;
	char text[UNC_USER_MAX + UNC_DOMAIN_MAX + 2];
	bool realm = strchr(cred->domain, '.') && !strchr(cred->user, '@');
	int len = snprintf(text, sizeof(text), "%s%s", cred->user,
			   realm ? "@" : "");

	for (const char *c = realm ? cred->domain : ""; *c; c++)
		text[len++] = (char)toupper((unsigned char)*c);
	text[len] = '\0';
	return krb5_parse_name(work->context, text, &work->user);
}

/* ---- The user's own ticket ---------------------------------------------- */

static krb5_error_code get_first(struct tickets_work *work, krb5_creds *creds)
{
	const struct credential *cred = work->cred;
	krb5_keytab_entry entry;
	krb5_error_code code;
	krb5_keytab keytab;

	if (cred->has_password)
		return krb5_get_init_creds_password(work->context, creds,
						    work->user, cred->password,
						    NULL, NULL, 0, NULL, NULL);
	code = krb5_kt_resolve(work->context, cred->store + 7, &keytab);
	if (code)
		return code;
	/* Without the key the library tries other ways and complains of those. */
	code = krb5_kt_get_entry(work->context, keytab, work->user, 0, 0,
				 &entry);
	if (!code) {
		krb5_free_keytab_entry_contents(work->context, &entry);
		code = krb5_get_init_creds_keytab(work->context, creds,
						  work->user, keytab, 0, NULL,
						  NULL);
	}
	krb5_kt_close(work->context, keytab);
	return code;
}

/* From a password or a keytab, into a cache that goes with this process. */
static krb5_error_code make_cache(struct tickets_work *work)
{
	krb5_creds creds = { 0 };
	krb5_error_code code = parse_user(work);

	if (!code)
		code = get_first(work, &creds);
	if (!code)
		code = krb5_cc_resolve(work->context, OWN_CACHE, &work->cache);
	if (!code)
		code = krb5_cc_initialize(work->context, work->cache,
					  work->user);
	if (!code)
		code = krb5_cc_store_cred(work->context, work->cache, &creds);
	krb5_free_cred_contents(work->context, &creds);
	return code;
}

static krb5_error_code find_cache(struct tickets_work *work)
{
	const char *store = work->cred->store;
	krb5_error_code code;

	code = *store ? krb5_cc_resolve(work->context, store + 7,
					&work->cache) :
			krb5_cc_default(work->context, &work->cache);
	if (!code)
		code = krb5_cc_get_principal(work->context, work->cache,
					     &work->user);
	return code;
}

static void name_cache(struct tickets_work *work)
{
	snprintf(work->name, sizeof(work->name), "%s:%s",
		 krb5_cc_get_type(work->context, work->cache),
		 krb5_cc_get_name(work->context, work->cache));
}

static enum tickets get_user(struct tickets_work *work)
{
	bool made = work->cred->has_password ||
		    strncmp(work->cred->store, "keytab:", 7) == 0;
	krb5_error_code code = made ? make_cache(work) : find_cache(work);
	char *name = NULL;

	if (code)
		return failed(work, made ? work->cred->has_password ?
			      "no ticket by the password" :
			      "no ticket by the keytab" : "no ticket", code);
	name_cache(work);
	code = krb5_unparse_name(work->context, work->user, &name);
	report_ok(work->report, STAGE, "%s, tickets in %s",
		  code ? "?" : name, made ? "memory" : work->name);
	krb5_free_unparsed_name(work->context, name);
	return TICKETS_GOT;
}

/* ---- The ticket for the server ------------------------------------------ */

static void describe(struct tickets_work *work, const krb5_creds *creds,
		     const char *spn)
{
	time_t end = (time_t)(uint32_t)creds->times.endtime;
	char cipher[64] = "?", until[32];
	struct tm tm;

	krb5_enctype_to_name(creds->keyblock.enctype, 0, cipher,
			     sizeof(cipher));
	strftime(until, sizeof(until), "%F %T", localtime_r(&end, &tm));
	report_ok(work->report, STAGE, "%s, %s, until %s (%ld min)", spn,
		  cipher, until, (long)(end - time(NULL)) / 60);
}

static enum tickets get_service(struct tickets_work *work, const char *host)
{
	krb5_creds want = { .client = work->user }, *got = NULL;
	krb5_error_code code;
	char *spn = NULL, what[UNC_HOST_MAX + 64];
	unsigned int count;
	/* As the agent asks: uncd/gss.c. */
	const krb5_enctype *list = krb5_ciphers(work->context, &count);
	enum tickets result = TICKETS_GOT;

	if (list)
		krb5_set_default_tgs_enctypes(work->context, list);
	code = krb5_sname_to_principal(work->context, host, "cifs",
				       KRB5_NT_SRV_HST, &want.server);
	if (!code)
		code = krb5_get_credentials(work->context, 0, work->cache,
					    &want, &got);
	if (!code)
		krb5_unparse_name(work->context, got->server, &spn);
	if (code) {
		snprintf(what, sizeof(what), "no ticket for cifs/%s", host);
		result = failed(work, what, code);
	} else {
		describe(work, got, spn ? spn : "?");
	}
	krb5_free_unparsed_name(work->context, spn);
	krb5_free_principal(work->context, want.server);
	krb5_free_creds(work->context, got);
	return result;
}

enum tickets tickets_get(struct report *report, struct credential *cred,
			 const char *host, bool needed)
{
	struct tickets_work work = {
		.report = report, .cred = cred, .needed = needed,
	};
	enum tickets result;

	if (krb5_init_context(&work.context)) {
		report_fail(report, STAGE, "/etc/krb5.conf cannot be read");
		return TICKETS_MISSING;
	}
	result = get_user(&work);
	if (result == TICKETS_GOT)
		result = get_service(&work, host);
	if (result == TICKETS_GOT && !credential_set_ccache(cred, work.name))
		result = TICKETS_MISSING;
	krb5_free_principal(work.context, work.user);
	if (work.cache)
		krb5_cc_close(work.context, work.cache);
	krb5_free_context(work.context);
	return result;
}
