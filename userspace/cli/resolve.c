// SPDX-License-Identifier: GPL-2.0-or-later
#include <getopt.h>
#include <jansson.h>
#include <stdio.h>

#include "cli.h"
#include "log.h"
#include "names.h"

/* As many as ten tries of ten seconds; sources are slow only when silent. */
#define RESOLVE_SECONDS 100

static const char help_text[] =
"usage: unc resolve [OPTION]... NAME\n"
"Asks every source of /etc/uncfs/uncd.conf, one after the other, and shows what\n"
"each says and which one wins.  Multicast and broadcast are used only when they\n"
"are in the order.  NAME#1C or NAME<1C> is a NetBIOS name with that suffix.\n"
"\n"
"  -o, --order LIST   sources instead of the file's: dns, wins, broadcast, llmnr,\n"
"                     mdns, wsd, netbios (wins and broadcast)\n"
"  -w, --wins LIST    WINS servers instead of the file's\n"
"  -c, --config FILE  instead of /etc/uncfs/uncd.conf, see uncd.conf(5)\n"
"  -j, --json         as JSON\n"
"  -h, --help         show this\n"
"\n"
"Exit status: 0 when the name was found, 1 when not.\n";

static const struct option long_options[] = {
	{ "order",	required_argument,	NULL, 'o' },
	{ "wins",	required_argument,	NULL, 'w' },
	{ "config",	required_argument,	NULL, 'c' },
	{ "json",	no_argument,		NULL, 'j' },
	{ "help",	no_argument,		NULL, 'h' },
	{ NULL, 0, NULL, 0 }
};

struct resolve_options {
	char *order;
	char *wins;
	const char *config;
	bool json;
};

/* What there is to print. */
struct resolved {
	const char *name;
	const struct names_result *results;
	unsigned int count;
	int winner;
};

/* ---- As text ------------------------------------------------------------ */

static void print_source(const struct names_result *result, bool won)
{
	char text[NAMES_ADDRESS_ROOM];

	printf("%c %-10s %-10s %8.1f ms ", won ? '*' : ' ',
	       names_source_name(result->source),
	       names_status_text(result->status),
	       (double)result->time_us / 1000);
	for (unsigned int i = 0; i < result->address_count; i++)
		printf(" %s", names_address_format(&result->addresses[i],
						   text));
	if (result->group)
		printf(" (group)");
	if (result->from.ss_family)
		printf(" (from %s)", names_address_format(&result->from, text));
	if (result->message[0])
		printf(" %s", result->message);
	putchar('\n');
}

static bool print_text(const struct resolved *resolved)
{
	for (unsigned int i = 0; i < resolved->count; i++)
		print_source(&resolved->results[i],
			     (int)i == resolved->winner);
	return fflush(stdout) == 0;
}

/* ---- As JSON ------------------------------------------------------------ */

static json_t *addresses_json(const struct names_result *result)
{
	char text[NAMES_ADDRESS_ROOM];
	json_t *array = json_array();

	for (unsigned int i = 0; i < result->address_count; i++)
		json_array_append_new(array, json_string(names_address_format(
			&result->addresses[i], text)));
	return array;
}

static json_t *source_json(const struct names_result *result)
{
	char text[NAMES_ADDRESS_ROOM];
	json_t *json = json_object(), *from = json_null();

	if (result->from.ss_family)
		from = json_string(names_address_format(&result->from, text));
	json_object_set_new(json, "source",
			    json_string(names_source_name(result->source)));
	json_object_set_new(json, "status",
			    json_string(names_status_text(result->status)));
	json_object_set_new(json, "time_ms",
			    json_real((double)result->time_us / 1000));
	json_object_set_new(json, "addresses", addresses_json(result));
	json_object_set_new(json, "group", json_boolean(result->group));
	json_object_set_new(json, "from", from);
	json_object_set_new(json, "message", json_string(result->message));
	return json;
}

static json_t *winner_json(const struct resolved *resolved)
{
	const struct names_result *result;

	if (resolved->winner < 0)
		return json_null();
	result = &resolved->results[resolved->winner];
	return json_string(names_source_name(result->source));
}

static bool print_json(const struct resolved *resolved)
{
	json_t *root = json_object(), *sources = json_array();
	json_t *name = json_string(resolved->name);
	bool good;

	for (unsigned int i = 0; i < resolved->count; i++)
		json_array_append_new(sources,
				      source_json(&resolved->results[i]));
	json_object_set_new(root, "name", name ? name : json_null());
	json_object_set_new(root, "winner", winner_json(resolved));
	json_object_set_new(root, "addresses", resolved->winner < 0 ?
			    json_array() :
			    addresses_json(&resolved->results[resolved->winner]));
	json_object_set_new(root, "sources", sources);
	good = json_dumpf(root, stdout, JSON_INDENT(2)) == 0 &&
	       putchar('\n') != EOF && fflush(stdout) == 0;
	json_decref(root);
	return good;
}

/* ------------------------------------------------------------------------- */

static int resolve(const char *name, const struct resolve_options *options)
{
	struct names_result results[NAMES_SOURCES];
	struct resolved resolved = { .name = name, .results = results };
	struct names_question question;
	struct names_conf conf;
	char why[NAMES_WHY_ROOM];
	bool good;

	if (!names_conf_load(&conf, options->config, why)) {
		log_error("%s", why);
		return UNC_FAILED;
	}
	if (!names_conf_override(&conf, options->order, options->wins, why)) {
		log_error("%s", why);
		return UNC_USAGE;
	}
	names_question_init(&question, name);
	resolved.winner = names_resolve(&conf, &question, results, true,
					names_deadline(RESOLVE_SECONDS));
	resolved.count = conf.order_count;
	good = options->json ? print_json(&resolved) : print_text(&resolved);
	return good && resolved.winner >= 0 ? UNC_OK : UNC_FAILED;
}

int resolve_main(int argc, char **argv)
{
	struct resolve_options options = { 0 };
	int option;

	while ((option = getopt_long(argc, argv, "o:w:c:jh", long_options,
				     NULL)) != -1) {
		switch (option) {
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
	if (argc - optind != 1 || !argv[optind][0]) {
		fputs(help_text, stderr);
		return UNC_USAGE;
	}
	return resolve(argv[optind], &options);
}
