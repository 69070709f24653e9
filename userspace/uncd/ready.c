// SPDX-License-Identifier: GPL-2.0-or-later
#include "ready.h"

#include <systemd/sd-daemon.h>
#include <unistd.h>

#include "log.h"

static int ready_fd = -1;

void ready_set_descriptor(int fd)
{
	ready_fd = fd;
}

void ready_tell(const char *status)
{
	sd_notifyf(0, "READY=1\nSTATUS=%s", status);
	if (ready_fd < 0)
		return;
	if (write(ready_fd, "\n", 1) < 0)
		log_warning("nobody listens to --ready-fd");
	close(ready_fd);
	ready_fd = -1;
}
