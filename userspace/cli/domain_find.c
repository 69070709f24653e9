// SPDX-License-Identifier: GPL-2.0-or-later
/* unc domain find: the controllers of a domain, and what each says of itself. */
#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "dccache.h"
#include "domain.h"
#include "locate.h"
#include "log.h"
#include "names.h"
#include "rpcargs.h"
#include "sid.h"

static const char help_text[] =
"usage: unc domain find [OPTION]... DOMAIN\n"
"Finds a controller of a domain: by DNS, or by NetBIOS for a short name when\n"
"uncd.conf(5) allows that.  Each that is named is asked (LDAP ping); what it says\n"
"is shown flag by flag.  The first that will do is marked with '*'.\n"
"\n"
"  -S, --site NAME    look in this site first, not in the one that we are in\n"
"  -n, --server HOST  ask this controller, no other\n"
"  -m, --mailslot     by NetBIOS and a ping by mailslot alone, as where there is\n"
"                     neither DNS nor a way to port 389; DOMAIN is the short name\n"
"  -a, --all          ask all, not until the first that will do\n"
"  -w, --writable     it must have a directory that can be written\n"
"  -u, --user NAME    ask whether it knows this account (NAME$ for a machine)\n"
"  -f, --force        do not look at what was found before\n"
"  -c, --config FILE  instead of /etc/uncfs/uncd.conf, see uncd.conf(5)\n"
"  -j, --json         as JSON\n"
"  -h, --help         show this\n"
"\n"
"Exit status: 0 when one was found, 1 when not.\n";

static const struct option long_options[] = {
	{ "site",	required_argument,	NULL, 'S' },
	{ "server",	required_argument,	NULL, 'n' },
	{ "mailslot",	no_argument,		NULL, 'm' },
	{ "all",	no_argument,		NULL, 'a' },
	{ "writable",	no_argument,		NULL, 'w' },
	{ "user",	required_argument,	NULL, 'u' },
	{ "force",	no_argument,		NULL, 'f' },
	{ "config",	required_argument,	NULL, 'c' },
	{ "json",	no_argument,		NULL, 'j' },
	{ "help",	no_argument,		NULL, 'h' },
	{ NULL, 0, NULL, 0 }
};

static const char *opcode_name(uint16_t opcode)
{
	switch (opcode) {
	case PING_RESPONSE_EX:
		return "LOGON_SAM_LOGON_RESPONSE_EX";
	case PING_PAUSED_EX:
		return "LOGON_SAM_PAUSE_RESPONSE_EX";
	case PING_USER_UNKNOWN_EX:
		return "LOGON_SAM_USER_UNKNOWN_EX";
	}
	return "?";
}

static void add_name(json_t *row, const char *key, const struct dnsname *name)
{
	char text[DNSNAME_TEXT_ROOM];

	dnsname_format(name, text);
	json_object_set_new(row, key, json_string(text));
}

static json_t *flags_json(uint32_t flags)
{
	json_t *list = json_array();

	for (unsigned int bit = 0; bit < 32; bit++) {
		const char *name = ping_flag_name(bit);

		if (flags & 1u << bit)
			json_array_append_new(list, name ? json_string(name) :
				json_sprintf("0x%08x", 1u << bit));
	}
	return list;
}

static void add_answer(json_t *row, const struct dc *dc)
{
	const struct ping_answer *a = &dc->answer;
	char guid[37];

	guid_format(a->guid, guid);
	json_object_set_new(row, "opcode", json_string(opcode_name(a->opcode)));
	add_name(row, "domain", &a->domain);
	add_name(row, "netbios_domain", &a->netbios_domain);
	add_name(row, "forest", &a->forest);
	add_name(row, "dns_host", &a->host);
	add_name(row, "netbios_host", &a->netbios_host);
	add_name(row, "user", &a->user);
	add_name(row, "site", &a->dc_site);
	add_name(row, "client_site", &a->client_site);
	add_name(row, "next_site", &a->next_site);
	json_object_set_new(row, "guid", json_string(guid));
	json_object_set_new(row, "version", json_sprintf("0x%08x", a->version));
	json_object_set_new(row, "flags", json_sprintf("0x%08x", a->flags));
	json_object_set_new(row, "flag_names", flags_json(a->flags));
}

