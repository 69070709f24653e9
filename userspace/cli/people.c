// SPDX-License-Identifier: GPL-2.0-or-later
/* unc user, group, computer: the people and machines of a domain; unc passwd. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "domain_args.h"
#include "log.h"
#include "password.h"
#include "people.h"
#include "rows.h"
#include "samchange.h"

#define ERROR_NO_LOGON_SERVERS 1311

#define OPTIONS_HELP \
"Who asks is --user, or this machine; the domain is that of USER@REALM, or this\n" \
"machine's.\n\n" \
"      --enable, --disable, --unlock\n" \
"      --expire           set: the password must be changed at the next logon\n" \
"      --password         set: a new password; asks, or takes NEW_PASSWORD of the\n" \
"                         environment\n" \
"      --add NAME, --remove NAME   members: put in, or out\n" \
"      --local            groups: add, list local ones (aliases) of the domain\n" \
DOMAIN_ARGS_HELP

enum {
	OPTION_ENABLE = 300, OPTION_DISABLE, OPTION_UNLOCK, OPTION_EXPIRE,
	OPTION_PASSWORD, OPTION_ADD, OPTION_REMOVE, OPTION_LOCAL,
};

static const struct option long_options[] = {
	{ "enable",	no_argument,		NULL, OPTION_ENABLE },
	{ "disable",	no_argument,		NULL, OPTION_DISABLE },
	{ "unlock",	no_argument,		NULL, OPTION_UNLOCK },
	{ "expire",	no_argument,		NULL, OPTION_EXPIRE },
	{ "password",	no_argument,		NULL, OPTION_PASSWORD },
	{ "add",	required_argument,	NULL, OPTION_ADD },
	{ "remove",	required_argument,	NULL, OPTION_REMOVE },
	{ "local",	no_argument,		NULL, OPTION_LOCAL },
	DOMAIN_ARGS_LONG,
	{ NULL, 0, NULL, 0 }
};

/* What the command line says. */
struct request {
	struct domain_args args;
	enum people_kind kind;
	const char *noun;
	const char *verb;
	const char *name;
	struct people_change change;
	bool new_password;
	const char *member;
	bool member_in;
	struct credential secret;
	bool by_samr;
};

struct verb {
	const char *name;
	bool has_name;
	bool (*run)(struct request *request, struct op *op);
	json_t *(*show)(struct request *request, struct op *op);
};

/* ---- Verbs ------------------------------------------------------------------ */

/* NEW_PASSWORD, or the terminal. */
static bool ask_new(struct request *r)
{
	const char *given = getenv("NEW_PASSWORD");
	char question[400];

	if (given)
		return credential_set_password(&r->secret, given);
	snprintf(question, sizeof(question), "New password for %.300s: ",
		 r->name);
	if (password_prompt(&r->secret, question) == PASSWORD_FOUND)
		return true;
	log_error("there is no terminal to ask for the new password (set NEW_PASSWORD)");
	return false;
}

static bool run_add(struct request *r, struct op *op)
{
	return people_add(op, r->kind, r->name, r->secret.has_password ?
			  r->secret.password : NULL);
}

static bool run_delete(struct request *r, struct op *op)
{
	return people_delete(op, r->kind, r->name);
}

static bool run_set(struct request *r, struct op *op)
{
	if (r->secret.has_password)
		r->change.password = r->secret.password;
	return people_set(op, r->kind, r->name, &r->change);
}

static json_t *show_list(struct request *r, struct op *op)
{
	return people_list(op, r->kind);
}

static json_t *show_one(struct request *r, struct op *op)
{
	return people_show(op, r->kind, r->name);
}

static json_t *show_members(struct request *r, struct op *op)
{
	if (r->member && !people_member(op, r->name, r->member, r->member_in))
		return NULL;
	return people_members(op, r->name);
}

static const struct verb verbs[] = {
	{ "add",	true,	run_add,	NULL },
	{ "delete",	true,	run_delete,	NULL },
	{ "set",	true,	run_set,	NULL },
	{ "list",	false,	NULL,		show_list },
	{ "show",	true,	NULL,		show_one },
	{ "members",	true,	NULL,		show_members },
};

static const struct verb *find_verb(const struct request *r)
{
	bool group = r->kind == PEOPLE_GROUP ||
		     r->kind == PEOPLE_LOCAL_GROUP;

	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		const struct verb *verb = &verbs[i];

		if (strcmp(verb->name, r->verb) != 0)
			continue;
		/* A group has members, and nothing that could be set. */
		if (group ? verb->run != run_set : verb->show != show_members)
			return verb;
	}
	return NULL;
}

/* ---- Frame ------------------------------------------------------------------ */

static bool set_local(struct request *r)
{
	if (r->kind == PEOPLE_GROUP)
		r->kind = PEOPLE_LOCAL_GROUP;
	if (r->kind != PEOPLE_LOCAL_GROUP)
		log_error("--local is for groups");
	return r->kind == PEOPLE_LOCAL_GROUP;
}

static bool take_option(struct request *r, int option)
{
	switch (option) {
	case OPTION_ENABLE:
		return r->change.enable = true;
	case OPTION_DISABLE:
		return r->change.disable = true;
	case OPTION_UNLOCK:
		return r->change.unlock = true;
	case OPTION_EXPIRE:
		return r->change.must_change = true;
	case OPTION_PASSWORD:
		return r->new_password = true;
	case OPTION_ADD:
	case OPTION_REMOVE:
		r->member = optarg;
		r->member_in = option == OPTION_ADD;
		return true;
	case OPTION_LOCAL:
		return set_local(r);
	}
	return domain_args_option(&r->args, option);
}

