// SPDX-License-Identifier: GPL-2.0-or-later
#include "domaininfo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "remote.h"

/* [MS-NRPC] 3.5.4.7.1: all kinds of trusts */
#define TRUSTS_ALL	0x3f
#define POLICY_VIEW	1	/* POLICY_VIEW_LOCAL_INFORMATION */
#define INTERVALS	10000000LL	/* of FILETIME in a second */

/* ---- Trusts ---------------------------------------------------------------- */

struct bit {
	uint32_t value;
	const char *name;
};

/* Names of the bits that are set, with blanks between. */
static json_t *bits(const struct bit *names, json_int_t value)
{
	char text[256] = "";
	size_t used = 0;

	for (; names->name; names++)
		if (value & names->value)
			used += (size_t)snprintf(text + used,
						 sizeof(text) - used, "%s%s",
						 used ? " " : "", names->name);
	return json_string(text);
}

/* 2.2.1.6.2 DS_DOMAIN_TRUSTSW */
static const struct bit trust_flags[] = {
	{ 1, "in-forest" },	{ 2, "outbound" },	{ 4, "tree-root" },
	{ 8, "primary" },	{ 16, "native" },	{ 32, "inbound" },
	{ 0, NULL }
};

static const struct bit trust_attributes[] = {
	{ 1, "non-transitive" },	{ 2, "uplevel-only" },
	{ 4, "quarantined" },		{ 8, "forest" },
	{ 16, "cross-organization" },	{ 32, "within-forest" },
	{ 64, "external" },		{ 0, NULL }
};

static const char *trust_type(json_int_t type)
{
	static const char *const names[] = { "", "nt4", "ad", "mit", "dce" };

	return type >= 0 && type < 5 ? names[type] : "?";
}

static json_t *text_or_empty(const json_t *from, const char *name)
{
	const char *text = json_string_value(json_object_get(from, name));

	return json_string(text ? text : "");
}

static json_t *trust_row(const json_t *one)
{
	json_int_t flags = json_integer_value(json_object_get(one, "Flags"));
	json_int_t attributes = json_integer_value(
		json_object_get(one, "TrustAttributes"));
	json_int_t type = json_integer_value(json_object_get(one, "TrustType"));

	return json_pack("{s:o, s:o, s:s, s:o, s:o, s:o}", "netbios",
			 text_or_empty(one, "NetbiosDomainName"), "dns",
			 text_or_empty(one, "DnsDomainName"), "type",
			 trust_type(type), "flags", bits(trust_flags, flags),
			 "attributes", bits(trust_attributes, attributes),
			 "sid", text_or_empty(one, "DomainSid"));
}

json_t *domain_trusts(struct op *op)
{
	struct remote remote = { 0 };
	json_t *rows = NULL, *found, *list, *one;
	size_t i;

	if (!op_locate(op, NULL) || !op_login(op))
		return NULL;
	if (!remote_open(&remote, op, "netlogon"))
		goto out;
	found = remote_call(&remote, "DsrEnumerateDomainTrusts",
			    json_pack("{s:s, s:i}", "ServerName",
				      op->dc->host, "Flags", TRUSTS_ALL),
			    op->dc->host);
	if (!found)
		goto out;
	rows = json_array();
	list = json_object_get(json_object_get(found, "Domains"), "Domains");
	json_array_foreach(list, i, one)
		json_array_append_new(rows, trust_row(one));
out:
	remote_close(&remote);
	return rows;
}

/* ---- Sites ----------------------------------------------------------------- */

static json_t *search_sites(struct op *op, const char *filter,
			    const char *const *attributes)
{
	char base[320];
	struct dir_search search = { base, LDAP_SCOPE_SUBTREE, filter,
				     attributes };

	snprintf(base, sizeof(base), "CN=Sites,%.300s", op->dir.configuration);
	return dir_search(&op->dir, &search);
}

static void append(char *text, size_t room, const char *more)
{
	size_t used = strlen(text);

	if (*more)
		snprintf(text + used, room - used, "%s%s", used ? " " : "",
			 more);
}

