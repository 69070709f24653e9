// SPDX-License-Identifier: GPL-2.0-or-later
#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "browse.h"
#include "cli.h"
#include "credential.h"
#include "key.h"
#include "log.h"
#include "password.h"
#include "uncfs.h"

#define BROWSE_SECONDS 60

static const char help_text[] =
"usage: unc browse [OPTION]...\n"
"Lists the machines that are on the links of this one.  Nobody is asked but by\n"
"the sources that the line \"browse\" of /etc/uncfs/uncd.conf or --sources names.\n"
"\n"
"  -s, --sources LIST     netbios (everybody, by broadcast), rap (the master\n"
"                         browsers, by SMB 1; for root alone), mdns, wsd\n"
"  -g, --group NAME       the workgroup that master browsers are asked for\n"
"  -c, --config FILE      instead of /etc/uncfs/uncd.conf, see uncd.conf(5)\n"
"  -u, --user USER        who to be for master browsers, otherwise nobody\n"
"      --stdin-password   the password is the first line of standard input\n"
"      --port N           TCP port of master browsers\n"
"  -j, --json             as JSON\n"
"  -h, --help             show this\n"
"\n"
"Exit status: 0 when every source could be asked, 1 when not.\n";

enum { OPTION_STDIN = 256, OPTION_PORT };

static const struct option long_options[] = {
	{ "sources",		required_argument,	NULL, 's' },
	{ "group",		required_argument,	NULL, 'g' },
	{ "config",		required_argument,	NULL, 'c' },
	{ "user",		required_argument,	NULL, 'u' },
	{ "stdin-password",	no_argument,		NULL, OPTION_STDIN },
	{ "port",		required_argument,	NULL, OPTION_PORT },
	{ "json",		no_argument,		NULL, 'j' },
	{ "help",		no_argument,		NULL, 'h' },
	{ NULL, 0, NULL, 0 }
};

struct browse_options {
	char *sources;
	const char *group;
	const char *config;
	uint32_t port;
	bool stdin_password;
	bool json;
	struct credential cred;
};

/* ---- As text ------------------------------------------------------------ */

static const char *address_text(const struct browse_machine *machine,
				char text[NAMES_ADDRESS_ROOM])
{
	return machine->address.ss_family ?
	       names_address_format(&machine->address, text) : "-";
}

/* Names and comments are what strangers say: no control characters. */
static void print_safe(const char *text, int width)
{
	int len = 0;

	for (; *text; text++, len++)
		putchar((unsigned char)*text < ' ' || *text == 0x7f ? '?' :
			*text);
	for (; len < width; len++)
		putchar(' ');
}

static void print_sources(const struct browse_machine *machine)
{
	const char *between = " ";

	for (int i = 0; i < NAMES_BROWSES; i++) {
		if (!(machine->sources & 1U << i))
			continue;
		printf("%s%s", between, names_browse_name((enum names_browse)i));
		between = ",";
	}
}

static bool print_text(const struct browse *browse)
{
	char text[NAMES_ADDRESS_ROOM];

	for (unsigned int i = 0; i < browse->count; i++) {
		const struct browse_machine *machine = &browse->machines[i];

		print_safe(machine->name, 16);
		putchar(' ');
		print_safe(*machine->group ? machine->group : "-", 16);
		printf(" %-15s", address_text(machine, text));
		print_sources(machine);
		if (*machine->comment)
			printf("  ");
		print_safe(machine->comment, 0);
		putchar('\n');
	}
	return fflush(stdout) == 0;
}

/* ---- As JSON ------------------------------------------------------------ */

/* What is not UTF-8 is not said. */
static json_t *text_json(const char *text)
{
	json_t *json = *text ? json_string(text) : NULL;

	return json ? json : json_null();
}

static json_t *machine_json(const struct browse_machine *machine)
{
	json_t *json = json_object(), *sources = json_array();
	char text[NAMES_ADDRESS_ROOM];

	for (int i = 0; i < NAMES_BROWSES; i++)
		if (machine->sources & 1U << i)
			json_array_append_new(sources, json_string(
				names_browse_name((enum names_browse)i)));
	json_object_set_new(json, "name", text_json(machine->name));
	json_object_set_new(json, "group", text_json(machine->group));
	json_object_set_new(json, "address", machine->address.ss_family ?
			    json_string(address_text(machine, text)) :
			    json_null());
	json_object_set_new(json, "comment", text_json(machine->comment));
	json_object_set_new(json, "sources", sources);
	return json;
}

