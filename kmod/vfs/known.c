// SPDX-License-Identifier: GPL-2.0-only
/*
 * Options of mount.cifs(8) that are not options here: those that ask for what
 * uncfs does anyway are taken, all others are refused with the reason, so that
 * nobody thinks to have got what they have not.  Documentation/mount-options.rst
 * has them all; scripts/check-mount-options compares.
 */
#include <linux/fs_context.h>
#include <linux/fs_parser.h>
#include "mount.h"

/**
 * struct known - an option of mount.cifs(8)
 * @name: its name
 * @why: why it is refused, NULL if it asks for what is done anyway
 */
struct known {
	const char	*name;
	const char	*why;
};

#define NOT_YET		"is not implemented yet"
#define BY_SERVER	"is not for the client to choose"

static const struct known known_options[] = {
	{ "acdirmax",		"has one setting for all here: actimeo=" },
	{ "acregmax",		"has one setting for all here: actimeo=" },
	{ "backupgid",		NOT_YET },
	{ "backupuid",		NOT_YET },
	{ "cifsacl",		NOT_YET },
	{ "compress",		NOT_YET },
	{ "cruid",		"is not needed: the agent finds the tickets of the user who mounts" },
	{ "domainauto",		"is not supported: name the domain (domain=)" },
	{ "dynperm",		"is not supported: modes are what the server and the mount options say" },
	{ "echo_interval",	"has another name here: timeout=" },
	{ "forcegid",		NULL },
	{ "forceuid",		NULL },
	{ "fsc",		NOT_YET },
	{ "handletimeout",	BY_SERVER },
	{ "idsfromsid",		NOT_YET },
	{ "ignorecase",		NULL },
	{ "intr",		NULL },
	{ "linux",		NOT_YET },
	{ "max_channels",	NOT_YET },
	{ "max_credits",	BY_SERVER },
	{ "modefromsid",	NOT_YET },
	{ "multichannel",	NOT_YET },
	{ "noacl",		NULL },
	{ "nocase",		NULL },
	{ "nodelete",		"is not supported: take the right to delete away on the server" },
	{ "nodfs",		NULL },
	{ "noforcegid",		NULL },
	{ "noforceuid",		NULL },
	{ "nointr",		NULL },
	{ "nolinux",		NULL },
	{ "nomultichannel",	NULL },
	{ "noposix",		NULL },
	{ "noposixpaths",	NULL },
	{ "noserverino",	"is not supported: inode numbers are the server's" },
	{ "nosetuids",		NULL },
	{ "nosharesock",	"is not supported: mounts of the same server and user share a connection" },
	{ "nostrictsync",	NULL },
	{ "nounix",		NULL },
	{ "posix",		NOT_YET },
	{ "posixpaths",		NOT_YET },
	{ "prefixpath",		"is part of the source here: //host/share/directory" },
	{ "rdma",		NOT_YET },
	{ "rootfs",		NOT_YET },
	{ "rwpidforward",	NOT_YET },
	{ "serverino",		NULL },
	{ "setuids",		NOT_YET },
	{ "sfu",		"is not supported: see symlink= and reparse=" },
	{ "signloosely",	NULL },
	{ "strictsync",		NULL },
	{ "tcpnodelay",		NULL },
	{ "unix",		NOT_YET },
	{ "witness",		NOT_YET },
};

static const struct known *find(const char *name)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(known_options); i++)
		if (!strcmp(known_options[i].name, name))
			return &known_options[i];
	return NULL;
}

/* Names are UTF-8 on this side, always. */
static int iocharset(struct fs_context *fc, const struct fs_parameter *param)
{
	if (param->type == fs_value_is_string &&
	    (!strcmp(param->string, "utf8") || !strcmp(param->string, "UTF-8")))
		return 0;
	return invalf(fc, "uncfs: iocharset can be utf8 only");
}

/**
 * unc_option_known - take or refuse an option that is none of ours
 * @fc: for messages
 * @param: the option
 *
 * Context: may sleep.
 *
 * Return: 0 if it asks for what is done anyway, -EINVAL with a message if it
 * is one of mount.cifs(8), -ENOPARAM if nobody knows it.
 */
int unc_option_known(struct fs_context *fc, const struct fs_parameter *param)
{
	const struct known *known = find(param->key);

	if (!strcmp(param->key, "iocharset"))
		return iocharset(fc, param);
	if (!known)
		return -ENOPARAM;
	if (!known->why)
		return 0;
	return invalf(fc, "uncfs: %s %s", param->key, known->why);
}
