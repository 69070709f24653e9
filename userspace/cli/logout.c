// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "key.h"
#include "keyring.h"
#include "log.h"
#include "uncpath.h"

static const char help_text[] =
"usage: unc logout HOST\n"
"       unc logout --any\n"
"Forgets the password that unc login keeps for a server (or for any).  What is\n"
"mounted already goes on.\n";

static const struct option long_options[] = {
	{ "any",	no_argument,	NULL, 'a' },
	{ "help",	no_argument,	NULL, 'h' },
	{ NULL, 0, NULL, 0 }
};

static int forget(const char *host)
{
	key_serial_t key = keyring_find(host);
	const char *name = strcmp(host, "*") == 0 ? "any server" : host;

	if (key < 0 && errno == EKEYEXPIRED) {
		log_notice("the password for %s had expired already", name);
		return UNC_OK;
	}
	if (key < 0) {
		log_error("no password is kept for %s (unc login --list)",
			  name);
		return UNC_FAILED;
	}
	/* Revoked, it is of no use to anyone who still has a link to it. */
	if (keyctl_revoke(key) < 0) {
		log_error("cannot forget the password for %s: %s", name,
			  key_error(errno));
		return UNC_FAILED;
	}
	keyctl_unlink(key, KEY_SPEC_USER_KEYRING);
	keyctl_unlink(key, KEY_SPEC_SESSION_KEYRING);
	return UNC_OK;
}

int logout_main(int argc, char **argv)
{
	bool any = false;
	int option;

	while ((option = getopt_long(argc, argv, "ah", long_options,
				     NULL)) != -1) {
		switch (option) {
		case 'a':
			any = true;
			break;
		case 'h':
			fputs(help_text, stdout);
			return UNC_OK;
		default:
			return UNC_USAGE;
		}
	}
	if (argc - optind != (any ? 0 : 1)) {
		fputs(help_text, stderr);
		return UNC_USAGE;
	}
	if (any)
		return forget("*");
	uncpath_host_fold(argv[optind]);
	return forget(argv[optind]);
}
