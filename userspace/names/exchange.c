// SPDX-License-Identifier: GPL-2.0-or-later
#include "exchange.h"

#include <poll.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

int64_t clock_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t clock_ms(void)
{
	return clock_us() / 1000;
}

u16 exchange_id(void)
{
	u16 id;

	while (getrandom(&id, sizeof(id), 0) != sizeof(id))
		;
	return id;
}

socklen_t sockaddr_len(const struct sockaddr_storage *address)
{
	return address->ss_family == AF_INET6 ? sizeof(struct sockaddr_in6) :
						sizeof(struct sockaddr_in);
}

/* ---- Routes ------------------------------------------------------------- */

static bool add_route(struct exchange *x, int fd,
		      const struct sockaddr_storage *to, const struct link *link)
{
	if (fd < 0)
		return false;
	x->routes[x->route_count++] = (struct exchange_route){ fd, *to, link };
	return true;
}

static int datagram_socket(struct exchange *x, int family)
{
	if (x->route_count == EXCHANGE_ROUTES_MAX) {
		errno = ENOSPC;
		return -1;
	}
	return socket(family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

static int close_failed(int fd)
{
	int saved = errno;

	close(fd);
	errno = saved;
	return -1;
}

/*
 * Connected, so that the kernel drops what comes from elsewhere and tells when
 * nobody listens.  The port is bound on the way, one that was random already.
 */
bool exchange_add_host(struct exchange *x, const struct sockaddr_storage *to)
{
	int fd = datagram_socket(x, to->ss_family);

	if (fd >= 0 && connect(fd, (const struct sockaddr *)to,
			       sockaddr_len(to)) < 0)
		fd = close_failed(fd);
	return add_route(x, fd, to, NULL);
}

/* Bound to the interface, nothing that came in elsewhere reaches it. */
static int link_socket(int fd, const struct link *link)
{
	struct sockaddr_in in = {
		.sin_family = AF_INET, .sin_addr = link->address,
	};
	struct ip_mreqn group = {
		.imr_address = link->address, .imr_ifindex = (int)link->index,
	};
	int on = 1, index = (int)link->index;

	if (setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, link->name,
		       (socklen_t)strlen(link->name) + 1) < 0)
		return -1;
	if (link->family == AF_INET6)
		return setsockopt(fd, IPPROTO_IPV6, IPV6_MULTICAST_IF, &index,
				  sizeof(index));
	if (setsockopt(fd, SOL_SOCKET, SO_BROADCAST, &on, sizeof(on)) < 0 ||
	    setsockopt(fd, IPPROTO_IP, IP_MULTICAST_IF, &group,
		       sizeof(group)) < 0)
		return -1;
	return bind(fd, (struct sockaddr *)&in, sizeof(in));
}

bool exchange_add_link(struct exchange *x, const struct link *link,
		       const struct sockaddr_storage *to)
{
	int fd = datagram_socket(x, link->family);

	if (fd >= 0 && link_socket(fd, link) < 0)
		fd = close_failed(fd);
	return add_route(x, fd, to, link);
}

void exchange_close(struct exchange *x)
{
	for (unsigned int i = 0; i < x->route_count; i++)
		if (x->routes[i].fd >= 0)
			close(x->routes[i].fd);
	x->route_count = 0;
}

/* ---- Asking ------------------------------------------------------------- */

static bool route_send(struct exchange *x, struct exchange_route *route)
{
	const struct sockaddr *to = (const struct sockaddr *)&route->to;
	bool sent = false;

	for (unsigned int i = 0; i < x->message_count && route->fd >= 0; i++) {
		const struct wire_blob *msg = &x->messages[i];

		if (route->link)
			sent |= sendto(route->fd, msg->ptr, msg->len, 0, to,
				       sockaddr_len(&route->to)) >= 0;
		else
			sent |= send(route->fd, msg->ptr, msg->len, 0) >= 0;
	}
	return sent;
}

/* Returns how many routes took it, else a negative errno. */
static int send_all(struct exchange *x)
{
	int sent = 0, failed = ENETUNREACH;

	for (unsigned int i = 0; i < x->route_count; i++) {
		if (route_send(x, &x->routes[i]))
			sent++;
		else if (x->routes[i].fd >= 0)
			failed = errno;
	}
	return sent ? sent : -failed;
}

static in_port_t port_of(const struct sockaddr_storage *address)
{
	return address->ss_family == AF_INET6 ?
		((const struct sockaddr_in6 *)address)->sin6_port :
		((const struct sockaddr_in *)address)->sin_port;
}

/* A service answers from its own port, and a neighbour from the link. */
static bool may_answer(const struct exchange_route *route,
		       const struct sockaddr_storage *from)
{
	if (!route->link)
		return true;	/* the socket is connected */
	return port_of(from) == port_of(&route->to) &&
	       link_reaches(route->link, from);
}

/* One datagram; a refused host gives -1 and is not asked again. */
static int route_receive(struct exchange *x, struct exchange_route *route)
{
	struct sockaddr_storage from = { 0 };
	socklen_t from_len = sizeof(from);
	u8 buf[EXCHANGE_DATAGRAM_MAX];
	struct wire_blob msg = { .ptr = buf };
	ssize_t len = recvfrom(route->fd, buf, sizeof(buf), 0,
			       (struct sockaddr *)&from, &from_len);

	if (len < 0 && !route->link && errno != EAGAIN && errno != EINTR) {
		close(route->fd);
		route->fd = -1;
		return -1;
	}
	if (len < 0 || !may_answer(route, &from))
		return EXCHANGE_IGNORE;
	msg.len = (u32)len;
	return (int)x->take(x, route, &from, &msg);
}

static enum exchange_verdict receive_ready(struct exchange *x,
					   const struct pollfd *fds)
{
	enum exchange_verdict best = EXCHANGE_IGNORE;

	for (unsigned int i = 0; i < x->route_count; i++) {
		int verdict;

		if (!fds[i].revents)
			continue;
		verdict = route_receive(x, &x->routes[i]);
		if (verdict == EXCHANGE_DONE || verdict == EXCHANGE_WAIT)
			return (enum exchange_verdict)verdict;
		if (verdict == EXCHANGE_NOTED)
			best = EXCHANGE_NOTED;
	}
	return best;
}

/* False when no route is left. */
static bool fill_fds(const struct exchange *x, struct pollfd *fds)
{
	bool any = false;

	for (unsigned int i = 0; i < x->route_count; i++) {
		fds[i].fd = x->routes[i].fd;
		fds[i].events = POLLIN;
		any |= fds[i].fd >= 0;
	}
	return any;
}

static int64_t earlier(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/*
 * Until the time is up: who noted an answer goes on listening, so that a
 * second machine that claims the name is heard too.
 */
static enum exchange_verdict listen_until(struct exchange *x, int64_t until)
{
	enum exchange_verdict best = EXCHANGE_IGNORE, verdict;
	struct pollfd fds[EXCHANGE_ROUTES_MAX];
	int64_t left;

	while ((left = until - clock_ms()) > 0 && fill_fds(x, fds)) {
		if (poll(fds, x->route_count, (int)left) <= 0)
			continue;
		verdict = receive_ready(x, fds);
		if (verdict == EXCHANGE_DONE)
			return verdict;
		/* Only the first one: a flood must not keep us here. */
		if (verdict == EXCHANGE_NOTED && best != verdict) {
			best = verdict;
			until = earlier(until, clock_ms() + x->settle_ms);
		}
		/* RFC 1002 5.1: the timer runs anew, without another query. */
		if (verdict == EXCHANGE_WAIT)
			until = earlier(x->deadline, clock_ms() + x->wait_ms);
	}
	return best;
}

int exchange_run(struct exchange *x)
{
	enum exchange_verdict verdict = EXCHANGE_IGNORE;
	int64_t until;
	int ret = -ETIMEDOUT;

	for (unsigned int i = 0; i < x->patience.tries &&
	     verdict == EXCHANGE_IGNORE && clock_ms() < x->deadline; i++) {
		ret = send_all(x);
		if (ret < 0)
			break;
		until = earlier(x->deadline,
				clock_ms() + x->patience.timeout_ms);
		verdict = listen_until(x, until);
		ret = -ETIMEDOUT;
		if (x->route_count == 1 && x->routes[0].fd < 0) {
			ret = -ECONNREFUSED;
			break;
		}
	}
	exchange_close(x);
	return verdict == EXCHANGE_IGNORE ? ret : 0;
}
