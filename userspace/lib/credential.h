/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who to be on a server: user, domain and password. */
#ifndef UNC_LIB_CREDENTIAL_H
#define UNC_LIB_CREDENTIAL_H

#include <stdbool.h>

#include "uncfs.h"

struct credential {
	char user[UNC_USER_MAX + 1];
	char domain[UNC_DOMAIN_MAX + 1];
	char password[UNC_PASSWORD_MAX + 1];
	bool has_user;
	bool has_password;	/* an empty one counts */
	/* "keytab:PATH" or "ccache:NAME" instead of a password, or empty */
	char store[UNC_STORE_MAX + 1];
};

/*
 * Set one field.  False when the value is too long for the kernel.
 * credential_set_user() takes name, DOMAIN\name, DOMAIN/name, and name@REALM,
 * which is kept as it is; "name%password" is kept literally.
 */
bool credential_set_user(struct credential *cred, const char *value);
bool credential_set_domain(struct credential *cred, const char *value);
bool credential_set_password(struct credential *cred, const char *value);
bool credential_set_keytab(struct credential *cred, const char *path);
bool credential_set_ccache(struct credential *cred, const char *name);

/*
 * Read a credentials file as mount.cifs(8) knows it: lines of
 * username=, password= and domain= (also user=, pass=, dom=, workgroup=),
 * empty lines and comments (#).  Blanks before a key are ignored; a value is
 * taken to the end of its line.  Nothing else is allowed: a mistyped key is
 * an error, not silence.  On failure the reason has been logged.
 */
bool credential_read_file(struct credential *cred, const char *path);

void credential_wipe(struct credential *cred);

#endif
