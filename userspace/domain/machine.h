/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What this machine knows of its membership: a file of JSON that only root
 * reads, since its secret is in it. It is written before the directory is, so
 * that at any time one of the two passwords in it is the account's:
 *
 *	state		"joining", "joined", "leaving"
 *	domain, realm, netbios_domain, forest, sid, dc, site
 *	computer, account, host, dn, account_sid
 *	password	the one that is known to be good
 *	pending		one that is about to be set, or was: the answer is missing
 *	old		the one before
 *	kvno, changed	of the password: its number, seconds since 1970
 */
#ifndef UNC_DOMAIN_MACHINE_H
#define UNC_DOMAIN_MACHINE_H

#include <jansson.h>
#include <stdbool.h>

#define MACHINE_PATH		"/var/lib/uncfs/machine.json"
#define MACHINE_PASSWORD_ROOM	128

/** machine_load - a new object; empty when this machine is in no domain */
json_t *machine_load(const char *path);

/** machine_save - on the disk when it returns; 0 or a negative errno */
int machine_save(const char *path, const json_t *machine);

/** machine_remove - 0 or a negative errno; that it is not there is good */
int machine_remove(const char *path);

/** machine_text - a member, or "" */
const char *machine_text(const json_t *machine, const char *name);

/** machine_set - a text; "" removes the member */
void machine_set(json_t *machine, const char *name, const char *text);

/** machine_is - is its state this one? */
bool machine_is(const json_t *machine, const char *state);

/** machine_promote - the pending password is the good one, that before it the old */
void machine_promote(json_t *machine);

/** machine_password - a random one, good for any policy; 0 or a negative errno */
int machine_password(char password[MACHINE_PASSWORD_ROOM]);

#endif