static bool print_json(const struct browse *browse)
{
	json_t *root = json_array();
	bool good;

	for (unsigned int i = 0; i < browse->count; i++)
		json_array_append_new(root, machine_json(&browse->machines[i]));
	good = json_dumpf(root, stdout, JSON_INDENT(2)) == 0 &&
	       putchar('\n') != EOF && fflush(stdout) == 0;
	json_decref(root);
	return good;
}

/* ------------------------------------------------------------------------- */

static bool complain(const struct browse *browse)
{
	bool good = true;

	for (int i = 0; i < NAMES_BROWSES; i++) {
		if (!*browse->status[i].message)
			continue;
		log_error("%s: %s", names_browse_name((enum names_browse)i),
			  browse->status[i].message);
		good = false;
	}
	return good;
}

/* Who to be; without a user nobody. */
static bool take_credential(struct browse *browse,
			    struct browse_options *options)
{
	enum password_source source = PASSWORD_NONE;

	browse->sec = UNC_SEC_NONE;
	if (!options->cred.has_user)
		return true;
	browse->sec = UNC_SEC_ANY;
	if (options->stdin_password)
		source = password_from_fd(&options->cred, 0, "standard input");
	if (!options->cred.has_password && source == PASSWORD_NONE)
		source = password_from_environment(&options->cred);
	if (!options->cred.has_password && source == PASSWORD_NONE)
		source = password_prompt(&options->cred, "Password: ");
	if (source != PASSWORD_FOUND) {
		log_error("there is no password (use --stdin-password)");
		return false;
	}
	browse->key = key_add("*", &options->cred, KEY_SPEC_PROCESS_KEYRING);
	if (browse->key < 0)
		log_error("cannot hand the password to the kernel");
	return browse->key >= 0;
}

static int look_around(struct browse *browse, struct browse_options *options)
{
	bool good;

	if (!browse->sources) {
		log_error("no source is configured: see \"browse\" in uncd.conf(5), or --sources");
		return UNC_USAGE;
	}
	if (!take_credential(browse, options))
		return UNC_FAILED;
	browse->deadline = names_deadline(BROWSE_SECONDS);
	good = browse_run(browse);
	good &= options->json ? print_json(browse) : print_text(browse);
	good &= complain(browse);
	browse_free(browse);
	return good ? UNC_OK : UNC_FAILED;
}

static int browse(struct browse_options *options)
{
	struct names_conf conf;
	static struct browse browse = { .conf = NULL };
	char why[NAMES_WHY_ROOM];

	if (!names_conf_load(&conf, options->config, why)) {
		log_error("%s", why);
		return UNC_FAILED;
	}
	if (options->sources &&
	    !names_conf_browse(&conf, options->sources, why)) {
		log_error("%s", why);
		return UNC_USAGE;
	}
	browse.conf = &conf;
	browse.sources = conf.browse;
	browse.group = options->group ? options->group : "";
	browse.port = options->port;
	return look_around(&browse, options);
}

static bool set_option(struct browse_options *options, int option)
{
	switch (option) {
	case 's':
		options->sources = optarg;
		return true;
	case 'g':
		options->group = optarg;
		return strlen(optarg) < NBNAME_LEN;
	case 'c':
		options->config = optarg;
		return true;
	case 'u':
		return credential_set_user(&options->cred, optarg);
	case 'j':
		options->json = true;
		return true;
	case OPTION_STDIN:
		options->stdin_password = true;
		return true;
	case OPTION_PORT:
		options->port = (uint32_t)strtoul(optarg, NULL, 10);
		return options->port > 0 && options->port <= 65535;
	}
	return false;
}

int browse_main(int argc, char **argv)
{
	static struct browse_options options;
	int option;

	while ((option = getopt_long(argc, argv, "s:g:c:u:jh", long_options,
				     NULL)) != -1) {
		if (option == 'h') {
			fputs(help_text, stdout);
			return UNC_OK;
		}
		if (!set_option(&options, option))
			return UNC_USAGE;
	}
	if (argc != optind) {
		fputs(help_text, stderr);
		return UNC_USAGE;
	}
	return browse(&options);
}
