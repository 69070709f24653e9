// SPDX-License-Identifier: GPL-2.0-or-later
#include "renew.h"

#include <krb5/krb5.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include "log.h"

#define LAST_SECONDS 300

/* krbtgt/REALM@REALM of the user's realm, as it is in the cache. */
static krb5_error_code find_ticket(krb5_context context, krb5_ccache cache,
				   krb5_principal user, krb5_creds *found)
{
	krb5_creds want = { .client = user };
	krb5_data realm = user->realm;
	krb5_error_code code;

	code = krb5_build_principal_ext(context, &want.server, realm.length,
					realm.data, KRB5_TGS_NAME_SIZE,
					KRB5_TGS_NAME, realm.length,
					realm.data, 0);
	if (code)
		return code;
	code = krb5_cc_retrieve_cred(context, cache, 0, &want, found);
	krb5_free_principal(context, want.server);
	return code;
}

/*
 * Times of the library are 32 bits that count on beyond 2038.  Samba's KDC serves
 * nothing by a ticket that has two minutes left, so the last minutes are too late.
 */
static bool is_due(const krb5_creds *ticket)
{
	uint32_t now = (uint32_t)time(NULL);
	uint32_t start = (uint32_t)ticket->times.starttime;
	uint32_t end = (uint32_t)ticket->times.endtime, life;

	if (!(ticket->ticket_flags & TKT_FLG_RENEWABLE) || end <= now)
		return false;
	life = end - start;
	return end - now < life / 4 ||
	       end - now < (life < 2 * LAST_SECONDS ? life / 2 + 1 :
						      LAST_SECONDS);
}

/* As kinit -R: the new one, and the service's tickets are had anew. */
static krb5_error_code replace(krb5_context context, krb5_ccache cache,
			       krb5_principal user)
{
	krb5_creds fresh = { 0 };
	krb5_error_code code;

	code = krb5_get_renewed_creds(context, &fresh, user, cache, NULL);
	if (!code)
		code = krb5_cc_initialize(context, cache, user);
	if (!code)
		code = krb5_cc_store_cred(context, cache, &fresh);
	krb5_free_cred_contents(context, &fresh);
	return code;
}

static krb5_error_code renew(krb5_context context, krb5_ccache cache)
{
	krb5_principal user = NULL;
	krb5_creds ticket = { 0 };
	krb5_error_code code;

	code = krb5_cc_get_principal(context, cache, &user);
	if (!code)
		code = find_ticket(context, cache, user, &ticket);
	if (!code && is_due(&ticket)) {
		code = replace(context, cache, user);
		log_info("ticket near its end: %s", code ?
			 "it could not be renewed" : "renewed");
	}
	krb5_free_cred_contents(context, &ticket);
	krb5_free_principal(context, user);
	return code;
}

void renew_ticket(const char *name)
{
	krb5_context context;
	krb5_ccache cache;

	if (krb5_init_context(&context))
		return;
	if (!(name ? krb5_cc_resolve(context, name, &cache) :
		     krb5_cc_default(context, &cache))) {
		renew(context, cache);
		krb5_cc_close(context, cache);
	}
	krb5_free_context(context);
}
