/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Texts of group policy: the links of a container, and GPT.INI. */
#ifndef UNC_DOMAIN_GPO_H
#define UNC_DOMAIN_GPO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GPO_DN_ROOM	512
#define GPO_GUID_LEN	38	/* with its braces */

enum gpo_link_flag {
	GPO_LINK_DISABLED = 1,
	GPO_LINK_ENFORCED = 2,
};

/**
 * struct gpo_link - one policy that a container is linked to
 * @dn: of the groupPolicyContainer
 * @flags: enum gpo_link_flag
 */
struct gpo_link {
	char dn[GPO_DN_ROOM];
	uint32_t flags;
};

/**
 * gpo_link_next - take a link from a gPLink ([MS-GPOL] 2.2.2), "[LDAP://DN;FLAGS]..."
 * @at: moves behind it
 *
 * Return: 1; 0 at the end; -EINVAL: it is none.
 */
int gpo_link_next(const char **at, struct gpo_link *link);

/**
 * gpo_version - the version in a GPT.INI ([MS-GPOL] 2.2.4)
 *
 * Return: 0, or -ENODATA: there is none in the section "General".
 */
int gpo_version(const char *text, size_t len, uint32_t *version);

/**
 * gpo_extension_next - take an extension from gPCMachineExtensionNames or
 * gPCUserExtensionNames, "[{CSE}{TOOL}...]..."
 * @guid: receives {CSE}
 *
 * Return: as gpo_link_next().
 */
int gpo_extension_next(const char **at, char guid[GPO_GUID_LEN + 1]);

/** gpo_extension_name - what a well-known extension is for, or NULL */
const char *gpo_extension_name(const char *guid);

/**
 * gpo_path - the part of gPCFileSysPath behind host and share, with slashes
 * @room: receives it; a path that leads out is none
 */
bool gpo_path(const char *unc, char *room, size_t len);

#endif
