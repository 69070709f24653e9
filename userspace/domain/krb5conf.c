// SPDX-License-Identifier: GPL-2.0-or-later
#include "krb5conf.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"

#define MAIN_PATH "/etc/krb5.conf"

static bool is_included(const char *root)
{
	char *path = path_under(root, MAIN_PATH), line[512];
	FILE *file = path ? fopen(path, "re") : NULL;
	bool found = false;

	while (file && fgets(line, sizeof(line), file))
		if (strncmp(line, "includedir", 10) == 0 &&
		    strstr(line, "/etc/krb5.conf.d"))
			found = true;
	if (file)
		fclose(file);
	free(path);
	return found;
}

bool krb5conf_write(struct op *op)
{
	const char *realm = machine_text(op->machine, "realm");
	const char *domain = machine_text(op->machine, "domain");
	char *path = path_under(op->options->root, KRB5_CONF_PATH), *text = NULL;
	int ret = -ENOMEM;

	if (path && asprintf(&text,
			     "# made by unc domain join\n[libdefaults]\n"
			     "\tdefault_realm = %s\n\tdns_lookup_kdc = true\n"
			     "\trdns = false\n\n[domain_realm]\n"
			     "\t.%s = %s\n\t%s = %s\n", realm, domain, realm,
			     domain, realm) >= 0)
		ret = file_replace(path, text, strlen(text), 0644);
	step_done(&op->steps, "Krb5ConfWrite", step_errno(-ret), "%s%s%s",
		  path ? path : "", ret ? ": " : "", ret ? strerror(-ret) : "");
	if (!ret && !is_included(op->options->root))
		step_note(&op->steps, "Krb5ConfWrite",
			  "%s does not include it: add \"includedir /etc/krb5.conf.d/\"",
			  MAIN_PATH);
	free(text);
	free(path);
	return !ret;
}

bool krb5conf_remove(struct op *op)
{
	char *path = path_under(op->options->root, KRB5_CONF_PATH);
	int ret = !path ? -ENOMEM : unlink(path) && errno != ENOENT ? -errno : 0;

	step_done(&op->steps, "Krb5ConfRemove", step_errno(-ret), "%s",
		  path ? path : "");
	free(path);
	return !ret;
}
