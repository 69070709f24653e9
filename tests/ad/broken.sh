# SPDX-License-Identifier: GPL-2.0-or-later
# Machines with which something is wrong: "later COMMAND..." has a clock that is an
# hour ahead, for "without_port PORT COMMAND..." nobody is at that port.  Sourced
# after lib.sh.

cat > /tmp/later.c <<'SOURCE'
#define _GNU_SOURCE
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

/* An hour ahead of everybody else */
int clock_gettime(clockid_t clock, struct timespec *now)
{
	long ret = syscall(SYS_clock_gettime, clock, now);

	if (clock == CLOCK_REALTIME)
		now->tv_sec += 3600;
	return (int)ret;
}

time_t time(time_t *to)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	if (to)
		*to = now.tv_sec;
	return now.tv_sec;
}

int gettimeofday(struct timeval *to, void *zone)
{
	struct timespec now;

	(void)zone;
	clock_gettime(CLOCK_REALTIME, &now);
	to->tv_sec = now.tv_sec;
	to->tv_usec = now.tv_nsec / 1000;
	return 0;
}
SOURCE
cc -shared -fPIC -o /tmp/later.so /tmp/later.c || exit 1

later() {		# COMMAND...
	env LD_PRELOAD=/tmp/later.so "$@"
}

cat > /tmp/port.c <<'SOURCE'
#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

int connect(int fd, const struct sockaddr *to, socklen_t len)
{
	const struct sockaddr_in *at = (const void *)to;

	if ((to->sa_family == AF_INET || to->sa_family == AF_INET6) &&
	    ntohs(at->sin_port) == atoi(getenv("NO_PORT"))) {
		errno = ECONNREFUSED;
		return -1;
	}
	return (int)syscall(SYS_connect, fd, to, len);
}
SOURCE
cc -shared -fPIC -o /tmp/port.so /tmp/port.c || exit 1

without_port() {	# PORT COMMAND...
	_port=$1; shift
	env NO_PORT="$_port" LD_PRELOAD=/tmp/port.so "$@"
}
