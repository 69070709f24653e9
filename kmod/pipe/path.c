// SPDX-License-Identifier: GPL-2.0-only
/*
 * Names of remote pipes: \\host\pipe\name, or with slashes.
 */

#include <linux/ctype.h>
#include <linux/string.h>
#include "pipe.h"

static bool unc_pipe_path_plain(const char *path)
{
	for (; *path; path++)
		if (iscntrl(*path))
			return false;
	return true;
}

/* No empty part, and none that means another folder. */
static bool unc_pipe_name_valid(const char *name)
{
	size_t len;

	for (;; name += len + 1) {
		len = strcspn(name, "/");
		if (!len || (len == 1 && name[0] == '.') ||
		    (len == 2 && name[0] == '.' && name[1] == '.'))
			return false;
		if (!name[len])
			return true;
	}
}

/**
 * unc_pipe_path_split - take the name of a remote pipe apart
 * @path: the name; changed
 * @host: on return the server, in @path
 * @name: on return the pipe's name, in @path, with slashes
 *
 * The second part is "pipe" as Windows has it, or "IPC$" as a mount has it,
 * in either case.
 *
 * Return: 0; -EINVAL if @path is no such name.
 */
int unc_pipe_path_split(char *path, const char **host, const char **name)
{
	char *share;

	if (!unc_pipe_path_plain(path))
		return -EINVAL;
	strreplace(path, '\\', '/');
	if (path[0] != '/' || path[1] != '/')
		return -EINVAL;
	path += 2;
	*host = strsep(&path, "/");
	share = strsep(&path, "/");
	if (!path || !**host || strlen(*host) > UNC_HOST_MAX)
		return -EINVAL;
	if (strcasecmp(share, "pipe") && strcasecmp(share, "ipc$"))
		return -EINVAL;
	*name = path;
	return unc_pipe_name_valid(path) ? 0 : -EINVAL;
}
