// SPDX-License-Identifier: GPL-2.0-or-later
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

#include "agent.h"
#include "log.h"
#include "mech.h"
#include "ready.h"
#include "resolve.h"

static const char help_text[] =
"usage: uncd [OPTION]...\n"
"Agent of the uncfs file system: resolves host names and authenticates for the\n"
"kernel, in the network namespace it is started in.\n"
"\n"
"  -f, --foreground       stay in the foreground (always so)\n"
"  -v, --verbose          say what is done for each request; twice: each step\n"
"  -r, --ready-fd FD      write a newline there when ready, for scripts; systemd is\n"
"                         told by its own way\n"
"  -c, --config FILE      instead of /etc/uncfs/uncd.conf, see uncd.conf(5)\n"
"  -l, --log-level LEVEL  error, warning, notice, info or debug\n"
"  -h, --help             show this\n"
"  -V, --version          show the version\n"
"\n"
"It waits for the kernel module if that is not loaded yet.  Exit status: 0 after\n"
"SIGTERM or SIGINT, 1 when it cannot serve, for instance beside another agent.\n";

static const struct option long_options[] = {
	{ "foreground",	no_argument,		NULL, 'f' },
	{ "verbose",	no_argument,		NULL, 'v' },
	{ "ready-fd",	required_argument,	NULL, 'r' },
	{ "config",	required_argument,	NULL, 'c' },
	{ "log-level",	required_argument,	NULL, 'l' },
	{ "help",	no_argument,		NULL, 'h' },
	{ "version",	no_argument,		NULL, 'V' },
	{ NULL, 0, NULL, 0 }
};

static bool parse_descriptor(const char *text)
{
	char *end;
	long fd = strtol(text, &end, 10);

	if (*end || end == text || fd < 0 || fcntl((int)fd, F_GETFD) < 0) {
		fprintf(stderr, "uncd: --ready-fd: \"%s\" is no open descriptor\n",
			text);
		return false;
	}
	ready_set_descriptor((int)fd);
	return true;
}

/* Returns -1 to go on, else the exit status. */
static int parse_options(int argc, char **argv)
{
	enum log_level level = LOG_LEVEL_NOTICE;
	int option;

	while ((option = getopt_long(argc, argv, "fvr:c:l:hV", long_options,
				     NULL)) != -1) {
		switch (option) {
		case 'f':
			break;
		case 'v':
			level = level < LOG_LEVEL_INFO ? LOG_LEVEL_INFO :
							 LOG_LEVEL_DEBUG;
			break;
		case 'r':
			if (parse_descriptor(optarg))
				break;
			return EXIT_FAILURE;
		case 'c':
			resolve_use_config(optarg);
			break;
		case 'l':
			if (log_level_parse(optarg, &level))
				break;
			fprintf(stderr, "uncd: no log level \"%s\" (error, warning, notice, info, debug)\n",
				optarg);
			return EXIT_FAILURE;
		case 'h':
			fputs(help_text, stdout);
			return EXIT_SUCCESS;
		case 'V':
			puts("uncd " UNC_VERSION);
			return EXIT_SUCCESS;
		default:
			fputs("Try \"uncd --help\".\n", stderr);
			return EXIT_FAILURE;
		}
	}
	if (optind < argc) {
		fprintf(stderr, "uncd: what is \"%s\"?  Try \"uncd --help\".\n",
			argv[optind]);
		return EXIT_FAILURE;
	}
	/* The journal sets this; on a terminal lines begin with the name. */
	log_open("uncd", level, getenv("JOURNAL_STREAM") != NULL);
	return -1;
}

/* Passwords pass through this process. */
static void protect_memory(void)
{
	struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_CORE, &none);
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

static int block_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGCHLD);
	signal(SIGPIPE, SIG_IGN);
	return sigprocmask(SIG_BLOCK, &set, NULL);
}

/* With no handler, sd-event leaves the loop with status 0. */
static int handle_signals(sd_event *event)
{
	int ret = sd_event_add_signal(event, NULL, SIGTERM, NULL, NULL);

	return ret < 0 ? ret : sd_event_add_signal(event, NULL, SIGINT, NULL,
						   NULL);
}

static int serve(sd_event *event)
{
	struct agent *agent = agent_new(event);
	int status;

	if (!agent)
		return EXIT_FAILURE;
	status = sd_event_loop(event);
	sd_notify(0, "STOPPING=1");
	agent_free(agent);
	return status < 0 ? EXIT_FAILURE : status;
}

int main(int argc, char **argv)
{
	sd_event *event = NULL;
	int status = parse_options(argc, argv);

	if (status >= 0)
		return status;
	protect_memory();
	resolve_check_config();
	gss_mech_preload();
	if (block_signals() < 0 || sd_event_default(&event) < 0 ||
	    handle_signals(event) < 0) {
		log_error("cannot set up the event loop");
		return EXIT_FAILURE;
	}
	status = serve(event);
	sd_event_unref(event);
	return status;
}
