// SPDX-License-Identifier: GPL-2.0-or-later
#include "dgram.h"

#include <ctype.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "exchange.h"
#include "names.h"

/* ---- The socket ----------------------------------------------------------- */

static int bind_to(int fd, u16 port)
{
	struct sockaddr_in any = { .sin_family = AF_INET,
				   .sin_port = htons(port) };

	return bind(fd, (struct sockaddr *)&any, sizeof(any)) ? -errno : 0;
}

/* Windows answers to the port of the service, Samba to the one it was told. */
static int bind_best(int fd, bool wanted)
{
	int ret = bind_to(fd, NBDGM_PORT);

	return ret && !wanted ? bind_to(fd, 0) : ret;
}

int dgram_open(struct dgram *dgram, bool wanted)
{
	struct sockaddr_in own;
	socklen_t len = sizeof(own);
	int on = 1, ret = 0;

	dgram->fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK,
			   0);
	if (dgram->fd < 0)
		return -errno;
	if (setsockopt(dgram->fd, SOL_SOCKET, SO_BROADCAST, &on, sizeof(on)))
		ret = -errno;
	if (!ret)
		ret = bind_best(dgram->fd, wanted);
	if (!ret && getsockname(dgram->fd, (struct sockaddr *)&own, &len))
		ret = -errno;
	if (ret)
		dgram_close(dgram);
	else
		dgram->port = ntohs(own.sin_port);
	return ret;
}

void dgram_close(struct dgram *dgram)
{
	if (dgram->fd >= 0)
		close(dgram->fd);
	dgram->fd = -1;
}

bool dgram_own_name(char name[NBNAME_LEN])
{
	char host[256];

	if (gethostname(host, sizeof(host)))
		return false;
	host[sizeof(host) - 1] = '\0';
	host[strcspn(host, ".")] = '\0';
	snprintf(name, NBNAME_LEN, "%.15s", host);
	for (char *p = name; *p; p++)
		*p = (char)toupper((unsigned char)*p);
	return *name;
}

/* ---- Sending -------------------------------------------------------------- */

/* The address that a packet to there has as its source. */
static int own_address(const struct sockaddr_in *to, u8 address[4])
{
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), on = 1;
	struct sockaddr_in own = { 0 };
	socklen_t len = sizeof(own);
	int ret = 0;

	if (fd < 0)
		return -errno;
	if (setsockopt(fd, SOL_SOCKET, SO_BROADCAST, &on, sizeof(on)) ||
	    connect(fd, (const struct sockaddr *)to, sizeof(*to)) ||
	    getsockname(fd, (struct sockaddr *)&own, &len))
		ret = -errno;
	close(fd);
	memcpy(address, &own.sin_addr, 4);
	return ret;
}

int dgram_send(struct dgram *dgram, const struct sockaddr_in *to,
	       struct dgram_message *message, const char *scope)
{
	u8 slot[NBDGM_DATA_MAX], packet[NBDGM_MAX];
	struct nbdgm *dgm = &message->dgm;
	int len = mailslot_encode(slot, sizeof(slot), &message->slot), ret;

	if (len < 0)
		return len;
	dgm->data = (struct wire_blob){ slot, (u32)len };
	dgm->port = dgram->port;
	ret = own_address(to, dgm->source);
	if (!ret)
		ret = nbdgm_encode(packet, sizeof(packet), dgm, scope);
	dgm->data = (struct wire_blob){ NULL, 0 };
	if (ret < 0)
		return ret;
	if (sendto(dgram->fd, packet, (size_t)ret, 0,
		   (const struct sockaddr *)to, sizeof(*to)) < 0)
		return -errno;
	return 0;
}

static struct sockaddr_in to_port(struct in_addr address)
{
	return (struct sockaddr_in){ .sin_family = AF_INET,
				     .sin_port = htons(NBDGM_PORT),
				     .sin_addr = address };
}

/* A group has no list of members where nobody keeps one: ask the whole link. */
static int send_links(struct dgram *dgram, const struct names_conf *conf,
		      struct dgram_message *message)
{
	struct link links[LINKS_MAX];
	unsigned int count = links_list(links, conf, IFF_BROADCAST);
	int sent = 0, ret = -ENETUNREACH;

	for (unsigned int i = 0; i < count; i++) {
		struct sockaddr_in to = to_port(links[i].broadcast);

		if (links[i].family != AF_INET)
			continue;
		ret = dgram_send(dgram, &to, message, conf->scope);
		sent += !ret;
	}
	return sent ? sent : ret;
}

static int send_found(struct dgram *dgram, const struct names_conf *conf,
		      const struct names_result *found,
		      struct dgram_message *message)
{
	int sent = 0, ret = -EHOSTUNREACH;

	for (unsigned int i = 0; i < found->address_count; i++) {
		const struct sockaddr_in *address =
			(const struct sockaddr_in *)&found->addresses[i];
		struct sockaddr_in to;

		if (address->sin_family != AF_INET)
			continue;
		to = to_port(address->sin_addr);
		ret = dgram_send(dgram, &to, message, conf->scope);
		sent += !ret;
	}
	return sent ? sent : ret;
}

static bool by_broadcast(const struct names_conf *conf)
{
	for (unsigned int i = 0; i < conf->order_count; i++)
		if (conf->order[i] == NAMES_BROADCAST)
			return true;
	return false;
}

int dgram_spread(struct dgram *dgram, const struct names_conf *conf,
		 const char *name, struct dgram_message *message,
		 int64_t deadline)
{
	struct names_result results[NAMES_SOURCES];
	struct names_question question;
	bool group = message->dgm.type != NBDGM_UNIQUE;
	int won, ret = -ENOENT;

	if (!nbname_parse(&message->dgm.to, name, NBNAME_WORKSTATION))
		return -EINVAL;
	names_question_init(&question, name);
	won = names_resolve(conf, &question, results, false, deadline);
	if (won >= 0)
		ret = send_found(dgram, conf, &results[won], message);
	if (ret <= 0 && group && by_broadcast(conf))
		ret = send_links(dgram, conf, message);
	return ret;
}

/* ---- Receiving ------------------------------------------------------------ */

static int wait_for(int fd, int64_t deadline)
{
	struct pollfd ready = { .fd = fd, .events = POLLIN };
	int64_t left = deadline - clock_ms();
	int ret;

	if (left <= 0)
		return -ETIMEDOUT;
	ret = poll(&ready, 1, left > INT32_MAX ? INT32_MAX : (int)left);
	if (ret < 0)
		return errno == EINTR ? 0 : -errno;
	return ret ? 0 : -ETIMEDOUT;
}

static bool is_message(struct dgram_message *m, size_t len)
{
	return nbdgm_decode(m->room, (u32)len, &m->dgm, NULL) == 0 &&
	       mailslot_decode(m->dgm.data.ptr, m->dgm.data.len, &m->slot,
			       NULL) == 0;
}

int dgram_receive(struct dgram *dgram, struct dgram_message *message,
		  int64_t deadline)
{
	for (;;) {
		socklen_t from = sizeof(message->peer);
		int ret = wait_for(dgram->fd, deadline);
		ssize_t len;

		if (ret)
			return ret;
		len = recvfrom(dgram->fd, message->room, sizeof(message->room),
			       0, (struct sockaddr *)&message->peer, &from);
		/* An ICMP message of an earlier one comes as an error, too. */
		if (len > 0 && is_message(message, (size_t)len))
			return 0;
	}
}