/* Those of a list that belong to a site: below its DN, or naming it. */
static json_t *belonging(const json_t *list, const char *dn,
			 const char *owner, const char *shown)
{
	char text[1024] = "";
	json_t *one;
	size_t i;

	json_array_foreach(list, i, one) {
		const char *whose = owner ? dir_first(one, owner) :
					    dir_first(one, "dn");
		size_t len = strlen(whose), tail = strlen(dn);

		if (len >= tail && strcasecmp(whose + len - tail, dn) == 0)
			append(text, sizeof(text), dir_first(one, shown));
	}
	return json_string(text);
}

json_t *domain_sites(struct op *op)
{
	static const char *const site[] = { "cn", NULL };
	static const char *const subnet[] = { "cn", "siteObject", NULL };
	static const char *const server[] = { "dNSHostName", NULL };
	json_t *sites = NULL, *subnets = NULL, *servers = NULL, *one;
	json_t *rows = NULL;
	size_t i;

	if (op_locate(op, NULL) && op_directory(op)) {
		sites = search_sites(op, "(objectClass=site)", site);
		subnets = search_sites(op, "(objectClass=subnet)", subnet);
		servers = search_sites(op, "(objectClass=server)", server);
	}
	if (sites && subnets && servers)
		rows = json_array();
	json_array_foreach(rows ? sites : NULL, i, one) {
		const char *name = dir_first(one, "cn");
		const char *dn = dir_first(one, "dn");

		json_array_append_new(rows,
			json_pack("{s:s, s:b, s:o, s:o}", "site", name, "ours",
				  strcasecmp(name, op->dc->client_site) == 0,
				  "subnets",
				  belonging(subnets, dn, "siteObject", "cn"),
				  "controllers",
				  belonging(servers, dn, NULL, "dNSHostName")));
	}
	json_decref(sites);
	json_decref(subnets);
	json_decref(servers);
	return rows;
}

/* ---- The domain ------------------------------------------------------------ */

/* "-37108517437440", a time as a negative number of 100 ns, in seconds */
static json_int_t seconds(const json_t *object, const char *name)
{
	long long value = strtoll(dir_first(object, name), NULL, 10);

	return value < 0 ? -(value / INTERVALS) : 0;
}

static void add_text(json_t *info, const char *name, const json_t *from,
		     const char *attribute)
{
	json_object_set_new(info, name, json_string(dir_first(from, attribute)));
}

static void add_policy(json_t *info, const json_t *domain)
{
	static const char *const numbers[][2] = {
		{ "min_password_length", "minPwdLength" },
		{ "password_history", "pwdHistoryLength" },
		{ "lockout_threshold", "lockoutThreshold" },
		{ "machine_account_quota", "ms-DS-MachineAccountQuota" },
	};

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		json_object_set_new(info, numbers[i][0],
			json_integer(strtol(dir_first(domain, numbers[i][1]),
					    NULL, 10)));
	json_object_set_new(info, "complexity", json_boolean(
		strtol(dir_first(domain, "pwdProperties"), NULL, 10) & 1));
	json_object_set_new(info, "max_password_age_s",
			    json_integer(seconds(domain, "maxPwdAge")));
	json_object_set_new(info, "lockout_duration_s",
			    json_integer(seconds(domain, "lockoutDuration")));
}

/* Flags of DSROLER_PRIMARY_DOMAIN_INFO_BASIC, [MS-DSSP] */
static const struct bit role_flags[] = {
	{ 1, "services-run" },		{ 2, "mixed-mode" },
	{ 4, "upgrading" },		{ 8, "read-only" },
	{ 0x1000000, "guid-present" },	{ 0, NULL }
};

/*
 * What the controller takes itself for, [MS-DSSP]. That of Windows says it
 * by a named pipe alone: its domain is shown without.
 */
