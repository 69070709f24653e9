// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * unc sessions: those that this machine has on servers; with --remote who is
 * connected to a server (srvsvc.NetrSessionEnum).
 */
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "cli.h"
#include "log.h"
#include "rows.h"
#include "rpccmd.h"
#include "status.h"

static const char help_text[] =
"usage: unc sessions [--json] [HOST]\n"
"       unc sessions --remote [OPTION]... //HOST\n"
"Lists the sessions of this network namespace: on which server, whose (UID and who\n"
"that is there), how protected, shares and open files.  With --remote who is\n"
"connected to HOST; see \"unc sessions --remote --help\".\n"
"\n"
"  -j, --json  as JSON\n"
"  -h, --help  show this\n";

/* ---- Ours ---------------------------------------------------------------- */

static const char *protection(uint32_t flags)
{
	if (flags & UNC_SESSION_SEAL)
		return "encrypted";
	return flags & UNC_SESSION_SIGN ? "signed" :
	       flags & UNC_SESSION_GUEST ? "none, a guest" : "none";
}

/* A name that is no UTF-8 shall not cost the whole row. */
static json_t *text(const char *name)
{
	json_t *string = json_string(name);

	return string ? string : json_string("?");
}

static json_t *session_row(const struct object *list, const char *host,
			   const struct object *session)
{
	const struct object *tree = list;
	json_int_t shares = 0, opens = 0;

	while ((tree = object_child(tree, UNC_OBJ_TREE, session->id))) {
		shares++;
		opens += tree->opens;
		tree = tree->next;
	}
	return json_pack("{s:o, s:I, s:o, s:o, s:s, s:o, s:I, s:I}",
			 "host", text(host), "uid", (json_int_t)session->uid,
			 "user", text(session->user), "mechanism",
			 text(session->mech), "protection",
			 protection(session->flags), "state",
			 text(session->state), "shares", shares, "opens",
			 opens);
}

static json_t *local_rows(const struct object *list, const char *host)
{
	json_t *rows = json_array();

	for (const struct object *o = list; o; o = o->next) {
		const struct object *session = list;

		if (o->kind != UNC_OBJ_CONNECTION ||
		    (host && strcasecmp(o->host, host) != 0))
			continue;
		while ((session = object_child(session, UNC_OBJ_SESSION,
					       o->id))) {
			json_array_append_new(rows, session_row(list, o->host,
								session));
			session = session->next;
		}
	}
	return rows;
}

static int list_local(const char *host, bool json)
{
	struct object *list = NULL;
	bool good = status_fetch(&list);

	if (host)
		host += strspn(host, "/\\");
	good = good && rows_print(local_rows(list, host), json);
	object_free_all(list);
	return good ? UNC_OK : UNC_FAILED;
}

static int local_main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "json",	no_argument,	NULL, 'j' },
		{ "help",	no_argument,	NULL, 'h' },
		{ NULL, 0, NULL, 0 }
	};
	bool json = false;
	int option;

	while ((option = getopt_long(argc, argv, "jh", options,
				     NULL)) != -1) {
		if (option == 'h') {
			fputs(help_text, stdout);
			return UNC_OK;
		}
		if (option != 'j')
			return UNC_USAGE;
		json = true;
	}
	if (optind + 1 < argc) {
		fputs(help_text, stderr);
		return UNC_USAGE;
	}
	return list_local(argv[optind], json);
}

/* ---- A server's ---------------------------------------------------------- */

/* Level 1, which says how many files are open, is for administrators. */
static const struct column columns[] = {
	{ "client",	"sesi1_cname",		NULL },
	{ "user",	"sesi1_username",	NULL },
	{ "opens",	"sesi1_num_opens",	NULL },
	{ "seconds",	"sesi1_time",		NULL },
	{ "idle",	"sesi1_idle_time",	NULL },
	{ NULL,		NULL,			NULL }
};

static bool list_remote(struct rpc_cmd *cmd)
{
	static const struct rpc_listing listing = {
		"NetrSessionEnum",
		"{\"InfoStruct\": {\"Level\": 1, \"SessionInfo\": {\"Level1\": {}}},"
		" \"PreferedMaximumLength\": 4294967295}",
		"InfoStruct.SessionInfo.Level1.Buffer", columns
	};

	return rpc_cmd_list(cmd, &listing);
}

static bool is_remote(char **argv)
{
	for (; *argv; argv++)
		if (strcmp(*argv, "-r") == 0 || strcmp(*argv, "--remote") == 0)
			return true;
	return false;
}

int sessions_main(int argc, char **argv)
{
	static const struct option more[] = {
		{ "remote", no_argument, NULL, 'r' },
		{ NULL, 0, NULL, 0 }
	};
	static const struct rpc_command command = {
		.help = "usage: unc sessions --remote [OPTION]... //HOST\n"
			"Lists who is connected to a server: client, user, open files, seconds, and\n"
			"seconds without a request.  Needs an administrator of it.\n\n"
			"  -r, --remote           those of HOST, whoever's they are\n",
		.more = more, .interface = "srvsvc", .run = list_remote,
	};

	if (!is_remote(argv))
		return local_main(argc, argv);
	return rpc_command_main(&command, argc, argv);
}
