// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include <jansson.h>

#include "uncfs_dir.h"
#include "cli.h"
#include "log.h"
#include "share_dir.h"

static const char help_text[] =
"usage: unc snapshots [OPTION]... DIRECTORY\n"
"Lists the snapshots (previous versions) that the server keeps of the volume of a\n"
"directory of a mounted share, newest first.  What a directory held at that time\n"
"is in DIRECTORY/NAME, and the option snapshot=NAME mounts all of it.\n"
"\n"
"  -j, --json             as a JSON array of objects with name and seconds\n"
"  -h, --help             show this\n";

static const struct option long_options[] = {
	{ "json",	no_argument,	NULL, 'j' },
	{ "help",	no_argument,	NULL, 'h' },
	{ NULL, 0, NULL, 0 }
};

static void say_why(const char *path, int error)
{
	if (error == EOPNOTSUPP || error == EINVAL)
		log_error("%s: the server keeps no snapshots of it", path);
	else
		share_dir_failed(path, error);
}

/* Return: how many, or -1: logged. */
static int ask(const char *path, int64_t *times, uint32_t room)
{
	struct unc_snapshots list = {
		.times = (uintptr_t)times,
		.room = room,
	};
	int fd = share_dir_open(path);
	int ret;

	if (fd < 0)
		return -1;
	ret = ioctl(fd, UNC_IOC_SNAPSHOTS, &list);
	if (ret)
		say_why(path, errno);
	close(fd);
	return ret ? -1 : (int)list.count;
}

static bool name_of(int64_t seconds, char *name, size_t size)
{
	time_t when = (time_t)seconds;
	struct tm tm;

	return gmtime_r(&when, &tm) &&
	       strftime(name, size, "@GMT-%Y.%m.%d-%H.%M.%S", &tm) > 0;
}

static int print_text(const int64_t *times, int count)
{
	char name[64];

	for (int i = 0; i < count; i++)
		if (name_of(times[i], name, sizeof(name)))
			puts(name);
	return UNC_OK;
}

static int print_json(const int64_t *times, int count)
{
	json_t *list = json_array();
	char name[64];
	int ret;

	for (int i = 0; i < count; i++)
		if (name_of(times[i], name, sizeof(name)))
			json_array_append_new(list,
				json_pack("{s:s, s:I}", "name", name, "seconds",
					  (json_int_t)times[i]));
	ret = json_dumpf(list, stdout, JSON_INDENT(2));
	putchar('\n');
	json_decref(list);
	return ret ? UNC_FAILED : UNC_OK;
}

int snapshots_main(int argc, char **argv)
{
	static int64_t times[UNC_SNAPSHOTS_MAX];
	bool json = false;
	int c, count;

	while ((c = getopt_long(argc, argv, "jh", long_options, NULL)) != -1) {
		switch (c) {
		case 'j':
			json = true;
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
	count = ask(argv[optind], times, UNC_SNAPSHOTS_MAX);
	if (count < 0)
		return UNC_FAILED;
	return json ? print_json(times, count) : print_text(times, count);
}
