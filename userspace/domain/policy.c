// SPDX-License-Identifier: GPL-2.0-or-later
#include "policy.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "gpo.h"
#include "policyfilter.h"
#include "sysvol.h"

#define GPO_USER_DISABLED	1	/* flags of a groupPolicyContainer */
#define GPO_MACHINE_DISABLED	2
#define INHERITANCE_BLOCKED	1	/* gPOptions */
#define ERROR_BAD_LINK		13	/* ERROR_INVALID_DATA */
#define DN_ROOM			600
#define WHY_ROOM		FILTER_WHY_ROOM

/* What is collected on the way from the object up to the site. */
struct walk {
	struct op *op;
	json_t *normal;		/* the nearest first */
	json_t *enforced;
	json_t *sids;		/* who it is: see filter_sids() */
	bool user;
	bool blocked;
};

/* ---- Whose ----------------------------------------------------------------- */

/* The DN of the user or, without one, of this machine. */
static bool find_object(struct op *op, char dn[DN_ROOM])
{
	static const char *const wanted[] = { "distinguishedName", NULL };
	const char *name = op->options->user ? op->options->user :
			   machine_text(op->machine, "account");
	char *plain = strndup(name, strcspn(name, "@")), filter[400];
	struct dir_search search = { NULL, LDAP_SCOPE_SUBTREE, filter, wanted };
	char *escaped = plain ? dir_escape(plain) : NULL;
	json_t *found;

	snprintf(filter, sizeof(filter), "(sAMAccountName=%.300s)",
		 escaped ? escaped : "");
	free(escaped);
	free(plain);
	found = dir_search(&op->dir, &search);
	snprintf(dn, DN_ROOM, "%.*s", DN_ROOM - 1,
		 dir_first(json_array_get(found, 0), "dn"));
	json_decref(found);
	return found && (*dn || step_done(&op->steps, "ldap_search", 0x525,
					  "%s is not there", name));
}

/* Behind the first comma that is none of a name. */
static const char *parent(const char *dn)
{
	for (; *dn; dn++) {
		if (*dn == '\\' && dn[1])
			dn++;
		else if (*dn == ',')
			return dn + 1;
	}
	return dn;
}

/* ---- One policy ------------------------------------------------------------ */

static void add_extensions(json_t *row, const char *names)
{
	char guid[GPO_GUID_LEN + 1], text[512] = "";
	size_t used = 0;

	while (gpo_extension_next(&names, guid) == 1 &&
	       used + GPO_GUID_LEN + 2 < sizeof(text)) {
		const char *name = gpo_extension_name(guid);

		used += (size_t)snprintf(text + used, sizeof(text) - used,
					 "%s%s", used ? ", " : "",
					 name ? name : guid);
	}
	json_object_set_new(row, "extensions", json_string(text));
}

/* The machine's half of the number is the lower one. */
static uint32_t version_of(const struct walk *walk, const json_t *object)
{
	unsigned long both = strtoul(dir_first(object, "versionNumber"), NULL,
				     10);

	return walk->user ? (uint32_t)both >> 16 : both & 0xffff;
}

/* @room has the text that is none of ours. */
static const char *why_not(const struct walk *walk, const json_t *object,
			   const struct gpo_link *link, char room[WHY_ROOM])
{
	long flags = strtol(dir_first(object, "flags"), NULL, 10);

	if (link->flags & GPO_LINK_DISABLED)
		return "the link is disabled";
	if (walk->blocked && !(link->flags & GPO_LINK_ENFORCED))
		return "inheritance is blocked below";
	if (!object)
		return "it cannot be read";
	if (flags & (walk->user ? GPO_USER_DISABLED : GPO_MACHINE_DISABLED))
		return "this half of it is disabled";
	if (!filter_passes(walk->sids, object, room))
		return room;
	return version_of(walk, object) ? "" : "this half of it is empty";
}

/* What cannot be found out here: it may apply, or not. */
static void add_wmi(struct walk *walk, const json_t *object, json_t *row)
{
	char name[WHY_ROOM], why[WHY_ROOM + 64];

	filter_wmi(walk->op, object, name);
	json_object_set_new(row, "wmi_filter", json_string(name));
	if (!*name || !json_is_true(json_object_get(row, "applies")))
		return;
	snprintf(why, sizeof(why), "if WMI filter \"%s\" is true, which is not evaluated",
		 name);
	json_object_set_new(row, "why", json_string(why));
}

static json_t *make_row(struct walk *walk, const json_t *object,
			const struct gpo_link *link, const char *container)
{
	unsigned long both = strtoul(dir_first(object, "versionNumber"), NULL,
				     10);
	uint32_t version = version_of(walk, object);
	char room[WHY_ROOM];
	const char *why = why_not(walk, object, link, room);
	const char *name = dir_first(object, "displayName");
	json_t *row = json_pack("{s:s, s:b, s:s, s:s, s:b, s:I, s:I}",
		"policy", *name ? name : link->dn,
		"applies", !*why, "why", why, "from", container,
		"enforced", (link->flags & GPO_LINK_ENFORCED) != 0,
		"version", (json_int_t)version,
		"whole_version", (json_int_t)both);

	add_wmi(walk, object, row);
	add_extensions(row, dir_first(object, walk->user ?
				      "gPCUserExtensionNames" :
				      "gPCMachineExtensionNames"));
	json_object_set_new(row, "dn", json_string(link->dn));
	json_object_set_new(row, "path", json_string(
		dir_first(object, "gPCFileSysPath")));
	return row;
}