static json_t *row_of(const struct dc *dc, bool chosen)
{
	json_t *row = json_pack("{s:s, s:b, s:s}", "host", dc->host, "chosen",
				chosen, "found_by", dc_source_name(dc->source));
	char text[NAMES_ADDRESS_ROOM];

	if (dc->address.ss_family)
		json_object_set_new(row, "address", json_string(
			names_address_format(&dc->address, text)));
	json_object_set_new(row, "error", dc->error ?
			    json_string(dc_error_text(dc->error)) : json_null());
	if (dc->error)
		return row;
	json_object_set_new(row, "time_ms",
			    json_real((double)dc->time_us / 1000));
	add_answer(row, dc);
	return row;
}

/* ---- As text -------------------------------------------------------------- */

static void print_flags(uint32_t flags)
{
	printf("  %-15s 0x%08x\n", "flags", flags);
	for (unsigned int bit = 0; bit < 32; bit++) {
		const char *name = ping_flag_name(bit);

		if (flags & 1u << bit)
			printf("    %s 0x%08x  %-31s %s\n", "", 1u << bit,
			       name ? name : "-", ping_flag_meaning(bit));
	}
}

static void print_row(const json_t *row, const struct dc *dc)
{
	const char *key;
	json_t *value;

	printf("%c %s\n", json_is_true(json_object_get(row, "chosen")) ? '*' :
	       ' ', dc->host);
	json_object_foreach((json_t *)row, key, value) {
		if (json_is_string(value) && *json_string_value(value) &&
		    strcmp(key, "host") && strcmp(key, "flags"))
			printf("  %-15s %s\n", key, json_string_value(value));
		else if (json_is_real(value))
			printf("  %-15s %.1f\n", key, json_real_value(value));
	}
	if (!dc->error)
		print_flags(dc->answer.flags);
}

static bool print(const struct dc_list *list, bool json)
{
	json_t *rows = json_array();

	for (unsigned int i = 0; i < list->count; i++)
		json_array_append_new(rows,
				      row_of(&list->dcs[i],
					     &list->dcs[i] == list->chosen));
	if (json)
		return rpc_args_print(rows);
	for (unsigned int i = 0; i < list->count; i++)
		print_row(json_array_get(rows, i), &list->dcs[i]);
	json_decref(rows);
	return fflush(stdout) == 0;
}

/* --------------------------------------------------------------------------- */

static int find(const struct dc_query *query, bool json)
{
	struct dc_list list;
	bool good = dc_locate(query, &list);

	if (!good)
		log_error("%s", list.why);
	if (list.count || json)
		good = print(&list, json) && good;
	dc_list_free(&list);
	return good ? UNC_OK : UNC_FAILED;
}

static bool take_option(struct dc_query *query, int option)
{
	switch (option) {
	case 'S':
		query->site = optarg;
		return true;
	case 'n':
		query->server = optarg;
		return true;
	case 'm':
		query->mailslot = true;
		return true;
	case 'a':
		query->all = true;
		return true;
	case 'w':
		query->flags |= PING_WRITABLE;
		return true;
	case 'u':
		query->user = optarg;
		return true;
	case 'c':
		query->config = optarg;
		return true;
	case 'f':
		query->cache = NULL;
		return true;
	}
	return false;
}

int domain_find_main(int argc, char **argv)
{
	struct dc_query query = { .cache = DC_CACHE_PATH };
	bool json = false;
	int option;

	while ((option = getopt_long(argc, argv, "S:n:mawu:fc:jh", long_options,
				     NULL)) != -1) {
		if (option == 'j') {
			json = true;
		} else if (option == 'h') {
			fputs(help_text, stdout);
			return UNC_OK;
		} else if (!take_option(&query, option)) {
			return UNC_USAGE;
		}
	}
	if (argc - optind != 1 || !*argv[optind]) {
		fputs(help_text, stderr);
		return UNC_USAGE;
	}
	query.domain = argv[optind];
	if (strlen(query.domain) >= DOMAIN_NAME_ROOM) {
		log_error("the name of the domain is too long");
		return UNC_USAGE;
	}
	return find(&query, json);
}
