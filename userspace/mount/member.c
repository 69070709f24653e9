// SPDX-License-Identifier: GPL-2.0-or-later
#include "member.h"

#include <stdio.h>

#include "log.h"
#include "machine.h"

#define MACHINE_KEYTAB "/etc/krb5.keytab"

static bool take_names(struct options *opts, const json_t *machine)
{
	char user[UNC_USER_MAX + 1];
	int len = snprintf(user, sizeof(user), "%s@%s",
			   machine_text(machine, "account"),
			   machine_text(machine, "realm"));

	if (len >= (int)sizeof(user) ||
	    !credential_set_user(&opts->cred, user)) {
		log_error("%s: the name of this machine's account is too long",
			  user);
		return false;
	}
	return *opts->cred.store ||
	       credential_set_keytab(&opts->cred, MACHINE_KEYTAB);
}

bool member_credential(struct options *opts)
{
	json_t *machine;
	bool good;

	if (opts->guest || opts->cred.has_user || opts->cred.has_password) {
		log_error("machine is a user of its own: not with user=, password=, credentials= or guest");
		return false;
	}
	machine = machine_load(MACHINE_PATH);
	good = machine_is(machine, "joined");
	if (!good)
		log_error("machine: this machine is in no domain (unc domain join); if another program joined it: user=NAME$,keytab=FILE");
	good = good && take_names(opts, machine);
	json_decref(machine);
	return good && (options_kernel_value(opts, "sec") ||
			options_add_kernel(opts, "sec", "krb5"));
}
