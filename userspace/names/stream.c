// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Questions over TCP: the way of a truncated answer, and of what devices say
 * of themselves.
 */
#include <poll.h>
#include <unistd.h>

#include "exchange.h"

static int wait_for(int fd, short events, int64_t deadline)
{
	struct pollfd pollfd = { .fd = fd, .events = events };
	int64_t left = deadline - clock_ms();
	int ret;

	do
		ret = left > 0 ? poll(&pollfd, 1, (int)left) : 0;
	while (ret < 0 && errno == EINTR);
	if (ret < 0)
		return -errno;
	return ret ? 0 : -ETIMEDOUT;
}

static int stream_connect(int fd, const struct sockaddr_storage *to,
			  int64_t deadline)
{
	socklen_t len = sizeof(int);
	int error, ret;

	if (connect(fd, (const struct sockaddr *)to, sockaddr_len(to)) == 0)
		return 0;
	if (errno != EINPROGRESS)
		return -errno;
	ret = wait_for(fd, POLLOUT, deadline);
	if (ret)
		return ret;
	if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &len) < 0)
		return -errno;
	return -error;
}

/* A socket that is connected, or an error. */
static int stream_open(const struct sockaddr_storage *to, int64_t deadline)
{
	int fd = socket(to->ss_family,
			SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	int ret;

	if (fd < 0)
		return -errno;
	ret = stream_connect(fd, to, deadline);
	if (!ret)
		return fd;
	close(fd);
	return ret;
}

static int stream_send(int fd, const struct wire_blob *question)
{
	u8 buf[EXCHANGE_DATAGRAM_MAX];
	ssize_t len;

	if (question->len > sizeof(buf) - 2)
		return -EMSGSIZE;
	buf[0] = (u8)(question->len >> 8);
	buf[1] = (u8)question->len;
	memcpy(buf + 2, question->ptr, question->len);
	/* It fits into the empty buffer of a new connection. */
	len = send(fd, buf, question->len + 2, MSG_NOSIGNAL);
	if (len < 0)
		return -errno;
	return (u32)len == question->len + 2 ? 0 : -EIO;
}

static int stream_read(int fd, u8 *buf, size_t len, int64_t deadline)
{
	ssize_t part;
	int ret;

	while (len) {
		ret = wait_for(fd, POLLIN, deadline);
		if (ret)
			return ret;
		part = recv(fd, buf, len, 0);
		if (part == 0)
			return -ECONNRESET;
		if (part < 0 && errno != EAGAIN && errno != EINTR)
			return -errno;
		if (part > 0) {
			buf += part;
			len -= (size_t)part;
		}
	}
	return 0;
}

static int stream_send_all(int fd, const struct wire_blob *part,
			   int64_t deadline)
{
	u32 done = 0;
	int ret = 0;

	while (!ret && done < part->len) {
		ssize_t len = send(fd, part->ptr + done, part->len - done,
				   MSG_NOSIGNAL);

		if (len >= 0)
			done += (u32)len;
		else if (errno == EAGAIN || errno == EINTR)
			ret = wait_for(fd, POLLOUT, deadline);
		else
			ret = -errno;
	}
	return ret;
}

/* Up to the end; -EMSGSIZE if it does not come before @room is full. */
static int stream_read_all(int fd, u8 *buf, size_t room, int64_t deadline)
{
	size_t len = 0;
	ssize_t part;
	int ret;

	while (len < room) {
		ret = wait_for(fd, POLLIN, deadline);
		if (ret)
			return ret;
		part = recv(fd, buf + len, room - len, 0);
		if (part == 0)
			return (int)len;
		if (part < 0 && errno != EAGAIN && errno != EINTR)
			return -errno;
		if (part > 0)
			len += (size_t)part;
	}
	return -EMSGSIZE;
}

static int stream_ask(int fd, const struct wire_blob *question, u8 *answer,
		      int64_t deadline)
{
	int ret = stream_send(fd, question);
	int len;

	if (!ret)
		ret = stream_read(fd, answer, 2, deadline);
	if (ret)
		return ret;
	len = answer[0] << 8 | answer[1];
	ret = stream_read(fd, answer, (size_t)len, deadline);
	return ret ? ret : len;
}

int exchange_stream(const struct sockaddr_storage *to,
		    const struct wire_blob *question, u8 *answer,
		    int64_t deadline)
{
	int fd = stream_open(to, deadline);
	int ret;

	if (fd < 0)
		return fd;
	ret = stream_ask(fd, question, answer, deadline);
	close(fd);
	return ret;
}

int exchange_http(const struct sockaddr_storage *to,
		  const struct wire_blob parts[2], u8 *answer, size_t room,
		  int64_t deadline)
{
	int fd = stream_open(to, deadline);
	int ret;

	if (fd < 0)
		return fd;
	ret = stream_send_all(fd, &parts[0], deadline);
	if (!ret)
		ret = stream_send_all(fd, &parts[1], deadline);
	if (!ret)
		ret = stream_read_all(fd, answer, room, deadline);
	close(fd);
	return ret;
}
