// SPDX-License-Identifier: GPL-2.0-or-later
#include "keyring.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "uncfs.h"

/*
 * One line of /proc/keys (keyrings(7)):
 * serial flags usage timeout perm uid gid type description: summary
 */
static bool entry_parse(const char *line, struct key_entry *entry)
{
	char flags[16], type[32];
	unsigned int serial;

	if (sscanf(line, "%x %15s %*d %15s %*x %u %*d %31s %263[^:\n]", &serial,
		   flags, entry->expires, &entry->uid, type, entry->host) != 6)
		return false;
	entry->serial = (key_serial_t)serial;
	if (strcmp(type, UNC_KEY_TYPE) != 0)
		return false;
	/* Revoked, dead or invalidated: on its way out. */
	return !strpbrk(flags, "RDi");
}

bool keyring_list(void (*each)(const struct key_entry *entry, void *data),
		  void *data)
{
	FILE *file = fopen("/proc/keys", "re");
	struct key_entry entry;
	char line[512];

	if (!file)
		return false;
	while (fgets(line, sizeof(line), file))
		if (entry_parse(line, &entry))
			each(&entry, data);
	fclose(file);
	return true;
}

void keyring_link_user(void)
{
	/* Failing is no harm: the key is made, and there are other sessions. */
	if (keyctl_link(KEY_SPEC_USER_KEYRING, KEY_SPEC_SESSION_KEYRING) < 0)
		return;
}

key_serial_t keyring_find(const char *host)
{
	key_serial_t key;

	key = (key_serial_t)keyctl_search(KEY_SPEC_USER_KEYRING, UNC_KEY_TYPE,
					  host, 0);
	if (key < 0 && errno != EKEYEXPIRED)
		key = (key_serial_t)keyctl_search(KEY_SPEC_SESSION_KEYRING,
						  UNC_KEY_TYPE, host, 0);
	return key;
}
