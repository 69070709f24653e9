// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "log.h"
#include "share_dir.h"

int share_dir_open(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		log_error("%s: %s", path, strerror(errno));
	return fd;
}

void share_dir_failed(const char *path, int error)
{
	log_error("%s: %s", path, error == ENOTTY ?
		  "this is no directory of a share that uncfs has mounted" :
		  strerror(error));
}
