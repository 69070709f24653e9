// SPDX-License-Identifier: GPL-2.0-or-later
#include "transport.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "unsent.h"

#define FRAG_MAX 5840	/* what Windows offers on TCP */

struct tcp {
	struct rpc_transport base;
	int fd;
	int timeout_ms;
};

static int wait_for(int fd, short events, int timeout_ms, struct rpc_error *err)
{
	struct pollfd end = { .fd = fd, .events = events };
	int ready;

	do {
		ready = poll(&end, 1, timeout_ms);
	} while (ready < 0 && errno == EINTR);
	if (ready < 0)
		return rpc_fail(err, -errno, "poll: %s", strerror(errno));
	return ready ? 0 : rpc_fail(err, -ETIMEDOUT,
				    "the server did not answer in %d s",
				    timeout_ms / 1000);
}

static int tcp_send(struct rpc_transport *t, const uint8_t *data, size_t len,
		    struct rpc_error *err)
{
	struct tcp *tcp = (struct tcp *)t;

	while (len) {
		ssize_t sent = send(tcp->fd, data, len, MSG_NOSIGNAL);
		int ret = 0;

		if (sent < 0 && errno == EAGAIN)
			ret = wait_for(tcp->fd, POLLOUT, tcp->timeout_ms, err);
		else if (sent < 0 && errno != EINTR)
			ret = rpc_fail(err, -errno, "sending: %s",
				       strerror(errno));
		if (ret)
			return ret;
		if (sent > 0) {
			data += sent;
			len -= (size_t)sent;
		}
	}
	return 0;
}

static ssize_t tcp_recv(struct rpc_transport *t, uint8_t *room, size_t len,
			struct rpc_error *err)
{
	struct tcp *tcp = (struct tcp *)t;

	for (;;) {
		ssize_t got = recv(tcp->fd, room, len, 0);
		int ret = 0;

		if (got > 0)
			return got;
		if (got == 0)
			return rpc_fail(err, -EPIPE,
					"the server closed the connection");
		if (errno == EAGAIN)
			ret = wait_for(tcp->fd, POLLIN, tcp->timeout_ms, err);
		else if (errno != EINTR)
			ret = rpc_fail(err, -errno, "receiving: %s",
				       strerror(errno));
		if (ret)
			return ret;
	}
}

static void tcp_close(struct rpc_transport *t)
{
	struct tcp *tcp = (struct tcp *)t;

	unsent_forget(tcp->fd);
	close(tcp->fd);
	free(tcp);
}

static const struct rpc_transport_ops tcp_ops = {
	.name = "ncacn_ip_tcp",
	.send = tcp_send,
	.recv = tcp_recv,
	.close = tcp_close,
};

/* A descriptor, or -1 with @err set. */
static int connect_to(const struct addrinfo *ai, int timeout_ms,
		      struct rpc_error *err)
{
	int fd = socket(ai->ai_family, SOCK_STREAM | SOCK_CLOEXEC |
			SOCK_NONBLOCK, 0);
	int error = 0, one = 1, ret = 0;
	socklen_t len = sizeof(error);

	if (fd < 0) {
		rpc_fail(err, -errno, "socket: %s", strerror(errno));
		return -1;
	}
	if (connect(fd, ai->ai_addr, ai->ai_addrlen) < 0)
		error = errno;
	if (error == EINPROGRESS) {
		ret = wait_for(fd, POLLOUT, timeout_ms, err);
		if (!ret)
			getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &len);
	}
	if (!ret && !error) {
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
		return fd;
	}
	if (!ret)
		rpc_fail(err, -error, "cannot connect: %s", strerror(error));
	close(fd);
	return -1;
}

static int connect_any(const char *host, const char *port, int timeout_ms,
		       struct rpc_error *err)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
				  .ai_flags = AI_NUMERICSERV };
	struct addrinfo *list, *ai;
	int ret = getaddrinfo(host, port, &hints, &list), fd = -1;

	if (ret) {
		rpc_fail(err, -EHOSTUNREACH, "%s: %s", host, gai_strerror(ret));
		return -1;
	}
	for (ai = list; ai && fd < 0; ai = ai->ai_next)
		fd = connect_to(ai, timeout_ms, err);
	freeaddrinfo(list);
	return fd;
}

struct rpc_transport *rpc_tcp_open(const char *host, const char *port,
				   int timeout_ms, struct rpc_error *err)
{
	struct tcp *tcp = calloc(1, sizeof(*tcp));

	if (!tcp) {
		rpc_fail(err, -ENOMEM, "out of memory");
		return NULL;
	}
	tcp->base.ops = &tcp_ops;
	tcp->base.frag_max = FRAG_MAX;
	tcp->timeout_ms = timeout_ms;
	tcp->fd = connect_any(host, port, timeout_ms, err);
	if (tcp->fd >= 0)
		return &tcp->base;
	free(tcp);
	return NULL;
}
