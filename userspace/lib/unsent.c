// SPDX-License-Identifier: GPL-2.0-or-later
#include "unsent.h"

#include <errno.h>
#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

int unsent_forget(int fd)
{
	/* Of no seconds: close() resets the connection. */
	struct linger reset = { .l_onoff = 1 };
	int left = 0;

	if (ioctl(fd, SIOCOUTQ, &left))
		return -errno;
	if (left && setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset,
			       sizeof(reset)))
		return -errno;
	return left;
}
