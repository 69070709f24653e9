/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The keys of type "uncfs" that this user can see. */
#ifndef UNC_CLI_KEYRING_H
#define UNC_CLI_KEYRING_H

#include <keyutils.h>
#include <stdbool.h>

struct key_entry {
	key_serial_t serial;
	unsigned int uid;
	char expires[16];	/* "perm", "expd", or a time as "59m" */
	char host[264];
};

/* Call @each for every live key; false with errno if /proc/keys fails. */
bool keyring_list(void (*each)(const struct key_entry *entry, void *data),
		  void *data);

/*
 * Keys in the user's keyring are found by a mount only where the session
 * keyring leads there, which is not so in every kind of session.
 */
void keyring_link_user(void);

/* The key for exactly this host ("*": any); -1 with errno. */
key_serial_t keyring_find(const char *host);

#endif
