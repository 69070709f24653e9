/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Kerberos for one domain operation: a ticket cache in memory that all
 * libraries of this process use, and one KDC, the controller that was chosen:
 * what was just written there, no other need know yet.
 */
#ifndef UNC_DOMAIN_TICKET_H
#define UNC_DOMAIN_TICKET_H

#include <krb5.h>
#include <stdbool.h>

#include "locate.h"
#include "step.h"

#define TICKET_REALM_ROOM DOMAIN_NAME_ROOM

/**
 * struct ticket
 * @context, @cache: of libkrb5
 * @realm: of the domain
 * @config: descriptor of the configuration; -1
 */
struct ticket {
	krb5_context context;
	krb5_ccache cache;
	char realm[TICKET_REALM_ROOM];
	int config;
};

/**
 * ticket_begin - KRB5_CONFIG and KRB5CCNAME of this process are ours from now on
 *
 * Return: false: logged as a step.
 */
bool ticket_begin(struct ticket *ticket, const struct dc *dc,
		  struct steps *steps);

/** ticket_by_password - a ticket for @user (NAME or NAME@REALM) */
bool ticket_by_password(struct ticket *ticket, const char *user,
			const char *password, struct steps *steps);

/** ticket_by_keytab - for @user with the keys of a file */
bool ticket_by_keytab(struct ticket *ticket, const char *user,
		      const char *keytab, struct steps *steps);

/**
 * ticket_set_password - of an account, by the kpasswd protocol (RFC 3244)
 * @user: NAME; NULL: the one whose ticket this is
 */
bool ticket_set_password(struct ticket *ticket, const char *user,
			 const char *password, struct steps *steps);

/** ticket_change_password - one's own, even if it has expired */
bool ticket_change_password(struct ticket *ticket, const char *user,
			    const char *old, const char *new,
			    struct steps *steps);

void ticket_end(struct ticket *ticket);

#endif
