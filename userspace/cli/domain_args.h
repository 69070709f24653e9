/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Options that the subcommands of unc domain share. */
#ifndef UNC_CLI_DOMAIN_ARGS_H
#define UNC_CLI_DOMAIN_ARGS_H

#include "op.h"
#include "rpcargs.h"

#define DOMAIN_ARGS_SHORT "u:sc:jhn:S:R:K:v"
#define DOMAIN_ARGS_LONG \
	{ "user",		required_argument,	NULL, 'u' }, \
	{ "stdin-password",	no_argument,		NULL, 's' }, \
	{ "credentials",	required_argument,	NULL, 'c' }, \
	{ "json",		no_argument,		NULL, 'j' }, \
	{ "help",		no_argument,		NULL, 'h' }, \
	{ "server",		required_argument,	NULL, 'n' }, \
	{ "site",		required_argument,	NULL, 'S' }, \
	{ "root",		required_argument,	NULL, 'R' }, \
	{ "keytab",		required_argument,	NULL, 'K' }, \
	{ "verbose",		no_argument,		NULL, 'v' }, \
	{ "max-age",		required_argument,	NULL, DOMAIN_ARGS_MAX_AGE }, \
	{ "samr",		no_argument,		NULL, DOMAIN_ARGS_SAMR }, \
	{ "ciphers",		required_argument,	NULL, DOMAIN_ARGS_CIPHERS }, \
	{ "ntlm",		required_argument,	NULL, DOMAIN_ARGS_NTLM }

#define DOMAIN_ARGS_HELP \
"  -u, --user USER        who does it, NAME or NAME@REALM; asks for the password\n" \
"  -s, --stdin-password   the password is the first line of standard input\n" \
"  -c, --credentials FILE user and password as mount.cifs(8) has them in a file\n" \
"  -n, --server HOST      this controller, no other\n" \
"  -S, --site NAME        look for a controller in this site first\n" \
"  -R, --root FOLDER      before the names of all files of the machine\n" \
"  -K, --keytab FILE      instead of /etc/krb5.keytab\n" \
"      --ciphers WORD     of passwords within calls: aes, rc4 or any\n" \
"      --ntlm WORD        where Kerberos fails: never or fallback\n" \
"  -v, --verbose          show each step\n" \
"  -j, --json             as JSON\n" \
"  -h, --help             show this\n"

/* The first two of unc domain passwd and unc passwd alone */
enum {
	DOMAIN_ARGS_MAX_AGE = 400, DOMAIN_ARGS_SAMR, DOMAIN_ARGS_CIPHERS,
	DOMAIN_ARGS_NTLM,
};

/**
 * struct domain_args
 * @rpc: user and password, JSON
 * @op: for op_begin()
 * @samr: unc passwd: not by kpasswd
 * @ciphers, @ntlm: as given, instead of what uncd.conf(5) says; NULL
 */
struct domain_args {
	struct rpc_args rpc;
	struct op_options op;
	bool samr;
	const char *ciphers, *ntlm;
};

/** domain_args_option - one of the above but for -h.  False: logged. */
bool domain_args_option(struct domain_args *args, int option);

/**
 * domain_args_ready - ask for a password that is missing, and read what
 * uncd.conf(5) allows.  False: logged.
 */
bool domain_args_ready(struct domain_args *args);

/**
 * domain_args_take - these options and no operand
 *
 * Return: UNC_OK: go on; -1: it was --help; UNC_USAGE.
 */
int domain_args_take(struct domain_args *args, int argc, char **argv,
		     const char *help);

/**
 * struct domain_action - a subcommand without operands
 * @help: usage
 * @what: for the log
 * @flags: enum ping_flag that the controller must have
 * @run: does it; NULL
 * @show: or finds out something, rows or one object
 * @good: what to say when @run did it
 */
struct domain_action {
	const char *help;
	const char *what;
	uint32_t flags;
	bool (*run)(struct op *op);
	json_t *(*show)(struct op *op);
	const char *good;
};

/** domain_action_main - the main function of such a subcommand */
int domain_action_main(const struct domain_action *action, int argc,
		       char **argv);

/**
 * domain_report - say how it ended: what failed, why, which right it needs,
 * what to do; or as JSON
 *
 * Return: the exit status.
 */
int domain_report(const struct op *op, bool good, bool json);

#endif
