/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Messages to mailslots, over the NetBIOS datagram service: RFC 1002 5.3. */
#ifndef UNC_NAMES_DGRAM_H
#define UNC_NAMES_DGRAM_H

#include <netinet/in.h>
#include <stdint.h>

#include "conf.h"
#include "mailslot.h"
#include "nbdgm.h"

#define DGRAM_MAX 2048

/**
 * struct dgram - a socket
 * @fd: -1: none
 * @port: that it is bound to; NBDGM_PORT, or another where that one is taken
 */
struct dgram {
	int fd;
	u16 port;
};

/**
 * struct dgram_message - what came, or what is sent
 * @dgm: the datagram; its data, source and port are set by dgram_send()
 * @slot: what it carries
 * @peer: where it came from
 * @room: the bytes that both point into
 */
struct dgram_message {
	struct nbdgm dgm;
	struct mailslot slot;
	struct sockaddr_in peer;
	u8 room[DGRAM_MAX];
};

/**
 * dgram_open - a socket to send from, and for the answers
 * @wanted: it must have NBDGM_PORT, to which others send of themselves
 *
 * Return: 0 or a negative errno.
 */
int dgram_open(struct dgram *dgram, bool wanted);

void dgram_close(struct dgram *dgram);

/** dgram_send - to an address, which may be that of a broadcast; 0 or -errno */
int dgram_send(struct dgram *dgram, const struct sockaddr_in *to,
	       struct dgram_message *message, const char *scope);

/**
 * dgram_spread - the same to those that a name stands for
 * @name: of a machine or of a group, DOMAIN#1C
 * @conf: where names are asked for; by broadcast, a group's message is itself one
 * @deadline: by clock_ms()
 *
 * Return: to how many addresses it went, or a negative errno.
 */
int dgram_spread(struct dgram *dgram, const struct names_conf *conf,
		 const char *name, struct dgram_message *message,
		 int64_t deadline);

/**
 * dgram_receive - the next message to a mailslot
 * @deadline: by clock_ms()
 *
 * What is none is passed over.  Return: 0, -ETIMEDOUT or another.
 */
int dgram_receive(struct dgram *dgram, struct dgram_message *message,
		  int64_t deadline);

/** dgram_own_name - the machine's NetBIOS name; false when it has none */
bool dgram_own_name(char name[NBNAME_LEN]);

#endif
