// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <jansson.h>

#include "uncfs_dir.h"
#include "cli.h"
#include "log.h"
#include "share_dir.h"

/* [MS-SMB2] 2.2.35: names, attributes, size, last write, creation, security */
#define FILTER	0x0000015f

static const char help_text[] =
"usage: unc watch [OPTION]... DIRECTORY\n"
"Shows what changes in a directory of a mounted share, whoever changes it: one line\n"
"for each change, until it is interrupted.\n"
"\n"
"  -t, --tree             and in all directories below it\n"
"  -n, --count N          end after N changes\n"
"  -j, --json             each change as a JSON object\n"
"  -h, --help             show this\n";

static const struct option long_options[] = {
	{ "tree",	no_argument,		NULL, 't' },
	{ "count",	required_argument,	NULL, 'n' },
	{ "json",	no_argument,		NULL, 'j' },
	{ "help",	no_argument,		NULL, 'h' },
	{ NULL, 0, NULL, 0 }
};

struct watch {
	bool tree;
	bool json;
	unsigned long left;	/* changes to show, 0: no end */
};

static const char *action_of(uint32_t action)
{
	static const char *const names[] = {
		"unknown", "added", "removed", "modified", "renamed-from",
		"renamed-to", "stream-added", "stream-removed",
		"stream-modified",
	};

	return names[action < sizeof(names) / sizeof(names[0]) ? action : 0];
}

static void print_event(const struct watch *watch, const char *action,
			const char *name)
{
	json_t *object;

	if (!watch->json) {
		printf("%s%s%s\n", action, *name ? " " : "", name);
	} else {
		object = json_pack("{s:s, s:s}", "action", action, "name", name);
		json_dumpf(object, stdout, JSON_COMPACT);
		putchar('\n');
		json_decref(object);
	}
	fflush(stdout);
}

/* Return: false when there is enough. */
static bool print_all(struct watch *watch, const uint8_t *buf, uint32_t len)
{
	const struct unc_notify_event *event;
	uint32_t at = 0;

	while (len - at > sizeof(*event)) {
		event = (const void *)(buf + at);
		print_event(watch, action_of(event->action), event->name);
		if (watch->left && --watch->left == 0)
			return false;
		at += (sizeof(*event) + event->name_len + 3) & ~3U;
	}
	return true;
}

static int watch_fd(struct watch *watch, int fd)
{
	static uint8_t buf[32768] __attribute__((aligned(8)));
	struct unc_notify notify = {
		.events = (uintptr_t)buf,
		.room = sizeof(buf),
		.filter = FILTER,
		.tree = watch->tree,
	};

	for (;;) {
		if (!ioctl(fd, UNC_IOC_NOTIFY, &notify)) {
			if (!print_all(watch, buf, notify.len))
				return 0;
		} else if (errno == EOVERFLOW) {
			print_event(watch, "overflow", "");
		} else {
			return errno;
		}
	}
}

static int watch_path(struct watch *watch, const char *path)
{
	int fd = share_dir_open(path);
	int error;

	if (fd < 0)
		return UNC_FAILED;
	error = watch_fd(watch, fd);
	close(fd);
	if (!error || error == EINTR)
		return UNC_OK;
	share_dir_failed(path, error);
	return UNC_FAILED;
}

int watch_main(int argc, char **argv)
{
	struct watch watch = { .left = 0 };
	char *end;
	int c;

	while ((c = getopt_long(argc, argv, "tn:jh", long_options, NULL)) != -1) {
		switch (c) {
		case 't':
			watch.tree = true;
			break;
		case 'n':
			watch.left = strtoul(optarg, &end, 10);
			if (*end || !watch.left) {
				log_error("--count takes a number");
				return UNC_USAGE;
			}
			break;
		case 'j':
			watch.json = true;
			break;
		case 'h':
			fputs(help_text, stdout);
			return UNC_OK;
		default:
			return UNC_USAGE;
		}
	}
	if (optind != argc - 1) {
		log_error("name one directory (see --help)");
		return UNC_USAGE;
	}
	return watch_path(&watch, argv[optind]);
}
