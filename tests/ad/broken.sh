# SPDX-License-Identifier: GPL-2.0-or-later
# Machines with which something is wrong.  Sourced after lib.sh.

cat > /tmp/clock.c <<'SOURCE'
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

/* As many seconds ahead of everybody else as AHEAD says */
int clock_gettime(clockid_t clock, struct timespec *now)
{
	long ret = syscall(SYS_clock_gettime, clock, now);

	if (clock == CLOCK_REALTIME)
		now->tv_sec += atol(getenv("AHEAD"));
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
cc -shared -fPIC -o /tmp/clock.so /tmp/clock.c || exit 1

ahead() {		# SECONDS COMMAND...: whose clock is that far ahead
	_ahead=$1; shift
	AHEAD=$_ahead LD_PRELOAD=/tmp/clock.so "$@"
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

without_port() {	# PORT COMMAND...: for which nobody is at that port
	_port=$1; shift
	env NO_PORT="$_port" LD_PRELOAD=/tmp/port.so "$@"
}
