/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Questions in datagrams and the answers to them: sent, sent again, and
 * answers taken only from where they may come.
 */
#ifndef UNC_NAMES_EXCHANGE_H
#define UNC_NAMES_EXCHANGE_H

#include <stdint.h>

#include "cursor.h"
#include "link.h"

#define EXCHANGE_ROUTES_MAX	LINKS_MAX
#define EXCHANGE_MESSAGES_MAX	2
/* More than any name service message over UDP; the RFC says 576. */
#define EXCHANGE_DATAGRAM_MAX	2048
#define EXCHANGE_STREAM_MAX	65535

/** enum exchange_verdict - what an answer was worth */
enum exchange_verdict {
	EXCHANGE_IGNORE,	/* none of ours; go on as if it had not come */
	EXCHANGE_NOTED,		/* good; others may follow till the time is up */
	EXCHANGE_DONE,		/* nothing more is wanted */
	EXCHANGE_WAIT,		/* an answer comes later: see exchange.wait_ms */
};

/**
 * struct exchange_route - a socket, bound to a port of the kernel's choice
 * @fd: the socket
 * @to: where questions go
 * @link: the interface of a broadcast or multicast; NULL: only @to answers
 */
struct exchange_route {
	int fd;
	struct sockaddr_storage to;
	const struct link *link;
};

/**
 * struct exchange - questions to ask
 * @routes: sockets, @route_count
 * @messages: each is sent on each route, @message_count
 * @patience: how often, and for how long
 * @settle_ms: how much longer to listen after the first good answer
 * @deadline: by clock_ms(); no waiting beyond
 * @wait_ms: for @take to set with EXCHANGE_WAIT
 * @take: looks at an answer from where answers may come
 * @data: for @take
 */
struct exchange {
	struct exchange_route routes[EXCHANGE_ROUTES_MAX];
	unsigned int route_count;
	struct wire_blob messages[EXCHANGE_MESSAGES_MAX];
	unsigned int message_count;
	struct names_patience patience;
	unsigned int settle_ms;
	int64_t deadline;
	unsigned int wait_ms;
	enum exchange_verdict (*take)(struct exchange *x,
				      const struct exchange_route *route,
				      const struct sockaddr_storage *from,
				      const struct wire_blob *msg);
	void *data;
};

/** clock_ms - monotonic time */
int64_t clock_ms(void);
/** clock_us - the same, finer */
int64_t clock_us(void);

/** exchange_id - an unpredictable transaction id */
u16 exchange_id(void);

/** exchange_add_host - a route to one machine; false with errno */
bool exchange_add_host(struct exchange *x, const struct sockaddr_storage *to);

/** exchange_add_link - a route to all on a link, at @port and group or broadcast
 * address @to; false with errno */
bool exchange_add_link(struct exchange *x, const struct link *link,
		       const struct sockaddr_storage *to);

/**
 * exchange_run - ask; the routes are closed afterwards
 *
 * Return: 0 when something was noted or done; -ETIMEDOUT; -ECONNREFUSED and
 * others when nobody could be asked.
 */
int exchange_run(struct exchange *x);

/** exchange_close - close the routes without asking */
void exchange_close(struct exchange *x);

/**
 * exchange_stream - ask one machine over TCP, as RFC 1035 4.2.2 frames it
 * @to: the machine
 * @question: the message
 * @answer: buffer of EXCHANGE_STREAM_MAX bytes
 * @deadline: by clock_ms()
 *
 * Return: length of the answer, or a negative errno.
 */
int exchange_stream(const struct sockaddr_storage *to,
		    const struct wire_blob *question, u8 *answer,
		    int64_t deadline);

/**
 * exchange_http - POST to one machine, by HTTP 1.0
 * @to: the machine, with its port
 * @parts: the request's lines, with the empty one at the end, and what follows
 * @answer: room for the answer, headers included
 * @room: its size
 * @deadline: by clock_ms()
 *
 * Return: length of the answer, or a negative errno; -EMSGSIZE if it is longer.
 */
int exchange_http(const struct sockaddr_storage *to,
		  const struct wire_blob parts[2], u8 *answer, size_t room,
		  int64_t deadline);

/** sockaddr_len - by its family */
socklen_t sockaddr_len(const struct sockaddr_storage *address);

#endif
