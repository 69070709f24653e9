// SPDX-License-Identifier: GPL-2.0-or-later
/* What a worker of the agent may not do, and what it must. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "confine.h"
#include "tap.h"

static bool refused(long ret)
{
	return ret == -1 && errno == EPERM;
}

static bool makes(int family, int type)
{
	int fd = socket(family, type, 0);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

int main(void)
{
	char *const argv[] = { (char[]){ "true" }, NULL };
	int file;

	ok(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && confine(),
	   "confined");
	ok(refused(execve("/bin/true", argv, NULL)), "runs no program");
	ok(refused(ptrace(PTRACE_TRACEME, 0, NULL, NULL)), "traces nothing");
	ok(refused(unshare(CLONE_NEWUSER)), "makes no namespace");
	ok(refused(mount("none", "/tmp", "tmpfs", 0, NULL)), "mounts nothing");
	ok(refused(syscall(SYS_bpf, 0, NULL, 0)), "loads nothing");
	ok(refused(syscall(SYS_io_uring_setup, 1, NULL)), "no io_uring");
	ok(!makes(AF_PACKET, SOCK_RAW) && errno == EPERM, "no packet socket");
	ok(!makes(AF_VSOCK, SOCK_STREAM) && errno == EPERM, "no vsock");
	ok(makes(AF_INET, SOCK_DGRAM) && makes(AF_UNIX, SOCK_STREAM) &&
	   makes(AF_NETLINK, SOCK_RAW), "asks KDCs, daemons, the kernel");
	file = open("/proc/self/status", O_RDONLY);
	ok(file >= 0, "reads files");
	return tap_done();
}
