// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Resolves a name as uncd does for the kernel, in a worker without privileges:
 * names_job CONFIG|- NAME.  Prints the addresses, or the message to standard
 * error.  For tests/names/live.
 */
#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "jobs.h"
#include "log.h"
#include "names.h"
#include "resolve.h"

#define DEADLINE_MS 20000	/* the kernel's */

static bool answered, failed;

static void take_answer(uint64_t cookie, const struct answer *answer,
			void *owner)
{
	char text[NAMES_ADDRESS_ROOM];

	answered = true;
	failed = answer->error;
	if (failed)
		fprintf(stderr, "%s\n", answer->message);
	for (uint32_t i = 0; i < answer->address_count; i++)
		puts(names_address_format(&answer->addresses[i], text));
}

static struct request *request_new(const char *host)
{
	struct request *req = calloc(1, sizeof(*req));

	if (!req || strlen(host) >= sizeof(req->host))
		exit(2);
	req->kind = UNC_KIND_RESOLVE;
	req->cookie = 1;
	req->deadline_ms = DEADLINE_MS;
	strcpy(req->host, host);
	return req;
}

int main(int argc, char **argv)
{
	sd_event *event = NULL;
	struct jobs *jobs;
	sigset_t set;

	if (argc != 3)
		return 2;
	log_open("names_job", LOG_LEVEL_WARNING, false);
	if (strcmp(argv[1], "-") != 0)
		resolve_use_config(argv[1]);
	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigprocmask(SIG_BLOCK, &set, NULL);
	if (sd_event_default(&event) < 0)
		return 2;
	jobs = jobs_new(event, take_answer, NULL);
	jobs_request(jobs, request_new(argv[2]));
	while (!answered)
		sd_event_run(event, UINT64_MAX);
	jobs_free(jobs);
	sd_event_unref(event);
	return failed;
}
