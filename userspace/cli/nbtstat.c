// SPDX-License-Identifier: GPL-2.0-or-later
#include <arpa/inet.h>
#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "log.h"
#include "names.h"

#define NBTSTAT_SECONDS 30

static const char help_text[] =
"usage: unc nbtstat [OPTION]... -A ADDRESS | NAME\n"
"Asks a machine which NetBIOS names it has.  NAME is looked up as unc resolve\n"
"does it; a name that is an IPv4 address need not be.\n"
"\n"
"  -A, --address ADDRESS  the machine's IPv4 address\n"
"  -o, --order LIST       sources for NAME, as for unc resolve\n"
"  -w, --wins LIST        WINS servers for NAME\n"
"  -c, --config FILE      instead of /etc/uncfs/uncd.conf, see uncd.conf(5)\n"
"  -j, --json             as JSON\n"
"  -h, --help             show this\n";

static const struct option long_options[] = {
	{ "address",	required_argument,	NULL, 'A' },
	{ "order",	required_argument,	NULL, 'o' },
	{ "wins",	required_argument,	NULL, 'w' },
	{ "config",	required_argument,	NULL, 'c' },
	{ "json",	no_argument,		NULL, 'j' },
	{ "help",	no_argument,		NULL, 'h' },
	{ NULL, 0, NULL, 0 }
};

struct nbtstat_options {
	const char *address;
	const char *name;
	char *order;
	char *wins;
	const char *config;
	bool json;
};

/* ---- Output ------------------------------------------------------------- */

static u8 suffix_of(const struct nbns_node_name *name)
{
	return name->name.bytes[NBNAME_LEN - 1];
}

static const char *meaning_of(const struct nbns_node_name *name)
{
	return nbname_meaning(suffix_of(name), name->flags & NBNS_GROUP);
}

static const char *state_of(const struct nbns_node_name *name)
{
	if (name->flags & NBNS_NAME_CONFLICT)
		return "conflict";
	if (name->flags & NBNS_NAME_DEREGISTERING)
		return "leaving";
	return name->flags & NBNS_NAME_ACTIVE ? "active" : "inactive";
}

static void format_unit(const struct nbns_answer *answer, char text[18])
{
	const u8 *id = answer->unit_id;

	snprintf(text, 18, "%02x:%02x:%02x:%02x:%02x:%02x", id[0], id[1],
		 id[2], id[3], id[4], id[5]);
}

static bool print_text(const struct nbns_answer *answer, const char *address)
{
	char text[NBNAME_TEXT_ROOM], unit[18];

	printf("%s\n", address);
	for (u32 i = 0; i < answer->name_count; i++) {
		const struct nbns_node_name *name = &answer->names[i];

		nbname_format_base(&name->name, text);
		printf("  %-15s <%02x>  %-6s  %-8s  %s\n", text,
		       suffix_of(name),
		       name->flags & NBNS_GROUP ? "group" : "unique",
		       state_of(name), meaning_of(name));
	}
	if (answer->truncated)
		puts("  (truncated: there are more)");
	format_unit(answer, unit);
	printf("  hardware address %s\n", unit);
	return fflush(stdout) == 0;
}

static json_t *name_json(const struct nbns_node_name *name)
{
	char text[NBNAME_TEXT_ROOM];
	json_t *json = json_object();

	nbname_format_base(&name->name, text);
	json_object_set_new(json, "name", json_string(text));
	json_object_set_new(json, "suffix", json_integer(suffix_of(name)));
	json_object_set_new(json, "group",
			    json_boolean(name->flags & NBNS_GROUP));
	json_object_set_new(json, "state", json_string(state_of(name)));
	json_object_set_new(json, "meaning", json_string(meaning_of(name)));
	json_object_set_new(json, "flags", json_integer(name->flags));
	return json;
}