static int run(struct request *r, const struct verb *verb)
{
	bool good, json = r->args.rpc.json;
	json_t *rows = NULL;
	char what[400];
	struct op op;
	int ret;

	snprintf(what, sizeof(what), "%s %s %.300s", r->noun, r->verb,
		 r->name ? r->name : "");
	good = op_begin(&op, &r->args.op, what) && op_locate(&op, NULL) &&
	       op_directory(&op);
	if (good && verb->run)
		good = verb->run(r, &op);
	else if (good)
		good = (rows = verb->show(r, &op));
	if (rows)
		ret = rows_print(rows, json) ? UNC_OK : UNC_FAILED;
	else
		ret = domain_report(&op, good, json);
	op_end(&op);
	return ret;
}

static int usage(const char *help, FILE *to)
{
	fputs(help, to);
	fputs(OPTIONS_HELP, to);
	return to == stdout ? UNC_OK : UNC_USAGE;
}

static int people_main(struct request *r, const char *help, int argc,
		       char **argv)
{
	const struct verb *verb;
	int option, ret;

	while ((option = getopt_long(argc, argv, DOMAIN_ARGS_SHORT,
				     long_options, NULL)) != -1) {
		if (option == 'h')
			return usage(help, stdout);
		if (!take_option(r, option))
			return UNC_USAGE;
	}
	if (argc == optind)
		return usage(help, stderr);
	r->verb = argv[optind];
	r->name = argv[optind + 1];
	verb = find_verb(r);
	if (!verb || argc - optind != 1 + verb->has_name)
		return usage(help, stderr);
	if (!domain_args_ready(&r->args) ||
	    ((r->new_password || (verb->run == run_add &&
				  r->kind == PEOPLE_USER)) && !ask_new(r)))
		return UNC_FAILED;
	ret = run(r, verb);
	credential_wipe(&r->args.rpc.cred);
	credential_wipe(&r->secret);
	return ret;
}

int user_main(int argc, char **argv)
{
	static struct request request = {
		.kind = PEOPLE_USER, .noun = "user",
		.args.op.flags = PING_WRITABLE,
	};

	return people_main(&request,
		"usage: unc user list | add NAME | delete NAME | show NAME | set NAME [OPTION]...\n"
		"Users of a domain.\n", argc, argv);
}

int computer_main(int argc, char **argv)
{
	static struct request request = {
		.kind = PEOPLE_COMPUTER, .noun = "computer",
		.args.op.flags = PING_WRITABLE,
	};

	return people_main(&request,
		"usage: unc computer list | add NAME | delete NAME | show NAME | set NAME [OPTION]...\n"
		"Computers of a domain.  One that is added without --password is disabled.\n",
		argc, argv);
}

int group_main(int argc, char **argv)
{
	static struct request request = {
		.kind = PEOPLE_GROUP, .noun = "group",
		.args.op.flags = PING_WRITABLE,
	};

	return people_main(&request,
		"usage: unc group list | add NAME | delete NAME | show NAME | members NAME [OPTION]...\n"
		"Groups of a domain.  BUILTIN\\NAME is one of Windows' own; a member of a local\n"
		"group may be named by a SID.\n", argc, argv);
}

/* ---- passwd ----------------------------------------------------------------- */

/* A password that is wrong, or not allowed, is so for the other way, too. */
static bool is_final(uint32_t code)
{
	return code != ERROR_NO_LOGON_SERVERS;
}

static bool change(struct op *op, struct request *r)
{
	const struct op_options *o = op->options;

	if (!op_locate(op, NULL))
		return false;
	if (r->by_samr)
		return sam_change_password(op, r->secret.password);
	if (ticket_change_password(&op->ticket, o->user, o->password,
				   r->secret.password, &op->steps))
		return true;
	if (is_final(op->steps.code))
		return false;
	step_forget(&op->steps);
	return sam_change_password(op, r->secret.password);
}

static int run_passwd(struct request *r)
{
	struct op op;
	bool good;
	int ret;

	if (!domain_args_ready(&r->args))
		return UNC_FAILED;
	r->name = r->args.op.user;
	if (!ask_new(r))
		return UNC_FAILED;
	good = op_begin(&op, &r->args.op, "change a password") && change(&op, r);
	ret = domain_report(&op, good, r->args.rpc.json);
	op_end(&op);
	return ret;
}

int passwd_main(int argc, char **argv)
{
	static const char help[] =
		"usage: unc passwd [OPTION]... --user USER@REALM\n"
		"Changes one's own password, also one that has expired, by kpasswd.  Asks for the\n"
		"old one, then for the new one (or takes NEW_PASSWORD of the environment).  Where\n"
		"kpasswd cannot be reached SAMR does it (AES, or as --ciphers says); --samr asks\n"
		"for that at once.\n\n"
		"      --samr             by SAMR\n"
		DOMAIN_ARGS_HELP;
	static struct request request = { .args.op.flags = PING_WRITABLE };
	int ret = domain_args_take(&request.args, argc, argv, help);

	if (ret)
		return ret == -1 ? UNC_OK : ret;
	if (!request.args.rpc.cred.has_user) {
		log_error("whose password? (--user)");
		return UNC_USAGE;
	}
	request.by_samr = request.args.samr;
	ret = run_passwd(&request);
	credential_wipe(&request.args.rpc.cred);
	credential_wipe(&request.secret);
	return ret;
}
