/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The machine's keys in a keytab, as `net ads` and adcli leave them. */
#ifndef UNC_DOMAIN_KEYTAB_H
#define UNC_DOMAIN_KEYTAB_H

#include <jansson.h>

#include "ticket.h"

#define KEYTAB_PATH "/etc/krb5.keytab"

/**
 * keytab_write - add the keys of a password, AES of both sizes
 * @path: of the file
 * @machine: its names; see machine.h
 * @password: what they are made from
 * @kvno: number of the password
 *
 * Keys of this number are replaced, older ones stay for tickets that are still
 * good, but those before the last.
 */
bool keytab_write(struct ticket *ticket, const char *path, const json_t *machine,
		  const char *password, unsigned int kvno, struct steps *steps);

/** keytab_remove - all keys of the machine */
bool keytab_remove(struct ticket *ticket, const char *path,
		   const json_t *machine, struct steps *steps);

#endif
