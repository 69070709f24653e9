// SPDX-License-Identifier: GPL-2.0-or-later
#include "options.h"

#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>

#include "log.h"
#include "secret.h"

bool options_add_kernel(struct options *opts, const char *name,
			const char *value)
{
	struct kernel_option *option = &opts->kernel[opts->kernel_count];

	if (opts->kernel_count == KERNEL_OPTIONS_MAX) {
		log_error("more than %d options", KERNEL_OPTIONS_MAX);
		return false;
	}
	option->name = strdup(name);
	option->value = value ? strdup(value) : NULL;
	if (!option->name || (value && !option->value)) {
		log_error("out of memory");
		return false;
	}
	opts->kernel_count++;
	return true;
}

const char *options_kernel_value(const struct options *opts, const char *name)
{
	for (size_t i = opts->kernel_count; i-- > 0; )
		if (strcmp(opts->kernel[i].name, name) == 0)
			return opts->kernel[i].value;
	return NULL;
}

void options_clear(struct options *opts)
{
	for (size_t i = 0; i < opts->kernel_count; i++) {
		free(opts->kernel[i].name);
		free(opts->kernel[i].value);
	}
	secret_wipe(opts, sizeof(*opts));
}

/* ---- Options with a meaning of their own -------------------------------- */

static bool too_long(const char *name)
{
	log_error("the value of %s= is too long", name);
	return false;
}

static bool set_user(struct options *opts, const char *name, char *value)
{
	/* A bare "user" in fstab lets users mount; that is mount(8)'s. */
	if (!value)
		return true;
	return credential_set_user(&opts->cred, value) || too_long(name);
}

static bool set_domain(struct options *opts, const char *name, char *value)
{
	return credential_set_domain(&opts->cred, value) || too_long(name);
}

static bool set_password(struct options *opts, const char *name, char *value)
{
	bool good = credential_set_password(&opts->cred, value);

	/* Gone from this process's arguments, but ps may have seen it. */
	secret_wipe_string(value);
	log_warning("%s= on the command line can be seen by other users; use credentials= or unc login",
		    name);
	return good || too_long(name);
}

static bool set_credentials(struct options *opts, const char *name, char *value)
{
	return credential_read_file(&opts->cred, value);
}

static bool set_keytab(struct options *opts, const char *name, char *value)
{
	return credential_set_keytab(&opts->cred, value) || too_long(name);
}

static bool set_ccache(struct options *opts, const char *name, char *value)
{
	return credential_set_ccache(&opts->cred, value) || too_long(name);
}

static bool set_guest(struct options *opts, const char *name, char *value)
{
	opts->guest = true;
	return true;
}

static bool set_machine(struct options *opts, const char *name, char *value)
{
	opts->machine = true;
	return true;
}

/* The kernel's names, and those of mount.cifs beside them. */
static const struct {
	const char *theirs;
	const char *ours;
	bool sign;
} sec_names[] = {
	{ "any",	"any",	false },
	{ "krb5",	"krb5",	false },
	{ "krb5i",	"krb5",	true },
	{ "ntlm",	"ntlm",	false },
	{ "ntlmv2",	"ntlm",	false },
	{ "ntlmv2i",	"ntlm",	true },
	{ "ntlmssp",	"ntlm",	false },
	{ "ntlmsspi",	"ntlm",	true },
	{ "none",	"none",	false },
};

static bool set_sec(struct options *opts, const char *name, char *value)
{
	for (size_t i = 0; i < sizeof(sec_names) / sizeof(sec_names[0]); i++) {
		if (strcmp(sec_names[i].theirs, value) != 0)
			continue;
		if (sec_names[i].sign &&
		    !options_add_kernel(opts, "sign", NULL))
			return false;
		return options_add_kernel(opts, "sec", sec_names[i].ours);
	}
	log_error("sec=%s is not known (any, krb5, krb5i, ntlmssp, ntlmsspi, none)",
		  value);
	return false;
}

/* A number is taken even where no such user exists here. */
static bool set_uid(struct options *opts, const char *name, char *value)
{
	struct passwd *user = getpwnam(value);
	char number[16];

	if (!user)
		return options_add_kernel(opts, name, value);
	snprintf(number, sizeof(number), "%u", (unsigned int)user->pw_uid);
	return options_add_kernel(opts, name, number);
}

static bool set_gid(struct options *opts, const char *name, char *value)
{
	struct group *group = getgrnam(value);
	char number[16];

	if (!group)
		return options_add_kernel(opts, name, value);
	snprintf(number, sizeof(number), "%u", (unsigned int)group->gr_gid);
	return options_add_kernel(opts, name, number);
}

static bool set_address(struct options *opts, const char *name, char *value)
{
	return options_add_kernel(opts, "ip", value);
}

static bool ignore(struct options *opts, const char *name, char *value)
{
	return true;
}

static bool set_remount(struct options *opts, const char *name, char *value)
{
	opts->remount = true;
	return true;
}

struct option {
	const char *name;
	bool needs_value;
	bool (*set)(struct options *opts, const char *name, char *value);
};