static bool print_json(const struct nbns_answer *answer, const char *address)
{
	json_t *root = json_object(), *names = json_array();
	char unit[18];
	bool good;

	format_unit(answer, unit);
	for (u32 i = 0; i < answer->name_count; i++)
		json_array_append_new(names, name_json(&answer->names[i]));
	json_object_set_new(root, "address", json_string(address));
	json_object_set_new(root, "hardware_address", json_string(unit));
	json_object_set_new(root, "truncated",
			    json_boolean(answer->truncated));
	json_object_set_new(root, "names", names);
	good = json_dumpf(root, stdout, JSON_INDENT(2)) == 0 &&
	       putchar('\n') != EOF && fflush(stdout) == 0;
	json_decref(root);
	return good;
}

/* ------------------------------------------------------------------------- */

/* The first IPv4 address: NetBIOS has no other. */
static bool find_ipv4(const struct names_result *result, struct in_addr *address)
{
	for (unsigned int i = 0; i < result->address_count; i++) {
		const struct sockaddr_storage *found = &result->addresses[i];

		if (found->ss_family != AF_INET)
			continue;
		*address = ((const struct sockaddr_in *)found)->sin_addr;
		return true;
	}
	return false;
}

static bool look_up(const struct names_conf *conf, const char *name,
		    struct in_addr *address)
{
	struct names_result results[NAMES_SOURCES];
	struct names_question question;
	int winner;

	if (inet_pton(AF_INET, name, address) == 1)
		return true;
	names_question_init(&question, name);
	winner = names_resolve(conf, &question, results, false,
			       names_deadline(NBTSTAT_SECONDS));
	if (winner < 0)
		log_error("host name %s is not known (unc resolve tells more)",
			  name);
	else if (!find_ipv4(&results[winner], address))
		log_error("%s has no IPv4 address, and NetBIOS no other", name);
	else
		return true;
	return false;
}

static int ask(const struct names_conf *conf, struct in_addr address, bool json)
{
	static struct nbns_answer answer;
	char text[INET_ADDRSTRLEN];
	bool good;
	int ret = names_node_status(conf, address, &answer,
				    names_deadline(NBTSTAT_SECONDS));

	inet_ntop(AF_INET, &address, text, sizeof(text));
	if (ret) {
		log_error("%s: %s", text, ret == -ETIMEDOUT ?
			  "does not answer" : ret == -ENOENT ?
			  nbns_rcode_text(answer.rcode) : strerror(-ret));
		return UNC_FAILED;
	}
	good = json ? print_json(&answer, text) : print_text(&answer, text);
	return good ? UNC_OK : UNC_FAILED;
}

static int nbtstat(const struct nbtstat_options *options)
{
	struct names_conf conf;
	char why[NAMES_WHY_ROOM];
	struct in_addr address;

	if (!names_conf_load(&conf, options->config, why)) {
		log_error("%s", why);
		return UNC_FAILED;
	}
	if (!names_conf_override(&conf, options->order, options->wins, why)) {
		log_error("%s", why);
		return UNC_USAGE;
	}
	if (options->address &&
	    inet_pton(AF_INET, options->address, &address) != 1) {
		log_error("\"%s\" is no IPv4 address", options->address);
		return UNC_USAGE;
	}
	if (!options->address && !look_up(&conf, options->name, &address))
		return UNC_FAILED;
	return ask(&conf, address, options->json);
}

int nbtstat_main(int argc, char **argv)
{
	struct nbtstat_options options = { 0 };
	int option;

	while ((option = getopt_long(argc, argv, "A:o:w:c:jh", long_options,
				     NULL)) != -1) {
		switch (option) {
		case 'A':
			options.address = optarg;
			break;
		case 'o':
			options.order = optarg;
			break;
		case 'w':
			options.wins = optarg;
			break;
		case 'c':
			options.config = optarg;
			break;
		case 'j':
			options.json = true;
			break;
		case 'h':
			fputs(help_text, stdout);
			return UNC_OK;
		default:
			return UNC_USAGE;
		}
	}
	if (argc - optind != (options.address ? 0 : 1)) {
		fputs(help_text, stderr);
		return UNC_USAGE;
	}
	options.name = argv[optind];
	return nbtstat(&options);
}
