// SPDX-License-Identifier: GPL-2.0-or-later
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "doctor.h"
#include "log.h"
#include "mech.h"
#include "rpcargs.h"
#include "uncpath.h"

static const char doctor_help[] =
"usage: unc doctor [OPTION]... //HOST[/SHARE]\n"
"Goes the way to a server stage by stage and says of each what was found; where it\n"
"ends, why, and what to do.  Root gets as far as the share's first listing.\n"
"\n"
"  -u, --user USER        who to be, [DOMAIN\\]NAME or NAME@REALM\n"
"  -s, --stdin-password   the password is the first line of standard input\n"
"  -c, --credentials FILE user and password as mount.cifs(8) has them in a file\n"
"  -K, --keytab FILE      Kerberos by the keys in this file, for USER\n"
"      --sec WHAT         any, krb5, ntlm or none\n"
"  -p, --port PORT        TCP port (445)\n"
"  -j, --json             print JSON\n"
"  -h, --help             show this\n"
"\n"
"Without USER it is by what unc login keeps, else by your ticket.  Exit status: 0\n"
"when all went well, 1 if not.\n";

static const char whoami_help[] =
"usage: unc whoami [OPTION]... //HOST\n"
"Who you are for a server, and by which mechanism.  Options as of unc doctor.\n";

static const struct option long_options[] = {
	RPC_ARGS_LONG,
	{ "keytab",	required_argument,	NULL, 'K' },
	{ "port",	required_argument,	NULL, 'p' },
	{ NULL, 0, NULL, 0 }
};

struct doctor_args {
	struct rpc_args common;
	struct uncpath path;
	uint16_t port;
};

static bool set_port(struct doctor_args *args, const char *text)
{
	char *end;
	unsigned long value = strtoul(text, &end, 10);

	if (*end || end == text || !value || value > 65535) {
		log_error("\"%s\" is no port", text);
		return false;
	}
	args->port = (uint16_t)value;
	return true;
}

static bool set_option(struct doctor_args *args, int option)
{
	switch (option) {
	case 'K':
		return credential_set_keytab(&args->common.cred, optarg);
	case 'p':
		return set_port(args, optarg);
	}
	return rpc_args_option(&args->common, option);
}

static bool set_path(struct doctor_args *args, const char *text)
{
	const char *why;

	if (uncpath_parse(text, &args->path, &why))
		return true;
	log_error("%s: %s", text, why);
	return false;
}

/* Returns -1 to go on, else the exit status. */
static int parse(int argc, char **argv, struct doctor_args *args,
		 const char *help)
{
	int option;

	while ((option = getopt_long(argc, argv, RPC_ARGS_SHORT "K:p:",
				     long_options, NULL)) != -1) {
		if (option == 'h') {
			fputs(help, stdout);
			return UNC_OK;
		}
		if (!set_option(args, option))
			return UNC_USAGE;
	}
	if (argc - optind != 1) {
		fputs(help, stderr);
		return UNC_USAGE;
	}
	if (!set_path(args, argv[optind]))
		return UNC_USAGE;
	if (*args->common.cred.store || rpc_args_password(&args->common))
		return -1;
	return UNC_FAILED;
}

static struct doctor *examine(struct doctor_args *args, const char *share)
{
	static struct doctor doctor;

	doctor.host = args->path.host;
	doctor.share = share;
	doctor.port = args->port;
	doctor.sec = args->common.sec;
	doctor.cred = &args->common.cred;
	/* What the agent's log would say is in the report. */
	log_set_level(LOG_LEVEL_ERROR);
	doctor_run(&doctor);
	return &doctor;
}

int doctor_main(int argc, char **argv)
{
	static struct doctor_args args = { .port = DOCTOR_SMB_PORT };
	int status = parse(argc, argv, &args, doctor_help);
	struct doctor *doctor;
	bool good;

	if (status >= 0)
		return status;
	doctor = examine(&args, args.path.share);
	good = args.common.json ? rpc_args_print(report_json(&doctor->report)) :
				  report_print_text(&doctor->report);
	credential_wipe(&args.common.cred);
	return good && !doctor->report.failed ? UNC_OK : UNC_FAILED;
}

static bool print_identity(const struct doctor *doctor, bool json)
{
	if (json)
		return rpc_args_print(json_pack("{s:s,s:s,s:s}",
			"host", doctor->host, "principal", doctor->principal,
			"mechanism", doctor->mech));
	printf("%s by %s\n", doctor->principal, doctor->mech);
	return fflush(stdout) == 0;
}

int whoami_main(int argc, char **argv)
{
	static struct doctor_args args = { .port = DOCTOR_SMB_PORT };
	int status = parse(argc, argv, &args, whoami_help);
	const struct finding *last;
	struct doctor *doctor;

	if (status >= 0)
		return status;
	doctor = examine(&args, "");
	credential_wipe(&args.common.cred);
	if (!doctor->report.failed)
		return print_identity(doctor, args.common.json) ? UNC_OK :
								  UNC_FAILED;
	last = &doctor->report.list[doctor->report.count - 1];
	log_error("%s: %s%s%s", last->stage, last->text,
		  *last->remedy ? "; " : "", last->remedy);
	return UNC_FAILED;
}