static const struct option own_options[] = {
	{ "user",		false,	set_user },
	{ "username",		true,	set_user },
	{ "domain",		true,	set_domain },
	{ "dom",		true,	set_domain },
	{ "workgroup",		true,	set_domain },
	{ "password",		true,	set_password },
	{ "pass",		true,	set_password },
	{ "credentials",	true,	set_credentials },
	{ "cred",		true,	set_credentials },
	{ "keytab",		true,	set_keytab },
	{ "ccache",		true,	set_ccache },
	{ "guest",		false,	set_guest },
	{ "machine",		false,	set_machine },
	{ "sec",		true,	set_sec },
	{ "uid",		true,	set_uid },
	{ "gid",		true,	set_gid },
	{ "ip",			true,	set_address },
	{ "addr",		true,	set_address },
	{ "remount",		false,	set_remount },
	/* mount(8)'s and systemd's own */
	{ "auto",		false,	ignore },
	{ "noauto",		false,	ignore },
	{ "users",		false,	ignore },
	{ "nouser",		false,	ignore },
	{ "owner",		false,	ignore },
	{ "group",		false,	ignore },
	{ "nofail",		false,	ignore },
	{ "_netdev",		false,	ignore },
	{ "defaults",		false,	ignore },
	{ "comment",		false,	ignore },
	{ "uhelper",		false,	ignore },
	{ "helper",		false,	ignore },
};

static const struct option *own_find(const char *name)
{
	for (size_t i = 0; i < sizeof(own_options) / sizeof(own_options[0]);
	     i++)
		if (strcmp(own_options[i].name, name) == 0)
			return &own_options[i];
	return NULL;
}

/* ---- Options of the VFS ------------------------------------------------- */

struct vfs_option {
	const char *name;
	uint64_t set;
	uint64_t clear;
};

/* Those of one mount, which the file system never sees. */
static const struct vfs_option vfs_options[] = {
	{ "nosuid",		MOUNT_ATTR_NOSUID,	0 },
	{ "suid",		0,			MOUNT_ATTR_NOSUID },
	{ "nodev",		MOUNT_ATTR_NODEV,	0 },
	{ "dev",		0,			MOUNT_ATTR_NODEV },
	{ "noexec",		MOUNT_ATTR_NOEXEC,	0 },
	{ "exec",		0,			MOUNT_ATTR_NOEXEC },
	{ "noatime",		MOUNT_ATTR_NOATIME,	MOUNT_ATTR__ATIME },
	{ "relatime",		MOUNT_ATTR_RELATIME,	MOUNT_ATTR__ATIME },
	{ "atime",		MOUNT_ATTR_RELATIME,	MOUNT_ATTR__ATIME },
	{ "strictatime",	MOUNT_ATTR_STRICTATIME,	MOUNT_ATTR__ATIME },
	{ "nodiratime",		MOUNT_ATTR_NODIRATIME,	0 },
	{ "diratime",		0,			MOUNT_ATTR_NODIRATIME },
	{ "nosymfollow",	MOUNT_ATTR_NOSYMFOLLOW,	0 },
	{ "symfollow",		0,			MOUNT_ATTR_NOSYMFOLLOW },
};

static bool apply_attr(struct options *opts, const char *name)
{
	for (size_t i = 0; i < sizeof(vfs_options) / sizeof(vfs_options[0]);
	     i++) {
		if (strcmp(vfs_options[i].name, name) != 0)
			continue;
		opts->attr_set &= ~vfs_options[i].clear;
		opts->attr_set |= vfs_options[i].set;
		opts->attr_clear &= ~vfs_options[i].set;
		opts->attr_clear |= vfs_options[i].clear;
		return true;
	}
	return false;
}

/* Read-only is a matter of the file system and of the mount. */
static bool apply_read_only(struct options *opts, const char *name)
{
	if (strcmp(name, "ro") != 0 && strcmp(name, "rw") != 0)
		return false;
	opts->read_only = name[1] == 'o';
	opts->read_write = !opts->read_only;
	if (opts->read_only) {
		opts->attr_set |= MOUNT_ATTR_RDONLY;
		opts->attr_clear &= ~(uint64_t)MOUNT_ATTR_RDONLY;
	} else {
		opts->attr_set &= ~(uint64_t)MOUNT_ATTR_RDONLY;
		opts->attr_clear |= MOUNT_ATTR_RDONLY;
	}
	return true;
}

static bool apply_propagation(struct options *opts, const char *name)
{
	static const struct { const char *name; unsigned long flag; } kinds[] = {
		{ "shared",	MS_SHARED },
		{ "rshared",	MS_SHARED | MS_REC },
		{ "private",	MS_PRIVATE },
		{ "rprivate",	MS_PRIVATE | MS_REC },
		{ "slave",	MS_SLAVE },
		{ "rslave",	MS_SLAVE | MS_REC },
		{ "unbindable",	MS_UNBINDABLE },
		{ "runbindable", MS_UNBINDABLE | MS_REC },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(kinds[i].name, name) != 0)
			continue;
		opts->propagation = kinds[i].flag;
		return true;
	}
	return false;
}

/* ---- The string --------------------------------------------------------- */

static bool apply(struct options *opts, const char *name, char *value)
{
	const struct option *own = own_find(name);

	if (own) {
		if (!own->needs_value || (value && *value))
			return own->set(opts, name, value);
		/* An empty domain or password is one. */
		if (value && (own->set == set_domain ||
			      own->set == set_password))
			return own->set(opts, name, value);
		log_error("option %s needs a value (%s=...)", name, name);
		return false;
	}
	if (!value && (apply_attr(opts, name) || apply_read_only(opts, name) ||
		       apply_propagation(opts, name)))
		return true;
	if (strncmp(name, "x-", 2) == 0 || strncmp(name, "X-", 2) == 0)
		return true;
	return options_add_kernel(opts, name, value);
}

bool options_parse(struct options *opts, char *text)
{
	char *name;

	while ((name = strsep(&text, ","))) {
		char *value = strchr(name, '=');

		if (!*name)
			continue;
		if (value)
			*value++ = '\0';
		if (!apply(opts, name, value))
			return false;
	}
	return true;
}