static void add_role(struct op *op, json_t *info)
{
	static const char prefix[] = "DsRole_Role";
	struct remote remote;
	json_t *answer = NULL, *basic;
	json_int_t flags;
	const char *role;

	if (remote_open(&remote, op, "dssetup"))
		answer = remote_call(&remote,
				     "DsRolerGetPrimaryDomainInformation",
				     json_pack("{s:s}", "InfoLevel",
					       "DsRolePrimaryDomainInfoBasic"),
				     op->dc->host);
	basic = json_object_get(json_object_get(answer, "DomainInfo"),
				"DomainInfoBasic");
	role = json_string_value(json_object_get(basic, "MachineRole"));
	if (role && strncmp(role, prefix, sizeof(prefix) - 1) == 0) {
		json_object_set_new(info, "role",
				    json_string(role + sizeof(prefix) - 1));
		flags = json_integer_value(json_object_get(basic, "Flags"));
		json_object_set_new(info, "role_flags",
				    bits(role_flags, flags));
	} else {
		step_forget(&op->steps);
	}
	remote_close(&remote);
}

/* [MS-LSAD] 3.1.4.4.4, 12: PolicyDnsDomainInformation */
static const json_t *ask_policy(struct remote *remote)
{
	json_t *opened = remote_call(remote, "LsarOpenPolicy2",
		json_pack("{s:{}, s:i}", "ObjectAttributes", "DesiredAccess",
			  POLICY_VIEW), "");
	json_t *got = opened ? remote_call(remote,
		"LsarQueryInformationPolicy2",
		json_pack("{s:O, s:s}", "PolicyHandle",
			  json_object_get(opened, "PolicyHandle"),
			  "InformationClass", "PolicyDnsDomainInformation"),
		"12") : NULL;

	return json_object_get(json_object_get(got, "PolicyInformation"),
			       "PolicyDnsDomainInfo");
}

/*
 * What the local security authority has, which is served by a pipe alone: shown
 * where the kernel module is there.
 */
static void add_lsa(struct op *op, json_t *info)
{
	static const char *const names[][2] = {
		{ "Name", "lsa_netbios_domain" },
		{ "DnsDomainName", "lsa_domain" },
		{ "DnsForestName", "lsa_forest" },
	};
	struct remote remote;
	const json_t *policy = NULL;

	if (!remote_has_pipes())
		return;
	if (remote_open_pipe(&remote, op, "lsarpc"))
		policy = ask_policy(&remote);
	for (size_t i = 0; policy && i < sizeof(names) / sizeof(names[0]); i++)
		json_object_set_new(info, names[i][1], text_or_empty(
			json_object_get(policy, names[i][0]), "Buffer"));
	if (policy)
		json_object_set_new(info, "lsa_sid",
				    text_or_empty(policy, "Sid"));
	else
		step_forget(&op->steps);
	remote_close(&remote);
}

json_t *domain_info(struct op *op)
{
	static const char *const wanted[] = {
		"objectSid", "objectGUID", "minPwdLength", "pwdHistoryLength",
		"lockoutThreshold", "ms-DS-MachineAccountQuota",
		"pwdProperties", "maxPwdAge", "lockoutDuration", NULL,
	};
	struct dir_search search = { NULL, LDAP_SCOPE_BASE, NULL, wanted };
	json_t *info, *found, *domain;

	if (!op_locate(op, NULL) || !op_directory(op))
		return NULL;
	found = dir_search(&op->dir, &search);
	if (!found)
		return NULL;
	domain = json_array_get(found, 0);
	info = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "domain",
			 op->dc->domain, "netbios_domain",
			 op->dc->netbios_domain, "forest", op->dc->forest,
			 "controller", op->dc->host, "site", op->dc->site, "dn",
			 op->dir.base);
	add_text(info, "sid", domain, "objectSid");
	add_text(info, "guid", domain, "objectGUID");
	add_text(info, "domain_level", op->rootdse, "domainFunctionality");
	add_text(info, "controller_level", op->rootdse,
		 "domainControllerFunctionality");
	add_policy(info, domain);
	json_decref(found);
	add_role(op, info);
	add_lsa(op, info);
	return info;
}