static json_t *read_gpo(struct walk *walk, const struct gpo_link *link,
			const char *container)
{
	static const char *const wanted[] = {
		"displayName", "versionNumber", "flags", "gPCFileSysPath",
		"gPCMachineExtensionNames", "gPCUserExtensionNames",
		"gPCWQLFilter", "nTSecurityDescriptor", NULL
	};
	struct dir_search search = { link->dn, LDAP_SCOPE_BASE, NULL, wanted };
	json_t *found = dir_search(&walk->op->dir, &search), *row;

	if (!found)
		return NULL;
	row = make_row(walk, json_array_get(found, 0), link, container);
	json_decref(found);
	return row;
}

/* ---- One container --------------------------------------------------------- */

/*
 * In a container the first link counts most, so it comes last; and what is
 * enforced further up counts more than what is enforced here.
 */
static bool take_links(struct walk *walk, const char *links,
		       const char *container)
{
	json_t *enforced = json_array(), *row;
	struct gpo_link link;
	int ret;

	while ((ret = gpo_link_next(&links, &link)) == 1) {
		row = read_gpo(walk, &link, container);
		if (!row)
			break;
		if (link.flags & GPO_LINK_ENFORCED)
			json_array_insert_new(enforced, 0, row);
		else
			json_array_append_new(walk->normal, row);
	}
	json_array_extend(walk->enforced, enforced);
	json_decref(enforced);
	if (ret < 0)
		step_done(&walk->op->steps, "GetGpoList", ERROR_BAD_LINK,
			  "%s has a gPLink that is none", container);
	return ret == 0;
}

static bool take_container(struct walk *walk, const char *dn)
{
	static const char *const wanted[] = { "gPLink", "gPOptions", NULL };
	struct dir_search search = { dn, LDAP_SCOPE_BASE, NULL, wanted };
	json_t *found = dir_search(&walk->op->dir, &search);
	const json_t *object = json_array_get(found, 0);
	bool good = found && take_links(walk, dir_first(object, "gPLink"), dn);

	if (strtol(dir_first(object, "gPOptions"), NULL, 10) &
	    INHERITANCE_BLOCKED)
		walk->blocked = true;
	json_decref(found);
	return good;
}

static bool take_site(struct walk *walk)
{
	const char *name = walk->op->dc->client_site;
	char dn[DN_ROOM];

	if (!*name)
		return true;
	snprintf(dn, sizeof(dn), "CN=%.100s,CN=Sites,%.255s", name,
		 walk->op->dir.configuration);
	return take_container(walk, dn);
}

static bool walk_up(struct walk *walk, const char *dn)
{
	const char *base = walk->op->dir.base;

	while (*dn && strcasecmp(dn, base) != 0) {
		dn = parent(dn);
		/* Only a folder or the domain can be linked. */
		if (strncasecmp(dn, "OU=", 3) != 0 && strcasecmp(dn, base) != 0)
			continue;
		if (!take_container(walk, dn))
			return false;
	}
	return take_site(walk);
}

/* ---- All of them ----------------------------------------------------------- */

/* What lies in SYSVOL may not be there yet, or be newer. */
static void add_version(struct op *op, const char *folder, json_t *row)
{
	const char *path = json_string_value(json_object_get(row, "path"));
	uint32_t version = 0;
	int ret = *path ? sysvol_version(folder, path, &version) : -ENOENT;

	step_expected(&op->steps, "ReadGptIni", step_errno(-ret), "%s", path);
	json_object_set_new(row, "sysvol_version", ret ? json_null() :
			    json_integer(version));
	json_object_set_new(row, "in_step", json_boolean(
		!ret && version == json_integer_value(
			json_object_get(row, "whole_version"))));
}

static bool add_versions(struct op *op, const struct policy_options *options,
			 json_t *rows)
{
	const char *folder = options->sysvol;
	size_t i;
	json_t *row;

	if (options->no_sysvol)
		return true;
	if (!folder)
		folder = sysvol_mount(op);
	if (!folder)
		return false;
	json_array_foreach(rows, i, row)
		add_version(op, folder, row);
	return true;
}

json_t *policy_list(struct op *op, const struct policy_options *options)
{
	struct walk walk = { .op = op, .user = op->options->user };
	json_t *rows = NULL;
	char dn[DN_ROOM];

	if (!op_locate(op, NULL) || !op_directory(op) || !find_object(op, dn))
		return NULL;
	walk.sids = filter_sids(op, dn);
	if (!walk.sids)
		return NULL;
	walk.normal = json_array();
	walk.enforced = json_array();
	if (walk_up(&walk, dn)) {
		rows = json_array();
		for (size_t i = json_array_size(walk.normal); i-- > 0; )
			json_array_append(rows, json_array_get(walk.normal, i));
		json_array_extend(rows, walk.enforced);
	}
	json_decref(walk.sids);
	json_decref(walk.normal);
	json_decref(walk.enforced);
	if (rows && !add_versions(op, options, rows)) {
		json_decref(rows);
		rows = NULL;
	}
	return rows;
}
